"""GeoJSON read by itself: GDAL loses the zone of `22:00Z`, an unknown CRS, and a whole file for one bad ring."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
import shapely.geometry

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.jsonbestand import parse_json

MAX_TEKENS_VAN_BOUW = 12_000_000
"""Largest number of brackets, braces and commas. An empty list takes three bytes in the file and 64 in memory."""

_BLOK = 1024**2


@dataclass
class Geojsoninhoud:
    """Features in file order; `oorzaken` says per index why a shape could not be built."""

    crs: str | None
    eigenschappen: list[dict[str, Any]]
    vormen: list[shapely.Geometry | None]
    oorzaken: dict[int, str] = field(default_factory=dict)


def check_omvang(pad: Path, bestand: str) -> None:
    """Raise InvoerError for a file that would take far more memory than its size tells."""
    aantal = 0
    with pad.open("rb") as open_bestand:
        while blok := open_bestand.read(_BLOK):
            aantal += blok.count(b"[") + blok.count(b"{") + blok.count(b",")
            if aantal > MAX_TEKENS_VAN_BOUW:
                raise InvoerError(
                    f"Bestand {bestand} is te groot: het bestaat uit meer dan {MAX_TEKENS_VAN_BOUW} delen. Een "
                    "coördinaat is er drie. Vereenvoudig de vlakken, splits het bestand, of lever een GeoPackage."
                )


def read_geojson(ruw: bytes, bestand: str) -> Geojsoninhoud:
    """Return the features of a FeatureCollection (or one Feature), in UTF-8 with or without BOM.

    Raises
    ------
    InvoerError
        The text is no JSON, is cut off, or is no FeatureCollection.
    """
    inhoud = _parse_json(ruw, bestand)
    features = inhoud.get("features") if inhoud.get("type") == "FeatureCollection" else [inhoud]
    if inhoud.get("type") not in {"FeatureCollection", "Feature"} or not isinstance(features, list):
        raise InvoerError(
            f"Bestand {bestand} is JSON, maar geen GeoJSON met gebieden: gevonden is type "
            f"'{inhoud.get('type', 'geen')}'. Verwacht: een FeatureCollection. Exporteer de grenzen als GeoJSON."
        )
    return build_inhoud(get_crs(inhoud), features)


def build_inhoud(crs: str | None, features: Sequence[Any]) -> Geojsoninhoud:
    """Return parsed GeoJSON features as attributes and shapes, broken ones with their reason."""
    resultaat = Geojsoninhoud(crs, [], [])
    for nummer, feature in enumerate(features):
        kenmerken = feature.get("properties") if isinstance(feature, dict) else None
        resultaat.eigenschappen.append(dict(kenmerken) if isinstance(kenmerken, dict) else {})
        vorm, oorzaak = _build_vorm(feature.get("geometry") if isinstance(feature, dict) else None)
        resultaat.vormen.append(vorm)
        if oorzaak:
            resultaat.oorzaken[nummer] = oorzaak
    return resultaat


def _parse_json(ruw: bytes, bestand: str) -> dict[str, Any]:
    inhoud = parse_json(ruw, bestand)
    if not isinstance(inhoud, dict):
        raise InvoerError(f"Bestand {bestand} is JSON, maar geen FeatureCollection. Exporteer de grenzen als GeoJSON.")
    return inhoud


def get_crs(inhoud: dict[str, Any]) -> str | None:
    """Return the name of the (old-style) `crs` member; absent or null means CRS84, as RFC 7946 says."""
    lid = inhoud.get("crs")
    if not lid:
        return None
    kenmerken = lid.get("properties") if isinstance(lid, dict) else None
    naam = kenmerken.get("name") or kenmerken.get("code") if isinstance(kenmerken, dict) else None
    return str(naam) if naam else json.dumps(lid)[:80]


def _build_vorm(geometrie: Any) -> tuple[shapely.Geometry | None, str | None]:
    if not geometrie:
        return None, None
    try:
        return shapely.force_2d(shapely.geometry.shape(geometrie)), None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, shapely.errors.ShapelyError) as fout:
        return None, f"de vorm is niet te lezen ({str(fout)[:120] or type(fout).__name__})"
