"""Pictures: each with the finding as its title, an alternative text with its figures, and its data table.

The only room of the house that imports matplotlib, and never its global state (`pyplot`).
"""
