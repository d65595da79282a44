"""The dossier: what the steps leave for one another. A new step is a new part, and one field of `Dossier`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from territ_kit.dossier.consultation import Activity, Actor, Consultation, Goal, Vote
from territ_kit.dossier.diagnosis import Cell, Diagnosis, Need, Point, Statement, Voice
from territ_kit.dossier.observation import Finding, Observation
from territ_kit.dossier.part import Part
from territ_kit.dossier.prioritisation import Candidate, Criterion, Prioritisation
from territ_kit.dossier.programme import Action, Axis, Enquiry, Funder, Objective, Programme, State
from territ_kit.dossier.shelf import Shelf
from territ_kit.errors import DossierError

Name = Annotated[str, Field(min_length=1, max_length=200)]


class Dossier(Part):
    """The dossier of one territory; every change returns a new one.

    Attributes
    ----------
    territory, territory_name : str
        Id of the case or of the built territory, and its French name.
    observation : Observation
        The first step's part.

    Examples
    --------
    >>> dossier = Dossier(territory="port-ancelle", territory_name="Port-Ancelle")
    >>> poverty = Finding(
    ...     indicator="pauvrete", label="Taux de pauvreté", level="commune", area="X1001",
    ...     area_name="Port-Ancelle", value=21.4, unit="%", sentence="Port-Ancelle : 21,4 %.",
    ... )
    >>> dossier = dossier.keep(poverty).write(poverty.id, "On en parle au conseil citoyen.")
    >>> [finding.words for finding in dossier.observation.kept]
    ['On en parle au conseil citoyen.']
    """

    territory: Name
    territory_name: Name
    observation: Observation = Observation()
    diagnosis: Diagnosis = Diagnosis()
    consultation: Consultation = Consultation()
    prioritisation: Prioritisation = Prioritisation()
    programme: Programme = Programme()

    def find(self, identifier: str) -> Finding | None:
        """Return a finding that is kept, or None."""
        return next((finding for finding in self.observation.kept if finding.id == identifier), None)

    def keep(self, finding: Finding) -> Dossier:
        """Keep a finding, last; one already kept has its figures renewed where it stands.

        What the person gave it stays: its date, and its words and reasons unless new ones come.
        """
        old = self.find(finding.id)
        if old is None:
            return self._keeping(*self.observation.kept, finding)
        words, reasons = finding.words if finding.words.strip() else old.words, finding.reasons or old.reasons
        return self._replacing(finding.but(words=words, reasons=reasons, kept_at=old.kept_at))

    def drop(self, identifier: str) -> Dossier:
        """Keep a finding no more; nothing changes when it is already gone."""
        return self._keeping(*(finding for finding in self.observation.kept if finding.id != identifier))

    def write(self, identifier: str, words: str) -> Dossier:
        """Give a finding the person's own words.

        Raises
        ------
        DossierError
            The finding is not kept, or the words are too long.
        """
        return self._replacing(self._found(identifier).but(words=words))

    def give_reasons(self, identifier: str, reasons: Sequence[str]) -> Dossier:
        """Say why a finding is kept; these reasons replace the former ones.

        Raises
        ------
        DossierError
            The finding is not kept, or a reason is empty.
        """
        return self._replacing(self._found(identifier).but(reasons=reasons))

    def move(self, identifier: str, places: int) -> Dossier:
        """Move a finding up (negative) or down by some places; it stops at either end.

        Raises
        ------
        DossierError
            The finding is not kept.
        """
        kept = list(self.observation.kept)
        place = kept.index(self._found(identifier))
        kept.insert(max(place + places, 0), kept.pop(place))
        return self._keeping(*kept)

    def _found(self, identifier: str) -> Finding:
        if finding := self.find(identifier):
            return finding
        raise DossierError(
            f"Le constat « {identifier[:80]} » n’est plus dans le dossier. "
            "Il a peut-être été retiré dans une autre page. Gardez-le de nouveau, puis recommencez."
        )

    def _replacing(self, finding: Finding) -> Dossier:
        return self._keeping(*(finding if old.id == finding.id else old for old in self.observation.kept))

    def _keeping(self, *kept: Finding) -> Dossier:
        return self.but(observation=self.observation.but(kept=kept))


CELLS = Shelf("diagnosis", "cells", Cell)
NEEDS = Shelf("diagnosis", "needs", Need)
VOICES = Shelf("diagnosis", "voices", Voice)
TREE = Shelf("diagnosis", "tree", Statement)
SWOT = Shelf("diagnosis", "swot", Point)
ACTORS = Shelf("consultation", "actors", Actor)
GOALS = Shelf("consultation", "goals", Goal)
ACTIVITIES = Shelf("consultation", "activities", Activity)
VOTES = Shelf("consultation", "votes", Vote)
CRITERIA = Shelf("prioritisation", "criteria", Criterion)
CANDIDATES = Shelf("prioritisation", "candidates", Candidate)
AXES = Shelf("programme", "axes", Axis)
OBJECTIVES = Shelf("programme", "objectives", Objective)
ACTIONS = Shelf("programme", "actions", Action)
FUNDERS = Shelf("programme", "funders", Funder)
FOLLOW_UP = Shelf("programme", "follow_up", State)
ENQUIRIES = Shelf("programme", "enquiries", Enquiry)
