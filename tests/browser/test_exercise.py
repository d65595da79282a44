"""Exercises, answered as a learner does: by hand or by keyboard, interrupted, resumed, in two tabs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Running, answers, finish, launch, leave

SAMPLE = Path(__file__).parents[1] / "exercises" / "sample" / "source" / "sept-sortes"
KEYS = Path(__file__).parents[2] / "exercises" / "keys"
COOKIE = "territ-personne"

# A shared server of ours on a folder of its own: its page shows the assignment that holds the seven kinds.
SHARED = """
import sys
from territ_kit.apps.server import Server, run
from territ_kit.workspace import Workspace
server = Server(Workspace.open(sys.argv[1]), port=8960, browser=False, shared=True)
server.root_dir = sys.argv[2]
run(server)
"""
CELLS = (
    "from territ_kit.widgets.exercise import ExercisePanel",
    """
from pathlib import Path
from territ_kit.apps.visit import Visit
visit = Visit.begin()
ExercisePanel(Path({source!r}), visit.workspace.assignment_folder("sept-sortes")).view
""",
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    pages, workspace = tmp_path_factory.mktemp("pages"), tmp_path_factory.mktemp("salle")
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell.format(source=str(SAMPLE))) for cell in CELLS],
        metadata={"title": "Sept sortes", "kernelspec": kernel},
    )
    nbformat.write(notebook, pages / "sept.ipynb")
    process = subprocess.Popen(
        [sys.executable, "-c", SHARED, str(workspace), str(pages)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    running = Running(process.stdout.readline().strip().removeprefix("Ouvert : "), workspace, process)
    yield running
    finish(running)


def visitor(browser: Browser, running: Running, path: str = "") -> Page:
    """Come with a browser of one's own."""
    context = browser.new_context(viewport={"width": 1200, "height": 900}, locale="fr-FR")
    # A visitor who claims another's identity is not believed.
    context.set_extra_http_headers({"X-Territ-Personne": "abcd-2345-wxyz"})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(running.address)
    if path:
        page.goto(running.base + path)
        page.wait_for_selector("html[data-pret]")
    return page


def own(room: Running, page: Page) -> Running:
    """Return the room as this visitor has it: their own folder."""
    code = next(c["value"] for c in page.context.cookies() if c["name"] == COOKIE)
    return replace(room, workspace=room.workspace / "personnes" / code)


def saved(running: Running, assignment: str, question: str, value: object, seconds: float = 10) -> object:
    """Wait until the file holds `value` for a question; return what it holds at the end."""
    end = time.monotonic() + seconds
    while (kept := answers(running, assignment).get(question)) != value and time.monotonic() < end:
        time.sleep(0.05)
    return kept


def test_the_seven_kinds_are_answered_with_the_keyboard_alone_saved_and_found_again(
    browser: Browser, room: Running, violations: Callable[..., list[str]]
) -> None:
    page = visitor(browser, room, "page/sept")
    mine, keys = own(room, page), page.keyboard

    page.get_by_label("À âge égal, aucune différence n’est décelable.").focus()
    keys.press("ArrowDown")
    page.get_by_label("Croiser avec d’autres sources.").focus()
    keys.press("Space")
    keys.press("Tab")
    keys.press("Space")
    page.get_by_label("Quelle part des personnes pauvres").focus()
    keys.type("29,1")
    keys.press("Tab")
    page.get_by_role("button", name="Descendre : Appeler l’élu référent.").focus()
    keys.press("Enter")
    expect(page.get_by_text("Appeler l’élu référent. est maintenant 2e sur 5.")).to_be_attached()
    expect(page.get_by_role("button", name="Descendre : Appeler l’élu référent.")).to_be_focused()
    page.get_by_label("Relancer en ligne").focus()
    for amount in ("4", "3", "3"):
        keys.type(amount)
        keys.press("Tab")
    expect(page.get_by_text("Tout est placé : 10 demi-journées.")).to_be_visible()
    page.get_by_label("Besoin haut, aucune action").focus()
    keys.type("Angle")
    keys.press("Tab")
    page.get_by_label("Le bailleur : pouvoir").focus()
    for _ in range(3):
        keys.press("ArrowRight")
    keys.press("Tab")
    expect(page.get_by_label("Le bailleur : intérêt")).to_be_focused()
    for _ in range(2):
        keys.press("ArrowRight")
    page.get_by_label("Public").fill("Jeunes de 16 à 18 ans, été compris")
    page.get_by_label("Pilote").focus()

    expected = {
        "titre": "moins",
        "signal": ["croiser", "elargir"],
        "part": 29.1,
        "ordre": ["cadre", "elu", "reunion", "presse", "liste"],
        "journees": {"ligne": 4, "gem": 3, "cfa": 3},
        "manques": {"phare": "angle-mort"},
        "carte": {"bailleur": [0.8, 0.7]},
        "fiche": {"public": "Jeunes de 16 à 18 ans, été compris"},
    }
    for question, value in expected.items():
        assert saved(mine, "sept-sortes", question, value) == value
    expect(page.get_by_text("8 questions sur 8")).to_be_visible()
    assert violations(page) == []

    page.reload()  # a new kernel each time
    page.wait_for_selector("html[data-pret]")
    expect(page.get_by_label("On meurt moins qu’ailleurs.")).to_be_checked()
    expect(page.get_by_label("Croiser avec d’autres sources.")).to_be_checked()
    expect(page.get_by_label("Quelle part des personnes pauvres")).to_have_value("29,1")
    expect(page.locator(".t-rang li strong").first).to_have_text("Rappeler le cadre.")
    expect(page.get_by_label("Atelier au groupe d’entraide")).to_have_value("3")
    expect(page.get_by_label("Besoin haut, aucune action")).to_have_value("angle-mort")
    expect(page.get_by_label("Le bailleur : pouvoir")).to_have_value("8")
    expect(page.get_by_label("Le bailleur : intérêt")).to_have_value("7")
    expect(page.get_by_label("Public")).to_have_value("Jeunes de 16 à 18 ans, été compris")
    assert answers(mine, "sept-sortes") == expected

    number = page.get_by_label("Quelle part des personnes pauvres")
    number.fill("douze")
    number.press("Tab")
    expect(page.get_by_text("« douze » n’est pas reconnu. Votre texte n’est pas effacé.")).to_be_visible()
    expect(number).to_have_value("douze")
    expect(number).to_have_attribute("aria-invalid", "true")
    assert answers(mine, "sept-sortes") == expected

    page.set_viewport_size({"width": 360, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []
    leave(page.context)


def test_two_tabs_lose_nothing_and_two_visitors_never_meet(browser: Browser, room: Running) -> None:
    first = visitor(browser, room, "page/sept")
    second = first.context.new_page()
    second.goto(room.base + "page/sept")
    second.wait_for_selector("html[data-pret]")
    for _ in range(3):
        first.get_by_label("Ne pas publier le taux.").click()
        second.get_by_label("Atelier au groupe d’entraide").fill("1")
        second.keyboard.press("Tab")
        first.get_by_label("On ne peut rien dire.").check()
        second.get_by_label("Pilote").fill("Mission locale")
        second.keyboard.press("Tab")
    mine = own(room, first)
    expected = {
        "signal": ["taire"],
        "titre": "rien",
        "journees": {"gem": 1},
        "fiche": {"pilote": "Mission locale"},
    }
    for question, value in expected.items():
        assert saved(mine, "sept-sortes", question, value) == value

    other = visitor(browser, room, "page/sept")
    other.get_by_label("On meurt moins qu’ailleurs.").check()
    theirs = own(room, other)
    assert saved(theirs, "sept-sortes", "titre", "moins") == "moins"
    assert answers(mine, "sept-sortes") == expected
    assert theirs.workspace != mine.workspace
    assert sorted(part.name for part in room.workspace.iterdir()) == ["personnes"]
    assert not (room.workspace / "personnes" / "abcd-2345-wxyz").exists()
    leave(first.context)
    leave(other.context)


def test_answers_survive_a_stopped_computation_jupyterlab_and_a_killed_program(
    browser: Browser, tmp_path: Path, violations: Callable[..., list[str]]
) -> None:
    running = launch(tmp_path, "--port", "8950")
    page = visitor(browser, running, "page/exercice")
    right, other = "Non. Vos habitants sont plus âgés.", "Non. À âge égal, l’intervalle contient 8,9"
    page.get_by_label(right).check()
    assert saved(running, "02-observer", "titre", "prudence") == "prudence"
    kernel = page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    for child in psutil.Process(running.process.pid).children(recursive=True):
        if any(kernel in part for part in child.cmdline()):
            child.send_signal(signal.SIGKILL)
    page.get_by_role("button", name="Recharger la page").click()
    page.wait_for_selector("html[data-pret]")
    expect(page.get_by_label(right)).to_be_checked()

    # The home page starts JupyterLab, in French, on the same answers.
    page.goto(running.base)
    page.get_by_role("link", name="Ouvrir JupyterLab").click()
    page.wait_for_url("**/lab**")
    expect(page.get_by_role("menuitem", name="Fichier")).to_be_visible(timeout=60_000)
    page.goto(f"{running.base}jupyterlab?cahier=exercices/02-observer/02-observer.ipynb")
    page.wait_for_url("**/lab/tree/**")
    page.locator(".jp-NotebookPanel .jp-MarkdownCell", has_text="Question 6").wait_for(state="attached")
    page.get_by_text("Python 3 (ipykernel) | Inactif").wait_for()
    page.get_by_role("menuitem", name="Exécution").click()
    page.locator("[data-command='runmenu:run-all']").click()
    first = page.locator(".jp-NotebookPanel .t-question").first
    expect(first.get_by_label(right)).to_be_checked(timeout=60_000)
    # Arrow keys belong to the question, not to the notebook.
    first.get_by_label(right).press("ArrowDown")
    expect(first.get_by_label(other)).to_be_checked()
    assert saved(running, "02-observer", "titre", "egal") == "egal"
    for number, card in enumerate(page.locator(".jp-NotebookPanel .t-question").all()):
        # One at a time, in view: axe takes what a notebook has scrolled away for hidden.
        card.evaluate("(card, number) => { card.id = `carte-${number}`; card.scrollIntoView(); }", number)
        assert violations(page, f"#carte-{number}") == []

    # Nothing outlives the program, and a new one finds the answers.
    family = psutil.Process(running.process.pid).children(recursive=True)
    assert any("territ_kit.apps.lab" in " ".join(child.cmdline()) for child in family)
    os.kill(running.process.pid, signal.SIGKILL)
    _, alive = psutil.wait_procs(family, timeout=30)
    assert not alive
    running.process.wait()
    page.context.close()
    again = launch(tmp_path, "--port", "8951")
    page = visitor(browser, again)
    expect(page.get_by_text("Vous avez répondu à 1 question sur 14.")).to_be_visible()
    page.get_by_role("link", name="Reprendre l’exercice").click()
    page.wait_for_selector("html[data-pret]")
    expect(page.get_by_label(other)).to_be_checked()
    page.context.close()
    finish(again)


def explanations() -> list[str]:
    """Return the beginning of what the key says of each option of the first question."""
    keys = tomllib.loads((KEYS / "02-observer.toml").read_text(encoding="utf-8"))
    return [text[:30] for text in keys["titre"]["explanations"].values()]


def test_checking_an_answer_explains_it_without_a_key_in_the_page(
    open_page: Callable[..., Page], server: Running
) -> None:
    received: list[str] = []
    context = open_page().context
    context.on(
        "page",
        lambda tab: tab.on(
            "websocket",
            lambda socket: socket.on(
                "framereceived",
                lambda frame: received.append(
                    frame if isinstance(frame, str) else frame.decode("utf-8", "ignore")
                ),
            ),
        ),
    )
    page = open_page("page/exercice")
    assert len("".join(received)) > 10_000  # the cards came this way
    for secret in ("explanations", "precedences", *explanations()):
        assert secret not in "".join(received), secret
        assert secret not in page.content()
    card = page.locator(".t-question").first
    card.get_by_label("C’est l’inverse.").check()
    card.get_by_role("button", name="Vérifier ma réponse").click()
    expect(card.locator(".t-retour--faux, .t-retour--partiel")).to_contain_text("sur 3")
    card.get_by_label("Non. Vos habitants sont plus âgés.").check()
    expect(card.locator(".t-retour")).to_have_count(0)  # the feedback of another answer does not stay
    card.get_by_role("button", name="Vérifier ma réponse").click()
    expect(card.locator(".t-retour--juste")).to_contain_text("Juste. 3 points sur 3")
    expect(page.get_by_text("Question 1 : juste")).to_be_visible()
