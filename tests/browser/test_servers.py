"""The three things proved first: one address, a person behind a preheated kernel, no kernel left."""

from __future__ import annotations

import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable

import psutil
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import Running

POOL = 6  # one preheated kernel for each page


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


def test_the_token_leaves_the_address_bar_and_is_never_written_down(
    open_page: Callable[..., Page], server: Running
) -> None:
    page = open_page()
    assert page.url == server.base
    page.goto(f"{server.base}page/exercice?token={server.token}")
    page.wait_for_selector("html[data-pret]")
    assert page.url == f"{server.base}page/exercice"
    assert server.token not in (server.workspace / "progression.json").read_text(encoding="utf-8")


def test_the_address_cannot_choose_another_template(open_page: Callable[..., Page], server: Running) -> None:
    page = open_page()
    page.goto(f"{server.base}page/exercice?template=lab&theme=dark&devoir=inconnu")
    expect(page.get_by_text("L’exercice « inconnu » n’existe pas.")).to_be_visible()
    expect(page.get_by_text("La page se prépare.")).to_be_hidden()
    assert page.locator("html").get_attribute("lang") == "fr"


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
    page.goto("about:blank")
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
        const headers = { "X-XSRFToken": xsrf };
        await fetch(`${baseUrl}api/kernels/${kernelId}`, { method: "DELETE", headers });
    }""")
    page.get_by_label("La région (valeur fictive)").click()
    expect(page.locator("#t-session")).to_contain_text("La session est terminée")
    expect(page.locator("h1")).to_be_visible()
    assert violations(page) == []
