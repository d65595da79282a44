"""One real nbgrader course, run once: release, hand-ins of every sort, autograde, feedback."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from territ_kit.classroom.release import release
from territ_kit.exercises.answers import AnswerBook
from territ_kit.exercises.generate import generate, load_course_assignment

TESTS = Path(__file__).parents[1]
ASSIGNMENT = "sept-sortes"
PARTIAL = {
    "titre": "rien",
    "signal": ["taire", "croiser", "ignorer"],
    "part": 7.9,
    "ordre": ["elu", "presse", "cadre", "reunion", "liste"],
    "journees": {"gem": 2, "cfa": 2, "ligne": 6},
    "manques": {"phare": "en-place", "corvelles": "saturation", "plage": "en-place"},
    "carte": {"bailleur": [0.8, 0.9], "gem": [0.9, 0.9]},
    "fiche": {
        "public": "Les apprentis <script>alert(1)</script> & leurs familles",
        "pilote": "La coordinatrice",
        "debut": "mars 2027",
        "ars": "8000",
        "epci": "4000",
        "cout": "12000",
    },
}
NOISE = """
import sys, warnings
from territ_kit.exercises import marking
calm = marking.judge
def noisy(*arguments):
    warnings.warn("bruit")
    print("bruit")
    print("bruit", file=sys.stderr)
    return calm(*arguments)
marking.judge = noisy
"""


def nbgrader(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run an unmodified nbgrader command in the course."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(command, cwd=course, capture_output=True, text=True, timeout=300, check=False)


def new_course(folder: Path) -> Path:
    """Return a course with the repository's own settings and the sample assignment."""
    course = Path(shutil.copytree(TESTS / "exercises" / "sample", folder / "cours"))
    shutil.copy(TESTS.parent / "exercises" / "nbgrader_config.py", course)
    generate(course)
    return course


@dataclass
class Cycle:
    """The course after the cycle, and what each learner had handed in."""

    course: Path
    handed_in: dict[str, bytes | None]

    def marks(self, learner: str) -> dict[str, float]:
        """Return the automatic marks of a learner by question."""
        with Gradebook(f"sqlite:///{self.course / 'gradebook.db'}") as gradebook:
            grades = gradebook.find_submission(ASSIGNMENT, learner).notebooks[0].grades
            return {g.name.removesuffix("-note"): g.auto_score for g in grades if g.name.endswith("-note")}

    def page(self, learner: str) -> str:
        """Return the feedback page of a learner."""
        return (self.course / "feedback" / learner / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text("utf-8")

    def printed(self, learner: str) -> str:
        """Return what the graded cells of a learner printed."""
        path = self.course / "autograded" / learner / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        outputs = [
            output
            for cell in json.loads(path.read_text("utf-8"))["cells"]
            if cell["metadata"].get("nbgrader", {}).get("grade")
            for output in cell["outputs"]
        ]
        return "".join("".join(output.get("text", "")) for output in outputs)


def hand_in(course: Path, learner: str, content: bytes | dict | None) -> bytes | None:
    """Copy the release as a learner would, and put a file of answers in it; return its bytes."""
    folder = Path(
        shutil.copytree(course / "release" / ASSIGNMENT, course / "submitted" / learner / ASSIGNMENT)
    )
    path = folder / "reponses.json"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        for question, value in content.items():
            AnswerBook(path, ASSIGNMENT).save(question, value)
    return path.read_bytes() if path.exists() else None


@pytest.fixture(scope="package")
def cycle(tmp_path_factory):
    """Return the course after one whole cycle."""
    course = new_course(tmp_path_factory.mktemp("classe"))
    release(course, ASSIGNMENT)
    _, keys = load_course_assignment(course, ASSIGNMENT)
    reference = {name: key.model_dump(mode="json")["answer"] for name, key in keys.items()}
    whole = hand_in(course, "reference", reference)
    blank = {"schema": 1, "assignment": ASSIGNMENT, "answers": {}}
    contents = {
        "bruyant": PARTIAL,
        "partiel": PARTIAL,
        "blanc": json.dumps(blank).encode(),
        "absent": None,
        "coupe": whole[: len(whole) // 2],
        "etranger": json.dumps(blank | {"assignment": "autre", "answers": reference}).encode(),
        "enorme": b'{"x": "' + b"x" * 10_000_000 + b'"}',
        "douteux": whole.replace(b'"part": 29.1', b'"part": NaN').replace(
            b'"titre": "prudence"', b'"titre": 7'
        ),
    }
    handed_in = {learner: hand_in(course, learner, content) for learner, content in contents.items()}
    add_noise(course / "submitted" / "bruyant" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    graded = nbgrader(course, "autograde", ASSIGNMENT)
    assert graded.returncode == 0, graded.stderr
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade("fiche-relecture", ASSIGNMENT, ASSIGNMENT, "reference")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        comment = gradebook.find_comment("fiche-relecture", ASSIGNMENT, ASSIGNMENT, "reference")
        comment.manual_comment = "Objectif clair & public <nommé>."
        gradebook.db.commit()
    fed_back = nbgrader(course, "generate_feedback", ASSIGNMENT)
    assert fed_back.returncode == 0, fed_back.stderr
    return Cycle(course, {"reference": whole, **handed_in})


def add_noise(path: Path) -> None:
    """Put a first cell in a learner's notebook that makes marking warn and print."""
    notebook = json.loads(path.read_text("utf-8"))
    cell = {
        "cell_type": "code",
        "id": "bruit",
        "metadata": {},
        "source": NOISE,
        "outputs": [],
        "execution_count": None,
    }
    notebook["cells"].insert(0, cell)
    path.write_text(json.dumps(notebook), "utf-8")
