"""A list of the dossier edited one line at a time: a menu of the lines, and the fields of the chosen one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from territ_kit.dossier import Item, Shelf
from territ_kit.errors import InputError
from territ_kit.french import count
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Asker, Field, choice
from territ_kit.widgets.steps.desk import Desk

I = TypeVar("I", bound=Item)  # noqa: E741 # an item
_SHOWN_AT_ONCE = 8


class Lines(ABC, Generic[I]):
    """The lines of a shelf.

    A subclass says what a line is; this class adds, moves, drops and saves. It serves a hundred lines as
    well as three: a native list on the left, the fields of one line beside it.
    """

    shelf: ClassVar[Shelf[Any]]
    title: ClassVar[str]
    noun: ClassVar[str]
    """« besoin »: « 3 besoins »."""
    plural: ClassVar[str | None] = None
    add: ClassVar[str]
    """Label of the button: « Ajouter un besoin »."""
    empty: ClassVar[str]
    """What the list says while it has no line."""
    ordered: ClassVar[bool] = False
    """Whether the order of the lines means something."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.current = ""
        self.menu = Asker(title=self.title)
        self.editor = Asker(level=3)
        self.menu.on_change(lambda values: self.choose(values["line"] or ""))
        self.menu.on_action(self._act)
        self.editor.on_change(self._save)
        self.view = box("t-deux", self.menu, self.editor)

    # -- what a line is

    @abstractmethod
    def line(self, item: I) -> str:
        """Return the text of a line in the menu."""

    @abstractmethod
    def fields(self, item: I) -> list[Field]:
        """Return the fields of a line."""

    @abstractmethod
    def blank(self, identifier: str) -> I:
        """Return a new item."""

    def values(self, item: I) -> dict[str, Any]:
        """Return the values of the fields; by default the item's own of the same names."""
        return {name: getattr(item, name) for name in (field["name"] for field in self.fields(item))}

    def read(self, item: I, values: dict[str, Any]) -> I:
        """Return the item with what the fields say; by default its fields of the same names.

        Raises
        ------
        InputError, DossierError
            What was typed cannot be kept; the French message is shown under the fields.
        """
        return item.but(**values)

    # -- the gestures

    @property
    def items(self) -> tuple[I, ...]:
        """The lines of the dossier."""
        return self.shelf.of(self.desk.dossier)

    @property
    def item(self) -> I | None:
        """The chosen line."""
        return self.shelf.find(self.desk.dossier, self.current)

    def choose(self, identifier: str) -> None:
        """Show the fields of a line."""
        self.current = identifier
        self.desk.tell("")

    def show(self) -> None:
        """Follow the dossier."""
        items = self.items
        ids = [item.id for item in items]
        if self.current not in ids:
            self.current = ids[0] if ids else ""
        place = ids.index(self.current) if ids else 0
        said = {
            item.id: f"{f'{rank}. ' if self.ordered else ''}{self.line(item) or 'Sans titre'}"
            for rank, item in enumerate(items, 1)
        }
        listed = choice("line", count(len(items), self.noun, self.plural), said)
        listed |= {"size": min(max(len(items), 2), _SHOWN_AT_ONCE)}
        self.menu.ask([listed] if items else [], {"line": self.current})
        self.menu.status = "" if items else self.empty
        possible = {
            "add": (self.add, "", True),
            "up": ("Monter", said.get(self.current, ""), self.ordered and place > 0),
            "down": ("Descendre", said.get(self.current, ""), self.ordered and place < len(ids) - 1),
            "drop": ("Retirer", said.get(self.current, ""), bool(ids)),
        }
        actions = [
            {"id": name, "label": label, "said": f"{label} : {of}" if of else label, "primary": name == "add"}
            for name, (label, of, there) in possible.items()
            if there
        ]
        if actions != self.menu.actions:
            self.menu.actions = actions
        item = self.item
        self.editor.layout.display = None if item else "none"
        if item:
            self.editor.title = said[item.id]
            self.editor.ask(self.fields(item), self.values(item))

    def _act(self, action: str) -> None:
        identifier, shelf = self.current, self.shelf
        if action == "add":
            identifier = shelf.new_id(self.desk.dossier, self.noun)
            self.current = identifier
            self.desk.put(shelf, self.blank(identifier))
        elif action == "drop":
            ids = [item.id for item in self.items]
            near = ids.index(identifier) if identifier in ids else 0
            self.current = (ids[near + 1 : near + 2] or ids[:near][-1:] or [""])[0]
            self.desk.change(lambda dossier: shelf.drop(dossier, identifier), "Retiré, vous pouvez annuler.")
        else:
            by = -1 if action == "up" else 1
            self.desk.change(lambda dossier: shelf.move(dossier, identifier, by))
        if action == "add":  # the person goes on to write
            self.editor.focus = "first"
        else:
            self.menu.focus = action

    def _save(self, values: dict[str, Any]) -> None:
        if not (item := self.item):
            return
        try:
            new = self.read(item, values)
        except InputError as error:
            self.editor.status = f"{error} Pas encore enregistré."
            return
        self.editor.status = ""
        self.desk.put(self.shelf, new)
