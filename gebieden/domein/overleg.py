"""Overleg: a meeting that walks the points of an area, and what was decided in it."""

from dataclasses import dataclass
from datetime import date

from gebieden.domein.veldregels import Invulling, veld


@dataclass(frozen=True, slots=True)
class Overleg(Invulling):
    """A meeting about the agenda of an area; who was there by role or organisation, never by name."""

    titel: str = veld("Overleg", is_verplicht=True)
    datum: date = veld("Datum", is_verplicht=True)
    aanwezig: str = veld("Aanwezig (rollen en organisaties, geen namen)", "", max_tekens=1000, mag_regels=True)
    is_afgesloten: bool = veld("Afgesloten", False)


@dataclass(frozen=True, slots=True)
class Besluit(Invulling):
    """A decision of a meeting (its number), about a point if it is about one."""

    overleg: int = veld("Overleg", is_verplicht=True)
    tekst: str = veld("Besluit", is_verplicht=True, max_tekens=1000, mag_regels=True)
    agendapunt: str = veld("Agendapunt", "")
