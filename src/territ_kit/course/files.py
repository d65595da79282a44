"""The only way to the course's files, in a checkout as in a wheel."""

from __future__ import annotations

from pathlib import Path

from territ_kit.errors import CourseError

PACKAGE = Path(__file__).resolve().parents[1]


def files() -> Path:
    """Return the folder that holds `modules/`, `notebooks/` and `exercises/`.

    Raises
    ------
    CourseError
        When the installation holds no course.
    """
    checkout = PACKAGE.parents[1]
    for folder in (checkout, PACKAGE / "_course"):
        if (folder / "modules" / "parcours.toml").is_file():
            return folder
    raise CourseError(
        "Les fichiers du cours sont introuvables dans cette installation. "
        "Elle devrait contenir un dossier « modules ». Réinstallez territ-kit."
    )
