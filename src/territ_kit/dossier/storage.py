"""The dossier's file: changed under a lock, written whole, each change undone if the person wishes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import Timeout

from territ_kit.dossier.dossier import Dossier
from territ_kit.dossier.record import LARGEST_FILE, Record
from territ_kit.errors import DossierError
from territ_kit.safe_file import UnreadableFileError, lock, name_aside, read_json, replace_file

_LOCK_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: the dossier, how many changes can be undone, what the person must be told.

    `saved_at` is when this call wrote the file (UTC); None when it had nothing to write.
    """

    dossier: Dossier
    undoable: int
    notice: str = ""
    saved_at: datetime | None = None


class DossierFile:
    """The dossier of one person on one territory, in one file.

    Parameters
    ----------
    path
        The file; it may not exist yet. In a workspace: `Workspace.dossier_of`.
    territory
        The territory's id; the file of another one is refused. By default any dossier is accepted, and the
        file's name is the territory of a new one.
    name
        The territory's name in a new dossier; by default its id.

    Examples
    --------
    >>> file = DossierFile("mon-dossier.json", "port-ancelle", "Port-Ancelle")
    >>> file.read().territory_name
    'Port-Ancelle'
    """

    def __init__(self, path: str | Path, territory: str | None = None, name: str = "") -> None:
        self.path = Path(path).absolute()
        self.territory = territory
        self.name = name

    def read(self) -> Dossier:
        """Return the dossier; an absent file is an empty one. The file is never changed.

        Raises
        ------
        DossierError
            The file is unreadable, cannot be opened now, is from a newer kit, or of another territory.
        """
        record, fault = self._open()
        if fault:
            raise DossierError(
                f"{fault}\nLe kit attendait un dossier qu’il a lui-même enregistré. "
                "Corrigez ce fichier, ou donnez-lui un autre nom."
            )
        return record.dossier

    def read_for_display(self) -> Shown:
        """Return what a page shows first; an unreadable file is shown as an empty dossier.

        Nothing is lost by that: the next change keeps the unreadable file aside.

        Raises
        ------
        DossierError
            The file cannot be opened now, is from a newer kit, or of another territory.
        """
        return _unchanged(*self._open())

    def save(self, dossier: Dossier) -> Shown:
        """Save a whole dossier as one change; what another page did since it was read is replaced.

        Raises
        ------
        DossierError
            As `change`.
        """
        return self.change(lambda _: dossier)

    def change(self, function: Callable[[Dossier], Dossier]) -> Shown:
        """Read the dossier again, change it, save it; no other page can write in between.

        An unreadable file is first kept aside under a new name, and the notice says so.

        Raises
        ------
        DossierError
            What `function` raises; the file belongs to another territory or a newer kit, or cannot be opened
            now; the dossier is too long; the disk refuses.
        """
        return self._rewrite(lambda record: record.change(function(record.dossier)))

    def undo(self) -> Shown:
        """Undo the last change, whichever page made it; nothing happens when none is known.

        Raises
        ------
        DossierError
            As `change`, or the step back has been damaged.
        """
        return self._rewrite(Record.undo)

    def _rewrite(self, change: Callable[[Record], Record]) -> Shown:
        notice = ""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with lock(self.path, seconds=_LOCK_SECONDS):
                old, fault = self._open()
                new = change(old)
                if new == old:
                    return _unchanged(old, fault)
                self._refuse_another_territory(new.dossier)
                new, text = new.fit()
                if fault:
                    aside = self.path.rename(name_aside(self.path))
                    notice = (
                        f"{fault}\nCe fichier est gardé sous le nom « {aside.name} ». "
                        "Votre dossier reprend dans un fichier neuf."
                    )
                replace_file(self.path, text)
        except Timeout as error:
            raise DossierError(
                "Votre dossier est en train d’être enregistré par une autre page. "
                "Cela prend d’habitude moins d’une seconde. Fermez l’autre page, puis recommencez."
            ) from error
        except OSError as error:
            raise DossierError(
                f"Votre dossier n’a pas pu être enregistré dans « {self.path.parent} ». "
                "L’endroit doit accepter l’écriture et le disque avoir de la place. "
                "Ce qui était enregistré est intact. Libérez de la place, puis recommencez."
            ) from error
        return Shown(new.dossier, len(new.history), notice, datetime.now(UTC))

    def _open(self) -> tuple[Record, str]:
        """Return what the file holds, and why it cannot be read ("" most of the time, else it is empty)."""
        fault = ""
        try:
            record = Record.read(read_json(self.path, most=LARGEST_FILE))
            self._refuse_another_territory(record.dossier)
            return record, ""
        except FileNotFoundError:
            pass
        except UnreadableFileError as error:
            fault = f"Le fichier « {self.path.name} » ne peut pas être lu : {str(error).rstrip('.')}."
        except OSError as error:
            raise DossierError(
                f"L’ordinateur refuse d’ouvrir le fichier « {self.path.name} ». "
                "Un autre programme s’en sert peut-être. "
                "Votre dossier est intact. Attendez un instant, puis recommencez."
            ) from error
        territory = self.territory or self.path.stem
        return Record(Dossier(territory=territory, territory_name=self.name or territory)), fault

    def _refuse_another_territory(self, dossier: Dossier) -> None:
        if self.territory not in {None, dossier.territory}:
            raise DossierError(
                f"Le dossier de « {dossier.territory_name} » n’a pas sa place dans « {self.path.name} ». "
                f"Le kit attendait le territoire « {self.territory} ». Ouvrez le dossier du bon territoire."
            )


def _unchanged(record: Record, fault: str) -> Shown:
    notice = f"{fault}\nIl sera gardé sous un autre nom à votre prochain changement." if fault else ""
    return Shown(record.dossier, len(record.history), notice)
