"""SIGKILL at random moments while people write: what was confirmed is there, once, and nothing is half there.

`python tests/benchmarks/kills.py [AANTAL] [sqlite] [postgresql]`, 200 kills on each without
arguments. A writer is a process of its own that saves and corrects berichten as the page does, and says so after
each as the screen would. On PostgreSQL, with fsync on, every tenth time the server process of the writer's
connection is killed instead (which makes the whole server recover) and every twenty-fifth time the server itself is;
the writer then sends again what was not confirmed, as a person would, and goes on. Exits with 1 on any loss.
"""

import logging
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import Engine, insert, select, text

sys.path[:0] = [str(map_) for map_ in Path(__file__).resolve().parents[1:3]]
from bouwstenen import NOORD, build_gebieden, build_punt
from postgres import GEBRUIKER, Cluster, run_postgres

from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.fouten import OpslagError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Kijker, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.berichten import correct_bericht, save_bericht
from gebieden.opslag.database import begin_schrijven, get_versies, open_database
from gebieden.opslag.gebieden import save_gebieden
from gebieden.opslag.storingen import Storing

AANTAL = 200
OP = date(2026, 5, 20)
PUNTEN = 40
# A writer confirms a bericht every few milliseconds, so that this holds the moments before the first and many after.
LANGSTE_LEVEN_S = 0.25
NIEUWE_POGING_S = 0.02
HERSTELTIJD_S = 60
# What a person reads when the server goes away and comes back.
VERWACHT = {Storing.WEGGEVALLEN, Storing.ONBEREIKBAAR}


@dataclass
class Stand:
    """What writers said that is stored, and how often they were killed."""

    bevestigd: dict[str, int] = field(default_factory=dict)
    herhaald: int = 0
    kills: int = 0
    begin: int = 0
    fouten: list[str] = field(default_factory=list)


def fill(engine: Engine) -> int:
    """Make points and somebody who writes about them; return who."""
    with begin_schrijven(engine) as conn:
        save_gebieden(conn, build_gebieden())
        save_agendapunten(conn, [build_punt(f"P{n}") for n in range(PUNTEN)], OP)
        wie = conn.execute(insert(tabellen.gebruiker), {"aanmeldnaam": "proef@b.nl", "rol": Rol.GEBIEDSTEAM})
        nummer = int(wie.inserted_primary_key[0])
        conn.execute(insert(tabellen.gebruiker_gebied), {"gebruiker": nummer, "gebied": NOORD})
    return nummer


def build_schrijver(wie: int) -> Gebruiker:
    """Return somebody of the gebiedsteam."""
    return Gebruiker(Kijker(Rol.GEBIEDSTEAM, frozenset({NOORD})), wie)


def write_berichten(engine: Engine, wie: int, meld: Callable[[str], None]) -> None:
    """Write without end: each bericht until it is confirmed, under one key; every third time, correct the last."""
    toeval = random.Random(os.getpid())
    schrijver = build_schrijver(wie)
    basis: Bericht | None = None
    nummer = 0
    while True:
        sleutel = str(uuid4())
        vorige = basis if toeval.random() < 1 / 3 else None
        if vorige is None:
            wens = Bericht(Berichtsoort.AGENDAPUNT, f"P{toeval.randrange(PUNTEN)}", OP, f"Bericht {sleutel}")
        else:
            wens = Bericht(vorige.soort, vorige.id, OP, f"Verbeterd {sleutel}", openbaar=True)
        while True:
            try:
                if vorige is None:
                    klaar = save_bericht(engine, schrijver, wens, sleutel=sleutel, op=OP)
                else:
                    klaar = correct_bericht(engine, schrijver, nummer, vorige, wens, sleutel=sleutel, op=OP)
            except OpslagError as fout:
                if str(fout) not in VERWACHT:
                    meld(f"! {fout}\n")
                time.sleep(NIEUWE_POGING_S)
                continue
            break
        meld(f"{sleutel} {klaar.nummer} {int(klaar.was_er_al)}\n")
        basis, nummer = wens, klaar.nummer


def start_schrijver(engine: Engine, wie: int) -> tuple[int, int]:
    """Start a writer as a process of its own; return it and the pipe on which it says what is stored."""
    # A connection must not be shared with the process that is killed; what SQLAlchemy has learned may be.
    engine.dispose()
    lees, schrijf = os.pipe()
    proces = os.fork()
    if proces:
        os.close(schrijf)
        return proces, lees
    # Nothing of what this process holds open is the writer's, least of all the pipe that keeps the server running.
    os.closerange(3, schrijf)
    os.closerange(schrijf + 1, 1024)
    try:
        write_berichten(engine, wie, lambda regel: os.write(schrijf, regel.encode()))
    finally:
        os._exit(1)


def kill_once(engine: Engine, wie: int, stand: Stand, stoor: Callable[[], None] | None) -> None:
    """Let somebody write, kill them somewhere, and take note of what they had seen confirmed."""
    proces, lees = start_schrijver(engine, wie)
    try:
        time.sleep(random.uniform(0, LANGSTE_LEVEN_S))
        if stoor:
            stoor()
            wait_for_server(engine)
            time.sleep(random.uniform(0, LANGSTE_LEVEN_S))
    finally:
        os.kill(proces, signal.SIGKILL)
        os.waitpid(proces, 0)
    with os.fdopen(lees, "rb") as pijp:
        regels = pijp.read().decode().splitlines()
    stand.fouten += [regel for regel in regels if regel.startswith("!")]
    for regel in (r for r in regels if not r.startswith("!")):
        sleutel, nummer, was_er_al = regel.split()
        stand.bevestigd[sleutel] = int(nummer)
        stand.herhaald += int(was_er_al)
    stand.kills += 1


def wait_for_server(engine: Engine) -> None:
    """Wait until a server that recovers answers again."""
    einde = time.monotonic() + HERSTELTIJD_S
    while True:
        try:
            with engine.connect():
                return
        except OpslagError:
            if time.monotonic() > einde:
                raise
            time.sleep(NIEUWE_POGING_S)


def check(engine: Engine, stand: Stand) -> int:
    """Note everything that is lost, double or half there; return how many berichten there are."""
    wait_for_server(engine)
    with engine.connect() as conn:
        bericht, logboek = tabellen.bericht.c, tabellen.logboek.c
        rijen = conn.execute(select(bericht.sleutel, bericht.nummer)).all()
        gemeld = select(logboek.veranderingen).where(logboek.handeling.like("bericht_%"))
        regels = Counter(veranderingen["bericht"][1] for veranderingen in conn.scalars(gemeld))
        versies = get_versies(conn)
        heel = conn.scalar(text("PRAGMA integrity_check")) if engine.dialect.name == "sqlite" else "ok"
    aanwezig = Counter((rij.sleutel, rij.nummer) for rij in rijen)
    nummers = Counter(rij.nummer for rij in rijen)
    # What was stored when the writer was killed before it could say so has moved the counters too.
    verwacht = range(len(rijen), len(rijen) + stand.herhaald + stand.kills + 1)
    stand.fouten += [f"{stand.kills}: {paar} verloren" for paar in stand.bevestigd.items() - aanwezig.keys()]
    stand.fouten += [f"{stand.kills}: {paar} dubbel" for paar, aantal in aanwezig.items() if aantal > 1]
    stand.fouten += [
        f"{stand.kills}: bericht {n} en logboek verschillen" for n in (nummers - regels) + (regels - nummers)
    ]
    if not {versies.totaal - stand.begin, versies.agenda - stand.begin} <= set(verwacht):
        stand.fouten.append(f"{stand.kills}: {len(rijen)} berichten, maar de tellers zeggen {versies}")
    if heel != "ok":
        stand.fouten.append(f"{stand.kills}: {heel}")
    return len(rijen)


def run(url: str, aantal: int, stoor: Callable[[int], Callable[[], None] | None] = lambda _: None) -> Stand:
    """Kill so many writers of a new database, look after each, and print what came of it."""
    begonnen = time.perf_counter()
    engine = open_database(url)
    wie = fill(engine)
    save_bericht(
        engine, build_schrijver(wie), Bericht(Berichtsoort.AGENDAPUNT, "P0", OP, "Warm"), sleutel="warm", op=OP
    )
    with engine.connect() as conn:
        stand = Stand({"warm": 1}, begin=get_versies(conn).totaal - 1)
    berichten = 0
    while stand.kills < aantal:
        kill_once(engine, wie, stand, stoor(stand.kills + 1))
        berichten = check(engine, stand)
    engine.dispose()
    print(
        f"{engine.dialect.name}: {stand.kills} keer gedood in {time.perf_counter() - begonnen:.0f} s; "
        f"{len(stand.bevestigd)} bevestigd, {berichten} opgeslagen ({berichten - len(stand.bevestigd)} net niet meer "
        f"bevestigd, {stand.herhaald} twee keer verstuurd), fouten: {len(stand.fouten)}",
        flush=True,
    )
    print(*stand.fouten[:20], sep="\n", end="\n" if stand.fouten else "", flush=True)
    return stand


def build_storing(cluster: Cluster) -> Callable[[int], Callable[[], None] | None]:
    """Return which fault of the server belongs to which kill."""

    def kill_verbinding() -> None:
        # SIGKILL of one of its processes: the server stops all others and recovers from its log.
        with psycopg.connect(host=str(cluster.map), port=cluster.poort, user="postgres", dbname="postgres") as conn:
            vraag = "SELECT pid FROM pg_stat_activity WHERE usename = %s"
            processen = [proces for (proces,) in conn.execute(vraag, [GEBRUIKER])]
        for proces in processen:
            os.kill(proces, signal.SIGKILL)

    def kill_server() -> None:
        # SIGQUIT is PostgreSQL's own "immediate": it stops where it is, as when the power goes.
        os.kill(int((cluster.map / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
        cluster.stop()
        cluster.start()

    return lambda nummer: kill_server if nummer % 25 == 0 else kill_verbinding if nummer % 10 == 0 else None


def main(aantal: int, soorten: list[str]) -> int:
    """Return 1 when anything was lost."""
    logging.getLogger("gebieden").setLevel(logging.ERROR)
    standen = []
    if "sqlite" in soorten:
        with tempfile.TemporaryDirectory(prefix="gebieden_") as map_:
            standen.append(run(f"sqlite:///{map_}/kills.sqlite", aantal))
    if "postgresql" in soorten:
        with run_postgres(fsync="on", synchronous_commit="on", full_page_writes="on") as cluster:
            standen.append(run(cluster.create(), aantal, build_storing(cluster)))
    return int(any(stand.fouten for stand in standen))


if __name__ == "__main__":
    getallen = [int(a) for a in sys.argv[1:] if a.isdigit()]
    namen = [a for a in sys.argv[1:] if not a.isdigit()]
    sys.exit(main(getallen[0] if getallen else AANTAL, namen or ["sqlite", "postgresql"]))
