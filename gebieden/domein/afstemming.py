"""With whom an agendapunt was agreed upon, and how far."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gebieden.domein.veldregels import Invulling, veld


class Mate(StrEnum):
    """How far a point was agreed upon with who has an interest in it."""

    NIET = "niet"
    DEELS = "deels"
    VOLLEDIG = "volledig"


@dataclass(frozen=True, slots=True)
class Afstemming(Invulling):
    """How far a point was agreed upon on a day, with whom."""

    mate: Mate = veld("Afgestemd", is_verplicht=True)
    datum: date = veld("Afgestemd op", is_verplicht=True, is_geweest=True)
    met_wie: str = veld("Met wie (rol of organisatie, geen namen)", is_verplicht=True, max_tekens=500)
    toelichting: str = veld("Toelichting", "", max_tekens=1000, mag_regels=True)
