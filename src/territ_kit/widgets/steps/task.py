"""One task of a step: a piece of page that follows the dossier."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from territ_kit.widgets.steps.desk import Desk


class Task(ABC):
    """A task of a step.

    `__init__` builds `view` once; `show` fills it from `desk.dossier` each time that it may have changed,
    whoever changed it. A control is never replaced while the person may be in it: values are put in place.
    """

    id: ClassVar[str]
    label: ClassVar[str]
    """As the menu « Votre tâche » offers it."""
    lead: ClassVar[str]
    """One plain sentence under the menu: what is done here, and why."""
    view: Any
    """The box to display."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @abstractmethod
    def show(self) -> None:
        """Follow the dossier."""
