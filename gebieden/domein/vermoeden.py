"""A suspicion of displacement: what a professional sees move from one area to another. It proves nothing by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gebieden.domein.veldregels import Invulling, veld


class Vermoedensoordeel(StrEnum):
    """What there is to say of a suspicion, in the eyes of who recorded it."""

    AANWIJZING = "aanwijzing"
    GEEN_AANWIJZING = "geen aanwijzing"
    TE_WEINIG = "te weinig waarnemingen"


@dataclass(frozen=True, slots=True)
class Vermoeden(Invulling):
    """A suspicion that something moved from one buurt to another (codes), in a period; nothing about persons."""

    van: str = veld("Van welke buurt", is_verplicht=True)
    naar: str = veld("Naar welke buurt", is_verplicht=True)
    categorie: str = veld("Categorie", is_verplicht=True)
    vanaf: date = veld("Vanaf", is_verplicht=True, is_geweest=True)
    oordeel: Vermoedensoordeel = veld("Wat zien we?", is_verplicht=True)
    tot: date | None = veld("Tot en met (leeg = nog steeds)", None, is_geweest=True)
    bevestigd_door: str = veld("Bevestigd door (een rol of organisatie, geen naam)", "", max_tekens=100)
    toelichting: str = veld("Waar blijkt het uit? (geen personen, geen adressen)", "", max_tekens=300, mag_regels=True)
    geen_persoon: bool = veld("Dit gaat niet over een persoon", False)


def find_vermoedensfouten(vermoeden: Vermoeden) -> Iterator[str]:
    """Yield what of a suspicion does not fit together."""
    if vermoeden.van == vermoeden.naar:
        yield "Van en naar zijn dezelfde buurt. Verwacht: twee verschillende buurten. Kies een andere."
    if vermoeden.tot and vermoeden.tot < vermoeden.vanaf:
        yield "De dag 'Tot en met' is voor de dag 'Vanaf'. Verbeter een van beide."
