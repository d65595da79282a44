"""SMART: what was looked for, found or not, and the question to ask."""

import pytest

from territ_kit.dossier import Indicator, Objective
from territ_kit.planning.smart import hiding_verb, is_vague_public, smart


def letter(reading, name):
    return next(one for one in reading.letters if one.letter == name)


def test_a_complete_objective_has_its_five_letters(objective):
    reading = smart(objective, first_year=2027, last_year=2029)
    assert reading.missing == ()
    assert "cinq lettres" in reading.summary
    assert reading.table()["Lecture"].tolist() == ["trouvé"] * 5


def test_an_empty_objective_lacks_all_and_every_letter_asks_something():
    reading = smart(Objective(id="o", level="specific"))
    assert reading.missing == tuple("SMART")
    assert all(one.question.endswith("?") for one in reading.letters)
    assert reading.summary.startswith("0 lettre sur 5")


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Sensibiliser les jeunes à l’alcool", "sensibiliser"),
        ("Mettre en œuvre un forum", "mettre en oeuvre"),
        ("Réduire l’attente", ""),
        ("Organisateur de fêtes", ""),
    ],
)
def test_a_verb_that_says_what_the_team_does_hides_what_changes(text, verb):
    assert hiding_verb(text) == verb


def test_a_hiding_verb_asks_for_a_change_and_at_the_operational_level_for_a_number(objective):
    hidden = objective.but(text="Sensibiliser les apprentis")
    assert "aura changé" in letter(smart(hidden), "S").question
    assert "Combien" in letter(smart(hidden.but(level="operational")), "S").question


@pytest.mark.parametrize("public", ["Les jeunes", "Tous.", "La population"])
def test_a_public_of_everyone_is_told_as_too_wide(objective, public):
    assert is_vague_public(public)
    assert "trop large" in letter(smart(objective.but(public=public)), "S").says


@pytest.mark.parametrize(
    ("changes", "hole"),
    [
        ({"label": ""}, "l’indicateur"),
        ({"baseline": "peu"}, "le point de départ chiffré"),
        ({"target": ""}, "la cible chiffrée"),
        ({"source": ""}, "la source"),
    ],
)
def test_what_measures_needs_an_indicator_two_figures_and_a_source(objective, changes, hole):
    reading = smart(objective.but(indicator=objective.indicator.but(**changes)))
    assert hole in letter(reading, "M").says


@pytest.mark.parametrize(
    ("baseline", "target", "says"),
    [
        ("22 %", "22 %", "égale au point de départ"),
        ("22 %", "60 %", "plus que doubler"),
        ("40 %", "15 %", "plus que doubler, ou réduit de plus de moitié"),
        ("80 %", "120 %", "entre 0 et 100"),
        ("80 %", "100 %", "tout ou rien"),
        ("", "40 %", "ne se lit pas"),
    ],
)
def test_an_ambition_that_does_not_go_without_saying_is_discussed(objective, baseline, target, says):
    reading = smart(objective.but(indicator=objective.indicator.but(baseline=baseline, target=target)))
    assert says in letter(reading, "A").says


def test_from_zero_any_target_can_be_discussed(objective):
    reading = smart(objective.but(indicator=objective.indicator.but(baseline="0", target="60")))
    assert letter(reading, "A").found


def test_an_objective_that_serves_nothing_is_asked_what_it_is_for(objective):
    assert "à quoi cela" in letter(smart(objective.but(under="")), "R").question


def test_a_general_objective_answers_to_an_axis_and_needs_no_figure():
    alone = Objective(id="g", text="Les jeunes vont mieux")
    assert "priorité" in letter(smart(alone), "R").question
    assert letter(smart(alone.but(axis="jeunes")), "R").found
    assert "sans chiffre obligatoire" in smart(alone).advice


@pytest.mark.parametrize(
    ("date", "says"),
    [
        ("2026", "avant le début"),
        ("2031", "après la fin"),
        ("bientôt", "ne dit pas l’année"),
    ],
)
def test_a_date_stands_in_the_programme(objective, date, says):
    dated = objective.but(text="Savoir à qui parler", indicator=objective.indicator.but(date=date))
    assert says in letter(smart(dated, first_year=2027, last_year=2029), "T").says


def test_the_year_may_be_in_the_sentence(objective):
    assert letter(smart(objective.but(indicator=Indicator())), "T").says == "Échéance\u00a0: 2029."
