"""Exercises without code: questions, keys, a person's answers, and how a mark is given."""
