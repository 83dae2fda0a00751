"""Ronde: in which order points are walked, and which comes before and after one of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gebieden.domein.punt import Punt
from gebieden.domein.voortgang import STILTE_DAGEN, Categorie, determine_categorie, is_te_laat

_NA_WACHT: Final = 1
RONDEVOLGORDE: Final = (
    Categorie.WACHT,
    Categorie.ONBEKEND,
    Categorie.LOOPT,
    Categorie.NIET_BEGONNEN,
    Categorie.VOORSTEL,
    Categorie.AFGEROND,
    Categorie.OVERGEDRAGEN,
    Categorie.VERVALLEN,
)


@dataclass(frozen=True, slots=True)
class Plaats:
    """Where one is in the walk: the how-manieth of how many, and the ids before and after (None at the ends)."""

    nummer: int
    aantal: int
    vorige: str | None
    volgende: str | None


def determine_plaats(punt: Punt, categorie: Categorie, peildatum: date, volgorde: Sequence[Categorie]) -> int:
    """Return where a point stands: by its category, but what is over its date comes right after what waits."""
    if categorie is not Categorie.WACHT and is_te_laat(punt.stand, peildatum):
        return _NA_WACHT
    plaats = volgorde.index(categorie)
    return plaats if plaats < _NA_WACHT else plaats + 1


def order_ronde(punten: Iterable[Punt], peildatum: date, stilte_dagen: int = STILTE_DAGEN) -> list[str]:
    """Return the ids of the points in the order in which a meeting walks them."""

    def rangschik(punt: Punt) -> tuple[int, str, str]:
        categorie = determine_categorie(punt.stand, peildatum, stilte_dagen)
        plaats = determine_plaats(punt, categorie, peildatum, RONDEVOLGORDE)
        return plaats, punt.punt.titel.lower(), punt.punt.id

    return [punt.punt.id for punt in sorted(punten, key=rangschik)]


def find_plaats(orde: Sequence[str], gekozen: Collection[str], id_: str) -> Plaats:
    """Return where one is in the walk over the chosen points of `orde`; the point itself always is one of them."""
    ronde = [anders for anders in orde if anders in gekozen or anders == id_]
    nummer = ronde.index(id_)
    vorige = ronde[nummer - 1] if nummer else None
    return Plaats(nummer + 1, len(ronde), vorige, next(iter(ronde[nummer + 1 :]), None))
