"""Evaluation plan: what each indicator can tell, what none of this programme can, and which questions.

References
----------
Process, output and outcome are usual levels of programme evaluation; the criteria are those attributed to the
OECD's Development Assistance Committee (attribution to be checked).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from territ_kit.french import count, listing
from territ_kit.planning.parts import ActionPart, IndicatorPart, ObjectivePart, number_in, plain, year_in

KINDS = {"process": "processus", "output": "réalisation", "outcome": "résultat"}
OUT_OF_REACH = "hors d’atteinte du programme"
KIND_HELP = {
    "process": "Comment le programme se mène : instances tenues, partenaires présents, délais.",
    "output": "Ce qui est fait, et pour combien de personnes.",
    "outcome": "Ce qui change pour les personnes.",
}
LONG_RUN = 60
"""Months under which the health of a whole population is not expected to answer to one programme: a
« hypothèse pédagogique »."""

_HEALTH = (
    "mortalite", "deces", "suicide", "esperance de vie", "incidence", "prevalence", "morbidite", "survie",
    "surmortalite", "obesite", "diabete", "cancer",
)  # fmt: skip
# What people do or know about an illness is within reach: a screening test taken is not a cancer avoided.
_WITHIN = (
    "depist", "connai", "savent", "recours", "renonc", "form", "orient", "repere", "atelier", "action",
    "prevention",
)  # fmt: skip
_PROCESS = (
    "copil", "comite", "reunion", "instance", "partenaire", "convention", "gouvernance", "calendrier",
    "budget consomme", "pilote", "taux de realisation", "compte rendu", "assiduite",
)  # fmt: skip
_OUTCOME = (
    "part de", "part des", "part d'", "taux", "proportion", "pourcentage", "connaiss", "declar", "renonc",
    "recours", "confiance", "capable", "estime", "satisf", "delai d'attente", "score",
)  # fmt: skip
_OUTPUT = (
    "nombre", "rencontr", "forme", "atelier", "seance", "distribu", "accueilli", "oriente", "permanence",
    "participant", "intervention", "realise", "consultation", "depistage",
)  # fmt: skip
CRITERIA = {
    "pertinence": "Le programme répond-il encore aux besoins des personnes concernées ?",
    "cohérence": "Les actions se renforcent-elles, et s’accordent-elles avec les autres dispositifs ?",
    "efficacité": "Les objectifs sont-ils atteints, et pour qui ?",
    "efficience": "Ce qui est obtenu vaut-il le temps et l’argent mis ?",
    "impact": "Qu’est-ce qui a changé, voulu ou non, et à quoi le programme a-t-il contribué ?",
    "durabilité": "Que restera-t-il quand les crédits s’arrêteront ?",
}
"""The usual criteria and the question each asks."""
CRITERIA_NOTE = "Critères attribués au comité d’aide au développement de l’OCDE, à vérifier."


@dataclass(frozen=True, slots=True)
class KindReading:
    """What an indicator looks like: a key of `KINDS` ("" when words do not say), and why, in French."""

    kind: str
    out_of_reach: bool
    why: str


def read_kind(label: str, *, months: int = 36) -> KindReading:
    """Read what an indicator measures, from its words.

    Parameters
    ----------
    label : str
    months : int
        Of the programme: under `LONG_RUN`, the state of health of a population is out of its reach.

    Returns
    -------
    KindReading
        A suggestion to discuss: the words of a label do not say all.

    Notes
    -----
    Out of reach: words of death or illness, without words of knowing or using something, over a programme of
    five years at most; few events, many other causes, and effects that come later. Then, in this order: words
    of process, of outcome, of output, or a number first (« 60 apprentis rencontrés »).

    Examples
    --------
    >>> read_kind("COPIL tenus").kind, read_kind("60 apprentis rencontrés").kind
    ('process', 'output')
    >>> read_kind("Part des 16-18 ans connaissant un lieu d’écoute").kind
    'outcome'
    >>> read_kind("Mortalité par suicide à 3 ans").out_of_reach
    True
    """
    words = plain(label)
    if any(word in words for word in _HEALTH) and not any(word in words for word in _WITHIN):
        if months <= LONG_RUN:
            return KindReading(
                "outcome",
                out_of_reach=True,
                why="Peu d’événements, beaucoup d’autres causes, et un effet qui viendrait plus tard. "
                "Suivez-le comme toile de fond ; ne jugez pas le programme dessus.",
            )
        return KindReading("outcome", out_of_reach=False, why="C’est l’état de santé des personnes.")
    for kind, listed in (("process", _PROCESS), ("outcome", _OUTCOME), ("output", _OUTPUT)):
        found = next((word for word in listed if word in words), None)
        if found:
            return KindReading(kind, out_of_reach=False, why=KIND_HELP[kind])
    if words.strip()[:1].isdigit():
        return KindReading("output", out_of_reach=False, why=KIND_HELP["output"])
    return KindReading("", out_of_reach=False, why="Les mots ne disent pas ce qui est mesuré.")


@dataclass(frozen=True, slots=True)
class EvaluationPlan:
    """All the indicators of a programme, and what they lack.

    Attributes
    ----------
    table : DataFrame
        owner (id), title (of the action or objective), label, kind (key of `KINDS`), out_of_reach, baseline,
        target, date, source, lacks (French, "" when nothing).
    advice : DataFrame
        item (owner id), kind (none, out_of_reach, other_kind, lacks), sentence.
    """

    table: pd.DataFrame
    advice: pd.DataFrame

    def summary(self) -> str:
        """Return in French what the plan can tell."""
        if self.table.empty:
            return "Aucun indicateur n’est écrit : rien ne dira si le programme avance."
        within = self.table[~self.table["out_of_reach"]]
        counts = [f"{int((within['kind'] == kind).sum())} de {word}" for kind, word in KINDS.items()]
        told = f"{count(len(self.table), 'indicateur')} : {listing(counts)}"
        far = int(self.table["out_of_reach"].sum())
        return f"{told}, {far} hors d’atteinte." if far else f"{told}."

    def french_table(self) -> pd.DataFrame:
        """Return the plan as it is printed."""
        kinds = [
            OUT_OF_REACH if far else KINDS[kind]
            for kind, far in zip(self.table["kind"], self.table["out_of_reach"], strict=True)
        ]
        return pd.DataFrame(
            {
                "Action ou objectif": self.table["title"],
                "Indicateur": self.table["label"],
                "Niveau": kinds,
                "Départ": self.table["baseline"],
                "Cible": self.table["target"],
                "Échéance": self.table["date"],
                "Source": self.table["source"],
                "À compléter": self.table["lacks"],
            }
        ).reset_index(drop=True)


def evaluation_plan(
    actions: Sequence[ActionPart], objectives: Sequence[ObjectivePart] = (), *, months: int = 36
) -> EvaluationPlan:
    """Gather the indicators of a programme, and tell what they lack.

    Parameters
    ----------
    actions, objectives : sequence
        Whose indicators are gathered; an indicator without a label is left out.
    months : int
        Of the programme.
    """
    rows, advice = [], []
    owners = [(one.id, one.text, [one.indicator]) for one in objectives]
    owners += [(one.id, one.title, list(one.indicators)) for one in actions]
    without = {one.id for one in objectives}  # objectives are read by `objectives.smart`
    for owner, title, indicators in owners:
        written = [one for one in indicators if one.label.strip()]
        if not written and owner not in without:
            advice.append((owner, "none", f"« {title} » n’a aucun indicateur."))
        for one in written:
            reading = read_kind(one.label, months=months)
            lacks = missing_fields(one)
            rows.append((
                owner, title, one.label, one.kind, reading.out_of_reach,
                one.baseline, one.target, one.date, one.source, listing(lacks),
            ))  # fmt: skip
            advice += [(owner, kind, sentence) for kind, sentence in _advice(one, reading, lacks)]
    columns = [
        "owner", "title", "label", "kind", "out_of_reach", "baseline", "target", "date", "source", "lacks",
    ]  # fmt: skip
    return EvaluationPlan(
        pd.DataFrame(rows, columns=columns).astype({"out_of_reach": bool}),
        pd.DataFrame(advice, columns=["item", "kind", "sentence"]),
    )


def missing_fields(indicator: IndicatorPart) -> list[str]:
    """Return what an indicator lacks, in French; processes and outputs start from nothing.

    Examples
    --------
    >>> from types import SimpleNamespace as Indicator
    >>> missing_fields(Indicator(kind="outcome", baseline="22 %", target="40 %", date="2029", source=""))
    ['la source']
    """
    fields = [
        ("le point de départ", indicator.kind != "outcome" or number_in(indicator.baseline) is not None),
        ("la cible", number_in(indicator.target) is not None),
        ("l’échéance", year_in(indicator.date) is not None),
        ("la source", bool(indicator.source.strip())),
    ]
    return [name for name, there in fields if not there]


def _advice(indicator: IndicatorPart, reading: KindReading, lacks: Sequence[str]) -> list[tuple[str, str]]:
    name = f"« {indicator.label} »"
    said = []
    if reading.out_of_reach:
        said.append(("out_of_reach", f"{name} est {OUT_OF_REACH}. {reading.why}"))
    elif reading.kind and reading.kind != indicator.kind:
        said.append((
            "other_kind",
            f"{name} est rangé en {KINDS[indicator.kind]} ; ses mots disent plutôt {KINDS[reading.kind]}.",
        ))  # fmt: skip
    if lacks:
        said.append(("lacks", f"{name} : il manque {listing(lacks)}."))
    return said
