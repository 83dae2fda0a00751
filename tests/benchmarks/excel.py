"""How long an Excel round trip of 2,000 points takes, 500 of them changed: out, back with differences, and stored.

Run: PYTHONPATH=. python tests/benchmarks/excel.py
"""

import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Final

_TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_TESTS), str(_TESTS / "integratie"), str(_TESTS.parent)]

import openpyxl
from bouwstenen import NOORD, PEILDATUM, build_gebieden, build_punt
from postgres import run_postgres
from schrijvers import add_gebruiker
from sqlalchemy import Engine

from gebieden.domein.agendapunt import Staat
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Rol
from gebieden.domein.werkblad import BLAD, list_kolommen
from gebieden.inlezen.werkblad import read_werkblad
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.database import begin_schrijven, open_database
from gebieden.opslag.gebieden import save_gebieden
from gebieden.opslag.werkblad import load_verschillen, store_regels
from gebieden.rapport.werkblad import compose_werkblad, render_werkblad

PUNTEN, GEWIJZIGD, GRENS_S = 2_000, 500, 5.0
IDS: Final = [f"P{n:05d}" for n in range(PUNTEN)]


def main() -> int:
    """Print the seconds per step on either kind of database; 1 when a way takes more than it may."""
    with ExitStack() as stapel:
        map_ = Path(stapel.enter_context(tempfile.TemporaryDirectory()))
        cluster = stapel.enter_context(run_postgres(fsync="on", synchronous_commit="on"))
        adressen = {"sqlite": f"sqlite:///{map_ / 'd.sqlite'}", "postgresql": cluster.create()}
        uitslagen = [_measure(naam, adres, map_) for naam, adres in adressen.items()]
    return int(not all(uitslagen))


def _measure(naam: str, adres: str, map_: Path) -> bool:
    engine = open_database(adres)
    wie = _fill(engine)
    pad = map_ / f"{naam}.xlsx"
    begin = perf_counter()
    with engine.connect() as conn:
        pad.write_bytes(render_werkblad(compose_werkblad(conn, wie, IDS, PEILDATUM)))
    heen = perf_counter() - begin
    _edit(pad)
    begin = perf_counter()
    inhoud = read_werkblad(pad)
    gelezen = perf_counter()
    with engine.connect() as conn:
        verschillen, _ = load_verschillen(conn, wie, inhoud.regels, PEILDATUM)
    vergeleken = perf_counter()
    uitkomsten = store_regels(engine, wie, [v.regel for v in verschillen], sleutel=naam, op=PEILDATUM)
    klaar = perf_counter()
    engine.dispose()
    assert sum(u.is_opgeslagen for u in uitkomsten) == GEWIJZIGD
    terug = klaar - begin
    print(
        f"{naam}: {PUNTEN} punten heen {heen:.2f} s; terug {terug:.2f} s (lezen {gelezen - begin:.2f}, verschil "
        f"{vergeleken - gelezen:.2f}, {GEWIJZIGD} opslaan {klaar - vergeleken:.2f}); hoogstens {GRENS_S:.0f} s per kant"
    )
    return max(heen, terug) <= GRENS_S


def _fill(engine: Engine) -> Gebruiker:
    punt = build_punt(partners=("Politie", "Woonwaard"), omschrijving="Een omschrijving van een punt. " * 10)
    with begin_schrijven(engine) as conn:
        save_gebieden(conn, build_gebieden(), {})
        save_agendapunten(conn, [replace(punt, id=id_, titel=f"Punt {id_}") for id_ in IDS], PEILDATUM)
    return add_gebruiker(engine, Rol.GEBIEDSREGISSEUR, NOORD)


def _edit(pad: Path) -> None:
    """Change the title of every fourth point, and the state or the agreed date of half of those."""
    werkmap = openpyxl.load_workbook(pad)
    namen = [kolom.naam for kolom in list_kolommen()]
    for rij in range(2, PUNTEN + 2, PUNTEN // GEWIJZIGD):
        werkmap[BLAD].cell(rij, namen.index("titel") + 1).value = f"Anders {rij}"
        if rij % 8 == 2:
            werkmap[BLAD].cell(rij, namen.index("staat") + 1).value = Staat.IN_UITVOERING
        else:
            werkmap[BLAD].cell(rij, namen.index("afgesproken gereed") + 1).value = PEILDATUM
    werkmap.save(pad)


if __name__ == "__main__":
    sys.exit(main())
