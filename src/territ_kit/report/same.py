"""The same content gives the same file: nothing of the day it was made goes into it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
"""The first moment that a zip can tell."""


def undated(office_file: io.BytesIO) -> bytes:
    """Return a docx or xlsx file with every date of its making put to `EPOCH`."""
    same = io.BytesIO()
    with zipfile.ZipFile(office_file) as made, zipfile.ZipFile(same, "w") as kept:
        for name in sorted(made.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            content = made.read(name)
            if name == "docProps/core.xml":
                moment = f"{EPOCH:%Y-%m-%dT%H:%M:%SZ}".encode()
                content = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + moment, content)
            info = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            kept.writestr(info, content, zipfile.ZIP_DEFLATED)
    return same.getvalue()
