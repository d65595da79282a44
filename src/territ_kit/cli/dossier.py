"""`territ dossier report`: the documents of a dossier, written beside what was there, never over it."""

from __future__ import annotations

from pathlib import Path

from rich.progress import track

from territ_kit.dossier import DossierFile
from territ_kit.dossier.worked import worked
from territ_kit.errors import DossierError
from territ_kit.report import DOCUMENTS
from territ_kit.safe_file import name_aside, replace_file
from territ_kit.territory import load_case
from territ_kit.workspace import Workspace


def write(territory: str, folder: Path, out: Path, *, example: bool) -> None:
    """Write every document of a dossier in `out`, and say where.

    Raises
    ------
    CaseError, DossierError
        The territory is not known; there is no dossier of it yet; the disk refuses.
    """
    place = load_case(territory)
    path = Workspace(folder).dossier_of(place.id)
    if example:
        found = worked(place.id)
    else:
        found = DossierFile(path, place.id, place.name).read() if path.is_file() else None
    if found is None:
        raise DossierError(
            f"Il n’y a pas encore de dossier de « {place.name} » dans « {folder} ». "
            "Le kit attendait le travail fait dans les pages, à partir de « territ start ». "
            "Ouvrez ce dossier de travail, ou ajoutez « --exemple »."
        )
    written = []
    for document in track(DOCUMENTS, description="Écriture des documents", transient=True):
        target = out / document.file_name(place)
        try:
            out.mkdir(parents=True, exist_ok=True)
            content = document.make(found, place)
            if target.exists() and target.read_bytes() != content:
                target.rename(name_aside(target))
            replace_file(target, content)
        except OSError as error:
            raise DossierError(
                f"« {target} » n’a pas pu être écrit. L’endroit doit accepter l’écriture, et le fichier ne "
                "doit pas être ouvert dans un autre programme. Fermez-le, puis recommencez."
            ) from error
        written.append(target)
    for target in written:
        print(f"Écrit : {target}")
