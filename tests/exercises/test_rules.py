"""Marks by hand for each rule, and the property that no answer leaves the scale."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territ_kit.errors import CourseError
from territ_kit.exercises.key import KEY
from territ_kit.exercises.marking import mark_question
from territ_kit.exercises.question import (
    AllocationQuestion,
    ChoiceQuestion,
    GridQuestion,
    PlacementQuestion,
    RankingQuestion,
    TextQuestion,
)

NAMES = ["titre", "signal", "part", "ordre", "journees", "manques", "carte", "fiche"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def options(*ids):
    return [{"id": name, "label": name.upper()} for name in ids]


def marked(sample, name, value):
    assignment, keys = sample
    return mark_question(assignment.question(name), keys[name], value)


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_answer_earns_everything(sample, name):
    mark = marked(sample, name, sample[1][name].model_dump(mode="json")["answer"])
    assert (mark.points, mark.verdict) == (sample[0].question(name).automatic_points, "right")


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_is_not_a_wrong_answer(sample, name):
    mark = marked(sample, name, None)
    assert (mark.points, mark.verdict) == (0, "blank")
    assert mark.reasons == ["Vous n’avez pas répondu à cette question."]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60)
@given(value=JSON)
def test_any_json_value_stays_within_the_scale(sample, name, value):
    mark = marked(sample, name, value)
    assert type(mark.points) is float
    assert 0 <= mark.points <= mark.out_of


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60)
@given(data=st.data())
def test_any_well_formed_answer_stays_within_the_scale(sample, name, data):
    question = sample[0].question(name)
    ids = [part.id for part in getattr(question, question.lists[0])] if question.lists else []
    column = st.sampled_from([c.id for c in getattr(question, "columns", ())] or ["-"])
    unit = st.floats(0, 1)
    value = data.draw(
        {
            "choice": st.lists(st.sampled_from(ids or ["-"]), unique=True)
            if name == "signal"
            else st.sampled_from(ids or ["-"]),
            "number": st.floats(0, 100),
            "ranking": st.permutations(ids),
            "allocation": st.dictionaries(st.sampled_from(ids or ["-"]), st.floats(0, 20)),
            "grid": st.dictionaries(st.sampled_from(ids or ["-"]), column),
            "placement": st.dictionaries(
                st.sampled_from(ids or ["-"]), st.lists(unit, min_size=2, max_size=2)
            ),
            "text": st.dictionaries(st.sampled_from(ids or ["-"]), st.text(max_size=50)),
        }[question.kind]
    )
    assert question.faults(value) == []
    assert 0 <= marked(sample, name, value).points <= question.automatic_points


@pytest.mark.parametrize(
    ("value", "points", "verdict"), [("prudence", 3, "right"), ("rien", 1, "partial"), ("moins", 0, "wrong")]
)
def test_one_choice_may_earn_a_part(sample, value, points, verdict):
    mark = marked(sample, "titre", value)
    assert (mark.points, mark.verdict) == (points, verdict)


def test_each_chosen_option_is_explained_and_the_others_are_not(sample):
    said = " ".join(marked(sample, "titre", "moins").reasons)
    assert "EXPLICATION-MOINS" in said
    assert "EXPLICATION-RIEN" not in said


@pytest.mark.parametrize(
    ("value", "points"),
    [
        (["taire", "croiser", "elargir"], 3),
        (["taire", "croiser"], 2),
        (["taire", "croiser", "ignorer"], 0.5),
        (["ignorer", "titrer"], 0),
        (["taire", "croiser", "elargir", "ignorer", "titrer"], 0),
    ],
)
def test_several_choices_add_the_right_and_take_off_the_wrong(sample, value, points):
    assert marked(sample, "signal", value).points == points


def test_the_cost_of_a_wrong_choice_can_be_set():
    """The error hunt of module 07: three wrong cells among twelve, +1/3 each, -1/6 per right cell accused."""
    cells = [f"c{n}" for n in range(12)]
    question = ChoiceQuestion(id="q", statement="?", several=True, options=options(*cells))
    key = KEY.validate_python({"kind": "choice", "answer": cells[:3], "wrong_cost": 1 / 6})
    assert mark_question(question, key, [*cells[:3], "c5"]).points == 2.5


@pytest.mark.parametrize(
    ("value", "points"), [(29.1, 1.8), (28.6, 1.8), (29.6, 1.8), (29.61, 0), (7.9, 0.6), (8.2, 0)]
)
def test_a_number_is_right_within_its_tolerance(sample, value, points):
    assert marked(sample, "part", value).points == points


def test_an_expected_error_says_what_was_misunderstood(sample):
    assert "7,9 % est la part de la population." in marked(sample, "part", 7.9).reasons


def test_precedences_count_one_by_one(sample):
    mark = marked(sample, "ordre", ["elu", "presse", "cadre", "reunion", "liste"])
    assert mark.points == 2
    assert mark.reasons == ["La réunion précède le message."]


def test_an_excluded_option_at_the_head_gives_nothing(sample):
    mark = marked(sample, "ordre", ["elu", "cadre", "reunion", "liste", "presse"])
    assert mark.points == 0
    assert mark.reasons == ["Cette liste ne se transmet jamais."]


def test_without_precedences_exact_places_count():
    question = RankingQuestion(id="q", statement="?", options=options("a", "b", "c"))
    key = KEY.validate_python({"kind": "ranking", "answer": ["a", "b", "c"]})
    assert mark_question(question, key, ["a", "c", "b"]).points == 1


@pytest.mark.parametrize(
    ("value", "points"),
    [
        ({"gem": 3, "cfa": 2, "marche": 2, "ligne": 3}, 3),  # 7/7
        ({"gem": 2, "cfa": 2, "ligne": 6}, 1.11),  # 4/7 - 0.2
        ({"gem": 5, "cfa": 5}, 2.4),  # 1 - 0.2
        ({"ligne": 10}, 0),
        ({"gem": 9, "cfa": 1, "marche": 1}, 0),
    ],
)
def test_an_allocation_earns_in_proportion_and_pays_for_what_is_left_out(sample, value, points):
    assert marked(sample, "journees", value).points == points


def test_a_wrong_total_is_said_with_both_figures(sample):
    reasons = marked(sample, "journees", {"gem": 8}).reasons
    assert reasons == ["La somme doit faire 10 demi-journées. La vôtre fait 8 demi-journées."]


def test_six_checks_of_an_allocation_count_one_sixth_each():
    """The working month of module 09: the total is one check among six."""
    boxes = ["quartiers", "groupes", "appui", "instances", "articulation", "formation"]
    question = AllocationQuestion(id="q", statement="?", total=20, options=options(*boxes))
    checks = [
        {"boxes": ["quartiers"], "minimum": 4},
        {"boxes": ["instances"], "maximum": 5},
        {"boxes": ["appui"], "minimum": 3},
        {"boxes": ["articulation"], "minimum": 2},
        {"boxes": ["formation"], "minimum": 1},
        {"boxes": boxes, "minimum": 20, "maximum": 20},
    ]
    answer = {"quartiers": 6, "groupes": 3, "appui": 3, "instances": 5, "articulation": 2, "formation": 1}
    key = KEY.validate_python(
        {"kind": "allocation", "answer": answer, "exact_total": False, "checks": checks}
    )
    assert mark_question(question, key, answer).points == 3
    assert mark_question(question, key, answer | {"instances": 6}).points == 2  # the total fails too


@pytest.mark.parametrize(
    ("value", "points"),
    [
        ({"phare": "angle-mort", "corvelles": "saturation", "plage": "rien"}, 3),
        ({"phare": "angle-mort", "plage": "rien"}, 1.5),  # the double row is missing
        ({"phare": "en-place", "corvelles": "saturation", "plage": "en-place"}, 1.12),  # (-1 + 2 + 0.5) / 4
        ({"phare": "en-place"}, 0),
    ],
)
def test_a_grid_weighs_rows_and_knows_near_and_costly_errors(sample, value, points):
    assert marked(sample, "manques", value).points == points


def test_an_accepted_alternative_earns_the_row():
    question = GridQuestion(
        id="q", statement="?", rows=options("r1", "r2"), columns=options("consultation", "apaisement")
    )
    key = KEY.validate_python(
        {
            "kind": "grid",
            "answer": {"r1": "consultation", "r2": "apaisement"},
            "credits": {"r1": {"apaisement": 1}},
        }
    )
    mark = mark_question(question, key, {"r1": "apaisement", "r2": "apaisement"})
    assert (mark.points, mark.verdict) == (3, "right")


def test_a_column_used_wrongly_is_explained_once(sample):
    reasons = marked(sample, "manques", {"phare": "saturation", "plage": "saturation"}).reasons
    assert reasons.count("Une saturation suppose deux réponses au même endroit.") == 1
    right = marked(sample, "manques", {"corvelles": "saturation"}).reasons
    assert "Une saturation suppose deux réponses au même endroit." not in right


@pytest.mark.parametrize(
    ("point", "points"),
    [([0.2, 0.9], 4), ([0.4, 0.6], 4), ([0.2, 0.5], 3), ([0.9, 0.9], 3), ([0.2, 0.1], 3), ([0.9, 0.1], 2)],
)
def test_a_place_next_to_the_expected_one_earns_half(sample, point, points):
    assert marked(sample, "carte", {"bailleur": [0.8, 0.9], "gem": point}).points == points


def test_an_item_left_aside_earns_nothing(sample):
    assert marked(sample, "carte", {"bailleur": [0.8, 0.9]}).points == 2


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({}, 4),
        ({"pilote": "La coordinatrice du contrat"}, 3),
        ({"public": "Les collégiens"}, 3),
        ({"debut": "bientôt"}, 3),
        ({"cout": "13 000"}, 3),
        ({"ars": "?"}, 3),
        ({"pilote": ""}, 3),
    ],
)
def test_each_check_of_a_form_counts_alone(sample, change, points):
    answer = dict(sample[1]["fiche"].answer)
    assert marked(sample, "fiche", answer | change).points == points


def test_a_duration_in_a_form_has_bounds():
    question = TextQuestion(id="q", statement="?", fields=options("duree"))
    key = KEY.validate_python(
        {
            "kind": "text",
            "answer": {"duree": "24 mois"},
            "checks": [{"fields": ["duree"], "format": "number", "maximum": 36}],
        }
    )
    assert mark_question(question, key, {"duree": "36 mois"}).points == 3
    assert mark_question(question, key, {"duree": "48 mois"}).points == 0
    assert mark_question(question, key, {"duree": "trois ans"}).points == 0


def test_the_middle_is_in_neither_half():
    question = PlacementQuestion(
        id="q", statement="?", points=4, items=options("a", "b"), x={"label": "x"}, y={"label": "y"}
    )
    places = {"a": {"x": "haut", "y": "bas"}, "b": {"x": [0.5, 1], "y": [0, 0.5]}}
    key = KEY.validate_python({"kind": "placement", "answer": {}, "places": places})
    assert mark_question(question, key, {"a": [0.5, 0.5]}).points == 0
    assert mark_question(question, key, {"b": [0.5, 0.5]}).points == 2
    assert mark_question(question, key, {"a": [0.6, 0.4], "b": [1, 0]}).points == 4


def test_the_adjacent_share_can_be_refused():
    question = PlacementQuestion(
        id="q", statement="?", items=options("a", "b"), x={"label": "x"}, y={"label": "y"}
    )
    key = KEY.validate_python(
        {
            "kind": "placement",
            "answer": {"a": [1, 1]},
            "places": {"a": {"x": "haut", "y": "haut"}},
            "adjacent": 0,
        }
    )
    assert mark_question(question, key, {"a": [1, 0]}).points == 0


def test_a_key_of_another_kind_is_refused(sample):
    assignment, keys = sample
    with pytest.raises(CourseError, match="sorte « number »"):
        mark_question(assignment.question("titre"), keys["part"], "prudence")


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ({"kind": "allocation", "answer": {}, "checks": [{"boxes": ["a"]}]}, "minimum"),
        (
            {
                "kind": "allocation",
                "answer": {},
                "checks": [{"boxes": ["a"], "maximum": 2, "proportional": True}],
            },
            "proportional",
        ),
        ({"kind": "text", "answer": {}, "checks": [{"fields": ["a"], "maximum": 2}]}, "format"),
        ({"kind": "choice", "answer": "a", "credits": {"b": 2}}, "less than or equal"),
        ({"kind": "placement", "answer": {}, "places": {"a": {"x": "milieu", "y": "haut"}}}, "valid"),
    ],
)
def test_a_rule_that_means_nothing_is_refused(key, reason):
    with pytest.raises(ValueError, match=reason):
        KEY.validate_python(key)
