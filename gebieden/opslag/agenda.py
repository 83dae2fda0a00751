"""Writing agendapunten, initiatieven and berichten as an import brings them: keyed, repeatable, with history."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, delete, insert, select, update

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Agendapunt
from gebieden.domein.bericht import Bericht
from gebieden.domein.fouten import Bevinding, Ernst
from gebieden.domein.initiatief import INITIATIEF_MACHINE, Initiatief
from gebieden.domein.overgangen import Machine
from gebieden.domein.rechten import Rol
from gebieden.opslag import tabellen
from gebieden.opslag.database import get_instelling, set_instelling
from gebieden.opslag.telling import Telling
from gebieden.opslag.weggelaten import report_weggelaten

VIA_IMPORT = "via import"
Rij = dict[str, Any]
Wijziging = tuple[Rij, Rij]


def save_agendapunten(conn: Connection, punten: Sequence[Agendapunt], op: date) -> tuple[Telling, list[Bevinding]]:
    """Store points under id + version and return what happened, with remarks: transitions that the table does not
    allow, and open points that a new version leaves out.

    `op` is the date of the import: a change of state is dated `bijgewerkt_op` when that went forward with it,
    or else `op`.
    """
    if punten and get_instelling(conn, "geschiedenis_vanaf") is None:
        set_instelling(conn, "geschiedenis_vanaf", op.isoformat())
    _save_versies(conn, punten)
    rijen = [_to_puntrij(punt) for punt in punten]
    telling, wijzigingen = _save_rijen(conn, tabellen.agendapunt, ("id", "versie"), rijen)
    _save_levenstekens(conn, punten, wijzigingen)
    sprongen = _save_overgangen(conn, AGENDAPUNT_MACHINE, wijzigingen, op)
    return telling, sprongen + report_weggelaten(conn, punten)


def save_initiatieven(
    conn: Connection, initiatieven: Sequence[Initiatief], op: date
) -> tuple[Telling, list[Bevinding]]:
    """Store initiatives under their id, as `save_agendapunten` does points."""
    rijen = [{**asdict(i), "themas": [str(t) for t in i.themas]} for i in initiatieven]
    telling, wijzigingen = _save_rijen(conn, tabellen.initiatief, ("id",), rijen)
    return telling, _save_overgangen(conn, INITIATIEF_MACHINE, wijzigingen, op)


def save_berichten(conn: Connection, berichten: Sequence[Bericht]) -> Telling:
    """Store berichten; the same text on the same date about the same object is one bericht."""
    rijen = [
        {"soort": b.soort, "id": b.id, "datum": b.datum, "tekst": b.tekst, "openbaar": b.openbaar} for b in berichten
    ]
    return _save_rijen(conn, tabellen.bericht, ("soort", "id", "datum", "tekst"), rijen)[0]


def _to_puntrij(punt: Agendapunt) -> Rij:
    rij = asdict(punt)
    del rij["versiedatum"]
    return {
        **rij,
        "versie": punt.versie or tabellen.ZONDER_VERSIE,
        "themas": [str(t) for t in punt.themas],
        "partners": list(punt.partners),
    }


def _save_versies(conn: Connection, punten: Iterable[Agendapunt]) -> None:
    tabel = tabellen.agenda_versie
    bestaand = {(r.gebied, r.versie): r.datum for r in conn.execute(select(tabel))}
    for punt in punten:
        if punt.versie is None or punt.versiedatum is None:
            continue
        sleutel = (punt.gebied, punt.versie)
        if sleutel not in bestaand:
            conn.execute(insert(tabel).values(gebied=punt.gebied, versie=punt.versie, datum=punt.versiedatum))
        elif bestaand[sleutel] != punt.versiedatum:
            gezocht = (tabel.c.gebied == punt.gebied) & (tabel.c.versie == punt.versie)
            conn.execute(update(tabel).where(gezocht).values(datum=punt.versiedatum))
        bestaand[sleutel] = punt.versiedatum


def _save_rijen(
    conn: Connection, tabel: Table, sleutel: tuple[str, ...], rijen: Sequence[Rij]
) -> tuple[Telling, list[Wijziging]]:
    """Insert or update rows by key; return the count and the changed rows as (old, new) pairs."""
    if not rijen:
        return Telling(), []
    kolommen = [tabel.c[k] for k in rijen[0]]
    bestaand = {tuple(r[k] for k in sleutel): dict(r) for r in conn.execute(select(*kolommen)).mappings()}
    nieuw, wijzigingen, ongewijzigd = [], [], 0
    for rij in rijen:
        oud = bestaand.get(tuple(rij[k] for k in sleutel))
        if oud is None:
            nieuw.append(rij)
        elif oud == rij:
            ongewijzigd += 1
        else:
            wijzigingen.append((oud, rij))
    if nieuw:
        conn.execute(insert(tabel), nieuw)
    if wijzigingen:
        _update_rijen(conn, tabel, sleutel, kolommen, [rij for _, rij in wijzigingen])
    return Telling(len(nieuw), len(wijzigingen), ongewijzigd), wijzigingen


def _update_rijen(
    conn: Connection, tabel: Table, sleutel: tuple[str, ...], kolommen: list[Column], rijen: list[Rij]
) -> None:
    opdracht = update(tabel).values({k.name: bindparam(f"n_{k.name}") for k in kolommen if k.name not in sleutel})
    for veld in sleutel:
        opdracht = opdracht.where(tabel.c[veld] == bindparam(f"n_{veld}"))
    conn.execute(opdracht, [{f"n_{veld}": waarde for veld, waarde in rij.items()} for rij in rijen])


def _save_levenstekens(conn: Connection, punten: Iterable[Agendapunt], wijzigingen: Iterable[Wijziging]) -> None:
    tabel = tabellen.levensteken
    for oud, nieuw in wijzigingen:
        # An earlier date than before is a correction: the later one was never there.
        if oud["bijgewerkt_op"] and nieuw["bijgewerkt_op"] and nieuw["bijgewerkt_op"] < oud["bijgewerkt_op"]:
            onjuist = (tabel.c.agendapunt == nieuw["id"]) & (tabel.c.datum == oud["bijgewerkt_op"])
            conn.execute(delete(tabel).where(onjuist))
    bestaand = {(r.agendapunt, r.datum) for r in conn.execute(select(tabel))}
    ids = {p.id for p in punten}
    rijen = conn.execute(select(tabellen.agendapunt.c.id, tabellen.agendapunt.c.bijgewerkt_op).distinct())
    nieuw_gezien = {(r.id, r.bijgewerkt_op) for r in rijen if r.id in ids and r.bijgewerkt_op} - bestaand
    if nieuw_gezien:
        conn.execute(insert(tabel), [{"agendapunt": id_, "datum": datum} for id_, datum in sorted(nieuw_gezien)])


def _save_overgangen(conn: Connection, machine: Machine, wijzigingen: Iterable[Wijziging], op: date) -> list[Bevinding]:
    """Record what changed of state, and of what a point waits for, as seen by an import.

    Return a finding per change of state that the table does not have.
    """
    kwam_van = _load_herkomst(conn, machine)
    rijen, bevindingen = [], []
    for oud, nieuw in wijzigingen:
        van, naar = oud["staat"], nieuw["staat"]
        if van == naar and oud.get("wacht_op") == nieuw.get("wacht_op"):
            continue
        rij = _build_overgang(machine, oud, nieuw, op)
        rijen.append(rij)
        if van != naar and not machine.is_toegestaan(van, naar, kwam_van.get((rij["id"], rij["versie"]))):
            bevindingen.append(_report_sprong(machine, nieuw, van))
    if rijen:
        conn.execute(insert(tabellen.overgang), rijen)
    return bevindingen


def _load_herkomst(conn: Connection, machine: Machine) -> dict[tuple[str, int], str]:
    """Return per object and version the state from which it last came into a state that goes back there."""
    tabel = tabellen.overgang
    vraag = (
        select(tabel.c.id, tabel.c.versie, tabel.c.van)
        .where(tabel.c.soort == machine.soort, tabel.c.naar.in_(list(machine.keert_terug)), tabel.c.van != tabel.c.naar)
        .order_by(tabel.c.datum, tabel.c.nummer)
    )
    return {(r.id, r.versie): r.van for r in conn.execute(vraag)}


def _build_overgang(machine: Machine, oud: Rij, nieuw: Rij, op: date) -> Rij:
    return {
        "soort": machine.soort,
        "id": nieuw["id"],
        "versie": nieuw.get("versie", tabellen.ZONDER_VERSIE),
        "van": oud["staat"],
        "naar": nieuw["staat"],
        "wacht_op": oud.get("wacht_op"),
        "datum": _determine_datum(oud, nieuw, op),
        "wie": VIA_IMPORT,
        "rol": Rol.BEHEER,
        "waarom": nieuw.get("reden", ""),
        "openbaar": nieuw["openbaar"],
        "vastgelegd_op": datetime.now(UTC),
    }


def _determine_datum(oud: Rij, nieuw: Rij, op: date) -> date:
    """Return the day of a change: the date the file gives for it, unless that was there before the change."""
    for veld in ("bijgewerkt_op", "besluit_op"):
        datum = nieuw.get(veld)
        if datum and (oud[veld] is None or datum > oud[veld]):
            return datum
    return op


def _report_sprong(machine: Machine, nieuw: Rij, van: str) -> Bevinding:
    naar = nieuw["staat"]
    mogelijk = ", ".join(s.naar for s in machine.stappen[van]) or "niets"
    return Bevinding(
        Ernst.LET_OP,
        "overgang_buiten_tabel",
        f"{machine.soort.capitalize()} {nieuw['id']} {nieuw['titel']} gaat van {van} naar {naar}. "
        f"Volgens de regels kan vanuit {van}: {mogelijk}. De wijziging is overgenomen en vastgelegd als 'via import'.",
        "Controleer of de nieuwe staat klopt; zo niet, verbeter het bestand en lees het opnieuw in.",
        kolom="staat",
        waarde=naar,
    )
