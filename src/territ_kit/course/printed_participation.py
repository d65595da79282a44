"""The sheets of module 04 that serve any territory: ladder, nominal group, agreement, lived experience."""

from __future__ import annotations

from collections.abc import Iterable

from territ_kit.consultation.participation import LADDER
from territ_kit.course.printed_questions import LINE, table

NOMINAL = (
    ("5 min", "En silence", "Chacun écrit ses idées, seul."),
    ("6 min", "Tour de table", "Une idée par personne et par tour, avec ses mots, sans commentaire."),
    ("5 min", "Clarifier", "On demande « que veux-tu dire ? ». On ne défend pas, on ne critique pas."),
    ("2 min", "Annoncer", "Ce que le vote décide, comment on compte, et la case « je ne sais pas »."),
    ("4 min", "Voter", "Cinq idées au plus : le bulletin à mentions. Davantage : 5 points, puis 4, 3, 2, 1."),
    ("8 min", "Lire", "On lit le résultat, puis le désaccord. Une autre règle changerait-elle l’ordre ?"),
)
EXCHANGE = (
    ("5 min", "Présenter", "La personne raconte. Personne ne l’interrompt."),
    ("10 min", "Questions", "Des questions pour comprendre, pas des conseils déguisés."),
    ("15 min", "Hypothèses", "Le groupe cherche ce qui explique. La personne écoute et note."),
    ("5 min", "Retour", "La personne dit ce qu’elle garde."),
    ("10 min", "Ce que chacun emporte", "Une phrase chacun, pour son propre territoire."),
)
STEPS = ("Durée", "Temps", "Ce que l’on fait")


def shared_sheets() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the title and the parts of each sheet, by file name."""
    return {
        "echelle.html": ("Donner son vrai nom à la participation", tuple(_ladder())),
        "groupe-nominal.html": ("Du silence au vote : le groupe nominal", tuple(_nominal_group())),
        "accord.html": ("Sommes-nous d’accord ? Compter à la main", tuple(_agreement())),
        "experience.html": ("Fiche d’expérience vécue", tuple(_experience())),
    }


def _ladder() -> Iterable[str]:
    yield (
        "<p>Huit barreaux, d’après Arnstein (1969). Les noms français sont les nôtres, à vérifier. Écrivez "
        "chaque action à sa place : la vôtre, celles du cas. Chaque barreau peut être honnête, si l’on dit "
        "son nom.</p>"
    )
    rows = [(str(rung.level), rung.name, rung.meaning, "") for rung in reversed(LADDER.values())]
    yield tall(table(("", "Barreau", "En clair", "Nos actions"), rows), 19).replace(
        ">Nos", ' style="width:75mm">Nos'
    )
    yield (
        "<p><b>Trois questions pour choisir.</b> La décision est-elle déjà prise ? Que devient l’avis "
        "donné, et qui le leur dit ? Peuvent-ils dire non ?</p>"
        f"<p>Un barreau à monter, et comment :</p>{LINE * 2}"
    )


def _nominal_group() -> Iterable[str]:
    yield table(STEPS, NOMINAL)
    yield f"<h2>Mes idées, en silence</h2>{LINE * 5}"
    ideas = [(str(number), "", "", "", "") for number in range(1, 13)]
    yield (
        '<h2 class="page">Nos idées et nos points</h2><p>Deux lectures : le total des points, et le nombre '
        "de personnes. Une idée peut avoir beaucoup de points et peu de soutiens.</p>"
    )
    yield tall(
        table(("N°", "L’idée, avec les mots de son auteur", "Points reçus", "Total", "Personnes"), ideas), 12
    )
    yield f"<p>Une idée que personne n’a choisie, et qui mérite d’être gardée :</p>{LINE}"


def _agreement() -> Iterable[str]:
    yield (
        "<p>Chacun range les idées, de 1 (d’abord) à la dernière. On additionne les rangs de chaque idée. "
        "Si les sommes sont très différentes, on est d’accord. Si elles se ressemblent, chacun range à sa "
        "façon.</p>"
        "<p><b>L’indice d’accord (W de Kendall), en quatre lignes.</b> P personnes, N idées, sans "
        "égalité.</p>"
        "<ol><li>La moyenne des sommes : P × (N + 1) ÷ 2.</li>"
        "<li>Pour chaque idée : l’écart entre sa somme et cette moyenne, multiplié par lui-même.</li>"
        "<li>Additionnez : c’est S.</li>"
        "<li>W = 12 × S ÷ (P × P × (N × N × N − N)). 0 : aucun ordre commun. "
        "1 : le même ordre pour tous.</li></ol>"
    )
    example = [("Idée X", *"1123", "7"), ("Idée Y", *"3231", "9"), ("Idée Z", *"2312", "8")]
    people = [f"Personne {number}" for number in range(1, 5)]
    yield (
        f"<section>{table(('Idée', *people, 'Somme'), example, 'Un exemple')}"
        "<p>Moyenne des sommes : 4 × 4 ÷ 2 = 8. Écarts : −1, 1 et 0, donc S = 2. "
        "W = 12 × 2 ÷ (16 × 24), soit 0,06 : chacune range à sa façon.</p></section>"
    )
    head = ("Idée", *map(str, range(1, 9)), "Somme", "Écart", "Écart × écart")
    yield tall(table(head, [("",) * len(head)] * 7), 11).replace("<td>", '<td style="width:45mm">', 1)
    yield (
        "<p>S : ________ W : ________</p><p><b>La phrase à lire :</b> la force de l’accord, ce qui "
        f"rassemble, ce qui divise.</p>{LINE * 2}"
    )


def _experience() -> Iterable[str]:
    yield (
        "<p>Pensez à une fois où des habitants, des usagers ou des partenaires ont été associés. "
        "Ne citez personne : dites des rôles.</p>"
    )
    for title, lines in (
        ("Ce que l’on a essayé", 3),
        ("Avec qui, et qui n’était pas là", 2),
        ("Ce qui a bloqué", 3),
        ("Ce que je referais", 2),
        ("Ce que je ne referais pas", 2),
    ):
        yield f"<section><h2>{title}</h2>{LINE * lines}</section>"
    yield (
        '<section class="page"><h2>L’échanger à plusieurs : 45 minutes</h2>'
        f"{table(STEPS, EXCHANGE)}<p>Ce que j’emporte :</p>{LINE * 2}</section>"
    )


def tall(rows: str, height: int) -> str:
    """Return a table of `table` with room to write: each row is `height` mm high."""
    return rows.replace("<tr><td>", f'<tr style="height:{height}mm"><td>')
