"""The keys of the small assignment that holds the seven kinds of questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from territ_kit.exercises.key import load_keys


@pytest.fixture(scope="session")
def sample_keys():
    """Return the keys by question id."""
    return load_keys(Path(__file__).parents[1] / "exercises" / "sample" / "keys" / "sept-sortes.toml")
