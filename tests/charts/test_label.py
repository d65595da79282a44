"""A label kept in memory looks like the same text drawn by matplotlib."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from territ_kit.charts.label import Label
from territ_kit.charts.style import new_figure, style


def drawn(kind, words="Brévaumer", **how):
    figure = new_figure(2, 1)
    with style():
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.add_artist(kind(0.5, 0.5, words, color="k", size=11, **how))
        FigureCanvasAgg(figure).draw()
    return np.asarray(figure.canvas.buffer_rgba())[..., 0].astype(float)


@pytest.mark.parametrize("ha", ["left", "center", "right"])
@pytest.mark.parametrize("va", ["baseline", "bottom", "top", "center", "center_baseline"])
def test_a_label_stands_where_matplotlib_puts_the_text(ha, va):
    def centre(image):
        ink = 255 - image
        rows, columns = np.indices(ink.shape)
        return (ink * rows).sum() / ink.sum(), (ink * columns).sum() / ink.sum()

    label, text = (drawn(kind, "Brevaumer", ha=ha, va=va) for kind in (Label, Text))
    assert centre(label) == pytest.approx(centre(text), abs=1.6)


def test_accents_do_not_move_the_baseline():
    plain, accented = (drawn(Label, words, va="center_baseline", ha="left") for words in ("Epin", "Épin"))
    lowest = [np.nonzero((image < 128).any(axis=1))[0].max() for image in (plain, accented)]
    assert lowest[0] == lowest[1]


def test_a_background_hides_what_is_behind():
    figure = new_figure(2, 1)
    axes = figure.add_axes((0, 0, 1, 1))
    label = Label(0.5, 0.5, "m", ha="center", va="center", color="w")
    label.background = (0.0, 0.0, 0.0, 1.0)
    axes.set_axis_off()
    axes.add_artist(label)
    figure.canvas.draw()
    assert (np.asarray(figure.canvas.buffer_rgba())[..., 0] == 0).sum() > 200


def test_two_lines_are_drawn_by_matplotlib():
    one, two = (drawn(Label, words, va="center", ha="center") for words in ("Ferval", "Ferval\nFerval"))
    assert (255 - two).sum() == pytest.approx(2 * (255 - one).sum(), rel=0.05)
