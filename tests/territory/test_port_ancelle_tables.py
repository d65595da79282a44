"""The committed tables of Port-Ancelle are those that its generator makes."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from territ_kit.territory.cases import CASES

FOLDER = CASES / "port-ancelle"
TABLES = ["communes", "qpv", "zones", "ages", "deaths", "indicators", "references", "strata"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder freshly filled by the generator."""
    folder = tmp_path_factory.mktemp("port-ancelle")
    command = [sys.executable, "-B", str(FOLDER / "generate.py"), "--vers", str(folder)]
    subprocess.run(command, check=True, timeout=120)
    return folder


@pytest.mark.parametrize("name", [*TABLES, "travel_minutes"])
def test_the_generator_makes_the_committed_table_again(made: Path, name: str):
    assert (made / f"{name}.csv").read_text("utf-8") == (FOLDER / f"{name}.csv").read_text("utf-8")


def test_the_generator_draws_the_committed_land_again(made: Path):
    new, old = (json.loads((folder / "contours.geojson").read_text("utf-8")) for folder in (made, FOLDER))
    assert [one["properties"] for one in new["features"]] == [one["properties"] for one in old["features"]]
    for drawn, kept in zip(new["features"], old["features"], strict=True):
        rings = (one["geometry"]["coordinates"][0] for one in (drawn, kept))
        np.testing.assert_allclose(
            *rings, atol=2e-5
        )  # two metres: geometry libraries differ in the last digit


def test_every_table_of_the_case_is_explained():
    readme = (FOLDER / "LISEZMOI.md").read_text("utf-8")
    files = [path.name for path in FOLDER.iterdir() if path.suffix in {".csv", ".toml", ".geojson", ".py"}]
    assert [name for name in files if f"`{name}`" not in readme] == []


def test_every_column_of_every_table_is_explained():
    readme = (FOLDER / "LISEZMOI.md").read_text("utf-8")
    for path in FOLDER.glob("*.csv"):
        header = path.read_text("utf-8").partition("\n")[0].split(",")
        assert [column for column in header if f"`{column}`" not in readme] == []
