"""A busy machine is not a fault: no deadline for the properties."""

from hypothesis import settings

settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")
