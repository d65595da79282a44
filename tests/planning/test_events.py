"""« Le pilote est parti », « le crédit est refusé »: what they touch, and the options."""

import pytest

from territ_kit.dossier import Action
from territ_kit.errors import InputError
from territ_kit.planning.events import credit_refused, pilot_gone


@pytest.fixture
def actions():
    return [
        Action(id="a", title="Former", pilot="Mission locale", start=1, months=6, half_days=3,
               costs=(10_000, 6_000), shares={"ars": (8_000, 6_000)}),
        Action(id="b", title="Écouter", pilot="CCAS", start=7, months=6, after=("a",), costs=(0, 4_000),
               shares={"ars": (0, 1_000), "epci": (0, 3_000)}),
        Action(id="c", title="Fêter", pilot="Mission locale", start=20, months=3),
    ]  # fmt: skip


def test_a_pilot_who_leaves_touches_what_they_pilot_and_moves_what_waits(actions):
    """Gone in month 3 for six months: Former, begun, lasts to month 12, and Écouter starts at 13."""
    event = pilot_gone(actions, "Mission locale", month=3, pause=6)
    assert event.touched == ("a", "c")
    assert event.delays.loc["a", ["new_start", "new_end"]].tolist() == [1, 12]
    assert event.delays.loc["b", ["start", "new_start"]].tolist() == [7, 13]
    assert "c" not in event.delays.index  # it starts later than the pause ends


def test_what_ends_before_the_event_is_not_touched(actions):
    assert pilot_gone(actions, "Mission locale", month=8).touched == ("c",)
    assert pilot_gone(actions, "Mission locale", month=3, over=["a"]).touched == ("c",)


def test_the_coordinator_taking_over_is_no_option_but_a_decision(actions):
    event = pilot_gone(actions, "Mission locale", month=3)
    assert [option.id for option in event.options] == ["copilot", "suspend", "lighten"]
    assert "d’office" in event.warning
    assert "3 demi-journées" in event.warning


def test_a_refused_credit_opens_a_hole_from_its_year_on(actions):
    event = credit_refused(actions, "ars", name="ARS", month=13)
    assert event.gap_eur == 7_000
    assert event.touched == ("a", "b")
    assert [option.id for option in event.options] == ["funder", "lighten", "suspend", "own"]
    assert "de 7\u202f000\u00a0€" in event.options[1].effect
    assert credit_refused(actions, "ars").gap_eur == 15_000


def test_a_credit_may_be_refused_for_one_action_only(actions):
    assert credit_refused(actions, "ars", only=["b"]).gap_eur == 1_000


def test_a_refused_credit_may_be_that_of_the_post(actions):
    event = credit_refused(actions, "region", name="Région", month=13, post=[14_000] * 3)
    assert (event.gap_eur, event.touched) == (28_000, ())
    assert "le poste de coordination (28\u202f000\u00a0€)" in event.summary


def test_a_pause_that_leaves_the_programme_is_told(actions):
    event = pilot_gone(actions, "Mission locale", month=3, pause=30)
    suspend = next(option for option in event.options if option.id == "suspend")
    assert "au-delà de la fin du programme" in suspend.effect


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda actions: pilot_gone(actions, "Le maire"), "« Le maire » ne pilote plus"),
        (lambda actions: pilot_gone([actions[0].but(pilot="")], ""), "ne pilote plus"),
        (lambda actions: credit_refused(actions, "caf"), "« caf » ne paie rien"),
        (lambda actions: credit_refused(actions, "ars", month=25), "à partir de l’année 3"),
    ],
)
def test_an_event_that_touches_nothing_is_refused(actions, call, sentence):
    with pytest.raises(InputError, match=sentence):
        call(actions)
