"""Geometry of one area: is it a valid surface, and can it be repaired without changing it?"""

import re
from dataclasses import dataclass

import shapely

MAX_AANDEEL_VERSCHIL = 0.001
"""A repair may change the area by 0.1 % at most."""

_REDENEN = {
    "Self-intersection": "zelfdoorsnijding",
    "Ring Self-intersection": "een rand die zichzelf raakt",
    "Hole lies outside shell": "een gat dat buiten het vlak ligt",
    "Holes are nested": "een gat in een gat",
    "Nested shells": "een vlak binnen een vlak",
    "Nested holes": "een gat in een gat",
    "Duplicate Rings": "twee keer dezelfde rand",
    "Too few points in geometry component": "een rand met te weinig punten",
    "Interior is disconnected": "een gat dat het vlak in stukken deelt",
    "Invalid Coordinate": "een onmogelijke coördinaat",
}


@dataclass(frozen=True, slots=True)
class Vormoordeel:
    """A shape that may be used (`vorm`), whether it was repaired, and what was wrong in Dutch."""

    vorm: shapely.Geometry | None
    is_hersteld: bool = False
    probleem: str = ""


def judge_vorm(vorm: shapely.Geometry | None) -> Vormoordeel:
    """Return the (Multi)Polygon to use for a shape in EPSG:28992, or why there is none.

    An invalid surface is repaired with make_valid where that keeps its area within 0.1 %; a bow tie of two
    equal halves has area zero by its own outline and is refused.
    """
    if vorm is None or vorm.is_empty:
        return Vormoordeel(None, probleem="heeft geen geometrie (leeg)")
    if vorm.geom_type not in {"Polygon", "MultiPolygon"}:
        return Vormoordeel(None, probleem=f"is geen vlak maar {_name_vorm(vorm.geom_type)}")
    if vorm.is_valid:
        if vorm.area == 0:
            return Vormoordeel(None, probleem="heeft een vlak zonder oppervlakte")
        return Vormoordeel(vorm)
    return _repair(vorm)


def _repair(vorm: shapely.Geometry) -> Vormoordeel:
    reden = explain_ongeldig(vorm)
    hersteld = _keep_vlakken(shapely.make_valid(vorm))
    verschil = abs(hersteld.area - vorm.area) / vorm.area if vorm.area else float("inf")
    if hersteld.is_empty or verschil > MAX_AANDEEL_VERSCHIL:
        procent = "geheel" if verschil == float("inf") else f"{verschil * 100:.1f} %".replace(".", ",")
        return Vormoordeel(
            None, probleem=f"heeft geen geldige geometrie: {reden}; herstel zou de oppervlakte {procent} veranderen"
        )
    return Vormoordeel(hersteld, is_hersteld=True, probleem=f"had geen geldige geometrie: {reden}")


def _keep_vlakken(vorm: shapely.Geometry) -> shapely.Geometry:
    """Return only the surfaces of a repaired shape; the lines and points that a repair leaves have no area."""
    delen = [d for d in shapely.get_parts(shapely.get_parts(vorm)) if d.geom_type == "Polygon" and d.area > 0]
    return delen[0] if len(delen) == 1 else shapely.MultiPolygon(delen)


def explain_ongeldig(vorm: shapely.Geometry) -> str:
    """Return why a shape is invalid and where, as `zelfdoorsnijding bij (111200, 516300)`."""
    uitleg = shapely.is_valid_reason(vorm)
    gevonden = re.match(r"^(?P<reden>[^\[]+?)\s*(?:\[(?P<x>\S+) (?P<y>\S+?)\])?$", uitleg)
    if gevonden is None:
        return uitleg
    reden = _REDENEN.get(gevonden["reden"], gevonden["reden"])
    if gevonden["x"] is None:
        return reden
    return f"{reden} bij ({float(gevonden['x']):.0f}, {float(gevonden['y']):.0f})"


def _name_vorm(soort: str) -> str:
    namen = {
        "Point": "een punt",
        "MultiPoint": "een groep punten",
        "LineString": "een lijn",
        "MultiLineString": "een groep lijnen",
        "GeometryCollection": "een mengsel van vormen",
    }
    return namen.get(soort, soort)
