"""The one publication of a quarter: gemeente, wijken and buurten × category groups, with what is hidden of it.

It is the same for everybody; `signaaltabel` gives each role its part. Never hand it to a page as it is: it
still holds the numbers that are hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from gebieden.analyse.onderdrukking import Afscherming, determine_afscherming
from gebieden.domein.codes import determine_gemeentecode, determine_niveau, determine_ouder
from gebieden.domein.definities import DREMPEL_SIGNALEN
from gebieden.domein.gebied import Gebied, Gebiedsboom
from gebieden.domein.kwartaal import Kwartaal
from gebieden.opslag import tabellen
from gebieden.opslag.database import get_instelling
from gebieden.opslag.gebieden import load_gebieden, load_gebiedsboom
from gebieden.opslag.groepsregels import load_groep_van, load_groepsregels
from gebieden.opslag.signaaltelling import load_cellen

ZONDER_BUURT = "zonder buurt"
TOTAAL = "totaal"

Getallen = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Publicatierij:
    """One area of a publication: true counts per group with their total last, and which of them are hidden."""

    code: str
    naam: str
    niveau: str
    wijk: str
    aantallen: tuple[int, ...]
    dicht: tuple[bool, ...]


@dataclass(frozen=True)
class Publicatie:
    """A quarter of one gemeente. `groepen` are the columns, without the total; rows by level and code.

    Below its threshold (`drempels`, one per group) a count is hidden.
    """

    kwartaal: Kwartaal
    groepen: tuple[str, ...]
    rijen: tuple[Publicatierij, ...]
    drempels: tuple[int, ...]


def get_drempel(conn: Connection) -> int:
    """Return the count below which nothing is shown."""
    return int(get_instelling(conn, "onderdrukkingsdrempel") or DREMPEL_SIGNALEN)


def load_groepen(conn: Connection) -> tuple[list[str], dict[int, int]]:
    """Return the names of all groups, sorted, and per number of a category the place of its group.

    Every category that was ever stored counts, so the columns are the same in every quarter.
    """
    groep_van = load_groep_van(conn)
    per_nummer = {r.nummer: groep_van[r.naam] for r in conn.execute(select(tabellen.signaalcategorie))}
    groepen = sorted(set(per_nummer.values()), key=lambda groep: (groep.casefold(), groep))
    plaats = {groep: nummer for nummer, groep in enumerate(groepen)}
    return groepen, {nummer: plaats[groep] for nummer, groep in per_nummer.items()}


def load_gebiedsnummers(conn: Connection) -> dict[int, str]:
    """Return the codes that signals are stored under, by number."""
    return {r.nummer: r.naam for r in conn.execute(select(tabellen.signaalgebied))}


def load_drempels(conn: Connection, groepen: Sequence[str]) -> tuple[int, ...]:
    """Return the count below which each of these groups is hidden: higher for a sensitive one."""
    drempel, regels = get_drempel(conn), load_groepsregels(conn)
    return tuple(regels[groep].get_drempel(drempel) for groep in groepen)


def load_publicaties(
    conn: Connection, kwartaal: Kwartaal, bodem: Mapping[tuple[str, str], int] | None = None
) -> list[Publicatie]:
    """Return the publication of a quarter for every gemeente, by code.

    `bodem` is what a published warning told: that the count of an area (code) and a group (or `TOTAAL`) in this
    quarter is at least so much. Everybody who asks for a quarter must give the same, from before it was first
    published on: another pattern for the same quarter would give away what it hid.
    """
    gebieden = load_gebieden(conn)
    boom = _load_boom(conn, kwartaal, gebieden)
    groepen, groep_van = load_groepen(conn)
    per_gebied = _count_per_gebied(conn, kwartaal, groep_van, len(groepen))
    drempels = load_drempels(conn, groepen)
    namen = {g.code: g.naam for g in [*gebieden, *boom.gebieden.values()]}
    bladen = _list_bladen(boom, per_gebied, _list_met_wijksignalen(conn, boom))
    gemeenten = sorted({gemeente for gemeente, _, _ in bladen})
    return [
        _build_publicatie(
            kwartaal, groepen, [b for b in bladen if b[0] == gemeente], per_gebied, namen, drempels, bodem
        )
        for gemeente in gemeenten
    ]


def _load_boom(conn: Connection, kwartaal: Kwartaal, gebieden: list[Gebied]) -> Gebiedsboom:
    """Return the tree on the last day of the quarter, or on the first later day from which areas are known.

    It depends on the quarter alone: a peildatum chosen by a viewer must not change the table.
    """
    vanaf = [g.geldig_vanaf or date.min for g in gebieden if g.niveau in ("wijk", "buurt")]
    return load_gebiedsboom(conn, max(kwartaal.eind_tot - timedelta(days=1), min(vanaf, default=date.min)))


def _count_per_gebied(
    conn: Connection, kwartaal: Kwartaal, groep_van: Mapping[int, int], aantal_groepen: int
) -> dict[str, Getallen]:
    cellen = load_cellen(conn, vanaf=kwartaal, tot_en_met=kwartaal)
    nummers, plaats = np.unique(cellen["gebied"], return_inverse=True)
    groep = np.zeros(max(groep_van, default=0) + 1, dtype=np.int64)
    groep[list(groep_van)] = list(groep_van.values())
    aantallen = np.zeros((len(nummers), aantal_groepen), dtype=np.int64)
    np.add.at(aantallen, (plaats, groep[cellen["categorie"]]), cellen["aantal"])
    codes = load_gebiedsnummers(conn)
    return {codes[int(nummer)]: rij for nummer, rij in zip(nummers, aantallen, strict=True)}


def _list_met_wijksignalen(conn: Connection, boom: Gebiedsboom) -> set[str]:
    """Return the wijken that have buurten and, in any quarter, signals of which only the wijk is known."""
    met_buurten = {determine_ouder(code) for code in boom.gebieden if determine_niveau(code) == "buurt"}
    return {code for code in load_gebiedsnummers(conn).values() if code in met_buurten}


def _list_bladen(
    boom: Gebiedsboom, per_gebied: Mapping[str, Getallen], met_wijksignalen: set[str]
) -> list[tuple[str, str, str]]:
    """Return (gemeente, wijk, area) for the smallest areas of the table, in order.

    A wijk without buurten is an area itself; one with signals of unknown buurt has a row for those besides
    its buurten, in every quarter, so that buurten add up to their wijk and the row's presence tells nothing.
    """
    buurten = {c for c in {*boom.gebieden, *per_gebied} if determine_niveau(c) == "buurt"}
    wijken = {c for c in {*boom.gebieden, *per_gebied} if determine_niveau(c) == "wijk"}
    met_buurten = {determine_ouder(code) for code in buurten}
    bladen = [(_get_gemeente(code), str(determine_ouder(code)), code) for code in buurten]
    bladen += [(_get_gemeente(code), code, code) for code in wijken - met_buurten]
    bladen += [
        (_get_gemeente(code), code, f"{code} {ZONDER_BUURT}")
        for code in wijken & met_buurten
        if code in met_wijksignalen or code in per_gebied
    ]
    return sorted(bladen)


def _get_gemeente(code: str) -> str:
    return determine_gemeentecode(code) or ""


def _build_publicatie(
    kwartaal: Kwartaal,
    groepen: list[str],
    bladen: list[tuple[str, str, str]],
    per_gebied: Mapping[str, Getallen],
    namen: Mapping[str, str],
    drempels: tuple[int, ...],
    bodem: Mapping[tuple[str, str], int] | None,
) -> Publicatie:
    niets = np.zeros(len(groepen), dtype=np.int64)
    aantallen = np.stack([per_gebied.get(code.removesuffix(f" {ZONDER_BUURT}"), niets) for _, _, code in bladen])
    wijken = sorted({wijk for _, wijk, _ in bladen})
    wijk_van = np.array([wijken.index(wijk) for _, wijk, _ in bladen])
    minstens = _build_bodem(bodem or {}, [bladen[0][0], *wijken, *(code for _, _, code in bladen)], groepen)
    dicht = determine_afscherming(aantallen, wijk_van, drempels, minstens)
    per_wijk = np.zeros((len(wijken), len(groepen)), dtype=np.int64)
    np.add.at(per_wijk, wijk_van, aantallen)
    return Publicatie(
        kwartaal,
        tuple(groepen),
        tuple(_list_rijen(bladen, wijken, aantallen, per_wijk, dicht, namen)),
        drempels,
    )


def _build_bodem(bodem: Mapping[tuple[str, str], int], codes: Sequence[str], groepen: Sequence[str]) -> Getallen:
    """Return what is known of every number, in the order of `determine_afscherming`."""
    return np.array([[bodem.get((code, groep), 0) for groep in (*groepen, TOTAAL)] for code in codes], dtype=np.int64)


def _list_rijen(
    bladen: list[tuple[str, str, str]],
    wijken: list[str],
    aantallen: Getallen,
    per_wijk: Getallen,
    dicht: Afscherming,
    namen: Mapping[str, str],
) -> list[Publicatierij]:
    gemeente = bladen[0][0]
    rijen = [_build_rij(gemeente, "gemeente", "", aantallen.sum(axis=0), dicht.gemeente, namen)]
    for nummer, code in enumerate(wijken):
        rijen.append(_build_rij(code, "wijk", code, per_wijk[nummer], dicht.wijken[nummer], namen))
    for nummer, (_, wijk, code) in enumerate(bladen):
        if code != wijk:
            rijen.append(_build_rij(code, "buurt", wijk, aantallen[nummer], dicht.buurten[nummer], namen))
    return rijen


def _build_rij(
    code: str, niveau: str, wijk: str, aantallen: Getallen, dicht: npt.NDArray[np.bool_], namen: Mapping[str, str]
) -> Publicatierij:
    naam = namen.get(code, code)
    if code.endswith(ZONDER_BUURT):
        naam = f"{namen.get(wijk, wijk)}, buurt onbekend"
    getallen = aantallen.tolist()
    return Publicatierij(code, naam, niveau, wijk, (*getallen, sum(getallen)), tuple(dicht.tolist()))
