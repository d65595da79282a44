"""The printed sheets of the modules: `python -m territ_kit.course.sheets [--check]`.

A session can be given with paper only. The sheets are made from the tables and the questions, never
written by hand; `--check` tells when they no longer agree.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path

from territ_kit.course import (
    printed_case,
    printed_consultation,
    printed_diagnosis,
    printed_participation,
    printed_prioritisation,
    printed_programme,
)
from territ_kit.course.files import files
from territ_kit.course.modules import load_module
from territ_kit.course.printed_questions import answers, questions, shortlist
from territ_kit.exercises.key import load_keys
from territ_kit.exercises.question import load_assignment
from territ_kit.exercises.reading import typeset
from territ_kit.territory import Territory, load_case

Sheets = Mapping[str, tuple[str, Sequence[str]]]
"""By file name, the title of a sheet and its parts, as HTML."""

OF_A_CASE: dict[str, Callable[[Territory], Sheets]] = {
    "02-observer": printed_case.sheets,
    "03-diagnostiquer": printed_diagnosis.sheets,
    "04-concerter": printed_consultation.sheets,
    "05-prioriser": printed_prioritisation.sheets,
    "06-planifier": printed_programme.sheets,
}
OF_ALL: dict[str, Sheets] = {
    "02-observer": {"ma-liste.html": ("Ma liste : ce qui sort de l’ordinaire", tuple(shortlist()))},
    "04-concerter": printed_participation.shared_sheets(),
}
"""The sheets of a module that are the same for every case."""

STYLE = """
@page{size:A4;margin:14mm}
body{font:10.5pt/1.4 Arial,sans-serif;color:#000;max-width:182mm;margin:0 auto}
h1{font-size:16pt;margin:0 0 2mm}h2{font-size:12.5pt;margin:6mm 0 1mm;break-after:avoid}
table{border-collapse:collapse;width:100%}caption{text-align:left;padding:0 0 1mm}
th,td{border:1px solid #666;padding:.35mm 2mm;text-align:left;vertical-align:middle}
td.n{text-align:right;white-space:nowrap}.banner{border:1.5px solid #000;padding:1mm 2mm;font-weight:700}
section{break-inside:avoid;margin-bottom:5mm}.page{break-before:page}.small{font-size:9pt}
.box{display:inline-block;width:4mm;height:4mm;border:1.2px solid #000;margin-right:2mm;vertical-align:-.5mm}
.reason{display:inline-block;width:49%;margin:.5mm 0}
.line{border-bottom:1px solid #000;height:8mm}
blockquote{border-left:2px solid #000;margin:3mm 0;padding-left:4mm}
ul.open{list-style:none;padding:0}ul.open li{margin:1mm 0}
"""


def sheets(module: str) -> dict[str, str]:
    """Return the HTML text of each sheet of a module by file name; each case after the first has a folder."""
    folder = files() / "modules" / module
    manifest = load_module(folder / "module.toml")
    cases = {case: load_case(case) for case in manifest.cases}
    exercise = load_assignment(files() / "exercises" / "source" / manifest.assignment / "questions.toml")
    quiz = load_assignment(folder / "quiz.toml")
    keys = load_keys(files() / "exercises" / "keys" / f"{manifest.assignment}.toml")
    quiz_keys = load_keys(folder / "quiz_keys.toml")
    banner = " ".join(territory.banner for territory in cases.values())
    shared: Sheets = {
        "exercice.html": (exercise.title, tuple(questions(exercise))),
        "quiz.html": (quiz.title, tuple(questions(quiz))),
        **OF_ALL.get(module, {}),
        "corrige-formateur.html": (
            "Corrigé, pour le formateur seulement",
            (*answers(exercise, keys), *answers(quiz, quiz_keys)),
        ),
    }
    found = {name: _page(title, banner, *parts) for name, (title, parts) in shared.items()}
    for place, (case, territory) in enumerate(cases.items()):
        under = f"{case}/" if place else ""
        for name, (title, parts) in OF_A_CASE[module](territory).items():
            found[f"{under}{name}"] = _page(title, territory.banner, *parts)
    return found


def stale_sheets(folder: Path, module: str) -> list[Path]:
    """Return the sheets of `folder` that differ from what the tables and questions of a module give today."""
    return [folder / name for name, text in sheets(module).items() if not _holds(folder / name, text)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the sheets that changed; with --check, only tell them, with exit code 1 when there are any."""
    parser = argparse.ArgumentParser(description="Fabrique les feuilles imprimées des modules.")
    parser.add_argument("--check", action="store_true", help="dire seulement si une feuille est à refaire")
    check = parser.parse_args(arguments).check
    changed = 0
    for module in OF_A_CASE:
        folder = files() / "modules" / module / "papier"
        for name, text in sheets(module).items():
            if _holds(folder / name, text):
                continue
            changed += 1
            print(f"{'À refaire' if check else 'Écrit'} : {module}/{name}")
            if not check:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return int(check and bool(changed))


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _page(title: str, banner: str, *parts: str) -> str:
    body = "\n".join([f"<h1>{escape(title)}</h1>", f'<p class="banner">{escape(banner)}</p>', *parts])
    return (
        f'<!doctype html>\n<html lang="fr">\n<head><meta charset="utf-8">'
        f"<title>{typeset(escape(title))}</title>"
        f"<style>{STYLE}</style></head>\n<body>\n{typeset(body)}\n</body>\n</html>\n"
    )


if __name__ == "__main__":
    sys.exit(main())
