"""The tasks of the page « Diagnostiquer »."""

from territ_kit.widgets.diagnose.crossing import Crossing
from territ_kit.widgets.diagnose.determinants import Determinants
from territ_kit.widgets.diagnose.findings import Findings
from territ_kit.widgets.diagnose.profile import Profile
from territ_kit.widgets.diagnose.strengths import Strengths
from territ_kit.widgets.diagnose.tree import Tree
from territ_kit.widgets.diagnose.voices import Voices

TASKS = (Profile, Crossing, Voices, Determinants, Tree, Strengths, Findings)
