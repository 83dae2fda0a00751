"""The file of a reservekopie: SQLite whatever the database is, with a manifest that says what belongs in it."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from gebieden.domein.fouten import OpslagError
from gebieden.opslag.tabellen import SCHEMAVERSIE

PROGRAMMA = "gebiedsdashboard"
VORM = 1
HERKENNING = 0x67624B31
"""SQLite's `application_id`, byte 68 of the file: what tells a reservekopie from a database."""
MANIFESTTABELLEN = frozenset({"reservekopie", "reservekopie_tabel"})

_KOP = b"SQLite format 3\x00"
_PLAATS_HERKENNING = slice(68, 72)
_NIET_VAN_ONS = frozenset({"alembic_version"})
_BLOK = 500


@dataclass(frozen=True, slots=True)
class Tabelinhoud:
    """What a table of a reservekopie holds: how many rows, and a hash of them as they are stored."""

    aantal: int
    controlegetal: str


@dataclass(frozen=True, slots=True)
class Kopie:
    """What a reservekopie says of itself.

    `laatste` is per table the highest number that was ever given out, also to a row that is gone by now.
    """

    moment: datetime
    schema: int
    tabellen: dict[str, Tabelinhoud]
    laatste: dict[str, int]

    @property
    def aantal_rijen(self) -> int:
        """How many rows there are in all tables together."""
        return sum(inhoud.aantal for inhoud in self.tabellen.values())


def write_manifest(pad: Path, schema: int, moment: datetime, laatste: dict[str, int]) -> None:
    """Make a filled SQLite database into a reservekopie: one file, with its manifest."""
    with closing(sqlite3.connect(pad)) as db, db:
        db.execute(f"PRAGMA application_id={HERKENNING}")
        db.execute("CREATE TABLE reservekopie (programma TEXT, vorm INTEGER, schema INTEGER, moment TEXT)")
        db.execute("CREATE TABLE reservekopie_tabel (naam TEXT, aantal INTEGER, controlegetal TEXT, laatste INTEGER)")
        db.execute("INSERT INTO reservekopie VALUES (?, ?, ?, ?)", (PROGRAMMA, VORM, schema, moment.isoformat()))
        for naam in _list_tabellen(db):
            inhoud = _measure_tabel(db, naam)
            rij = (naam, inhoud.aantal, inhoud.controlegetal, laatste.get(naam))
            db.execute("INSERT INTO reservekopie_tabel VALUES (?, ?, ?, ?)", rij)


def check_begin(pad: Path) -> None:
    """Raise OpslagError when the first bytes already tell that this is no reservekopie."""
    try:
        with pad.open("rb") as bestand:
            begin = bestand.read(100)
    except OSError as fout:
        raise OpslagError(
            f"Reservekopie {pad} kan niet gelezen worden: {fout.strerror}. Er is niets veranderd. "
            "Controleer de naam, de map en het leesrecht."
        ) from fout
    if not begin.startswith(_KOP):
        raise _build_geen_kopie(pad, "het is geen SQLite-bestand" if begin else "het bestand is leeg")
    if begin[_PLAATS_HERKENNING] != HERKENNING.to_bytes(4, "big"):
        raise _build_geen_kopie(pad, _explain_ander(pad))


def _explain_ander(pad: Path) -> str:
    try:
        with _open_lezend(pad) as db:
            namen = _list_tabellen(db)
    except sqlite3.DatabaseError as fout:
        return f"het is een SQLite-bestand dat niet te lezen is ({fout})"
    if "gegevensversie" in namen or "instelling" in namen:
        return "het is een database van dit programma, en die is niet gecontroleerd en misschien nog in gebruik"
    return f"het is een SQLite-bestand van een ander programma, met {', '.join(namen[:3]) or 'geen enkele tabel'}"


def check_kopie(pad: Path) -> Kopie:
    """Return what the manifest says, after reading every page and every row; raise OpslagError when they differ."""
    check_begin(pad)
    try:
        with _open_lezend(pad) as db:
            _check_samenhang(db, pad)
            kopie = _read_manifest(db, pad)
            _check_tabellen(db, pad, kopie)
    except (sqlite3.DatabaseError, ValueError, TypeError) as fout:
        raise _build_beschadigd(pad, str(fout)) from fout
    return kopie


@contextmanager
def _open_lezend(pad: Path) -> Iterator[sqlite3.Connection]:
    adres = f"file:{quote(str(pad.absolute()))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(adres, uri=True)) as db:
        # Somebody else may have made this file: nothing in it may run.
        db.execute("PRAGMA trusted_schema=OFF")
        db.execute("PRAGMA cell_size_check=ON")
        yield db


def _check_samenhang(db: sqlite3.Connection, pad: Path) -> None:
    (uitslag,) = db.execute("PRAGMA integrity_check(1)").fetchone()
    if uitslag != "ok":
        raise _build_beschadigd(pad, uitslag)
    if los := db.execute("PRAGMA foreign_key_check").fetchone():
        raise _build_beschadigd(pad, f"een rij van {los[0]} verwijst naar een rij van {los[2]} die er niet is")


def _read_manifest(db: sqlite3.Connection, pad: Path) -> Kopie:
    programma, vorm, schema, moment = db.execute("SELECT programma, vorm, schema, moment FROM reservekopie").fetchone()
    if programma != PROGRAMMA:
        raise _build_geen_kopie(pad, f"het is van {programma}")
    if vorm > VORM or schema > SCHEMAVERSIE:
        raise OpslagError(
            f"Reservekopie {pad} is met een nieuwer programma gemaakt: vorm {vorm}, schemaversie {schema}. Dit "
            f"programma kent tot en met vorm {VORM} en schemaversie {SCHEMAVERSIE}. Er is niets veranderd. Werk het "
            "programma bij en probeer het opnieuw."
        )
    rijen = db.execute("SELECT naam, aantal, controlegetal, laatste FROM reservekopie_tabel").fetchall()
    inhoud = {naam: Tabelinhoud(aantal, getal) for naam, aantal, getal, _ in rijen}
    laatste = {naam: nummer for naam, _, _, nummer in rijen if nummer is not None}
    return Kopie(datetime.fromisoformat(moment), schema, inhoud, laatste)


def _check_tabellen(db: sqlite3.Connection, pad: Path, kopie: Kopie) -> None:
    namen = _list_tabellen(db)
    if verschil := set(namen) ^ kopie.tabellen.keys():
        raise _build_beschadigd(pad, f"tabel {min(verschil)} staat niet zowel in het bestand als in de inhoudsopgave")
    for naam in namen:
        gevonden, verwacht = _measure_tabel(db, naam), kopie.tabellen[naam]
        if gevonden.aantal != verwacht.aantal:
            raise _build_beschadigd(pad, f"tabel {naam} heeft {gevonden.aantal} rijen in plaats van {verwacht.aantal}")
        if gevonden != verwacht:
            raise _build_beschadigd(pad, f"in tabel {naam} staat iets anders dan toen de kopie werd gemaakt")


def _list_tabellen(db: sqlite3.Connection) -> list[str]:
    """Return the tables that hold data, by name; a view is named too, for there should be none."""
    namen = {naam for (naam,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    eigen = namen - MANIFESTTABELLEN - _NIET_VAN_ONS
    return sorted(naam for naam in eigen if not naam.startswith("sqlite_"))


def _measure_tabel(db: sqlite3.Connection, naam: str) -> Tabelinhoud:
    kolommen = db.execute(f'PRAGMA table_info("{naam}")').fetchall()
    # In the order of the key: the order in which they happen to lie is SQLite's own affair.
    sleutel = ", ".join(f'"{k[1]}"' for k in sorted(kolommen, key=lambda k: k[5]) if k[5])
    som, aantal = hashlib.blake2b(repr([k[1] for k in kolommen]).encode(), digest_size=16), 0
    rijen = db.execute(f'SELECT * FROM "{naam}"{f" ORDER BY {sleutel}" if sleutel else ""}')
    while blok := rijen.fetchmany(_BLOK):
        som.update("".join(map(repr, blok)).encode())
        aantal += len(blok)
    return Tabelinhoud(aantal, som.hexdigest())


def _build_geen_kopie(pad: Path, reden: str) -> OpslagError:
    return OpslagError(
        f"{pad} is geen reservekopie van dit programma: {reden}. Verwacht: een bestand dat met "
        "'python -m gebieden reservekopie PAD' is gemaakt. Er is niets veranderd."
    )


def _build_beschadigd(pad: Path, reden: str) -> OpslagError:
    return OpslagError(
        f"Reservekopie {pad} is niet gaaf: {reden}. Er is niets teruggezet en niets veranderd. "
        "Haal het bestand opnieuw op van de plaats waar het bewaard is, of neem een oudere reservekopie."
    )
