"""The panel « Observer » without a browser: what it offers, shows, says, keeps."""

from __future__ import annotations

import json

import pytest

from territ_kit.errors import InputError
from territ_kit.territory import list_cases
from territ_kit.widgets.look import look
from territ_kit.widgets.observer import ObserverPanel
from territ_kit.widgets.observer.fields import START, WHOLE
from territ_kit.widgets.observer.views import VIEWS
from territ_kit.workspace import Workspace

PA = "port-ancelle"
CORVELLES, HAVRELLE = "QNX101M", "X1003"


@pytest.fixture(scope="module")
def shared():
    """A panel that tests may move, but not close: building one takes half a second."""
    return ObserverPanel(PA)


@pytest.fixture
def panel(shared):
    shared.restore({**START, "case": PA})
    shared.shortlist = None
    return shared


@pytest.fixture
def kept(panel, tmp_path):
    """The panel of a person with a folder."""
    panel.keep_in(Workspace.open(tmp_path))
    yield panel
    panel.shortlist = None


def ask(panel, **choices):
    """Move controls as a person does: one after another."""
    for name, choice in choices.items():
        panel.form.value = {**panel.form.value, name: choice}


def is_shown(part):
    return part.layout.display != "none"


def fields(panel):
    return {field["name"]: field for field in panel.form.spec}


def offered(panel, name):
    return [option["id"] for option in fields(panel)[name]["options"]]


def file_of(tmp_path):
    return json.loads((tmp_path / "dossiers" / f"{PA}.json").read_text("utf-8"))["observation"]["kept"]


# What is offered


@pytest.mark.parametrize("case", list_cases())
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_every_case_draws_with_its_words(panel, case, view):
    ask(panel, case=case)
    if view not in offered(panel, "view"):
        pytest.skip(f"{case} cannot show {view}")
    ask(panel, view=view)
    assert panel.form.status == ""
    assert panel.figure.png.startswith(b"\x89PNG")
    assert panel.figure.title
    assert len(panel.figure.alt) > 40
    assert panel.figure.table["rows"]
    assert [text.split(".")[0] for text in panel.figure.reading] == sorted(
        (text.split(".")[0] for text in panel.figure.reading), key=lambda lead: "ne montre pas" in lead
    )
    if VIEWS[view].reads:
        assert is_shown(panel.words)


@pytest.mark.parametrize("view", VIEWS)
def test_a_screen_asks_at_most_six_things_at_first(panel, view):
    ask(panel, view=view)
    assert len([field for field in panel.form.spec if not field.get("advanced")]) <= 6


def test_a_view_offers_only_the_indicators_that_it_can_show(panel):
    ask(panel, view="funnel")
    kinds = panel.territory.catalogue.loc[offered(panel, "indicator"), "kind"]
    assert set(kinds) <= {"proportion", "crude_rate", "standardised_ratio"}
    ask(panel, view="gradient")
    assert "revenu-median" not in offered(panel, "indicator")


def test_an_indicator_that_a_view_cannot_show_gives_way_to_one_that_it_can(panel):
    ask(panel, view="profile", indicator="esperance-de-vie")
    ask(panel, view="funnel")
    assert panel.form.value["indicator"] in offered(panel, "indicator")
    assert panel.figure.png


def test_a_place_that_the_level_does_not_hold_gives_way_to_the_whole(panel):
    ask(panel, area=CORVELLES)
    assert "Les Corvelles" in panel.words.html
    ask(panel, view="map")
    assert panel.form.value["area"] == WHOLE
    ask(panel, view="profile", level="qpv")
    assert CORVELLES in offered(panel, "area")
    assert HAVRELLE not in offered(panel, "area")


def test_a_choice_comes_back_when_its_view_does(panel):
    ask(panel, view="profile", indicator="pauvrete", level="qpv")
    ask(panel, view="pyramid")
    assert set(panel.form.value) == {"case", "view", "area"}
    ask(panel, view="profile")
    assert (panel.form.value["indicator"], panel.form.value["level"]) == ("pauvrete", "qpv")


def test_choices_of_an_earlier_visit_that_make_no_sense_are_left(panel):
    panel.restore({"view": "crystal-ball", "indicator": "none", "area": "Z", "confidence": 12, "case": "?"})
    assert panel.form.value["view"] in VIEWS
    assert panel.choices["confidence"] == 95
    assert panel.territory.id == PA


def test_a_confidence_that_makes_no_sense_is_told_and_the_picture_stays(panel):
    ask(panel, view="profile")
    before = panel.figure.alt
    ask(panel, confidence=12)
    assert "entre 80 et 99" in panel.form.errors["confidence"]
    assert panel.figure.alt == before
    ask(panel, confidence=90)
    assert panel.form.errors == {}
    assert panel.figure.alt != before


def test_each_move_is_told_to_who_keeps_the_choices(panel):
    told = []
    panel.changed = told.append
    ask(panel, view="profile", indicator="pauvrete")
    panel.changed = lambda _choices: None
    assert told[-1]["indicator"] == "pauvrete"
    assert told[-1]["case"] == PA


# What is shown


def test_the_overview_of_a_quarter_says_what_stands_out_in_its_own_units(panel):
    ask(panel, area=CORVELLES)
    assert "s’écartent nettement du département" in panel.figure.title
    assert "32" in panel.findings.html
    assert "Sans médecin traitant" in panel.findings.html


def test_the_pyramid_shows_no_indicator_and_nothing_can_be_kept_of_it(kept):
    ask(kept, view="pyramid", area=HAVRELLE)
    assert "Havrelle-Plage" in kept.figure.title
    assert not is_shown(kept.keeper)
    ask(kept, view="profile")
    assert is_shown(kept.keeper)


def test_no_move_takes_a_part_out_of_the_page_or_puts_one_in(kept):
    """The browser would draw them all again, and close the table that the person has opened."""
    parts = kept.results.children
    for view in VIEWS:
        ask(kept, view=view)
        assert kept.results.children == parts


def test_the_access_view_reads_the_accessibility_whatever_was_asked_before(panel):
    ask(panel, view="profile", indicator="pauvrete")
    ask(panel, view="access")
    assert "APL" in panel.words.html or "ccessibilité" in panel.words.html
    before = panel.figure.alt
    ask(panel, decay="quinze")
    assert panel.figure.alt != before


def test_the_traps_of_a_reading_are_told_and_those_of_the_one_before_are_gone(panel):
    ask(panel, view="profile", indicator="mortalite-brute")
    assert "L’âge se cache dans un taux brut" in panel.traps.html
    ask(panel, indicator="depistage-eligibles")
    assert "L’âge se cache dans un taux brut" not in panel.traps.html


def test_a_phone_gets_a_drawing_of_its_own(panel):
    ask(panel, view="profile")
    panel.figure.client_width = 320
    assert panel.figure.width < 340
    panel.figure.client_width = 900
    assert panel.figure.width > 700


# What is kept


def test_without_a_folder_nothing_is_offered_to_keep(panel):
    panel.draw()
    assert not is_shown(panel.keeper)


def test_a_finding_is_kept_with_what_its_figures_allow_to_say(kept, tmp_path):
    ask(kept, view="overview", area=CORVELLES, indicator="sans-medecin-traitant")
    kept._keep()
    (found,) = file_of(tmp_path)
    assert found["area_name"] == "Les Corvelles"
    assert found["reading"] == "higher"
    assert found["sentence"].startswith("Les Corvelles\u00a0: 32")
    assert "Gardé dans «\u00a0Ma liste\u00a0»" in kept.keeper.status
    assert "1 constat." in kept.shortlist.intro.html


def test_reasons_and_words_are_saved_as_they_are_given(kept, tmp_path):
    kept._keep()
    card = kept.shortlist.cards[0]
    card.value = {"reasons": ["net", "parole"], "words": {"words": "On en parle au port."}}
    (found,) = file_of(tmp_path)
    assert found["words"] == "On en parle au port."
    assert found["reasons"] == ["L’écart est net.", "Des habitants ou des professionnels en parlent."]
    assert "Enregistré à" in card.status
    again = ObserverPanel(PA)
    again.keep_in(Workspace.open(tmp_path))
    assert again.shortlist.cards[0].value == card.value


def test_the_list_is_put_in_order_shortened_and_undone(kept, tmp_path):
    for indicator in ("pauvrete", "chomage", "ouvriers"):
        ask(kept, indicator=indicator)
        kept._keep()
    cards = kept.shortlist.cards
    assert [action["id"] for action in cards[0].actions] == ["down", "drop"]
    assert [action["id"] for action in cards[-1].actions] == ["up", "drop"]
    kept.shortlist._act(cards[2].kept, "up")
    assert [one["indicator"] for one in file_of(tmp_path)] == ["pauvrete", "ouvriers", "chomage"]
    assert kept.shortlist.cards[1].focus == "up"  # the keyboard follows the card
    kept.shortlist._act(kept.shortlist.cards[0].kept, "drop")
    assert len(file_of(tmp_path)) == 2
    assert kept.shortlist.undo.focus == "drop"
    kept.shortlist._undo("undo")
    assert [one["indicator"] for one in file_of(tmp_path)] == ["pauvrete", "ouvriers", "chomage"]


def test_each_territory_has_its_own_list(kept, tmp_path):
    kept._keep()
    other = next(case for case in list_cases() if case != PA)
    ask(kept, case=other)
    assert kept.shortlist.cards == []
    ask(kept, case=PA)
    assert len(kept.shortlist.cards) == 1


def test_a_list_that_cannot_be_read_is_told_and_kept_aside_at_the_next_change(panel, tmp_path):
    path = tmp_path / "dossiers" / f"{PA}.json"
    path.parent.mkdir()
    path.write_text("{", encoding="utf-8")
    panel.keep_in(Workspace.open(tmp_path))
    assert "ne peut pas être lu" in panel.shortlist.intro.html
    panel._keep()
    assert len(file_of(tmp_path)) == 1
    assert [one.read_text() for one in path.parent.glob("*.bak")] == ["{"]


# In a notebook


def test_a_notebook_looks_at_one_place_in_one_way():
    shown = look(PA, "mortalite-brute", area="Havrelle-Plage")
    figure, words = shown.children
    assert "Mortalité brute" in figure.title
    assert "Havrelle-Plage" in words.html


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"indicator": "absent"}, "absent"),
        ({"indicator": "pauvrete", "area": "Paris"}, "Paris"),
        ({"indicator": "esperance-de-vie", "view": "funnel"}, "esperance-de-vie"),
        ({"view": "boule"}, "boule"),
    ],
)
def test_a_notebook_that_asks_for_what_does_not_exist_is_told(asked, said):
    with pytest.raises(InputError, match=f"{said} n’existe pas ou ne se lit pas ainsi.*Corrigez l’appel"):
        look(PA, **asked)
