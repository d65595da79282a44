"""A person's file: written whole or not at all, read whatever it holds, kept aside rather than lost."""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from filelock import BaseFileLock, FileLock

_ATTEMPTS = 40
_PAUSE_SECONDS = 0.05

Result = TypeVar("Result")


class _Twice:
    def __str__(self) -> str:
        return "écrit deux fois"


TWICE = _Twice()
"""What `read_json` gives for a key written twice: neither value can be trusted."""


class UnreadableFileError(ValueError):
    """A file does not hold what it should; the message is the end of a French sentence, « il est vide »."""


def lock(path: Path, *, seconds: float) -> BaseFileLock:
    """Return the lock of a file, to hold from reading to replacing it; `filelock.Timeout` after `seconds`."""
    return FileLock(path.with_name(f".{path.name}.lock"), timeout=seconds)


def replace_file(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; the caller holds its lock. Text is written in UTF-8.

    Raises
    ------
    OSError
        The disk refuses.
    """
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as stream:
        stream.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        stream.flush()
        os.fsync(stream.fileno())
    _patiently(lambda: part.replace(path))
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def name_aside(path: Path) -> Path:
    """Return a free name beside a file, to keep an unreadable one: `name.1.bak`, then `name.2.bak`."""
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.{number}.bak")):
        number += 1
    return aside


def read_json(path: Path, *, most: int) -> dict[str, Any]:
    """Return the JSON object of a file that anyone may have written; at most `most` bytes of it are read.

    The value of a key written twice is `TWICE`; a number of twenty digits or more is a float.

    Raises
    ------
    UnreadableFileError
        It is not an ordinary file, is too big, or is not a JSON object in UTF-8.
    FileNotFoundError
        There is no such file.
    OSError
        The file cannot be opened now.
    """
    content = _patiently(lambda: _read_bytes(path, most))
    try:
        parsed = json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_unambiguous,
            parse_int=lambda digits: int(digits) if len(digits) < 20 else float(digits),
        )
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError("il est incomplet ou mal écrit") from error
    if not isinstance(parsed, dict):
        raise UnreadableFileError("il n’a pas la forme attendue")
    return parsed


def _read_bytes(path: Path, most: int) -> bytes:
    if not stat.S_ISREG(path.lstat().st_mode):  # a folder, a link, a pipe that would never end
        raise UnreadableFileError("ce n’est pas un fichier ordinaire")
    with path.open("rb") as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise UnreadableFileError("il est beaucoup trop gros")
    return content


def _unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Mark a key written twice instead of keeping the last one."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = TWICE if name in found else value
    return found


def _patiently(act: Callable[[], Result]) -> Result:
    """Try again for two seconds: on Windows, a file that another process holds is refused for a moment."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return act()
        except PermissionError:
            time.sleep(_PAUSE_SECONDS)
    return act()
