"""How fast the pages answer, beside the usual way, in one run: `make bench`.

1. From a moved control to its new picture, in the browser: our panel (Form and Figure, drawn by blitting) and
   an ipywidgets slider with `Output` and `plt.show()`, on the same 26 rows, moves interleaved.
2. The same for each way of looking of « Observer », by the control that changes its picture the most.
3. From the address to the page ready: our server (preheated) and stock Voilà on a notebook that does the same
   imports and draws the same picture with `plt.show()`, loads interleaved.

Times are those of this machine and moment: read the ratios.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import obtain  # noqa: E402
from tests.browser.conftest import QUIET, finish, launch  # noqa: E402

from territ_kit.widgets.observer.views import VIEWS  # noqa: E402

MOVES, LOADS, TRIES = 40, 5, 12
# The control moved for each way of looking; « Indicateur » for the others.
MOVED = {"pyramid": "Lieu", "access": "Lire en clair"}

USUAL = """
import ipywidgets, matplotlib.pyplot as plt
from territ_kit.charts.subject import Subject
from territ_kit.observation.reading import find_reference, read_indicator
from territ_kit.territory import load_case
case = load_case("port-ancelle")
reference = find_reference(case, "mortalite-brute", "departement")
out = ipywidgets.Output()
slider = ipywidgets.IntSlider(value=95, min=80, max=99)
def draw(change=None):
    rows = read_indicator(case, "mortalite-brute", confidence=slider.value / 100, reference=reference.value)
    rows = rows.sort_values("value")
    with out:
        out.clear_output(wait=True)
        figure, axes = plt.subplots(figsize=(7.4, 9.4), dpi=192)
        axes.hlines(range(len(rows)), rows["low"], rows["high"])
        axes.plot(rows["value"], range(len(rows)), "o")
        axes.axvline(reference.value, color="black")
        axes.set_yticks(range(len(rows)), rows["name"])
        plt.show()
slider.observe(draw, names="value")
draw()
ipywidgets.VBox([slider, out])
"""

# Counts from the key press to the first frame that shows another picture, fully decoded.
TIMER = """async ([selector, key]) => {
  const source = () => document.querySelector(selector)?.src ?? "";
  const before = source();
  const start = performance.now();
  window.__pressed = () => {};
  while (true) {
    await new Promise(requestAnimationFrame);
    const image = document.querySelector(selector);
    if (image && image.src && image.src !== before) { await image.decode(); break; }
    if (performance.now() - start > 5000) return null;
  }
  await new Promise(requestAnimationFrame);
  return performance.now() - window.__keydown;
}"""


def notebook(folder: Path) -> None:
    """Write the usual notebook."""
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    cell = {"cell_type": "code", "id": "c", "metadata": {}, "outputs": [], "source": USUAL}
    cell["execution_count"] = None
    content = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "usual.ipynb").write_text(json.dumps(content), encoding="utf-8")


def stock_voila(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start stock Voilà on the usual notebook."""
    port = 8935
    command = [sys.executable, "-m", "voila", str(folder), f"--port={port}", "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(8)
    return process, f"http://127.0.0.1:{port}/voila/render/usual.ipynb"


def percentile(values: list[float], share: float) -> float:
    """Return the value under which `share` of the values lie."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, round(share * (len(ranked) - 1)))]


def mover(
    page: Page, control: Locator, picture: str, keys: tuple[str, str] = ("ArrowLeft", "ArrowRight")
) -> Callable[[int], float]:
    """Return what moves the control by one step and measures the new picture, in milliseconds."""
    page.evaluate("addEventListener('keydown', () => { window.__keydown = performance.now(); }, true)")

    def move(number: int) -> float:
        page.bring_to_front()
        control.focus()
        key = keys[number % 20 >= 10]
        page.evaluate("window.__waiting = null")
        page.evaluate(f"args => {{ window.__waiting = ({TIMER})(args); }}", [picture, key])
        page.keyboard.press(key)
        taken = page.evaluate("window.__waiting")
        time.sleep(0.15)
        return float(taken) if taken is not None else float("nan")

    return move


def load(context: BrowserContext, address: str, ready: str) -> float:
    """Return the seconds from the address to the picture shown."""
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(ready, timeout=60_000)
    shown = "s => { const i = document.querySelector(s); return i && i.complete && i.naturalWidth; }"
    page.wait_for_function(shown, arg=ready)
    taken = time.perf_counter() - start
    page.goto("about:blank")
    page.close()
    return taken


def choose(page: Page, view: str) -> None:
    """Choose a way of looking, and let its picture come."""
    page.get_by_label("Votre question").select_option(view)
    time.sleep(1.5)


def by_view(page: Page, view: str, picture: str) -> list[float]:
    """Return the milliseconds from a moved control to its picture, in one way of looking."""
    choose(page, view)
    control = page.get_by_label(MOVED.get(view, "Indicateur")).first
    move = mover(page, control, picture, ("ArrowDown", "ArrowUp"))
    return [move(10 * number) for number in range(TRIES)]  # down, up, down…


def main() -> None:
    """Run both comparisons and print them as Markdown."""
    ours_image, usual_image = ".t-figure img", "img[src^='data:image/png'], .jp-OutputArea img"
    with tempfile.TemporaryDirectory() as space, sync_playwright() as playwright:
        notebook(Path(space))
        ours = launch(Path(space) / "espace", "--port", "8930")
        stock, stock_address = stock_voila(Path(space))
        browser = playwright.chromium.launch(executable_path=obtain(), args=QUIET)
        context = browser.new_context(viewport={"width": 1200, "height": 900})
        # Stock Voilà asks for styles from the Internet: refused at once, they cost it nothing here.
        context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
        signing = context.new_page()
        signing.goto(ours.address)
        signing.close()
        try:
            address = f"{ours.base}page/observer"
            load(context, address, ours_image)
            load(context, stock_address, usual_image)
            times: dict[str, list[float]] = {"ours": [], "stock": []}
            for _ in range(LOADS):
                time.sleep(8)  # the pool fills again, as between two visits
                times["ours"].append(load(context, address, ours_image))
                times["stock"].append(load(context, stock_address, usual_image))

            time.sleep(8)
            first, second = context.new_page(), context.new_page()
            first.goto(address)
            first.wait_for_selector("html[data-pret]")
            choose(first, "profile")
            first.locator(".t-carte details summary", has_text="Réglages avancés").click()
            second.goto(stock_address, wait_until="commit")
            second.wait_for_selector(usual_image, timeout=60_000)
            moves = {
                "ours": mover(first, first.locator("input[type=range]").first, ours_image),
                "stock": mover(second, second.locator(".noUi-handle").first, usual_image),
            }
            taken: dict[str, list[float]] = {"ours": [], "stock": []}
            for number in range(MOVES):
                for name, move in moves.items():
                    taken[name].append(move(number))
            ways = {view: by_view(first, view, ours_image) for view in VIEWS}
        finally:
            finish(ours)
            stock.terminate()
            browser.close()
    print(f"\n{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}, {MOVES} moves, {LOADS} loads\n")
    print("| | ours | usual | ratio |\n|---|---|---|---|")
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        a, b = percentile(taken["ours"], share), percentile(taken["stock"], share)
        print(f"| moved control to new picture, {name} (ms) | {a:.0f} | {b:.0f} | {b / a:.1f} |")
    a, b = statistics.median(times["ours"]), statistics.median(times["stock"])
    print(f"| address to picture shown, median (s) | {a:.2f} | {b:.2f} | {b / a:.1f} |")
    print("\n| way of looking | p50 (ms) | longest (ms) |\n|---|---|---|")
    for view, found in ways.items():
        print(f"| {view} | {percentile(found, 0.5):.0f} | {max(found):.0f} |")


if __name__ == "__main__":
    main()
