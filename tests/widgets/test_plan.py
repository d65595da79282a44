"""The page « Planifier » without a browser: what each task shows, saves, refuses."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from territ_kit.dossier import (
    ACTIONS,
    AXES,
    ENQUIRIES,
    FOLLOW_UP,
    FUNDERS,
    OBJECTIVES,
    Action,
    Candidate,
    Dossier,
    Funder,
    Indicator,
    Objective,
    Programme,
    Statement,
)
from territ_kit.planning.cofunding import POST
from territ_kit.territory import list_cases
from territ_kit.widgets.plan import TASKS
from territ_kit.widgets.plan.parts import dated, figure, kept
from territ_kit.widgets.steps import board
from territ_kit.workspace import Workspace

IDS = ["objectifs", "logique", "fiches", "calendrier", "budget", "choisir", "suivi", "evaluation", "document"]


def written(dossier: Dossier) -> Dossier:
    """Return a dossier with two priorities, three actions and three funders."""
    actions = (
        Action(id="a", title="Guichet du soir", pilot="CPAM", start=3, months=12, half_days=10, value=8,
               costs=(20_000, 10_000), shares={"ars": (10_000, 5_000)}, equity=True, objective="s",
               indicators=(Indicator(label="Soirs tenus", kind="process", target="40"),)),
        Action(id="b", title="Former des relais", pilot="CCAS", months=6, half_days=12, value=5,
               after=("a",), costs=(0, 8_000), shares={"ars": (0, 8_000)}),
        Action(id="c", title="Affiches", value=2, costs=(3_000,)),
    )  # fmt: skip
    programme = Programme(
        fte=0.5, post_cost=56_000, post_shares={"ars": 28_000, "region": 14_000},
        actions=actions, budget=40_000,
        objectives=(
            Objective(id="g", text="Accéder aux droits", axis="x"),
            Objective(id="s", text="Moins de non-recours", level="specific", under="g"),
        ),
        funders=(
            Funder(id="ars", name="ARS"),
            Funder(id="region", name="Région", rule="rtps-region"),
            Funder(id="epci", name="Agglomération", rule="own"),
        ),
    )  # fmt: skip
    candidates = (
        Candidate(id="n1", label="Droits à Phare-Nord"),
        Candidate(id="n2", label="Médecin traitant"),
    )
    order = dossier.prioritisation.but(candidates=candidates, chosen=("n2", "n1"))
    return dossier.but(programme=programme, prioritisation=order)


@pytest.fixture
def page():
    made = board("planifier", "port-ancelle")
    made.desk.change(written)
    return made


@pytest.fixture
def task(page):
    """Open a task of the page."""

    def opened(name):
        page.restore({"task": name})
        return page.tasks[name]

    return opened


def move(form, **values):
    """Change fields as a person does: one after another, text as the form sends it."""
    for name, value in values.items():
        field = next(one for one in form.spec if one["name"] == name)
        typed = field["kind"] == "text" and isinstance(value, str)
        form.value = {**form.value, name: ({name: value} if value else None) if typed else value}


def press(form, action):
    form.press(action)


def shown(part):
    return part.layout.display != "none"


def offered(form):
    return [action["id"] for action in form.actions]


def programme(page):
    return page.desk.dossier.programme


def test_the_tasks_are_those_of_the_contract():
    assert [task.id for task in TASKS] == IDS


@pytest.mark.parametrize("case", list_cases())
@pytest.mark.parametrize("name", IDS)
def test_each_task_opens_on_an_empty_dossier_of_each_case(case, name):
    page = board("planifier", case)
    page.restore({"task": name})
    assert page.desk.said == ""


@pytest.mark.parametrize("name", IDS)
def test_at_most_six_fields_are_seen_at_once(task, name):
    opened = task(name)
    forms = [part for part in vars(opened).values() if hasattr(part, "spec")]
    forms += [
        form for part in vars(opened).values() if hasattr(part, "editor") for form in (part.menu, part.editor)
    ]
    seen = [field for form in forms if shown(form) for field in form.spec if not field.get("advanced")]
    # « Vous écrivez » turns between lists, and an event stands in a card of its own.
    seen = [field for field in seen if field["name"] not in {"what", "event"}]
    hidden = 5 if name == "objectifs" else 0  # the frame and the axes are behind « Vous écrivez »
    assert len(seen) - hidden <= 7


# -- objectives


def test_an_objective_is_read_letter_by_letter_as_it_is_written(page, task):
    opened = task("objectifs")
    opened.objectives.choose("s")
    move(
        opened.objectives.editor,
        public="Personnes de Phare-Nord",
        label="Non-recours",
        baseline="47 %",
        target="35 %",
    )
    assert programme(page).objectives[1].indicator.target == "35 %"
    assert "à préciser" in opened.smart.html
    assert "la source" in opened.smart.html


def test_a_new_objective_hangs_from_the_chosen_one(page, task):
    opened = task("objectifs")
    opened.objectives.choose("g")
    press(opened.objectives.menu, "add")
    new = programme(page).objectives[-1]
    assert (new.level, new.under) == ("specific", "g")
    assert opened.objectives.current == new.id


def test_an_objective_that_changes_level_is_placed_again(page, task):
    opened = task("objectifs")
    opened.objectives.choose("s")
    move(opened.objectives.editor, level="operational")
    assert programme(page).objectives[1].under == ""
    under = next(field for field in opened.objectives.editor.spec if field["name"] == "under")
    assert [option["id"] for option in under["options"]] == ["", "g"]


def test_priorities_become_axes_once(page, task):
    opened = task("objectifs")
    move(opened.form, what="axes")
    press(opened.form, "axes")
    assert [axis.label for axis in AXES.of(page.desk.dossier)] == ["Médecin traitant", "Droits à Phare-Nord"]
    assert opened.form.actions == []


def test_the_tree_of_the_diagnosis_gives_the_first_objectives(page, task):
    lines = (
        Statement(id="p", text="Renoncement", kind="problem", objective="Se soigner à temps"),
        Statement(
            id="q", text="Guichet fermé", kind="cause", under="p", objective="Un guichet ouvert le soir"
        ),
        Statement(id="r", text="Sans objectif", kind="cause", under="p"),
    )
    page.desk.change(lambda one: one.but(
        diagnosis=one.diagnosis.but(tree=lines), programme=one.programme.but(objectives=())
    ))  # fmt: skip
    opened = task("objectifs")
    press(opened.form, "tree")
    found = OBJECTIVES.of(page.desk.dossier)
    assert [(one.text, one.level, one.under) for one in found] == [
        ("Se soigner à temps", "general", ""),
        ("Un guichet ouvert le soir", "specific", "p"),
    ]
    assert opened.form.actions == []


def test_the_frame_of_the_programme_is_set_here(page, task):
    opened = task("objectifs")
    move(opened.form, what="frame")
    assert shown(opened.frame)
    move(opened.frame, title="Projet de santé", years=5)
    assert (programme(page).title, programme(page).years) == ("Projet de santé", 5)
    move(opened.frame, years=9)
    assert programme(page).years == 5
    assert "Attendu\u00a0: un nombre entier de 1 à 5" in opened.frame.status


def test_objectives_in_a_circle_are_shown_and_told(page, task):
    circle = (Objective(id="a", text="A", under="b"), Objective(id="b", text="B", under="a"))
    page.desk.change(lambda one: one.but(programme=one.programme.but(objectives=circle)))
    opened = task("objectifs")
    assert "en rond" in opened.tree.html
    assert len(opened.objectives.items) == 2


# -- logic model and sheets


def test_the_logic_model_tells_what_is_broken_and_mends_it(page, task):
    opened = task("logique")
    assert "Former des relais\u00a0» ne mène à aucun effet" in opened.words.html
    move(opened.form, action="b")
    move(opened.form, objective="s")
    assert ACTIONS.find(page.desk.dossier, "b").objective == "s"
    assert "Former des relais\u00a0» ne mène" not in opened.words.html


def test_a_sheet_is_checked_as_it_is_written(page, task):
    opened = task("fiches")
    assert "Indicateur de résultat</strong>, à reprendre" in opened.words.html
    outcome = {"label": "Non-recours", "baseline": "47 %", "target": "35 %", "date": "2029", "source": "CPAM"}
    move(
        opened.lines.editor,
        outcome=outcome,
        public="Adultes de Phare-Nord",
        participation="Comité d’habitants",
    )
    action = ACTIONS.find(page.desk.dossier, "a")
    assert [one.kind for one in action.indicators] == ["process", "outcome"]
    assert "Indicateur de résultat</strong>, rempli" in opened.words.html


def test_a_length_that_is_no_number_is_refused_and_nothing_is_lost(page, task):
    opened = task("fiches")
    move(opened.lines.editor, months="un an")
    assert ACTIONS.find(page.desk.dossier, "a").months == 12
    assert "«\u00a0un an\u00a0» n’est pas compris" in opened.lines.editor.status


def test_a_sheet_is_opened_for_each_priority_without_one(page, task):
    opened = task("fiches")
    press(opened.offer, "take")
    assert [one.need for one in programme(page).actions[3:]] == ["n2", "n1"]
    assert not shown(opened.offer)


# -- calendar


def test_moving_an_action_moves_what_waits_for_it(page, task):
    opened = task("calendrier")
    assert opened.plan.table.loc["b", "start"] == 15
    move(opened.form, months=18)
    assert opened.plan.table.loc["b", "start"] == 21
    assert "Affiches\u00a0» n’a pas de durée" in opened.words.html
    assert opened.figure.title.startswith("1 action sur 3")


def test_a_circle_is_refused_by_name_and_nothing_is_saved(page, task):
    opened = task("calendrier")
    move(opened.form, after=["b"])
    assert "s’attendent en rond" in opened.form.status
    assert ACTIONS.find(page.desk.dossier, "a").after == ()


def test_a_circle_already_in_the_dossier_is_told_and_can_be_mended(page, task):
    page.desk.change(lambda one: ACTIONS.change(one, "a", lambda action: action.but(after=("b",))))
    opened = task("calendrier")
    assert "ne peut pas être dressé" in opened.words.html
    assert not shown(opened.figure)
    move(opened.form, after=[])
    assert shown(opened.figure)


def test_the_post_is_set_beside_the_calendar(page, task):
    opened = task("calendrier")
    assert "suffit chaque mois" in opened.load_figure.title
    move(opened.form, running=10)
    assert "Le poste ne suffit pas" in opened.load_figure.title
    move(opened.form, fte=1)
    assert programme(page).fte == 1
    assert "suffit chaque mois" in opened.load_figure.title


# -- budget


def test_amounts_are_written_by_funder_and_year(page, task):
    opened = task("budget")
    move(opened.editor, line="c")
    move(opened.editor, euros={"cout": {"0": 3_000, "1": 2_000}, "ars": {"0": 3_000}})
    action = ACTIONS.find(page.desk.dossier, "c")
    assert (action.costs, action.shares) == ((3_000, 2_000, 0), {"ars": (3_000, 0, 0)})


def test_the_carrier_pays_what_is_left(page, task):
    opened = task("budget")
    press(opened.editor, "balance")
    assert programme(page).post_shares["epci"] == 14_000
    move(opened.editor, line="a")
    press(opened.editor, "balance")
    assert ACTIONS.find(page.desk.dossier, "a").shares["epci"] == (10_000, 5_000, 0)


def test_a_broken_rule_is_told_with_its_source(page, task):
    opened = task("budget")
    assert opened.chosen == POST
    move(opened.editor, euros={"cout": {"0": 56_000}, "region": {"0": 20_000}})
    assert "pour 10\u202f000\u00a0€ au plus, à confirmer auprès de la Région" in opened.words.html
    assert "document non daté" in opened.words.html


def test_an_amount_that_is_no_number_is_refused(page, task):
    opened = task("budget")
    move(opened.editor, euros={"cout": {"0": "beaucoup"}})
    assert programme(page).post_cost == 56_000
    assert "Coût total\u00a0: «\u00a0beaucoup\u00a0» n’est pas compris" in opened.editor.status


def test_without_funders_one_button_names_three(page, task):
    page.desk.change(lambda one: one.but(programme=one.programme.but(funders=(), post_shares={})))
    opened = task("budget")
    assert offered(opened.editor) == ["usual"]
    press(opened.editor, "usual")
    assert [one.rule for one in FUNDERS.of(page.desk.dossier)] == ["", "rtps-region", "own"]


def test_the_share_of_a_funder_who_is_gone_is_kept(page, task):
    opened = task("budget")
    page.desk.change(lambda one: FUNDERS.drop(one, "ars"))
    move(opened.editor, line="a")
    move(opened.editor, euros={"cout": {"0": 20_000}})
    assert ACTIONS.find(page.desk.dossier, "a").shares == {"ars": (10_000, 5_000)}


# -- choice


def test_the_choice_follows_its_limits_and_is_kept_on_demand(page, task):
    opened = task("choisir")
    assert opened.found.chosen == ("a", "b")
    move(opened.form, budget=33_500)
    assert programme(page).budget == 33_500
    assert opened.found.chosen == ("a", "c")
    press(opened.form, "keep")
    assert [one.id for one in kept(page.desk.dossier)] == ["a", "c"]
    assert opened.form.actions == []


def test_actions_without_value_are_told_before_anything_is_chosen(page, task):
    opened = task("choisir")
    move(opened.form, worth={})
    assert "Aucune action n’a encore de valeur" in opened.words.html
    assert opened.form.actions == []
    assert not shown(opened.figure)
    move(opened.form, worth={"a": {"value": 4}})
    assert "2 actions sans valeur" in opened.words.html


def test_an_impossible_choice_says_what_to_relax(page, task):
    opened = task("choisir")
    move(opened.form, budget=10_000, mandatory=["a"])
    assert "Desserrez le budget (il faut au moins 30\u202f000\u00a0€)" in opened.words.html
    assert not shown(opened.figure)


def test_an_action_is_not_kept_without_the_one_it_waits_for(page, task):
    opened = task("choisir")
    move(opened.form, budget=9_000)
    assert opened.found.chosen == ("c",)


def test_value_equity_and_empty_limits_are_read(page, task):
    opened = task("choisir")
    move(opened.form, budget=None, equity=60, worth={"a": {"value": 1}, "c": {"value": 9}}, fair=["c"])
    assert programme(page).choice.equity == 0.6
    assert [one.value for one in programme(page).actions] == [1, 0, 9]
    assert opened.found.equity >= 0.6
    assert programme(page).budget is None


def test_a_value_out_of_its_scale_is_refused(page, task):
    opened = task("choisir")
    move(opened.form, worth={"a": {"value": 12}})
    assert programme(page).actions[0].value == 8
    assert "de 0 à 10" in opened.form.status


# -- follow-up


def test_a_state_is_kept_for_its_meeting_and_carried_to_the_next(page, task):
    opened = task("suivi")
    move(opened.editor, state="late", cause="Local fermé")
    assert [(one.action, one.meeting, one.state) for one in FOLLOW_UP.of(page.desk.dossier)] == [
        ("a", 1, "late")
    ]
    assert "est en retard\u00a0: que décide le comité de pilotage" in opened.words.html
    press(opened.menu, "next")
    assert opened.meeting == 2
    assert "Local fermé" in opened.words.html
    move(opened.editor, decision="Changer de lieu")
    assert [one.meeting for one in FOLLOW_UP.of(page.desk.dossier)] == [1, 2]
    assert "n’a pas de date ou pas de responsable" in opened.words.html


def test_meetings_are_as_far_apart_as_the_group_says(page, task):
    opened = task("suivi")
    assert "juin 2027" in opened.words.html
    move(opened.menu, every=4)
    assert "avril 2027" in opened.words.html
    move(opened.menu, every=40)
    assert programme(page).meeting_every == 4
    assert "de 1 à 12" in opened.menu.status


def test_a_pilot_who_leaves_is_replayed_then_written(page, task):
    opened = task("suivi")
    move(opened.what_if, event="pilote:CPAM")
    assert "Trouver un co-pilote" in opened.told.html
    assert "ne reprend pas ces actions d’office" in opened.told.html
    assert ACTIONS.find(page.desk.dossier, "a").pilot == "CPAM"
    press(opened.what_if, "happened")
    assert ACTIONS.find(page.desk.dossier, "a").pilot == ""
    assert "n’a pas de pilote" in opened.words.html
    page.desk.undo()
    assert ACTIONS.find(page.desk.dossier, "a").pilot == "CPAM"


def test_a_refused_credit_is_replayed_then_taken_out_of_the_shares(page, task):
    opened = task("suivi")
    move(opened.what_if, event="credit:ars")
    assert "Il manque alors" in opened.told.html
    press(opened.what_if, "happened")
    assert ACTIONS.find(page.desk.dossier, "b").shares == {}


def test_an_event_that_touches_nothing_says_so(page, task):
    opened = task("suivi")
    move(opened.editor, state="done")
    move(opened.what_if, event="pilote:CPAM")
    assert "ne pilote plus aucune action" in opened.what_if.status
    assert not shown(opened.told)


# -- evaluation and documents


def test_one_question_by_criterion_is_proposed_once(page, task):
    opened = task("evaluation")
    press(opened.offer, "propose")
    assert len(ENQUIRIES.of(page.desk.dossier)) == 6
    assert not shown(opened.offer)
    assert "n’a aucun indicateur" in opened.words.html


def test_each_document_of_the_app_is_a_button_that_gives_its_file(page, task):
    made = []
    document = SimpleNamespace(
        name="rapport", label="Rapport (Word)", kind="docx", media_type="x/y",
        make=lambda dossier, territory: made.append(dossier) or b"PK",
    )  # fmt: skip
    page.desk.documents = (document,)
    opened = task("document")
    sent = []
    opened.form.offer = lambda *arguments: sent.append(arguments)
    press(opened.form, "rapport")
    assert sent == [("rapport-port-ancelle.docx", b"PK", "x/y")]
    assert made == [page.desk.dossier]


def test_without_an_app_the_task_says_where_to_go(task):
    assert "Ouvrez ce dossier depuis la page" in task("document").words.html


# -- the whole page


def test_everything_is_kept_in_the_person_s_folder(tmp_path):
    page = board("planifier", "port-ancelle")
    page.keep_in(Workspace.open(tmp_path))
    page.restore({"task": "fiches"})
    press(page.tasks["fiches"].lines.menu, "add")
    again = board("planifier", "port-ancelle")
    again.keep_in(Workspace.open(tmp_path))
    assert len(again.desk.dossier.programme.actions) == 1


def test_a_hundred_actions_open_in_every_task(page):
    many = tuple(
        Action(
            id=f"a{i}",
            title=f"Action {i}",
            start=1 + i % 30,
            months=3,
            costs=(1_000.0 * (i % 7),),
            value=i % 10,
        )
        for i in range(100)
    )
    page.desk.change(lambda one: one.but(programme=one.programme.but(actions=many)))
    for name in IDS:
        page.restore({"task": name})
        assert page.desk.said == ""


def test_an_action_left_aside_is_no_longer_waited_for(page):
    page.desk.change(lambda one: ACTIONS.change(one, "a", lambda action: action.but(chosen=False)))
    actions = kept(page.desk.dossier)
    assert [one.id for one in actions] == ["b", "c"]
    assert not isinstance(dated(programme(page), actions), str)


def test_a_number_is_nothing_when_nothing_is_typed():
    assert figure("Durée", None, high=10) is None
    assert figure("Durée", 2.5, high=10) == 2.5
