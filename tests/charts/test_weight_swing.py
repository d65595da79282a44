"""Where the order turns: lines, crossing, side of the first, and the words."""

import io
import math

import pandas as pd
import pytest
from PIL import Image

from territ_kit.charts.weight_swing import WeightSwingChart
from territ_kit.prioritisation.robustness import score_lines, swing

NEEDS = pd.DataFrame(
    [[7, 6, 8], [5, 7, 10], [4, 4, 4]],
    index=["Droits", "Médecin", "Écrans"],
    columns=["Ampleur", "Gravité", "Inégalité"],
)
WEIGHTS = [50, 30, 20]


def shown(criterion, *, needs=NEEDS, weights=WEIGHTS, size="wide"):
    chart = WeightSwingChart(size=size)
    return chart, chart.show(score_lines(needs, weights, criterion), swing(needs, weights), criterion)


def words(chart):
    return [label.get_text().replace("\u00a0", " ") for label in chart.words.labels]


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(size, width):
    chart, _ = shown("Ampleur", size=size)
    assert Image.open(io.BytesIO(chart.png())).size[0] == width


def test_the_lines_cross_where_the_order_turns():
    """By hand: 7w + 6.8(1 − w) = 5w + 8.2(1 − w) for w = 1.4 / 3.4."""
    chart, picture = shown("Ampleur")
    assert chart._cross.get_xdata() == pytest.approx([100 * 1.4 / 3.4])
    assert chart._cross.get_ydata() == pytest.approx([6.8 + 0.2 * 1.4 / 3.4])
    assert picture.title.replace("\u00a0", " ") == (
        "« Médecin » passe devant si « Ampleur » pèse moins de 41,2 points sur 100"
    )
    assert "Bascule : 41,2 %" in words(chart)
    assert "Vos poids : 50 %" in words(chart)


def test_the_side_where_the_first_stays_first_is_tinted():
    chart, _ = shown("Ampleur")
    assert chart._side.get_x() == pytest.approx(100 * 1.4 / 3.4)
    assert chart._side.get_x() + chart._side.get_width() == pytest.approx(100)
    chart, _ = shown("Inégalité")
    assert chart._side.get_x() == 0


def test_a_weight_that_turns_nothing_is_said_so():
    above = NEEDS.assign(Ampleur=[9, 5, 4], Gravité=[8, 7, 4], Inégalité=[10, 9, 4])
    chart, picture = shown("Ampleur", needs=above)
    assert math.isnan(swing(above, WEIGHTS).table.loc["Ampleur", "at"])
    assert len(chart._cross.get_xdata()) == 0
    assert picture.title.startswith("Le poids de")
    assert "reste devant quel que soit ce poids" in picture.reading[0]
    assert "Elles ne se croisent pas." in picture.alt


def test_the_table_gives_each_need_its_score_at_the_weights_that_matter():
    _, picture = shown("Ampleur")
    table = picture.table.set_index("Besoin")
    assert table.columns.str.replace("\u00a0", " ").tolist() == [
        f"Note si « Ampleur » pèse {weight} %" for weight in ("0", "25", "41,2", "50", "75", "100")
    ]
    assert table.loc["Droits"].iloc[[0, -1]].tolist() == pytest.approx([6.8, 7])


def test_scores_never_go_above_ten_on_the_axis():
    top = NEEDS.assign(Ampleur=[10, 9, 8])
    chart, _ = shown("Ampleur", needs=top)
    chart.png()
    assert max(chart.axes.get_yticks()) <= 10


def test_a_tie_with_the_weights_of_the_group_is_said_so():
    _, picture = shown("Ampleur", needs=NEEDS.assign(Ampleur=5, Gravité=[6, 6, 4], Inégalité=[7, 7, 4]))
    assert picture.title == "Les deux premiers sont à égalité avec vos poids"


def test_a_weight_that_is_tried_has_its_own_line_and_says_what_it_changes():
    chart = WeightSwingChart()
    given = score_lines(NEEDS, WEIGHTS, "Ampleur"), swing(NEEDS, WEIGHTS), "Ampleur"
    still = chart.show(*given, trial=45)
    assert chart._trial.get_xdata() == [45, 45]
    assert still.title == chart.show(*given).title
    assert len(chart._trial.get_xdata()) == 0
    before = chart.png()
    turned = chart.show(*given, trial=30)
    assert turned.title.replace("\u00a0", " ") == (
        "Avec 30 points pour « Ampleur », « Médecin » passe devant"
    )
    assert "Essai : 30 %" in words(chart)
    assert "Essai : 30 %." in turned.alt.replace("\u00a0", " ")
    assert chart.png() != before
