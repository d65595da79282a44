"""The ladder: an activity is named by who decides, not by what it is called."""

from itertools import product

import pytest

from territ_kit.consultation.method_sheets import METHOD_SHEETS
from territ_kit.consultation.participation import (
    FAMILIES,
    LADDER,
    QUESTIONS,
    participation_level,
    questions_for,
)
from territ_kit.errors import InputError

PLAIN = {
    "when": "before",
    "voice": "answer",
    "decides": "organiser",
    "money": "organiser",
    "published": "yes",
}
EVERY = [
    dict(zip(QUESTIONS, answers, strict=True))
    for answers in product(*(question.answers for question in QUESTIONS.values()))
]


@pytest.mark.parametrize(
    ("activity", "answers", "rung"),
    [
        ("réunion publique après le vote", {"when": "after"}, "information"),
        ("questionnaire non publié", {"published": "no"}, "consultation"),
        ("trois habitants au COPIL sans voix", {"voice": "sit"}, "apaisement"),
        (
            "comité qui affecte 10 000 €",
            {"voice": "sit", "decides": "part", "money": "participants"},
            "delegation",
        ),
        ("diagnostic en marchant co-écrit", {"voice": "sit", "decides": "together"}, "partenariat"),
        ("figurants sur la photo", {"voice": "shown"}, "manipulation"),
        ("leçon d’hygiène", {"voice": "corrected"}, "therapie"),
        ("maison gérée par ses usagers", {"decides": "whole", "money": "participants"}, "controle"),
    ],
)
def test_activities_of_the_course_stand_on_their_rung(activity, answers, rung):
    """TEACHING.md, question 4.3, and the rungs it leaves out."""
    assert participation_level(PLAIN | answers).rung == rung


def test_only_the_questions_that_count_are_asked():
    assert questions_for({}) == ["when", "decides", "published"]
    assert "voice" in questions_for({"decides": "organiser"})
    assert "money" in questions_for({"decides": "part"})
    assert (
        participation_level({"when": "before", "decides": "together", "published": "yes"}).rung
        == "partenariat"
    )


def test_deciding_without_the_money_is_no_delegation():
    level = participation_level(PLAIN | {"decides": "part"})
    assert level.rung == "partenariat"
    assert "argent" in level.reason


def test_an_announcement_above_the_facts_is_said():
    level = participation_level(PLAIN, announced="partenariat")
    assert level.gap == 2
    assert level.warnings == ("L’annonce promet plus que les faits : changez le mot, ou changez la règle.",)


def test_an_unpublished_result_weakens_a_consultation():
    level = participation_level(PLAIN | {"published": "no"})
    assert any("publié" in warning for warning in level.warnings)


def test_every_set_of_answers_leads_to_a_rung_with_a_way_up():
    levels = [participation_level(answers) for answers in EVERY]
    assert {level.rung for level in levels} == set(LADDER)
    assert all(level.reason and level.higher for level in levels)


def test_more_power_never_lowers_the_rung():
    order = list(QUESTIONS["decides"].answers)
    for answers in EVERY:
        if answers["decides"] != "whole":
            more = answers | {"decides": order[order.index(answers["decides"]) + 1]}
            before, after = (LADDER[participation_level(one).rung].level for one in (answers, more))
            assert after >= before


def test_the_ladder_has_eight_rungs_in_three_families():
    assert [rung.level for rung in LADDER.values()] == list(range(1, 9))
    assert [rung.family for rung in LADDER.values()] == [FAMILIES[0]] * 2 + [FAMILIES[1]] * 3 + [
        FAMILIES[2]
    ] * 3


@pytest.mark.parametrize(
    ("answers", "announced", "said"),
    [
        ({}, "", "« À quel moment.* » n’a pas de réponse"),
        (PLAIN | {"decides": "part", "money": "banque"}, "", "« money » vaut « banque »"),
        ({"when": "before", "decides": "organiser"}, "", "« Que peuvent faire les participants.* » n’a pas"),
        (PLAIN, "co-construction", "« announced » vaut « co-construction »"),
    ],
)
def test_answers_that_are_not_there_are_asked_for(answers, announced, said):
    with pytest.raises(InputError, match=said):
        participation_level(answers, announced=announced)


@pytest.mark.parametrize("sheet", METHOD_SHEETS.values(), ids=list(METHOD_SHEETS))
def test_a_method_sheet_is_short_and_stands_on_a_rung(sheet):
    assert sheet.rung in LADDER
    assert 4 <= len(sheet.steps) <= 6
    for text in (sheet.aim, sheet.people, sheet.needs, sheet.trap, *sheet.steps):
        assert all(len(one.split()) <= 25 for one in text.split(". "))
