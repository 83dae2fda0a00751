"""Opening a database: its schema, what kind of data it holds, and the number that says whether anything changed."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, Engine, Integer, String, cast, delete, select, update

from gebieden.domein.fouten import OpslagError
from gebieden.instellingen import Modus
from gebieden.opslag import tabellen
from gebieden.opslag.schema import ensure_schema
from gebieden.opslag.verbinding import as_schrijver, create_verbinding, keep_bestand

_TOTAAL = "gegevensversie"


class Deel(StrEnum):
    """A part of the data with a number of its own, that goes up with every committed write that touches it."""

    GEBIEDEN = "gebieden"
    AGENDA = "agenda"
    SIGNALEN = "signalen"
    OOV = "oov"
    INSTELLINGEN = "instellingen"
    GEBRUIKERS = "gebruikers"

    @property
    def sleutel(self) -> str:
        """Under which setting the number is kept."""
        return f"versie_{self}"


@dataclass(frozen=True, slots=True)
class Versies:
    """How often something was written: anything at all, and each part of the data. The keys of every cache."""

    totaal: int
    gebieden: int
    agenda: int
    signalen: int
    oov: int
    instellingen: int
    gebruikers: int


@dataclass(frozen=True, slots=True)
class Toestand:
    """The state of the database at one moment: its numbers, the day that it is for it, and whether it holds demo."""

    versies: Versies
    vandaag: date
    is_demo: bool


_VERSIESLEUTELS = (_TOTAAL, *(deel.sleutel for deel in Deel))
_TOESTANDVRAAG = select(tabellen.instelling.c.sleutel, tabellen.instelling.c.waarde).where(
    tabellen.instelling.c.sleutel.in_([*_VERSIESLEUTELS, "peildatum", "bevat_demo"])
)


def open_database(url: str, *, eenmalig: bool = False) -> Engine:
    """Return an engine on the database of this URL, with the schema made or brought up to date.

    `eenmalig` is for a process that ends soon: it keeps no connections open. Raise OpslagError for a
    URL that cannot be read, a database that cannot be opened, or one that is newer than this program.
    """
    engine = create_verbinding(url, eenmalig=eenmalig)
    with ExitStack() as bij_fout:
        # Whoever cannot use it, tries again at every visit.
        bij_fout.callback(engine.dispose)
        ensure_schema(engine)
        keep_bestand(engine)
        bij_fout.pop_all()
    return engine


@contextmanager
def begin_schrijven(engine: Engine, *raakt: Deel, droog: bool = False) -> Iterator[Connection]:
    """Open a transaction that writes: everything in it becomes visible at once, or nothing does.

    `raakt` names the parts of the data that it changes, all of them when none is named. With `droog` nothing ever
    becomes visible: the transaction is undone at the end. What is put in the connection's execution option
    `na_afloop` is called once everything is committed.
    """
    na_afloop: list[Callable[[], None]] = []
    schrijver = as_schrijver(engine).execution_options(na_afloop=na_afloop)
    with schrijver.connect() as conn, conn.begin() as transactie:
        yield conn
        if droog:
            transactie.rollback()
            return
        _raise_versies(conn, raakt or tuple(Deel))
    for doe in na_afloop:
        doe()


def _raise_versies(conn: Connection, delen: tuple[Deel, ...]) -> None:
    tabel = tabellen.instelling
    sleutels = [_TOTAAL, *(deel.sleutel for deel in delen)]
    hoger = cast(cast(tabel.c.waarde, Integer) + 1, String)
    conn.execute(update(tabel).where(tabel.c.sleutel.in_(sleutels)).values(waarde=hoger))


def get_versies(conn: Connection) -> Versies:
    """Return the numbers of the data as this transaction sees them."""
    return get_toestand(conn).versies


def get_toestand(conn: Connection) -> Toestand:
    """Return what every page and every look for changes begins with, in one question."""
    waarden = {rij.sleutel: rij.waarde for rij in conn.execute(_TOESTANDVRAAG)}
    return Toestand(
        Versies(*(int(waarden.get(sleutel, 0)) for sleutel in _VERSIESLEUTELS)),
        date.fromisoformat(waarden["peildatum"]) if waarden.get("peildatum") else date.today(),
        waarden.get("bevat_demo") == "ja",
    )


def get_instelling(conn: Connection, sleutel: str) -> str | None:
    """Return a setting's text, or None."""
    return conn.scalar(select(tabellen.instelling.c.waarde).where(tabellen.instelling.c.sleutel == sleutel))


def set_instelling(conn: Connection, sleutel: str, waarde: str) -> None:
    """Store a setting."""
    conn.execute(delete(tabellen.instelling).where(tabellen.instelling.c.sleutel == sleutel))
    conn.execute(tabellen.instelling.insert().values(sleutel=sleutel, waarde=waarde))


def get_datum(conn: Connection, sleutel: str) -> date | None:
    """Return a setting as a date, or None."""
    waarde = get_instelling(conn, sleutel)
    return date.fromisoformat(waarde) if waarde else None


def get_vandaag(conn: Connection) -> date:
    """Return the day that it is for this database: the demo's own, or else today."""
    return get_toestand(conn).vandaag


def is_demo(conn: Connection) -> bool:
    """Return whether the database holds the invented demo data."""
    return get_toestand(conn).is_demo


def check_modus(conn: Connection, modus: Modus) -> None:
    """Raise OpslagError when this database may not be served in this modus.

    Demo data are never served as real ones, and a database of `productie` never gets demo's role picker. What
    somebody brought in while trying out, in demo on this machine, is theirs to look at.
    """
    if modus is Modus.PRODUCTIE and is_demo(conn):
        raise OpslagError(
            "Deze database bevat verzonnen demogegevens en is niet te gebruiken met GEBIEDEN_MODUS=productie. "
            "Kies met GEBIEDEN_DATABASE een lege database en lees daar de echte gegevens in."
        )
    if modus is Modus.DEMO and get_instelling(conn, "modus") == Modus.PRODUCTIE:
        raise OpslagError(
            "Deze database is van een productieomgeving en is niet te openen in demo. "
            "Zet GEBIEDEN_MODUS=productie, of kies met GEBIEDEN_DATABASE een andere database."
        )


def is_leeg(conn: Connection) -> bool:
    """Return whether this database holds no data; people and the audit trail are none."""
    tabellen_met_inhoud = tabellen.get_gegevenstabellen()
    return not any(conn.scalar(select(t.c[t.c.keys()[0]]).limit(1)) is not None for t in tabellen_met_inhoud)


def mark_modus(conn: Connection, modus: Modus) -> None:
    """Record the first modus in which this database was written to."""
    if get_instelling(conn, "modus") is None:
        set_instelling(conn, "modus", modus)
