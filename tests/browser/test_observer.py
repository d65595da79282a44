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
from playwright.sync_api import Locator, Page, expect

from territ_kit.widgets.observer.views import VIEWS

from .conftest import Running

PAGES = ["", "aide", "accessibilite", "sources", "page/observer", "page/exercice", "jupyterlab-absent"]


def table(page: Page) -> list[list[str]]:
    """Return the figures of the table as they are shown."""
    details = page.locator(".t-figure details")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.locator("tbody tr").first.wait_for()
    return [row.locator("th,td").all_inner_texts() for row in page.locator(".t-figure tbody tr").all()]


def look(page: Page, view: str) -> None:
    """Choose a way of looking, and wait for its picture."""
    image = page.locator(".t-figure img")
    before = image.get_attribute("src")
    page.get_by_label("Votre question").select_option(view)
    expect(image).not_to_have_attribute("src", before or "")


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


def test_each_way_of_looking_is_accessible_and_fits_a_phone(
    open_page: Callable[..., Page], violations: Callable[..., list[str]]
) -> None:
    page = open_page("page/observer")
    drawn = "document.querySelector('.t-figure img').naturalWidth"
    for view in VIEWS:
        page.set_viewport_size({"width": 1200, "height": 900})
        page.wait_for_function(f"{drawn} > 700")
        if view != "overview":
            look(page, view)
        assert page.locator(".t-figure img").get_attribute("alt")
        for width in (1200, 360):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_function(f"{drawn} < 400" if width == 360 else f"{drawn} > 700")
            for details in page.locator("details").all():
                details.evaluate("d => d.open = true")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, view
            assert violations(page) == [], view


def test_at_200_percent_nothing_is_cut(open_page: Callable[..., Page]) -> None:
    page = open_page("page/observer", width=600)  # a 1200 px window zoomed twice
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 600


def test_a_moved_control_changes_the_picture_its_words_its_table_and_the_saved_file(
    open_page: Callable[..., Page], server: Running
) -> None:
    page = open_page("page/observer")
    look(page, "profile")
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
    question, indicator = page.get_by_label("Votre question"), page.get_by_label("Indicateur")

    def tab_to(control: Locator) -> None:
        for _ in range(14):
            page.keyboard.press("Tab")
            if control.evaluate("e => e === document.activeElement"):
                return
        raise AssertionError("the keyboard does not reach this control")

    tab_to(question)
    page.keyboard.press("ArrowDown")  # « Où ? Lieu par lieu »
    expect(page.locator(".t-figure h2")).to_contain_text("communes sur 26")
    tab_to(indicator)
    page.keyboard.press("Home")
    expect(page.locator(".t-figure h2")).to_contain_text("Accès aux généralistes")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # « Ce que l'on compare » : les groupes, puis les quartiers
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Les quartiers prioritaires (QPV)")).to_be_checked()
    summary = page.locator(".t-figure summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".t-figure tbody tr")).to_have_count(5)


def test_a_list_is_kept_with_the_keyboard_and_comes_back(
    open_page: Callable[..., Page], server: Running
) -> None:
    dossier = server.workspace / "dossiers" / "port-ancelle.json"
    dossier.unlink(missing_ok=True)
    page = open_page("page/observer")
    for indicator in ("pauvrete", "chomage"):
        page.get_by_label("Indicateur").select_option(indicator)
        expect(page.locator(".t-carte--menthe").first).to_contain_text("En clair")
        keep = page.get_by_role("button", name="Garder ce constat dans ma liste")
        keep.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Gardé dans « Ma liste »")).to_be_visible()
    cards = page.locator("section.t-carte", has=page.get_by_role("button", name="Retirer"))
    expect(cards).to_have_count(2)
    reason = cards.nth(1).get_by_label("Nous pouvons agir dessus.")
    reason.focus()
    page.keyboard.press("Space")
    words = cards.nth(1).get_by_label("Vos mots")
    words.focus()
    page.keyboard.type("Le port embauche moins.")
    expect(cards.nth(1).get_by_role("status").first).to_contain_text("Enregistré à")
    up = cards.nth(1).get_by_role("button", name="Monter")
    up.focus()
    page.keyboard.press("Enter")
    expect(cards.first).to_contain_text("Chômage")
    moved = "e => e.closest('section')?.innerText.includes('Chômage') && e.tagName === 'BUTTON'"
    page.wait_for_function(f"() => ({moved})(document.activeElement)")  # the keyboard follows the card
    page.reload()
    page.wait_for_selector("html[data-pret]")
    expect(cards.first.get_by_label("Vos mots")).to_have_value("Le port embauche moins.")
    expect(cards.first.get_by_label("Nous pouvons agir dessus.")).to_be_checked()
    drop = cards.first.get_by_role("button", name="Retirer")
    drop.focus()
    page.keyboard.press("Enter")
    expect(cards).to_have_count(1)
    page.wait_for_function("() => document.activeElement.innerText === 'Annuler la dernière action'")
    page.keyboard.press("Enter")
    expect(cards).to_have_count(2)


def test_another_territory_opens_from_the_home_page_with_its_own_list(
    open_page: Callable[..., Page], server: Running
) -> None:
    page = open_page("")
    page.get_by_role("link", name="Communauté de communes du Pays de Brézonne").click()
    page.wait_for_selector("html[data-pret]")
    expect(page.locator(".t-bandeau")).to_contain_text("31 communes")
    expect(page.get_by_text("Rien n’est encore gardé.")).to_be_visible()
    look(page, "profile")
    expect(page.get_by_label("Les quartiers prioritaires (QPV)")).to_have_count(0)


def test_the_map_says_what_is_secret_and_what_does_not_exist(open_page: Callable[..., Page]) -> None:
    page = open_page("page/observer")
    look(page, "map")
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
