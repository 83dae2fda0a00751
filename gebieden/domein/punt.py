"""Punt: an agendapunt with what the figures know of it on a peildatum."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gebieden.domein.agendapunt import Agendapunt
from gebieden.domein.bedrag import Bedrag
from gebieden.domein.dekking import GEEN_GELD, Geldstand, determine_gat, determine_uitkomst
from gebieden.domein.voortgang import Puntstand


@dataclass(frozen=True, slots=True)
class Punt:
    """An agendapunt as a person sees it on a peildatum, with what the figures counted it as.

    `in_versie` tells whether it is in the counted version; `laatste` is the date of its last bericht or
    transition on or before the peildatum; `geld` is what of its money is there.
    """

    punt: Agendapunt
    in_versie: bool
    laatste: date | None
    geld: Geldstand = GEEN_GELD

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
            determine_uitkomst(punt.benodigd, self.geld),
        )

    @property
    def tekort(self) -> Decimal | None:
        """As `determine_tekort`."""
        return determine_tekort(self.punt.benodigd, self.geld)


def determine_tekort(benodigd: Bedrag, geld: Geldstand) -> Decimal | None:
    """Return what is missing of what a point costs; None where nothing is, or where that cannot be known."""
    gat = determine_gat(benodigd, geld)
    return gat if gat is not None and gat > 0 else None
