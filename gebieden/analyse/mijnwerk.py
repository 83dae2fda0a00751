"""Mijn werk: which points ask for action now, and why; longest silent first."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from gebieden.domein.agendapunt import Staat, WachtOp
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import (
    STILTE_DAGEN,
    Categorie,
    determine_categorie,
    is_open,
    is_te_laat,
    is_zonder_datum,
)

VOORAF_DAGEN = 14
"""How many days before a point becomes `onbekend`, or before a look-back, it already asks for action."""


class Reden(StrEnum):
    """Why a point asks for action, in the order in which reasons are read."""

    WACHT = "wacht"
    TE_LAAT = "te_laat"
    TEKORT = "tekort"
    ONBEKEND = "onbekend"
    BIJNA_ONBEKEND = "bijna_onbekend"
    GEEN_DATUM = "geen_datum"
    GEEN_TREKKER = "geen_trekker"
    TERUGKIJKEN = "terugkijken"
    GEEN_TERUGKIJKDAG = "geen_terugkijkdag"


class Werkpunt(NamedTuple):
    """What of a point says whether it asks for action, and what a line about it shows; `tekort` as in `Punt`.

    No dataclass: of thousands that are looked at few ask for anything, and these are made in a fraction of the time.
    """

    id: str
    gebied: str
    titel: str
    themas: tuple[Thema, ...]
    staat: Staat
    trekker: str
    afgesproken_gereed: date | None
    wacht_op: WachtOp | None
    terugkijken_op: date | None
    openbaar: bool
    laatste: date | None
    tekort: Decimal | None


@dataclass(frozen=True, slots=True)
class Werkregel:
    """A point that asks for action, with all its reasons.

    `stil_dagen` is how many days before the peildatum its last bericht or transition was; None when there is none.
    """

    punt: Werkpunt
    redenen: tuple[Reden, ...]
    stil_dagen: int | None


def collect_mijnwerk(punten: Iterable[Werkpunt], peildatum: date, stilte_dagen: int = STILTE_DAGEN) -> list[Werkregel]:
    """Return the points that ask for action, each once: never heard of first, then longest silent, then by id."""
    regels = []
    for punt in punten:
        if redenen := tuple(_list_redenen(punt, peildatum, stilte_dagen)):
            regels.append(Werkregel(punt, redenen, _count_stil(punt, peildatum)))
    return sorted(regels, key=lambda r: (r.stil_dagen is not None, -(r.stil_dagen or 0), r.punt.id))


def count_redenen(regels: Iterable[Werkregel]) -> Counter[Reden]:
    """Return how many lines have each reason; a line counts under every reason that it has."""
    return Counter(reden for regel in regels for reden in regel.redenen)


def count_dagen_tot_onbekend(stil_dagen: int, stilte_dagen: int) -> int:
    """Return in how many days a point that stays silent becomes `onbekend`: on the day after the threshold."""
    return stilte_dagen + 1 - stil_dagen


def _count_stil(punt: Werkpunt, peildatum: date) -> int | None:
    return None if punt.laatste is None else (peildatum - punt.laatste).days


def _list_redenen(punt: Werkpunt, peildatum: date, stilte_dagen: int) -> Iterator[Reden]:
    if is_open(punt.staat):
        yield from _list_open_redenen(punt, peildatum, stilte_dagen)
    elif punt.staat is Staat.GEBORGD:
        yield from _list_borgredenen(punt.terugkijken_op, peildatum)


def _list_open_redenen(punt: Werkpunt, peildatum: date, stilte_dagen: int) -> Iterator[Reden]:
    stil = _count_stil(punt, peildatum)
    if punt.staat is Staat.WACHT_OP:
        yield Reden.WACHT
    if is_te_laat(punt, peildatum):
        yield Reden.TE_LAAT
    if punt.tekort is not None:
        yield Reden.TEKORT
    if determine_categorie(punt, peildatum, stilte_dagen) is Categorie.ONBEKEND:
        yield Reden.ONBEKEND
    elif stil is not None and count_dagen_tot_onbekend(stil, stilte_dagen) <= VOORAF_DAGEN:
        yield Reden.BIJNA_ONBEKEND
    if is_zonder_datum(punt):
        yield Reden.GEEN_DATUM
    if not punt.trekker:
        yield Reden.GEEN_TREKKER


def _list_borgredenen(terugkijken_op: date | None, peildatum: date) -> Iterator[Reden]:
    if terugkijken_op is None:
        yield Reden.GEEN_TERUGKIJKDAG
    elif (terugkijken_op - peildatum).days <= VOORAF_DAGEN:
        yield Reden.TERUGKIJKEN
