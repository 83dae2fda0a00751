"""Punt: an agendapunt with what the figures know of it on a peildatum."""

from dataclasses import dataclass
from datetime import date

from gebieden.domein.agendapunt import Agendapunt
from gebieden.domein.voortgang import Puntstand


@dataclass(frozen=True, slots=True)
class Punt:
    """An agendapunt as a person sees it on a peildatum, with what the figures counted it as.

    `in_versie` tells whether it is in the counted version; `laatste` is the date of its last bericht or
    transition on or before the peildatum.
    """

    punt: Agendapunt
    in_versie: bool
    laatste: date | None

    @property
    def stand(self) -> Puntstand:
        """The point as the figures count it."""
        punt = self.punt
        return Puntstand(
            punt.id,
            punt.gebied,
            punt.staat,
            self.in_versie,
            punt.themas,
            punt.soort,
            punt.wacht_op,
            punt.afgesproken_gereed,
            self.laatste,
        )
