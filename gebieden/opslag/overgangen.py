"""Changes of state that an import brings: recorded, and reported where the table does not have them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from gebieden.domein.fouten import Bevinding, Ernst
from gebieden.domein.overgangen import Machine
from gebieden.domein.rechten import Rol
from gebieden.opslag import tabellen

VIA_IMPORT = "via import"
Rij = dict[str, Any]
Wijziging = tuple[Rij, Rij]


def save_overgangen(conn: Connection, machine: Machine, wijzigingen: Iterable[Wijziging], op: date) -> list[Bevinding]:
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
        "datum": determine_datum(oud, nieuw, op),
        "wie": VIA_IMPORT,
        "rol": Rol.BEHEER,
        "waarom": nieuw.get("reden", ""),
        "openbaar": nieuw["openbaar"],
        "vastgelegd_op": datetime.now(UTC),
    }


def determine_datum(oud: Rij, nieuw: Rij, op: date) -> date:
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
