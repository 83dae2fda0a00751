"""Wens: what somebody asked for in an area, before it was a point on an agenda; the begin of its trail."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gebieden.domein.veldregels import Invulling, veld


class Wensbron(StrEnum):
    """Where a wish was heard."""

    BEWONER = "bewoner"
    GEBIEDSGESPREK = "gebiedsgesprek"
    REGIEGROEP = "regiegroep"
    VERBETERPUNT = "verbeterpunt"


@dataclass(frozen=True, slots=True)
class Wens(Invulling):
    """A wish, without the name of who had it; `punten` are the ids of the agendapunten that it led to."""

    bron: Wensbron = veld("Waar gehoord", is_verplicht=True)
    titel: str = veld("De wens", is_verplicht=True)
    datum: date = veld("Gehoord op", is_verplicht=True, is_geweest=True)
    toelichting: str = veld("Toelichting, zonder namen", "", max_tekens=1000, mag_regels=True)
    openbaar: bool = veld("Openbaar: iedereen mag dit lezen", False)
    punten: tuple[str, ...] = veld("Agendapunten", ())
