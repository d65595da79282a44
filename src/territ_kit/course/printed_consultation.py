"""The consultation of a case on paper: cut out, filled and counted by hand, in black and white."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import mistune

from territ_kit.consultation.stakeholders import QUADRANTS
from territ_kit.consultation.voting import GRADES
from territ_kit.course.printed_participation import tall
from territ_kit.course.printed_questions import LETTERS, LINE, table
from territ_kit.territory import Territory

FROM_THE_TOP = GRADES[::-1]
UNKNOWN = "Je ne sais pas"
BALLOTS, IDEAS, BLANK_CARDS = 4, 5, 2
EXAMPLE = (3, 3, 2, 2, 0)
"""Ten ballots to be counted by hand, in the order of the grades."""

CARD = (
    "display:inline-block;box-sizing:border-box;width:88mm;min-height:56mm;margin:0 1mm 2mm 0;"
    "padding:2mm 3mm;border:1.2px dashed #000;vertical-align:top;font-size:9.5pt;break-inside:avoid"
)
BALLOT = (
    "break-inside:avoid;border:1.2px dashed #000;padding:1.5mm 2mm;margin:0 0 2mm;"
    "font-size:8pt;line-height:1.15"
)
MAP = (
    '<svg viewBox="0 0 100 100" width="122mm" height="122mm" style="display:block;margin:0 auto" '
    'role="img" aria-label="Un carré vide, en quatre cases.">'
    '<path d="M1 1H99V99H1Z" fill="none" stroke="#000" stroke-width=".6"/>'
    '<path d="M50 1V99M1 50H99" stroke="#000" stroke-width=".4" stroke-dasharray="2 2"/>'
)
CORNERS = {
    "interesser": (4, 7, "start"),
    "associer": (96, 7, "end"),
    "garder_le_lien": (4, 96, "start"),
    "renforcer": (96, 96, "end"),
}
"""Where the name of each quadrant is written: x, y, anchor."""


def sheets(territory: Territory) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the title and the parts of each sheet of a case in module 04, by file name."""
    name = territory.short_name
    return {
        "carte-acteurs.html": (f"{name} : la carte des acteurs, à remplir", tuple(_actor_map(territory))),
        "cartes-a-decouper.html": (f"{name} : les acteurs, à découper", tuple(_actor_cards(territory))),
        "positions.html": (f"{name} : ce qui arrive, et qui défend quoi", tuple(_positions(territory))),
        "bulletins.html": (f"{name} : les bulletins", tuple(_ballots(territory))),
        "depouillement.html": (f"{name} : compter les bulletins à la main", tuple(_counting(territory))),
    }


def _lettered(labels: Iterable[object]) -> str:
    pairs = zip(LETTERS, labels, strict=False)
    return " · ".join(f"<b>{letter}</b> {escape(str(label))}" for letter, label in pairs)


def _actor_map(territory: Territory) -> Iterable[str]:
    words = "".join(
        f'<text x="{x}" y="{y}" font-size="3.6" font-weight="700" text-anchor="{anchor}">'
        f"{QUADRANTS[quadrant].label}</text>"
        for quadrant, (x, y, anchor) in CORNERS.items()
    )
    yield (
        "<p>Écrivez chaque lettre à sa place, telle qu’elle est aujourd’hui. En hauteur : le pouvoir de "
        "faire avancer ou d’arrêter le projet. En largeur : l’intérêt pour le sujet.</p>"
        f"<p>{_lettered(territory.actors['name'])}</p>"
        '<p style="text-align:center;margin:0">↑ beaucoup de pouvoir (en bas : peu de pouvoir)</p>'
        f"{MAP}{words}</svg>"
        '<p style="text-align:center;margin:0">← peu d’intérêt · beaucoup d’intérêt →</p>'
    )
    empty = table(
        ("Acteur", "Aujourd’hui", "Dans six mois", "Ce que nous faisons", "Avec quels moyens"),
        [("",) * 5] * 4,
    )
    yield (
        '<h2 class="page">Qui manque ?</h2><p>Qui porte l’action dont on parle ? Qui vit la situation ? '
        f"Qui ne peut pas venir, et pourquoi ?</p>{LINE * 4}"
        "<h2>Qui peut faire changer d’avis qui ?</h2><p>Tracez des flèches sur la carte : un trait fin pour "
        "un peu, un trait épais pour beaucoup. Écrivez ici les deux flèches qui comptent le plus.</p>"
        f"{LINE * 2}<h2>Ce que nous changeons</h2><p>La carte dit aujourd’hui. Choisissez un acteur "
        f"à déplacer, et ce que vous ferez pour cela.</p>{tall(empty, 12)}"
        f"<p>Qui n’a sa place dans aucune de ces cases ?</p>{LINE * 2}"
    )


def _actor_cards(territory: Territory) -> Iterable[str]:
    yield (
        "<p>Découpez les cartes. Chacun en prend une et parle à la première personne : « Je veux… ». "
        "Les rôles sont fictifs. Deux cartes vides attendent ceux qui manquent.</p>"
    )
    heads = {"wants": "Ce que je veux.", "red_line": "Ma ligne rouge.", "brings": "Ce que j’apporte."}

    def card(name: str, said: Sequence[str], space: int) -> str:
        lines = "".join(
            f'<p style="margin:{space}mm 0"><i>{head}</i> {escape(text)}</p>'
            for head, text in zip(heads.values(), said, strict=True)
        )
        return f'<div style="{CARD}"><b>{escape(name)}</b>{lines}</div>'

    actors = territory.actors
    filled = [
        card(name, said, 1)
        for name, said in zip(actors["name"], actors[list(heads)].to_numpy().tolist(), strict=True)
    ]
    blank = card("Qui manque : ________________", [""] * len(heads), 5)
    yield "".join([*filled, blank * BLANK_CARDS])


def _positions(territory: Territory) -> Iterable[str]:
    yield (
        f"<h2>Ce qui arrive (fictif)</h2><blockquote>{mistune.html(territory.event)}</blockquote>"
        f"<h2>Le débat</h2><p>{escape(territory.debate)}</p>"
        f"<h2>La question à poser aux habitants</h2><p>{escape(territory.question)}</p>"
    )
    labels = territory.objectives["label"]
    rows = [
        (name, *map(_signed, stances))
        for name, stances in zip(
            territory.actors.loc[territory.positions.index, "name"],
            territory.positions.to_numpy(dtype=int).tolist(),
            strict=True,
        )
    ]
    yield (
        '<h2 class="page">Qui défend quoi</h2><p>Devinez d’abord, avec les cartes. Regardez ensuite. '
        "De −3 (très opposé) à +3 (très favorable). Un point : ne prend pas parti.</p>"
        f"<p>{_lettered(labels)}</p>"
    )
    yield table(("Acteur", *LETTERS[: len(labels)]), rows)
    yield (
        "<p>Cherchez : un objectif que personne ne refuse ; un objectif qui partage la table ; "
        f"deux acteurs que l’on croit opposés, et qui ne le sont pas.</p>{LINE * 3}"
    )


def _ballots(territory: Territory) -> Iterable[str]:
    yield (
        "<p>Une page à découper, puis une page vierge pour vos propres idées. Avant de voter, dites trois "
        "choses : ce que le vote décide, comment on compte, et qu’une case « je ne sais pas » existe. "
        "Le bulletin se plie en deux et va dans une boîte.</p>"
        "<p><b>Comment on compte.</b> On range les avis, du meilleur au moins bon, et on lit celui du "
        "milieu. Les « je ne sais pas » sont annoncés à côté.</p>"
    )
    yield f'<div class="page"></div>{_ballot(map(str, territory.objectives["label"])) * BALLOTS}'
    yield f'<div class="page"></div>{_ballot([""] * IDEAS, height=7) * BALLOTS}'


def _ballot(ideas: Iterable[str], height: float = 5.5) -> str:
    head = "".join(
        f'<th scope="col" style="width:13mm;font-size:7pt">{grade}</th>' for grade in (*FROM_THE_TOP, UNKNOWN)
    )
    rows = "".join(
        f'<tr><td style="height:{height}mm">{escape(idea)}</td>{"<td></td>" * (len(GRADES) + 1)}</tr>'
        for idea in ideas
    )
    return (
        f'<div style="{BALLOT}"><b>Mon avis.</b> Une croix par ligne. Personne ne saura qui a voté quoi.'
        f'<table><thead><tr><th scope="col">Cette idée est…</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _counting(territory: Territory) -> Iterable[str]:
    head = ("Mention", "Bâtons", "Nombre", "Somme depuis le haut")
    yield (
        "<p>Une personne ouvre les bulletins et lit, une autre fait des bâtons, une troisième vérifie.</p>"
        "<ol><li>Faites un bâton par bulletin, dans la ligne de sa mention.</li>"
        "<li>Mettez les « je ne sais pas » à part. Comptez les autres bulletins : c’est le total.</li>"
        "<li>Additionnez depuis le haut : « Très bien », puis « Très bien » et « Bien », et ainsi de "
        "suite.</li>"
        "<li>Divisez le total par deux. Descendez : la première ligne où la somme <b>dépasse</b> cette "
        "moitié est la mention de l’idée (mention majoritaire).</li></ol>"
        "<p><b>Même mention pour deux idées ?</b> Comptez les bulletins au-dessus de la mention, et "
        "au-dessous. Plus de bulletins au-dessus : écrivez « + ». Sinon, écrivez « − ». Un « + » passe "
        "devant un « − ». Entre deux « + », la plus grande part au-dessus. Entre deux « − », la plus petite "
        "part au-dessous.</p>"
    )
    example = [
        (grade, "|" * EXAMPLE[place], str(EXAMPLE[place]), str(sum(EXAMPLE[: place + 1])))
        for place, grade in enumerate(FROM_THE_TOP)
    ]
    yield (
        f"<section>{table(head, example, 'Un exemple : dix bulletins')}"
        "<p>La moitié de dix est cinq. La somme dépasse cinq à « Bien » : la mention est <b>Bien</b>. "
        "Trois bulletins au-dessus, quatre au-dessous : « − ».</p></section>"
        '<div class="page"></div>'
    )
    yield from (_tally(head, str(label)) for label in territory.objectives["label"])
    yield '<div class="page"></div>'
    yield from (_tally(head, f"Votre idée : {'_' * 50}") for _ in range(IDEAS))
    yield (
        "<p><b>Une autre règle donnerait-elle un autre gagnant ?</b> Comparez : le plus de « Très bien », "
        f"le plus d’« Assez bien » ou mieux, la meilleure mention.</p>{LINE * 2}"
    )


def _tally(head: Sequence[str], idea: str) -> str:
    return (
        f"<section>{table(head, [(grade, '', '', '') for grade in FROM_THE_TOP], idea)}"
        f"<p>{UNKNOWN} : ______ Total des autres : ______ Moitié : ______ "
        "<b>Mention : ______________</b> + ou − : ____</p></section>"
    )


def _signed(stance: int) -> str:
    return "·" if stance == 0 else f"+{stance}" if stance > 0 else f"−{-stance}"
