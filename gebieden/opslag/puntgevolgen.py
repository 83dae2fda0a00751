"""What a change of a point leaves behind besides its new values: a change of state, a move of the agreed date."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, func, insert, select

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Staat
from gebieden.domein.bericht import Berichtsoort
from gebieden.opslag import tabellen
from gebieden.opslag.herroepen import is_herroepen
from gebieden.opslag.logboek import VIA_SCHERM
from gebieden.opslag.puntwerk import Werk


@dataclass(frozen=True, slots=True)
class Verleden:
    """What a change of state depends on: where a waiting point came from, and the day of the change before it."""

    kwam_van: Staat | None = None
    laatste: date | None = None


def load_verleden(conn: Connection, ids: Collection[str]) -> dict[tuple[str, int], Verleden]:
    """Return per point and version what of its changes of state counts; without one that has none that holds."""
    tabel = tabellen.overgang
    vraag = (
        select(tabel.c.id, tabel.c.versie, tabel.c.van, tabel.c.naar, tabel.c.datum)
        .where(tabel.c.soort == Berichtsoort.AGENDAPUNT, tabel.c.id.in_(ids), ~is_herroepen(tabel))
        .order_by(tabel.c.datum, tabel.c.nummer)
    )
    verleden: dict[tuple[str, int], Verleden] = {}
    for rij in conn.execute(vraag):
        sleutel = (rij.id, rij.versie)
        is_wachten = rij.naar in AGENDAPUNT_MACHINE.keert_terug and rij.van != rij.naar
        kwam_van = Staat(rij.van) if is_wachten else verleden.get(sleutel, Verleden()).kwam_van
        verleden[sleutel] = Verleden(kwam_van, rij.datum)
    return verleden


def find_verleden(conn: Connection, id_: str, versie: int) -> Verleden:
    """Return `load_verleden` of one point."""
    return load_verleden(conn, [id_]).get((id_, versie), Verleden())


def find_kwam_van(conn: Connection, id_: str, versie: int) -> Staat | None:
    """Return the state from which a point last came into one that goes back there, or None where that is not known."""
    return find_verleden(conn, id_, versie).kwam_van


def load_gerealiseerd(conn: Connection, peildatum: date) -> dict[str, date]:
    """Return per point the day, up to the peildatum, on which it was last gerealiseerd; what was taken back is not."""
    tabel = tabellen.overgang
    vraag = (
        select(tabel.c.id, func.max(tabel.c.datum))
        .where(
            tabel.c.soort == Berichtsoort.AGENDAPUNT,
            tabel.c.naar == Staat.GEREALISEERD,
            tabel.c.van != tabel.c.naar,
            tabel.c.datum <= peildatum,
            tabel.c.kopie_van.is_(None),
            ~is_herroepen(tabel),
        )
        .group_by(tabel.c.id)
    )
    return {rij[0]: rij[1] for rij in conn.execute(vraag)}


def find_laatste_overgang(conn: Connection, werk: Werk) -> date | None:
    """Return the day of the last change of state of a point that holds, or None where there was none."""
    return find_verleden(conn, werk.id, werk.versie).laatste


def append_overgang(
    werk: Werk, van: str, naar: str, datum: date, nummer: int, waarom: str, openbaar: bool, herroept: int | None = None
) -> None:
    """Record a change of state of a point; `nummer` is that of the change in the journal."""
    rij = {
        "soort": Berichtsoort.AGENDAPUNT,
        "id": werk.id,
        "versie": werk.versie,
        "van": van,
        "naar": naar,
        "wacht_op": werk.rij["wacht_op"],
        "datum": datum,
        "wie": VIA_SCHERM,
        "rol": werk.schrijver.kijker.rol,
        "waarom": waarom,
        "openbaar": openbaar,
        "vastgelegd_op": datetime.now(UTC),
        "wijziging": nummer,
        "herroept": herroept,
    }
    werk.conn.execute(insert(tabellen.overgang).values(rij))


def append_verzetting(
    werk: Werk, oud: date | None, nieuw: date | None, nummer: int, waarom: str, herroept: int | None = None
) -> None:
    """Record that the agreed date of a point moved; `nummer` as with `append_overgang`."""
    rij = {"agendapunt": werk.id, "versie": werk.versie, "oud": oud, "nieuw": nieuw, "datum": werk.op}
    rij |= {"waarom": waarom, "wijziging": nummer, "herroept": herroept}
    werk.conn.execute(insert(tabellen.verzetting).values(rij))
