"""A small black-and-white map of an area and its neighbours, as SVG paths of numbers only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import shapely

_ZIJDE = 100
_RAND = 0.25


@dataclass(frozen=True, slots=True)
class Kaartje:
    """SVG path data in a square of 100 by 100; made by `compose_kaartje`."""

    vlak: str
    buren: tuple[str, ...]
    schematisch: bool


def compose_kaartje(
    vorm: shapely.Geometry, buren: Iterable[shapely.Geometry] = (), *, schematisch: bool = False
) -> Kaartje:
    """Return the map of a shape with a quarter of its size around it; all geometry in EPSG:28992."""
    links, onder, rechts, boven = vorm.bounds
    zijde = max(rechts - links, boven - onder) * (1 + 2 * _RAND) or 1.0
    hoek_x, hoek_y = (links + rechts - zijde) / 2, (onder + boven + zijde) / 2
    schaal = _ZIJDE / zijde
    venster = shapely.box(hoek_x, hoek_y - zijde, hoek_x + zijde, hoek_y)
    delen = [
        _compose_pad(shapely.simplify(deel, zijde / 400), hoek_x, hoek_y, schaal)
        for deel in (vorm, *(buur.intersection(venster) for buur in buren))
    ]
    return Kaartje(delen[0], tuple(pad for pad in delen[1:] if pad), schematisch)


def _compose_pad(vorm: shapely.Geometry, hoek_x: float, hoek_y: float, schaal: float) -> str:
    vlakken = [deel for deel in shapely.get_parts(vorm) if deel.geom_type == "Polygon"]
    ringen = [ring for vlak in vlakken for ring in (vlak.exterior, *vlak.interiors)]
    return "".join(
        _compose_ring([((x - hoek_x) * schaal, (hoek_y - y) * schaal) for x, y in ring.coords]) for ring in ringen
    )


def _compose_ring(punten: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in punten[:-1]) + "Z" if punten else ""


def render_kaartje(kaartje: Kaartje, naam: str) -> str:
    """Return the map as an SVG element, named for who cannot see it."""
    buren = "".join(
        f'<path d="{pad}" fill="#f4f4f4" stroke="#999" stroke-width=".5" fill-rule="evenodd"/>' for pad in kaartje.buren
    )
    return (
        f'<svg viewBox="0 0 {_ZIJDE} {_ZIJDE}" role="img" aria-label="Kaart: {escape(naam)} en omgeving">{buren}'
        f'<path d="{kaartje.vlak}" fill="#d9d9d9" stroke="#000" stroke-width="1.2" fill-rule="evenodd"/></svg>'
    )
