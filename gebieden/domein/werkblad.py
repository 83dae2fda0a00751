"""Werkblad: agendapunten as rows of a workbook that people edit; which columns there are and what a cell says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2s
from typing import Any, Final

from gebieden.domein import puntovergang, puntvelden
from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Agendapunt, Puntsoort, Staat, WachtOp
from gebieden.domein.celtekst import clean_invoer, clean_tekst
from gebieden.domein.puntovergang import Toestandsvelden
from gebieden.domein.puntvelden import Puntvelden
from gebieden.domein.thema import Thema

BLAD: Final = "Agenda"
BASISBLAD: Final = "Zoals het was"
LIJSTBLAD: Final = "Lijsten"
UITLEGBLAD: Final = "Uitleg"
MAX_REGELS: Final = 10_000
JA: Final = "ja"
NEE: Final = "nee"
WAAROM: Final = "waarom"
PARTNER: Final = "partner"
STAATNAMEN: Final = {toestand.naam: Staat(staat) for staat, toestand in AGENDAPUNT_MACHINE.toestanden.items()}
MIN_PARTNERKOLOMMEN: Final = 6
"""Columns for partners; there are always two more than any point has."""


class Bladsoort(StrEnum):
    """What a column holds, and so how a cell of it is read."""

    SLEUTEL = "sleutel"
    TEKST = "tekst"
    KEUZE = "keuze"
    PARTNER = "partner"
    DATUM = "datum"


@dataclass(frozen=True, slots=True)
class Bladkolom:
    """A column: its name, the field of a point that it is (part) of, and the longest text or the words to choose."""

    naam: str
    veld: str
    soort: Bladsoort = Bladsoort.TEKST
    keuzes: tuple[str, ...] = ()
    max_tekens: int = puntovergang.MAX_TEKENS


def _tekst(veld: str) -> Bladkolom:
    return Bladkolom(_name(veld), veld, max_tekens=puntvelden.MAX_TEKENS.get(veld, puntovergang.MAX_TEKENS))


def _keuze(veld: str, *keuzes: str) -> Bladkolom:
    return Bladkolom(_name(veld), veld, Bladsoort.KEUZE, keuzes)


def _name(veld: str) -> str:
    return veld.replace("_", " ")


def list_kolommen(partners: int = MIN_PARTNERKOLOMMEN) -> list[Bladkolom]:
    """Return the columns in their order, with this many for partners."""
    return [
        Bladkolom("id", "id", Bladsoort.SLEUTEL),
        Bladkolom("gebied", "gebied", Bladsoort.SLEUTEL),
        _tekst("titel"),
        _tekst("omschrijving"),
        *(Bladkolom(f"thema {thema}", "themas", Bladsoort.KEUZE, (JA, NEE)) for thema in Thema),
        _keuze("soort", *map(_name, Puntsoort)),
        _keuze("staat", *STAATNAMEN),
        _keuze("wacht_op", *WachtOp),
        *map(_tekst, ("reden", "wie_besloot", "aan_wie")),
        _keuze("bevestigd", JA, NEE),
        _tekst("wie_borgt"),
        Bladkolom("terugkijken op", "terugkijken_op", Bladsoort.DATUM),
        _tekst(WAAROM),
        _tekst("trekker"),
        *(
            Bladkolom(f"{PARTNER} {nummer}", "partners", Bladsoort.PARTNER, max_tekens=puntvelden.MAX_TEKENS["partner"])
            for nummer in range(1, partners + 1)
        ),
        Bladkolom("afgesproken gereed", "afgesproken_gereed", Bladsoort.DATUM),
        *map(_tekst, ("eenheid", "wethouder", "herkomst")),
        _keuze("openbaar", JA, NEE),
    ]


def count_partnerkolommen(punten: Iterable[Agendapunt]) -> int:
    """Return how many columns for partners these points need."""
    return max(MIN_PARTNERKOLOMMEN, *(len(punt.partners) + 2 for punt in punten), 0)


def get_bladvelden(punt: Agendapunt) -> dict[str, Any]:
    """Return what of a point the sheet can change: its fields, its state and what that state asks for."""
    namen = (*Puntvelden.__dataclass_fields__, "staat", *Toestandsvelden.__dataclass_fields__)
    return {naam: getattr(punt, naam) for naam in namen}


def compose_cellen(punt: Agendapunt, gebied: str, kolommen: Iterable[Bladkolom]) -> list[str]:
    """Return what the cells of a point say, as text in the order of the columns; a date as ISO."""
    velden = get_bladvelden(punt) | {"id": punt.id, "gebied": compose_gebied(punt.gebied, gebied), WAAROM: ""}
    return [clean_tekst(_render(kolom, velden[kolom.veld])) for kolom in kolommen]


def compose_gebied(code: str, naam: str) -> str:
    """Return an area as the sheet names it; the code is what comes first."""
    return f"{code} {naam}".strip()


def is_van_gebied(cel: str, code: str) -> bool:
    """Return whether what `compose_gebied` made names this area."""
    return f"{cel} ".startswith(f"{code} ")


def _render(kolom: Bladkolom, waarde: Any) -> str:
    if kolom.veld == "themas":
        return JA if kolom.naam.removeprefix("thema ") in waarde else NEE
    if kolom.veld == "partners":
        plaats = int(kolom.naam.removeprefix(PARTNER)) - 1
        return str(waarde[plaats]) if plaats < len(waarde) else ""
    if kolom.veld == "staat":
        return AGENDAPUNT_MACHINE.toestanden[waarde].naam
    if isinstance(waarde, bool):
        return JA if waarde else NEE
    if isinstance(waarde, date):
        return waarde.isoformat()
    return "" if waarde is None else _name(waarde) if kolom.veld == "soort" else str(waarde)


def compute_controlegetal(rijen: Iterable[Iterable[str]]) -> str:
    """Return a number over cells that is another one when any of them changed."""
    som = blake2s(digest_size=16)
    for rij in rijen:
        # White space at the ends means nothing and does not survive every program.
        som.update(("\x1f".join(clean_invoer(cel) for cel in rij) + "\x1e").encode())
    return som.hexdigest()
