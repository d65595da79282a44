"""The printed sheets of module 06 on one territory, readable in black and white, to be filled in by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from pydantic import Field

from territ_kit.course.files import files
from territ_kit.course.printed_case import story
from territ_kit.course.printed_questions import LINE, table
from territ_kit.exercises.question import Data
from territ_kit.exercises.source import read_source
from territ_kit.french import fr
from territ_kit.planning.follow_up import STATES
from territ_kit.territory import Territory


class Payer(Data):
    """Who may pay: a ceiling in euros a year (None for whoever pays the rest) and a condition."""

    name: str
    ceiling: int | None = Field(default=None, ge=0)
    condition: str


class Opening(Data):
    """What a group starts from: a priority, what is known, a first draft, money, roles, two blows.

    `cost` is in euros a year, 0 when the group writes it; like the ceilings, a teaching assumption. `roles`
    are ids of actors of the case.
    """

    priority: str
    known: tuple[str, ...]
    draft: str
    cost: int = Field(default=0, ge=0)
    funders: tuple[Payer, ...] = ()
    roles: tuple[str, ...] = ()
    pilot_gone: str
    credit_refused: str


class Openings(Data):
    """What `modules/06-planifier/depart.toml` holds: one opening a case, and one for any other territory."""

    openings: dict[str, Opening]


FIELDS = (
    ("Intitulé", 1), ("Axe et priorité", 1), ("Constat : chiffre, marge, source ; parole d’habitant", 2),
    ("Objectif : ce qui change, et pour qui", 2), ("Public et lieux, quartier prioritaire ou non", 1),
    ("Ce sur quoi l’on agit : revenus, logement, transport, travail, entourage, soins, habitudes", 2),
    ("Étapes", 3), ("Pilote", 1), ("Partenaires", 1), ("Du mois … au mois …, et ce que l’action attend", 1),
    ("Coût par an, et qui paie (au plus)", 2), ("Indicateur de processus", 1),
    ("Indicateur de réalisation", 1), ("Indicateur de résultat : départ, valeur visée, date, source", 2),
    ("Articulation avec ce qui existe : contrat, réseau, quartier, école, soins", 2),
    ("Participation : qui décide de quoi, parmi les habitants", 2), ("Pour tous, et davantage pour qui ?", 1),
)  # fmt: skip
CHECKS = (
    "Le public comprend des personnes que personne ne voit aujourd’hui.",
    "Un pilote est nommé, et ce n’est pas le coordonnateur.",
    "L’indicateur de résultat a un départ, une valeur visée, une date et une source.",
    "Un indicateur de processus dit comment l’on travaille.",
    "L’action tient dans les 36 mois.",
    "La somme des parts fait le coût. « Au plus » est écrit quand c’est un maximum.",
    "L’action s’appuie sur au moins une structure déjà présente.",
    "On lit comment des habitants décident ou agissent.",
)
CRITERIA = (
    "Qui exactement change quelque chose, et où ?", "De combien à combien ?", "Qui produira le chiffre ?",
    "Est-ce à notre portée, avec nos moyens ?", "Quel lien avec la priorité ?",
    "À quelle date le saurons-nous ?",
)  # fmt: skip
FUNDING_RULES = (
    "La somme des parts fait le coût, chaque année.",
    "Aucune part ne dépasse son maximum.",
    "Le temps des bénévoles est dit à part : il ne comble pas un manque.",
    "Nous avons un plan de repli si un financeur refuse.",
)
EXPERIENCE = (
    "Ce que nous avons essayé", "Avec qui", "Ce qui était écrit, et ce qui est arrivé", "Ce qui a tenu",
    "Ce qui a bloqué : un pilote, un crédit, un délai, autre chose", "Ce que je referais",
)  # fmt: skip
ACTIONS, MONTHS, PAYERS = 8, 36, 5
CARD = 'style="border:2px dashed #000;padding:0 4mm;margin:0 0 3mm"'
TIGHT = 'style="padding:0;text-align:center;font-size:7pt"'


def sheets(territory: Territory) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the sheets of a territory: file name to title and HTML parts.

    Raises
    ------
    CourseError
        `depart.toml` cannot be read or breaks its format.
    """
    openings = read_source(files() / "modules" / "06-planifier" / "depart.toml", Openings).openings
    opening = openings.get(territory.id, openings["autre"])
    found: dict[str, tuple[str, Iterable[str]]] = {
        "recit.html": ("le récit", [story(territory)]),
        "depart.html": ("notre point de départ", _start(territory, opening)),
        "arbre-objectifs.html": ("du problème à l’objectif", _tree()),
        "fiche-action.html": ("notre fiche action", _sheet()),
        "calendrier.html": ("trois ans, mois par mois", _calendar()),
        "cofinancement.html": ("qui paie, au plus ?", _funding(opening)),
        "cartes-evenement.html": ("le comité de pilotage rejoué", _cards(territory, opening)),
        "tableau-de-suivi.html": ("le tableau de suivi", _follow_up()),
        "plan-evaluation.html": ("ce que nous saurons dans trois ans", _evaluation()),
        "experience-vecue.html": ("fiche d’expérience vécue", _experience()),
    }
    place = territory.short_name
    return {name: (f"{place} : {title}", tuple(parts)) for name, (title, parts) in found.items()}


def _to_fill(
    head: Sequence[str], rows: Iterable[Sequence[str]], height: int, widths: Sequence[int], caption: str = ""
) -> str:
    """Return a table to write in: rows `height` millimetres tall, columns of these widths in millimetres."""
    columns = "".join(f'<col style="width:{width}mm">' for width in widths)
    empty = table(head, rows, caption).replace("<table>", '<table style="table-layout:fixed">')
    empty = empty.replace("<thead>", f"<colgroup>{columns}</colgroup><thead>")
    return empty.replace("<tr><td>", f'<tr style="height:{height}mm"><td>')


def _boxes(title: str, lines: Iterable[str]) -> str:
    each = "".join(f'<li><span class="box"></span>{escape(line)}</li>' for line in lines)
    return f'<section><h2>{title}</h2><ul class="open">{each}</ul></section>'


def _start(territory: Territory, opening: Opening) -> Iterable[str]:
    known = "".join(f"<li>{escape(line)}</li>" for line in opening.known)
    yield f"<h2>La priorité retenue</h2><p><b>{escape(opening.priority)}</b></p><ul>{known}</ul>"
    yield f"<p>Premier jet, à récrire : <b>« {escape(opening.draft)} »</b></p>"
    done = [(row["title"], row["place"], row["schedule"]) for _, row in territory.actions.iterrows()]
    yield '<div class="small">' + table(("Action", "Lieu", "Quand"), done, "Ce qui se fait déjà")
    people = [(row["name"], row["brings"], row["red_line"]) for _, row in territory.actors.iterrows()]
    yield "<p></p>" + table(
        ("Qui", "Ce qu’il peut apporter", "Sa ligne rouge"), people, "Qui pourrait piloter ou aider"
    )
    place = [(row["name"], row["carrier"], row["note"]) for _, row in territory.projects.iterrows()]
    yield "<p></p>" + table(("Cadre", "Porteur", "À savoir"), place, "Avec quoi s’articuler") + "</div>"


def _tree() -> Iterable[str]:
    def row(*titles: str, lines: int) -> str:
        room = '<div style="height:8mm"></div>' * lines
        cells = (
            f'<td style="border:2px solid #000;vertical-align:top;width:{100 / len(titles):.0f}%">'
            f"<b>{title}</b>{room}</td>"
            for title in titles
        )
        return f"<table><tr>{''.join(cells)}</tr></table>"

    arrow = '<p style="text-align:center;margin:1mm 0">↓ pour cela, il faut que… &nbsp; ↑ pour que…</p>'
    specific = (f"Objectif spécifique {number} : ce qui change pour un public" for number in (1, 2))
    operational = (f"Opérationnel {number} : ce que nous ferons" for number in ("1 a", "1 b", "2 a", "2 b"))
    yield (
        "<p>Partez du problème. Retournez chaque cause : « on ne sait pas où aller » devient « on sait où "
        "aller ». Lisez ensuite du bas vers le haut, en disant « pour que ».</p>"
    )
    yield row("Le problème, en une phrase", lines=1)
    yield '<p style="text-align:center;margin:1mm 0">↓ retournez-le ↓</p>'
    yield row("Objectif général : le changement durable", lines=1) + arrow
    yield row(*specific, lines=3) + arrow + row(*operational, lines=3)
    asked = [(question, "") for question in CRITERIA]
    yield "<p></p>" + _to_fill(("Un objectif spécifique, au crible", "Notre réponse"), asked, 9, (80, 102))
    yield f"<p>Une solution déguisée s’y cache-t-elle (« il manque un… ») ? Laquelle :</p>{LINE}"


def _sheet() -> Iterable[str]:
    rows = "".join(
        f'<tr style="height:{7 * lines + 3}mm"><th scope="row" style="width:32%">{name}</th><td></td></tr>'
        for name, lines in FIELDS
    )
    yield f"<table>{rows}</table>"
    numbered = (f"{number}. {check}" for number, check in enumerate(CHECKS, 1))
    yield _boxes("Huit contrôles, avant de montrer la fiche", numbered)


def _calendar() -> Iterable[str]:
    years = "".join(f'<th scope="col" colspan="12" {TIGHT}>Année {year}</th>' for year in (1, 2, 3))
    months = "".join(f'<th scope="col" {TIGHT}>{month}</th>' for month in range(1, MONTHS + 1))
    cells = "".join(
        f'<td style="padding:0{";border-right:2px solid #000" if month % 12 == 0 else ""}"></td>'
        for month in range(1, MONTHS + 1)
    )
    rows = "".join(
        f'<tr style="height:10mm"><th scope="row" {TIGHT}>{letter}</th><td></td><td></td>{cells}</tr>'
        for letter in "ABCDEFGH"
    )
    yield (
        "<p>Noircissez les mois où l’action se fait. Écrivez la lettre de celles qu’elle attend. Cherchez "
        "ensuite la suite d’actions la plus longue : elle décide de la fin.</p>"
        '<table style="table-layout:fixed"><colgroup><col style="width:5mm"><col style="width:34mm">'
        f'<col style="width:11mm"></colgroup><thead><tr><th colspan="3" {TIGHT}></th>{years}</tr>'
        f'<tr><th {TIGHT}></th><th scope="col" {TIGHT}>Action</th>'
        f'<th scope="col" {TIGHT}>Attend</th>{months}</tr></thead><tbody>{rows}</tbody></table>'
        "<p>La suite la plus longue : ________ → ________ → ________ → ________ Fin au mois ________</p>"
    )
    lines = ("Comités et réunions", "Suivi des actions", "", "", "", "Total", "Disponibles", "Ce qui dépasse")
    yield _to_fill(
        ("Ce que le coordonnateur fait", "Année 1", "Année 2", "Année 3"),
        [(line, "", "", "") for line in lines],
        8,
        (77, 35, 35, 35),
        "Le temps de la coordination, en jours",
    )
    yield (
        "<p>Un temps plein compte 200 jours par an : c’est une hypothèse pédagogique. Un mi-temps en compte "
        f"100.</p><p>Si cela dépasse, nous retirons ou nous payons :</p>{LINE}"
    )


def _funding(opening: Opening) -> Iterable[str]:
    yield (
        "<p>Les coûts et les plafonds de cette feuille sont des hypothèses pédagogiques. Un maximum n’est "
        "pas une promesse : écrivez « au plus », et demandez une réponse écrite.</p>"
    )
    blank = ("",) * 4
    rows = [
        (one.name, "le reste" if one.ceiling is None else fr(one.ceiling, unit="€"), one.condition, *blank)
        for one in opening.funders
    ]
    rows += [("", "", "", *blank)] * (PAYERS - len(rows))
    cost = fr(opening.cost, unit="€") if opening.cost else ""
    rows += [("Total des parts", "", "", *blank), ("Coût", cost, "par an", *blank)]
    rows += [("Ce qui manque", "", "coût moins total", *blank)]
    head = ("Qui paie", "Au plus, par an", "À quelle condition", "An 1", "An 2", "An 3", "Accord écrit")
    yield _to_fill(head, rows, 9, (38, 22, 40, 21, 21, 21, 19), "Le plan de cofinancement")
    yield _boxes("Le plan se ferme-t-il ?", FUNDING_RULES) + f"<p>Le plan de repli :</p>{LINE}"
    yield (
        "<section><h2>Et si l’action est un poste de coordination ?</h2><p>Réseau territorial de promotion "
        "de la santé, en Normandie. La Région paie <b>au plus</b> 25 % d’un seul poste par territoire, et "
        f"<b>au plus</b> {fr(20_000, unit='€')} pour un temps plein. Source : document de la Région, non "
        "daté, à vérifier. Le temps partiel n’y est pas détaillé : à demander.</p>"
        "<p>Coût du poste : ________ € × 25 % = ________ €. La Région : ________ €, au plus. "
        "Un second poste ne reçoit rien.</p></section>"
    )


def _cards(territory: Territory, opening: Opening) -> Iterable[str]:
    for title, text in (
        ("Le pilote est parti", opening.pilot_gone),
        ("Le crédit est refusé", opening.credit_refused),
        ("Un événement du territoire", territory.event),
    ):
        yield (
            f"<section {CARD}><h2>{title}</h2><p>{escape(text.strip())}</p>"
            "<p><b>Le comité répond.</b> Quelles actions sont touchées ? Quelle est la cause ? Que "
            "décidons-nous, et qui s’en charge ? À quelle date en reparlons-nous ?</p></section>"
        )
    yield '<div class="page"></div>'
    for role in opening.roles:
        actor = {name: escape(str(words)) for name, words in territory.actors.loc[role].items()}
        yield (
            f'<section {CARD}><h2 style="margin-top:3mm">{actor["name"]}</h2><p><b>Ce que je veux.</b> '
            f"{actor['wants']}<br><b>Ma ligne rouge.</b> {actor['red_line']}<br>"
            f"<b>Ce que j’apporte.</b> {actor['brings']}</p></section>"
        )


def _follow_up() -> Iterable[str]:
    yield (
        f"<p>Une ligne par action. L’état se dit : <b>{', '.join(STATES.values())}</b>. Une action "
        "en retard a toujours une cause, une décision et une date.</p>"
        "<p>Comité du : ____________________ Présents : ________________________________________</p>"
    )
    head = ("Action", "Pilote", "État", "Cause", "Décision du comité", "Qui s’en charge", "Revu le")
    yield _to_fill(head, [("",) * len(head)] * ACTIONS, 22, (34, 24, 20, 30, 36, 20, 18))
    yield f"<p>Ce que nous arrêtons, et à qui nous le disons :</p>{LINE}"


def _evaluation() -> Iterable[str]:
    asked = ("La question que se pose un élu, avec ses mots", "La même, à la portée de trois ans")
    yield "".join(f"<p>{question} :</p>{LINE}" for question in asked) + "<p></p>"
    kinds = ("Processus : comment nous travaillons", "Réalisation : ce que nous avons fait")
    rows = [(kind, "", "", "", "", "") for kind in (*kinds, *("Résultat : ce qui a changé",) * 2)]
    head = ("Sorte", "Indicateur", "Départ", "Visé", "Date", "Source, et qui mesure")
    yield _to_fill(head, rows, 20, (34, 46, 18, 18, 20, 46), "Nos indicateurs, peu nombreux")
    yield (
        f"<h2>Hors d’atteinte : nous le suivons, nous ne le promettons pas</h2>{LINE}"
        f"<h2>Ce qui nous ferait changer d’avis sur l’action</h2>{LINE}"
        f"<h2>Qui n’est pas compté, et comment nous l’entendrons</h2>{LINE}"
        f"<h2>À qui nous rendrons la réponse, et quand</h2>{LINE}"
    )


def _experience() -> Iterable[str]:
    yield (
        "<p>Sans nom de personne ni de commune. Cette fiche sert à échanger, elle n’est pas notée.</p>"
        "<p>Mon rôle : ____________________ L’année : ________</p>"
    )
    yield "".join(f"<section><h2>{question}</h2>{LINE * 2}</section>" for question in EXPERIENCE)
    yield (
        "<h2>En parler à plusieurs, en 45 minutes</h2><p>Présenter sa fiche : 5. Questions pour comprendre, "
        "sans conseil : 10. Hypothèses, la personne écoute : 15. Ce qu’elle retient : 5. Ce que chacun "
        "emporte : 10.</p>"
    )
