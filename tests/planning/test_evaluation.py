"""Evaluation: what an indicator measures, what is out of reach, what the plan lacks."""

import pytest

from territ_kit.dossier import Action, Indicator
from territ_kit.planning.evaluation import CRITERIA, evaluation_plan, missing_fields, read_kind


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("COPIL tenus", "process"),
        ("60 apprentis rencontrés", "output"),
        ("Part des 16-18 ans connaissant un lieu d’écoute", "outcome"),
        ("Délai d’attente au CMP", "outcome"),
        ("Taux de recours au dépistage du cancer colorectal", "outcome"),
        ("120 personnes", "output"),
        ("Convivialité", ""),
    ],
)
def test_words_suggest_what_an_indicator_measures(label, kind):
    reading = read_kind(label)
    assert (reading.kind, reading.out_of_reach) == (kind, False)


def test_the_four_indicators_of_the_exercise():
    """Exercise 6.3 of the course: the last one is out of the reach of a three-year programme."""
    reading = read_kind("Mortalité par suicide à 3 ans")
    assert reading.out_of_reach
    assert "toile de fond" in reading.why


def test_over_more_than_five_years_health_is_an_outcome():
    assert not read_kind("Mortalité évitable", months=96).out_of_reach


@pytest.mark.parametrize(
    "label", ["Nombre d’actions de prévention du suicide", "Part sachant repérer un diabète"]
)
def test_knowing_or_doing_something_about_an_illness_is_within_reach(label):
    assert not read_kind(label).out_of_reach


def test_the_plan_gathers_the_indicators_of_actions_and_objectives(sheet, objective):
    plan = evaluation_plan([sheet], [objective])
    assert len(plan.table) == 4
    assert plan.summary() == "4 indicateurs\u00a0: 1 de processus, 1 de réalisation et 2 de résultat."
    assert plan.french_table()["Niveau"].tolist() == ["résultat", "résultat", "processus", "réalisation"]


def test_what_lacks_or_is_filed_under_another_kind_is_told():
    action = Action(
        id="a", title="Forum", indicators=(Indicator(label="COPIL tenus", kind="outcome", target="3"),)
    )
    plan = evaluation_plan([action, Action(id="b", title="Affiches")])
    assert plan.advice["kind"].tolist() == ["other_kind", "lacks", "none"]
    assert "le point de départ, l’échéance et la source" in plan.advice["sentence"].iloc[1]


def test_an_indicator_out_of_reach_is_counted_apart():
    far = Action(id="a", title="Prévenir", indicators=(Indicator(label="Décès par suicide", kind="outcome"),))
    plan = evaluation_plan([far])
    assert plan.summary().endswith("1 hors d’atteinte.")
    assert plan.french_table()["Niveau"].tolist() == ["hors d’atteinte du programme"]


def test_a_programme_without_indicators_says_so():
    assert "Aucun indicateur" in evaluation_plan([]).summary()


def test_only_an_outcome_needs_a_baseline(listening):
    assert missing_fields(listening) == []
    assert missing_fields(listening.but(baseline="")) == ["le point de départ"]
    assert missing_fields(listening.but(kind="output", baseline="")) == []


def test_each_criterion_asks_a_question():
    assert len(CRITERIA) == 6
    assert all(question.endswith("\u202f?") for question in CRITERIA.values())
