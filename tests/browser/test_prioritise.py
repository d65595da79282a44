"""« Prioriser », used as a group does: scores, a weight to try, an order changed by hand, on two screens."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import Running

SHOWN = {
    "notes": "Répartissez 100 points",
    "hanlon": "À retravailler avant d’agir",
    "methodes": "Ce que disent les quatre méthodes",
    "solidite": "L’ordre avec vos poids",
    "simple": "3 classements gardés",
    "retenir": "3 priorités retenues",
}
DRAWN = "[...document.querySelectorAll('main h2')].every(h => h.textContent || !h.offsetParent)"


@pytest.fixture
def prioritise(open_page: Callable[..., Page], server: Running) -> Callable[[str], Page]:
    """Open a task of the page on the worked dossier of Val d'Aubrelle."""
    for path in server.workspace.glob("**/val-d-aubrelle*.json"):
        path.unlink()

    def opened(task: str) -> Page:
        page = open_page(f"page/prioriser?cas=val-d-aubrelle&tache={task}")
        page.get_by_role("button", name="Partir du dossier d’exemple").click()
        expect(page.get_by_text("Le dossier d’exemple est repris.")).to_be_visible()
        return page

    return opened


def kept(server: Running, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return the prioritisation on the disk, once it holds what is expected."""
    end = time.monotonic() + 10
    part: dict[str, Any] = {}
    while time.monotonic() < end:
        for path in server.workspace.glob("**/val-d-aubrelle*.json"):
            part = json.loads(path.read_text(encoding="utf-8"))["prioritisation"]
            if holds(part):
                return part
        time.sleep(0.05)
    raise AssertionError(part)


def fits(page: Page, violations: Callable[..., list[str]]) -> bool:
    """Check that all is accessible and within the screen, on a wide one and on a phone."""
    for width in (1200, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for details in page.locator("details").all():
            details.evaluate("d => d.open = true")
        page.wait_for_function(DRAWN)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
    return True


def test_each_task_is_accessible_and_fits_a_phone(
    prioritise: Callable[[str], Page], violations: Callable[..., list[str]]
) -> None:
    page = prioritise("notes")
    for task, words in SHOWN.items():
        page.set_viewport_size({"width": 1200, "height": 900})
        page.get_by_label("Votre tâche").select_option(task)
        expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()
        assert fits(page, violations)


def test_a_weight_is_tried_with_the_keyboard_then_kept(
    prioritise: Callable[[str], Page], server: Running
) -> None:
    page = prioritise("solidite")
    picture = page.locator(".t-figure img").first
    expect(picture).to_be_visible()
    before = picture.get_attribute("src")
    slider = page.get_by_role("slider", name="Son poids")
    slider.focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    expect(picture).not_to_have_attribute("src", before or "")
    expect(page.get_by_text("L’ordre change. C’est de ce poids qu’il faut débattre.")).to_be_visible()
    expect(page.get_by_role("heading", name="Avec 19 points pour « Inégalité »")).to_be_visible()
    expect(slider).to_be_focused()
    page.get_by_role("button", name="Garder ce poids").focus()
    page.keyboard.press("Enter")
    part = kept(server, lambda part: part["criteria"][2]["weight"] == 19)
    assert sum(one["weight"] for one in part["criteria"]) == pytest.approx(100, abs=0.2)
    page.get_by_role("button", name="Annuler la dernière action").click()
    kept(server, lambda part: part["criteria"][2]["weight"] == 25)


def test_a_need_moved_by_hand_asks_why_and_the_reason_stays(
    prioritise: Callable[[str], Page], server: Running
) -> None:
    page = prioritise("retenir")
    name = "Apaiser les voisinages de La Villorbe"
    page.get_by_role("button", name=f"Monter : {name}").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("n’est pas à sa place calculée")).to_have_count(
        0
    )  # its reason is written already
    why = page.get_by_label("Pourquoi 5e, et non 6e comme au calcul ?")
    why.fill("Le comité le décide, et reprend l’action avec l’accord des personnes.")
    why.blur()
    part = kept(server, lambda part: "reprend" in part["reasons"].get("voisinages-villorbe", ""))
    assert part["order"].index("voisinages-villorbe") == 4
    page.reload()
    page.wait_for_selector("html[data-pret]")
    expect(page.get_by_text("Le comité le décide, et reprend l’action").first).to_be_visible()
