"""Deelstap and mijlpaal of an agendapunt: what happens on the way, and by when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gebieden.domein.veldregels import Invulling, veld


class Stapsoort(StrEnum):
    """A piece of the work, or a moment that others wait for."""

    DEELSTAP = "deelstap"
    MIJLPAAL = "mijlpaal"


@dataclass(frozen=True, slots=True)
class Stap(Invulling):
    """A deelstap or mijlpaal: by when it was agreed, and when it was done; both empty while that is not known."""

    soort: Stapsoort = veld("Soort", is_verplicht=True)
    titel: str = veld("Wat", is_verplicht=True)
    afgesproken: date | None = veld("Afgesproken op", None)
    gedaan_op: date | None = veld("Gedaan op", None)
