"""A visit of a page: waits for the visitor, then knows whose files they are and what the address asked for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qs

from voila.utils import wait_for_request

from territ_kit.course import Progress
from territ_kit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is there, and the page's own arguments."""

    workspace: Workspace
    arguments: dict[str, str]

    @classmethod
    def begin(cls) -> Self:
        """Wait until a browser asks for this page (a preheated kernel has no visitor yet)."""
        wait_for_request()
        asked = parse_qs(os.environ.get("QUERY_STRING", ""))
        return cls(Workspace.current(), {name: values[-1] for name, values in asked.items()})

    @property
    def progress(self) -> Progress:
        """How far the visitor has come."""
        return Progress(self.workspace)
