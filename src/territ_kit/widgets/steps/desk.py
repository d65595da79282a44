"""The desk of a step: a territory, the person's dossier of it, and the one way to change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

from territ_kit.dossier import Dossier, DossierFile, Item, Shelf, Shown
from territ_kit.dossier.record import Record
from territ_kit.errors import TerritError
from territ_kit.territory import Territory, load_case
from territ_kit.workspace import Workspace

I = TypeVar("I", bound=Item)  # noqa: E741 # an item
Change = Callable[[Dossier], Dossier]


class Document(Protocol):
    """A document that can be made of a dossier (those of `territ_kit.report`)."""

    @property
    def name(self) -> str:
        """Beginning of its file name."""

    @property
    def label(self) -> str:
        """What it is, in French, for a button."""

    @property
    def hint(self) -> str:
        """For whom, and what it holds, in French."""

    @property
    def kind(self) -> str:
        """Extension of its file: docx, xlsx."""

    @property
    def media_type(self) -> str:
        """Type of its content."""

    def make(self, dossier: Dossier, territory: Territory) -> bytes:
        """Return the file."""


class Memory:
    """A dossier that lives as long as its page: what a `DossierFile` does, without a file."""

    def __init__(self, territory: Territory) -> None:
        self._record = Record(Dossier(territory=territory.id, territory_name=territory.name))

    def read_for_display(self) -> Shown:
        """Return what is known."""
        return self._shown(None)

    def change(self, function: Change) -> Shown:
        """Change the dossier."""
        return self._keep(self._record.change(function(self._record.dossier)))

    def undo(self) -> Shown:
        """Undo the last change."""
        return self._keep(self._record.undo())

    def _keep(self, record: Record) -> Shown:
        changed, self._record = record != self._record, record
        return self._shown(datetime.now(UTC) if changed else None)

    def _shown(self, at: datetime | None) -> Shown:
        return Shown(self._record.dossier, len(self._record.history), "", at)


class Desk:
    """Where a step works.

    `dossier` is what is known; `change` saves a change at once and lets the page follow. A fault that the
    person can mend is told by `said` and loses nothing.

    Attributes
    ----------
    territory : Territory
    dossier : Dossier
    undoable : int
        Changes that can be undone.
    said : str
        What the person must be told of the last gesture.
    documents : sequence of Document
        What can be made of the dossier: given by the app, for the page that offers them.
    """

    def __init__(self, case: str) -> None:
        self.documents: Sequence[Document] = ()
        self.workspace: Workspace | None = None
        self.followers: list[Callable[[], None]] = []
        self.open(case)

    def open(self, case: str) -> None:
        """Open the dossier of a territory: the person's, or a new one that nothing keeps."""
        self.territory = load_case(case)
        territory, place = self.territory, self.workspace
        self.file: DossierFile | Memory = (
            DossierFile(place.dossier_of(territory.id), territory.id, territory.name)
            if place
            else Memory(territory)
        )
        self.dossier = Dossier(territory=territory.id, territory_name=territory.name)
        self.undoable = 0
        self._show(self.file.read_for_display)

    def keep_in(self, workspace: Workspace) -> None:
        """Work in a person's folder, from what is already there."""
        self.workspace = workspace
        self.open(self.territory.id)

    def change(self, function: Change, said: str = "") -> bool:
        """Change the dossier, save it, and let the page follow; return whether that could be done."""
        return self._show(lambda: self.file.change(function), said)

    def undo(self) -> bool:
        """Undo the last change, whichever page made it."""
        return self._show(self.file.undo, "La dernière action est annulée.")

    def put(self, shelf: Shelf[I], item: I, said: str = "") -> bool:
        """Save one item of a list."""
        return self.change(lambda dossier: shelf.put(dossier, item), said)

    def set(self, step: str, **fields: Any) -> bool:
        """Save fields of a step's part: `desk.set("programme", budget=90_000)`."""
        return self.change(lambda dossier: dossier.but(**{step: getattr(dossier, step).but(**fields)}))

    def tell(self, said: str) -> None:
        """Tell the person something; nothing changes."""
        self.said = said
        self._follow()

    def _show(self, act: Callable[[], Shown], said: str = "") -> bool:
        try:
            shown = act()
        except TerritError as error:
            self.tell(str(error))
            return False
        self.dossier, self.undoable = shown.dossier, shown.undoable
        at = f"Enregistré à {shown.saved_at.astimezone():%H h %M}." if shown.saved_at else ""
        self.said = " ".join(filter(None, (shown.notice, said, at if self.workspace else "")))
        self._follow()
        return True

    def _follow(self) -> None:
        for follow in self.followers:
            follow()
