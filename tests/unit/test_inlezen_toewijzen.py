"""Points to areas: shared borders, holes, order, and agreement with geopandas."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gebieden.inlezen.toewijzen import Toewijzer, assign_buurten, find_dichtstbijzijnde, transform_naar_rd


def _build_rooster(volgorde: list[int] | None = None) -> gpd.GeoDataFrame:
    """Four squares of 100 m around (100, 100): BU00 south-west, BU01 south-east, BU02 north-west, BU03 north-east."""
    vlakken = [shapely.box(x, y, x + 100, y + 100) for y in (0, 100) for x in (0, 100)]
    gebieden = gpd.GeoDataFrame(
        {"code": [f"BU0{n}" for n in range(4)], "naam": [f"Buurt {n}" for n in range(4)]},
        geometry=vlakken,
        crs="EPSG:28992",
    )
    return gebieden.iloc[volgorde or [0, 1, 2, 3]].reset_index(drop=True)


def test_punt_binnen_krijgt_de_code_en_afstand_nul() -> None:
    codes, afstand_m = assign_buurten([50, 150, 50, 150], [50, 50, 150, 150], _build_rooster())
    assert codes.tolist() == ["BU00", "BU01", "BU02", "BU03"]
    assert afstand_m.tolist() == [0, 0, 0, 0]


@given(st.permutations([0, 1, 2, 3]))
def test_punt_op_gedeelde_grens_gaat_naar_de_laagste_code_in_elke_volgorde(volgorde: list[int]) -> None:
    codes, _ = assign_buurten([100, 100, 50, 150], [100, 150, 100, 100], _build_rooster(list(volgorde)))
    assert codes.tolist() == ["BU00", "BU02", "BU00", "BU01"]


def test_punt_buiten_krijgt_geen_code_en_de_afstand_tot_het_dichtstbijzijnde_gebied() -> None:
    codes, afstand_m = assign_buurten([203, -30], [50, -40], _build_rooster())
    assert codes.tolist() == [None, None]
    assert afstand_m.tolist() == [3, 50]
    assert find_dichtstbijzijnde(203, 50, _build_rooster()) == ("BU01", "Buurt 1")


def test_onbekende_coordinaat_krijgt_geen_code_en_geen_afstand() -> None:
    codes, afstand_m = assign_buurten([np.nan, 50, np.inf], [50, 50, 50], _build_rooster())
    assert codes.tolist() == [None, "BU00", None]
    assert np.isnan(afstand_m[[0, 2]]).all()


def test_zonder_gebieden_of_zonder_punten_is_er_niets_toe_te_wijzen() -> None:
    codes, afstand_m = assign_buurten([1.0], [1.0], _build_rooster().iloc[:0])
    assert codes.tolist() == [None]
    assert np.isnan(afstand_m).all()
    assert assign_buurten([], [], _build_rooster())[0].tolist() == []


def test_in_stukken_geeft_hetzelfde_als_in_een_keer() -> None:
    getallen = np.random.default_rng(1)
    x, y = getallen.uniform(-20, 220, 500), getallen.uniform(-20, 220, 500)
    toewijzer = Toewijzer(_build_rooster())
    heel = toewijzer.assign(x, y)
    stukken = [toewijzer.assign(x[i : i + 77], y[i : i + 77]) for i in range(0, 500, 77)]
    assert np.concatenate([s[0] for s in stukken]).tolist() == heel[0].tolist()
    np.testing.assert_array_equal(np.concatenate([s[1] for s in stukken]), heel[1])


def test_toewijzing_is_gelijk_aan_die_van_geopandas() -> None:
    getallen = np.random.default_rng(2)
    x, y = getallen.uniform(-20, 220, 2000), getallen.uniform(-20, 220, 2000)
    punten = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs="EPSG:28992")
    verwacht = gpd.sjoin(punten, _build_rooster(), how="left")["code"]
    codes, _ = assign_buurten(x, y, _build_rooster())
    assert [c or "-" for c in codes] == verwacht.fillna("-").tolist()


def test_gebieden_in_graden_worden_geweigerd() -> None:
    with pytest.raises(ValueError, match="EPSG:28992"):
        Toewijzer(_build_rooster().to_crs("EPSG:4326"))


def test_wgs84_naar_rd_op_het_punt_van_amersfoort() -> None:
    """The origin of RD: 52°09'22.178" N, 5°23'15.500" E on Bessel, (155000, 463000); WGS84 from the Kadaster."""
    x, y = transform_naar_rd([5.38720621, np.nan], [52.15517440, 52.0])
    assert abs(x[0] - 155000) < 1
    assert abs(y[0] - 463000) < 1
    assert np.isnan(x[1])
    assert np.isnan(y[1])
