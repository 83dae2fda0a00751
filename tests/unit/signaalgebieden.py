"""Six square buurten in three wijken of one gemeente, for the tests of signals."""

from datetime import date

import geopandas as gpd
import shapely

from gebieden.domein.gebied import Gebied, Gebiedsboom, build_gebiedsboom

ZIJDE_M = 1000.0
ZUIDWEST = (110_000.0, 515_000.0)
BUURTEN = ("BU03610101", "BU03610102", "BU03610103", "BU03610201", "BU03610202", "BU03610301")
WIJKEN = ("WK036101", "WK036102", "WK036103")


def build_grenzen() -> gpd.GeoDataFrame:
    """Return the buurten as squares of a kilometre beside each other, from west to east, in RD."""
    x, y = ZUIDWEST
    vlakken = [shapely.box(x + i * ZIJDE_M, y, x + (i + 1) * ZIJDE_M, y + ZIJDE_M) for i in range(len(BUURTEN))]
    namen = [f"Buurt {code[-4:]}" for code in BUURTEN]
    return gpd.GeoDataFrame({"code": BUURTEN, "naam": namen}, geometry=vlakken, crs="EPSG:28992")


def list_gebieden() -> list[Gebied]:
    """Return the areas: gemeente, wijken, buurten, a gebied that cuts a wijk, and a dorp of one buurt."""
    return [
        Gebied("GM0361", "Alkmaar", "gemeente"),
        *(Gebied(code, f"Wijk {code[-2:]}", "wijk") for code in WIJKEN),
        *(Gebied(code, f"Buurt {code[-4:]}", "buurt") for code in BUURTEN),
        Gebied("GB01", "Gebied Oost", "gebied", buurten=frozenset(BUURTEN[1:4])),
        Gebied("DORP1", "Dorp Een", "dorp", buurten=frozenset(BUURTEN[4:5])),
    ]


def build_boom() -> Gebiedsboom:
    """Return the tree of those areas."""
    return build_gebiedsboom(list_gebieden(), date(2026, 1, 1))
