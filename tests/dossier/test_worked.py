"""The worked dossiers: each stands by itself, names only what exists, and quotes its case's own figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd
import pytest

from territ_kit.consultation.delphi import stability
from territ_kit.consultation.influence import mactor
from territ_kit.consultation.participation import LADDER, participation_level
from territ_kit.consultation.stakeholders import stakeholder_map
from territ_kit.consultation.voting import (
    GRADES,
    compare_rules,
    rules_from_grades,
    rules_from_points,
    rules_from_rankings,
)
from territ_kit.diagnosis.determinants import DETERMINANTS
from territ_kit.diagnosis.disguised import spot_solution
from territ_kit.diagnosis.needs import cross
from territ_kit.diagnosis.problem_tree import check_tree
from territ_kit.dossier import ACTORS, NEEDS, REASONS, TREE, Dossier, DossierFile
from territ_kit.dossier.worked import FILE_NAME, empty_steps, worked
from territ_kit.exercises.reading import typeset
from territ_kit.planning.cofunding import programme_funding
from territ_kit.planning.evaluation import CRITERIA
from territ_kit.planning.funding_rules import RULES
from territ_kit.planning.objectives import objective_tree
from territ_kit.planning.parts import number_in
from territ_kit.planning.programme import calendar
from territ_kit.planning.workload import workload
from territ_kit.prioritisation.robustness import rank_chances
from territ_kit.territory import Territory, load_case
from territ_kit.territory.cases import CASES
from territ_kit.widgets.observer.asked import Asked
from territ_kit.widgets.observer.shortlist import finding

PA, PB, VA = "port-ancelle", "pays-de-brezonne", "val-d-aubrelle"
RULES_BY_BALLOT = {
    "judgement": rules_from_grades,
    "ranking": rules_from_rankings,
    "points": rules_from_points,
}
# Where the baseline of each indicator of the programmes is read: an indicator and a place, or an action.
BASELINES = {
    "Non-recours à la complémentaire santé solidaire": ("non-recours-c2s", "QNX103M"),
    "Non-recours à la complémentaire santé solidaire à Phare-Nord": ("non-recours-c2s", "QNX103M"),
    "Non-recours à la complémentaire santé solidaire, dans l’agglomération": ("non-recours-c2s", "X00000001"),
    "Adultes sans médecin traitant": ("sans-medecin-traitant", "QNX101M"),
    "Adultes des Corvelles sans médecin traitant": ("sans-medecin-traitant", "QNX101M"),
    "Part des personnes éligibles dépistées": ("depistage-eligibles", "QNX105M"),
    "Part des élèves de 16 à 18 ans qui connaissent un lieu d’écoute": ("connait-lieu-ecoute", "X00000002"),
    "Part des élèves de 16 à 18 ans qui ont beaucoup bu une fois dans le mois": (
        "alcool-16-18-ans",
        "X00000002",
    ),
    "Délai d’attente d’un premier rendez-vous de psychiatrie": ("delai-psychiatre", "X00000003"),
    "Jeunes reçus dans l’année": ("point-ecoute",),
    "Nombre de proches reçus dans l’année": ("permanence-familles",),
}
COUNTED = {  # baselines that are counted in the list of actions
    "Part des communes rurales où une action a lieu": 0,
    "Nombre de fêtes par an avec navette et éthylotests": 1,
    "Nombre de demandes de crédit déposées": 2,
}


@dataclass(frozen=True)
class Example:
    dossier: Dossier
    territory: Territory


@pytest.fixture(params=[PA, PB, VA])
def example(request):
    dossier = worked(request.param)
    assert dossier is not None
    return Example(dossier, load_case(request.param))


def texts(content):
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        yield from (text for value in content.values() for text in texts(value))
    elif isinstance(content, list | tuple):
        yield from (text for value in content for text in texts(value))


def places(territory):
    return {"", *territory.area_names().index, *territory.zones.index}


def ids(items):
    return {item.id for item in items}


def indicators(programme):
    found = [one for action in programme.actions for one in action.indicators]
    return [*found, *(one.indicator for one in programme.objectives if one.indicator.label)]


def ballots(vote):
    return pd.DataFrame(list(vote.ballots)).reindex(columns=[option.id for option in vote.options])


def scores(candidates, criteria, field="scores"):
    rows = {one.id: [getattr(one, field)[criterion.id] for criterion in criteria] for one in candidates}
    return pd.DataFrame.from_dict(rows, orient="index", columns=[one.id for one in criteria])


@pytest.mark.parametrize("case", [PA, PB, VA])
def test_each_file_reads_without_notice_and_fills_every_step(case):
    shown = DossierFile(CASES / case / FILE_NAME, case).read_for_display()
    assert shown.notice == ""
    assert shown.dossier.territory == case
    assert empty_steps(shown.dossier) == []


def test_findings_say_what_the_page_observe_says_today(example):
    for kept in example.dossier.observation.kept:
        asked = Asked(
            example.territory, kept.indicator, kept.level, kept.area, kept.against, 0.95, "", local=False
        )
        same = {"reasons": kept.reasons, "words": kept.words, "kept_at": kept.kept_at}
        now = finding(asked).but(**same).model_dump()
        assert kept.model_dump() == {
            name: typeset(value) if isinstance(value, str) else value for name, value in now.items()
        }
        assert set(kept.reasons) <= {typeset(said) for said in REASONS.values()}


def test_needs_name_places_themes_determinants_and_evidence_that_exist(example):
    dossier, territory = example.dossier, example.territory
    known = {""} | ids(dossier.observation.kept) | ids(dossier.diagnosis.voices)
    for table in (territory.actions, territory.facilities, territory.projects, territory.actors):
        known |= set(table.index)
    for need in dossier.diagnosis.needs:
        assert need.theme in territory.themes.index
        assert need.area in places(territory)
        assert set(need.determinants) <= set(DETERMINANTS.index)
        assert {piece.of for piece in need.evidence} <= known
        assert need.evidence
    for voice in dossier.diagnosis.voices:
        assert set(voice.themes) <= set(territory.themes.index)
        assert voice.area in places(territory)


def test_the_reading_of_each_need_is_what_the_crossing_says(example):
    needs = NEEDS.table(example.dossier)
    cells = needs.assign(zone=needs["public"].where(needs["public"] != "", needs["area"]))
    assert not cells.duplicated(["theme", "zone"]).any()
    assert cross(cells.drop(columns="reading"))["reading"].tolist() == needs["reading"].tolist()
    assert {"blind_spot", "saturation", "answered"} <= set(needs["reading"])


def test_voices_of_the_case_are_its_own_words(example):
    territory = example.territory
    said = [re.sub(r"\s", " ", text) for text in (*(one.text for one in territory.voices), territory.email)]
    for voice in example.dossier.diagnosis.voices:
        if voice.way == "case":
            pieces = re.sub(r"\s", " ", voice.text).split(" […] ")
            assert any(all(piece in text for piece in pieces) for text in said), voice.id


def test_the_problem_tree_holds_and_only_disguised_solutions_look_like_solutions(example):
    assert check_tree(TREE.table(example.dossier)) == []
    for one in example.dossier.diagnosis.tree:
        assert (spot_solution(one.text) is not None) == (one.kind == "disguised"), one.text
        assert bool(one.objective) == (one.kind != "disguised")


def test_actors_goals_and_influences_are_those_of_the_case(example):
    part = example.dossier.consultation
    actors, goals = ids(part.actors), ids(part.goals)
    assert actors == set(part.stances) == set(part.influences) == set(example.territory.actors.index)
    assert all(set(row) == goals for row in part.stances.values())
    assert all(set(row) == actors for row in part.influences.values())
    placed = stakeholder_map(ACTORS.table(example.dossier).set_index("id"))
    assert placed["quadrant"].astype(bool).all()
    assert set(mactor(pd.DataFrame(part.influences).T).actors.index) == actors


def test_activities_stand_on_the_rung_that_their_answers_give(example):
    activities = example.dossier.consultation.activities
    levels = [LADDER[participation_level(one.answers).rung].level for one in activities]
    assert levels == [one.rung for one in activities]
    assert len(set(levels)) >= 3


def test_the_methods_of_the_consultation_take_every_vote(example):
    rounds = {}
    for vote in example.dossier.consultation.votes:
        options = ids(vote.options)
        assert all(set(ballot) == options for ballot in vote.ballots)
        if vote.rule == "judgement":
            assert vote.grades == GRADES
        assert compare_rules(RULES_BY_BALLOT[vote.rule](ballots(vote))).sentence
        assert "inventés" in vote.words
        if vote.series:
            rounds.setdefault(vote.series, []).append(vote)
    for series in rounds.values():
        assert [vote.round for vote in series] == [1, 2]
        assert len(stability(*map(ballots, series))) == len(series[0].options)


def test_candidates_are_the_needs_that_go_on_and_the_group_s_order_ranks_them_all(example):
    part = example.dossier.prioritisation
    kept = [need.id for need in example.dossier.diagnosis.needs if need.kept]
    assert [one.id for one in part.candidates] == kept
    criteria = ids(part.criteria)
    assert sum(one.weight for one in part.criteria) == 100
    for one in part.candidates:
        assert set(one.scores) == set(one.doubt) == criteria
        assert set(one.hanlon.pearl) == set("PEARL")
        assert bool(one.hanlon.rework) == (not all(one.hanlon.pearl.values()))
    for order in (part.order, *part.plain):
        assert sorted(order) == sorted(kept)
    assert part.chosen == part.order[: len(part.chosen)]
    assert set(part.reasons) <= set(kept)
    assert any("notes d’exemple" in one.explanation for one in part.criteria)


def test_the_first_two_candidates_are_not_told_apart(example):
    part = example.dossier.prioritisation
    chances = rank_chances(
        scores(part.candidates, part.criteria),
        [one.weight for one in part.criteria],
        doubt=scores(part.candidates, part.criteria, "doubt"),
        draws=2000,
    )
    first, second = chances.scores.iloc[:2]
    assert first - second <= 0.3
    assert chances.first.max() < 0.7
    assert set(chances.scores.index[:2]) == set(part.order[:2])


def test_axes_objectives_actions_and_follow_up_name_what_exists(example):
    dossier, part = example.dossier, example.dossier.programme
    axes, objectives, actions, funders = map(ids, (part.axes, part.objectives, part.actions, part.funders))
    assert {one.priority for one in part.axes} <= set(dossier.prioritisation.chosen)
    assert {one.axis for one in (*part.objectives, *part.actions)} <= axes
    assert {one.under for one in part.objectives} <= {"", *objectives}
    assert objective_tree(part.objectives).gaps == ()
    assert {one.need for one in part.actions} <= {need.id for need in dossier.diagnosis.needs if need.kept}
    assert {one.objective for one in part.actions if one.chosen} <= objectives
    assert {one.area for one in part.actions} <= places(example.territory)
    assert {other for one in part.actions for other in one.after} <= {
        one.id for one in part.actions if one.chosen
    }
    assert {funder for one in part.actions for funder in one.shares} | set(part.post_shares) <= funders
    assert {one.rule for one in part.funders} <= {"", *RULES}
    assert {one.action for one in part.follow_up} <= actions
    assert {one.criterion for one in part.enquiries} <= set(CRITERIA)


def test_the_calendar_and_the_money_of_each_programme_hold(example):
    programme = example.dossier.programme
    kept = [one for one in programme.actions if one.chosen]
    plan = calendar(kept, horizon=12 * programme.years)
    assert plan.notes.empty
    assert any(one.after for one in kept)
    money = programme_funding(programme, kept)
    assert money.breaches.empty
    assert sum(programme.post_shares.values()) == programme.post_cost
    assert sum(sum(one.costs) for one in kept) <= programme.budget


def test_baselines_are_the_figures_of_the_case(example):
    territory, read = example.territory, 0
    for one in indicators(example.dossier.programme):
        baseline = number_in(one.baseline)
        if baseline is None or (one.kind != "outcome" and not baseline):
            continue
        read += 1
        if one.label in COUNTED:
            assert baseline == COUNTED[one.label], one.label
        elif len(BASELINES[one.label]) == 1:
            assert baseline == territory.actions.loc[BASELINES[one.label][0], "people"], one.label
        else:
            indicator, area = BASELINES[one.label]
            level = "qpv" if area.startswith("Q") else "epci"
            value = Asked(territory, indicator, level, area, "", 0.95, "", local=False).row["value"]
            assert baseline == round(value), one.label
    assert read


def test_every_text_is_typeset_and_no_sentence_is_too_long(example):
    said = list(texts(example.dossier.model_dump(mode="json")))
    assert [text for text in said if typeset(text) != text] == []
    sentences = [sentence for text in said for sentence in re.split(r"(?<=[.!?…])\s+|\n", text)]
    assert [one for one in sentences if len(re.findall(r"[^\W_]+", one)) > 25] == []


def test_port_ancelle_and_brezonne_ask_the_region_for_its_ceiling_and_no_more():
    for case in (PA, PB):
        ceilings = programme_funding(worked(case).programme).ceilings
        assert ceilings["given"].tolist() == ceilings["ceiling"].tolist() == [14_000] * 3


def test_brezonne_keeps_no_rate_of_suicide_and_leaves_its_gap_in_sight():
    dossier = worked(PB)
    assert [one.indicator for one in dossier.observation.kept if "suicide" in one.indicator] == []
    signal = NEEDS.find(dossier, "signal-suicides")
    assert (signal.reading, signal.kept) == ("to_document", False)
    kept = [one for one in dossier.programme.actions if one.chosen]
    assert programme_funding(dossier.programme, kept).years["missing"].tolist() == [11_000] * 3


def test_the_eleven_ballots_of_aubrelle_make_another_winner_with_another_rule():
    vote = next(one for one in worked(VA).consultation.votes if one.id == "trois-propositions")
    rules = rules_from_grades(ballots(vote))
    median = rules["Jugement majoritaire"]["median_grade"]
    assert len(vote.ballots) == 11
    assert median.to_dict() == {"secours": "Bien", "ligne": "Assez bien", "cellule": "Passable"}
    winners = compare_rules(rules).winners
    assert winners["Jugement majoritaire"] == ("secours",)
    assert winners["Le plus de « Très bien »"] == ("cellule",)


def test_the_half_post_of_aubrelle_is_short_for_a_few_months_and_a_pilot_is_gone():
    programme = worked(VA).programme
    kept = [one for one in programme.actions if one.chosen]
    load = workload(
        calendar(kept), {one.id: one.half_days for one in kept}, fte=programme.fte, running=programme.running
    )
    assert programme.fte == 0.5
    assert 0 < len(load.overloaded) < 6
    assert [one.id for one in kept if not one.pilot] == ["premier-accueil"]
    said = [one.state for one in programme.follow_up if one.action == "premier-accueil"]
    assert said == ["on_time", "late"]


def test_aubrelle_has_the_names_of_its_tenants_reworked_before_any_rank():
    candidate = next(one for one in worked(VA).prioritisation.candidates if one.id == "voisinages-villorbe")
    assert [letter for letter, met in candidate.hanlon.pearl.items() if not met] == ["L"]
    assert "accord" in candidate.hanlon.rework
