"""The ranked list at a glance: a disc a kind of evidence, the first needs named, the others counted."""

import pandas as pd
import pytest

from territ_kit.charts.strengths import StrengthsChart
from territ_kit.diagnosis.findings import rank_needs
from territ_kit.errors import InputError


def ranked(number):
    needs = pd.DataFrame(
        {
            "id": [str(place) for place in range(number)],
            "title": [f"Besoin {place}" for place in range(number)],
            "need": "high",
            "reading": "blind_spot",
        }
    )
    pieces = [("0", "figure", "CPAM"), ("0", "words", "une mère"), ("0", "words", "un père")]
    return rank_needs(needs, pd.DataFrame(pieces, columns=["need", "kind", "source"]))


def words(chart):
    return [label.get_text() for label in chart.figure.axes[0].texts if label.get_text()]


@pytest.mark.parametrize(("size", "named"), [("wide", 15), ("phone", 10)])
def test_a_hundred_needs_stay_readable_and_none_is_dropped(size, named):
    chart = StrengthsChart(size=size)
    picture = chart.show(ranked(100))
    assert sum(word.split(". ")[-1].startswith("Besoin") for word in words(chart)) == named
    assert any(f"Et {100 - named} autres besoins" in word for word in words(chart))
    assert f"{100 - named} autres besoins dans le tableau" in picture.alt
    assert len(picture.table) == 100
    assert chart.figure.get_figheight() < 11


def test_a_disc_holds_its_number():
    chart = StrengthsChart()
    chart.show(ranked(1))
    assert [word for word in words(chart) if word.isdigit()] == ["1", "2", "0", "0"]


def test_the_alternative_text_gives_the_evidence_of_each_need():
    alt = StrengthsChart().show(ranked(2)).alt
    assert alt == (
        "2 besoins rangés, avec leurs appuis. 1. Besoin 0\u00a0: chiffre 1, paroles 2. "
        "2. Besoin 1\u00a0: sans preuve."
    )


def test_the_title_says_how_many_needs_are_crossed():
    assert StrengthsChart().show(ranked(3)).title == (
        "1 besoin sur 3 repose sur deux appuis différents ou plus"
    )


def test_a_long_title_is_wrapped_then_cut():
    long = ranked(1)
    long["title"] = "Un besoin écrit très longuement " * 10
    chart = StrengthsChart(size="phone")
    chart.show(long)
    assert any(word.endswith("…") for word in words(chart))


def test_no_need_is_refused():
    with pytest.raises(InputError, match="un besoin au moins"):
        StrengthsChart().show(ranked(1)[:0])
