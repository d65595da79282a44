"""The one way to a person's files: answers, progress, dossier.

On one's own machine the workspace is the folder that `territ start` opened. In a room, each person has a
folder of their own, `personnes/<code>/`, under the folder that the trainer serves.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from territ_kit.errors import WorkspaceError

FOLDER_VARIABLE = "TERRIT_ESPACE"
PERSON_VARIABLE = "HTTP_X_TERRIT_PERSONNE"

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: they are misread on a projected screen
_GROUPS, _GROUP_LENGTH = 3, 4
_CODE = re.compile(rf"[{_LETTERS}]{{{_GROUPS * _GROUP_LENGTH}}}")
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_IDENTIFIER_LENGTH = 64


class Workspace:
    """A person's folder; nothing is created until `open`, or until a file is written.

    Parameters
    ----------
    root
        The folder; `~` is expanded.
    """

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root).expanduser().absolute()

    @classmethod
    def open(cls, root: str | Path) -> Self:
        """Return the workspace of a folder, created when needed.

        Raises
        ------
        WorkspaceError
            The folder cannot be created.
        """
        workspace = cls(root)
        _folder(workspace.root)
        return workspace

    @classmethod
    def current(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Return the workspace of the person in front of this page.

        Parameters
        ----------
        environment
            `TERRIT_ESPACE` is the opened folder; `HTTP_X_TERRIT_PERSONNE`, given in a room, is the person's
            code. Default: this process's own environment.

        Raises
        ------
        WorkspaceError
            No folder is opened, or the code is not one that the kit gives.
        """
        variables = os.environ if environment is None else environment
        root = variables.get(FOLDER_VARIABLE, "").strip()
        if not root:
            raise WorkspaceError(
                "Aucun dossier de travail n’est ouvert. "
                "Le kit attendait celui que la commande « territ start » ouvre. "
                "Fermez cette page, lancez « territ start », puis reprenez depuis l’accueil."
            )
        if PERSON_VARIABLE in variables:  # present but empty is a fault: never the shared folder
            return cls.of_person(root, variables[PERSON_VARIABLE])
        return cls.open(root)

    @classmethod
    def of_person(cls, directory: str | Path, code: str) -> Self:
        """Return the workspace of one person of a room: `directory/personnes/<code>`.

        Raises
        ------
        WorkspaceError
            The code is not one that the kit gives, or its folder leads out of `directory`.
        """
        folder = cls(directory).root / "personnes" / cls.read_code(code)
        if folder.is_symlink():
            raise WorkspaceError(
                f"Le dossier du code « {folder.name} » est un raccourci vers un autre endroit. "
                "Le kit attendait un vrai dossier. Demandez un nouveau code à votre formateur."
            )
        return cls(folder)

    @staticmethod
    def new_code() -> str:
        """Return a new random code, easy to read aloud: three groups of four letters or digits (59 bits)."""
        groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
        return "-".join(groups)

    @staticmethod
    def read_code(text: str) -> str:
        """Return a code in its one form, `xxxx-xxxx-xxxx`; capitals, spaces and missing dashes are forgiven.

        Raises
        ------
        WorkspaceError
            The text is not a code that the kit gives.
        """
        letters = re.sub(r"[ \-]", "", text.strip().lower())
        if not _CODE.fullmatch(letters):
            raise WorkspaceError(
                f"Le code « {text[:40]!s} » n’est pas reconnu. "
                "Un code compte trois groupes de quatre lettres ou chiffres, comme « abcd-2345-wxyz ». "
                "Vérifiez le vôtre, ou demandez-en un nouveau depuis l’accueil."
            )
        return "-".join(letters[i : i + _GROUP_LENGTH] for i in range(0, len(letters), _GROUP_LENGTH))

    def assignment_folder(self, identifier: str) -> Path:
        """Return the folder of one exercise, created when needed.

        Raises
        ------
        WorkspaceError
            The identifier is not made of lower-case letters, digits and dashes, or the folder cannot be made.
        """
        _check_identifier(identifier, "L’exercice")
        return _folder(self.root / "exercices" / identifier)

    @property
    def notebooks(self) -> Path:
        """The person's own copies of the course's notebooks."""
        return self.root / "cahiers"

    @property
    def progress(self) -> Path:
        """The file of what the person has done."""
        return self.root / "progression.json"

    def dossier_of(self, territory: str) -> Path:
        """Return the file of the person's dossier de territoire: one a territory.

        Raises
        ------
        WorkspaceError
            The territory's id is not made of lower-case letters, digits and dashes.
        """
        _check_identifier(territory, "Le territoire")
        return self.root / "dossiers" / f"{territory}.json"


def _check_identifier(identifier: str, what: str) -> None:
    if len(identifier) > _IDENTIFIER_LENGTH or not _IDENTIFIER.fullmatch(identifier):
        raise WorkspaceError(
            f"{what} « {identifier[:40]} » n’est pas reconnu. "
            "Son nom attendu n’a que des minuscules sans accent, des chiffres et des tirets. "
            f"Ouvrez {what.lower()} depuis l’accueil."
        )


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"Le dossier « {path} » ne peut pas être créé. "
            "Le kit attendait un endroit où vous avez le droit d’écrire. "
            "Choisissez un autre dossier, par exemple dans vos documents."
        ) from error
    return path
