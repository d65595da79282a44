"""The tasks of the page « Prioriser »."""

from territ_kit.widgets.prioritise.formulas import Formulas
from territ_kit.widgets.prioritise.keeping import Keeping
from territ_kit.widgets.prioritise.methods import Methods
from territ_kit.widgets.prioritise.notes import Notes
from territ_kit.widgets.prioritise.plain import Plain
from territ_kit.widgets.prioritise.solidity import Solidity

TASKS = (Notes, Formulas, Methods, Solidity, Plain, Keeping)
