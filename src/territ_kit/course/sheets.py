"""The printed sheets of module 02: `python -m territ_kit.course.sheets [--check]`.

A session can be given with paper only. The sheets are made from the tables and the questions, never
written by hand; `--check` tells when they no longer agree.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path

from territ_kit.course.files import files
from territ_kit.course.modules import load_module
from territ_kit.course.printed_case import curves, measures, outline, places, story
from territ_kit.course.printed_questions import answers, questions, shortlist
from territ_kit.exercises.key import load_keys
from territ_kit.exercises.question import load_assignment
from territ_kit.territory import Territory, load_case

MODULE = "02-observer"
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


def sheets() -> dict[str, str]:
    """Return the HTML text of each sheet by file name; the cases after the first have a folder each."""
    module = files() / "modules" / MODULE
    cases = {case: load_case(case) for case in load_module(module / "module.toml").cases}
    exercise = load_assignment(files() / "exercises" / "source" / MODULE / "questions.toml")
    quiz = load_assignment(module / "quiz.toml")
    keys = load_keys(files() / "exercises" / "keys" / f"{MODULE}.toml")
    quiz_keys = load_keys(module / "quiz_keys.toml")
    banner = " ".join(territory.banner for territory in cases.values())
    found = {
        "exercice.html": _page(exercise.title, banner, *questions(exercise)),
        "quiz.html": _page(quiz.title, banner, *questions(quiz)),
        "ma-liste.html": _page("Ma liste : ce qui sort de l’ordinaire", banner, *shortlist()),
        "corrige-formateur.html": _page(
            "Corrigé, pour le formateur seulement",
            banner,
            *answers(exercise, keys),
            *answers(quiz, quiz_keys),
        ),
    }
    for place, (case, territory) in enumerate(cases.items()):
        folder = f"{case}/" if place else ""
        found |= {f"{folder}{name}": text for name, text in _case_sheets(territory).items()}
    return found


def _case_sheets(territory: Territory) -> dict[str, str]:
    def page(title: str, *parts: str) -> str:
        return _page(title, territory.banner, *parts)

    return {
        "recit.html": page(f"{territory.short_name} : le récit", story(territory)),
        "carte.html": page(
            f"{territory.short_name} : la carte et la liste des lieux", outline(territory), places(territory)
        ),
        "tableaux.html": page(
            f"{territory.short_name} : les tableaux, avec leur marge d’incertitude", *measures(territory)
        ),
        "courbes.html": page(f"{territory.short_name} : l’entonnoir et la pente", *curves(territory)),
    }


def stale_sheets(folder: Path) -> list[Path]:
    """Return the sheets of `folder` that differ from what the tables and questions give today."""
    return [folder / name for name, text in sheets().items() if not _holds(folder / name, text)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the sheets that changed; with --check, only tell them, with exit code 1 when there are any."""
    parser = argparse.ArgumentParser(description="Fabrique les feuilles imprimées du module 02.")
    parser.add_argument("--check", action="store_true", help="dire seulement si une feuille est à refaire")
    check = parser.parse_args(arguments).check
    folder = files() / "modules" / MODULE / "papier"
    changed = {name: text for name, text in sheets().items() if not _holds(folder / name, text)}
    for name, text in changed.items():
        print(f"{'À refaire' if check else 'Écrit'} : {name}")
        if not check:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return int(check and bool(changed))


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _page(title: str, banner: str, *parts: str) -> str:
    return (
        f'<!doctype html>\n<html lang="fr">\n<head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f'<p class="banner">{escape(banner)}</p>\n' + "\n".join(parts) + "\n</body>\n</html>\n"
    )


if __name__ == "__main__":
    sys.exit(main())
