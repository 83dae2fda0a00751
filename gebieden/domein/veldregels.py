"""Rules for what is written in a form, told beside the field itself; one check for all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from typing import Any, Final, TypeVar

from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.fouten import InvoerError
from gebieden.domein.puntvelden import EERSTE_DAG, LAATSTE_DAG
from gebieden.domein.taal import format_datum, format_getal

MAX_AANTAL: Final = 1_000_000
MAX_DELEN: Final = 100


@dataclass(frozen=True, slots=True)
class Invulling:
    """What is written in a form: every field of what derives from it is made by `veld`."""

    @property
    def velden(self) -> dict[str, Any]:
        """The fields by name."""
        return {v.name: getattr(self, v.name) for v in fields(self)}


V = TypeVar("V", bound=Invulling)


@dataclass(frozen=True, slots=True)
class Veldregel:
    """What a field is called on the screen, and what it must hold."""

    label: str
    is_verplicht: bool
    max_tekens: int
    mag_regels: bool
    is_geweest: bool


def veld(
    label: str,
    default: Any = MISSING,
    *,
    is_verplicht: bool = False,
    max_tekens: int = 200,
    mag_regels: bool = False,
    is_geweest: bool = False,
) -> Any:
    """Return a field of a dataclass, with its rule.

    A text has more than one line only where that is allowed; a day that `is_geweest` is not after the day of writing.
    """
    regel = Veldregel(label, is_verplicht, max_tekens, mag_regels, is_geweest)
    return field(default=default, metadata={"regel": regel})


def get_labels(soort: type[Invulling]) -> Mapping[str, str]:
    """Return what the fields of a form are called on the screen, by name."""
    return {v.name: v.metadata["regel"].label for v in fields(soort)}


def check_velden(wens: V, op: date) -> V:
    """Return the fields as they may be stored on the day `op`, cleaned; raise InvoerError with all faults together."""
    schoon = replace(wens, **{naam: _clean_waarde(waarde) for naam, waarde in wens.velden.items()})
    fouten = [fout for v in fields(schoon) for fout in _find_fouten(v.metadata["regel"], getattr(schoon, v.name), op)]
    if fouten:
        raise InvoerError(f"{' '.join(fouten)} Er is niets opgeslagen.")
    return schoon


def _clean_waarde(waarde: Any) -> Any:
    if type(waarde) is str:
        return clean_invoer(waarde)
    if isinstance(waarde, tuple):
        delen = [_clean_waarde(deel) for deel in waarde]
        return tuple(dict.fromkeys(deel for deel in delen if deel != ""))
    return waarde


def _find_fouten(regel: Veldregel, waarde: Any, op: date) -> Iterator[str]:
    naam = regel.label
    if regel.is_verplicht and waarde in (None, "", ()):
        yield f"Het veld '{naam}' is leeg. Vul het in."
    if isinstance(waarde, date) and not EERSTE_DAG <= waarde <= LAATSTE_DAG:
        yield (
            f"Het veld '{naam}' is {format_datum(waarde)}. Verwacht: een dag van {format_datum(EERSTE_DAG)} tot en met "
            f"{format_datum(LAATSTE_DAG)}. Kies een andere dag."
        )
    elif isinstance(waarde, date) and regel.is_geweest and waarde > op:
        yield (
            f"Het veld '{naam}' is {format_datum(waarde)}, en dat moet nog komen. Verwacht: uiterlijk "
            f"{format_datum(op)}. Kies de dag waarop het is gebeurd."
        )
    delen = waarde if isinstance(waarde, tuple) else (waarde,)
    for getal in (deel for deel in delen if type(deel) is int and not 0 < deel <= MAX_AANTAL):
        yield (
            f"Het veld '{naam}' is {getal}. Verwacht: een heel getal van 1 tot en met {format_getal(MAX_AANTAL)}. "
            "Vul een ander getal in, of laat het leeg."
        )
    if isinstance(waarde, tuple) and len(waarde) > MAX_DELEN:
        yield f"Het veld '{naam}' heeft {len(waarde)} delen. Verwacht: hoogstens {MAX_DELEN}. Haal er een aantal weg."
    for tekst in delen:
        if type(tekst) is str:
            yield from _find_tekstfouten(regel, tekst)


def _find_tekstfouten(regel: Veldregel, tekst: str) -> Iterator[str]:
    if len(tekst) > regel.max_tekens:
        yield (
            f"Het veld '{regel.label}' heeft {format_getal(len(tekst))} tekens. Verwacht: hoogstens "
            f"{format_getal(regel.max_tekens)}. Maak de tekst korter."
        )
    if "\n" in tekst and not regel.mag_regels:
        yield f"Het veld '{regel.label}' heeft meer dan één regel. Zet het op één regel."
