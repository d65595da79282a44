"""The three things proved first: one address, a person behind a preheated kernel, no kernel left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import Running, finish, launch

POOL = 2  # one preheated kernel for each of the two pages


def settled(count: Callable[[], int], limit: int, seconds: float = 25) -> int:
    """Wait until `count` is at most `limit`; return its last value."""
    end = time.monotonic() + seconds
    while (now := count()) > limit and time.monotonic() < end:
        time.sleep(0.3)
    return now


def test_without_the_token_a_french_page_says_to_reopen_the_printed_address(
    server: Running, context: BrowserContext
) -> None:
    page = context.new_page()
    reply = page.goto(server.base + "page/observer")
    assert reply is not None
    assert reply.status == 403
    assert page.locator("html").get_attribute("lang") == "fr"
    expect(page.locator("h1")).to_have_text("Rouvrez l’adresse affichée au lancement")


def test_the_token_leaves_the_address_bar(open_page: Callable[..., Page], server: Running) -> None:
    assert open_page().url == server.base


@pytest.mark.parametrize(
    "path",
    [
        "nulle-part",
        "page/nulle-part",
        "page/..%2f..%2fREADME",
        "voila/tree",
        "voila/files/observer.ipynb",
        "voila/api/contents/",
    ],
)
def test_every_other_door_is_closed_in_french(
    open_page: Callable[..., Page], server: Running, path: str
) -> None:
    page = open_page()
    reply = page.goto(server.base + path)
    assert reply is not None
    assert reply.status == 404
    expect(page.locator("h1")).to_have_text("Cette page n’existe pas")


def test_reloads_leave_no_kernel_behind_and_csrf_protection_stays_on(
    open_page: Callable[..., Page], server: Running, context: BrowserContext
) -> None:
    page = open_page("page/observer")
    for _ in range(4):
        page.reload()
        page.wait_for_selector("html[data-pret]")
    assert settled(server.kernels, POOL + 1) <= POOL + 1
    kernel = page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in context.cookies() if c["name"] != "_xsrf")
    forged = urllib.request.Request(
        f"{server.base}voila/api/shutdown/{kernel}", data=b"", headers={"Cookie": cookies}, method="POST"
    )
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(forged)
    page.close(run_before_unload=True)
    assert settled(server.kernels, POOL) <= POOL


def test_a_stopped_computation_says_so_and_reloads(open_page: Callable[..., Page], server: Running) -> None:
    page = open_page("page/observer")
    kernel = page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    victim = next(
        child
        for child in psutil.Process(server.process.pid).children(recursive=True)
        if any(kernel in part for part in child.cmdline())
    )
    victim.send_signal(signal.SIGKILL)
    panel = page.locator("#t-session")
    expect(panel).to_contain_text("Vos réponses sont enregistrées")
    button = panel.get_by_role("button", name="Recharger la page")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-pret]")
    expect(page.locator("#t-session")).to_be_hidden()


def test_an_idle_kernel_that_was_stopped_says_that_the_session_is_over(
    open_page: Callable[..., Page], server: Running, violations: Callable[..., list[str]]
) -> None:
    page = open_page("page/observer")
    page.evaluate("""async () => {
        const { kernelId, baseUrl } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
        const xsrf = document.cookie.match(/_xsrf=([^;]*)/)[1];
        await fetch(`${baseUrl}api/kernels/${kernelId}`, { method: "DELETE", headers: { "X-XSRFToken": xsrf } });
    }""")
    expect(page.locator("#t-session")).to_contain_text("Vos réponses sont enregistrées")
    expect(page.locator("h1")).to_be_visible()
    assert violations(page) == []


SHARED = """
import sys
from territ_kit.apps.server import Server, run
from territ_kit.workspace import Workspace
run(Server(Workspace.open(sys.argv[1]), port=8990, browser=False, shared=True))
"""


def test_each_visitor_of_a_shared_server_reaches_their_own_files_through_a_preheated_kernel(
    browser: Browser, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SHARED, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    running = Running(process.stdout.readline().strip().removeprefix("Ouvert : "), tmp_path, process)
    try:
        seen = {}
        for who, pick in (("a", "Sur une carte"), ("b", "Les quartiers prioritaires (QPV)")):
            context = browser.new_context()
            # A visitor who claims another's identity is not believed.
            context.set_extra_http_headers({"X-Territ-Personne": "abcd-2345-wxyz"})
            page = context.new_page()
            page.goto(running.address)
            page.goto(running.base + "page/observer")
            page.wait_for_selector("html[data-pret]")
            page.get_by_label(pick).check()
            code = next(c["value"] for c in context.cookies() if c["name"] == "territ-personne")
            own = tmp_path / "personnes" / code / "progression.json"
            end = time.monotonic() + 10
            while '"choices"' not in own.read_text() and time.monotonic() < end:
                time.sleep(0.1)
            seen[who] = (code, own.read_text())
            context.close()
        assert seen["a"][0] != seen["b"][0]
        assert '"map"' in seen["a"][1]
        assert '"qpv"' in seen["b"][1]
        assert not (tmp_path / "progression.json").exists()
        assert sorted(folder.name for folder in (tmp_path / "personnes").iterdir()) == sorted(
            code for code, _ in seen.values()
        )
    finally:
        finish(running)


def test_the_home_page_opens_jupyterlab_in_french_and_it_never_outlives_us(
    browser: Browser, tmp_path: Path
) -> None:
    running = launch(tmp_path, "--port", "8980")
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(running.address)
    page.get_by_role("link", name="Ouvrir JupyterLab").click()
    page.wait_for_url("**/lab**")
    expect(page.get_by_role("menuitem", name="Fichier")).to_be_visible(timeout=60_000)
    family = psutil.Process(running.process.pid).children(recursive=True)
    assert any("territ_kit.apps.lab" in " ".join(child.cmdline()) for child in family)
    context.close()
    os.kill(running.process.pid, signal.SIGKILL)
    _, alive = psutil.wait_procs(family, timeout=15)
    assert not alive
