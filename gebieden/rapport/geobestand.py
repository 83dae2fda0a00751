"""GeoJSON (RFC 7946: WGS84, seven decimals) and GeoPackage (EPSG:28992)."""

import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from gebieden.domein.celtekst import clean_tekst
from gebieden.rapport.inhoud import VERZONNEN_ZIN, Cel, Uitvoer

DECIMALEN_WGS84 = 7


def render_geojson(uitvoer: Uitvoer) -> bytes:
    """Return the table as a FeatureCollection; a row without geometry is a feature with null geometry."""
    namen = [naam for naam, _ in uitvoer.collect_kolommen()]
    herkomst = {naam: _to_json(waarde) for naam, waarde in uitvoer.collect_herkomst().items()}
    kenmerken = [
        {
            "type": "Feature",
            "properties": dict(zip(namen, map(_to_json, rij), strict=True)) | herkomst,
            "geometry": vorm,
        }
        for rij, vorm in zip(uitvoer.iterate_rijen(), _collect_vormen(uitvoer.frame), strict=True)
    ]
    verzameling = {"type": "FeatureCollection", "name": uitvoer.naam, **_describe(uitvoer), "features": kenmerken}
    return json.dumps(verzameling, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _describe(uitvoer: Uitvoer) -> dict[str, str]:
    beschrijving = {
        "bron": uitvoer.bron,
        "peildatum": uitvoer.peildatum.isoformat(),
        "definitie": uitvoer.definitie,
        "filters": uitvoer.filters,
        "let_op": VERZONNEN_ZIN if uitvoer.verzonnen else "",
    }
    return {kop: clean_tekst(tekst) for kop, tekst in beschrijving.items() if tekst}


def _to_json(cel: Cel) -> str | int | float | bool | None:
    if isinstance(cel, date):
        return cel.isoformat()
    return float(cel) if isinstance(cel, Decimal) else cel


def _collect_vormen(frame: pd.DataFrame) -> list[dict[str, Any] | None]:
    if not isinstance(frame, gpd.GeoDataFrame):
        return [None] * len(frame)
    wgs84 = frame.geometry.to_crs("OGC:CRS84").to_numpy()
    vormen = shapely.orient_polygons(shapely.set_precision(wgs84, 10**-DECIMALEN_WGS84))
    return [None if vorm is None or vorm.is_empty else _to_geometrie(vorm) for vorm in vormen]


def _to_geometrie(vorm: shapely.Geometry) -> dict[str, Any]:
    geometrie: dict[str, Any] = shapely.geometry.mapping(vorm)
    return {"type": geometrie["type"], "coordinates": _round(geometrie["coordinates"])}


def _round(coordinaten: Any) -> Any:
    if isinstance(coordinaten, float):
        return round(coordinaten, DECIMALEN_WGS84)
    return [_round(deel) for deel in coordinaten]


def render_gpkg(uitvoer: Uitvoer) -> bytes:
    """Return the table as a GeoPackage with one layer, named as the table; without geometry it is a plain table."""
    kolommen: dict[str, Any] = dict(uitvoer.collect_kolommen())
    aantal = len(uitvoer.frame)
    kolommen |= {naam: [waarde] * aantal for naam, waarde in uitvoer.collect_herkomst().items()}
    frame = pd.DataFrame({naam: _to_reeks(waarden) for naam, waarden in kolommen.items()}, index=range(aantal))
    if isinstance(uitvoer.frame, gpd.GeoDataFrame):
        frame = gpd.GeoDataFrame(frame, geometry=list(uitvoer.frame.geometry), crs=uitvoer.frame.crs)
    beschrijving = _describe(uitvoer)
    uit = io.BytesIO()
    pyogrio.write_dataframe(
        frame,
        uit,
        driver="GPKG",
        layer=uitvoer.naam,
        use_arrow=True,
        layer_options={"DESCRIPTION": " | ".join(f"{kop}: {tekst}" for kop, tekst in beschrijving.items())},
        layer_metadata=beschrijving,
        dataset_metadata=beschrijving,
    )
    return uit.getvalue()


def _to_reeks(waarden: list[Cel]) -> pd.Series:
    """Return a column in the narrowest type that holds it, whole numbers with gaps included."""
    bekend = [w for w in waarden if w is not None]
    if bekend and all(isinstance(w, bool) for w in bekend):
        return pd.Series(waarden, dtype="boolean")
    if bekend and all(isinstance(w, int) for w in bekend):
        return pd.Series(waarden, dtype="Int64")
    if bekend and all(isinstance(w, int | float | Decimal) for w in bekend):
        return pd.Series(waarden, dtype="float64")
    if bekend and all(isinstance(w, date) for w in bekend):
        return pd.Series(waarden, dtype=object)
    return pd.Series([None if w is None else str(w) for w in waarden], dtype=object)
