"""Bericht: a dated progress message on an agendapunt or initiatief; append-only."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gebieden.domein.rechten import Rol


class Berichtsoort(StrEnum):
    """What a bericht is about."""

    AGENDAPUNT = "agendapunt"
    INITIATIEF = "initiatief"


@dataclass(frozen=True, slots=True)
class Bericht:
    """A bericht; `id` is the id of the agendapunt or initiatief it is about.

    What was read from the database has a `nummer`, and what came from a screen says in which role and when it was
    written. `eerder` holds what it said before it was corrected, newest first, for who may read that.
    """

    soort: Berichtsoort
    id: str
    datum: date
    tekst: str
    openbaar: bool = False
    nummer: int | None = None
    rol: Rol | None = None
    vastgelegd_op: datetime | None = None
    gebruiker: int | None = None
    eerder: tuple["Bericht", ...] = ()
