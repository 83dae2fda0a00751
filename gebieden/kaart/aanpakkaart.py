"""A drawing of an aanpak: target, areas around it and comparison, each with a colour, a pattern and a letter."""

from base64 import b64encode
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import numpy as np
import shapely

from gebieden.kaart.geometrie import simplify_vlakken
from gebieden.kaart.kleuren import KAARTKLEUREN, Klasse, Kleurstelling, Vulling

_BREED: Final = 1000
_MARGE: Final = 0.06
_TOLERANTIE_M: Final = 5.0


class Aanpakrol(StrEnum):
    """What an area is to an aanpak; the value is its letter on the drawing."""

    DOEL = "D"
    RING = "R"
    VERGELIJKING = "V"


WOORDEN: Final[dict[Aanpakrol, str]] = {
    Aanpakrol.DOEL: "doelgebied: hier is de aanpak",
    Aanpakrol.RING: "de buurten eromheen",
    Aanpakrol.VERGELIJKING: "vergelijkingsbuurten",
}
_KLASSEN: Final = {Aanpakrol.DOEL: Klasse.VIJF, Aanpakrol.RING: Klasse.DRIE, Aanpakrol.VERGELIJKING: Klasse.EEN}
# What lies over the fill: nothing, stripes, dots.
_PATRONEN: Final = {
    Aanpakrol.DOEL: "",
    Aanpakrol.RING: '<path d="M0 12 12 0" stroke="{inkt}" stroke-width="1.6"/>',
    Aanpakrol.VERGELIJKING: '<circle cx="6" cy="6" r="1.7" fill="{inkt}"/>',
}


def draw_aanpakkaart(
    vormen: Mapping[str, shapely.Geometry], rollen: Mapping[str, Aanpakrol], kleurstelling: Kleurstelling
) -> str:
    """Return the drawing as SVG, cut out around the areas that take part; geometries in EPSG:28992, none empty.

    Nothing but numbers, colours and letters goes in. Empty when none of the areas has a shape.
    """
    mee = [vormen[code] for code in rollen if code in vormen]
    if not mee:
        return ""
    links, onder, rechts, boven = shapely.total_bounds(np.array(mee, dtype=object))
    marge = _MARGE * max(rechts - links, boven - onder, 1.0)
    links, boven = links - marge, boven + marge
    schaal = _BREED / (rechts + marge - links)
    hoog = round((boven - onder + marge) * schaal)
    vlakken = simplify_vlakken(np.array(list(vormen.values()), dtype=object), tolerantie_m=_TOLERANTIE_M)
    op_maat = shapely.transform(vlakken, lambda xy: (xy - (links, boven)) * (schaal, -schaal))
    per_code = dict(zip(vormen, op_maat, strict=True))
    kleuren = KAARTKLEUREN[kleurstelling]
    leeg = kleuren.klassen[Klasse.GEEN_PUNTEN]
    ander = "".join(
        f'<path d="{_compose_pad(vorm)}" fill="{leeg.vlak}" stroke="{leeg.inkt}" stroke-width="1"/>'
        for code, vorm in per_code.items()
        if code not in rollen
    )
    delen = "".join(_draw_gebied(per_code[c], rol, kleurstelling) for c, rol in rollen.items() if c in per_code)
    letters = "".join(_draw_letter(per_code[c], rol, kleurstelling) for c, rol in rollen.items() if c in per_code)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_BREED} {hoog}">{_define_patronen(kleurstelling)}'
        f"{ander}{delen}{letters}</svg>"
    )


def draw_vakje(rol: Aanpakrol, kleurstelling: Kleurstelling) -> str:
    """Return the sample of one role for the legend as SVG."""
    vlak = _draw_gebied(shapely.box(2, 2, 38, 26), rol, kleurstelling)
    letter = _draw_letter(shapely.box(2, 2, 38, 26), rol, kleurstelling, grootte=18)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 28">{_define_patronen(kleurstelling)}'
        f"{vlak}{letter}</svg>"
    )


def to_beeldadres(svg: str) -> str:
    """Return an SVG as the address of an image: `st.html` takes SVG elements out, not images."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _get_vulling(rol: Aanpakrol, kleurstelling: Kleurstelling) -> Vulling:
    return KAARTKLEUREN[kleurstelling].klassen[_KLASSEN[rol]]


def _define_patronen(kleurstelling: Kleurstelling) -> str:
    patronen = "".join(
        f'<pattern id="p{rol}" width="12" height="12" patternUnits="userSpaceOnUse">'
        f'<rect width="12" height="12" fill="{vulling.vlak}"/>{tekening.format(inkt=vulling.inkt)}</pattern>'
        for rol, tekening in _PATRONEN.items()
        for vulling in [_get_vulling(rol, kleurstelling)]
    )
    return f"<defs>{patronen}</defs>"


def _draw_gebied(vorm: shapely.Geometry, rol: Aanpakrol, kleurstelling: Kleurstelling) -> str:
    kleuren = KAARTKLEUREN[kleurstelling]
    rand = (kleuren.selectie, 5) if rol is Aanpakrol.DOEL else (kleuren.lijn, 2)
    return f'<path d="{_compose_pad(vorm)}" fill="url(#p{rol})" stroke="{rand[0]}" stroke-width="{rand[1]}"/>'


def _draw_letter(vorm: shapely.Geometry, rol: Aanpakrol, kleurstelling: Kleurstelling, grootte: int = 30) -> str:
    vulling = _get_vulling(rol, kleurstelling)
    midden = shapely.point_on_surface(vorm)
    return (
        f'<text x="{midden.x:.0f}" y="{midden.y + grootte / 3:.0f}" font-size="{grootte}" font-weight="700" '
        f'font-family="sans-serif" text-anchor="middle" fill="{vulling.inkt}" stroke="{vulling.vlak}" '
        f'stroke-width="{grootte / 5:.0f}" paint-order="stroke" stroke-linejoin="round">{rol.value}</text>'
    )


def _compose_pad(vorm: shapely.Geometry) -> str:
    ringen = shapely.get_rings(shapely.get_parts(vorm))
    return "".join(
        "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in shapely.get_coordinates(ring)[:-1].tolist()) + "Z"
        for ring in ringen
    )
