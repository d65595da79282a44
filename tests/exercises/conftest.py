"""One small assignment that holds the seven kinds of questions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from territ_kit.exercises.generate import load_course_assignment

settings.register_profile("no-deadline", deadline=None)  # a busy machine is not a fault
settings.load_profile("no-deadline")

SAMPLE = Path(__file__).parent / "sample"


@pytest.fixture(scope="session")
def sample():
    """Return the assignment and its keys."""
    return load_course_assignment(SAMPLE, "sept-sortes")


@pytest.fixture
def course(tmp_path):
    """Return a course of one's own that may be changed."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "cours"))
