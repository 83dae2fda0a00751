"""Real reports of another municipality, read as if they were signals."""

from collections import Counter
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from sqlalchemy import Engine

from gebieden.domein.gebied import Gebied, Gebiedsboom, build_gebiedsboom
from gebieden.opslag.database import begin_schrijven
from gebieden.opslag.signalen import Signaalimport, import_signalen

KOLOMMEN = {"categorie": "category", "datum": "created_at", "lon": "lng", "lat": "lat"}


def _load_buurten(voorbeelddata: Path, gemeente: str) -> gpd.GeoDataFrame:
    pad = voorbeelddata / "grenzen" / "nl_buurten_2024_schaal.geojson"
    frame = gpd.read_file(pad, where=f"buurtcode LIKE 'BU{gemeente}%'")
    frame = frame.rename(columns={"buurtcode": "code", "buurtnaam": "naam"}).to_crs(28992)
    return frame[["code", "naam", "geometry"]]


def _build_boom(frame: gpd.GeoDataFrame) -> Gebiedsboom:
    gebieden = [Gebied(r.code, r.naam, "buurt") for r in frame.itertuples()]
    return build_gebiedsboom(gebieden, date(2026, 1, 1))


def _import(engine: Engine, voorbeelddata: Path, frame: gpd.GeoDataFrame) -> Signaalimport:
    with begin_schrijven(engine) as conn:
        pad = voorbeelddata / "meldingen" / "assen_signalen.csv"
        return import_signalen(conn, pad, frame, _build_boom(frame), date(2026, 8, 10), kolommen=KOLOMMEN)


def test_reports_of_assen_are_in_assen(voorbeelddata: Path, engine: Engine) -> None:
    buurten = _load_buurten(voorbeelddata, "0106")
    uitkomst = _import(engine, voorbeelddata, buurten)
    meldingen = pd.read_csv(voorbeelddata / "meldingen" / "assen_signalen.csv", dtype={"id": str})
    punten = gpd.GeoSeries.from_xy(meldingen["lng"], meldingen["lat"], crs=4326).to_crs(28992)
    binnen = punten.intersects(buurten.union_all())
    uniek = meldingen["id"].nunique()
    assert uitkomst.aantal_rijen == len(meldingen)
    assert uitkomst.telling.ingelezen + uitkomst.telling.ongewijzigd + uitkomst.afgekeurd == len(meldingen)
    regels = Counter(b.regelnaam for b in uitkomst.bevindingen)
    assert regels["punt_buiten_gebieden"] == (~binnen).sum()
    assert uitkomst.telling.ingelezen == meldingen.loc[binnen, "id"].nunique()
    assert uniek > 3000
    assert binnen.mean() > 0.5


def test_reports_of_assen_are_refused_in_alkmaar_with_the_distance(voorbeelddata: Path, engine: Engine) -> None:
    buurten = _load_buurten(voorbeelddata, "0361")
    uitkomst = _import(engine, voorbeelddata, buurten)
    assert uitkomst.afgekeurd == uitkomst.aantal_rijen == 3024
    eerste = next(b for b in uitkomst.bevindingen if b.regelnaam == "punt_buiten_gebieden")
    punt = gpd.GeoSeries.from_xy([6.49826436], [52.96713692], crs=4326).to_crs(28992).iloc[0]
    afstand_m = buurten.distance(punt).min()
    gevonden = eerste.melding.split("gebieden, ")[1].split(" m ")[0].replace(".", "")
    assert eerste.regel == 2
    assert float(gevonden) == pytest.approx(afstand_m, abs=1)
