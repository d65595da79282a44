"""« Diagnostiquer », used as a group does: read a cell, correct it, keep the need, argue it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from territ_kit.widgets.diagnose import TASKS

from .conftest import Running

CASE = "port-ancelle"


def address(task: str, case: str = CASE) -> str:
    return f"page/diagnostiquer?cas={case}&tache={task}"


@pytest.fixture
def no_dossier(server: Running) -> None:
    for path in (server.workspace / "dossiers").glob("*"):
        path.unlink()


def saved(server: Running) -> dict[str, object]:
    return json.loads((server.workspace / "dossiers" / f"{CASE}.json").read_text("utf-8"))["diagnosis"]


@pytest.mark.usefixtures("no_dossier")
def test_a_blind_spot_is_read_corrected_kept_and_argued(
    open_page: Callable[..., Page], server: Running
) -> None:
    page = open_page(address("croiser"))
    heading = page.get_by_role("heading", name="Lecture de la case")
    expect(heading).to_contain_text("angle mort")
    expect(page.locator(".t-figure h2").locator("visible=true")).to_contain_text("12 angles morts")
    page.get_by_label("Actions en place").select_option("medium")
    expect(heading).to_contain_text("réponse en place")
    expect(page.locator(".t-figure h2").locator("visible=true")).to_contain_text("11 angles morts")
    page.get_by_role("button", name="Annuler la dernière action").click()
    expect(heading).to_contain_text("angle mort")
    page.get_by_role("button", name="Garder ce besoin").click()
    expect(page.get_by_text("gardé dans « Constats »", exact=True)).to_be_visible()

    page.get_by_label("Votre tâche").select_option("constats")
    editor = page.get_by_label("Le besoin", exact=True)
    expect(editor).to_have_value("Phare-Nord\u00a0: accès aux droits")
    page.get_by_label("Ce qu’il dit").fill("Le guichet est fermé quand je rentre.")
    page.get_by_label("Qui le dit, quand ?").fill("Une habitante")
    page.get_by_role("button", name="Ajouter cet appui").click()
    expect(page.get_by_text("Trois sortes d’appuis")).to_be_visible()

    page.goto(server.base + address("constats"))
    page.wait_for_selector("html[data-pret]")
    expect(page.get_by_text("Trois sortes d’appuis")).to_be_visible()
    (need,) = saved(server)["needs"]  # type: ignore[misc] # JSON
    assert [piece["kind"] for piece in need["evidence"]] == ["figure", "action", "words"]


@pytest.mark.usefixtures("no_dossier")
def test_a_tree_grows_with_the_keyboard_alone(open_page: Callable[..., Page]) -> None:
    page = open_page(address("arbre"))
    page.get_by_role("button", name="Ajouter une ligne").focus()
    page.keyboard.press("Enter")
    box = page.get_by_label("Ce qui se passe")
    figure = page.locator(".t-figure h2").locator("visible=true")
    expect(figure).to_contain_text("Sans texte")
    expect(box).to_be_focused()
    page.keyboard.type("Trop de renoncements aux soins")
    page.keyboard.press("Tab")
    expect(figure).to_contain_text("Trop de renoncements aux soins")
    page.get_by_role("button", name="Ajouter une ligne").focus()
    page.keyboard.press("Enter")
    expect(figure).to_contain_text("1 cause")
    expect(box).to_be_focused()
    page.keyboard.type("Il manque un bus santé")
    page.keyboard.press("Tab")
    expect(page.get_by_text("ressemble à une solution").first).to_be_visible()


@pytest.mark.usefixtures("no_dossier")
def test_axe_finds_nothing_to_say_of_any_task(
    open_page: Callable[..., Page], violations: Callable[..., list[str]]
) -> None:
    page = open_page(address("croiser"))
    page.get_by_role("button", name="angles morts et saturations").click()
    for width in (1200, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for task in TASKS:
            page.get_by_label("Votre tâche").select_option(task.id)
            expect(page.get_by_text(task.lead)).to_be_visible()
            page.wait_for_timeout(300)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") == width
