"""The problem tree: one problem, its causes below, its consequences above, then its tree of objectives."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pandas as pd

from territ_kit.diagnosis.checks import check_codes, check_columns, check_unique
from territ_kit.diagnosis.disguised import spot_solution
from territ_kit.errors import InputError

KINDS = {
    "problem": "problème",
    "cause": "cause",
    "consequence": "conséquence",
    "disguised": "solution déguisée",
}
_COLUMNS = ["id", "text", "kind", "under"]
_SIDES = {"cause": -1, "consequence": 1}
WANTED = {"problem": "objectif général", "cause": "objectif à atteindre", "consequence": "effet attendu"}
"""What each kind of statement becomes in the tree of objectives."""


def check_tree(statements: pd.DataFrame) -> list[str]:
    """Return what keeps statements from being a tree, one French sentence each; nothing when all holds.

    Parameters
    ----------
    statements : DataFrame
        `id` (unique text), `text`, `kind` ("problem", "cause", "consequence", "disguised") and `under`: the
        id of the statement that a cause explains or that a consequence follows from; "" for the problem, and
        for what is not placed yet. A disguised solution is set aside: its place is not read.

    Raises
    ------
    InputError
        If a column is absent, a kind is unknown or an id comes twice.

    Notes
    -----
    A tree has one problem; causes stand under the problem or another cause, consequences under the problem or
    another consequence; every line leads to the problem.

    Examples
    --------
    >>> check_tree(pd.DataFrame([("a", "Trop de renoncements", "cause", "")],
    ...                         columns=["id", "text", "kind", "under"]))[0][:27]
    'Aucun problème n’est écrit.'
    """
    table = _read(statements)
    problems = table.index[table["kind"] == "problem"]
    faults = []
    if not len(problems):
        faults.append("Aucun problème n’est écrit. Écrivez-en un : que se passe-t-il, pour qui, où ?")
    if len(problems) > 1:
        faults.append(
            f"Il y a {len(problems)} problèmes. Gardez-en un par arbre, ou faites de l’autre une cause."
        )
    for row in table[table["kind"].isin(list(_SIDES))].itertuples():
        fault = _misplaced(table, str(row.Index))
        if fault:
            faults.append(fault)
    return faults


def _read(statements: pd.DataFrame) -> pd.DataFrame:
    check_columns("statements", statements, _COLUMNS)
    check_codes("kind", statements["kind"], KINDS)
    check_unique("statements", statements, ["id"])
    written = {  # a hole is a line not written yet
        column: statements[column].astype(object).where(statements[column].notna(), "")
        for column in ("text", "under")
    }
    return statements.assign(**written).set_index("id")


def _misplaced(table: pd.DataFrame, identifier: str) -> str:
    """Return why a cause or a consequence does not lead to the problem, "" when it does."""
    said = f"« {table.loc[identifier, 'text']!s} »"
    kind = str(table.loc[identifier, "kind"])
    seen = {identifier}
    above = str(table.loc[identifier, "under"])
    while above in table.index and table.loc[above, "kind"] != "problem":
        if above in seen:
            return f"{said} tourne en rond avec d’autres lignes. Rattachez-la directement au problème."
        if table.loc[above, "kind"] != kind:
            return (
                f"{said} est une {KINDS[kind]}, placée sous une ligne d’une autre sorte. "
                f"Placez-la sous le problème ou sous une autre {KINDS[kind]}."
            )
        seen.add(above)
        above = str(table.loc[above, "under"])
    return "" if above in table.index else f"{said} n’est rattachée à rien. Dites de quoi elle dépend."


def rooted(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the first problem and every line that leads to it: what can be drawn while the rest is written.

    Parameters
    ----------
    statements : DataFrame
        As in `check_tree`, with or without faults; disguised solutions are left out.

    Examples
    --------
    >>> rows = [("p", "P", "problem", ""), ("a", "A", "cause", "p"), ("b", "B", "cause", "")]
    >>> rooted(pd.DataFrame(rows, columns=["id", "text", "kind", "under"]))["id"].tolist()
    ['p', 'a']
    """
    table = _read(statements)
    problems = table.index[table["kind"] == "problem"][:1]
    sides = table[table["kind"].isin(list(_SIDES))]
    table = pd.concat([table.loc[problems], sides])
    kept = [identifier for identifier in sides.index if not _misplaced(table, str(identifier))]
    return statements[statements["id"].isin([*problems, *kept])]


def depths(statements: pd.DataFrame) -> pd.Series[int]:
    """Return how far each statement lies from the problem: 0 for it, −1, −2… for causes, 1, 2… above.

    Parameters
    ----------
    statements : DataFrame
        As in `check_tree`, without faults; disguised solutions are left out.

    Raises
    ------
    InputError
        If the statements are no tree; the sentence is the first of `check_tree`.
    """
    faults = check_tree(statements)
    if faults:
        raise InputError(f"L’arbre n’est pas complet ; attendu : tout mène au problème. {faults[0]}")
    table = _read(statements)
    table = table[table["kind"] != "disguised"]
    found: dict[str, int] = {}
    for identifier in table.index:
        steps, above = 0, identifier
        while table.loc[above, "kind"] != "problem":
            steps, above = steps + 1, table.loc[above, "under"]
        found[str(identifier)] = steps * _SIDES.get(str(table.loc[identifier, "kind"]), 0)
    return pd.Series(found, name="depth").astype(int).rename_axis("id")


def lay_out(statements: pd.DataFrame) -> pd.DataFrame:
    """Return where each statement stands: a tidy tree, causes below and consequences above the problem.

    Parameters
    ----------
    statements : DataFrame
        As in `check_tree`, without faults.

    Returns
    -------
    DataFrame by id
        `x` (1 between two neighbours, 0 for the problem), `y` (the depth), `order` (reading order: the
        problem, each cause followed by its own causes, then the consequences), and the columns given.

    Notes
    -----
    Leaves stand side by side in the order of the rows, and a parent stands over the middle of its children:
    lines never cross and no two statements share a place.

    Examples
    --------
    >>> tree = pd.DataFrame(
    ...     [("p", "P", "problem", ""), ("a", "A", "cause", "p"), ("b", "B", "cause", "p")],
    ...     columns=["id", "text", "kind", "under"],
    ... )
    >>> lay_out(tree)[["x", "y"]].to_numpy().tolist()
    [[0.0, 0.0], [-0.5, -1.0], [0.5, -1.0]]
    """
    depth = depths(statements)
    table = _read(statements).loc[depth.index]
    root = str(depth.index[depth == 0][0])
    x: dict[str, float] = {root: 0.0}
    order = [root]
    for kind in _SIDES:
        half = table[table["kind"] == kind]
        children = {str(under): [str(i) for i in group.index] for under, group in half.groupby("under")}
        places: dict[str, float] = {}
        _place(root, children, places, order, itertools.count())
        middle = places.pop(root)
        x |= {identifier: place - middle for identifier, place in places.items()}
    placed = table.assign(x=pd.Series(x), y=depth)
    placed["order"] = pd.Series({identifier: rank for rank, identifier in enumerate(order)})
    return placed


def _place(
    identifier: str,
    children: dict[str, list[str]],
    places: dict[str, float],
    order: list[str],
    seats: Iterator[int],
) -> None:
    """Place a statement's descendants from left to right, then the statement over their middle."""
    under = children.get(identifier, [])
    for child in under:
        order.append(child)
        _place(child, children, places, order, seats)
    places[identifier] = (places[under[0]] + places[under[-1]]) / 2 if under else float(next(seats))


_TURNS = (
    (r"^(?:plus d[eu]|trop de|de nombreux|de nombreuses|beaucoup de) ", "Moins de "),
    (r"^(?:peu de|pas assez de|manque de) ", "Davantage de "),
    (
        r"^(?!.*\bn(?:e |’|'))\d+(?:[.,]\d+)?[\s\u00a0\u202f]?%"
        r"[\s\u00a0\u202f](de |d’|d'|des )",
        r"Une part plus faible \1",
    ),
    (r"^(?:difficultés?|obstacles?) (à|pour|de|d’) ?", r"Plus de facilité \1 "),
)


def to_objectives(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the tree of objectives: the same structure, each statement turned towards what is wanted.

    Parameters
    ----------
    statements : DataFrame
        As in `check_tree`, without faults. A column `objective`, when there is one, holds what people have
        already written.

    Returns
    -------
    DataFrame by id
        `text`, `kind`, `under`, `wanted` (what the line becomes: general objective, objective, expected
        effect), `suggestion` (a beginning of sentence, or a question), `objective` ("" until it is written)
        and `written`, in reading order.

    Notes
    -----
    The structure carries over, the words do not: turning a statement into what is wanted is a choice of the
    group. A suggestion only turns a few openings (« trop de », « 32 % de »); everything else gets a question.
    An objective that is only the contrary of a cause may be out of reach: discuss it.

    Examples
    --------
    >>> tree = pd.DataFrame([("p", "Trop de renoncements aux soins", "problem", "")],
    ...                     columns=["id", "text", "kind", "under"])
    >>> to_objectives(tree)["suggestion"].tolist()
    ['Moins de renoncements aux soins']
    """
    placed = lay_out(statements).sort_values("order")
    written = placed["objective"] if "objective" in placed else pd.Series("", index=placed.index)
    return pd.DataFrame(
        {
            "text": placed["text"],
            "kind": placed["kind"],
            "under": placed["under"],
            "wanted": placed["kind"].map(WANTED),
            "suggestion": placed["text"].map(_suggest),
            "objective": written,
            "written": written.str.strip() != "",
        }
    )


def _suggest(text: str) -> str:
    for pattern, turned in _TURNS:
        changed = re.sub(pattern, turned, text, flags=re.IGNORECASE)
        if changed != text:
            return re.sub(r"  +", " ", changed)
    return f"Si « {text} » n’était plus vrai, que verrait-on ici ?"


def suspects(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements that look like a solution, with the sign found and the question to ask.

    Parameters
    ----------
    statements : DataFrame
        As in `check_tree`; those already called disguised come too.

    Returns
    -------
    DataFrame by id
        `text`, `kind`, `sign`, `question` (French).
    """
    table = _read(statements)
    found = {identifier: spot_solution(str(text)) for identifier, text in table["text"].items()}
    kept = {identifier: one for identifier, one in found.items() if one}
    return table.loc[list(kept), ["text", "kind"]].assign(
        sign=[one.sign for one in kept.values()], question=[one.question for one in kept.values()]
    )
