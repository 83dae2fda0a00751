"""Grenzen as one small file: simplified, in map units, the same bytes for the same areas.

The browser asks for it once, by the hash of its content, and keeps it. Decoded by
`static/kaart/gebiedenlaag.js`; the layout is in `build_grenzenbestand`.
"""

import gzip
import hashlib
import json
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from gebieden.domein.fouten import CrsError

RD = "EPSG:28992"
WEB_MERCATOR = "EPSG:3857"
HALVE_WERELD_M = 20037508.342789244
# Vertices of neighbours that differ by less than this are the same vertex.
SAMENVALLEN_M = 0.01

Getallen = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grenzenbestand:
    """Boundaries of one set of areas, ready to be served as `/grenzen/{hash}.json`.

    `inhoud_gzip` is the JSON, gzip-compressed. `codes` gives the order of the areas in the file, which is the
    order of everything that is later said about them.
    """

    hash: str
    inhoud_gzip: bytes
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """How fine a set is drawn: simplification in RD metres, grid in metres of Web Mercator."""

    tolerantie_m: float
    raster_m: float


def determine_detail(aantal_gebieden: int) -> Detail:
    """Return the detail for a set of this size: the more areas, the smaller each is on a screen."""
    if aantal_gebieden <= 150:
        return Detail(tolerantie_m=2.0, raster_m=1.0)
    if aantal_gebieden <= 2000:
        return Detail(tolerantie_m=5.0, raster_m=2.0)
    return Detail(tolerantie_m=30.0, raster_m=10.0)


def build_grenzenbestand(gebieden: gpd.GeoDataFrame) -> Grenzenbestand:
    """Return the boundaries of these areas as a file for the browser.

    Parameters
    ----------
    gebieden
        Columns code, naam, niveau and geometry, one row per area, EPSG:28992. Not changed.

    Returns
    -------
    Grenzenbestand
        JSON with `codes`, `namen` and `niveaus` per area in the order of the rows; `oorsprong` in units of
        `raster_m` metres from the north-west corner of Web Mercator, y downwards; `ringen`, the number of
        rings per area; `punten`, the number of points per ring; `stappen`, x and y of every point as a step
        from the one before. Outer rings run clockwise on the screen, holes the other way; rings are not
        closed.

    Raises
    ------
    CrsError
        When the frame does not say that it is in EPSG:28992.
    """
    if gebieden.crs is None or gebieden.crs.to_epsg() != 28992:
        raise CrsError(
            f"De grenzen voor de kaart staan in coördinatenstelsel {gebieden.crs}. Nodig is {RD}. "
            f"Zet ze eerst om naar {RD}."
        )
    detail = determine_detail(len(gebieden))
    vlakken = simplify_vlakken(np.asarray(gebieden.geometry.values), tolerantie_m=detail.tolerantie_m)
    inhoud = _encode_vlakken(vlakken, raster_m=detail.raster_m)
    codes = tuple(str(code) for code in gebieden["code"])
    inhoud |= {
        "codes": list(codes),
        "namen": [str(naam) for naam in gebieden["naam"]],
        "niveaus": [str(niveau) for niveau in gebieden["niveau"]],
    }
    tekst = json.dumps(inhoud, separators=(",", ":"), sort_keys=True).encode()
    return Grenzenbestand(
        hash=hashlib.sha256(tekst).hexdigest()[:32],
        inhoud_gzip=gzip.compress(tekst, compresslevel=9, mtime=0),
        codes=codes,
    )


def simplify_vlakken(vlakken: npt.NDArray[np.object_], *, tolerantie_m: float) -> npt.NDArray[np.object_]:
    """Return the areas with fewer vertices; a border that two areas share vertex by vertex stays shared.

    Borders that do not match in the source (gaps, overlaps) are simplified each on its own. A result that is
    invalid or empty is replaced by that area simplified alone.
    """
    vlakken = np.where(shapely.is_missing(vlakken), shapely.Polygon(), vlakken)
    gesnapt = shapely.transform(vlakken, lambda xy: np.round(xy / SAMENVALLEN_M) * SAMENVALLEN_M)
    samen = shapely.coverage_simplify(gesnapt, tolerantie_m)
    stuk = ~shapely.is_valid(samen) | shapely.is_empty(samen)
    samen[stuk] = shapely.simplify(shapely.make_valid(vlakken[stuk]), tolerantie_m, preserve_topology=True)
    return samen


def _encode_vlakken(vlakken: npt.NDArray[np.object_], *, raster_m: float) -> dict[str, object]:
    gericht = shapely.orient_polygons(vlakken, exterior_cw=True)
    delen, gebied_van_deel = shapely.get_parts(gericht, return_index=True)
    is_vlak = shapely.get_type_id(delen) == shapely.GeometryType.POLYGON
    ringen, deel_van_ring = shapely.get_rings(delen[is_vlak], return_index=True)
    gebied_van_ring = gebied_van_deel[is_vlak][deel_van_ring]
    xy, ring_van_punt = shapely.get_coordinates(ringen, return_index=True)
    raster = _to_raster(xy, raster_m=raster_m)
    blijft = _select_hoekpunten(raster, ring_van_punt)
    aantal = np.bincount(ring_van_punt[blijft], minlength=len(ringen))
    ring_blijft = (aantal >= 3) | ~_has_large_ring(aantal, gebied_van_ring)
    blijft &= ring_blijft[ring_van_punt]
    punten = raster[blijft]
    oorsprong = punten[0] if len(punten) else np.zeros(2, dtype=np.int64)
    stappen = np.diff(punten, axis=0, prepend=oorsprong[np.newaxis])
    return {
        "versie": 1,
        "raster_m": raster_m,
        "oorsprong": oorsprong.tolist(),
        "ringen": np.bincount(gebied_van_ring[ring_blijft], minlength=len(vlakken)).tolist(),
        "punten": aantal[ring_blijft].tolist(),
        "stappen": stappen.ravel().tolist(),
    }


def _to_raster(xy: npt.NDArray[np.float64], *, raster_m: float) -> Getallen:
    """Return RD coordinates as whole grid steps from the north-west corner of the Web Mercator world."""
    x, y = Transformer.from_crs(RD, WEB_MERCATOR, always_xy=True).transform(xy[:, 0], xy[:, 1])
    vanaf_hoek = np.column_stack([np.asarray(x) + HALVE_WERELD_M, HALVE_WERELD_M - np.asarray(y)])
    return np.round(vanaf_hoek / raster_m).astype(np.int64)


def _select_hoekpunten(raster: Getallen, ring_van_punt: Getallen) -> npt.NDArray[np.bool_]:
    """Return which points to keep: not the closing point of a ring, not one equal to the point before it."""
    nieuwe_ring = np.diff(ring_van_punt, prepend=-1) != 0
    laatste = np.append(nieuwe_ring[1:], True)
    verschilt = np.any(np.diff(raster, axis=0, prepend=raster[:1]) != 0, axis=1)
    return (nieuwe_ring | verschilt) & ~laatste


def _has_large_ring(aantal: Getallen, gebied_van_ring: Getallen) -> npt.NDArray[np.bool_]:
    """Return per ring whether its area has a ring that is still a surface on the grid."""
    grootste = np.zeros(gebied_van_ring.max(initial=-1) + 1, dtype=np.int64)
    np.maximum.at(grootste, gebied_van_ring, aantal)
    return grootste[gebied_van_ring] >= 3
