"""Points to areas: which area holds a point, and how far away it is when none does."""

from collections.abc import Sequence
from functools import lru_cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyproj
import shapely

GEOMETRIE_CRS = "EPSG:28992"

Getallen = npt.NDArray[np.float64]


@lru_cache(maxsize=1)
def get_wgs84_naar_rd() -> pyproj.Transformer:
    """Return the transformation from longitude, latitude to RD metres."""
    return pyproj.Transformer.from_crs("OGC:CRS84", GEOMETRIE_CRS, always_xy=True)


def transform_naar_rd(lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Getallen, Getallen]:
    """Return RD x, y in metres for WGS84 degrees; nan where a coordinate is nan or cannot be transformed."""
    x, y = get_wgs84_naar_rd().transform(np.asarray(lon, dtype="float64"), np.asarray(lat, dtype="float64"))
    kapot = ~(np.isfinite(x) & np.isfinite(y))
    return np.where(kapot, np.nan, x), np.where(kapot, np.nan, y)


class Toewijzer:
    """A spatial index over areas, built once and asked for every chunk of a large file."""

    def __init__(self, gebieden: gpd.GeoDataFrame) -> None:
        if gebieden.crs is None or gebieden.crs.to_epsg() != 28992:
            raise ValueError("Gebieden moeten in EPSG:28992 staan.")
        codes = gebieden["code"].to_numpy(dtype=object)
        volgorde = np.argsort(codes.astype(str), kind="stable")
        self.codes = codes[volgorde]
        self.vlakken = gebieden.geometry.to_numpy()[volgorde]
        shapely.prepare(self.vlakken)
        self._index = shapely.STRtree(self.vlakken)

    def find(self, x: Getallen, y: Getallen) -> npt.NDArray[np.int64]:
        """Return per point (finite) the place of its area in `codes`, -1 outside all.

        A point on a shared border goes to the lowest code, whatever the order of the areas.
        """
        laagste = np.full(len(x), len(self.codes), dtype="int64")
        punt, vlak = self._index.query(shapely.points(x, y))
        raakt = shapely.intersects_xy(self.vlakken[vlak], x[punt], y[punt])
        np.minimum.at(laagste, punt[raakt], vlak[raakt])
        return np.where(laagste < len(self.codes), laagste, -1)

    def measure(self, x: Getallen, y: Getallen) -> tuple[npt.NDArray[np.int64], Getallen]:
        """Return per point (finite) the place in `codes` of the nearest area, and the distance in metres."""
        nummers, afstand_m = np.full(len(x), -1, dtype="int64"), np.full(len(x), np.nan)
        if len(x):
            (punt, vlak), afstand = self._index.query_nearest(
                shapely.points(x, y), return_distance=True, all_matches=False
            )
            nummers[punt], afstand_m[punt] = vlak, afstand
        return nummers, afstand_m

    def assign(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[npt.NDArray[np.object_], Getallen]:
        """Return per point the code of its area (None outside) and its distance in metres.

        A point on a shared border goes to the lowest code, whatever the order of the areas. The distance
        is 0 inside, to the nearest area outside, and nan where a coordinate is not a finite number.
        """
        xs, ys = np.asarray(x, dtype="float64"), np.asarray(y, dtype="float64")
        codes = np.full(len(xs), None, dtype=object)
        afstand_m = np.full(len(xs), np.nan)
        eindig = np.flatnonzero(np.isfinite(xs) & np.isfinite(ys))
        if not len(self.codes) or not len(eindig):
            return codes, afstand_m
        nummers = self.find(xs[eindig], ys[eindig])
        binnen, buiten = eindig[nummers >= 0], eindig[nummers < 0]
        codes[binnen] = self.codes[nummers[nummers >= 0]]
        afstand_m[binnen] = 0.0
        afstand_m[buiten] = self.measure(xs[buiten], ys[buiten])[1]
        return codes, afstand_m


def assign_buurten(
    x: npt.ArrayLike, y: npt.ArrayLike, gebieden: gpd.GeoDataFrame
) -> tuple[npt.NDArray[np.object_], Getallen]:
    """Return codes and distances for RD points in one go; see `Toewijzer.assign`."""
    return Toewijzer(gebieden).assign(x, y)


def find_dichtstbijzijnde(
    x: float, y: float, gebieden: gpd.GeoDataFrame, kolommen: Sequence[str] = ("code", "naam")
) -> tuple[str, ...]:
    """Return code and name of the nearest area, for a message about one point."""
    nummer = int(gebieden.distance(shapely.Point(x, y)).to_numpy().argmin())
    return tuple(str(gebieden.iloc[nummer][kolom]) for kolom in kolommen)
