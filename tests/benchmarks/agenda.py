"""How long Mijn werk takes on the server: `python tests/benchmarks/agenda.py [--database sqlite|postgresql]`.

Over 10,000 points on the agendas of 200 areas, with 100,000 berichten and 20,000 changes of state: reading and sorting
what asks for action, for a regisseur of a tenth of the areas and for one of all. Either may take 200 ms.
"""

import gc
import random
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, text

sys.path[:0] = [str(Path(__file__).resolve().parents[n]) for n in (1, 2)] + [
    str(Path(__file__).resolve().parents[1] / "browser")
]

from opstelling import run_per_database
from postgres import run_postgres

from gebieden.analyse.mijnwerk import collect_mijnwerk
from gebieden.domein.agendapunt import Staat
from gebieden.domein.gebied import Gebied
from gebieden.domein.rechten import Kijker, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.database import begin_schrijven, open_database
from gebieden.opslag.gebieden import load_gebiedsboom, save_gebieden
from gebieden.opslag.mijnwerk import load_werkpunten

DOEL_MS = 200
KEER = 7
PEILDATUM = date(2026, 11, 16)
VERSIEDATUM = date(2026, 3, 1)
GEBIEDEN = [f"BU0361{nummer:04}" for nummer in range(200)]
PUNTEN, BERICHTEN, OVERGANGEN = 10_000, 100_000, 20_000


def fill_database(engine: Engine) -> None:
    """Store the areas, the points and the berichten; the same every time."""
    toeval = random.Random(361)
    gebieden = [Gebied(code, f"Buurt {code}", "buurt") for code in GEBIEDEN]
    with begin_schrijven(engine) as conn:
        save_gebieden(conn, gebieden, {})
        conn.execute(
            insert(tabellen.agenda_versie),
            [{"gebied": code, "versie": 1, "datum": VERSIEDATUM} for code in GEBIEDEN],
        )
        _add_punten(conn, toeval)
        _add_berichten(conn, toeval)
        _add_overgangen(conn, toeval)
        # What a database does by itself within a minute of so much having been written.
        conn.execute(text("ANALYZE"))


def _add_punten(conn: Connection, toeval: random.Random) -> None:
    staten = list(Staat)
    rijen = []
    for nummer in range(PUNTEN):
        staat = toeval.choice(staten)
        gereed = PEILDATUM + timedelta(days=toeval.randint(-200, 400))
        rijen.append(
            {
                "id": f"P{nummer:05}",
                "versie": 1,
                "gebied": GEBIEDEN[nummer % len(GEBIEDEN)],
                "titel": f"Punt {nummer} van de agenda, met een titel zoals die in het echt is",
                "omschrijving": "Een omschrijving van een paar regels, zoals die in een agenda staat. " * 3,
                "themas": ["schoon", "heel"],
                "staat": staat,
                "trekker": toeval.choice(["", "wijkteam", "projectleider groen"]),
                "partners": ["corporatie", "bewonersvereniging"],
                "afgesproken_gereed": toeval.choice([None, gereed]),
                "wacht_op": "geld" if staat is Staat.WACHT_OP else None,
                "terugkijken_op": gereed if staat is Staat.GEBORGD else None,
                "openbaar": bool(nummer % 5),
            }
        )
    conn.execute(insert(tabellen.agendapunt), rijen)


def _add_berichten(conn: Connection, toeval: random.Random) -> None:
    rijen = [
        {
            "soort": "agendapunt",
            "id": f"P{toeval.randrange(PUNTEN):05}",
            "datum": PEILDATUM - timedelta(days=toeval.randint(0, 700)),
            "tekst": "Er is overlegd met de bewoners en de partners over wat er nu moet gebeuren. " * 2,
            "openbaar": bool(nummer % 3),
        }
        for nummer in range(BERICHTEN)
    ]
    conn.execute(insert(tabellen.bericht), rijen)


def _add_overgangen(conn: Connection, toeval: random.Random) -> None:
    rijen = [
        {
            "soort": "agendapunt",
            "id": f"P{nummer % PUNTEN:05}",
            "versie": 1,
            "van": Staat.OP_AGENDA,
            "naar": Staat.IN_UITVOERING,
            "datum": PEILDATUM - timedelta(days=toeval.randint(0, 700)),
            "wie": "1",
            "rol": Rol.GEBIEDSREGISSEUR,
            "vastgelegd_op": datetime(2026, 11, 16, tzinfo=UTC),
        }
        for nummer in range(OVERGANGEN)
    ]
    conn.execute(insert(tabellen.overgang), rijen)


def measure_mijnwerk(engine: Engine, eigen: list[str]) -> tuple[float, int]:
    """Return the median milliseconds of reading and sorting the work in these areas, and how many lines it has."""
    kijker = Kijker(Rol.GEBIEDSREGISSEUR, frozenset(eigen))
    tijden, regels = [], 0
    with engine.connect() as conn:
        # Kept between runs by the pages too: it changes with the boundaries only.
        boom = load_gebiedsboom(conn, PEILDATUM)
        for _ in range(KEER + 1):
            begin = time.perf_counter()
            punten = load_werkpunten(conn, kijker, PEILDATUM, kijker.list_eigen(boom))
            regels = len(collect_mijnwerk(punten, PEILDATUM))
            tijden.append((time.perf_counter() - begin) * 1000)
    return statistics.median(tijden[1:]), regels


def run(database: str) -> bool:
    """Measure on one kind of database; return whether the target is met."""
    with ExitStack() as stapel:
        url = f"sqlite:///{stapel.enter_context(tempfile.TemporaryDirectory())}/agenda.sqlite"
        if database == "postgresql":
            url = stapel.enter_context(run_postgres()).create()
        engine = open_database(url)
        stapel.callback(engine.dispose)
        fill_database(engine)
        # As the application does (app.py).
        gc.freeze()
        tiende, regels = measure_mijnwerk(engine, GEBIEDEN[::10])
        print(f"{database}: {len(GEBIEDEN[::10])} gebieden {tiende:.0f} ms, {regels} regels (doel {DOEL_MS} ms)")
        alle, regels = measure_mijnwerk(engine, GEBIEDEN)
        print(f"{database}: alle {len(GEBIEDEN)} gebieden {alle:.0f} ms, {regels} regels (doel {DOEL_MS} ms)")
    return max(tiende, alle) <= DOEL_MS


if __name__ == "__main__":
    sys.exit(run_per_database(__doc__, run))
