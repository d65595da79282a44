"""A dossier never changes in place, keeps the order chosen, and loses none of a person's words."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from territ_kit.dossier import LONGEST_TEXT, Dossier, Finding, Observation, finding_id
from territ_kit.errors import DossierError
from tests.dossier.conftest import make_finding


def kept(dossier):
    return [finding.indicator for finding in dossier.observation.kept]


@pytest.fixture
def three(dossier):
    for indicator in "abc":
        dossier = dossier.keep(make_finding(indicator))
    return dossier


def test_a_finding_is_kept_last_and_the_former_dossier_is_as_it_was(dossier, finding):
    after = dossier.keep(make_finding("sans-medecin-traitant")).keep(finding)
    assert kept(after) == ["sans-medecin-traitant", "pauvrete"]
    assert kept(dossier) == []


def test_an_indicator_is_kept_once_by_area_and_by_reference(dossier, finding):
    elsewhere, in_france = make_finding(area="X1002"), make_finding(against="france")
    assert len(dossier.keep(finding).keep(elsewhere).keep(in_france).keep(finding).observation.kept) == 3


def test_the_id_is_made_of_what_is_read_where_and_against_what(finding):
    assert finding.id == "pauvrete-commune-X1001-departement"
    assert finding_id("pauvrete", "epci", "X00000001") == "pauvrete-epci-X00000001"


def test_keeping_again_renews_the_figures_where_they_stand_and_keeps_the_person_s_words(three):
    old = three.write("b-commune-X1001-departement", "On le voit.").find("b-commune-X1001-departement")
    again = three.keep(old).keep(make_finding("b", value=30.0, kept_at=datetime(2040, 1, 1, tzinfo=UTC)))
    new = again.observation.kept[1]
    assert kept(again) == ["a", "b", "c"]
    assert (new.value, new.words, new.kept_at) == (30.0, "On le voit.", old.kept_at)


def test_keeping_again_with_words_and_reasons_replaces_the_former_ones(dossier, finding):
    first = dossier.keep(finding.but(words="avant", reasons=["écart net"]))
    assert first.keep(finding).observation.kept == first.observation.kept
    new = first.keep(finding.but(words="après", reasons=["beaucoup de personnes"])).find(finding.id)
    assert (new.words, new.reasons) == ("après", ("beaucoup de personnes",))


def test_words_can_be_taken_back(dossier, finding):
    assert dossier.keep(finding).write(finding.id, "x").write(finding.id, "").find(finding.id).words == ""


def test_a_reason_is_given_once(dossier, finding):
    given_twice = dossier.keep(finding).give_reasons(finding.id, ["écart net", "on en parle", "écart net"])
    assert given_twice.find(finding.id).reasons == ("écart net", "on en parle")


def test_a_finding_dropped_is_gone_and_dropping_it_again_changes_nothing(three):
    after = three.drop("b-commune-X1001-departement")
    assert kept(after) == ["a", "c"]
    assert after.drop("b-commune-X1001-departement") == after


@pytest.mark.parametrize(
    ("indicator", "places", "order"),
    [("c", -1, "acb"), ("a", 1, "bac"), ("a", -1, "abc"), ("c", 1, "abc"), ("c", -9, "cab"), ("a", 9, "bca")],
)
def test_a_finding_moves_and_stops_at_either_end(three, indicator, places, order):
    assert kept(three.move(finding_id(indicator, "commune", "X1001", "departement"), places)) == list(order)


@pytest.mark.parametrize(
    "change",
    [
        lambda dossier: dossier.write("absent", "mots"),
        lambda dossier: dossier.give_reasons("absent", ["écart net"]),
        lambda dossier: dossier.move("absent", 1),
    ],
)
def test_what_is_written_on_a_finding_that_is_gone_is_refused(three, change):
    with pytest.raises(DossierError, match="n’est plus dans le dossier"):
        change(three)


def test_a_figure_that_does_not_exist_is_kept_as_none():
    finding = make_finding(value=np.float64(12), low=math.nan, high=np.nan, reference=None)
    assert (finding.value, finding.low, finding.high, finding.reference) == (12.0, None, None, None)


def test_the_moment_is_kept_in_universal_time():
    moment = datetime(2026, 3, 5, 15, 30, tzinfo=timezone(timedelta(hours=1)))
    assert make_finding(kept_at=moment).kept_at.isoformat() == "2026-03-05T14:30:00+00:00"
    assert make_finding().kept_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"words": "x" * (LONGEST_TEXT + 1)}, r"\n- words \(« x{60} »\) : 2000 caractères au plus"),
        ({"words": "\ud800"}, "- words .* : La valeur n’a pas la forme attendue"),
        ({"value": "douze"}, r"- value \(« douze »\) : Un nombre est attendu"),
        ({"value": math.inf}, r"- value \(« inf »\) : Un nombre est attendu"),
        ({"reading": "above"}, "Valeurs possibles : higher, lower, undetermined ou none"),
        ({"reasons": "écart net"}, "- reasons .* : Une liste est attendue"),
        ({"reasons": [""]}, "- reasons, 1 : Un texte est attendu"),
        ({"kept_at": datetime(2026, 3, 5)}, "avec leur fuseau"),
        ({"label": ""}, "- label : Un texte est attendu"),
        ({"wrods": "mots"}, r"- wrods \(« mots »\) : Cette rubrique n’est pas connue"),
    ],
)
def test_what_a_finding_cannot_hold_is_said_in_french(fields, said):
    with pytest.raises(DossierError) as caught:
        make_finding(**fields)
    assert re.search(said, str(caught.value).replace("\u00a0", " "))


def test_a_message_to_a_person_can_always_be_sent():
    with pytest.raises(DossierError) as caught:
        make_finding(words="\ud800")
    assert str(caught.value).encode("utf-8")


def test_every_fault_is_listed_and_the_message_says_the_first_five(finding):
    content = {"territory": "a", "observation": {"kept": [{"label": 3}]}, "needs": []}
    with pytest.raises(DossierError, match="Voici les 5 premières sur 8") as caught:
        Dossier.read(content)
    assert len(caught.value.faults) == 8
    assert ("observation, kept, 1", "label", "3") in [
        (fault.row, fault.column, fault.value) for fault in caught.value.faults
    ]


def test_a_finding_written_twice_is_refused(finding):
    with pytest.raises(DossierError, match="qu’une fois"):
        Observation(kept=(finding, finding))


def test_nothing_changes_in_place(dossier, finding):
    with pytest.raises(ValidationError, match="frozen"):
        dossier.territory = "autre"
    with pytest.raises(ValidationError, match="frozen"):
        finding.words = "autre"


@given(
    st.text(max_size=LONGEST_TEXT), st.floats(allow_infinity=False), st.lists(st.text(min_size=1), max_size=4)
)
def test_what_a_dossier_holds_is_read_again_from_json(words, value, reasons):
    finding = make_finding(words=words, value=value, reasons=reasons)
    dossier = Dossier(territory="a", territory_name="A").keep(finding)
    assert Dossier.read(dossier.model_dump(mode="json")) == dossier
    assert isinstance(dossier.observation.kept[0], Finding)
