"""The argued, ranked list: how many kinds of evidence, in which order, what is missing."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territ_kit.diagnosis.findings import EVIDENCE, rank_needs, summarise
from territ_kit.diagnosis.needs import LEVELS, READINGS
from territ_kit.errors import InputError


def needs(*rows):
    return pd.DataFrame(rows, columns=["id", "title", "need", "reading"])


def evidence(*rows):
    return pd.DataFrame(rows, columns=["need", "kind", "source"])


A, B = ("a", "A", "high", "blind_spot"), ("b", "B", "high", "blind_spot")


def test_two_kinds_that_agree_weigh_more_than_ten_of_one():
    ten = [("a", "words", f"habitant {place}") for place in range(10)]
    ranked = rank_needs(needs(A, B), evidence(*ten, ("b", "figure", "CPAM"), ("b", "action", "CCAS")))
    assert ranked.index.tolist() == ["b", "a"]
    assert ranked["argued"].tolist() == ["deux sortes d’appuis", "une sorte d’appui"]


def test_one_source_said_twice_counts_once():
    ranked = rank_needs(needs(A), evidence(("a", "figure", "CPAM"), ("a", "figure", "CPAM")))
    assert ranked.loc["a", "figure"] == 1


def test_the_reading_comes_before_the_level_and_the_level_before_the_evidence():
    rows = needs(
        ("argued", "x", "medium", "blind_spot"),
        ("saturated", "x", "high", "saturation"),
        ("bare", "x", "high", "blind_spot"),
        ("unread", "x", "high", ""),
    )
    pieces = evidence(("argued", "figure", "CPAM"), ("argued", "words", "habitante"))
    assert rank_needs(rows, pieces).index.tolist() == ["bare", "argued", "saturated", "unread"]


def test_a_need_without_evidence_says_what_to_look_for():
    ranked = rank_needs(needs(A), evidence())
    assert ranked.loc["a", "strength"] == 0
    assert ranked.loc["a", "sentence"] == (
        "Sans preuve. Manque\u00a0: un chiffre, la parole de personnes concernées, ce qui se fait déjà "
        "et les ressources sur place."
    )


def test_a_need_fully_argued_lacks_nothing():
    ranked = rank_needs(needs(A), evidence(*(("a", kind, "x") for kind in EVIDENCE)))
    assert ranked.loc["a", "sentence"] == (
        "Quatre sortes d’appuis\u00a0: chiffre (1), paroles (1), action (1) et ressource (1)."
    )


def test_evidence_of_a_need_that_is_gone_is_left_out():
    assert rank_needs(needs(A), evidence(("gone", "figure", "x"))).index.tolist() == ["a"]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from(LEVELS), st.sampled_from(["", *READINGS])), max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.sampled_from(list(EVIDENCE))), max_size=40),
)
def test_every_need_is_ranked_once_and_equals_keep_their_order(levels, pieces):
    rows = needs(*((str(place), "x", *pair) for place, pair in enumerate(levels)))
    ranked = rank_needs(rows, evidence(*((str(need), kind, "s") for need, kind in pieces)))
    assert sorted(ranked.index, key=int) == [str(place) for place in range(len(levels))]
    keys = ["need", "reading", "strength", "words"]
    for _, alike in ranked.groupby(keys):
        assert alike.index.tolist() == sorted(alike.index, key=int)


def test_the_whole_list_says_how_many_needs_are_crossed():
    ranked = rank_needs(needs(A, B), evidence(("a", "figure", "x"), ("a", "words", "y")))
    assert summarise(ranked) == "1 besoin sur 2 repose sur deux appuis différents ou plus."
    assert summarise(ranked[:0]).startswith("Aucun besoin n’est encore écrit.")
    assert summarise(ranked.loc[["b"]]) == "Aucun besoin ne repose encore sur deux appuis différents."


@pytest.mark.parametrize(
    ("rows", "pieces", "said"),
    [
        (needs(A, A), evidence(), "deux fois «\u00a0a\u00a0»"),
        (needs(("a", "A", "fort", "")), evidence(), "«\u00a0need\u00a0» vaut"),
        (needs(("a", "A", "high", "grave")), evidence(), "«\u00a0reading\u00a0» vaut"),
        (needs(A), evidence(("a", "rumeur", "x")), "«\u00a0kind\u00a0» vaut"),
        (needs(A).drop(columns="title"), evidence(), "title"),
    ],
)
def test_a_list_that_cannot_be_ranked_is_refused(rows, pieces, said):
    with pytest.raises(InputError, match=said):
        rank_needs(rows, pieces)
