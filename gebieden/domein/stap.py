"""Deelstap and mijlpaal of an agendapunt: what happens on the way, and by when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gebieden.domein.taal import format_aantal, format_getal
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
    gedaan_op: date | None = veld("Gedaan op", None, is_geweest=True)


def is_gedaan(stap: Stap, peildatum: date) -> bool:
    """Return whether a step was done on or before the peildatum."""
    return stap.gedaan_op is not None and stap.gedaan_op <= peildatum


def is_over_datum(stap: Stap, peildatum: date) -> bool:
    """Return whether a step that is not done is past the date that was agreed; on the day itself it is not."""
    return not is_gedaan(stap, peildatum) and stap.afgesproken is not None and stap.afgesproken < peildatum


def get_volgorde(stap: Stap) -> date:
    """Return where a step comes: by its agreed date, those without one last."""
    return stap.afgesproken or date.max


def compose_stappenzin(stappen: Collection[Stap], peildatum: date) -> str:
    """Return how many steps are done, out of how many, and how many of the rest are past their date or have none."""
    gedaan = sum(is_gedaan(s, peildatum) for s in stappen)
    zin = f"{format_getal(gedaan)} van {format_aantal(len(stappen), 'stap', 'stappen')} gedaan"
    if over := sum(is_over_datum(s, peildatum) for s in stappen):
        zin += f", {format_getal(over)} over de afgesproken datum"
    if zonder := sum(s.afgesproken is None and not is_gedaan(s, peildatum) for s in stappen):
        zin += f", {format_getal(zonder)} zonder datum"
    return f"{zin}."
