"""Ballots as people bring them: pasted from a spreadsheet, or in a csv or xlsx file.

The first row names the options, each next row is a ballot. A first column « bulletin », « nom » or « n° » is
allowed and not kept: a vote needs no name. Every fault is told at once, and nothing is half read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from territ_kit.consultation.ballot_paper import KINDS, Kind, Paper, plain
from territ_kit.errors import Fault, FileFaults
from territ_kit.french import fr

__all__ = ["KINDS", "BallotFaults", "Ballots", "Kind", "Paper", "ballots_from_file", "ballots_from_text"]

Rows = Sequence[Sequence[str]]
MOST_BALLOTS, MOST_OPTIONS, MOST_BYTES = 2000, 100, 5_000_000
_MOST_SAID = 8
_LABELS = {"", "bulletin", "bulletins", "nom", "no", "numero", "id", "code", "votant", "personne", "juge"}


class BallotFaults(FileFaults):
    """The ballots break their format; `faults` lists every cell."""


@dataclass(frozen=True, slots=True)
class Ballots:
    """Ballots that have been read.

    Attributes
    ----------
    paper : Paper
        What was asked, with its options.
    values : DataFrame
        Ballots by options: position of the grade from 0 (worst), rank, points, or 1 and 0; NaN where the
        person does not say.
    blank : int
        Ballots that say nothing at all; they are rows of `values` too.
    unknown : Series
        By option, how many ballots do not say.
    """

    paper: Paper
    values: pd.DataFrame
    blank: int
    unknown: pd.Series[int]


def ballots_from_text(text: str, paper: Paper) -> Ballots:
    r"""Read ballots pasted as text.

    Parameters
    ----------
    text : str
        Cells separated by tabs, semicolons or commas: the first of them that the first row holds.
    paper : Paper
        What was asked. Its options, if it has some, are expected in the first row in any order.

    Returns
    -------
    Ballots

    Raises
    ------
    BallotFaults
        Something cannot be read; `faults` lists it all: row, column, value, rule, remedy.

    Examples
    --------
    >>> read = ballots_from_text("Bus;Ligne\nTB;bien\n3;nsp", Paper("judgement"))
    >>> read.values.to_numpy().tolist()
    [[4.0, 3.0], [2.0, nan]]
    """
    return _read(_split(text), "texte collé", paper)


def ballots_from_file(name: str, content: bytes, paper: Paper) -> Ballots:
    r"""Read ballots from the content of a csv file (UTF-8 or Windows) or of the first sheet of an xlsx file.

    Parameters
    ----------
    name : str
        Of the file; its ending says what it is.
    content : bytes
    paper : Paper
        As for `ballots_from_text`.

    Returns
    -------
    Ballots

    Raises
    ------
    BallotFaults
        As `ballots_from_text`; or the file is too large, or neither csv nor xlsx.

    Examples
    --------
    >>> ballots_from_file("vote.csv", b"Bus,Ligne\n1,2\n", Paper("ranking")).values.to_numpy().tolist()
    [[1.0, 2.0]]
    """
    ending = name.lower().rpartition(".")[2]
    if len(content) > MOST_BYTES:
        raise _whole_fault(name, "Le fichier dépasse 5 millions d’octets.", "Gardez une seule feuille.")
    if ending == "xlsx":
        return _read(_sheet(name, content), name, paper)
    if ending in {"csv", "txt", "tsv"}:
        return _read(_split(_decode(content)), name, paper)
    remedy = "Dans votre tableur, enregistrez-le en .xlsx."
    raise _whole_fault(name, "Les fichiers lus sont .csv et .xlsx.", remedy)


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _split(text: str) -> Rows:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    first = next((line for line in lines.split("\n") if line.strip()), "")
    separator = next((mark for mark in "\t;," if mark in first), ";")
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(lines), delimiter=separator)]
    except csv.Error as error:
        rule = "Ce texte ne se découpe pas en cases."
        raise _whole_fault("texte", rule, "Copiez le tableau depuis votre tableur.") from error


def _sheet(name: str, content: bytes) -> Rows:
    from openpyxl import load_workbook  # noqa: PLC0415 # a page opens without it

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True))
    except Exception as error:  # a broken workbook fails in many ways, none of them documented
        remedy = "Ouvrez-le dans votre tableur, puis enregistrez-le en .xlsx."
        raise _whole_fault(name, "Ce fichier ne s’ouvre pas comme un classeur .xlsx.", remedy) from error
    return [["" if cell is None else str(cell).strip().removesuffix(".0") for cell in row] for row in rows]


def _read(rows: Rows, file: str, paper: Paper) -> Ballots:
    filled = [(place, list(row)) for place, row in enumerate(rows, 1) if any(row)]
    if not filled:
        remedy = "Mettez le nom des options sur la première ligne, puis les bulletins."
        raise _whole_fault(file, "Le vote est vide : aucune ligne n’est remplie.", remedy)
    (top, header), *body = filled
    named = len(header) > 1 and plain(header[0]) in _LABELS
    options = header[named:]
    while options and not options[-1]:
        options.pop()
    if faults := [*_header_faults(file, top, options, paper), *_size_faults(file, len(body), len(options))]:
        raise _faults(file, faults)
    values = np.full((len(body), len(options)), np.nan)
    for ballot, (line, row) in zip(values, body, strict=True):
        faults += _fill(ballot, row[named:], options, paper, (file, f"ligne {line}"))
    if faults:
        raise _faults(file, faults)
    table = pd.DataFrame(values, columns=options)
    if paper.options:
        written = {plain(option): option for option in options}
        table = table[[written[plain(option)] for option in paper.options]]
        table.columns = pd.Index(paper.options)
    said = Paper(paper.kind, tuple(table.columns), paper.grades, paper.budget)
    missing = table.isna()
    return Ballots(said, table, int(missing.all(axis=1).sum()), missing.sum())


def _fill(
    ballot: np.ndarray, cells: list[str], options: list[str], paper: Paper, where: tuple[str, str]
) -> Iterator[Fault]:
    """Fill one ballot, and yield what its row breaks."""
    if extra := [cell for cell in cells[len(options) :] if cell]:
        rule = "Cette case n’est sous aucune option."
        yield Fault(*where, "", extra[0], rule, "Retirez-la, ou nommez sa colonne.")
    for place, (option, written) in enumerate(zip(options, cells, strict=False)):
        try:
            ballot[place] = paper.value(written)
        except ValueError as broken:
            yield Fault(*where, option, written[:60], str(broken), paper.remedy)
    for refusal in paper.refusals(ballot.tolist()):
        yield Fault(*where, "", *refusal)


def _header_faults(file: str, line: int, options: list[str], paper: Paper) -> Iterator[Fault]:
    where = file, f"ligne {line}"
    names = [plain(option) for option in options]
    if all(_reads(option, paper) for option in options):
        rule = "La première ligne porte le nom des options."
        yield Fault(*where, "", ", ".join(options)[:60], rule, "Ajoutez cette ligne au-dessus des bulletins.")
        return
    for place, option in enumerate(options):
        if not option:
            rule = "Chaque colonne porte le nom d’une option."
            yield Fault(*where, f"colonne {place + 1}", "", rule, "Nommez-la, ou retirez la colonne.")
        elif names[place] in names[:place]:
            yield Fault(
                *where, option, "", "Chaque option n’a qu’une colonne.", "Renommez ou retirez l’une d’elles."
            )
        elif paper.options and names[place] not in map(plain, paper.options):
            yield Fault(
                *where, option, "", "Cette option n’est pas au vote.", "Corrigez son nom, ou retirez-la."
            )
    for option in paper.options:
        if plain(option) not in names:
            rule = "Cette option du vote n’a pas de colonne."
            yield Fault(*where, option, "", rule, "Ajoutez-la, vide si personne ne l’a jugée.")


def _size_faults(file: str, ballots: int, options: int) -> Iterator[Fault]:
    if not ballots:
        rule = "Le vote est vide : il n’y a aucun bulletin sous le nom des options."
        yield Fault(file, "", "", "", rule, "Ajoutez une ligne par bulletin.")
    for size, most, what in ((ballots, MOST_BALLOTS, "bulletins"), (options, MOST_OPTIONS, "options")):
        if size > most:
            rule = f"Le kit lit {fr(most)} {what} au plus."
            yield Fault(file, "", "", fr(size), rule, "Partagez le tableau en plusieurs.")


def _reads(option: str, paper: Paper) -> bool:
    try:
        return not np.isnan(paper.value(option))
    except ValueError:
        return False


def _whole_fault(file: str, rule: str, remedy: str) -> BallotFaults:
    return _faults(file, [Fault(file, "", "", "", rule, remedy)])


def _faults(file: str, faults: list[Fault]) -> BallotFaults:
    lines = []
    for fault in faults[:_MOST_SAID]:
        place = ", ".join(filter(None, (fault.row, fault.column))) or file
        value = f" (« {fault.value} »)" if fault.value else ""
        lines.append(f"- {place}{value} : {fault.rule} {fault.remedy}")
    more = "" if len(faults) <= _MOST_SAID else f" Voici {_MOST_SAID} points à reprendre sur {len(faults)}."
    return BallotFaults(
        "\n".join([f"Les bulletins ne sont pas lus : rien n’a changé.{more}", *lines]), faults
    )
