"""The committed tables of each case are those that its generator makes, and each is explained."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from territ_kit.territory.cases import CASES

IDS = sorted(folder.name for folder in CASES.iterdir() if list(folder.glob("*.py")))


@pytest.fixture(scope="module", params=IDS)
def case(request: pytest.FixtureRequest) -> Path:
    """The folder of a case."""
    return CASES / request.param


@pytest.fixture(scope="module")
def made(case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder freshly filled by the generator of the case."""
    folder = tmp_path_factory.mktemp(case.name)
    script = case / f"{case.name.replace('-', '_')}.py"
    subprocess.run([sys.executable, "-B", str(script), "--vers", str(folder)], check=True, timeout=120)
    return folder


def test_the_generator_makes_the_committed_tables_again(case: Path, made: Path):
    by_hand = {"facilities.csv"}
    assert {path.name for path in made.glob("*.csv")} == {path.name for path in case.glob("*.csv")} - by_hand
    for path in made.glob("*.csv"):
        assert path.read_text("utf-8") == (case / path.name).read_text("utf-8"), path.name


def test_the_generator_draws_the_committed_land_again(case: Path, made: Path):
    new, old = (json.loads((folder / "contours.geojson").read_text("utf-8")) for folder in (made, case))
    assert [one["properties"] for one in new["features"]] == [one["properties"] for one in old["features"]]
    for drawn, kept in zip(new["features"], old["features"], strict=True):
        rings = (one["geometry"]["coordinates"][0] for one in (drawn, kept))
        np.testing.assert_allclose(
            *rings, atol=2e-5
        )  # two metres: geometry libraries differ in the last digit


def test_every_file_of_the_case_is_explained(case: Path):
    readme = (case / "LISEZMOI.md").read_text("utf-8")
    files = [path.name for path in case.iterdir() if path.suffix in {".csv", ".toml", ".geojson", ".py"}]
    assert [name for name in files if f"`{name}`" not in readme] == []


def test_every_column_of_every_table_is_explained(case: Path):
    readme = (case / "LISEZMOI.md").read_text("utf-8")
    for path in case.glob("*.csv"):
        header = path.read_text("utf-8").partition("\n")[0].split(",")
        assert [column for column in header if f"`{column}`" not in readme] == []


def test_generators_have_names_of_their_own():
    names = [path.name for path in CASES.glob("*/*.py")]
    assert len(names) == len(set(names))
