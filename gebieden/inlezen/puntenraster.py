"""Many points to areas: a grid of cells that lie whole in one area, and the exact test for the rest."""

from collections.abc import Callable

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from gebieden.inlezen.toewijzen import Toewijzer, get_wgs84_naar_rd, transform_naar_rd

Getallen = npt.NDArray[np.float64]
Nummers = npt.NDArray[np.int64]

BUITEN = -1
_GEMENGD = -2
_EERSTE_VERDELING, _LAATSTE_VERDELING = 16, 512
_VANAF_PUNTEN = 50_000
"""A grid costs a tenth of a second to make: from this many points on it pays."""
_MAX_RAND_M = 50.0


class Puntenraster:
    """Gives points in RD or degrees the number of their area, the same one as `Toewijzer`.

    `codes` and `opschriften` (code and name) are in the order of the numbers.
    """

    def __init__(self, gebieden: gpd.GeoDataFrame) -> None:
        self._toewijzer = Toewijzer(gebieden)
        namen = dict(zip(gebieden["code"], gebieden["naam"], strict=True))
        self.codes: list[str] = self._toewijzer.codes.tolist()
        self.opschriften = [f"{code} {namen[code]}" for code in self.codes]
        self._gezien = 0
        self._rasters: dict[bool, _Raster | None] = {}

    def assign(self, a: Getallen, b: Getallen, *, in_graden: bool) -> Nummers:
        """Return per point (lon, lat or x, y; finite) the number of its area, `BUITEN` outside all."""
        self._gezien += len(a)
        if self._gezien < _VANAF_PUNTEN or not self.codes:
            return self._assign_exact(*_to_rd(a, b, in_graden))
        if in_graden not in self._rasters:
            self._rasters[in_graden] = self._build_raster(in_graden)
        raster = self._rasters[in_graden]
        nummers = raster.lookup(a, b) if raster else np.full(len(a), _GEMENGD)
        gemengd = np.flatnonzero(nummers == _GEMENGD)
        nummers[gemengd] = self._assign_exact(*_to_rd(a[gemengd], b[gemengd], in_graden))
        return nummers

    def measure(self, a: Getallen, b: Getallen, *, in_graden: bool) -> tuple[Nummers, Getallen]:
        """Return the nearest area of points outside all of them, and the distance in metres."""
        x, y = _to_rd(a, b, in_graden)
        nummers, afstand_m = np.full(len(x), BUITEN, dtype=np.int64), np.full(len(x), np.nan)
        eindig = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        nummers[eindig], afstand_m[eindig] = self._toewijzer.measure(x[eindig], y[eindig])
        return nummers, afstand_m

    def _assign_exact(self, x: Getallen, y: Getallen) -> Nummers:
        nummers = np.full(len(x), BUITEN, dtype=np.int64)
        eindig = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        nummers[eindig] = self._toewijzer.find(x[eindig], y[eindig])
        return nummers

    def _build_raster(self, in_graden: bool) -> "_Raster | None":
        vlakken = self._toewijzer.vlakken
        hoekpunten = shapely.get_coordinates(vlakken)
        if in_graden:
            x, y = hoekpunten.T
            hoekpunten = np.column_stack(get_wgs84_naar_rd().transform(x, y, direction="INVERSE"))
        laag, hoog = hoekpunten.min(axis=0), hoekpunten.max(axis=0)
        if not (np.isfinite(laag).all() and (hoog > laag).all()):
            return None
        randen = shapely.STRtree(_list_randen(vlakken))
        return _Raster(laag, hoog, randen, lambda a, b: self._assign_exact(*_to_rd(a, b, in_graden)), in_graden)


def _to_rd(a: Getallen, b: Getallen, in_graden: bool) -> tuple[Getallen, Getallen]:
    return transform_naar_rd(a, b) if in_graden else (a, b)


def _list_randen(vlakken: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Return the edges of all areas as short lines of two points, so that the box around each is small."""
    ringen = shapely.get_parts(shapely.boundary(shapely.segmentize(vlakken, _MAX_RAND_M)))
    punten, ring = shapely.get_coordinates(ringen, return_index=True)
    zelfde = ring[1:] == ring[:-1]
    return shapely.linestrings(np.stack([punten[:-1][zelfde], punten[1:][zelfde]], axis=1))


class _Raster:
    """A grid over a rectangle; each cell holds an area's number, `BUITEN`, or `_GEMENGD` where a border is near.

    Cells are split in four for as long as a border runs through them. Near is a metre more than through,
    and as much again as a line of latitude is bent in RD, so that rounding never decides.
    """

    def __init__(
        self, laag: Getallen, hoog: Getallen, randen: shapely.STRtree, assign: Callable[..., Nummers], in_graden: bool
    ) -> None:
        self._laag, self._in_graden = laag, in_graden
        self._cel = (hoog - laag) / _LAATSTE_VERDELING
        self._nummers = np.full((_LAATSTE_VERDELING, _LAATSTE_VERDELING), _GEMENGD, dtype=np.int64)
        kolom, rij = (a.ravel() for a in np.meshgrid(np.arange(_EERSTE_VERDELING), np.arange(_EERSTE_VERDELING)))
        verdeling = _EERSTE_VERDELING
        while True:
            schaal = _LAATSTE_VERDELING // verdeling
            gemengd = self._is_gemengd(kolom, rij, schaal, randen)
            self._fill(kolom[~gemengd], rij[~gemengd], schaal, assign)
            kolom, rij, verdeling = kolom[gemengd], rij[gemengd], verdeling * 2
            if verdeling > _LAATSTE_VERDELING:
                break
            kolom = (kolom[:, None] * 2 + np.array([0, 1, 0, 1])).ravel()
            rij = (rij[:, None] * 2 + np.array([0, 0, 1, 1])).ravel()

    def _is_gemengd(self, kolom: Nummers, rij: Nummers, schaal: int, randen: shapely.STRtree) -> npt.NDArray[np.bool_]:
        hoeken = [
            _to_rd(
                self._laag[0] + (kolom + dx) * schaal * self._cel[0],
                self._laag[1] + (rij + dy) * schaal * self._cel[1],
                self._in_graden,
            )
            for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1))
        ]
        x, y = np.stack([h[0] for h in hoeken]), np.stack([h[1] for h in hoeken])
        lengte = np.maximum(np.ptp(x, axis=0), np.ptp(y, axis=0))
        marge = 1 + lengte**2 / 1e7
        vakken = shapely.box(x.min(axis=0) - marge, y.min(axis=0) - marge, x.max(axis=0) + marge, y.max(axis=0) + marge)
        gemengd = np.zeros(len(kolom), dtype=bool)
        gemengd[randen.query(vakken)[0]] = True
        return gemengd

    def _fill(self, kolom: Nummers, rij: Nummers, schaal: int, assign: Callable[..., Nummers]) -> None:
        midden = [self._laag[as_] + (plaats + 0.5) * schaal * self._cel[as_] for as_, plaats in ((0, kolom), (1, rij))]
        nummers = assign(*midden)
        binnen = np.arange(schaal)
        kolommen = (kolom[:, None] * schaal + binnen)[:, :, None]
        rijen = (rij[:, None] * schaal + binnen)[:, None, :]
        self._nummers[kolommen, rijen] = nummers[:, None, None]

    def lookup(self, a: Getallen, b: Getallen) -> Nummers:
        """Return per point what its cell holds; `_GEMENGD` outside the rectangle."""
        kolom = np.floor((a - self._laag[0]) / self._cel[0]).astype(np.int64)
        rij = np.floor((b - self._laag[1]) / self._cel[1]).astype(np.int64)
        binnen = (kolom >= 0) & (rij >= 0) & (kolom < _LAATSTE_VERDELING) & (rij < _LAATSTE_VERDELING)
        nummers = np.full(len(kolom), _GEMENGD, dtype=np.int64)
        nummers[binnen] = self._nummers[kolom[binnen], rij[binnen]]
        return nummers
