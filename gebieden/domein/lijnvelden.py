"""What a person writes of a contribution (`gebieden.domein.dekking`), and which of it can be stored."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any, Final

from gebieden.domein.bedrag import CENT, ONBEKEND
from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.dekking import Bron, Lijnvelden, Vorm
from gebieden.domein.fouten import InvoerError
from gebieden.domein.taal import format_getal

EERSTE_JAAR: Final = 2000
LAATSTE_JAAR: Final = 2099
MAX_HOEVEELHEID: Final = Decimal(1_000_000)
MAX_TEKENS: Final = {"partner": 200, "toelichting": 1000, "eenheid": 20}
_GETAL: Final = re.compile(r"\d{1,9}(?:,\d{1,2})?", re.ASCII)


def get_velden(lijn: Lijnvelden) -> dict[str, Any]:
    """Return what can be written of a line, by name."""
    return {veld.name: getattr(lijn, veld.name) for veld in fields(Lijnvelden)}


def parse_hoeveelheid(tekst: str) -> Decimal | None:
    """Return a quantity as it is typed: `40` or `2,5`; nothing for nothing. Raise InvoerError for anything else."""
    schoon = clean_invoer(tekst)
    if not schoon:
        return None
    if not _GETAL.fullmatch(schoon):
        raise InvoerError(
            f"'{schoon[:40]}' is geen hoeveelheid. Verwacht: een getal als 40 of 2,5. Er is niets opgeslagen. "
            "Verbeter de hoeveelheid."
        )
    return Decimal(schoon.replace(",", "."))


def check_lijnvelden(wens: Lijnvelden) -> Lijnvelden:
    """Return the fields as they may be stored; raise InvoerError with all faults together.

    What does not belong to this form goes: money has no quantity, hours have no amount, only a begroting has a year.
    """
    teksten: dict[str, Any] = {veld: clean_invoer(getattr(wens, veld)) for veld in MAX_TEKENS}
    schoon = replace(wens, **teksten)
    if schoon.vorm is Vorm.GELD:
        schoon = replace(schoon, hoeveelheid=None, eenheid="")
    else:
        schoon = replace(schoon, bedrag=ONBEKEND)
    if schoon.bron is not Bron.BEGROTING:
        schoon = replace(schoon, jaar=None)
    if fouten := list(_find_fouten(schoon)):
        raise InvoerError(f"{' '.join(fouten)} Er is niets opgeslagen.")
    return schoon


def _find_fouten(velden: Lijnvelden) -> Iterator[str]:
    if velden.vorm is Vorm.GELD and (velden.bedrag.is_onbekend or velden.bedrag.euro == 0):
        yield "Het bedrag is leeg of nul. Vul een bedrag in, of PM als nog niet bekend is hoeveel het wordt."
    if velden.vorm is not Vorm.GELD:
        yield from _find_hoeveelheidsfouten(velden)
    if velden.bron is Bron.BEGROTING and (velden.jaar is None or not EERSTE_JAAR <= velden.jaar <= LAATSTE_JAAR):
        yield (
            f"Bij Kadernota of begroting hoort een jaar. Verwacht: {EERSTE_JAAR} tot en met {LAATSTE_JAAR}. "
            "Vul het jaar in."
        )
    for veld in ("partner", "eenheid"):
        if "\n" in getattr(velden, veld):
            yield f"Het veld {veld} heeft meer dan één regel. Zet het vervolg in de toelichting."
    for veld, maximum in MAX_TEKENS.items():
        if len(getattr(velden, veld)) > maximum:
            yield (
                f"Het veld {veld} heeft {format_getal(len(getattr(velden, veld)))} tekens. Verwacht: hoogstens "
                f"{format_getal(maximum)}. Maak de tekst korter."
            )


def _find_hoeveelheidsfouten(velden: Lijnvelden) -> Iterator[str]:
    hoeveel = velden.hoeveelheid
    if hoeveel is None or not 0 < hoeveel <= MAX_HOEVEELHEID or hoeveel % CENT:
        yield (
            "De hoeveelheid is leeg of kan niet. Verwacht: meer dan 0, hoogstens "
            f"{format_getal(int(MAX_HOEVEELHEID))}, met hoogstens twee cijfers achter de komma. Vul in hoeveel het is."
        )
    if not velden.eenheid:
        yield "De eenheid is leeg. Vul in waarin u telt, bijvoorbeeld uur, m² of dagdeel."
