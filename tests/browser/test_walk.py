"""The whole walk on one dossier: a figure, needs, votes, priorities, a programme, the document."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from playwright.sync_api import Page, expect

from .conftest import Running

CASE = "port-ancelle"
NEEDS = ("Phare-Nord\u00a0: accès aux droits", "Les Corvelles\u00a0: accès aux soins")
ACTION, COST = "Ouvrir un guichet du soir", 12_000


def write(page: Page, label: str, words: str, *, exact: bool = False) -> None:
    """Fill the field that is seen: other tasks may hide one of the same name."""
    field = page.get_by_label(label, exact=exact).locator("visible=true").first
    field.fill(words)
    field.press("Tab")


def go(page: Page, server: Running, name: str, task: str = "") -> None:
    page.goto(f"{server.base}page/{name}?cas={CASE}" + (f"&tache={task}" if task else ""))
    page.wait_for_selector("html[data-pret]")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).locator("visible=true").first.click()


def observe(page: Page, server: Running) -> None:
    go(page, server, "observer")
    press(page, "Garder ce constat dans ma liste")
    expect(page.get_by_text("Gardé dans « Ma liste »", exact=False).first).to_be_visible()


def diagnose(page: Page, server: Running) -> None:
    go(page, server, "diagnostiquer", "croiser")
    press(page, "Garder ce besoin")
    expect(page.get_by_text("gardé dans « Constats »").first).to_be_visible()
    page.get_by_label("Zone ou public").select_option(label="Les Corvelles")
    page.get_by_label("Thème").locator("visible=true").select_option(label="Accès aux soins")
    expect(page.get_by_text("Les Corvelles, Accès aux soins", exact=False).first).to_be_visible()
    press(page, "Garder ce besoin")
    until(server, "diagnosis", lambda part: len(part["needs"]) == 2)


def consult(page: Page, server: Running) -> None:
    go(page, server, "concerter", "voter")
    press(page, "Ajouter un vote")
    press(page, "Voter sur les besoins du diagnostic")
    page.get_by_label("Recueillir les bulletins").check()
    page.get_by_label("Coller un tableau").check()
    rows = ["Très bien;Bien"] * 3 + ["Assez bien;Très bien"] * 2
    page.get_by_label("Les bulletins", exact=True).fill("\n".join([";".join(NEEDS), *rows]))
    press(page, "Lire ces bulletins")
    expect(page.get_by_role("heading", name="5 bulletins")).to_be_visible()
    page.get_by_label("Lire le résultat").check()
    expect(page.locator(".t-figure h2").locator("visible=true").first).to_contain_text("Phare-Nord")


def prioritise(page: Page, server: Running) -> None:
    go(page, server, "prioriser", "notes")
    press(page, "Partir de quatre critères usuels")
    page.get_by_label("Les notes").check()
    press(page, "Reprendre les besoins du diagnostic")
    criteria = [one["label"] for one in part(server, "prioritisation")["criteria"]]
    for place, scores in enumerate(((8, 7, 9, 7), (6, 6, 6, 5))):
        page.get_by_label("2 besoins").locator("visible=true").select_option(index=place)
        for criterion, score in zip(criteria, scores, strict=True):
            write(page, criterion, str(score), exact=True)
    page.get_by_label("Votre tâche").select_option("retenir")
    page.get_by_label("Combien de priorités retenez-vous ?").select_option("2")
    expect(page.get_by_role("heading", name="2 priorités retenues")).to_be_visible()


def plan(page: Page, server: Running) -> None:
    go(page, server, "planifier", "fiches")
    press(page, "Ouvrir une fiche pour 2 priorités")
    write(page, "Intitulé", ACTION)
    page.get_by_label("Votre tâche").select_option("budget")
    press(page, "Commencer avec trois financeurs")
    page.get_by_label("Ligne", exact=True).locator("visible=true").select_option(label=ACTION)
    write(page, "Coût total (€)\u00a0: 2027", str(COST))
    page.get_by_label("Votre tâche").select_option("document")


def download(page: Page) -> bytes:
    with page.expect_download() as file:
        press(page, "Rapport complet (Word)")
    return Path(file.value.path()).read_bytes()


def part(server: Running, name: str) -> dict[str, Any]:
    return json.loads((server.workspace / "dossiers" / f"{CASE}.json").read_text("utf-8"))[name]


def until(server: Running, name: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return a part of the dossier on the disk, once it holds what is expected."""
    end = time.monotonic() + 10
    while not holds(found := part(server, name)) and time.monotonic() < end:
        time.sleep(0.05)
    assert holds(found), found
    return found


def test_from_a_figure_to_a_document_that_a_committee_can_read(
    open_page: Callable[..., Page], server: Running
) -> None:
    for path in (server.workspace / "dossiers").glob("*"):
        path.unlink()
    page = open_page()
    for step in (observe, diagnose, consult, prioritise, plan):
        step(page, server)
    content = download(page)
    assert download(page) == content

    report = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    said = "\n".join([one.text for one in report.paragraphs] + cells)
    (finding,) = part(server, "observation")["kept"]
    assert finding["sentence"] in said
    for need in NEEDS:
        assert need in said
    assert "Phare-Nord" in next(text for text in cells if text.startswith("Phare-Nord"))
    priorities = [one.text for one in report.paragraphs if one.style.name == "List Number"]
    assert priorities == list(NEEDS)
    assert ACTION in [one.text for one in report.paragraphs if one.style.name == "Heading 2"]
    assert "12\u202f000\u00a0€" in said
