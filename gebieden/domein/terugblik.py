"""Looking back at a geborgd point: what was found, who keeps it up from now on, and when to look again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gebieden.domein.agendapunt import Agendapunt
from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.fouten import InvoerError
from gebieden.domein.puntovergang import MAX_TEKENS
from gebieden.domein.puntvelden import LAATSTE_DAG
from gebieden.domein.taal import format_datum, format_getal


@dataclass(frozen=True, slots=True)
class Borging:
    """Who keeps up what was done, and the day to look back; None where that was never agreed."""

    wie_borgt: str
    terugkijken_op: date | None

    @property
    def velden(self) -> dict[str, Any]:
        """The fields by name."""
        return {"wie_borgt": self.wie_borgt, "terugkijken_op": self.terugkijken_op}


@dataclass(frozen=True, slots=True)
class Terugblik:
    """What somebody found who looked back and saw that it is still good, and what was agreed for the next time."""

    bevonden: str
    borging: Borging


def get_borging(punt: Agendapunt) -> Borging:
    """Return what is agreed now about keeping this point up."""
    return Borging(punt.wie_borgt, punt.terugkijken_op)


def check_terugblik(terugblik: Terugblik, op: date) -> Terugblik:
    """Return it as it may be stored, texts cleaned; raise InvoerError with all faults together. `op` is today."""
    borging = replace(terugblik.borging, wie_borgt=clean_invoer(terugblik.borging.wie_borgt))
    schoon = Terugblik(clean_invoer(terugblik.bevonden), borging)
    if fouten := list(_find_fouten(schoon, op)):
        raise InvoerError(f"{' '.join(fouten)} Er is niets opgeslagen.")
    return schoon


def _find_fouten(terugblik: Terugblik, op: date) -> Iterator[str]:
    wie, dag = terugblik.borging.wie_borgt, terugblik.borging.terugkijken_op
    if not terugblik.bevonden:
        yield "Er staat niet wat er is gezien. Schrijf in een paar woorden hoe het er nu voor staat."
    if not wie:
        yield "Er staat niet wie zorgt dat het zo blijft. Vul een rol of organisatie in."
    for naam, tekst in (("wat er is gezien", terugblik.bevonden), ("wie zorgt dat het zo blijft", wie)):
        if len(tekst) > MAX_TEKENS:
            yield (
                f"De tekst bij '{naam}' heeft {format_getal(len(tekst))} tekens. Verwacht: hoogstens {MAX_TEKENS}. "
                "Maak de tekst korter."
            )
    if dag is None:
        yield "De dag om weer terug te kijken is leeg. Kies een dag na vandaag."
    elif not op < dag <= LAATSTE_DAG:
        yield (
            f"De dag om weer terug te kijken is {format_datum(dag)}. Verwacht: een dag na {format_datum(op)}, "
            f"tot en met {format_datum(LAATSTE_DAG)}."
        )
