"""What the repository promises of its own files."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer

from territ_kit import __version__
from territ_kit.cli.main import app

ROOT = Path(__file__).parents[2]
TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    if name and (ROOT / name).is_file()
]
NOTEBOOKS = [path for path in TRACKED if path.suffix == ".ipynb"]
COMMANDS = typer.main.get_command(app).commands
# In pieces, so that this file passes its own test.
PLACES = ["/" + "root/", "/" + "work/", "py" + "pi.org", "python" + "hosted.org", "npm" + "js.org"]


def test_notebooks_are_found():
    assert len(NOTEBOOKS) >= 5


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_notebook_carries_no_output_and_its_cells_have_ids(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    ids = [cell.get("id") for cell in cells]
    assert all(ids)
    assert len(set(ids)) == len(ids)
    for cell in cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_no_file_names_a_machine_or_a_registry():
    named = []
    for path in TRACKED:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        named += [f"{path.relative_to(ROOT)}: {place}" for place in PLACES if place in text]
    assert named == []
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## (\S+)", changes, flags=re.MULTILINE)
    assert project["version"] == __version__ == first[1]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_has_its_help_in_french_and_stands_in_a_readme(name):
    command = COMMANDS[name]
    assert re.match(r"\w+(er|ir|re) (le|la|les|l’|un|une|des)", command.help)
    for parameter in command.params:
        if parameter.name != "help":
            assert re.search(r"\b(le|la|les|un|une|de|votre|d’)\b", parameter.help, flags=re.IGNORECASE)
    readmes = [(ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "LISEZMOI.md")]
    assert any(f"`territ {name}" in text for text in readmes)


def test_floors_hold():
    lint = Path(sys.executable).parent / "lint-imports"
    ran = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    assert "4 kept, 0 broken" in ran.stdout
