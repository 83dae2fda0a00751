"""Herstel: the content of a reservekopie in the place of what is in the database, in one transaction."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, Table, delete, func, insert, select, text
from sqlalchemy.exc import DataError

from gebieden.domein.fouten import OpslagError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.instellingen import Modus
from gebieden.opslag import tabellen
from gebieden.opslag.database import begin_schrijven, check_modus, open_database
from gebieden.opslag.kopiebestand import Kopie, check_begin, check_kopie
from gebieden.opslag.logboek import append_logregel, determine_via
from gebieden.opslag.reservekopie import check_recht, insert_rijen, iter_blokken, write_reservekopie
from gebieden.opslag.storingen import show_adres

# What is never taken away: the audit trail, and files that go by the hash of what is in them. By their own key.
AANGEVULD = {tabellen.logboek: tabellen.logboek.c.sleutel, tabellen.grenzenbestand: tabellen.grenzenbestand.c.hash}
VERVANGEN = [t for t in tabellen.metadata.sorted_tables if t not in AANGEVULD and t is not tabellen.instelling]

_EERSTE_TEL = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Hersteld:
    """What was put back, and the file in which what was there before is kept."""

    kopie: Kopie
    bewaard: Path


def restore_reservekopie(engine: Engine, gebruiker: Gebruiker, pad: Path, *, modus: Modus, bewaar: Path) -> Hersteld:
    """Replace the content of the database by that of a reservekopie, and keep a reservekopie of it in folder `bewaar`.

    Who is reading sees the old content until all of the new is there. Raise RechtenError for anybody but beheer, and
    OpslagError when the reservekopie is not whole, is of a newer program, belongs to another modus, or when the old
    content cannot be kept; then nothing has changed.
    """
    check_recht(gebruiker)
    with _open_kopie(pad) as (kopie, bron), bron.connect() as van:
        check_modus(van, modus)
        # Nobody writes from here on, so that nothing can come between what is kept and what is replaced.
        with begin_schrijven(engine) as naar:
            with engine.connect() as nu:
                bewaard = bewaar / f"voor-herstel-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.sqlite"
                write_reservekopie(nu, bewaard)
            _replace(van, naar, kopie, modus)
            append_logregel(
                naar,
                gebruiker,
                "hersteld",
                "database",
                "geheel",
                via=determine_via(gebruiker),
                nieuw={"stand_van": kopie.moment, "rijen": kopie.aantal_rijen},
            )
    return Hersteld(kopie, bewaard)


@contextmanager
def _open_kopie(pad: Path) -> Iterator[tuple[Kopie, Engine]]:
    """Check a copy of the reservekopie and bring it up to date; the file itself stays as it is."""
    check_begin(pad)
    with tempfile.TemporaryDirectory(prefix="gebieden_") as map_:
        kladpad = Path(map_) / pad.name
        try:
            shutil.copyfile(pad, kladpad)
        except OSError as fout:
            raise OpslagError(
                f"Reservekopie {pad} kan niet gecontroleerd worden: {fout.strerror}. Er is niets veranderd. "
                f"In {tempfile.gettempdir()} moet ruimte zijn voor het bestand; kies met TMPDIR een andere map."
            ) from fout
        kopie = check_kopie(kladpad)
        yield kopie, open_database(URL.create("sqlite", database=str(kladpad)).render_as_string())


def _replace(van: Connection, naar: Connection, kopie: Kopie, modus: Modus) -> None:
    for tabel in reversed(VERVANGEN):
        naar.execute(delete(tabel))
    try:
        for tabel in VERVANGEN:
            for rijen in iter_blokken(van, tabel):
                insert_rijen(naar, tabel, rijen)
        for tabel, sleutel in AANGEVULD.items():
            _add_ontbrekende(van, naar, tabel, sleutel.name)
    except DataError as fout:
        raise OpslagError(
            f"De reservekopie past niet in {show_adres(naar.engine)}: {fout.orig}. Er is niets veranderd."
        ) from fout
    _restore_instellingen(van, naar, modus)
    _raise_reeksen(naar, kopie.laatste)


def _add_ontbrekende(van: Connection, naar: Connection, tabel: Table, sleutel: str) -> None:
    plaats = list(tabel.c.keys()).index(sleutel)
    nummer = tabel.autoincrement_column
    hoogste = 0 if nummer is None else naar.scalar(select(func.max(nummer))) or 0
    for rijen in iter_blokken(van, tabel):
        gevraagd = tabel.c[sleutel].in_([rij[plaats] for rij in rijen])
        aanwezig = set(naar.scalars(select(tabel.c[sleutel]).where(gevraagd)))
        nieuw = [rij for rij in rijen if rij[plaats] not in aanwezig]
        if nummer is not None:
            # After what is there, in the order that they had.
            nieuw = [_renumber(rij, list(tabel.c).index(nummer), hoogste) for rij in nieuw]
        if nieuw:
            insert_rijen(naar, tabel, nieuw)


def _renumber(rij: tuple[object, ...], plaats: int, hoogste: int) -> tuple[object, ...]:
    return (*rij[:plaats], hoogste + int(str(rij[plaats])), *rij[plaats + 1 :])


def _restore_instellingen(van: Connection, naar: Connection, modus: Modus) -> None:
    """Take the settings over; counters only go up, for every cache goes by them, and real data stay real."""
    nu = _load_instellingen(naar)
    straks = {sleutel: waarde for sleutel, waarde in _load_instellingen(van).items() if not _is_teller(sleutel)}
    # Also higher than what a session may have seen of another database in this place: more than once a second nobody
    # writes.
    seconden = int((datetime.now(UTC) - _EERSTE_TEL).total_seconds())
    straks |= {s: str(max(int(waarde), seconden)) for s, waarde in nu.items() if _is_teller(s)}
    if modus is Modus.PRODUCTIE:
        straks["modus"] = modus
    naar.execute(delete(tabellen.instelling))
    naar.execute(insert(tabellen.instelling), [{"sleutel": s, "waarde": w} for s, w in straks.items()])


def _load_instellingen(conn: Connection) -> dict[str, str]:
    return {rij.sleutel: rij.waarde for rij in conn.execute(select(tabellen.instelling))}


def _is_teller(sleutel: str) -> bool:
    return sleutel == "gegevensversie" or sleutel.startswith("versie_")


def _raise_reeksen(conn: Connection, laatste: dict[str, int]) -> None:
    """See to it that no number is given out a second time."""
    for naam, nummer in laatste.items():
        tabel = tabellen.metadata.tables.get(naam)
        if tabel is None or tabel.autoincrement_column is None:
            continue
        gebruikt = max(nummer, conn.scalar(select(func.max(tabel.autoincrement_column))) or 0)
        if conn.dialect.name == "postgresql":
            reeks = "pg_get_serial_sequence(:tabel, 'nummer')"
            opdracht = text(f"SELECT setval({reeks}, greatest(nextval({reeks}), :gebruikt))")
            conn.execute(opdracht, {"tabel": naam, "gebruikt": gebruikt})
        elif tabel.dialect_options["sqlite"]["autoincrement"]:
            hoogste = text("SELECT max(seq) FROM sqlite_sequence WHERE name = :tabel")
            gebruikt = max(gebruikt, conn.scalar(hoogste, {"tabel": naam}) or 0)
            conn.execute(text("DELETE FROM sqlite_sequence WHERE name = :tabel"), {"tabel": naam})
            conn.execute(text("INSERT INTO sqlite_sequence VALUES (:tabel, :seq)"), {"tabel": naam, "seq": gebruikt})
