"""The dossier de territoire: the one file that the five steps read and enrich."""

from territ_kit.dossier.dossier import Dossier
from territ_kit.dossier.observation import LONGEST_TEXT, REASONS, Finding, Observation, finding_id
from territ_kit.dossier.storage import DossierFile, Shown

__all__ = [
    "LONGEST_TEXT",
    "REASONS",
    "Dossier",
    "DossierFile",
    "Finding",
    "Observation",
    "Shown",
    "finding_id",
]
