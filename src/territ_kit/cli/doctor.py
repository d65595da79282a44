"""`territ doctor`: what is there, what is missing, what to do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from territ_kit.errors import TerritError

NEEDED = ("jupyterlab", "voila", "nbgrader", "ipywidgets", "anywidget", "matplotlib", "pandas")
MEMORY_MIB = 600
DISK_MIB = 200

Finding = tuple[bool, str, str]


def python() -> Finding:
    """Check the version of Python."""
    found = ".".join(map(str, sys.version_info[:3]))
    return sys.version_info >= (3, 11), f"Python {found}", "Installez Python 3.11 ou plus récent."


def packages() -> Finding:
    """Check that what the pages need is installed."""
    found, missing = [], []
    for name in NEEDED:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return False, f"il manque {', '.join(missing)}", "Relancez l’installation de territ-kit."
    return True, ", ".join(found), ""


def course() -> Finding:
    """Check that the course can be read."""
    from territ_kit.course import load_course  # noqa: PLC0415

    try:
        written = sum(step.module is not None for step in load_course())
    except TerritError as error:
        return False, str(error), "Réinstallez territ-kit."
    return True, f"{written} module(s) écrit(s) sur 11", ""


def kernel() -> Finding:
    """Check that pages will be computed by this very Python."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel  # noqa: PLC0415

    try:
        command = KernelSpecManager().get_kernel_spec("python3").argv[0]
    except NoSuchKernel:
        return False, "aucun noyau Python", "Relancez l’installation de territ-kit."
    same = command in {"python", "python3"} or Path(command).resolve() == Path(sys.executable).resolve()
    return (
        same,
        f"noyau {command}",
        "Un autre Python répond. Lancez « territ » depuis l’environnement du kit.",
    )


def memory() -> Finding:
    """Check that two pages fit in memory."""
    free = psutil.virtual_memory().available // 2**20
    return free >= MEMORY_MIB, f"{free} Mio de mémoire libre", "Fermez d’autres programmes."


def disk(folder: Path) -> Finding:
    """Check that answers can be written."""
    place = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    free = shutil.disk_usage(place).free // 2**20
    try:
        probe = place / ".territ-essai"
        probe.write_text("essai", encoding="utf-8")
        probe.unlink()
    except OSError:
        return (
            False,
            f"« {place} » refuse l’écriture",
            "Choisissez un autre dossier : territ start MON-DOSSIER.",
        )
    return free >= DISK_MIB, f"« {place} » accepte l’écriture, {free} Mio libres", "Libérez de la place."


def network() -> Finding:
    """Check that a page can be served on this machine."""
    from territ_kit.apps.server import PORT, bind  # noqa: PLC0415

    try:
        sockets = bind(PORT)
    except TerritError as error:
        return False, str(error), "Fermez d’autres programmes."
    port = sockets[0].getsockname()[1]
    for socket in sockets:
        socket.close()
    return True, f"port {port} libre, sur cet ordinateur seulement", ""


def findings(folder: Path) -> Iterator[tuple[str, Finding]]:
    """Run every check, one after the other."""
    checks: dict[str, Callable[[], Finding]] = {
        "Python": python, "Programmes": packages, "Cours": course, "Calcul": kernel,
        "Mémoire": memory, "Dossier": lambda: disk(folder), "Réseau": network,
    }  # fmt: skip
    for name, check in checks.items():
        yield name, check()


def check(folder: Path) -> int:
    """Print every check; return 0 when all is well, 1 otherwise."""
    faults = 0
    for name, (fine, said, remedy) in findings(folder):
        faults += not fine
        print(f"{'bon' if fine else 'À VOIR':7} {name:11} {said}")
        if not fine:
            print(f"{'':7} {'':11} → {remedy}")
    print("Tout est prêt. Lancez : territ start" if not faults else f"{faults} point(s) à régler.")
    return min(faults, 1)
