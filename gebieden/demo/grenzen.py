"""Schematic boundaries of Alkmaar, made from rounded place points and a hand-drawn outline.

`python -m gebieden.demo.grenzen` rewrites `data/grenzen_schematisch.geojson`. Every buurt is the union of
the Voronoi cells of its own place points, cut by the outline. The lines are noded on whole metres
(EPSG:28992), so that neighbours share every vertex of their border and nothing overlaps.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely import STRtree
from shapely.geometry import MultiPoint, Point, Polygon

from gebieden.domein.fouten import InvoerError
from gebieden.instellingen import DATA

BESTAND_GRENZEN = DATA / "grenzen_schematisch.geojson"
RASTER_M = 1.0
CRS_28992 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}


@dataclass(frozen=True, slots=True)
class Gebiedscode:
    """One row of the code list of the gemeente; `inwoners` is None where CBS publishes none."""

    code: str
    niveau: str
    naam: str
    ouder: str | None
    inwoners: int | None
    oppervlakte_ha: int


def read_rijen(bestand: Path) -> list[dict[str, str]]:
    """Return the rows of a `;`-separated file of the demo set as they are written."""
    with bestand.open(encoding="utf-8", newline="") as stroom:
        return list(csv.DictReader(stroom, delimiter=";"))


def read_codes(map_data: Path = DATA) -> list[Gebiedscode]:
    """Return gemeente, wijken and buurten in the order of the code list."""
    return [_to_gebiedscode(rij) for rij in read_rijen(map_data / "codes_alkmaar.csv")]


def _to_gebiedscode(rij: Mapping[str, str]) -> Gebiedscode:
    ouders = {"gemeente": None, "wijk": rij["gemeentecode"], "buurt": rij["wijkcode"]}
    return Gebiedscode(
        code=rij["code"],
        niveau=rij["niveau"],
        naam=rij["naam"],
        ouder=ouders[rij["niveau"]],
        inwoners=int(rij["inwoners"]) if rij["inwoners"] else None,
        oppervlakte_ha=int(rij["oppervlakte_ha"]),
    )


def read_omtrek(map_data: Path = DATA) -> Polygon:
    """Return the hand-drawn outline of the gemeente in EPSG:28992."""
    return Polygon([_to_punt(rij) for rij in read_rijen(map_data / "omtrek_schets.csv")])


def read_plaatspunten(map_data: Path = DATA) -> list[tuple[str, Point]]:
    """Return buurt code and place point (EPSG:28992); a large buurt has several points."""
    return [(rij["code"], _to_punt(rij)) for rij in read_rijen(map_data / "plaatspunten.csv")]


def _to_punt(rij: Mapping[str, str]) -> Point:
    return Point(int(rij["x"]), int(rij["y"]))


def divide_omtrek(omtrek: Polygon, plaatspunten: list[tuple[str, Point]]) -> dict[str, Polygon]:
    """Return for each buurt code its part of the outline; the parts cover it without gap or overlap.

    The lines between cells of different buurten are noded together with the outline on a grid of whole
    metres first and only then made into faces, so that a shared border is one and the same line.
    """
    punten = [punt for _, punt in plaatspunten]
    cellijnen = shapely.voronoi_polygons(MultiPoint(punten), extend_to=omtrek, only_edges=True)
    lijnen = shapely.union_all([cellijnen, omtrek.exterior], grid_size=RASTER_M)
    vlakken = shapely.polygonize(list(shapely.get_parts(lijnen))).geoms
    boom = STRtree(punten)
    per_buurt: dict[str, list[Polygon]] = defaultdict(list)
    for vlak in vlakken:
        middelpunt = vlak.representative_point()
        if omtrek.contains(middelpunt):
            per_buurt[plaatspunten[int(boom.nearest(middelpunt))][0]].append(vlak)
    return {code: shapely.coverage_union_all(delen) for code, delen in per_buurt.items()}


def build_gebieden(codes: list[Gebiedscode], buurten: Mapping[str, Polygon]) -> dict[str, Polygon]:
    """Return the geometry of every area; a parent is the union of its children."""
    geometrie: dict[str, Polygon] = dict(buurten)
    for niveau in ("wijk", "gemeente"):
        for gebied in codes:
            if gebied.niveau == niveau:
                kinderen = [geometrie[kind.code] for kind in codes if kind.ouder == gebied.code]
                geometrie[gebied.code] = shapely.coverage_union_all(kinderen)
    return {gebied.code: shapely.normalize(geometrie[gebied.code]) for gebied in codes}


def build_geojson(codes: list[Gebiedscode], geometrie: Mapping[str, Polygon]) -> str:
    """Return the boundaries as GeoJSON text, one area per line, coordinates in whole metres."""
    regels = [json.dumps(_to_feature(gebied, geometrie[gebied.code]), ensure_ascii=False) for gebied in codes]
    kop = json.dumps(CRS_28992)
    return (
        f'{{"type": "FeatureCollection", "name": "grenzen_schematisch", "crs": {kop}, "features": [\n'
        + ",\n".join(regels)
        + "\n]}\n"
    )


def _to_feature(gebied: Gebiedscode, vlak: Polygon) -> dict[str, object]:
    if not isinstance(vlak, Polygon):
        raise InvoerError(
            f"Gebied {gebied.code} ({gebied.naam}) valt in de schematische kaart uiteen in losse vlakken; "
            "verwacht wordt één vlak. Verplaats de plaatspunten van dit gebied in data/plaatspunten.csv."
        )
    ringen = [vlak.exterior, *vlak.interiors]
    return {
        "type": "Feature",
        "properties": {
            "code": gebied.code,
            "naam": gebied.naam,
            "niveau": gebied.niveau,
            "ouder": gebied.ouder,
            "inwoners": gebied.inwoners,
            "schematisch": True,
        },
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[int(x), int(y)] for x, y in ring.coords] for ring in ringen],
        },
    }


def make_grenzen(map_data: Path = DATA) -> str:
    """Return the text of `grenzen_schematisch.geojson`, made from the files in the data folder."""
    codes = read_codes(map_data)
    buurten = divide_omtrek(read_omtrek(map_data), read_plaatspunten(map_data))
    return build_geojson(codes, build_gebieden(codes, buurten))


def main() -> None:
    """Rewrite the committed boundaries."""
    BESTAND_GRENZEN.write_text(make_grenzen(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
