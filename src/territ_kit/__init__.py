"""territ_kit: the training kit of the course « Module TERRIT » on French local health projects."""

__version__ = "0.3.0"
