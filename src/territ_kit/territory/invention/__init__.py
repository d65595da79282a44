"""What the generators of the fictitious cases share: land, people, counts, landmarks, needs, files.

Authoring code: no page imports it. A case folder keeps its own choices in a file named after it
(`port_ancelle.py`), which is run to write the tables again. Every draw has a seed and comes from
`RandomState`, whose stream is frozen: the same tables come back on every machine.
"""
