"""The tasks of the page « Concerter »."""

from territ_kit.widgets.consult.actors import Actors
from territ_kit.widgets.consult.agreement import Agreed
from territ_kit.widgets.consult.influences import Influences
from territ_kit.widgets.consult.participation import Participation
from territ_kit.widgets.consult.voting import Voting

TASKS = (Actors, Influences, Participation, Voting, Agreed)
