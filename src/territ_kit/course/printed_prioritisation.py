"""The printed sheets of module 05 on one case, readable in black and white, to be filled in by hand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Literal

from territ_kit.course.files import files
from territ_kit.course.printed_case import story
from territ_kit.course.printed_questions import LETTERS, LINE, table
from territ_kit.exercises.question import Data
from territ_kit.exercises.source import read_source
from territ_kit.french import fr
from territ_kit.observation.reading import find_reference, read_indicator
from territ_kit.territory import Territory


class Need(Data):
    """A need to rank: its name, the same in everyday words, and its evidence in one line.

    `evidence` may quote {value}, {low}, {high}, {reference}, {events} and {base}, read in the tables of the
    case for `indicator` in `area` (its name; the whole territory when empty).
    """

    case: str
    title: str
    plain: str
    evidence: str
    indicator: str = ""
    level: Literal["epci", "group", "commune", "qpv"] = "epci"
    area: str = ""
    decimals: int = 0


class Needs(Data):
    """What `modules/05-prioriser/besoins.toml` holds."""

    need: list[Need]


CRITERIA = (
    ("Ampleur", "Combien de personnes sont touchées ?"),
    ("Gravité", "Que leur fait le problème ?"),
    ("Inégalité", "De combien certains sont-ils plus touchés ?"),
    ("Faisabilité", "Que sait-on faire, avec qui ?"),
)
FEASIBILITY = (
    ("Pertinence", "est-ce à nous d’agir ?"),
    ("Économie", "la dépense va-t-elle avec l’effet attendu ?"),
    ("Acceptabilité", "les personnes concernées l’acceptent-elles ?"),
    ("Ressources", "avons-nous, ou aurons-nous, les personnes et l’argent ?"),
    ("Légalité", "la loi le permet-elle ?"),
)
EXPERIENCE = (
    "Ce que nous avons choisi, et ce que nous avons laissé",
    "Avec qui nous avons décidé, et qui n’était pas là",
    "Ce qui a pesé : un chiffre, une règle, une voix, de l’argent",
    "Ce qui a bloqué",
    "Ce que je referais",
)
EXAMPLE_NOTES, EXAMPLE_WEIGHTS = (8, 5, 6), (50, 30, 20)
EXAMPLE_RATINGS = (7, 6, 5)
BLANK_CARDS, PRIORITIES, ANSWERS = 2, 5, 3
CARD = 'style="border:1.5px dashed #000;width:50%;height:52mm;padding:4mm;vertical-align:top"'


def sheets(territory: Territory) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the title and the parts of each sheet, by file name.

    The needs are those prepared for the case, and blank lines for those that the group adds; a territory
    without prepared needs has the blank lines only.
    """
    needs = prepared_needs(territory)
    names = [need.title for need in needs] + [""] * BLANK_CARDS
    titles = [f"{letter}. {name}" for letter, name in zip(LETTERS, names, strict=False)]
    found: dict[str, tuple[str, Iterable[str]]] = {
        "recit.html": ("le récit", [story(territory)]),
        "besoins.html": ("les cartes des besoins, à découper", _cards(territory, needs)),
        "criteres.html": ("nos critères, nos cent points", _criteria()),
        "grille.html": ("noter et additionner", _scores(titles)),
        "hanlon.html": ("deux formules et un filtre", _formulas(titles)),
        "solidite.html": ("le classement tient-il ?", _robustness(titles)),
        "habitants.html": ("ce qui compte pour vous", _residents(needs)),
        "retenir.html": ("ce que nous retenons, et pourquoi", _decision()),
        "vecu.html": ("fiche d’expérience vécue", _experience()),
    }
    return {
        file: (f"{territory.short_name} : {title}", tuple(parts)) for file, (title, parts) in found.items()
    }


def prepared_needs(territory: Territory) -> list[Need]:
    """Return the needs prepared for a case, in the order of the cards.

    Raises
    ------
    CourseError
        The file of the needs breaks its format.
    """
    found = read_source(files() / "modules" / "05-prioriser" / "besoins.toml", Needs)
    return [need for need in found.need if need.case == territory.id]


def evidence(territory: Territory, need: Need) -> str:
    """Return the evidence of a need, its figures read in the tables of the case."""
    if not need.indicator:
        return need.evidence
    rows = read_indicator(territory, need.indicator, level=need.level).set_index("name")
    row: dict[Any, Any] = rows.loc[need.area or territory.short_name].to_dict()
    figures = {name: fr(float(row[name]), need.decimals) for name in ("value", "low", "high")}
    counted = {name: "" if math.isnan(row[name]) else fr(float(row[name])) for name in ("events", "base")}
    landmarks = (find_reference(territory, need.indicator, level) for level in ("departement", "region"))
    reference = next(filter(None, landmarks)).value
    return need.evidence.format(reference=fr(reference, need.decimals), **figures, **counted)


def _cards(territory: Territory, needs: Sequence[Need]) -> Iterable[str]:
    yield (
        "<p>Découpez les cartes. Lisez-les à voix haute. Deux cartes disent la même chose ? Réunissez-les. "
        "Il manque un besoin ? Écrivez-le sur une carte vide.</p>"
        "<p>Ces sujets peuvent toucher. Le 3114, numéro national de prévention du suicide, répond jour et "
        "nuit, gratuitement.</p>"
    )
    cards = [
        f"<td {CARD}><b>{letter}. {escape(need.title)}</b><p>{escape(need.plain)}</p>"
        f"<p>{escape(evidence(territory, need))}</p></td>"
        for letter, need in zip(LETTERS, needs, strict=False)
    ]
    empty = f"<td {CARD}><b>Un autre besoin</b>{LINE * 2}<p>Comment le savons-nous ?</p>{LINE}</td>"
    cards += [empty] * (BLANK_CARDS + len(cards) % 2)
    pairs = zip(cards[::2], cards[1::2], strict=True)
    rows = "".join(f'<tr style="break-inside:avoid">{left}{right}</tr>' for left, right in pairs)
    yield f"<table>{rows}</table>"


def _criteria() -> Iterable[str]:
    yield (
        "<p>Vous avez cent points, ou cent jetons. Répartissez-les avant de noter, tant que personne ne sait "
        "qui gagne. Gardez trois à cinq critères.</p>"
    )
    rows = [(name, question, "", "") for name, question in CRITERIA]
    rows += [("", "", "", ""), ("Total", "", "100", "")]
    yield _to_fill(("Critère", "La question qu’il pose", "Points", "Pourquoi ce poids"), rows)
    yield (
        "<h2>Compte-t-on deux fois la même chose ?</h2><p>Cherchez deux critères qui montent et descendent "
        f"ensemble, pour la même raison. Les deux plus proches :</p>{LINE}<p>Nous gardons :</p>{LINE}"
        f"<h2>Qui a choisi ces poids ?</h2><p>Dans la salle :</p>{LINE}<p>Absents :</p>{LINE}"
    )


def _scores(titles: Sequence[str]) -> Iterable[str]:
    pairs = list(zip(EXAMPLE_NOTES, EXAMPLE_WEIGHTS, strict=True))
    total, points = sum(note * weight for note, weight in pairs), sum(EXAMPLE_WEIGHTS)
    worked = [
        (name, fr(note), fr(weight), fr(note * weight))
        for (name, _), (note, weight) in zip(CRITERIA, pairs, strict=False)
    ]
    yield (
        "<p>Notez de 0, presque rien, à 10, le plus fort. Discutez chaque note avant de l’écrire. Un besoin "
        "sans chiffre n’a pas 0 : écrivez deux notes, la plus basse et la plus haute.</p>"
    )
    worked.append(("Somme", "", fr(points), fr(total)))
    yield table(("Exemple", "Note", "Poids", "Note × poids"), worked, "Un besoin inventé")
    yield (
        f"<p>{fr(total)} ÷ {fr(points)} = <b>{fr(total / points, 1)}</b> sur 10.</p>"
        "<p>Écrivez vos critères et leurs poids sur la première ligne. Dans chaque case, la note.</p>"
    )
    head = ("Besoin", *(f"Critère {number}" for number in range(1, 6)), "Somme ÷ 100", "Rang")
    yield _to_fill(head, [(title, *[""] * 7) for title in ("Critères et poids", *titles)])
    yield (
        "<h2>La note qui nous divise</h2><p>Besoin et critère : ____________________ "
        f"De ________ à ________ Nous retenons : ________</p><p>Pourquoi :</p>{LINE}"
    )


def _formulas(titles: Sequence[str]) -> Iterable[str]:
    size, seriousness, means = EXAMPLE_RATINGS
    yield (
        "<p><b>Pour l’équipe et le comité.</b> Aux habitants, donnez la feuille « ce qui compte pour "
        "vous ».</p><p>A : ampleur. B : gravité. C : ce que l’on sait faire. Chacun de 0 à 10. Les deux "
        "formules portent le même nom, Hanlon. Au moins quatre variantes sont publiées.</p>"
        f"<p>Exemple : A = {size}, B = {seriousness}, C = {means}. "
        f"Première formule : ({size} + {seriousness}) × {means} ÷ 3 = "
        f"<b>{fr((size + seriousness) * means / 3, 1)}</b>. "
        f"Seconde formule : ({size} + 2 × {seriousness}) × {means} = "
        f"<b>{fr((size + 2 * seriousness) * means)}</b>. Comparez les rangs, jamais les nombres.</p>"
    )
    head = (
        "Besoin",
        "A ampleur",
        "B gravité",
        "C savoir agir",
        "(A + B) × C ÷ 3",
        "Rang",
        "(A + 2 × B) × C",
        "Rang",
    )
    yield _to_fill(head, [(title, *[""] * 7) for title in titles])
    yield (
        "<p>Ce qui reste en place : ____________________ Ce qui change de place : ____________________</p>"
    )
    questions = " ".join(f"<b>{name}</b> : {asked}" for name, asked in FEASIBILITY)
    yield (
        "<h2>Le filtre de faisabilité (PEARL)</h2><p>Pour chaque réponse envisagée, écrivez 1 ou 0. Un seul "
        "0 l’arrête telle qu’elle est écrite. Retravaillez-la, puis repassez-la au filtre. "
        f"{questions}</p>"
    )
    filtered = ("Réponse envisagée", *(name for name, _ in FEASIBILITY), "À retravailler")
    yield _to_fill(filtered, [("",) * len(filtered)] * ANSWERS, even=True)
    yield (
        '<p class="small">Première formule : Hanlon et Pickett, université de l’Illinois à Chicago. Seconde '
        "formule : attribuée au guide de l’association américaine des services de santé locaux (NACCHO), "
        "à vérifier.</p>"
    )


def _robustness(titles: Sequence[str]) -> Iterable[str]:
    yield (
        "<p>Gardez vos notes. Empruntez les poids de trois tables voisines, puis donnez à tous les critères "
        "le même poids. Un critère vous manque ? Laissez-le, et divisez par les points qui restent. Une "
        "personne par colonne refait les sommes. Entourez le premier de chaque colonne.</p>"
    )
    head = ("Besoin", "Nos poids", "Table 1", "Table 2", "Table 3", "Poids égaux")
    yield _to_fill(head, [(title, *[""] * 5) for title in (*titles, "Le premier")])
    yield (
        "<p>Le premier a changé <b>____ fois sur 4</b>. Sont toujours dans les trois premiers : "
        "____________________</p><p><b>Et la note qui nous divise ?</b> "
        "Refaites la somme avec la note la plus basse, puis la plus haute. Rang de ______ à ______</p>"
    )
    said = (
        ("Ce qui tient", "« … est dans les premiers avec tous les poids essayés. »"),
        ("Ce qui ne tient pas", "« … et … ne sont pas départagés. »"),
        ("Le poids qui change l’ordre", "« Si … pèse plus de … points, … passe devant. »"),
    )
    yield "".join(f"<h2>{title}</h2><p><i>{start}</i></p>{LINE}" for title, start in said)


def _residents(needs: Sequence[Need]) -> Iterable[str]:
    yield (
        "<p>Il n’y a ni note, ni bonne réponse. Cochez une case par ligne. Plusieurs lignes peuvent avoir la "
        "même case. « Je ne sais pas » est une réponse.</p>"
    )
    head = ("Ce dont nous avons besoin", "D’abord", "Ensuite", "Plus tard", "Je ne sais pas")
    rows = [f"{need.title}. {need.plain}" for need in needs] + [""] * BLANK_CARDS
    yield _to_fill(head, [(row, "", "", "", "") for row in rows])
    yield (
        f"<h2>Ce qui passe avant tout, et pourquoi</h2>{LINE * 2}"
        f"<h2>Ce que le comité doit entendre</h2>{LINE * 2}"
        "<p>Le comité fait aussi son classement. Nous vous montrerons les deux, côte à côte.</p>"
    )


def _decision() -> Iterable[str]:
    yield (
        "<p>Retenez trois à cinq priorités. Quand le rang retenu diffère du rang calculé, écrivez la raison. "
        "Personne ne change une note pour arranger un rang.</p>"
    )
    head = ("Priorité", "Rang calculé", "Rang des habitants", "Rang retenu", "La raison", "Qui décide")
    yield _to_fill(head, [("",) * len(head)] * PRIORITIES, even=True)
    yield "<h2>Ce que nous laissons pour l’instant</h2>"
    left = ("Besoin", "Pourquoi", "Quand nous le reverrons")
    yield _to_fill(left, [("",) * len(left)] * PRIORITIES, even=True)
    yield f"<h2>Ce qu’il faut vérifier, et auprès de qui</h2>{LINE * 2}"


def _experience() -> Iterable[str]:
    yield (
        "<p>Pensez à un choix entre deux besoins de santé, sur votre territoire. Pas de nom de personne. "
        "Le formateur réunit les fiches sans dire qui les a écrites.</p>"
    )
    yield "".join(f"<section><h2>{question}</h2>{LINE * 2}</section>" for question in EXPERIENCE)
    yield (
        "<h2>Échanger à plusieurs, en 45 minutes</h2><p>Présenter : 5. Questions : 10. Hypothèses : 15. "
        "Retour de la personne : 5. Ce que chacun emporte : 10.</p>"
    )


def _to_fill(head: Sequence[str], rows: Iterable[Sequence[str]], *, even: bool = False) -> str:
    """Return a table whose lines are tall enough for a pen; `even` when every column is to be filled in."""
    written = table(head, rows).replace("<tr><td>", '<tr style="height:8mm;break-inside:avoid"><td>')
    return written.replace("<table>", '<table style="table-layout:fixed">') if even else written
