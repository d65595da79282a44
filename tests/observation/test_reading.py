"""What a learner reads of an indicator: value, margin, conclusion, and the four kinds of nothing."""

import math
import re

import pytest

from territ_kit.errors import InputError
from territ_kit.estimate import Estimate
from territ_kit.observation.rates import crude_rate, proportion, standardised_rate
from territ_kit.observation.reading import (
    Reference,
    compare,
    explain,
    find_reference,
    judge,
    read_indicator,
    read_profile,
    telling_decimals,
)


def interval(row):
    return row["value"], row["low"], row["high"]


def fields(estimate):
    return estimate.value, estimate.low, estimate.high


def test_a_proportion_has_wilson_s_interval_in_percent(small):
    row = read_indicator(small, "unmet").loc["A"]
    assert interval(row) == pytest.approx(fields(proportion(62, 200, per=100)))


def test_a_crude_rate_has_the_unit_of_the_catalogue(small):
    row = read_indicator(small, "stays", confidence=0.9).loc["A"]
    assert interval(row) == pytest.approx(fields(crude_rate(65, 5_000, confidence=0.9, per=1_000)))


def test_a_rate_by_age_counts_person_years(small):
    row = read_indicator(small, "deaths").loc["A"]
    assert interval(row) == fields(standardised_rate([12, 90], [9_000, 9_000], [80_000, 20_000]))


def test_a_figure_published_without_interval_keeps_none(small):
    row = read_indicator(small, "income").loc["A"]
    assert row["value"] == 21_400
    assert math.isnan(row["low"])
    assert math.isnan(row["high"])


def test_each_kind_of_nothing_stays_itself(small):
    unmet = read_indicator(small, "unmet")
    assert unmet["missing"].tolist() == ["", "secret", "not_applicable"]
    assert read_indicator(small, "stays").loc["C", "missing"] == "not_available"
    deaths = read_indicator(small, "deaths", reference=1_000)
    assert deaths["suppressed"].tolist() == [False, True, False]
    assert deaths.loc["B", ["missing", "reading"]].tolist() == ["", ""]
    assert deaths.loc["C", "missing"] == "not_available"  # nobody gives its deaths


def test_areas_keep_the_territory_s_order_and_names(small):
    assert read_indicator(small, "stays")["name"].tolist() == ["Aubray", "Belleau", "Corval"]
    assert read_indicator(small, "stays", level="qpv")["name"].tolist() == ["Les Prés"]


def test_without_a_reference_nothing_is_concluded(small):
    assert set(read_indicator(small, "unmet")["reading"]) == {""}


@pytest.mark.parametrize(("reference", "reading"), [(20, "higher"), (30, "undetermined"), (45, "lower")])
def test_an_area_is_read_against_the_reference(small, reference, reading):
    assert read_indicator(small, "unmet", reference=reference).loc["A", "reading"] == reading


@pytest.mark.parametrize(
    ("estimate", "reading"),
    [
        (Estimate(31, 28, 34), "higher"),
        (Estimate(22, 20, 24), "lower"),
        (Estimate(27, 25, 29), "undetermined"),
        (Estimate(26, math.nan, math.nan), "higher"),
        (Estimate(25, math.nan, math.nan), "undetermined"),
        (Estimate.suppress(), "undetermined"),
    ],
)
def test_only_a_whole_interval_beyond_the_reference_concludes(estimate, reading):
    assert compare(estimate, 25) == reading


def test_a_reference_that_nobody_gives_is_none(small):
    assert find_reference(small, "unmet", "departement") == Reference(25, "departement", "Département")
    assert find_reference(small, "unmet", "france") is None


def test_a_profile_puts_the_reference_at_one_hundred(small):
    profile = read_profile(small, ["unmet", "income", "stays"])
    assert profile.loc["unmet", "value"] == pytest.approx(100 * 31 / 25)
    assert profile["reading"].tolist() == ["higher", "lower", ""]
    assert profile.loc["stays", "missing"] == "not_available"
    assert profile["name"].tolist() == ["Renoncement aux soins", "Revenu", "Séjours"]


def test_a_profile_says_when_only_the_reference_is_missing(small):
    row = read_profile(small, ["unmet"], against="france").iloc[0]
    assert (row["missing"], row["reason"]) == (
        "not_available",
        "La valeur de la France n’est pas publiée.",
    )
    assert math.isnan(row["value"])


@pytest.mark.parametrize(
    ("reference", "end"),
    [
        (30, "L’intervalle contient la valeur du département (30,0) : on ne peut pas conclure."),
        (
            20,
            "Tout l’intervalle est au-dessus de la valeur du département (20,0) : "
            "la situation y est moins favorable.",
        ),
        (
            45,
            "Tout l’intervalle est au-dessous de la valeur du département (45,0) : "
            "la situation y est plus favorable.",
        ),
    ],
)
def test_the_interval_is_said_in_plain_words_before_its_name(small, reference, end):
    row = read_indicator(small, "unmet", reference=reference).loc["A"]
    sentence = explain(row, small.catalogue.loc["unmet"], reference=Reference(reference))
    assert sentence == (
        "Aubray : 31,0 % des adultes. La valeur vraie se situe probablement entre 25,0 et 37,7 "
        f"(intervalle de confiance à 95 %). {end}"
    )


def test_without_a_reference_the_sentence_stops_at_the_interval(small):
    row = read_indicator(small, "unmet").loc["A"]
    assert explain(row, small.catalogue.loc["unmet"]).endswith("(intervalle de confiance à 95 %).")


@pytest.mark.parametrize(
    ("indicator", "area", "sentence"),
    [
        ("unmet", "B", "Belleau. Secret statistique : le nombre est trop petit"),
        ("unmet", "C", "Corval. Personne n’y habite."),
        ("stays", "B", "Belleau. Donnée non disponible : ce n’est pas un zéro"),
        ("deaths", "B", "Belleau : moins de 10 événements, le taux n’est pas calculé."),
    ],
)
def test_each_kind_of_nothing_has_its_sentence(small, indicator, area, sentence):
    row = read_indicator(small, indicator).loc[area]
    assert explain(row, small.catalogue.loc[indicator], reference=Reference(1)).startswith(sentence)


def test_a_figure_without_interval_says_so(small):
    row = read_indicator(small, "income").loc["A"]
    sentence = explain(row, small.catalogue.loc["income"], reference=Reference(22_000))
    assert "La source donne ce chiffre sans marge d’incertitude." in sentence
    assert sentence.endswith(": la situation y est moins favorable.")


@pytest.mark.parametrize(
    ("value", "interval", "reference", "decimals"),
    [
        (9.0, (8.82, 9.19), 9.1, 1),  # « de 9 à 9 »
        (9.8, (9.46, 9.97), 10.2, 1),  # « 9 à 10 » would touch « 10 »
        (31.0, (28.0, 34.0), math.nan, 0),
        (3.64, (math.nan, math.nan), 3.58, 2),
    ],
)
def test_figures_are_written_finely_enough_to_say_what_they_are(value, interval, reference, decimals):
    digits = telling_decimals(0, value, interval, reference)
    low, high = (round(value if math.isnan(limit) else limit, digits) for limit in interval)
    assert compare(Estimate(value, low, high), round(reference, digits)) == compare(
        Estimate(value, *interval), reference
    )
    assert digits == decimals


@pytest.mark.parametrize("reference", [20, 30, 45])
def test_no_sentence_exceeds_twenty_words(small, reference):
    row = read_indicator(small, "unmet").loc["A"]
    text = explain(row, small.catalogue.loc["unmet"], reference=Reference(reference))
    for sentence in re.split(r"(?<=\.) ", text):
        assert len(re.findall(r"\w[\w’,-]*", sentence)) <= 20, sentence


def test_a_neutral_indicator_is_neither_better_nor_worse():
    assert judge("lower", "neutral") == "l’écart est net"


@pytest.mark.parametrize(
    ("indicator", "level", "sentence"),
    [
        ("absent", "commune", "L’indicateur « absent » n’existe pas"),
        ("unmet", "iris", "Le niveau « iris » n’existe"),
    ],
)
def test_what_does_not_exist_is_refused(small, indicator, level, sentence):
    with pytest.raises(InputError, match=sentence):
        read_indicator(small, indicator, level=level)


def test_a_rate_on_a_few_events_says_not_to_publish_it(small):
    small.indicators.loc[len(small.indicators)] = ("stays", "commune", "B", 3, 80, math.nan, "", "")
    rows = read_indicator(small, "stays")
    said = {code: explain(rows.loc[code], small.catalogue.loc["stays"]) for code in "AB"}
    assert said["B"].endswith("Moins de dix événements\u00a0: ne publiez pas ce chiffre.")
    assert "publiez" not in said["A"]
