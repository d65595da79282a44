"""The whole dossier as one Word document, that a coordinator can bring to a steering committee."""

from __future__ import annotations

from territ_kit.dossier import Dossier
from territ_kit.french import fr, listing
from territ_kit.planning.cofunding import programme_funding
from territ_kit.report import consultation, diagnosis, prioritisation, programme
from territ_kit.report.paper import Paper
from territ_kit.territory import Territory


def make(dossier: Dossier, territory: Territory) -> bytes:
    """Return the report, as a docx file; parts that are not written yet say so.

    The same dossier gives the same bytes.
    """
    title = dossier.programme.title or f"{territory.short_name} : projet territorial de santé"
    paper = Paper(title, territory.banner, contents=True)
    _in_short(paper, dossier, territory)
    diagnosis.write(paper, dossier, territory)
    consultation.write(paper, dossier)
    prioritisation.write(paper, dossier)
    programme.write(paper, dossier, territory)
    _sources(paper, dossier, territory)
    return paper.content()


def _in_short(paper: Paper, dossier: Dossier, territory: Territory) -> None:
    paper.head("En bref")
    quarters = len(territory.qpv)
    paper.say(
        f"{territory.name}, {territory.departement} : {fr(len(territory.communes))} communes, "
        f"{fr(territory.population)} habitants"
        + (f", {quarters} quartiers prioritaires de la politique de la ville (QPV)." if quarters else ".")
    )
    paper.say(territory.in_plain_words)
    chosen = programme.priorities(dossier)
    if chosen:
        paper.say("Les priorités retenues :", bold=True)
        paper.list(chosen.values(), numbered=True)
    actions = programme.kept_actions(dossier)
    if actions:
        plan = programme_funding(dossier.programme, actions)
        paper.say(
            f"Le programme compte {len(actions)} actions sur {dossier.programme.years} ans, "
            f"à partir de {dossier.programme.start_year}. {plan.verdict()}"
        )
    needs = [one for one in dossier.diagnosis.needs if one.kept]
    if needs:
        paper.say(f"Il part de {len(needs)} besoins partagés, établis avec des chiffres et des paroles.")


def _sources(paper: Paper, dossier: Dossier, territory: Territory) -> None:
    paper.head("Sources et méthode", new_page=True)
    sources = sorted({f"{one.source}, {one.year}".strip(", ") for one in dossier.observation.kept} - {""})
    if sources:
        paper.say("Sources des constats :")
        paper.list(sources)
    paper.say(
        "La lecture des besoins, la charge de travail et les essais de robustesse reposent sur des "
        "hypothèses pédagogiques : chacune est nommée à l’endroit où elle sert."
    )
    empty = [
        name
        for name, part in (
            ("le diagnostic", dossier.diagnosis),
            ("la concertation", dossier.consultation),
            ("les priorités", dossier.prioritisation),
            ("le programme", dossier.programme),
        )
        if part == type(part)()
    ]
    if empty:
        paper.missing(f"{listing(empty)}, dans le kit.")
    paper.say(
        f"Document produit avec le kit du Module TERRIT (territ_kit). {territory.banner}"
        if territory.fictitious
        else "Document produit avec le kit du Module TERRIT (territ_kit)."
    )
