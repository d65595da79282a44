"""« Planifier », used as a group does: a sheet, its dates, its money, the choice, an event, the document."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from territ_kit.widgets.plan import TASKS

from .conftest import Running

CASE = "port-ancelle"
_PICTURES = {"logique": 1, "calendrier": 2, "budget": 1, "choisir": 1}
_DRAWN = """number => {
    const seen = [...document.querySelectorAll('.t-figure h2')].filter(h => h.offsetParent);
    return seen.length >= number && seen.every(h => h.textContent);
}"""


def address(task: str, case: str = CASE) -> str:
    return f"page/planifier?cas={case}&tache={task}"


@pytest.fixture
def no_dossier(server: Running) -> None:
    for path in (server.workspace / "dossiers").glob("*"):
        path.unlink()


def saved(server: Running) -> dict[str, object]:
    return json.loads((server.workspace / "dossiers" / f"{CASE}.json").read_text("utf-8"))["programme"]


def write(page: Page, label: str, words: str) -> None:
    """Fill the field that is seen: other tasks may hide one of the same name."""
    page.get_by_label(label).locator("visible=true").fill(words)
    page.keyboard.press("Tab")


def turn(page: Page, task: str) -> None:
    page.get_by_label("Votre tâche").select_option(task)


@pytest.mark.usefixtures("no_dossier")
def test_an_action_is_written_dated_paid_chosen_and_printed(
    open_page: Callable[..., Page], server: Running
) -> None:
    page = open_page(address("fiches"))
    title = page.locator(".t-figure h2").locator("visible=true")
    page.get_by_role("button", name="Ajouter une fiche").click()
    write(page, "Intitulé", "Ouvrir un guichet du soir")
    write(page, "Pilote", "La coordonnatrice")
    expect(page.get_by_text("Le coordonnateur est nommé pilote.")).to_be_visible()

    turn(page, "calendrier")
    write(page, "Premier mois", "3")
    write(page, "Durée", "un an")
    expect(page.get_by_text("« un an » n’est pas compris", exact=False)).to_be_visible()
    write(page, "Durée", "12")
    expect(title.first).to_contain_text("1 action jusqu’en février 2028")

    turn(page, "budget")
    page.get_by_role("button", name="Commencer avec trois financeurs").click()
    write(page, "Coût total (€)\u00a0: Par an", "56000")
    write(page, "Région Normandie\u00a0: Par an", "20000")
    expect(page.get_by_text("pour 14 000 € au plus, à confirmer auprès de la Région").first).to_be_visible()
    write(page, "Région Normandie\u00a0: Par an", "14000")
    page.get_by_role("button", name="La structure porteuse prend le reste").click()
    expect(title).to_contain_text("Le plan couvre les 168 000 € du programme")

    turn(page, "choisir")
    write(page, "Budget des actions", "10000")
    expect(page.get_by_text("Aucune action n’a encore de valeur")).to_be_visible()
    page.get_by_text("Valeur de chaque action", exact=True).click()
    write(page, "Ouvrir un guichet du soir\u00a0: Valeur", "8")
    expect(title).to_contain_text("1 action sur 1 est gardée")

    turn(page, "document")
    with page.expect_download() as download:
        page.get_by_role("button", name="Rapport complet (Word)").click()
    report = docx.Document(BytesIO(Path(download.value.path()).read_bytes()))
    assert any("Ouvrir un guichet du soir" in part.text for part in report.paragraphs) or any(
        "Ouvrir un guichet du soir" in cell.text for table in report.tables for cell in table._cells
    )
    (action,) = saved(server)["actions"]  # type: ignore[misc] # JSON
    assert (action["start"], action["months"], action["title"]) == (3, 12, "Ouvrir un guichet du soir")


@pytest.mark.usefixtures("no_dossier")
def test_a_pilot_leaves_with_the_keyboard_alone(open_page: Callable[..., Page], server: Running) -> None:
    page = open_page(address("suivi"))
    page.get_by_role("button", name="Partir du dossier d’exemple").focus()
    page.keyboard.press("Enter")
    event = page.get_by_label("Événement à rejouer")
    event.wait_for()
    event.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", name="Options à porter au COPIL")).to_be_visible()
    pilot = event.input_value().removeprefix("pilote:")
    assert any(action["pilot"] == pilot for action in saved(server)["actions"])  # type: ignore[attr-defined]
    page.get_by_role("button", name="C’est arrivé").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("n’a pas de pilote").first).to_be_visible()
    assert not any(action["pilot"] == pilot for action in saved(server)["actions"])  # type: ignore[attr-defined]


@pytest.mark.usefixtures("no_dossier")
def test_every_task_is_accessible_and_fits_a_phone(
    open_page: Callable[..., Page], violations: Callable[..., list[str]]
) -> None:
    page = open_page(address("objectifs"))
    example = page.get_by_role("button", name="Partir du dossier d’exemple")
    example.click()
    example.wait_for(state="hidden")
    for task in TASKS:
        page.set_viewport_size({"width": 1200, "height": 900})
        turn(page, task.id)
        expect(page.get_by_text(task.lead[:30]).first).to_be_visible()
        # A picture has no title until it is drawn.
        page.wait_for_function(_DRAWN, arg=_PICTURES.get(task.id, 0))
        for width in (1200, 360):
            page.set_viewport_size({"width": width, "height": 900})
            for details in page.locator("details").all():
                details.evaluate("d => d.open = true")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, task.id
            assert violations(page) == [], task.id
