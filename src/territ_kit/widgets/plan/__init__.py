"""« Planifier »: objectives, action sheets, calendar, co-funding, choice, follow-up, evaluation."""

from territ_kit.widgets.plan.budget import Budget
from territ_kit.widgets.plan.choosing import Choosing
from territ_kit.widgets.plan.documents import Documents
from territ_kit.widgets.plan.evaluation import Evaluation
from territ_kit.widgets.plan.follow_up import FollowUp
from territ_kit.widgets.plan.logic import Logic
from territ_kit.widgets.plan.objectives import Objectives
from territ_kit.widgets.plan.schedule import Schedule
from territ_kit.widgets.plan.sheets import Sheets
from territ_kit.widgets.steps.task import Task

TASKS: tuple[type[Task], ...] = (
    Objectives,
    Logic,
    Sheets,
    Schedule,
    Budget,
    Choosing,
    FollowUp,
    Evaluation,
    Documents,
)
