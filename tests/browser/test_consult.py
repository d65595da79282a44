"""« Concerter », used as a group does: actors, then a vote, on a wide screen and a phone."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import Running

SHOWN = {
    "acteurs": "Les acteurs",
    "influences": "Rapport de force le plus favorable",
    "participation": "Les actions de participation",
    "voter": "Les votes",
    "accord": "Il faut d’abord un vote avec des bulletins.",
}
DRAWN = "[...document.querySelectorAll('main h2')].every(h => h.textContent || !h.offsetParent)"
BALLOTS = "\n".join(["Cellule;Formation", *["TB;B"] * 5, "P;TB", *["AR;B"] * 5])


@pytest.fixture
def consult(open_page: Callable[..., Page], server: Running) -> Callable[[], Page]:
    """Open the page on an empty dossier of Val d'Aubrelle, with the actors of the territory."""
    for path in server.workspace.glob("**/val-d-aubrelle*.json"):
        path.unlink()

    def opened() -> Page:
        page = open_page("page/concerter?cas=val-d-aubrelle&tache=acteurs")
        page.get_by_role("button", name="Reprendre les acteurs du territoire").click()
        expect(page.locator(".t-figure img").first).to_be_visible()
        return page

    return opened


def kept(server: Running, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return the consultation on the disk, once it holds what is expected."""
    end = time.monotonic() + 10
    part: dict[str, Any] = {}
    while time.monotonic() < end:
        for path in server.workspace.glob("**/val-d-aubrelle*.json"):
            part = json.loads(path.read_text(encoding="utf-8"))["consultation"]
            if holds(part):
                return part
        time.sleep(0.05)
    raise AssertionError(part)


def fits(page: Page, violations: Callable[..., list[str]], widths: tuple[int, ...] = (1200, 360)) -> bool:
    """Check that all is accessible and within the screen, on a wide one and on a phone."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for details in page.locator("details").all():
            details.evaluate("d => d.open = true")
        page.wait_for_function(DRAWN)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
    return True


def test_each_task_is_accessible_and_fits_a_phone(
    consult: Callable[[], Page], violations: Callable[..., list[str]]
) -> None:
    page = consult()
    for task, words in SHOWN.items():
        page.set_viewport_size({"width": 1200, "height": 900})
        page.get_by_label("Votre tâche").select_option(task)
        expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()
        assert fits(page, violations)
        if task == "influences":
            page.set_viewport_size({"width": 1200, "height": 900})
            page.get_by_label("Qui défend quoi").check()
            expect(page.get_by_text("Du plus disputé au plus unanime")).to_be_visible()
            assert fits(page, violations, (360,))


def test_an_actor_is_moved_with_the_keyboard_and_the_map_follows(
    consult: Callable[[], Page], server: Running
) -> None:
    page = consult()
    picture = page.locator(".t-figure img")
    page.get_by_label("11 acteurs").select_option("gem")
    before = picture.get_attribute("src")
    slider = page.get_by_role("slider", name="Pouvoir de faire avancer ou d’arrêter le projet")
    expect(slider).to_have_value("2")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(picture).not_to_have_attribute("src", before or "")
    kept(server, lambda part: next(a["power"] for a in part["actors"] if a["id"] == "gem") == 0.3)
    page.get_by_role("button", name="Annuler la dernière action").focus()
    page.keyboard.press("Enter")
    expect(slider).to_have_value("2")


def test_a_vote_is_prepared_gathered_and_read_and_depends_on_the_rule(
    consult: Callable[[], Page], server: Running, violations: Callable[..., list[str]]
) -> None:
    page = consult()
    page.get_by_label("Votre tâche").select_option("voter")
    page.get_by_role("button", name="Ajouter un vote").click()
    page.get_by_label("La question").fill("Que faire d’abord ?")
    page.get_by_label("Les options").fill("Cellule\nFormation")
    page.get_by_label("Les options").blur()
    kept(server, lambda part: bool(part["votes"]) and len(part["votes"][0]["options"]) == 2)
    page.get_by_label("Recueillir les bulletins").check()
    page.get_by_label("Coller un tableau").check()
    pasted = page.get_by_label("Les bulletins", exact=True)
    pasted.fill("Cellule;Formation\nsuper;B")
    page.get_by_role("button", name="Lire ces bulletins").click()
    expect(page.get_by_text("Rien n’a été ajouté.")).to_be_visible()
    assert fits(page, violations, (360,))
    expect(pasted).to_have_value("Cellule;Formation\nsuper;B")
    pasted.fill(BALLOTS)
    page.get_by_role("button", name="Lire ces bulletins").click()
    expect(page.get_by_role("heading", name="11 bulletins")).to_be_visible()
    page.get_by_label("Lire le résultat").check()
    expect(page.get_by_text("Le résultat dépend de la règle.")).to_be_visible()
    expect(page.locator(".t-figure img").last).to_have_attribute(
        "alt", re.compile("^Profil de mérite de 2 options")
    )
    assert fits(page, violations, (360,))
    page.reload()
    page.wait_for_selector("html[data-pret]")
    page.get_by_label("Votre tâche").select_option("accord")
    expect(page.get_by_text("Indice d’accord")).to_be_visible()
