"""A visit of a page: waits for the visitor, then knows their files and what the address asked for."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qs

from websockets.sync.client import connect

from territ_kit.course import Progress
from territ_kit.workspace import Workspace


def wait_for_visitor() -> None:
    """Wait, in a preheated kernel, until the server says who asks for the page; fill the environment with it.

    The protocol of `voila.utils.wait_for_request`, without importing Voilà: that import takes longer than all
    the rest of a page (docs/decisions/002).
    """
    if os.environ.get("VOILA_PREHEAT", "False") == "False":
        return
    port, root = os.environ["VOILA_APP_PORT"], os.environ.get("VOILA_SERVER_URL", "/")
    address = f"ws://127.0.0.1:{port}{root}voila/query/{os.environ['VOILA_KERNEL_ID']}"
    with connect(address, proxy=None) as server:
        os.environ.update(json.loads(server.recv()))


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is there, and the page's own arguments."""

    workspace: Workspace
    arguments: dict[str, str]

    @classmethod
    def begin(cls) -> Self:
        """Wait until a browser asks for this page (a preheated kernel has no visitor yet)."""
        wait_for_visitor()
        asked = parse_qs(os.environ.get("QUERY_STRING", ""))
        return cls(Workspace.current(), {name: values[-1] for name, values in asked.items()})

    @property
    def progress(self) -> Progress:
        """How far the visitor has come."""
        return Progress(self.workspace)
