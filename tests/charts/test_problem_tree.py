"""The drawn tree: it holds on the paper, says what is left aside, and turns into objectives."""

import pandas as pd
import pytest

from territ_kit.charts.problem_tree import TreeChart
from territ_kit.errors import InputError

COLUMNS = ["id", "text", "kind", "under", "objective"]


@pytest.fixture
def rows():
    return pd.DataFrame(
        [
            ("p", "Les adultes renoncent aux soins", "problem", "", "Chacun se soigne à temps"),
            ("a", "Rendez-vous en ligne seulement", "cause", "p", ""),
            ("b", "Courrier compliqué", "cause", "a", ""),
            ("c", "Urgences débordées", "consequence", "p", ""),
            ("s", "Il manque un bus santé", "disguised", "", ""),
            ("x", "Une ligne sans place", "cause", "", ""),
        ],
        columns=COLUMNS,
    )


def many(number):
    lines = [("p", "Le problème", "problem", "", "")]
    lines += [
        (f"c{place}", f"Une cause assez longue, numéro {place}", "cause", "p", "") for place in range(number)
    ]
    return pd.DataFrame(lines, columns=COLUMNS)


def labels(chart):
    return [label for label in chart.figure.axes[0].texts if label.get_text()]


def words(chart):
    return " ".join(label.get_text() for label in labels(chart))


@pytest.mark.parametrize("size", ["wide", "phone"])
@pytest.mark.parametrize("number", [1, 5, 6, 100])
def test_all_words_stay_on_the_paper(size, number):
    chart = TreeChart(size=size)
    chart.show(many(number))
    chart.png()
    room = chart.figure.bbox
    for label in labels(chart):
        box = label.get_window_extent(chart.figure.canvas.get_renderer())
        assert box.x0 >= 0
        assert box.x1 <= room.x1 + 1
        assert box.y0 >= -1
        assert box.y1 <= room.y1 + 1


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_a_hundred_causes_are_counted_and_all_in_the_table(size):
    chart = TreeChart(size=size)
    picture = chart.show(many(100))
    assert "Et 71 autres lignes" in words(chart)
    assert "71 autres lignes" in picture.alt
    assert len(picture.table) == 101


def test_the_title_is_the_problem_and_what_was_found(rows):
    assert TreeChart().show(rows).title == "Les adultes renoncent aux soins\u00a0: 2 causes et 1 conséquence"
    assert TreeChart().show(rows[:1]).title.endswith("les causes restent à chercher")


def test_the_alternative_text_reads_the_tree_aloud(rows):
    assert TreeChart().show(rows).alt == (
        "Arbre à problèmes. Problème\u00a0: Les adultes renoncent aux soins. "
        "Cause\u00a0: Rendez-vous en ligne seulement. "
        "Cause de «\u00a0Rendez-vous en ligne seulement\u00a0»\u00a0: Courrier compliqué. "
        "Conséquence\u00a0: Urgences débordées."
    )


def test_what_is_left_aside_is_said_and_in_the_table(rows):
    picture = TreeChart().show(rows)
    assert "Pas encore rattachées\u00a0: 1 ligne." in picture.note
    assert "1 solution déguisée" in picture.note
    assert picture.table["Rattachée à"].tolist()[-2:] == ["mis de côté", "à placer"]


def test_objectives_show_what_people_wrote_and_a_suggestion_elsewhere(rows):
    picture = TreeChart().show(rows, objectives=True)
    assert picture.title == "Chacun se soigne à temps"
    assert "n’était plus vrai" in picture.alt
    assert "Pas encore écrits par le groupe\u00a0: 3." in picture.note


def test_a_suspected_solution_has_a_dashed_edge(rows):
    def dashed(chart):
        return [box for box in chart.figure.axes[0].patches if box.get_linestyle() != "solid"]

    chart = TreeChart()
    chart.show(rows)
    assert dashed(chart) == []
    rows.loc[1, "text"] = "Il faut une campagne"
    chart.show(rows)
    assert len(dashed(chart)) == 1


def test_a_tree_without_a_problem_is_refused(rows):
    with pytest.raises(InputError, match="pas encore de problème"):
        TreeChart().show(rows[1:])
