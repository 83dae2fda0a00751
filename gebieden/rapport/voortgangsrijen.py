"""Voortgang → frame, one row per area."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import geopandas as gpd
import shapely

from gebieden.domein.agendapunt import WachtOp
from gebieden.domein.dekking import Uitkomst
from gebieden.rapport.rijen import to_geoframe

VOORTGANGKOLOMMEN = [
    "code",
    "naam",
    "niveau",
    "versie",
    "punten",
    "afgerond",
    "geborgd",
    "loopt",
    "niet_begonnen",
    "wacht",
    *(f"wacht_{reden}" for reden in WachtOp),
    "overgedragen",
    "vervallen",
    "onbekend",
    "te_laat",
    "geen_datum",
    "voorstellen",
    "nieuw_sinds_versie",
    "snelle_acties_punten",
    "snelle_acties_afgerond",
    "grote_punten_punten",
    "grote_punten_afgerond",
    "laatste_bericht",
    "zin",
    *(f"dekking_{uitkomst.lower()}" for uitkomst in Uitkomst),
]


def compose_voortgangframe(
    voortgangsrijen: Iterable[Mapping[str, Any]], grenzen: Mapping[str, shapely.Geometry]
) -> gpd.GeoDataFrame:
    """Return one row per row of `compose_voortgangsrijen`, with its nested counts as columns of their own."""
    rijen = [_flatten_voortgang(rij) for rij in voortgangsrijen]
    return to_geoframe(rijen, VOORTGANGKOLOMMEN, [grenzen.get(rij["code"]) for rij in rijen])


def _flatten_voortgang(rij: Mapping[str, Any]) -> dict[str, Any]:
    laatste = rij["laatste_bericht"]
    return {
        **rij,
        "wacht": sum(rij["wacht"].values()),
        **{f"wacht_{reden}": rij["wacht"].get(reden, 0) for reden in WachtOp},
        **{f"{soort}_{wat}": n for soort in ("snelle_acties", "grote_punten") for wat, n in rij[soort].items()},
        **{f"dekking_{uitkomst.lower()}": rij["dekking"].get(uitkomst, 0) for uitkomst in Uitkomst},
        "laatste_bericht": date.fromisoformat(laatste) if laatste else None,
    }
