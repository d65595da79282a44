"""What leaves the kit: the dossier as Word documents and as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from territ_kit.dossier import Dossier
from territ_kit.territory import Territory

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the dossier.

    Attributes
    ----------
    name : str
        Beginning of its file name.
    label, hint : str
        What it is and for whom, in French.
    kind, media_type : str
        Extension and type of its file.
    module : str
        Where `make(dossier, territory)` stands; imported only when the document is asked for.
    """

    name: str
    label: str
    hint: str
    kind: str
    media_type: str
    module: str

    def make(self, dossier: Dossier, territory: Territory) -> bytes:
        """Return the file: the same bytes for the same dossier."""
        content: bytes = import_module(f"territ_kit.report.{self.module}").make(dossier, territory)
        return content

    def file_name(self, territory: Territory) -> str:
        """Return the name of the file for a territory."""
        return f"{self.name}-{territory.id}.{self.kind}"


DOCUMENTS = (
    Document(
        "rapport",
        "Rapport complet (Word)",
        "Diagnostic, priorités, axes, fiches actions, calendrier et budget, pour le comité de pilotage.",
        "docx",
        _WORD,
        "dossier",
    ),
    Document(
        "note",
        "Note d’une page (Word)",
        "Pour un élu : ce qui est décidé, ce que cela coûte, ce qu’on attend de lui.",
        "docx",
        _WORD,
        "note",
    ),
    Document(
        "contrat-cadre",
        "Trame de contrat-cadre (Word)",
        "Un document à compléter avec les signataires, préparé avec votre programme.",
        "docx",
        _WORD,
        "contract",
    ),
    Document(
        "tableaux",
        "Tous les tableaux (Excel)",
        "Constats, besoins, acteurs, votes, notes, actions, budget, suivi.",
        "xlsx",
        _EXCEL,
        "workbook",
    ),
)
