"""Kaartbeeld: the map as folium elements. The base map is the same for everybody; what differs is a delta.

Geometry travels by URL (`geometrie.py`), colours in the delta (`kleuring.py`). Text never becomes HTML: it
goes as JSON to `static/kaart/*.js`, which puts it on the page with textContent or on a canvas.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import folium
from folium.template import Template

from gebieden.kaart.kleuren import build_kleurinstellingen
from gebieden.kaart.kleuring import Kleuring, encode_kleuring

Achtergrond = Literal["geen", "grijs"]

STATIC_MAP = Path(__file__).parents[2] / "static"
# From the component's page, /component/streamlit_folium.st_folium/index.html, to the root of the application:
# relative, so that the application also works below a path (server.baseUrlPath).
NAAR_WORTEL = "../../"
LEAFLET = "vendor/leaflet-1.9.4"
# The only address of a third party that the map ever asks, and only for a visitor who wants a background.
BRON_TEGELS = "https://service.pdok.nl"
PDOK_GRIJS = {
    "url": f"{BRON_TEGELS}/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{{z}}/{{x}}/{{y}}.png",
    "bron": "Achtergrond: Kaartgegevens © Kadaster",
}
SCRIPTS = (
    f"{LEAFLET}/leaflet.js",
    "kaart/grenzen.js",
    "kaart/gebiedenlaag.js",
    "kaart/merken.js",
    "kaart/kaart.js",
)
STIJLEN = (f"{LEAFLET}/leaflet.css", "kaart/kaart.css")
BRON_SCHEMATISCH = "Schematische grenzen"
BRON_OFFICIEEL = "Grenzen: CBS / Kadaster, via PDOK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kaartbeeld:
    """Everything that one visitor's map shows now.

    `grenzen_url` is the address of the boundary file, relative to the root of the application
    (`grenzen/{hash}.json`). `geselecteerd` is the code with the thick outline; `focus` the code that the map
    zooms to, with its neighbours pale around it.
    """

    kleuring: Kleuring
    grenzen_url: str
    schematisch: bool
    geselecteerd: str | None = None
    focus: str | None = None
    achtergrond: Achtergrond = "geen"


class Basiskaart(folium.Map):
    """An empty Leaflet map, served from here. Its script holds nothing of a visitor or a filter."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = gebiedenkaart.start("{{ this.get_name() }}", {{ this.kleuren }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__(tiles=None, location=[52.1, 5.3], zoom_start=7)
        self.kleuren = _write_json(build_kleurinstellingen())
        self.default_js = [(pad, _build_static_url(pad)) for pad in SCRIPTS]
        self.default_css = [(pad, _build_static_url(pad)) for pad in STIJLEN]


class Kaartdelta(folium.FeatureGroup):
    """The change that brings a map that is already there to a new `Kaartbeeld`."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = gebiedenkaart.toon({{ this.beeld }});
        {% endmacro %}
        """
    )

    def __init__(self, beeld: Kaartbeeld) -> None:
        super().__init__(control=False)
        self.beeld = _write_json(encode_kaartbeeld(beeld))


def encode_kaartbeeld(beeld: Kaartbeeld) -> dict[str, object]:
    """Return the delta as plain values: the colouring plus where the boundaries are and what is marked."""
    return encode_kleuring(beeld.kleuring) | {
        "g": NAAR_WORTEL + beeld.grenzen_url,
        "b": BRON_SCHEMATISCH if beeld.schematisch else BRON_OFFICIEEL,
        "sel": beeld.geselecteerd,
        "focus": beeld.focus,
        "tegels": PDOK_GRIJS if beeld.achtergrond == "grijs" else None,
    }


def _write_json(waarde: object) -> str:
    """Return JSON for inside a script, in which no text can become code, markup or a template.

    branca compiles every rendered script once more as a Jinja template, so `{{…}}` in a text would run on the
    server; streamlit-folium replaces `_name` and `{{'name'}}`. None of these can occur after this.
    """
    tekst = json.dumps(waarde, separators=(",", ":"))
    for teken in "_<>&'":
        tekst = tekst.replace(teken, f"\\u{ord(teken):04x}")
    return re.sub(r"\{(?=[{%#])", r"\\u007b", tekst)


@cache
def build_preload_links() -> str:
    """Return the `Link` header with which a browser fetches all scripts of the map at once, not in turn."""
    scripts = [f"<{_build_static_url(pad)}>; rel=preload; as=script" for pad in SCRIPTS]
    stijlen = [f"<{_build_static_url(pad)}>; rel=preload; as=style" for pad in STIJLEN]
    return ", ".join(scripts + stijlen)


@cache
def _build_static_url(pad: str) -> str:
    """Return the address of a file in `static/`, which changes with its content."""
    versie = hashlib.sha256((STATIC_MAP / pad).read_bytes()).hexdigest()[:8]
    return f"{NAAR_WORTEL}app/static/{pad}?v={versie}"
