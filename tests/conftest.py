"""Share the tests between two processes: a file stays whole, and one nbgrader cycle serves its folder."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.parent.name
        group = folder if folder == "classroom" else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
