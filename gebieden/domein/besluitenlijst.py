"""Besluitenlijst: what came out of a meeting, point by point, as lines that screen and document share."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Staat
from gebieden.domein.bericht import Bericht
from gebieden.domein.overleg import Besluit
from gebieden.domein.stap import Stap
from gebieden.domein.taal import format_datum, join_opsomming


class Regelsoort(StrEnum):
    """What a line of the list is about, as people read it."""

    BESLUIT = "Besluit"
    STAND = "Stand"
    DATUM = "Afgesproken klaar"
    ACTIE = "Actie"
    STAP = "Stap gewijzigd"
    BERICHT = "Bericht"
    INTERN = "Bericht (intern)"
    OVERIG = "Ook gewijzigd"


@dataclass(frozen=True, slots=True)
class Regel:
    """One line of the list."""

    soort: Regelsoort
    tekst: str


@dataclass(frozen=True, slots=True)
class Puntwijziging:
    """A change of a point on a screen, as [old, new] per field; `is_punt` when the fields are those of the point."""

    id: str
    velden: Mapping[str, Sequence[Any]]
    is_punt: bool = True


@dataclass(frozen=True, slots=True)
class Actie:
    """A step that was agreed upon at a point, or one that was changed."""

    id: str
    stap: Stap
    is_nieuw: bool


@dataclass(frozen=True, slots=True)
class Gebeurd:
    """What was stored in one meeting, oldest first, as far as the reader may see it."""

    wijzigingen: tuple[Puntwijziging, ...] = ()
    besluiten: tuple[Besluit, ...] = ()
    berichten: tuple[Bericht, ...] = ()
    acties: tuple[Actie, ...] = ()


@dataclass(frozen=True, slots=True)
class Besluitenlijst:
    """What came out of a meeting: per point that was dealt with, about none, and which were not dealt with."""

    per_punt: Mapping[str, tuple[Regel, ...]]
    algemeen: tuple[str, ...]
    niet_behandeld: tuple[str, ...]


# What the new state asked for, as it reads behind that state.
_BIJ_STAND: Final = {
    "wacht_op": "op {}",
    "reden": "reden: {}",
    "wie_besloot": "besloten door {}",
    "aan_wie": "aan {}",
    "wie_borgt": "{} zorgt dat het zo blijft",
    "terugkijken_op": "terugkijken op {}",
}
_VELDNAMEN: Final = {
    "themas": "thema's",
    "eenheid": "verantwoordelijke eenheid",
    "herkomst": "waar het vandaan komt",
    "openbaar": "wie het mag lezen",
    "benodigd": "wat er nodig is",
    "benodigd_pm": "wat er nodig is",
}
# In place of a text that the reader may not read.
_DICHT: Final = "alleen voor het gebiedsteam"
_DEKKING: Final = "wie wat betaalt"


def compose_besluitenlijst(orde: Sequence[str], gebeurd: Gebeurd) -> Besluitenlijst:
    """Return the list over the points of a meeting in their order; what was done at any other point stays out.

    A decision never does: one about a point that is gone (a proposal taken back) stands among the general ones.
    """
    wijzigingen, acties = _group(gebeurd.wijzigingen, "id"), _group(gebeurd.acties, "id")
    besluiten, berichten = _group(gebeurd.besluiten, "agendapunt"), _group(gebeurd.berichten, "id")
    per_punt = {id_: tuple(_list_regels(besluiten[id_], wijzigingen[id_], acties[id_], berichten[id_])) for id_ in orde}
    return Besluitenlijst(
        {id_: regels for id_, regels in per_punt.items() if regels},
        tuple(
            f"{b.tekst} (punt {b.agendapunt})" if b.agendapunt else b.tekst
            for b in gebeurd.besluiten
            if b.agendapunt not in per_punt
        ),
        tuple(id_ for id_, regels in per_punt.items() if not regels),
    )


def _group(stukken: Iterable[Any], veld: str) -> dict[str, list[Any]]:
    per_id: dict[str, list[Any]] = defaultdict(list)
    for stuk in stukken:
        per_id[getattr(stuk, veld)].append(stuk)
    return per_id


def _list_regels(
    besluiten: Iterable[Besluit],
    wijzigingen: Sequence[Puntwijziging],
    acties: Iterable[Actie],
    berichten: Iterable[Bericht],
) -> Iterator[Regel]:
    yield from (Regel(Regelsoort.BESLUIT, b.tekst) for b in besluiten)
    yield from _list_wijzigingen(wijzigingen)
    for actie in acties:
        yield Regel(Regelsoort.ACTIE if actie.is_nieuw else Regelsoort.STAP, _describe_stap(actie.stap))
    for bericht in berichten:
        soort = Regelsoort.BERICHT if bericht.openbaar else Regelsoort.INTERN
        yield Regel(soort, f"{format_datum(bericht.datum)}: {bericht.tekst or _DICHT}")


def _list_wijzigingen(wijzigingen: Sequence[Puntwijziging]) -> Iterator[Regel]:
    van_punt = [w.velden for w in wijzigingen if w.is_punt]
    staten = [velden for velden in van_punt if "staat" in velden]
    if staten:
        yield Regel(Regelsoort.STAND, _describe_staten(staten))
    # What came with a state is told with that state.
    andere = [velden for velden in van_punt if "staat" not in velden]
    if datums := _chain(velden["afgesproken_gereed"] for velden in andere if "afgesproken_gereed" in velden):
        yield Regel(Regelsoort.DATUM, " → ".join(map(_format_dag, datums)))
    overig = [veld for velden in andere for veld in velden if veld != "afgesproken_gereed"]
    namen = [_VELDNAMEN.get(veld, veld.replace("_", " ")) for veld in overig]
    namen += [_DEKKING for w in wijzigingen if not w.is_punt]
    if namen:
        yield Regel(Regelsoort.OVERIG, join_opsomming(list(dict.fromkeys(namen))))


def _chain(paren: Iterable[Sequence[Any]]) -> list[Any]:
    """Return every value in turn, the first old one before them."""
    keten: list[Any] = []
    for oud, nieuw in paren:
        keten += [nieuw] if keten and keten[-1] == oud else [oud, nieuw]
    return keten


def _describe_staten(wijzigingen: Sequence[Mapping[str, Sequence[Any]]]) -> str:
    keten = _chain(velden["staat"] for velden in wijzigingen)
    namen = [AGENDAPUNT_MACHINE.toestanden[Staat(staat)].naam if staat else "nieuw" for staat in keten]
    laatste = wijzigingen[-1]
    bij = [
        zin.format(_format_waarde(veld, laatste[veld][1])) for veld, zin in _BIJ_STAND.items() if _is_in(laatste, veld)
    ]
    if keten[-1] == Staat.WACHT_OP and bij:
        # Its name ends in the word with which what it waits for begins.
        namen[-1], bij = f"Wacht {bij[0]}", bij[1:]
    return " → ".join(namen) + (f" ({'; '.join(bij)})" if bij else "")


def _is_in(velden: Mapping[str, Sequence[Any]], veld: str) -> bool:
    return veld in velden and velden[veld][1] not in (None, "")


def _format_waarde(veld: str, waarde: Any) -> str:
    return _format_dag(waarde) if veld == "terugkijken_op" else str(waarde)


def _format_dag(dag: str | None) -> str:
    return format_datum(date.fromisoformat(dag)) if dag else "geen datum"


def _describe_stap(stap: Stap) -> str:
    delen = [stap.titel]
    if stap.afgesproken:
        delen.append(f"afgesproken op {format_datum(stap.afgesproken)}")
    if stap.gedaan_op:
        delen.append(f"gedaan op {format_datum(stap.gedaan_op)}")
    return ", ".join(delen)
