"""Find a Chromium: the system's, else Playwright's own, else (when CI is set) Debian's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
ABSENT = (
    "NO CHROMIUM: the browser tests are SKIPPED. Install one (Debian: apt-get install chromium; "
    "elsewhere: .venv/bin/playwright install chromium), then run make test again."
)


def installed() -> str:
    """Return the path of a Chromium that is on this machine, or ""."""
    for found in (*map(shutil.which, NAMES), *PLACES):
        if found and Path(found).exists():
            return found
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    return next(
        (str(path) for path in sorted(home.glob("chromium-*/chrome-*/chrome*")) if path.stem == "chrome"), ""
    )


def run(*command: str) -> None:
    """Try a command, whatever it answers."""
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=600)


def obtain() -> str:
    """Return the path of a Chromium, fetched when there is none, or ""."""
    if found := installed():
        return found
    run(sys.executable, "-m", "playwright", "install", "chromium")
    if found := installed():
        return found
    if os.environ.get("CI") and shutil.which("apt-get"):
        run("apt-get", "update")
        run("apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-liberation")
    return installed()


if __name__ == "__main__":
    print(obtain() or ABSENT)
