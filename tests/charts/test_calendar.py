"""The calendar drawn: bars where months say, what waits, what is outside, and the words around."""

import numpy as np
import pytest
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from territ_kit.charts.calendar import CalendarChart, two_lines
from territ_kit.charts.label import Label
from territ_kit.charts.style import text_width
from territ_kit.dossier import Action
from territ_kit.planning.programme import calendar


@pytest.fixture
def actions():
    return [
        Action(id="a", title="Recruter", start=1, months=4),
        Action(id="b", title="Former", months=6, after=("a",)),
        Action(id="c", title="Écouter", start=1, months=3),
    ]


def bars(chart):
    """The left edge and the width of each bar, in months."""
    drawn = [one for one in chart.pen._drawn if isinstance(one, Rectangle) and one.get_zorder() == 3]
    return [((one.get_x() - chart._left) / chart._month, one.get_width() / chart._month) for one in drawn]


def words(chart):
    return [one.get_text() for one in chart.pen._drawn if isinstance(one, Label)]


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_bars_lie_where_their_months_say(actions, size):
    chart = CalendarChart(size=size)
    chart.show(calendar(actions))
    assert np.array(bars(chart)) == pytest.approx(np.array([[0, 4], [4, 6], [0, 3]]))


def test_an_arrow_joins_what_waits(actions):
    chart = CalendarChart()
    chart.show(calendar(actions))
    heads = [one for one in chart.pen._drawn if isinstance(one, Line2D) and one.get_marker() in ("v", "^")]
    assert len(heads) == 1


def test_the_title_tells_the_room_that_is_missing(actions):
    assert (
        CalendarChart().show(calendar(actions)).title
        == "3 actions jusqu’au mois 10, dont 2 n’ont aucune marge"
    )
    dated = CalendarChart().show(calendar(actions), start_year=2027)
    assert dated.title == "3 actions jusqu’en octobre 2027, dont 2 n’ont aucune marge"


def test_an_end_after_the_programme_is_the_title(actions):
    picture = CalendarChart().show(calendar(actions, horizon=8))
    assert picture.title == "1 action sur 3 finit après la fin du programme"


def test_an_action_without_dates_is_the_title_and_has_no_bar(actions):
    chart = CalendarChart()
    picture = chart.show(calendar([*actions, Action(id="d", title="Fêter")]))
    assert picture.title == "1 action sur 4 n’est pas datée"
    assert len(bars(chart)) == 3
    assert "pas encore datée" in words(chart)
    assert "Sans date\u00a0: Fêter." in picture.alt


def test_the_alternative_text_tells_dates_and_the_critical_chain(actions):
    alt = CalendarChart().show(calendar(actions)).alt
    assert "Recruter, du mois 1 au mois 4" in alt
    assert "tient à la suite\u00a0: Recruter et Former" in alt


def test_the_table_names_what_each_action_waits_for(actions):
    table = CalendarChart().show(calendar(actions), states={"a": "late"}).french_table()
    assert table.loc[1, ["Premier mois", "Dernier mois", "Attend"]].tolist() == ["5", "10", "Recruter"]
    assert table.loc[0, "État"] == "en retard"


def test_today_is_drawn_only_within_the_programme(actions):
    chart = CalendarChart()
    chart.show(calendar(actions), month=5)
    assert "aujourd’hui" in words(chart)
    chart.show(calendar(actions), month=50)
    assert "aujourd’hui" not in words(chart)


def test_an_empty_calendar_says_so():
    assert CalendarChart().show(calendar([])).title == "Aucune action n’est au calendrier"


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_a_hundred_actions_are_counted_when_they_are_not_drawn(size):
    many = [Action(id=str(i), title=f"Action {i}", start=1 + i % 30, months=3) for i in range(100)]
    chart = CalendarChart(size=size)
    picture = chart.show(calendar(many))
    assert any("autres actions" in said for said in words(chart))
    assert len(picture.table) == 100
    assert chart.png(1)


def test_two_lines_hold_in_their_width():
    lines = two_lines("Prévention des conduites à risques dans les stages professionnels de la région", 2.0)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(text_width(line, 10) <= 2.0 for line in lines)


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_no_word_leaves_the_paper(actions, size):
    chart = CalendarChart(size=size)
    chart.show(calendar([one.but(title=f"{one.title} " * 12) for one in actions]), start_year=2027, month=3)
    chart.png(1)
    renderer = chart.figure.canvas.get_renderer()
    for one in chart.pen._drawn:
        if isinstance(one, Label):
            box = one.get_window_extent(renderer)
            assert box.x0 >= 0
            assert box.x1 <= chart.figure.bbox.width + 1
