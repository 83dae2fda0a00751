"""Points to areas in bulk: exactly what the exact test says, shared borders included."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from gebieden.inlezen.puntenraster import BUITEN, Puntenraster
from gebieden.inlezen.toewijzen import Toewijzer, get_wgs84_naar_rd

VEEL = 60_000


@pytest.fixture(scope="module")
def gebieden() -> gpd.GeoDataFrame:
    """Return Voronoi cells with holes between them here and there, in an order that is not that of their codes."""
    toeval = np.random.default_rng(3)
    zaad = shapely.multipoints(toeval.uniform((100_000, 510_000), (112_000, 520_000), (40, 2)))
    vlakken = shapely.get_parts(shapely.voronoi_polygons(zaad))[:36]
    codes = [f"BU0361{nummer:04d}" for nummer in toeval.permutation(len(vlakken))]
    return gpd.GeoDataFrame({"code": codes, "naam": codes}, geometry=vlakken, crs="EPSG:28992")


@pytest.mark.parametrize("in_graden", [False, True])
def test_bulk_gives_what_the_exact_test_gives(gebieden: gpd.GeoDataFrame, in_graden: bool) -> None:
    toeval = np.random.default_rng(4)
    west, zuid, oost, noord = gebieden.total_bounds
    los = toeval.uniform((west - 500, zuid - 500), (oost + 500, noord + 500), (VEEL, 2))
    hoeken = shapely.get_coordinates(gebieden.geometry.to_numpy())
    randen = shapely.get_coordinates(shapely.segmentize(gebieden.geometry.to_numpy(), 700.0))
    punten = np.concatenate([los, hoeken, randen, hoeken + 1e-3])
    x, y = punten.T
    a, b = get_wgs84_naar_rd().transform(x, y, direction="INVERSE") if in_graden else (x, y)
    x, y = get_wgs84_naar_rd().transform(a, b) if in_graden else (x, y)
    raster = Puntenraster(gebieden)
    verwacht, _ = Toewijzer(gebieden).assign(x, y)
    gevonden = np.array([*raster.codes, None], dtype=object)[raster.assign(a, b, in_graden=in_graden)]
    assert (gevonden == verwacht).all()
    assert 0 < sum(code is None for code in verwacht) < VEEL


def test_a_point_on_a_shared_border_goes_to_the_lowest_code_whatever_the_order() -> None:
    vlakken = [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)]
    for volgorde in ([0, 1], [1, 0]):
        frame = gpd.GeoDataFrame(
            {"code": ["BU03610002", "BU03610001"], "naam": ["b", "a"]}, geometry=vlakken, crs="EPSG:28992"
        ).iloc[volgorde]
        raster = Puntenraster(frame)
        veel = np.full(VEEL, 10.0)
        for aantal in (1, VEEL):
            nummers = raster.assign(veel[:aantal], np.full(aantal, 5.0), in_graden=False)
            assert {raster.codes[nummer] for nummer in nummers} == {"BU03610001"}


def test_outside_is_measured_to_the_nearest_area() -> None:
    vlakken = [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)]
    frame = gpd.GeoDataFrame({"code": ["A", "B"], "naam": ["een", "twee"]}, geometry=vlakken, crs="EPSG:28992")
    raster = Puntenraster(frame)
    x, y = np.array([-3.0, 25.0]), np.array([5.0, 22.0])
    assert raster.assign(x, y, in_graden=False).tolist() == [BUITEN, BUITEN]
    nummers, afstand_m = raster.measure(x, y, in_graden=False)
    assert [raster.opschriften[nummer] for nummer in nummers] == ["A een", "B twee"]
    assert afstand_m.tolist() == [3.0, 13.0]
