"""A million signals: read, checked, assigned and stored, against pandas reading the CSV plus one spatial join.

From the project folder: `python -m tests.benchmarks.signalen_miljoen [AANTAL]`. Prints both times and their ratio
(ours / theirs, at most 2) on SQLite and on PostgreSQL, the peak memory of an import, how long the counts per area ×
category × week take over 518 areas (at most 0.1 s), and how long the suppression of one quarter of those takes.
"""

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gebieden.domein.gebied import Gebied
from gebieden.domein.kwartaal import Kwartaal
from gebieden.domein.rechten import Kijker, Rol
from gebieden.opslag.database import begin_schrijven, open_database
from gebieden.opslag.gebieden import load_gebiedsboom, load_grenzen, save_gebieden
from gebieden.opslag.signaalpublicatie import load_publicaties
from gebieden.opslag.signaalweken import load_tellingen
from gebieden.opslag.signalen import import_signalen
from tests.databases import Databases, Sqlitemap
from tests.postgres import run_postgres

PROJECT = Path(__file__).resolve().parents[2]
ECHT = PROJECT.parent / "shared" / "data" / "grenzen" / "alkmaar_28992.gpkg"
SCHETS = PROJECT / "data" / "grenzen_schematisch.geojson"
CATEGORIEEN = [f"categorie {nummer}" for nummer in range(10)]
BRONNEN = ["politie", "boa", "bewoner"]
PEILDATUM = date(2026, 1, 1)
HERHALINGEN = 3


def load_buurten(bron: Path) -> gpd.GeoDataFrame:
    """Return buurten with columns code, naam, geometry in RD."""
    if bron == ECHT:
        frame = gpd.read_file(bron, layer="buurten").rename(columns={"buurtcode": "code", "buurtnaam": "naam"})
    else:
        frame = gpd.read_file(bron)
        frame = frame[frame["niveau"] == "buurt"].to_crs(28992)
    return frame[["code", "naam", "geometry"]].reset_index(drop=True)


def write_bestand(pad: Path, buurten: gpd.GeoDataFrame, aantal: int) -> None:
    """Write random signals over the buurten: random ids, five years, degrees with seven decimals."""
    toeval = np.random.default_rng(20261121)
    graden = buurten.to_crs(4326)
    boom = shapely.STRtree(graden.geometry.to_numpy())
    west, zuid, oost, noord = graden.total_bounds
    punten: list[np.ndarray] = []
    while sum(map(len, punten)) < aantal:
        proef = np.column_stack([toeval.uniform(west, oost, aantal), toeval.uniform(zuid, noord, aantal)]).round(7)
        punten.append(proef[np.unique(boom.query(shapely.points(proef), predicate="intersects")[0])])
    plekken = np.concatenate(punten)[:aantal]
    pd.DataFrame(
        {
            "id": [f"{nummer:016x}" for nummer in toeval.integers(0, 2**63, aantal)],
            "datum": (np.datetime64("2021-01-01") + toeval.integers(0, 1826, aantal)).astype(str),
            "categorie": np.array(CATEGORIEEN)[toeval.integers(0, len(CATEGORIEEN), aantal)],
            "bron": np.array(BRONNEN)[toeval.integers(0, len(BRONNEN), aantal)],
            "lon": plekken[:, 0],
            "lat": plekken[:, 1],
        }
    ).to_csv(pad, index=False, sep=";")


def time_vergelijking(pad: Path, buurten: gpd.GeoDataFrame) -> float:
    """Return the seconds of pandas reading the file plus one geopandas sjoin to the same areas."""
    graden = buurten.to_crs(4326)
    begin = time.perf_counter()
    frame = pd.read_csv(pad, sep=";")
    punten = gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame["lon"], frame["lat"]), crs=4326)
    gpd.sjoin(punten, graden)
    return time.perf_counter() - begin


def time_import(pad: Path, buurten: gpd.GeoDataFrame, database: str) -> float:
    """Return the seconds of an import into a new database with the areas only, the commit included."""
    engine = open_database(database, eenmalig=True)
    vormen = {(code, None): vorm for code, vorm in zip(buurten["code"], buurten.geometry.to_wkb(), strict=True)}
    with begin_schrijven(engine) as conn:
        save_gebieden(conn, [Gebied(r.code, r.naam, "buurt") for r in buurten.itertuples()], vormen)
    begin = time.perf_counter()
    with begin_schrijven(engine) as conn:
        boom = load_gebiedsboom(conn, PEILDATUM)
        uitkomst = import_signalen(conn, pad, load_grenzen(conn, boom, "buurt"), boom, PEILDATUM)
    duur = time.perf_counter() - begin
    print(f"  {uitkomst.telling}, afgekeurd {uitkomst.afgekeurd}")
    return duur


def compare_import(pad: Path, buurten: gpd.GeoDataFrame, databases: Databases) -> None:
    """Print how long imports take against reading with pandas and one join, on one kind of database."""
    verhoudingen = []
    for _ in range(HERHALINGEN):
        zij, wij = time_vergelijking(pad, buurten), time_import(pad, buurten, databases.create())
        verhoudingen.append(wij / zij)
        print(f"  read_csv + sjoin {zij:.2f} s, import {wij:.2f} s, verhouding {wij / zij:.2f}")
    print(f"  {type(databases).__name__}: mediaan van de verhouding {np.median(verhoudingen):.2f} (hoogstens 2)")


def measure_piek(pad: Path, bron: Path, database: Path) -> float:
    """Return the peak memory in MB of a process that only imports."""
    opdracht = [sys.executable, "-m", __spec__.name, "--piek", str(pad), str(bron), str(database)]
    return float(subprocess.run(opdracht, check=True, capture_output=True, text=True).stdout.split()[-1])


def report_piek(pad: Path, bron: Path, database: Path) -> None:
    """Import, and print the highest memory use of this process since it started."""
    time_import(pad, load_buurten(bron), f"sqlite:///{database}")
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(int(status.split("VmHWM:")[1].split()[0]) / 1024)


def time_tellingen(map_: Path, aantal: int) -> None:
    """Print how long the counts and the suppression take on `aantal` signals over 518 areas."""
    toeval = np.random.default_rng(518)
    codes = [f"BU0361{nummer // 10:02d}{nummer % 10:02d}" for nummer in range(518)]
    pad = map_ / "gebieden518.csv"
    pd.DataFrame(
        {
            "id": np.arange(aantal),
            "datum": (np.datetime64("2021-01-01") + toeval.integers(0, 1826, aantal)).astype(str),
            "categorie": np.array(CATEGORIEEN)[toeval.integers(0, len(CATEGORIEEN), aantal)],
            "gebied": np.array(codes)[toeval.integers(0, len(codes), aantal)],
        }
    ).to_csv(pad, index=False)
    engine = open_database(f"sqlite:///{map_ / 'tellingen.sqlite'}")
    with begin_schrijven(engine) as conn:
        wijken = sorted({"WK" + code[2:8] for code in codes})
        save_gebieden(conn, [Gebied(c, c, "buurt") for c in codes] + [Gebied(c, c, "wijk") for c in wijken])
        boom = load_gebiedsboom(conn, PEILDATUM)
        import_signalen(conn, pad, gpd.GeoDataFrame({"code": [], "naam": []}, geometry=[], crs=28992), boom, PEILDATUM)
    kijker = Kijker(Rol.OOV, frozenset({"GM0361"}))
    filters = {
        "alles": {},
        "een categorie, een jaar": {
            "groepen": {CATEGORIEEN[0]},
            "vanaf": date(2024, 1, 1),
            "tot": date(2025, 1, 1),
        },
        "een wijk": {"gebieden": {wijken[3]}},
    }
    for naam, keuze in filters.items():
        with engine.connect() as conn:
            begin = time.perf_counter()
            tellingen = load_tellingen(conn, kijker, boom, **keuze)
            duur = time.perf_counter() - begin
        print(f"tellingen, {naam}: {duur * 1000:.0f} ms voor {len(tellingen)} rijen (hoogstens 100 ms)")
    with engine.connect() as conn:
        begin = time.perf_counter()
        load_publicaties(conn, Kwartaal(2024, 2))
        print(f"publicatie van een kwartaal, 518 gebieden: {time.perf_counter() - begin:.2f} s (hoogstens 3 s)")


def main(aantal: int) -> None:
    """Run everything and print it."""
    for bron in [pad for pad in (ECHT, SCHETS) if pad.exists()]:
        with tempfile.TemporaryDirectory() as tijdelijk:
            map_ = Path(tijdelijk)
            buurten = load_buurten(bron)
            pad = map_ / "signalen.csv"
            write_bestand(pad, buurten, aantal)
            print(f"{bron.name}: {len(buurten)} buurten, {aantal} signalen, {pad.stat().st_size / 1e6:.0f} MB")
            compare_import(pad, buurten, Sqlitemap(map_))
            with run_postgres(fsync="on", synchronous_commit="on", full_page_writes="on") as cluster:
                compare_import(pad, buurten, cluster)
            print(f"  piekgeheugen van een import: {measure_piek(pad, bron, map_ / 'piek.sqlite'):.0f} MB")
    with tempfile.TemporaryDirectory() as tijdelijk:
        time_tellingen(Path(tijdelijk), aantal)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--piek"]:
        report_piek(*map(Path, sys.argv[2:5]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
