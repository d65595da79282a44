"""The sheets special to the diagnosis of a case: grid, cards, tree, stages, strengths, findings, listening.

Black and white, A4 turned on its side where a board needs the width, readable when enlarged to A3.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import mistune

from territ_kit.course.printed_crossing import WORDS, action, boxes, grid, paragraphs
from territ_kit.course.printed_questions import LINE
from territ_kit.exercises.reading import typeset
from territ_kit.territory import Territory

BOARD = """<style>
@page{size:A4 landscape;margin:10mm}
body{max-width:none}
.cross{font-size:8.5pt;table-layout:fixed}.cross td,.cross th{vertical-align:top;overflow-wrap:anywhere}
.cross p,.cards p{margin:0 0 1mm}.cross .box{width:3mm;height:3mm;margin-right:1mm}
.cross tr{break-inside:avoid}.free td{height:24mm}
.small{font-weight:400;font-size:8pt}
.cards{display:grid;grid-template-columns:repeat(3,1fr);gap:0}
.cards section{border:1px dashed #000;padding:3mm;margin:0;min-height:38mm;font-size:9pt}
.cards h2{font-size:10pt;margin:0 0 1mm}.kind{font-size:8pt;border-bottom:1px solid #000}
.row{display:flex;gap:6mm}.row>div{flex:1;border:1.5px solid #000;min-height:20mm;padding:2mm;font-size:9pt}
.row>.root{border-style:solid;border-width:3px}.row>.aside{border-style:dashed;margin-top:4mm}
.link{text-align:center;margin:1mm 0}
.board td,.board th{vertical-align:top;height:34mm}.board tbody th{width:22%}.board td.tall,.tall{height:62mm}
@media screen{.cards{grid-template-columns:repeat(auto-fit,minmax(220px,1fr))}.row{flex-wrap:wrap}
.row>div{min-width:200px}.wide{overflow-x:auto}.wide table{min-width:900px}}
</style>"""
TIGHT = "<style>section p{margin:1mm 0}.line{height:7mm}</style>"
STATUSES = {"running": "En place", "preparing": "En préparation"}
KINDS = {
    "resident": "Parole d’habitants",
    "professional": "Parole de professionnels",
    "elected": "Parole d’élus",
}
STAGES = (
    ("La personne", "Ce qu’elle sait, ce qu’elle fait, son âge, son histoire."),
    ("L’entourage et la vie sociale", "Famille, pairs, voisins, associations."),
    ("Les conditions de vie", "Logement, travail, école, revenus, transports, soins."),
    ("Les règles et les choix de la société", "Lois, budgets, aménagement, manière de financer."),
)
SIDES = (
    ("Nos forces", "Chez nous, et cela aide. Qui est écouté ? Qu’est-ce qui marche déjà ?"),
    ("Nos faiblesses", "Chez nous, et cela gêne. Qui n’est touché par rien ? Qui est seul ?"),
    ("Les opportunités", "Vient d’ailleurs, et peut aider. Quelle porte s’ouvre, jusqu’à quand ?"),
    ("Les menaces", "Vient d’ailleurs, et peut gêner. Que se passe-t-il si un financeur part ?"),
)
EXPERIENCE = (
    "Ce que nous avons essayé, et pour qui",
    "Avec qui. Qui manquait autour de la table ?",
    "Ce qui a marché",
    "Ce qui a bloqué, sans nommer personne",
    "Ce que les personnes concernées en ont dit",
    "Ce que je referais, et ce que je ne referais pas",
)
EXCHANGE = (
    ("Présenter la situation", 5),
    ("Poser des questions, sans conseil", 10),
    ("Proposer des explications", 15),
    ("Celui qui a présenté dit ce qu’il retient", 5),
    ("Chacun dit ce qu’il emporte", 10),
)
STOPS, FINDINGS = 6, 5


def sheets(territory: Territory) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the sheets of a case: file name to its title and the parts of its body, in HTML."""
    name = territory.short_name
    boards = {
        "croisement.html": (f"{name} : la grille de croisement", grid(territory)),
        "cartes.html": (f"{name} : les cartes à découper", cards(territory)),
        "arbre.html": (f"{name} : l’arbre à problèmes", tree()),
        "etages.html": (f"{name} : ce qui fait la santé, par étages", stages()),
        "forces.html": (f"{name} : forces, faiblesses, opportunités, menaces", strengths()),
    }
    pages = {
        "constats.html": (f"{name} : nos constats, en ordre", findings()),
        "ecouter.html": (f"{name} : marcher, écouter", listening(territory)),
        "vecu.html": ("Fiche d’expérience vécue", experience()),
    }
    drawn = {file: (title, (BOARD, *parts)) for file, (title, parts) in boards.items()}
    drawn |= {file: (title, (TIGHT, *parts)) for file, (title, parts) in pages.items()}
    return {file: (typeset(title), tuple(map(typeset, parts))) for file, (title, parts) in drawn.items()}


def cards(territory: Territory) -> Iterable[str]:
    """Yield the actions, the voices and the arrangements of the case, as cards to cut out."""
    yield "<p>Coupez le long des pointillés. Un jeu par groupe. Les personnages sont fictifs.</p>"
    told = ((row, *action(territory, str(identifier))) for identifier, row in territory.actions.iterrows())
    drawn = [
        _card(
            f"Action. {territory.themes[row['theme']]}",
            title,
            paragraphs([*said, f"Porteur : {territory.actors.loc[row['lead'], 'name']}"]),
        )
        for row, title, said in told
    ]
    drawn += [
        _card(KINDS[voice.kind], voice.role, str(mistune.html(voice.text))) for voice in territory.voices
    ]
    drawn += [
        _card(
            "Dispositif",
            str(row["name"]),
            paragraphs([f"Porteur : {row['carrier']}", STATUSES[row["status"]], str(row["note"])]),
        )
        for _, row in territory.projects.iterrows()
    ]
    yield f'<div class="cards">{"".join(drawn)}</div>'


def tree() -> Iterable[str]:
    """Yield a problem tree to fill, then the objective tree that it becomes."""
    yield (
        "<p>Commencez par le problème : ce que vivent des personnes. Puis descendez : « parce que… ». "
        "Puis montez : « donc… ». Chaque lien se vérifie : qu’est-ce qui le montre, qui nous l’a dit ?</p>"
    )
    yield _tree("donc…", ("Une conséquence",) * 3, "Le problème : qui vit quoi, et où ?", "parce que…")
    yield _boxed(
        [("aside", "Solutions déguisées : « il manque… », « il faut… ». De quel problème parlent-elles ?")]
    )
    yield (
        '<h2 class="page">L’arbre d’objectifs</h2><p>Retournez chaque phrase : ce que l’on veut à la place. '
        "Une phrase qui ne se retourne pas cachait une solution.</p>"
    )
    yield _tree("pour que…", ("Un effet attendu",) * 3, "L’objectif : qui vivra quoi, et où ?", "grâce à…")


def stages() -> Iterable[str]:
    """Yield the layers of what makes health, with who holds the lever and what is done."""
    yield (
        "<p>Placez vos cartes et vos faits à l’étage qu’ils touchent d’abord. "
        "Quel étage est vide ? Quel étage porte tout ?</p>"
    )
    head = ("L’étage", "Ce qui joue ici : faits et paroles", "Qui tient le levier", "Ce qui se fait déjà")
    body = "".join(
        f'<tr><th scope="row">{escape(name)}<p class="small">{escape(about)}</p></th>{"<td></td>" * 3}</tr>'
        for name, about in reversed(STAGES)
    )
    columns = "".join(f'<th scope="col" style="height:auto">{word}</th>' for word in head)
    yield (
        f'<div class="wide"><table class="board"><thead><tr>{columns}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def strengths() -> Iterable[str]:
    """Yield the board of strengths, weaknesses, opportunities and threats."""
    yield "<p>Un fait par ligne, jamais une solution. Écrivez d’où vous le tenez.</p>"
    cells = [f"<td class='tall'><b>{name}</b><p>{escape(about)}</p></td>" for name, about in SIDES]
    yield (
        '<table class="board"><thead><tr><th style="height:auto">Cela aide</th>'
        '<th style="height:auto">Cela gêne</th></tr></thead>'
        f"<tbody><tr>{cells[0]}{cells[1]}</tr><tr>{cells[2]}{cells[3]}</tr></tbody></table>"
    )


def findings() -> Iterable[str]:
    """Yield how to fill the list of findings, then room for each, the best argued first."""
    yield (
        "<p>Du mieux étayé au plus fragile. Un constat dit ce qui est, pour qui, et où. "
        "Il laisse la réponse à la suite.</p>"
        "<p>Groupe : ____________________</p>"
    )
    for number in range(1, FINDINGS + 1):
        ticks = boxes(WORDS).replace("<p>", '<span class="reason">').replace("</p>", "</span>")
        yield (
            f"<section><h2>{number}. Le constat, en une phrase</h2>{LINE}<p>{ticks}</p>"
            f"<p><i>Le chiffre, avec sa marge et sa source.</i></p>{LINE}"
            f"<p><i>La parole, et qui la dit.</i></p>{LINE}"
            f"<p><i>Ce qui existe, ce qui se fait, et ce qu’il reste à vérifier.</i></p>{LINE}</section>"
        )


def listening(territory: Territory) -> Iterable[str]:
    """Yield the sheet of a walk and that of a small group: whom to hear, where, when, with which question."""
    question = escape(territory.question)
    yield (
        f"<p>La question posée aux habitants : <b>{question}</b> « Je ne sais pas » est une réponse. "
        "On note les mots, pas les noms. Si quelqu’un va mal : le 3114, jour et nuit, gratuitement.</p>"
    )
    yield (
        "<section><h2>Qui n’avons-nous pas entendu ?</h2>"
        f"{_lines_table(('Qui', 'Où et quand les trouver', 'Avec qui y aller'), 3)}</section>"
    )
    yield (
        "<section><h2>Le diagnostic en marchant : feuille de route</h2>"
        "<p>Départ : __________ Heure : __________ Avec : ____________________</p>"
        f"{_lines_table(('Arrêt', 'Ce que l’on voit', 'Ce que disent les habitants', 'À vérifier'), STOPS)}"
        "</section>"
    )
    yield (
        '<section class="page"><h2>Le petit groupe de parole : conducteur</h2><ol>'
        "<li>Accueillir, dire à quoi cela sert, et ce qui sera cité. Chacun peut se taire ou partir.</li>"
        f"<li>Un tour, une phrase chacun : {question}</li>"
        "<li>Raconter une fois où cela s’est bien passé, une fois où l’on a renoncé.</li>"
        "<li>Relire à voix haute ce qui a été noté. Les participants corrigent.</li>"
        f"<li>Dire la suite : qui reçoit quoi, quand, et quand l’on se revoit.</li></ol>{LINE * 8}</section>"
    )


def experience() -> Iterable[str]:
    """Yield the sheet of a lived experience, and the protocol to exchange on one of them."""
    yield (
        "<p>Une action ou une situation que vous avez vécue, sur votre territoire. "
        "Aucun nom : ni habitant, ni collègue, ni commune.</p>"
    )
    for title in EXPERIENCE:
        yield f"<section><h2>{escape(title)}</h2>{LINE * 2}</section>"
    steps = "".join(f"<li>{escape(step)} : {minutes} minutes.</li>" for step, minutes in EXCHANGE)
    total = sum(minutes for _, minutes in EXCHANGE)
    yield (
        f"<section><h2>Pour en parler à plusieurs : {total} minutes</h2><ol>{steps}</ol>"
        "<p>Le formateur recueille les fiches, sans nom, s’il a l’accord de chacun.</p></section>"
    )


def _card(kind: str, title: str, body: str) -> str:
    return f'<section><p class="kind">{escape(kind)}</p><h2>{escape(title)}</h2>{body}</section>'


def _boxed(cells: Iterable[tuple[str, str]]) -> str:
    inner = "".join(f'<div class="{css_class}">{escape(words)}</div>' for css_class, words in cells)
    return f'<div class="row">{inner}</div>'


def _tree(above: str, branches: tuple[str, ...], trunk: str, below: str) -> str:
    """Return the boxes of a tree, from its branches down to its roots."""
    roots = ("Une cause",) * 3 if below == "parce que…" else ("Un moyen",) * 3
    return (
        f'{_boxed(("", word) for word in branches)}<p class="link">↑ {above}</p>'
        f'{_boxed([("root", trunk)])}<p class="link">↓ {below}</p>{_boxed(("", word) for word in roots)}'
        f'<p class="link">↓ {below}</p>{_boxed(("", word) for word in roots)}'
    )


def _lines_table(head: tuple[str, ...], count: int) -> str:
    columns = "".join(f'<th scope="col">{escape(word)}</th>' for word in head)
    row = f'<tr style="height:12mm">{"<td></td>" * len(head)}</tr>'
    return f"<table><thead><tr>{columns}</tr></thead><tbody>{row * count}</tbody></table>"
