"""What an area has: strong points and opportunities, beside its problems."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gebieden.domein.gedateerd import is_ouder_dan_jaren
from gebieden.domein.thema import Thema
from gebieden.domein.veldregels import Invulling, veld

LANG_GELEDEN_JAREN: Final = 2


class Kantsoort(StrEnum):
    """Something that is good, that could become good, or that is wrong."""

    STERK = "sterk"
    KANS = "kans"
    PROBLEEM = "probleem"


@dataclass(frozen=True, slots=True)
class Kant(Invulling):
    """One side of an area, with where that is known from and of when."""

    soort: Kantsoort = veld("Soort", is_verplicht=True)
    titel: str = veld("Wat", is_verplicht=True)
    themas: tuple[Thema, ...] = veld("Thema's", is_verplicht=True)
    herkomst: str = veld("Bron", is_verplicht=True)
    datum: date = veld("Van wanneer", is_verplicht=True, is_geweest=True)
    toelichting: str = veld("Toelichting", "", max_tekens=1000, mag_regels=True)
    openbaar: bool = veld("Openbaar: iedereen mag dit lezen", False)


def is_lang_geleden(kant: Kant, peildatum: date) -> bool:
    """Return whether this is known from so long ago that it may no longer be so."""
    return is_ouder_dan_jaren(kant.datum, peildatum, LANG_GELEDEN_JAREN)
