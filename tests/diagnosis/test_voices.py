"""What people say: counted by kind, who is missing, whether new voices bring news."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territ_kit.diagnosis.voices import count_themes, describe, find_absent, saturation
from territ_kit.errors import InputError

said = st.lists(st.sets(st.sampled_from("abcdef"), max_size=4).map(sorted), min_size=1, max_size=4)


def voices(*themes, kinds=None):
    number = len(themes)
    return pd.DataFrame({"who": "x", "kind": kinds or ["resident"] * number, "themes": list(themes)})


def test_a_theme_counts_once_a_voice_and_by_kind_of_person():
    counts = count_themes(voices(["a", "a", "b"], ["a"], kinds=["resident", "elected"]))
    assert counts.loc["a", ["resident", "elected", "total", "kinds"]].tolist() == [1, 1, 2, 2]
    assert counts.loc["b", "total"] == 1


def test_what_two_kinds_share_comes_before_what_one_repeats():
    counts = count_themes(
        voices(["b"], ["b"], ["b"], ["a"], ["a"], kinds=["resident"] * 4 + ["professional"])
    )
    assert counts.index.tolist() == ["a", "b"]


def test_who_has_not_been_heard_is_said_in_words():
    assert find_absent(voices([], kinds=["elected"])) == ["habitants", "professionnels", "associations"]
    assert find_absent(voices([], kinds=["elected"]), ["elected"]) == []


@settings(deadline=None, max_examples=40)
@given(said)
def test_the_average_curve_is_the_mean_over_every_order(themes):
    """By brute force, up to four voices: 24 orders."""
    every = [saturation(voices(*order)).observed for order in permutations(themes)]
    assert saturation(voices(*themes)).expected == pytest.approx(np.mean(every, axis=0))


@settings(deadline=None, max_examples=40)
@given(said)
def test_themes_never_decrease_and_both_curves_end_together(themes):
    found = saturation(voices(*themes))
    assert (np.diff(found.observed) >= 0).all()
    assert found.observed[-1] == pytest.approx(found.expected[-1])


def test_three_voices_without_news_are_enough_among_people_alike():
    found = saturation(voices(["a"], ["a", "b"], ["b"], ["a"], ["a"]))
    assert (found.since_news, found.reached) == (3, True)
    assert "Allez maintenant vers ceux qui n’ont pas été entendus." in found.sentence


def test_news_in_the_last_voice_says_to_go_on():
    found = saturation(voices(["a"], ["b"]))
    assert (found.since_news, found.reached) == (0, False)
    assert "continuez" in found.sentence


@pytest.mark.parametrize("empty", [voices(), voices([], [], [], [])])
def test_no_theme_says_how_to_begin(empty):
    found = saturation(empty)
    assert not found.reached
    assert found.sentence.startswith("Aucun thème n’est encore noté.")


def test_a_description_tells_what_is_shared_and_who_is_missing():
    heard = voices(["a"], ["a"], kinds=["resident", "professional"])
    assert describe(heard, {"a": "Droits"}) == (
        "Plusieurs sortes de personnes parlent des mêmes thèmes\u00a0: Droits. "
        "Pas encore entendus\u00a0: élus et associations."
    )
    assert describe(voices()).startswith("Aucune parole")


@pytest.mark.parametrize(
    ("table", "match"),
    [
        (voices(["a"]).drop(columns="themes"), "themes"),
        (voices(["a"], kinds=["robot"]), "«\u00a0kind\u00a0» vaut «\u00a0robot\u00a0»"),
        (voices("droits"), "une liste de thèmes par parole"),
    ],
)
def test_voices_that_cannot_be_read_are_refused(table, match):
    with pytest.raises(InputError, match=match):
        count_themes(table)
