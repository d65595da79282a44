"""What the report says of the first two steps: what stands out, needs, words, causes, strengths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from territ_kit.diagnosis.determinants import DETERMINANTS, LAYERS
from territ_kit.diagnosis.findings import EVIDENCE
from territ_kit.diagnosis.needs import ACTIONS, NEED, READINGS, RESOURCES, RULE
from territ_kit.diagnosis.problem_tree import KINDS as STATEMENTS
from territ_kit.diagnosis.swot import SIDES
from territ_kit.diagnosis.voices import KINDS, WAYS
from territ_kit.dossier import Dossier, Need
from territ_kit.report import pictures
from territ_kit.report.paper import Paper
from territ_kit.territory import Territory


def write(paper: Paper, dossier: Dossier, territory: Territory) -> None:
    """Write the parts « Ce qui sort de l’ordinaire » and « Le diagnostic partagé »."""
    _findings(paper, dossier)
    paper.head("Le diagnostic partagé", new_page=True)
    _needs(paper, dossier, territory)
    _voices(paper, dossier, territory)
    _tree(paper, dossier)
    _swot(paper, dossier)


def _findings(paper: Paper, dossier: Dossier) -> None:
    paper.head("Ce qui sort de l’ordinaire", new_page=True)
    kept = dossier.observation.kept
    if not kept:
        paper.missing("aucun constat n’est encore gardé à l’étape « Observer ».")
        return
    paper.say("Du plus parlant au moins parlant, tels que le groupe les a retenus.")
    paper.table(
        ("Constat", "Ce que disent les chiffres", "Pourquoi il compte", "Source"),
        [
            (
                f"{one.area_name} : {one.label}",
                one.sentence,
                "\n".join(filter(None, (*one.reasons, one.words))),
                ", ".join(filter(None, (one.source, one.year))),
            )
            for one in kept
        ],
        "Les constats gardés",
        widths=(3, 5, 4, 2),
    )


def _needs(paper: Paper, dossier: Dossier, territory: Territory) -> None:
    paper.head("Besoins, ressources et actions", 2)
    needs = dossier.diagnosis.needs
    if not needs:
        paper.missing("aucun besoin n’est encore décrit à l’étape « Diagnostiquer ».")
        return
    pictures.crossing(paper, dossier, territory)
    themes = territory.themes
    paper.table(
        ("Besoin", "Thème et lieu", "Besoin, ressources, actions", "Lecture"),
        [
            (
                one.title,
                f"{themes.get(one.theme, one.theme)}\n{one.area_name}",
                f"Besoin {NEED[one.need]}, {_of('ressource', RESOURCES, one.resources)}, "
                f"{_of('action', ACTIONS, one.actions)}.",
                READINGS.get(one.reading, "à documenter").capitalize(),
            )
            for one in needs
        ],
        "Les besoins, dans l’ordre retenu par le groupe",
        widths=(5, 3, 4, 2),
    )
    paper.say("Comment lire la dernière colonne (hypothèse pédagogique) :")
    paper.list(RULE)
    for one in needs:
        if one.kept and (one.evidence or one.words):
            _argue(paper, one)


def _of(noun: str, words: Mapping[str, str], level: str) -> str:
    return f"aucune {noun}" if level == "none" else f"{noun}s {words[level]}"


def _argue(paper: Paper, need: Need) -> None:
    paper.head(need.title or "Besoin sans titre", 3)
    paper.say(need.words)
    paper.list(
        f"{EVIDENCE[piece.kind].capitalize()} : {piece.text}{f' – {piece.source}' if piece.source else ''}"
        for piece in need.evidence
    )
    known = [one for one in need.determinants if one in DETERMINANTS.index]
    if known:
        paper.say(f"Déterminants en jeu : {_determinants(known)}.")


def _determinants(ids: Iterable[str]) -> str:
    labels, layers = DETERMINANTS["label"], DETERMINANTS["layer"]
    return " ; ".join(f"{labels[one]} ({LAYERS[str(layers[one])].lower()})" for one in ids)


def _voices(paper: Paper, dossier: Dossier, territory: Territory) -> None:
    voices = dossier.diagnosis.voices
    if not voices:
        return
    paper.head("Ce que disent les personnes", 2)
    paper.table(
        ("Qui", "Comment", "Ce qui est dit", "Thèmes"),
        [
            (
                f"{one.who}\n({KINDS[one.kind].lower()})",
                WAYS[one.way],
                one.text,
                ", ".join(str(territory.themes.get(theme, theme)) for theme in one.themes),
            )
            for one in voices
        ],
        "Les paroles entendues, sans nom",
        widths=(3, 2, 6, 3),
    )


def _tree(paper: Paper, dossier: Dossier) -> None:
    statements = dossier.diagnosis.tree
    if not statements:
        return
    paper.head("Des causes aux objectifs", 2)
    pictures.problem_tree(paper, dossier)
    paper.table(
        ("Énoncé", "Place dans l’arbre", "Objectif, une fois retourné"),
        [(one.text, STATEMENTS[one.kind], one.objective) for one in statements],
        "L’arbre à problèmes et ses objectifs",
        widths=(5, 2, 5),
    )


def _swot(paper: Paper, dossier: Dossier) -> None:
    points = dossier.diagnosis.swot
    if not points:
        return
    paper.head("Forces, faiblesses, opportunités, menaces", 2)
    for side, name in SIDES.items():
        said = [one.text for one in points if one.side == side and one.text]
        if said:
            paper.say(name, bold=True)
            paper.list(said)
