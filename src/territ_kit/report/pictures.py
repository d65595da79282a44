"""The pictures of the report, drawn from the dossier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from territ_kit.charts.actor_map import ActorMap
from territ_kit.charts.budget import BudgetChart
from territ_kit.charts.calendar import CalendarChart
from territ_kit.charts.crossing import CrossingChart
from territ_kit.charts.logic_model import LogicModelChart
from territ_kit.charts.merit import MeritChart
from territ_kit.charts.picture import Picture
from territ_kit.charts.problem_tree import TreeChart
from territ_kit.charts.workload import WorkloadChart
from territ_kit.consultation.voting import tally_grades
from territ_kit.diagnosis.proposal import propose_levels
from territ_kit.dossier import TREE, Dossier, Vote
from territ_kit.dossier.crossing import grid
from territ_kit.errors import InputError
from territ_kit.planning.cofunding import Cofunding
from territ_kit.planning.logic_model import programme_logic
from territ_kit.planning.programme import Calendar
from territ_kit.planning.workload import Workload
from territ_kit.report.paper import Paper
from territ_kit.territory import Territory

DENSITY = 2.0


def crossing(paper: Paper, dossier: Dossier, territory: Territory) -> None:
    """Draw the grid: every theme of every place, as the group corrected it."""
    crossed = grid(territory, propose_levels(territory), dossier)
    _put(paper, CrossingChart, lambda chart: chart.show(crossed))


def problem_tree(paper: Paper, dossier: Dossier) -> None:
    """Draw the problem tree."""
    _put(paper, TreeChart, lambda chart: chart.show(TREE.table(dossier)))


def actor_map(paper: Paper, actors: pd.DataFrame) -> None:
    """Draw the actors by power and interest."""
    _put(paper, ActorMap, lambda chart: chart.show(actors))


def merit(paper: Paper, vote: Vote, ballots: pd.DataFrame) -> None:
    """Draw the merit profile of a vote."""
    _put(paper, MeritChart, lambda chart: chart.show(tally_grades(ballots, vote.grades)))


def logic_model(paper: Paper, dossier: Dossier) -> None:
    """Draw the chain from means to effects, of the actions that stay."""
    programme = dossier.programme
    kept = programme.but(actions=tuple(one for one in programme.actions if one.chosen))
    _put(paper, LogicModelChart, lambda chart: chart.show(programme_logic(kept)))


def calendar(paper: Paper, plan: Calendar, load: Workload, start_year: int) -> None:
    """Draw when each action runs, and what it asks of the coordinator."""
    _put(paper, CalendarChart, lambda chart: chart.show(plan, start_year=start_year))
    _put(paper, WorkloadChart, lambda chart: chart.show(load, start_year=start_year))


def budget(paper: Paper, plan: Cofunding, start_year: int) -> None:
    """Draw who pays what, year by year."""
    _put(paper, BudgetChart, lambda chart: chart.show(plan, start_year=start_year))


def _put(paper: Paper, kind: type[Any], show: Callable[[Any], Picture]) -> None:
    """Put a chart in the paper, or say why it cannot be drawn: the tables beside it stay."""
    chart = kind(size="wide")
    try:
        picture = show(chart)
    except InputError as error:
        paper.missing(str(error))
        return
    paper.picture(picture, chart.png(DENSITY))
