"""Bericht: a dated progress message on an agendapunt or initiatief; append-only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Berichtsoort(StrEnum):
    """What a bericht is about."""

    AGENDAPUNT = "agendapunt"
    INITIATIEF = "initiatief"


@dataclass(frozen=True, slots=True)
class Bericht:
    """A bericht; `id` is the id of the agendapunt or initiatief it is about."""

    soort: Berichtsoort
    id: str
    datum: date
    tekst: str
    openbaar: bool = False
