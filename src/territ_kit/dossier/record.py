"""What the dossier's file holds: the dossier, and the way back from each of its last changes.

``{"schema": 1, "territory": id, "territory_name": name, "observation": {...}, "history": [...]}``: each step
of the history is the JSON text, in ASCII, of the parts that one change replaced, oldest first. It stands in
the same file so that a change and its way back are written together.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Self

from territ_kit.dossier.dossier import Dossier
from territ_kit.errors import DossierError
from territ_kit.safe_file import UnreadableFileError

SCHEMA = 2  # one more with each new part: an older kit then refuses the file instead of losing that part
LARGEST_FILE = 3_000_000
LONGEST_HISTORY = 50


@dataclass(frozen=True, slots=True)
class Record:
    """The dossier, and the steps that undo its last changes."""

    dossier: Dossier
    history: tuple[str, ...] = ()

    @classmethod
    def read(cls, content: dict[str, Any]) -> Self:
        """Return the record that a file holds; a history that cannot be used is left out.

        Raises
        ------
        UnreadableFileError
            It is not a dossier; the message says every fault.
        DossierError
            It is from a newer kit.
        """
        parts = {name: part for name, part in content.items() if name not in {"schema", "history"}}
        schema, history = content.get("schema"), content.get("history")
        if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
            raise UnreadableFileError("il ne dit pas sa version")
        if schema > SCHEMA:
            raise DossierError(
                "Ce dossier a été écrit par une version plus récente du kit. "
                f"Cette version lit le format {SCHEMA}. Le fichier est intact : mettez le kit à jour."
            )
        try:
            dossier = Dossier.read(parts)
        except DossierError as error:
            raise UnreadableFileError(f"il n’a pas la forme attendue. {error}") from error
        steps = history if isinstance(history, list) else []
        usable = all(isinstance(step, str) and step.isascii() for step in steps)
        return cls(dossier, tuple(steps) if usable else ())

    def change(self, new: Dossier) -> Record:
        """Return the record of the changed dossier, with one more step back; itself if nothing changes."""
        if new == self.dossier:
            return self
        before, after = self.dossier.model_dump(mode="json"), new.model_dump(mode="json")
        step = json.dumps(
            {name: _changed(part, after[name]) for name, part in before.items() if part != after[name]}
        )
        return Record(new, (*self.history, step))

    def undo(self) -> Record:
        """Return the record as it was before the last change; itself if no change is known.

        Raises
        ------
        DossierError
            The step has been damaged.
        """
        if not self.history:
            return self
        try:
            whole = self.dossier.model_dump(mode="json")
            for name, part in json.loads(self.history[-1]).items():
                whole[name] = {**whole[name], **part} if isinstance(part, dict) else part
            return Record(Dossier.read(whole), self.history[:-1])
        except (DossierError, AttributeError, KeyError, ValueError, TypeError, RecursionError) as error:
            raise DossierError(
                "Le dernier changement ne peut plus être annulé. "
                "Le fichier devait garder l’état d’avant, et cette partie est abîmée. "
                "Votre dossier est intact : continuez."
            ) from error

    def fit(self) -> tuple[Record, str]:
        """Return the record with as much history as a file takes, and the file's text.

        Raises
        ------
        DossierError
            The dossier alone is too long.
        """
        history = self.history[-LONGEST_HISTORY:]
        while True:
            content = {"schema": SCHEMA, **self.dossier.model_dump(mode="json"), "history": history}
            text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
            if len(text.encode("utf-8")) <= LARGEST_FILE:
                return Record(self.dossier, history), text
            if not history:
                raise DossierError(
                    "Votre dossier est trop long pour être enregistré. "
                    "Un dossier accepte trois millions de caractères. Raccourcissez vos textes."
                )
            history = history[(len(history) + 1) // 2 :]


def _changed(part: Any, new: Any) -> Any:
    """Return the fields of a part that a change replaced; of a plain field, the field itself."""
    if not isinstance(part, dict):
        return part
    return {name: value for name, value in part.items() if value != new[name]}
