"""Make the nbgrader notebooks of a course: `python -m territ_kit.exercises.generate [--check] [folder]`.

The folder is an nbgrader course: `source/<assignment>/questions.toml` and `keys/<assignment>.toml` give
`source/<assignment>/<assignment>.ipynb`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from territ_kit.errors import Fault, TerritError
from territ_kit.exercises.key import Key, load_keys, unknown_ids
from territ_kit.exercises.marking import mark_question
from territ_kit.exercises.notebook import build
from territ_kit.exercises.question import Assignment, Question, load_assignment
from territ_kit.exercises.source import broken_source


def load_course_assignment(course: Path, identifier: str) -> tuple[Assignment, dict[str, Key]]:
    """Read the questions and the keys of an assignment, and check that they go together.

    Raises
    ------
    CourseError
        A file cannot be read, a question has no key, a key names what does not exist, or its own answer does
        not earn every automatic point; every fault is listed.
    """
    questions_path = course / "source" / identifier / "questions.toml"
    keys_path = course / "keys" / f"{identifier}.toml"
    assignment, keys = load_assignment(questions_path), load_keys(keys_path)
    if assignment.id != identifier:
        fault = Fault(questions_path.name, "", "id", assignment.id, f"« {identifier} »", "Corrigez « id ».")
        raise broken_source(questions_path, [fault])
    if faults := _faults(keys_path, assignment, keys):
        raise broken_source(keys_path, faults)
    return assignment, keys


def stale_notebooks(course: Path) -> list[Path]:
    """Return the notebooks that differ from what their questions and keys give today.

    Raises
    ------
    CourseError
        As `load_course_assignment`.
    """
    return [path for path, text in _notebooks(course) if not _holds(path, text)]


def generate(course: Path) -> list[Path]:
    """Write every notebook of the course that changed; return them.

    Raises
    ------
    CourseError
        As `load_course_assignment`; then nothing is written.
    """
    changed = [(path, text) for path, text in _notebooks(course) if not _holds(path, text)]
    for path, text in changed:
        path.write_text(text, encoding="utf-8", newline="\n")
    return [path for path, _ in changed]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code is 1 when a notebook is out of date, 2 when a file is at fault."""
    parser = argparse.ArgumentParser(description="Fabrique les notebooks des exercices notés.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("exercises"), help="dossier du cours")
    parser.add_argument("--check", action="store_true", help="dire seulement si un notebook est à refaire")
    options = parser.parse_args(arguments)
    try:
        found = stale_notebooks(options.folder) if options.check else generate(options.folder)
    except TerritError as error:
        print(error, file=sys.stderr)
        return 2
    for path in found:
        print(f"{'À refaire' if options.check else 'Écrit'} : {path}")
    if options.check and found:
        print("Lancez « make exercises », puis gardez les fichiers produits.")
    return int(options.check and bool(found))


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


def _notebooks(course: Path) -> list[tuple[Path, str]]:
    folders = sorted(path.parent for path in (course / "source").glob("*/questions.toml"))
    return [
        (folder / f"{folder.name}.ipynb", build(*load_course_assignment(course, folder.name)))
        for folder in folders
    ]


def _faults(path: Path, assignment: Assignment, keys: Mapping[str, Key]) -> list[Fault]:
    strangers = set(keys) - {question.id for question in assignment.questions}
    faults = [
        Fault(path.name, name, "", "", "une question de questions.toml", "Retirez cette clé.")
        for name in sorted(strangers)
    ]
    for question in assignment.questions:
        if question.id in keys:
            faults += _key_faults(path, question, keys[question.id])
        else:
            faults.append(Fault(path.name, question.id, "", "", "une clé par question", "Ajoutez cette clé."))
    return faults


def _key_faults(path: Path, question: Question, key: Key) -> list[Fault]:
    if key.kind != question.kind:
        rule = f"« {question.kind} », comme la question"
        return [Fault(path.name, question.id, "kind", key.kind, rule, "Corrigez « kind ».")]
    if unknown := unknown_ids(question, key):
        return [
            Fault(path.name, question.id, name, ", ".join(sorted(ids)), f"un identifiant de « {name} »",
                  f"Corrigez : {', '.join(sorted(ids))}.")
            for name, ids in unknown.items()
        ]  # fmt: skip
    answer = key.model_dump(mode="json")["answer"]
    mark = mark_question(question, key, answer)
    if mark.verdict == "right":
        return []
    rule = "une réponse qui obtient tous les points"
    return [Fault(path.name, question.id, "answer", str(answer), rule, " ".join(mark.reasons))]


if __name__ == "__main__":
    sys.exit(main())
