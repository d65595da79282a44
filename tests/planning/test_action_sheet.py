"""The eight checks of an action sheet, each one explained."""

import pytest

from territ_kit.dossier import Action
from territ_kit.planning.action_sheet import FIELDS, check_sheet, check_table, summary


def left(action, **settings):
    return [check.id for check in check_sheet(action, **settings) if not check.met]


def test_a_good_sheet_meets_the_eight_checks(sheet):
    checks = check_sheet(sheet, publics=["16-18", "non scolarisés"])
    assert len(checks) == 8
    assert left(sheet) == []
    assert summary(checks).startswith("Les 8 points sont remplis.")


def test_the_sheet_of_the_exercise_fails_all_eight_and_each_says_what_to_do():
    """Exercise 6.2 of the course: « Sensibiliser les jeunes à l’alcool »."""
    bare = Action(id="x", title="Sensibiliser les jeunes à l’alcool", public="Les jeunes")
    checks = check_sheet(bare)
    assert not any(check.met for check in checks)
    assert all(check.advice for check in checks)
    assert check_table(checks)["Lecture"].tolist() == ["à reprendre"] * 8
    assert summary(checks).startswith("0 point rempli sur 8")


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"public": "Les jeunes"}, "public"),
        ({"public": "à définir"}, "public"),
        ({"pilot": "Coordonnatrice du réseau"}, "pilot"),
        ({"pilot": ""}, "pilot"),
        ({"start": 20}, "calendar"),
        ({"months": None}, "calendar"),
        ({"costs": (40_000,)}, "funding"),
        ({"costs": (20_000,)}, "funding"),
        ({"costs": ()}, "funding"),
        ({"links": "aucune"}, "links"),
        ({"participation": "À définir."}, "participation"),
    ],
)
def test_each_check_finds_its_own_fault(sheet, changes, check):
    assert left(sheet.but(**changes)) == [check]


def test_an_outcome_lacks_its_source(sheet, listening):
    changed = sheet.but(indicators=(listening.but(source=""), *sheet.indicators[1:]))
    assert left(changed) == ["outcome"]


def test_without_process_or_outcome_both_are_told(sheet):
    assert left(sheet.but(indicators=sheet.indicators[2:])) == ["outcome", "process"]


def test_an_exercise_may_ask_for_a_public(sheet):
    assert left(sheet.but(public="Élèves du collège"), publics=["16-18"]) == ["public"]


def test_the_fields_are_those_of_a_sheet():
    assert list(FIELDS)[:4] == ["title", "axis", "finding", "objective"]
    assert len(FIELDS) == 16
