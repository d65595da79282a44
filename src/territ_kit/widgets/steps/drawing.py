"""A figure that draws itself again when the screen or the dossier changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from territ_kit.charts.picture import Picture
from territ_kit.charts.style import Size
from territ_kit.widgets.figure import Figure

Build = Callable[..., Any]
Drawn = tuple[Picture, Callable[[float], bytes]]


class Drawing(Figure):
    """A figure given by `draw(build)`, which returns the picture and its `png(density)`, or None for nothing.

    `build(Chart, *arguments)` returns `Chart(*arguments, size=...)`, built once for each screen size.

    Examples
    --------
    ::

        def draw(build):
            chart = build(ActorMap)
            return chart.show(table), chart.png

        Drawing(draw)
    """

    def __init__(self, draw: Callable[[Build], Drawn | None], **traits: Any) -> None:
        super().__init__(**traits)
        self._draw = draw
        self._charts: dict[Hashable, Any] = {}
        self.layout.display = "none"
        self.observe(lambda _change: self.refresh(), names=["client_width", "density"])

    def refresh(self) -> None:
        """Draw again, or hide when there is nothing to draw."""
        drawn = self._draw(self._build)
        self.layout.display = None if drawn else "none"
        if drawn:
            self.show(*drawn)

    def forget(self) -> None:
        """Build the charts anew: the territory has changed."""
        self._charts = {}

    def _build(self, chart: type[Any], *arguments: Hashable) -> Any:
        size: Size = "phone" if self.phone else "wide"
        key = (chart, arguments, size)
        if key not in self._charts:
            self._charts[key] = chart(*arguments, size=size)
        return self._charts[key]
