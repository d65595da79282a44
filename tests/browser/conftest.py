"""One server and one browser for the session; one context a test."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from .chromium import ABSENT, installed

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Running:
    """A `territ start` under test."""

    address: str
    workspace: Path
    process: subprocess.Popen[str]

    @property
    def base(self) -> str:
        return self.address.split("?")[0]

    @property
    def token(self) -> str:
        return self.address.split("token=")[1]

    def kernels(self) -> int:
        """Count the kernel processes of this server."""
        found = 0
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with suppress(psutil.Error):  # it may have just ended
                found += "ipykernel_launcher" in " ".join(child.cmdline())
        return found


def launch(workspace: Path, *options: str) -> Running:
    """Run `territ start` and read the address from its first line."""
    process = subprocess.Popen(
        [sys.executable, "-m", "territ_kit.cli", "start", str(workspace), "--sans-navigateur", *options],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "JUPYTER_PREFER_ENV_PATH": "1"},
    )
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    assert line.startswith("Ouvert : http://127.0.0.1:"), line
    return Running(line.removeprefix("Ouvert : "), workspace, process)


def finish(running: Running) -> None:
    running.process.send_signal(signal.SIGINT)
    try:
        running.process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        running.process.kill()


def leave(context: BrowserContext) -> None:
    """Close every tab as a person does, so that each page can say goodbye to its kernel."""
    for page in context.pages:
        if not page.is_closed():
            page.goto("about:blank")
    context.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = launch(tmp_path_factory.mktemp("espace"), "--port", "8970")
    yield running
    finish(running)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not installed():
        pytest.skip(ABSENT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, server: Running) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1200, "height": 900}, locale="fr-FR")
    context.set_default_timeout(30_000)
    yield context
    leave(context)


@pytest.fixture
def open_page(context: BrowserContext, server: Running) -> Callable[..., Page]:
    """Open a page of the server, signed in and with no past choices, and wait until it is ready."""
    (server.workspace / "progression.json").unlink(missing_ok=True)

    def opened(path: str = "", *, width: int = 1200) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(server.address)
        if path:
            page.goto(server.base + path)
            page.wait_for_selector("html[data-pret]")
        return page

    return opened


@pytest.fixture(autouse=True)
def nothing_leaves(context: BrowserContext) -> Iterator[None]:
    """No page of ours may call anything outside this machine."""
    outside: list[str] = []
    ours = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
    context.on(
        "request", lambda request: None if request.url.startswith(ours) else outside.append(request.url)
    )
    yield
    assert not outside


@pytest.fixture
def violations() -> Callable[..., list[str]]:
    """Run axe on a page, or on one part of it."""

    def found(page: Page, part: str | None = None) -> list[str]:
        result = Axe().run(page, context=part)
        return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in result.response["violations"]]

    return found


def answers(running: Running, assignment: str = "02-observer") -> dict[str, object]:
    """Return what is on the disk."""
    path = running.workspace / "exercices" / assignment / "reponses.json"
    return json.loads(path.read_text(encoding="utf-8"))["answers"] if path.exists() else {}
