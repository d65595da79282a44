"""« Observer », used as a learner does."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .conftest import Running

PAGES = ["", "aide", "accessibilite", "sources", "page/observer", "page/exercice", "jupyterlab-absent"]


def table(page: Page) -> list[list[str]]:
    """Return the figures of the table as they are shown."""
    details = page.locator(".t-figure details")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.locator("tbody tr").first.wait_for()
    return [row.locator("th,td").all_inner_texts() for row in page.locator(".t-figure tbody tr").all()]


def wait_saved(server: Running, text: str) -> dict[str, object]:
    path = server.workspace / "progression.json"
    end = time.monotonic() + 10
    while text not in path.read_text(encoding="utf-8") and time.monotonic() < end:
        time.sleep(0.05)
    return json.loads(path.read_text(encoding="utf-8"))["choices"]["observer"]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_to_say_on_a_wide_screen_and_on_a_phone(
    open_page: Callable[..., Page], violations: Callable[..., list[str]], server: Running, path: str
) -> None:
    page = open_page(path if path.startswith("page/") else "")
    if path and not path.startswith("page/"):
        page.goto(server.base + path)
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator("h1").count() == 1
    for width in (1200, 360):
        page.set_viewport_size({"width": width, "height": 900})
        if path == "page/observer":  # a phone gets a drawing of its own
            drawn = "document.querySelector('.t-figure img').naturalWidth"
            page.wait_for_function(f"{drawn} < 400" if width == 360 else f"{drawn} > 700")
        for details in page.locator("details").all():
            details.evaluate("d => d.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []


def test_at_200_percent_nothing_is_cut(open_page: Callable[..., Page]) -> None:
    page = open_page("page/observer", width=600)  # a 1200 px window zoomed twice
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 600


def test_a_moved_control_changes_the_picture_its_words_its_table_and_the_saved_file(
    open_page: Callable[..., Page], server: Running
) -> None:
    page = open_page("page/observer")
    image = page.locator(".t-figure img")
    before, rows, source = image.get_attribute("alt"), table(page), image.get_attribute("src")
    page.locator(".t-carte details summary", has_text="Réglages avancés").click()
    slider = page.get_by_role("slider", name="Niveau de confiance")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("Niveau de confiance, valeur exacte")).to_have_value("90")
    page.wait_for_function("before => document.querySelector('.t-figure img').alt !== before", arg=before)
    expect(image).not_to_have_attribute("src", source or "")
    page.wait_for_function(
        "old => document.querySelector('.t-figure tbody tr td:nth-child(3)').innerText !== old",
        arg=rows[0][2],
    )
    after = table(page)
    assert [row[:2] for row in after] == [row[:2] for row in rows]
    low, low_before = (float(r[0][2].replace(",", ".")) for r in (after, rows))
    assert low > low_before  # less confidence, narrower interval
    assert wait_saved(server, '"confidence": 90')["confidence"] == 90
    page.reload()
    page.wait_for_selector("html[data-pret]")
    exact = page.get_by_label("Niveau de confiance, valeur exacte")
    expect(exact).to_have_value("90")
    # A number that makes no sense is answered in French, and kept as it was written.
    page.locator(".t-carte details summary", has_text="Réglages avancés").click()
    exact.fill("12")
    exact.press("Tab")
    expect(page.get_by_text("Écrivez un nombre entier entre 80 et 99.")).to_be_visible()
    expect(exact).to_have_attribute("aria-invalid", "true")
    expect(exact).to_have_value("12")


def test_the_whole_reading_can_be_done_with_the_keyboard(open_page: Callable[..., Page]) -> None:
    page = open_page("page/observer")
    page.keyboard.press("Tab")
    expect(page.locator(".t-evitement")).to_be_focused()
    page.keyboard.press("Enter")
    indicator = page.get_by_label("Indicateur")
    for _ in range(12):
        page.keyboard.press("Tab")
        if indicator.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Home")
    expect(page.locator(".t-figure h2")).to_contain_text("Accès aux généralistes")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # « Ce que l'on compare » : les quartiers
    expect(page.get_by_label("Les quartiers prioritaires (QPV)")).to_be_checked()
    summary = page.locator(".t-figure summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".t-figure tbody tr")).to_have_count(5)


def test_the_map_says_what_is_secret_and_what_does_not_exist(open_page: Callable[..., Page]) -> None:
    page = open_page("page/observer")
    page.get_by_label("Sur une carte").check()
    page.get_by_label("Indicateur").select_option("pauvrete")
    image = page.locator(".t-figure img")
    page.wait_for_function("() => /secret/i.test(document.querySelector('.t-figure img').alt)")
    assert "Carte" in (image.get_attribute("alt") or "")
    readings = {row[-1] for row in table(page)}
    assert any("secret" in reading for reading in readings), readings


def test_every_download_says_that_the_territory_is_fictitious(open_page: Callable[..., Page]) -> None:
    page = open_page("page/observer")
    content = {}
    for kind, label in (("png", "Image (PNG)"), ("xlsx", "Tableau (XLSX)"), ("csv", "Données (CSV)")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=label).click()
        assert waiting.value.suggested_filename.endswith(f".{kind}")
        content[kind] = Path(waiting.value.path()).read_bytes()
    assert "Territoire fictif" in Image.open(BytesIO(content["png"])).text["Description"]
    assert "Territoire fictif" in content["csv"].decode("utf-8-sig").splitlines()[0]
    sheet = openpyxl.load_workbook(BytesIO(content["xlsx"])).active
    assert "Territoire fictif" in str(sheet["A2"].value)
    assert isinstance(sheet["B5"].value, float)
