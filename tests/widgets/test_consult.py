"""The page « Concerter » without a browser: each task reads the dossier, changes it, says what it is."""

from __future__ import annotations

from itertools import product

import pytest

from territ_kit.consultation.voting import GRADES
from territ_kit.dossier import ACTIVITIES, ACTORS, NEEDS, VOTES, Actor, Need, Option, Vote
from territ_kit.territory import list_cases
from territ_kit.widgets.consult import TASKS
from territ_kit.widgets.consult.tables import ballots_table, options_from
from territ_kit.widgets.steps import board as make_board
from territ_kit.workspace import Workspace

PA = "port-ancelle"
COPIL = {"Cellule": [5, 1, 0, 0, 5], "Formation": [0, 0, 4, 6, 1], "Ligne": [2, 2, 2, 3, 2]}


@pytest.fixture
def page(tmp_path):
    made = make_board("concerter", PA)
    made.keep_in(Workspace.open(tmp_path))
    return made


@pytest.fixture
def cast(page):
    """The page with the actors of the territory."""
    task(page, "acteurs").start._take()
    return page


@pytest.fixture
def voted(page):
    """The page with the eleven ballots of the COPIL."""
    words = [[grade for grade, number in enumerate(row) for _ in range(number)] for row in COPIL.values()]
    ballots = tuple(dict(zip("abc", map(float, ballot), strict=True)) for ballot in zip(*words, strict=True))
    options = tuple(Option(id=key, label=label) for key, label in zip("abc", COPIL, strict=True))
    vote = Vote(id="copil", question="Que faire ?", options=options, grades=GRADES, ballots=ballots)
    page.desk.put(VOTES, vote)
    return page


def task(page, name):
    page.restore({"task": name})
    return page.tasks[name]


def change(form, **values):
    """Move controls as a person does: one after another."""
    for name, value in values.items():
        kind = next(field["kind"] for field in form.spec if field["name"] == name)
        form.value = {**form.value, name: {name: value} if kind == "text" else value}


def press(form, action):
    assert action in {one["id"] for one in form.actions}, form.actions
    form.press(action)


def fields(form):
    return {field["name"]: field for field in form.spec}


def shown(part):
    return part.layout.display != "none"


def walk(box):
    yield box
    for child in getattr(box, "children", ()):
        if shown(child):
            yield from walk(child)


def votes(page):
    return VOTES.of(page.desk.dossier)


@pytest.mark.parametrize(("case", "name"), list(product(list_cases(), [kind.id for kind in TASKS])))
def test_every_task_of_every_case_opens_on_an_empty_dossier_and_on_its_actors(case, name):
    made = make_board("concerter", case)
    opened = task(made, name)
    assert opened.label
    assert len(opened.lead.split()) <= 20
    task(made, "acteurs").start._take()
    opened = task(made, name)
    if hasattr(opened, "figure") and shown(opened.figure):
        assert opened.figure.title
        assert len(opened.figure.alt) > 40
        assert opened.figure.png.startswith(b"\x89PNG")


@pytest.mark.parametrize("part", ["prepare", "gather", "read"])
def test_no_task_shows_more_than_six_controls_at_once(cast, voted, part):
    press(task(voted, "participation").lines.menu, "add")
    task(voted, "voter")._follow({"part": part})
    for kind, side in product(TASKS, ("influences", "stances")):
        opened = task(voted, kind.id)
        if kind.id == "influences":
            change(opened.form, side=side)
        forms = [one for one in walk(opened.view) if hasattr(one, "spec")]
        visible = [field for form in forms for field in form.spec if not field.get("advanced")]
        assert len(visible) <= 6, (kind.id, [field["name"] for field in visible])


# -- actors


def test_the_actors_of_the_territory_are_taken_once_and_nothing_is_replaced(page):
    actors = task(page, "acteurs")
    assert shown(actors.start)
    press(actors.start, "take")
    assert not shown(actors.start)
    assert len(ACTORS.of(page.desk.dossier)) == 10
    assert page.desk.dossier.consultation.influences["ars"]["cpts"] == 3
    assert actors.figure.title == "Très concernés, mais sans pouvoir : 3 acteurs sur 10"


def test_moving_an_actor_is_saved_and_changes_what_its_place_calls_for(cast):
    actors = task(cast, "acteurs")
    actors.lines.choose("habitants")
    assert "renforcer le pouvoir" in actors.words.html
    change(actors.lines.editor, power=8)
    assert ACTORS.find(cast.desk.dossier, "habitants").power == 0.8
    assert "associer de près" in actors.words.html
    assert "2 acteurs sur 10" in actors.figure.title


def test_a_place_that_is_no_number_is_told_and_nothing_is_lost(cast):
    actors = task(cast, "acteurs")
    change(actors.lines.editor, power="beaucoup")
    assert "«\u00a0beaucoup\u00a0» n’est pas compris" in actors.lines.editor.status
    change(actors.lines.editor, power=12)
    assert "de 0 à 10" in actors.lines.editor.status
    assert ACTORS.of(cast.desk.dossier)[0].power == 0.9


def test_an_actor_added_waits_for_its_place(cast):
    actors = task(cast, "acteurs")
    press(actors.lines.menu, "add")
    change(actors.lines.editor, name="Club de boxe")
    added = ACTORS.of(cast.desk.dossier)[-1]
    assert (added.name, added.power) == ("Club de boxe", None)
    assert "Placez d’abord cet acteur" in actors.words.html
    assert "À placer : Club de boxe." in actors.figure.alt


def test_fifty_actors_are_shown(page):
    task(page, "acteurs")
    for number in range(50):
        place = (number % 11) / 10
        actor = Actor(id=f"a{number}", name=f"Acteur {number}", power=place, interest=1 - place)
        page.desk.dossier = ACTORS.put(page.desk.dossier, actor)
    actors = page.tasks["acteurs"]
    actors.show()
    assert len(actors.figure.table["rows"]) == 50


# -- influences


def test_one_actor_alone_is_told_to_find_company(page):
    page.desk.put(ACTORS, Actor(id="a", name="Mission locale"))
    influences = task(page, "influences")
    assert "au moins deux acteurs" in influences.words.html
    assert not shown(influences.form)
    assert not shown(influences.figure)
    page.desk.put(ACTORS, Actor(id="b", name="Collège"))
    assert shown(influences.form)
    assert "Commencez par une case" in influences.words.html


def test_an_influence_is_filled_one_cell_at_a_time(cast):
    influences = task(cast, "influences")
    change(influences.form, actor="habitants")
    change(influences.form, target="ars")
    assert influences.form.values["weight"] == "1"
    change(influences.form, weight="4")
    assert cast.desk.dossier.consultation.influences["habitants"]["ars"] == 4
    assert "Pèse fortement sur&nbsp;: Délégation départementale" in influences.words.html


def test_changing_actor_writes_nothing(cast):
    before = cast.desk.dossier
    influences = task(cast, "influences")
    for actor in ("cpts", "ars", "habitants"):
        change(influences.form, actor=actor)
    assert cast.desk.dossier == before


def test_stances_say_the_camps_and_who_stands_in_front(cast):
    influences = task(cast, "influences")
    change(influences.form, side="stances")
    change(influences.form, goal="coordination-unique")
    change(influences.form, actor="coordonnatrice-asv")
    assert "<h3>Contre (4)</h3>" in influences.words.html
    assert not shown(influences.figure)
    change(influences.form, stance="2")
    assert cast.desk.dossier.consultation.stances["coordonnatrice-asv"]["coordination-unique"] == 2
    assert "<h3>Contre (3)</h3>" in influences.words.html
    change(influences.form, stance="")
    assert "coordination-unique" not in cast.desk.dossier.consultation.stances["coordonnatrice-asv"]


def test_without_influence_the_page_says_what_is_missing(cast):
    cast.desk.set("consultation", influences={})
    influences = task(cast, "influences")
    assert "Aucune influence n’est encore dite" in influences.words.html
    assert not shown(influences.figure)


# -- participation


def test_only_the_questions_that_count_are_asked_and_the_rung_follows(page):
    participation = task(page, "participation")
    press(participation.lines.menu, "add")
    editor = participation.lines.editor
    change(editor, title="Comité d’usagers", when="before", decides="organiser", published="yes")
    assert "voice" in fields(editor)
    assert "Que peuvent faire les participants" in participation.words.html
    change(editor, voice="sit")
    assert ACTIVITIES.of(page.desk.dossier)[0].rung == 5
    change(editor, decides="part")
    assert "money" in fields(editor)
    assert "voice" not in fields(editor)
    change(editor, money="participants", announced="partenariat")
    activity = ACTIVITIES.of(page.desk.dossier)[0]
    assert activity.rung == 7
    assert activity.answers["voice"] == "sit"
    assert "délégation" in participation.words.html
    assert participation.figure.title == "1 action sur 1 partage la décision avec les participants"


def test_the_method_sheets_are_there_before_any_activity(page):
    participation = task(page, "participation")
    assert "Marche exploratoire" in participation.sheets.html
    assert not shown(participation.figure)


# -- votes


def prepared(page, rule="judgement", options="Bus\nLigne\nFormation"):
    voting = task(page, "voter")
    press(voting.lines.menu, "add")
    change(voting.lines.editor, question="Que faire ?", rule=rule, options=options)
    change(voting.choice, part="gather")
    return voting, voting.gathering


def test_a_vote_by_hand_pasted_and_from_a_file(page):
    _, gathering = prepared(page)
    change(gathering.form, ballot={"bus": "4", "ligne": "2"})
    press(gathering.form, "add")
    assert votes(page)[0].ballots == ({"bus": 4.0, "ligne": 2.0},)
    assert gathering.form.value["ballot"] is None
    change(gathering.form, way="paste")
    change(gathering.form, pasted="Bus;Ligne;Formation\nTB;B;AB\n;;\n")
    press(gathering.form, "read")
    assert len(votes(page)[0].ballots) == 2  # an empty line is no ballot
    change(gathering.form, way="file")
    gathering._open("vote.csv", "Formation,Bus,Ligne\nB,AR,TB\n".encode("cp1252"))
    assert votes(page)[0].ballots[-1] == {"bus": 0.0, "ligne": 4.0, "formation": 3.0}
    assert "3 bulletins" in gathering.state.html


def test_a_blank_ballot_by_hand_is_a_ballot(page):
    _, gathering = prepared(page)
    press(gathering.form, "add")
    assert votes(page)[0].ballots == ({},)
    assert "Dont 1 sans aucune réponse" in gathering.state.html


def test_every_fault_of_a_table_is_shown_and_nothing_is_added(page):
    _, gathering = prepared(page)
    change(gathering.form, way="paste")
    change(gathering.form, pasted="Bus;Ligne;Formation\nsuper;B;9\nTB;B;AB")
    press(gathering.form, "read")
    assert votes(page)[0].ballots == ()
    assert "À reprendre dans le tableau" in gathering.mending.html
    assert gathering.mending.html.count('<tr><th scope="row">') == 2
    assert "rien n’a changé" in page.desk.said
    assert gathering.form.values["pasted"].startswith("Bus;Ligne")


def test_points_over_the_budget_are_refused_by_hand(page):
    _, gathering = prepared(page, rule="points")
    change(gathering.form, ballot={"bus": 80, "ligne": 40})
    press(gathering.form, "add")
    assert "100 points au plus" in gathering.form.errors["ballot"]
    assert votes(page)[0].ballots == ()
    change(gathering.form, ballot={"bus": "beaucoup"})
    press(gathering.form, "add")
    assert "«\u00a0beaucoup\u00a0» n’est pas compris" in gathering.form.errors["ballot"]


def test_the_last_ballot_can_be_taken_back(page):
    _, gathering = prepared(page)
    press(gathering.form, "add")
    press(gathering.form, "drop")
    assert votes(page)[0].ballots == ()


def test_the_result_says_when_it_depends_on_the_rule(voted):
    voting = task(voted, "voter")
    change(voting.choice, part="read")
    outcome = voting.outcome
    assert outcome.figure.title == "En tête : Formation, avec la mention « Bien »"
    assert "Le résultat dépend de la règle." in outcome.words.html
    assert (
        "Cellule\u00a0: en tête avec «\u00a0Le plus de «\u00a0Très bien\u00a0»\u00a0»" in outcome.words.html
    )
    assert "Qui divise" in " ".join(outcome.figure.reading)


@pytest.mark.parametrize(
    ("rule", "ballots", "said"),
    [
        ("ranking", "1;2;3\n1;3;2\n3;1;2", "Bus\u00a0: en tête avec les 2 règles comparées"),
        ("points", "60;40;0\n50;50;0", "Bus\u00a0: en tête avec «\u00a0Total des points\u00a0»"),
        ("approval", "oui;non;oui\noui;oui;non", "Bus\u00a0: en tête avec la règle choisie"),
    ],
)
def test_each_rule_has_its_result(page, rule, ballots, said):
    voting, gathering = prepared(page, rule=rule)
    change(gathering.form, way="paste")
    change(gathering.form, pasted=f"Bus;Ligne;Formation\n{ballots}")
    press(gathering.form, "read")
    change(voting.choice, part="read")
    assert said in voting.outcome.words.html


def test_one_ballot_is_no_group_and_no_ballot_is_no_vote(page):
    voting, gathering = prepared(page)
    change(voting.choice, part="read")
    assert "n’a encore aucun bulletin" in voting.outcome.words.html
    change(voting.choice, part="gather")
    change(gathering.form, ballot={"bus": "4", "ligne": "2", "formation": "1"})
    press(gathering.form, "add")
    change(voting.choice, part="read")
    assert "pas encore un vote de groupe" in voting.outcome.words.html


def test_blank_ballots_only_are_an_empty_vote(page):
    voting, gathering = prepared(page)
    press(gathering.form, "add")
    change(voting.choice, part="read")
    assert "Le vote est vide" in voting.outcome.words.html
    assert not shown(voting.outcome.figure)


def test_the_rule_of_a_vote_with_ballots_does_not_change(voted):
    voting = task(voted, "voter")
    change(voting.lines.editor, rule="points")
    assert "leur règle et leurs mentions ne changent plus" in voting.lines.editor.status
    assert votes(voted)[0].rule == "judgement"


def test_renaming_an_option_keeps_its_ballots(voted):
    voting = task(voted, "voter")
    change(voting.lines.editor, options="Cellule de situations\nFormation\nLigne")
    assert ballots_table(votes(voted)[0])["Cellule de situations"].notna().all()


def test_options_are_each_once_and_keep_their_ids():
    old = (Option(id="x", label="Bus"), Option(id="y", label="Ligne"))
    options = options_from(["Ligne", "Navette", "Ligne", " "], old)
    assert [(option.id, option.label) for option in options] == [("y", "Ligne"), ("navette", "Navette")]


def test_needs_of_the_diagnosis_become_options(page):
    page.desk.put(NEEDS, Need(id="n1", title="Un guichet le soir"))
    page.desk.put(NEEDS, Need(id="n2", title="Un médecin traitant"))
    voting = task(page, "voter")
    press(voting.offer, "needs")
    assert [option.label for option in votes(page)[0].options] == [
        "Un guichet le soir",
        "Un médecin traitant",
    ]
    assert not shown(voting.offer)


def test_five_hundred_ballots_are_read(page):
    voting, gathering = prepared(page)
    change(gathering.form, way="paste")
    lines = "\n".join(f"{n % 5 + 1};{n % 3 + 1};{n % 2 + 4}" for n in range(500))
    change(gathering.form, pasted=f"Bus;Ligne;Formation\n{lines}")
    press(gathering.form, "read")
    change(voting.choice, part="read")
    assert "500 bulletins" in voting.outcome.words.html
    assert voting.outcome.figure.title == "En tête : Formation, avec la mention « Bien »"


# -- agreement


def test_agreement_is_said_in_words_with_both_figures(voted):
    agreed = task(voted, "accord")
    assert agreed.figure.title.endswith("sur 1")
    assert "Sans correction" in agreed.words.html


def test_without_a_vote_the_page_says_what_is_missing(page):
    agreed = task(page, "accord")
    assert "Il faut d’abord un vote" in agreed.words.html
    assert not shown(agreed.form)


def test_one_whole_ballot_is_one_judge(page):
    _, gathering = prepared(page)
    change(gathering.form, ballot={"bus": "4", "ligne": "1", "formation": "1"})
    press(gathering.form, "add")
    assert "deux bulletins remplis en entier" in task(page, "accord").words.html


def test_judges_who_tie_everything_are_told(page):
    _, gathering = prepared(page)
    for _ in range(2):
        change(gathering.form, ballot={"bus": "4", "ligne": "4", "formation": "4"})
        press(gathering.form, "add")
    agreed = task(page, "accord")
    assert "toutes les options à égalité" in agreed.words.html
    assert not shown(agreed.figure)


def test_a_second_round_says_what_moved_once_people_can_be_followed(voted):
    agreed = task(voted, "accord")
    press(agreed.form, "round")
    first, second = votes(voted)
    assert (first.series, second.series, second.round, second.ballots) == ("copil", "copil", 2, ())
    assert "n’a encore aucun bulletin" in agreed.rounds.html
    voted.desk.put(VOTES, second.but(ballots=tuple({**one, "a": 3.0} for one in first.ballots)))
    assert "Rien ne dit qui a répondu quoi" in agreed.rounds.html
    change(agreed.form, linked=["yes"])
    assert votes(voted)[1].linked
    assert "encore en mouvement" in agreed.rounds.html
    assert "stable, avis proches" in agreed.rounds.html
