"""The boundary file: small, the same bytes every time, and the areas still fit together."""

import gzip
import json
import os
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Transformer

from gebieden.domein.fouten import CrsError
from gebieden.kaart.geometrie import HALVE_WERELD_M, build_grenzenbestand, determine_detail

WORTEL = Path(__file__).parents[2]
GRENZEN = Path(os.environ.get("GEBIEDEN_VOORBEELDDATA") or WORTEL.parent / "shared" / "data") / "grenzen"


def make_gebieden(vlakken: list[shapely.Geometry], namen: list[str] | None = None) -> gpd.GeoDataFrame:
    aantal = len(vlakken)
    return gpd.GeoDataFrame(
        {
            "code": [f"BU0361{nummer:04d}" for nummer in range(aantal)],
            "naam": namen or [f"Buurt {nummer}" for nummer in range(aantal)],
            "niveau": "buurt",
        },
        geometry=vlakken,
        crs="EPSG:28992",
    )


def make_gekartelde_buren(kolommen: int = 3, rijen: int = 2, stap: float = 900.0) -> gpd.GeoDataFrame:
    """Squares whose shared borders are jagged, every vertex of a border in both neighbours."""

    def wiebel(x: float, y: float) -> tuple[float, float]:
        return (
            110_000 + x + 25 * np.sin(x / 90 + y / 70),
            516_000 + y + 25 * np.cos(y / 110 + x / 60),
        )

    def rand(kolom: int, rij: int) -> shapely.Polygon:
        t = np.linspace(0, stap, 40)[:-1]
        x0, y0 = kolom * stap, rij * stap
        punten = [(x0 + d, y0) for d in t] + [(x0 + stap, y0 + d) for d in t]
        punten += [(x0 + stap - d, y0 + stap) for d in t] + [(x0, y0 + stap - d) for d in t]
        return shapely.Polygon([wiebel(x, y) for x, y in punten])

    return make_gebieden([rand(kolom, rij) for rij in range(rijen) for kolom in range(kolommen)])


def decode_grenzen(inhoud_gzip: bytes) -> dict[str, shapely.Geometry]:
    """Read the file back to RD polygons, as a second implementation beside the JavaScript."""
    bestand = json.loads(gzip.decompress(inhoud_gzip))
    punten = np.array(bestand["stappen"]).reshape(-1, 2).cumsum(axis=0) + bestand["oorsprong"]
    meters = punten * bestand["raster_m"]
    naar_rd = Transformer.from_crs("EPSG:3857", "EPSG:28992", always_xy=True)
    x, y = naar_rd.transform(meters[:, 0] - HALVE_WERELD_M, HALVE_WERELD_M - meters[:, 1])
    ringen = np.split(np.column_stack([x, y]), np.cumsum(bestand["punten"])[:-1])
    vlakken, begin = {}, 0
    for code, aantal in zip(bestand["codes"], bestand["ringen"], strict=True):
        losse = [shapely.make_valid(shapely.Polygon(ring)) for ring in ringen[begin : begin + aantal]]
        begin += aantal
        # Rings cut or add by turns of even and odd, as the canvas counts them.
        vlak = shapely.Polygon()
        for los in losse:
            vlak = vlak.symmetric_difference(los)
        vlakken[code] = vlak
    return vlakken


def test_areas_come_back_within_the_tolerance() -> None:
    gebieden = make_gekartelde_buren()
    terug = decode_grenzen(build_grenzenbestand(gebieden).inhoud_gzip)
    detail = determine_detail(len(gebieden))
    for code, vlak in zip(gebieden["code"], gebieden.geometry, strict=True):
        afstand_m = shapely.hausdorff_distance(vlak.exterior, terug[code].boundary)
        # Visvalingam-Whyatt: the tolerance is the root of a triangle's area, so its height can be somewhat
        # larger.
        assert afstand_m < 3 * detail.tolerantie_m + detail.raster_m


def test_borders_that_neighbours_share_stay_shared() -> None:
    gebieden = make_gekartelde_buren()
    terug = list(decode_grenzen(build_grenzenbestand(gebieden).inhoud_gzip).values())
    samen = shapely.union_all(terug)
    assert samen.geom_type == "Polygon"
    assert len(samen.interiors) == 0
    assert samen.area == pytest.approx(sum(vlak.area for vlak in terug), rel=1e-9)


def test_the_same_areas_give_the_same_bytes_and_the_same_hash() -> None:
    eerste = build_grenzenbestand(make_gekartelde_buren())
    tweede = build_grenzenbestand(make_gekartelde_buren())
    assert eerste == tweede


def test_another_name_gives_another_hash() -> None:
    gebieden = make_gekartelde_buren()
    anders = gebieden.assign(naam="Oudorp")
    assert build_grenzenbestand(gebieden).hash != build_grenzenbestand(anders).hash


def test_codes_keep_the_order_of_the_rows() -> None:
    gebieden = make_gekartelde_buren().iloc[::-1]
    bestand = build_grenzenbestand(gebieden)
    assert bestand.codes == tuple(gebieden["code"])
    assert json.loads(gzip.decompress(bestand.inhoud_gzip))["codes"] == list(bestand.codes)


def test_the_input_is_not_changed() -> None:
    gebieden = make_gekartelde_buren()
    kopie = gebieden.copy()
    build_grenzenbestand(gebieden)
    assert gebieden.equals(kopie)


def test_holes_and_parts_survive() -> None:
    met_gat = shapely.box(110_000, 516_000, 111_000, 517_000) - shapely.box(110_300, 516_300, 110_600, 516_600)
    eiland = shapely.box(112_000, 516_000, 112_400, 516_400)
    gebieden = make_gebieden([shapely.union(met_gat, eiland)])
    terug = decode_grenzen(build_grenzenbestand(gebieden).inhoud_gzip)["BU03610000"]
    assert terug.area == pytest.approx(gebieden.geometry.iloc[0].area, rel=0.01)
    assert not terug.contains(shapely.Point(110_450, 516_450))


def test_an_area_smaller_than_the_grid_keeps_its_place_in_the_file() -> None:
    vlakken = [
        shapely.box(110_000, 516_000, 110_000.2, 516_000.2),
        shapely.box(111_000, 516_000, 112_000, 517_000),
    ]
    bestand = json.loads(gzip.decompress(build_grenzenbestand(make_gebieden(vlakken)).inhoud_gzip))
    assert bestand["ringen"] == [1, 1]
    assert sum(bestand["punten"]) * 2 == len(bestand["stappen"])


@pytest.mark.parametrize("leeg", [None, shapely.Polygon()])
def test_an_area_without_boundaries_has_no_rings_and_shifts_nobody(leeg: shapely.Geometry | None) -> None:
    vlakken = [leeg, shapely.box(111_000, 516_000, 112_000, 517_000)]
    bestand = json.loads(gzip.decompress(build_grenzenbestand(make_gebieden(vlakken)).inhoud_gzip))
    assert bestand["ringen"] == [0, 1]


def test_an_invalid_area_is_drawn_all_the_same() -> None:
    zandloper = shapely.Polygon([(110_000, 516_000), (111_000, 517_000), (111_000, 516_000), (110_000, 517_000)])
    terug = decode_grenzen(build_grenzenbestand(make_gebieden([zandloper])).inhoud_gzip)
    assert terug["BU03610000"].area == pytest.approx(500_000, rel=0.01)


@pytest.mark.parametrize("crs", ["EPSG:4326", None])
def test_other_coordinates_than_rd_are_refused_with_the_repair(crs: str | None) -> None:
    gebieden = make_gekartelde_buren().set_crs(crs, allow_override=True)
    with pytest.raises(CrsError, match="Zet ze eerst om naar EPSG:28992"):
        build_grenzenbestand(gebieden)


def test_names_travel_as_data_only() -> None:
    naam = '<img src=x onerror="alert(1)">'
    gebieden = make_gebieden([shapely.box(110_000, 516_000, 111_000, 517_000)], namen=[naam])
    bestand = json.loads(gzip.decompress(build_grenzenbestand(gebieden).inhoud_gzip))
    assert bestand["namen"] == [naam]


if GRENZEN.is_dir():

    def load_alkmaar() -> gpd.GeoDataFrame:
        buurten = gpd.read_file(GRENZEN / "alkmaar_28992.gpkg", layer="buurten")
        return buurten.rename(columns={"buurtcode": "code", "buurtnaam": "naam"}).assign(niveau="buurt")

    def test_518_areas_of_real_detail_stay_under_250_kb() -> None:
        alkmaar = load_alkmaar()
        naast_elkaar = [
            alkmaar.assign(geometry=alkmaar.translate(16_000 * keer, 0), code=alkmaar["code"] + str(keer))
            for keer in range(8)
        ]
        gebieden = gpd.GeoDataFrame(pd.concat(naast_elkaar, ignore_index=True).iloc[:518], crs=28992)
        assert len(build_grenzenbestand(gebieden).inhoud_gzip) <= 250_000

    def test_real_boundaries_keep_their_size() -> None:
        alkmaar = load_alkmaar()
        terug = decode_grenzen(build_grenzenbestand(alkmaar).inhoud_gzip)
        # Boundaries that do not match in the source keep their own overlap or gap.
        for code, vlak in zip(alkmaar["code"], alkmaar.geometry, strict=True):
            assert terug[code].symmetric_difference(vlak).area / vlak.area < 0.03
        assert shapely.union_all(list(terug.values())).area == pytest.approx(
            shapely.union_all(alkmaar.geometry.values).area, rel=1e-3
        )

    def test_every_buurt_of_the_country_gets_its_rings() -> None:
        land = gpd.read_file(GRENZEN / "nl_buurten_2024_schaal.geojson").to_crs(28992)
        land = land.rename(columns={"buurtcode": "code", "buurtnaam": "naam"}).assign(niveau="buurt")
        bestand = build_grenzenbestand(land)
        inhoud = json.loads(gzip.decompress(bestand.inhoud_gzip))
        assert len(bestand.codes) == 14_566
        assert min(inhoud["ringen"]) >= 1
        assert len(bestand.inhoud_gzip) < 700_000
