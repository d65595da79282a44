"""Who the visitor is: nobody in particular on one's own machine, a random code in a shared room."""

from __future__ import annotations

from typing import Any

from territ_kit.errors import WorkspaceError
from territ_kit.workspace import Workspace

PERSON_HEADER = "X-Territ-Personne"
COOKIE = "territ-personne"


class Person:
    """Mixin of the handlers: the visitor's code and their own files."""

    settings: dict[str, Any]

    @property
    def person(self) -> str:
        """The visitor's code ("" on one's own machine); a new one on the first visit."""
        if not self.settings["territ_shared"]:
            return ""
        if not hasattr(self, "_person"):
            self._person = self._known_code() or self._new_code()
        return self._person

    def _known_code(self) -> str:
        for told in (self.get_argument("code", ""), self.get_cookie(COOKIE, "")):  # type: ignore[attr-defined]
            try:
                code = Workspace.read_code(told)
            except WorkspaceError:
                continue
            self._keep(code)
            return code
        return ""

    def _new_code(self) -> str:
        code = Workspace.new_code()
        self._keep(code)
        return code

    def _keep(self, code: str) -> None:
        self.set_cookie(COOKIE, code, expires_days=90, httponly=True, samesite="Lax")  # type: ignore[attr-defined]

    @property
    def workspace(self) -> Workspace:
        """The visitor's own files."""
        own: Workspace = self.settings["territ_workspace"]
        return Workspace.of_person(own.root, self.person) if self.person else own

    def name_to_kernel(self) -> None:
        """Tell the kernel of this page whose files it may touch; what the browser sent is never believed."""
        headers = self.request.headers  # type: ignore[attr-defined]
        headers.pop(PERSON_HEADER, None)
        if self.person:
            headers[PERSON_HEADER] = self.person
