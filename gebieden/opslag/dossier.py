"""Keeping what stands beside the points of an agenda: one way of adding, changing, withdrawing and undoing it.

Of which kinds that is, is in `gebieden.opslag.dossiersoorten`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row

from gebieden.domein.botsing import merge_velden
from gebieden.domein.fouten import InvoerError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.veldregels import V, check_velden
from gebieden.opslag.database import begin_schrijven
from gebieden.opslag.dossierwaarden import read_velden
from gebieden.opslag.dossierwerk import (
    INGETROKKEN,
    Dossiersoort,
    Plek,
    check_intrekken,
    check_invulling,
    check_reden,
    find_bijwerking,
    find_laatste_bijwerking,
    insert_stuk,
    note_stuk,
    open_plek,
    open_stuk,
    store_stuk,
    to_rij,
)
from gebieden.opslag.platwaarden import from_plat, to_plat


@dataclass(frozen=True, slots=True)
class Vastgelegd:
    """Which row was written; `was_er_al` says that it was so before, so that nothing was stored."""

    nummer: int
    was_er_al: bool = False


def add_stuk(
    engine: Engine, gebruiker: Gebruiker, soort: Dossiersoort[V], bij: str, velden: V, *, sleutel: str, op: date
) -> Vastgelegd:
    """Store something new about a point (id), an area (code) or nothing (""), once however often the form is sent.

    Raise RechtenError where this person may not, InvoerError with all faults together.
    """
    with begin_schrijven(engine, soort.deel) as conn:
        return add_in_transactie(conn, gebruiker, soort, bij, velden, sleutel=sleutel, op=op)


def add_in_transactie(
    conn: Connection, gebruiker: Gebruiker, soort: Dossiersoort[V], bij: str, velden: V, *, sleutel: str, op: date
) -> Vastgelegd:
    """Do what `add_stuk` does, as a part of something larger."""
    plek = open_plek(conn, gebruiker, soort, bij, op)
    velden = check_invulling(conn, soort, velden, op)
    if herhaald := find_bijwerking(plek, sleutel):
        return Vastgelegd(herhaald.rij, was_er_al=True)
    nummer = insert_stuk(conn, soort, bij, velden, op)
    nieuw = {veld: [None, to_plat(waarde)] for veld, waarde in to_rij(velden).items()}
    note_stuk(plek, nummer, sleutel, "toegevoegd", nieuw, "")
    soort.na_opslaan(plek, nummer, velden)
    return Vastgelegd(nummer)


def change_stuk(
    engine: Engine,
    gebruiker: Gebruiker,
    soort: Dossiersoort[V],
    nummer: int,
    basis: V,
    wens: V,
    *,
    sleutel: str,
    op: date,
    waarom: str = "",
) -> Vastgelegd:
    """Store what this person changed of something that they saw as `basis`.

    What somebody else changed since stays, field by field; raise BotsingError when both changed the same field.
    """
    with begin_schrijven(engine, soort.deel) as conn:
        return change_in_transactie(conn, gebruiker, soort, nummer, basis, wens, sleutel=sleutel, op=op, waarom=waarom)


def change_in_transactie(
    conn: Connection,
    gebruiker: Gebruiker,
    soort: Dossiersoort[V],
    nummer: int,
    basis: V,
    wens: V,
    *,
    sleutel: str,
    op: date,
    waarom: str = "",
) -> Vastgelegd:
    """Do what `change_stuk` does, as a part of something larger."""
    plek, rij = open_stuk(conn, gebruiker, soort, nummer, op)
    if find_bijwerking(plek, sleutel, nummer):
        return Vastgelegd(nummer, was_er_al=True)
    nu = read_velden(soort.vorm, rij._mapping)
    schoon = check_velden(wens, op)
    samen: dict[str, Any] = merge_velden(basis.velden, nu.velden, schoon.velden)
    nieuw = soort.vorm(**samen)
    if nieuw == nu:
        return Vastgelegd(nummer, was_er_al=True)
    reden = check_reden(conn, soort, nieuw, waarom)
    soort.check_stap(nu, nieuw, reden)
    nieuw = check_invulling(conn, soort, nieuw, op, nummer)
    store_stuk(plek, nummer, sleutel, "gewijzigd", _compare(to_rij(nu), to_rij(nieuw)), reden)
    soort.na_opslaan(plek, nummer, nieuw)
    return Vastgelegd(nummer)


def withdraw_stuk(
    engine: Engine,
    gebruiker: Gebruiker,
    soort: Dossiersoort[V],
    nummer: int,
    *,
    sleutel: str,
    op: date,
    waarom: str = "",
) -> Vastgelegd:
    """Let something count no more from now on; it stays stored, and undoing brings it back."""
    with begin_schrijven(engine, soort.deel) as conn:
        plek, rij = open_stuk(conn, gebruiker, soort, nummer, op)
        if find_bijwerking(plek, sleutel, nummer):
            return Vastgelegd(nummer, was_er_al=True)
        check_intrekken(plek, nummer)
        reden = check_reden(conn, soort, read_velden(soort.vorm, rij._mapping), waarom)
        store_stuk(plek, nummer, sleutel, INGETROKKEN, {INGETROKKEN: [False, True]}, reden)
        return Vastgelegd(nummer)


def undo_stuk(
    engine: Engine, gebruiker: Gebruiker, soort: Dossiersoort[V], nummer: int, *, sleutel: str, op: date
) -> Vastgelegd:
    """Take back this person's own last change of something: it is as it was before, both stay in the journal.

    Raise InvoerError when there is nothing to take back, or when somebody changed the same since.
    """
    with begin_schrijven(engine, soort.deel) as conn:
        return undo_in_transactie(conn, gebruiker, soort, nummer, sleutel=sleutel, op=op)


def undo_in_transactie(
    conn: Connection, gebruiker: Gebruiker, soort: Dossiersoort[V], nummer: int, *, sleutel: str, op: date
) -> Vastgelegd:
    """Do what `undo_stuk` does, as a part of something larger."""
    plek, rij = open_stuk(conn, gebruiker, soort, nummer, op, ook_ingetrokken=True)
    if find_bijwerking(plek, sleutel, nummer):
        return Vastgelegd(nummer, was_er_al=True)
    eigen = find_laatste_bijwerking(conn, gebruiker, soort, nummer)
    if eigen is None or any(to_plat(rij._mapping[v]) != nieuw for v, (_, nieuw) in eigen.velden.items()):
        raise InvoerError(
            "Er is intussen iets veranderd, of er is niets om terug te draaien. Er is niets ongedaan gemaakt. "
            "Kijk opnieuw en kies dan."
        )
    terug = {veld: [nieuw, oud] for veld, (oud, nieuw) in eigen.velden.items()}
    velden = {INGETROKKEN: [False, True]} if soort.is_toevoeging(eigen.velden) else terug
    _check_terug(plek, rij, velden)
    store_stuk(plek, nummer, sleutel, "herroepen", velden, "", herroept=eigen.nummer)
    return Vastgelegd(nummer)


def _check_terug(plek: Plek[V], rij: Row[Any], velden: Mapping[str, list[Any]]) -> None:
    """Raise InvoerError when what is taken back does not fit what others stored since."""
    tabel = plek.soort.tabel
    straks = {**rij._mapping, **{veld: from_plat(tabel.c[veld], nieuw) for veld, (_, nieuw) in velden.items()}}
    if straks[INGETROKKEN]:
        check_intrekken(plek, rij.nummer)
    else:
        check_invulling(plek.conn, plek.soort, read_velden(plek.soort.vorm, straks), plek.op, rij.nummer)


def _compare(oud: Mapping[str, Any], nieuw: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {veld: [to_plat(oud[veld]), to_plat(nieuw[veld])] for veld in nieuw if oud[veld] != nieuw[veld]}
