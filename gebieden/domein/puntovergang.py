"""A change of state of an agendapunt: what it fills in, and everything that stands in its way."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Staat, WachtOp
from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.fouten import OvergangError
from gebieden.domein.overgangen import Richting
from gebieden.domein.puntvelden import LAATSTE_DAG
from gebieden.domein.rechten import Rol
from gebieden.domein.taal import format_datum, format_getal

MAX_TEKENS: Final = 500


@dataclass(frozen=True, slots=True)
class Toestandsvelden:
    """What the state of a point asks for; what belongs to another state than the present one is empty."""

    wacht_op: WachtOp | None = None
    reden: str = ""
    wie_besloot: str = ""
    aan_wie: str = ""
    bevestigd: bool | None = None
    wie_borgt: str = ""
    terugkijken_op: date | None = None

    @property
    def velden(self) -> dict[str, Any]:
        """The fields by name."""
        return {veld.name: getattr(self, veld.name) for veld in fields(self)}


@dataclass(frozen=True, slots=True)
class Puntovergang:
    """A change of state: from what this person saw, to what, on which day, with what the new state asks for.

    `waarom` is the reason, that a step back needs; `openbaar` whether publiek may read it.
    """

    van: Staat
    naar: Staat
    datum: date
    velden: Toestandsvelden = Toestandsvelden()
    waarom: str = ""
    openbaar: bool = False


def list_mogelijk(staat: Staat, rol: Rol, kwam_van: Staat | None) -> list[Staat]:
    """Return the states that a point can go to from here by this role, in the order of the table."""
    return [
        Staat(stap.naar)
        for stap in AGENDAPUNT_MACHINE.stappen[staat]
        if rol in stap.wie and AGENDAPUNT_MACHINE.is_toegestaan(staat, stap.naar, kwam_van)
    ]


def vraagt_iets(van: Staat, naar: Staat) -> bool:
    """Return whether a change of state has to be filled in: a field of the new state, or why it goes back."""
    stap = AGENDAPUNT_MACHINE.find_stap(van, naar)
    gaat_terug = stap is not None and stap.richting is Richting.TERUG
    return gaat_terug or bool(AGENDAPUNT_MACHINE.toestanden[naar].verplicht)


def check_puntovergang(
    overgang: Puntovergang, rol: Rol, *, kwam_van: Staat | None, vanaf: date | None, op: date
) -> Puntovergang:
    """Return the change as it may be stored: texts cleaned, and only what the new state asks for.

    `kwam_van` is where a waiting point came from; `vanaf` the day of the change before this one, `op` today. Raise
    OvergangError with all objections together.
    """
    vraagt = AGENDAPUNT_MACHINE.toestanden[overgang.naar].verplicht
    gevuld: dict[str, Any] = {veld: _clean(waarde) for veld, waarde in overgang.velden.velden.items() if veld in vraagt}
    schoon = replace(overgang, velden=Toestandsvelden(**gevuld), waarom=clean_invoer(overgang.waarom))
    ingevuld = {**schoon.velden.velden, "waarom": schoon.waarom}
    bezwaren = AGENDAPUNT_MACHINE.collect_bezwaren(schoon.van, schoon.naar, rol, ingevuld, kwam_van)
    bezwaren += [*_find_datumfouten(schoon, vanaf, op), *_find_te_lang(ingevuld)]
    if bezwaren:
        raise OvergangError(f"{' '.join(bezwaren)} Er is niets veranderd.")
    return schoon


def _clean(waarde: object) -> object:
    return clean_invoer(waarde) if isinstance(waarde, str) and not isinstance(waarde, WachtOp) else waarde


def _find_datumfouten(overgang: Puntovergang, vanaf: date | None, op: date) -> Iterator[str]:
    if overgang.datum > op or (vanaf and overgang.datum < vanaf):
        sinds = f"van {format_datum(vanaf)} (de verandering hiervoor) " if vanaf else ""
        yield (
            f"De datum is {format_datum(overgang.datum)}. Verwacht: een dag {sinds}tot en met {format_datum(op)}. "
            "Kies de dag waarop het gebeurde."
        )
    terug = overgang.velden.terugkijken_op
    if terug is not None and not overgang.datum < terug <= LAATSTE_DAG:
        yield (
            f"De dag om terug te kijken is {format_datum(terug)}. Verwacht: een dag na {format_datum(overgang.datum)}, "
            f"tot en met {format_datum(LAATSTE_DAG)}."
        )


def _find_te_lang(velden: dict[str, object]) -> Iterator[str]:
    for veld, waarde in velden.items():
        if isinstance(waarde, str) and len(waarde) > MAX_TEKENS:
            yield (
                f"Het veld '{veld.replace('_', ' ')}' heeft {format_getal(len(waarde))} tekens. Verwacht: hoogstens "
                f"{MAX_TEKENS}. Maak de tekst korter."
            )
