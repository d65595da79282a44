"""Logic model: columns, links, and what breaks the chain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.planning.logic_model import STAGES, logic_model, programme_logic

CHAIN = {
    "money": ("inputs", "Crédits"),
    "meet": ("activities", "Rencontrer"),
    "sixty": ("outputs", "60 apprentis"),
    "know": ("outcomes", "Ils savent où aller"),
    "better": ("impact", "Ils vont mieux"),
}
LINKS = [("money", "meet"), ("meet", "sixty"), ("sixty", "know"), ("know", "better")]


def broken(items, links):
    table = logic_model(items, links).broken
    return set(zip(table["item"], table["kind"], strict=True))


def test_a_whole_chain_holds():
    model = logic_model(CHAIN, LINKS)
    assert model.broken.empty
    assert model.summary.startswith("La chaîne tient")


def test_an_activity_that_leads_to_no_outcome_is_told_with_a_question():
    model = logic_model({**CHAIN, "poster": ("activities", "Affiches")}, LINKS)
    assert model.broken["sentence"].tolist() == [
        "«\u00a0Affiches\u00a0» ne mène à aucun effet\u00a0: à quoi sert-elle\u202f?"
    ]
    assert model.items.loc["poster", "broken"]


def test_an_outcome_that_nothing_produces_is_told():
    assert ("trust", "comes_from_nowhere") in broken(
        {**CHAIN, "trust": ("outcomes", "Confiance")}, [*LINKS, ("trust", "better")]
    )


def test_an_outcome_without_impact_is_told_only_when_an_impact_is_written():
    without = {key: item for key, item in CHAIN.items() if key != "better"}
    assert broken(without, LINKS[:3]) == {("", "empty_impact")}
    assert ("know", "leads_nowhere") in broken(CHAIN, LINKS[:3])


def test_a_direct_link_to_an_outcome_holds_even_without_an_output():
    assert ("meet", "leads_nowhere") not in broken(CHAIN, [("meet", "know"), ("know", "better")])


def test_an_empty_model_says_so():
    assert logic_model({}, []).summary == "Le modèle logique est vide."


def test_neighbours_stand_side_by_side():
    """Activities a, b feed outcomes f, e: the second column turns over to follow the first."""
    model = logic_model(
        {"a": ("activities", "a"), "b": ("activities", "b"), "e": ("outcomes", "e"), "f": ("outcomes", "f")},
        [("a", "f"), ("b", "e")],
    )
    rows = model.items["row"]
    assert (rows["a"] < rows["b"]) == (rows["f"] < rows["e"])


@given(st.data())
def test_each_box_has_its_own_place_in_its_column(data):
    stages = list(STAGES)
    size = data.draw(st.integers(1, 12))
    items = {f"x{i}": (data.draw(st.sampled_from(stages)), f"x{i}") for i in range(size)}
    pairs = [(a, b) for a in items for b in items if stages.index(items[a][0]) < stages.index(items[b][0])]
    links = data.draw(st.lists(st.sampled_from(pairs), max_size=10)) if pairs else []
    model = logic_model(items, links)
    for _, column in model.items.groupby("stage"):
        assert sorted(column["row"]) == list(range(len(column)))


def test_a_programme_draws_its_own_model(programme):
    model = programme_logic(programme)
    assert model.broken.empty, model.broken["sentence"].tolist()
    assert model.items.groupby("stage").size().to_dict() == {
        "inputs": 2, "activities": 1, "outputs": 1, "outcomes": 1, "impact": 1,
    }  # fmt: skip


def test_an_action_on_no_objective_breaks_the_chain(programme, sheet):
    lost = programme.but(actions=(sheet, sheet.but(id="b", title="Affiches", objective="", indicators=())))
    assert "action:b" in programme_logic(lost).broken["item"].tolist()


def test_an_operational_objective_serves_the_specific_one_above_it(programme, sheet, objective):
    below = objective.but(id="op", level="operational", under="ecoute")
    climbed = programme.but(objectives=(*programme.objectives, below), actions=(sheet.but(objective="op"),))
    assert programme_logic(climbed).broken.empty


def test_an_outcome_of_an_action_on_a_general_objective_leads_to_it(programme, sheet):
    model = programme_logic(programme.but(actions=(sheet.but(objective="mieux"),)))
    assert ("outcome:ecoute:0", "objective:mieux") in model.links


@pytest.mark.parametrize(
    ("items", "links", "sentence"),
    [
        ({"a": ("effects", "a")}, [], "colonne « effects » ; attendu"),
        ({"a": ("inputs", "a")}, [("a", "z")], "Un lien mène à « z »"),
        (CHAIN, [("know", "meet")], "revient en arrière.*Inversez"),
    ],
)
def test_what_is_no_logic_model_is_refused(items, links, sentence):
    with pytest.raises(InputError, match=sentence):
        logic_model(items, links)
