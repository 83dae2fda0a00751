"""Coordinate systems of boundary files: what is declared, what the numbers say, and RD as the result."""

import re

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from gebieden.domein.fouten import CrsError
from gebieden.inlezen.toewijzen import transform_naar_rd

RD, WGS84 = "EPSG:28992", "EPSG:4326"
RD_GEBIED = (-10_000.0, 280_000.0, 310_000.0, 640_000.0)
"""x_min, y_min, x_max, y_max in metres: the Netherlands with its territorial waters."""
WGS84_GEBIED = (2.5, 50.5, 7.5, 55.9)
"""lon_min, lat_min, lon_max, lat_max in degrees, the same area."""


def normalize_crs(opgegeven: str) -> str | None:
    """Return `EPSG:28992` or `EPSG:4326` for any way to write those (CRS84 too), None for another system."""
    schoon = opgegeven.strip()
    if re.search(r"CRS:?84$", schoon, re.IGNORECASE):
        return WGS84
    if gevonden := re.search(r"EPSG[:/](?:[\d.]*[:/])?(\d{4,6})$", schoon, re.IGNORECASE):
        return {"28992": RD, "4326": WGS84, "4979": WGS84}.get(gevonden[1])
    if schoon in {"28992", "4326"}:
        return f"EPSG:{schoon}"
    try:
        code = pyproj.CRS.from_user_input(schoon).to_epsg(min_confidence=60)
    except pyproj.exceptions.CRSError:
        return None
    return {28992: RD, 4326: WGS84, 4979: WGS84}.get(code or 0)


def name_crs(opgegeven: str) -> str:
    """Return a system's own name with its code, or the text itself when it is not known."""
    try:
        crs = pyproj.CRS.from_user_input(opgegeven)
    except pyproj.exceptions.CRSError:
        return opgegeven[:80]
    code = crs.to_epsg()
    return f"{crs.name} (EPSG:{code})" if code else crs.name


def determine_crs(opgegeven: str | None, gekozen: str | None, grootte: str | None, bestand: str) -> str:
    """Return the system to read a layer in.

    `opgegeven` is what the file declares, `gekozen` what the user says (`--crs`, which wins), `grootte`
    what the numbers look like (see `measure_grootte`). Nothing declared is CRS84; numbers that contradict
    the system are refused, never reinterpreted.

    Raises
    ------
    CrsError
        Another system than 28992 or 4326, or coordinates of the wrong size for it.
    """
    for naam in (gekozen, opgegeven):
        if naam is not None and normalize_crs(naam) is None:
            raise CrsError(
                f"{bestand} staat in coördinatenstelsel {name_crs(naam)}. Verwacht: EPSG:28992 (RD) of EPSG:4326 "
                "(WGS84). Zet het bestand in QGIS om naar EPSG:28992 en lees het opnieuw in."
            )
    crs = normalize_crs(gekozen or opgegeven or WGS84) or WGS84
    if grootte is None or grootte == crs:
        return crs
    bron = (
        f"met --crs {gekozen}" if gekozen else f"in {name_crs(opgegeven)}" if opgegeven else "zonder coördinatenstelsel"
    )
    raise CrsError(
        f"{bestand} is gelezen {bron}, maar de coördinaten zijn {_describe(grootte)}. Verwacht: coördinaten in "
        f"{_describe(crs)}. Als het {grootte} is: lees het opnieuw in met --crs {grootte}."
    )


def _describe(crs: str) -> str:
    return {RD: "meters in RD", WGS84: "graden (lengte, breedte)"}.get(crs, "geen van beide: niet in Nederland")


def measure_grootte(vormen: npt.NDArray[np.object_]) -> tuple[str | None, bool]:
    """Return which system the coordinates look like, and whether x and y stand swapped.

    Judged by the median centre, so that one stray feature does not decide. None without shapes;
    `onbekend` when they fit neither. In the Netherlands no longitude is a latitude and no RD x is a y,
    so a swap has only one reading.
    """
    grenzen = shapely.bounds(vormen)
    grenzen = grenzen[np.isfinite(grenzen).all(axis=1)] if len(grenzen) else grenzen
    if not len(grenzen):
        return None, False
    x = float(np.median((grenzen[:, 0] + grenzen[:, 2]) / 2))
    y = float(np.median((grenzen[:, 1] + grenzen[:, 3]) / 2))
    for crs, gebied in ((RD, RD_GEBIED), (WGS84, WGS84_GEBIED)):
        if _is_binnen(x, y, gebied):
            return crs, False
        if _is_binnen(y, x, gebied):
            return crs, True
    return ("onbekend" if abs(x) > 180 or abs(y) > 90 else WGS84), False


def _is_binnen(x: float, y: float, gebied: tuple[float, float, float, float]) -> bool:
    return gebied[0] <= x <= gebied[2] and gebied[1] <= y <= gebied[3]


def transform_vormen(vormen: npt.NDArray[np.object_], crs: str, *, omgewisseld: bool) -> npt.NDArray[np.object_]:
    """Return the shapes in EPSG:28992; coordinates that cannot be transformed become nan."""
    if omgewisseld:
        vormen = shapely.transform(vormen, lambda punten: punten[:, ::-1])
    if crs == RD:
        return vormen
    return shapely.transform(vormen, lambda punten: np.column_stack(transform_naar_rd(punten[:, 0], punten[:, 1])))


def is_in_nederland(vorm: shapely.Geometry) -> bool:
    """Return whether every coordinate of an RD shape is finite and in or near the Netherlands."""
    x_min, y_min, x_max, y_max = shapely.bounds(vorm)
    return _is_binnen(x_min, y_min, RD_GEBIED) and _is_binnen(x_max, y_max, RD_GEBIED) and _is_eindig(vorm)


def _is_eindig(vorm: shapely.Geometry) -> bool:
    return bool(np.isfinite(shapely.get_coordinates(vorm)).all())
