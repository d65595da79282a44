"""A form that its page fills without hearing itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from territ_kit.widgets.form import Form, french

Field = dict[str, Any]


class Asker(Form):
    """A form whose fields and values follow the dossier.

    `ask` puts them in place, only where they differ, and is not heard by `on_change`. Text comes and goes
    flat: `values` and `on_change` give a `text` field of one line as its text, where `Form` gives a dict.
    """

    _filling = False

    def ask(self, spec: list[Field], value: dict[str, Any]) -> None:
        """Put fields and their values in place."""
        spec = french(spec)
        wanted = {field["name"]: _wrapped(field, value.get(field["name"])) for field in spec}
        self._filling = True
        try:
            with self.hold_sync():
                if spec != self.spec:
                    self.spec = spec
                if wanted != self.value:
                    self.value = wanted
                self.errors = {}
        finally:
            self._filling = False

    @property
    def values(self) -> dict[str, Any]:
        """What the fields hold, text flat."""
        return {field["name"]: _flat(field, self.value.get(field["name"])) for field in self.spec}

    def on_change(self, act: Callable[[dict[str, Any]], None]) -> None:
        """Call `act(values)` after each change that the person makes."""
        super().on_change(lambda _value: None if self._filling else act(self.values))


def text(name: str, label: str, *, lines: int = 1, hint: str = "", length: int = 2000, **more: Any) -> Field:
    """Return a field of one text."""
    part = {"id": name, "label": label, "lines": lines, "length": length}
    field = {"name": name, "kind": "text", "label": label, "hint": hint, "fields": [part], "alone": True}
    return field | more


def choice(name: str, label: str, options: dict[str, str], *, kind: str = "select", **more: Any) -> Field:
    """Return a field of one choice (select, radio) or several (checkbox), from French labels by id."""
    listed = [{"id": key, "label": said} for key, said in options.items()]
    return {"name": name, "kind": kind, "label": label, "options": listed, **more}


def number(name: str, label: str, *, unit: str = "", hint: str = "", **more: Any) -> Field:
    """Return a field of one number; a text that is not one arrives as it was typed."""
    return {"name": name, "kind": "number", "label": label, "unit": unit, "hint": hint, **more}


def _wrapped(field: Field, value: Any) -> Any:
    if field["kind"] == "text" and isinstance(value, str):
        return {field["name"]: value} if value else None
    return value


def _flat(field: Field, value: Any) -> Any:
    if field["kind"] == "text" and len(field["fields"]) == 1:
        return (value or {}).get(field["fields"][0]["id"], "")
    return value
