"""What a person writes of an agendapunt, and which of it can be stored."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from gebieden.domein.agendapunt import Agendapunt, Puntsoort
from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.fouten import InvoerError
from gebieden.domein.taal import format_datum, format_getal
from gebieden.domein.thema import Thema

EERSTE_DAG: Final = date(2000, 1, 1)
LAATSTE_DAG: Final = date(2099, 12, 31)
MAX_PARTNERS: Final = 100
MAX_TEKENS: Final = {
    "titel": 200,
    "omschrijving": 4000,
    "trekker": 200,
    "eenheid": 200,
    "wethouder": 200,
    "herkomst": 200,
    "partner": 200,
}


@dataclass(frozen=True, slots=True)
class Puntvelden:
    """What of a point can be written; its state has rules of its own (`gebieden.domein.puntovergang`)."""

    titel: str
    themas: tuple[Thema, ...]
    omschrijving: str = ""
    soort: Puntsoort | None = None
    trekker: str = ""
    partners: tuple[str, ...] = ()
    afgesproken_gereed: date | None = None
    eenheid: str = ""
    wethouder: str = ""
    herkomst: str = ""
    openbaar: bool = False

    @property
    def velden(self) -> dict[str, Any]:
        """The fields by name."""
        return {veld.name: getattr(self, veld.name) for veld in fields(self)}


def get_puntvelden(punt: Agendapunt) -> Puntvelden:
    """Return what can be written of this point."""
    return Puntvelden(**{veld.name: getattr(punt, veld.name) for veld in fields(Puntvelden)})


def check_puntvelden(wens: Puntvelden, basis: Puntvelden | None = None) -> Puntvelden:
    """Return the fields as they may be stored, texts cleaned and themes in their fixed order.

    What is still as it was in `basis` is not looked at: what was imported may be longer. Raise InvoerError with all
    faults together.
    """
    schoon = _clean(wens)
    if basis is not None:
        schoon = replace(schoon, **{v: w for v, w in wens.velden.items() if w == basis.velden[v]})
    oud = {} if basis is None else basis.velden
    gewijzigd = {veld for veld, waarde in schoon.velden.items() if basis is None or waarde != oud[veld]}
    fouten = [fout for veld, fout in _find_fouten(schoon) if veld in gewijzigd]
    if fouten:
        raise InvoerError(f"{' '.join(fouten)} Er is niets opgeslagen.")
    return schoon


def _clean(wens: Puntvelden) -> Puntvelden:
    teksten: dict[str, Any] = {veld: clean_invoer(str(wens.velden[veld])) for veld in MAX_TEKENS if veld != "partner"}
    partners = dict.fromkeys(naam for partner in wens.partners if (naam := clean_invoer(partner)))
    return replace(
        wens,
        **teksten,
        themas=tuple(thema for thema in Thema if thema in wens.themas),
        partners=tuple(partners),
    )


def _find_fouten(velden: Puntvelden) -> Iterator[tuple[str, str]]:
    """Yield per fault the field and a sentence."""
    if not velden.titel:
        yield "titel", "De titel is leeg. Schrijf in een paar woorden wat er gaat gebeuren."
    if "\n" in velden.titel:
        yield "titel", "De titel heeft meer dan één regel. Zet het vervolg in de omschrijving."
    if not velden.themas:
        yield "themas", "Er is geen thema gekozen. Kies er een of meer: schoon, heel, veilig, sociaal, ondernemend."
    for veld, waarde in velden.velden.items():
        if isinstance(waarde, str) and veld in MAX_TEKENS:
            yield from ((veld, fout) for fout in _find_te_lang(veld, waarde))
    for partner in velden.partners:
        yield from (("partners", fout) for fout in _find_te_lang("partner", partner))
    if len(velden.partners) > MAX_PARTNERS:
        yield (
            "partners",
            f"Er zijn {format_getal(len(velden.partners))} partners. Verwacht: hoogstens {MAX_PARTNERS}. "
            "Noem de partners die iets doen, of maak er twee punten van.",
        )
    datum = velden.afgesproken_gereed
    if datum is not None and not EERSTE_DAG <= datum <= LAATSTE_DAG:
        yield (
            "afgesproken_gereed",
            f"De afgesproken datum is {format_datum(datum)}. Verwacht: een dag van {format_datum(EERSTE_DAG)} tot en "
            f"met {format_datum(LAATSTE_DAG)}. Kies de dag die is afgesproken, of laat hem leeg.",
        )


def _find_te_lang(veld: str, waarde: str) -> Iterator[str]:
    if len(waarde) > MAX_TEKENS[veld]:
        yield (
            f"Het veld {veld} heeft {format_getal(len(waarde))} tekens. Verwacht: hoogstens "
            f"{format_getal(MAX_TEKENS[veld])}. Maak de tekst korter."
        )
