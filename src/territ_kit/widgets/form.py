"""A form of native controls: the state and its rules here, the drawing in form.js."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from territ_kit.errors import TerritError
from territ_kit.exercises.reading import typeset
from territ_kit.widgets.style import stylesheet

FAULT = "Quelque chose n’a pas fonctionné. Vos réponses enregistrées sont conservées. Rechargez la page."
CODES = frozenset({"name", "kind", "id", "verdict"})
"""What a form reads itself: never retouched."""


def french(content: Any) -> Any:
    r"""Return what a form shows, every text in it typeset.

    Examples
    --------
    >>> french({"id": "a ?", "label": "Quoi ?"})
    {'id': 'a ?', 'label': 'Quoi\u202f?'}
    """
    if isinstance(content, str):
        return typeset(content)
    if isinstance(content, dict):
        return {key: part if key in CODES else french(part) for key, part in content.items()}
    return [french(part) for part in content] if isinstance(content, list | tuple) else content


class Form(anywidget.AnyWidget):
    """Fields, their values, their faults, the buttons under them and the feedback after an answer.

    A field is a dict: `name`, `kind` (select, radio, checkbox, range, number, ranking, allocation, grid,
    placement, table, text, file), `label`, and what its kind needs (`hint`, `options`, `min`, `max`, `step`,
    `unit`, `total`, `rows`, `columns`, `choices`, `x`, `y`, `fields`, `size`, `accept`). `advanced` puts it
    in a closed group: True, or the group's name. `value` maps names to values; a number that
    was not understood arrives as the text typed, so that `errors` can answer it.
    """

    _esm = Path(__file__).with_suffix(".js")
    _css = stylesheet()

    spec: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    value = traitlets.Dict().tag(sync=True)
    errors = traitlets.Dict().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    level = traitlets.Int(2).tag(sync=True)
    css_class = traitlets.Unicode().tag(sync=True)
    actions: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    pressed: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    """The last buttons pressed, each with a number that grows."""
    focus = traitlets.Unicode().tag(sync=True)
    """Id of the button to focus, once: the one that was pressed has gone; "first" for the first field."""

    @traitlets.validate("value")
    def _known_names(self, proposal: Any) -> Any:
        names = {field["name"] for field in self.spec}
        unknown = set(proposal["value"]) - names
        if unknown:
            raise traitlets.TraitError(
                f"unknown field(s) {sorted(unknown)}; expected some of {sorted(names)}"
            )
        return proposal["value"]

    @traitlets.validate("spec", "errors", "title", "actions", "status", "feedback")
    def _typeset(self, proposal: Any) -> Any:
        return french(proposal["value"])

    def on_change(self, act: Callable[[dict[str, Any]], None]) -> None:
        """Call `act(value)` after each change; a failure is told in French instead of lost in a log."""
        self.observe(self._guarded(lambda change: act(change["new"])), names="value")

    def on_action(self, act: Callable[[str], None]) -> None:
        """Call `act(id)` when a button of the form is pressed."""

        def follow(change: dict[str, Any]) -> None:
            seen = max((press["number"] for press in change["old"]), default=0)
            for press in change["new"]:
                if press["number"] > seen:
                    act(press["action"])

        self.observe(self._guarded(follow), names="pressed")

    def press(self, action: str) -> None:
        """Press a button, as the page does."""
        number = max((press["number"] for press in self.pressed), default=0) + 1
        self.pressed = [*self.pressed, {"number": number, "action": action}]

    def on_file(self, act: Callable[[str, str, bytes], None]) -> None:
        """Call `act(field, file_name, content)` when the person chooses a file."""

        def follow(_widget: Any, message: dict[str, Any], buffers: Any) -> None:
            if "file" in message:
                act(message["field"], message["file"], bytes(buffers[0]))

        self.on_msg(self._guarded(follow))

    def offer(self, name: str, content: bytes, media_type: str) -> None:
        """Put a file in the person's downloads."""
        self.send({"file": name, "type": media_type}, buffers=[content])

    def _guarded(self, act: Callable[..., None]) -> Callable[..., None]:
        def safely(*arguments: Any) -> None:
            try:
                act(*arguments)
            except TerritError as error:
                self.status = str(error)
            except Exception:
                self.log.exception("A form's reaction failed")
                self.status = FAULT

        return safely
