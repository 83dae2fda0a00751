"""What residents think of an agendapunt, beside its official state and never merged with it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gebieden.domein.veldregels import Invulling, veld


class Oordeel(StrEnum):
    """What residents say of what a point was about."""

    OPGELOST = "opgelost"
    DEELS = "deels"
    NIET = "niet"
    NIET_GEVRAAGD = "niet_gevraagd"


@dataclass(frozen=True, slots=True)
class Bewonersoordeel(Invulling):
    """One time that residents were asked: what they said, when, where, and how many they were if that is known."""

    oordeel: Oordeel = veld("Oordeel van bewoners", is_verplicht=True)
    datum: date = veld("Gevraagd op", is_verplicht=True, is_geweest=True)
    herkomst: str = veld("Waar en hoe gevraagd", is_verplicht=True)
    aantal: int | None = veld("Aantal bewoners", None)
    toelichting: str = veld("Toelichting", "", max_tekens=1000, mag_regels=True)
