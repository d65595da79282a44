"""The faults that a person can mend, in one tree.

Each message is French and has three beats: what is wrong, what was expected, what to do. The command line
and the pages catch `TerritError` only; any other exception is a fault of ours and stays loud.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class TerritError(Exception):
    """A fault that the person can mend."""


class InputError(TerritError, ValueError):
    """A measure or a rule was given values that it cannot use."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file, as a row of the table shown to the person."""

    file: str
    row: str
    column: str
    value: str
    rule: str
    remedy: str


class FileFaults(TerritError):  # noqa: N818 # it is their list
    """A file or a folder breaks its format; every fault is listed at once."""

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


class CaseError(FileFaults):
    """A case study cannot be read."""


class CourseError(FileFaults):
    """A file of the course (module, assignment, key) cannot be read."""


class AnswersError(TerritError):
    """A person's answers cannot be read or saved."""


class DossierError(FileFaults):
    """A dossier de territoire cannot be read, changed or saved."""


class WorkspaceError(TerritError):
    """A person's folder cannot be opened or used."""


class ServerError(TerritError):
    """A local server cannot be started or reached."""
