"""Bericht: a dated progress message on an agendapunt or initiatief; append-only."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.fouten import InvoerError
from gebieden.domein.rechten import Rol
from gebieden.domein.taal import format_datum, format_getal

MAX_TEKENS: Final = 4000
EERSTE_DAG: Final = date(2000, 1, 1)


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

    @property
    def velden(self) -> dict[str, object]:
        """What a person writes and may correct."""
        return {"tekst": self.tekst, "datum": self.datum, "openbaar": self.openbaar}


def check_bericht(bericht: Bericht, op: date, basis: Bericht | None = None) -> Bericht:
    """Return the bericht as it may be stored on this day, its text cleaned.

    What is still as it was in `basis` is not looked at: an imported text may be longer. Raise InvoerError with all
    faults together.
    """
    if basis is None or bericht.tekst != basis.tekst:
        bericht = replace(bericht, tekst=clean_invoer(bericht.tekst))
    gewijzigd = {veld for veld, waarde in bericht.velden.items() if basis is None or waarde != basis.velden[veld]}
    fouten = [
        *(_find_tekstfouten(bericht.tekst) if "tekst" in gewijzigd else ()),
        *(_find_datumfouten(bericht.datum, op) if "datum" in gewijzigd else ()),
    ]
    if fouten:
        raise InvoerError(f"{' '.join(fouten)} Er is niets opgeslagen.")
    return bericht


def _find_tekstfouten(tekst: str) -> Iterator[str]:
    if not tekst:
        yield "De tekst van het bericht is leeg. Schrijf op wat er is gebeurd of afgesproken."
    if len(tekst) > MAX_TEKENS:
        yield (
            f"De tekst van het bericht heeft {format_getal(len(tekst))} tekens. Verwacht: hoogstens "
            f"{format_getal(MAX_TEKENS)}. Maak de tekst korter, of schrijf twee berichten."
        )


def _find_datumfouten(datum: date, op: date) -> Iterator[str]:
    if not EERSTE_DAG <= datum <= op:
        yield (
            f"De datum van het bericht is {format_datum(datum)}. Verwacht: een dag van {format_datum(EERSTE_DAG)} tot "
            f"en met {format_datum(op)}. Kies de dag waarop het gebeurde."
        )
