"""Objects → frames, one row each, in the columns in which they are read in again. Cells hold plain values."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import Transformer

from gebieden.domein.agendapunt import Agendapunt
from gebieden.domein.bedrag import Bedrag
from gebieden.domein.bericht import Bericht
from gebieden.domein.codes import determine_ouder
from gebieden.domein.dekking import Puntdekking
from gebieden.domein.gebied import Gebied, Gebiedsboom
from gebieden.domein.initiatief import Initiatief
from gebieden.domein.logboek import Logregel
from gebieden.domein.voortgang import determine_categorie, is_te_laat
from gebieden.opslag.lezen import Punt

CRS = "EPSG:28992"
PUNTKOLOMMEN = [
    "id",
    "gebied",
    "versie",
    "versiedatum",
    "titel",
    "omschrijving",
    "themas",
    "staat",
    "soort",
    "trekker",
    "partners",
    "afgesproken_gereed",
    "wacht_op",
    "reden",
    "openbaar",
    "bijgewerkt_op",
    "herkomst",
    "lon",
    "lat",
    "wie_besloot",
    "aan_wie",
    "bevestigd",
    "wie_borgt",
    "terugkijken_op",
    "eenheid",
    "wethouder",
    "benodigd",
]
DEKKINGKOLOMMEN = [
    "nummer",
    "id",
    "gebied",
    "bron",
    "jaar",
    "vorm",
    "stand",
    "bedrag",
    "hoeveelheid",
    "eenheid",
    "partner",
    "toelichting",
]
_VAN_PUNT = ("id", "gebied")
BERICHTKOLOMMEN = ["soort", "id", "datum", "tekst", "openbaar"]
INITIATIEFKOLOMMEN = [
    "id",
    "gebied",
    "titel",
    "omschrijving",
    "themas",
    "staat",
    "aangevraagd",
    "toegekend",
    "ingediend_op",
    "besluit_op",
    "openbaar",
]
GEBIEDKOLOMMEN = [
    "code",
    "naam",
    "niveau",
    "ouder",
    "inwoners",
    "geldig_vanaf",
    "geldig_tot",
    "bestaat_uit",
    "oppervlakte_ha",
    "schematisch",
]
LOGBOEKKOLOMMEN = [
    "nummer",
    "moment_utc",
    "gebruiker",
    "rol",
    "via",
    "handeling",
    "soort",
    "id",
    "gebied",
    "veranderingen",
    "waarom",
]


def compose_puntenframe(punten: Iterable[Agendapunt]) -> gpd.GeoDataFrame:
    """Return one row per point and version, with its place (EPSG:28992) as geometry where it has one."""
    rijen = [_compose_rij(punt, PUNTKOLOMMEN) for punt in punten]
    return to_geoframe(rijen, PUNTKOLOMMEN, _compose_plaatsen(rijen))


def compose_standframe(punten: Iterable[Punt], peildatum: date, stilte_dagen: int) -> gpd.GeoDataFrame:
    """Return one row per point as the figures count it: `categorie` (of the partition), flags, last bericht."""
    punten = list(punten)
    frame = compose_puntenframe(p.punt for p in punten)
    frame["categorie"] = [str(determine_categorie(p.stand, peildatum, stilte_dagen)) for p in punten]
    frame["telt_in_versie"] = ["ja" if p.in_versie else "nee" for p in punten]
    frame["te_laat"] = ["ja" if is_te_laat(p.stand, peildatum) else "nee" for p in punten]
    frame["laatste_bericht"] = pd.Series([p.laatste for p in punten], dtype=object)
    return frame


def compose_dekkingsframe(punten: Iterable[Puntdekking]) -> pd.DataFrame:
    """Return one row per contribution, withdrawn ones included; an amount in euro, or PM, or empty when unknown."""
    rijen = [
        {"id": punt.id, "gebied": punt.gebied} | _compose_rij(lijn, [k for k in DEKKINGKOLOMMEN if k not in _VAN_PUNT])
        for punt in punten
        for lijn in punt.lijnen
    ]
    return _to_frame(rijen, DEKKINGKOLOMMEN)


def compose_berichtenframe(berichten: Iterable[Bericht]) -> pd.DataFrame:
    """Return one row per bericht."""
    return _to_frame([_compose_rij(b, BERICHTKOLOMMEN) for b in berichten], BERICHTKOLOMMEN)


def compose_initiatievenframe(initiatieven: Iterable[Initiatief]) -> pd.DataFrame:
    """Return one row per initiative; amounts in euro, empty when unknown."""
    return _to_frame([_compose_rij(i, INITIATIEFKOLOMMEN) for i in initiatieven], INITIATIEFKOLOMMEN)


def compose_logboekframe(regels: Iterable[Logregel]) -> pd.DataFrame:
    """Return one row per line of the audit trail; the moment is in UTC, a person is a number."""
    rijen = [_compose_logrij(regel) for regel in regels]
    return _to_frame(rijen, LOGBOEKKOLOMMEN)


def _compose_logrij(regel: Logregel) -> dict[str, Any]:
    vast = LOGBOEKKOLOMMEN[2:-2]
    return {
        "nummer": regel.nummer,
        "moment_utc": f"{regel.moment:%Y-%m-%d %H:%M:%S}",
        **_compose_rij(regel, vast),
        "veranderingen": "; ".join(_format_verandering(veld, paar) for veld, paar in regel.veranderingen.items()),
        "waarom": regel.waarom,
    }


def _format_verandering(veld: str, paar: tuple[object, object] | None) -> str:
    if paar is None:
        return f"{veld}: gewijzigd"
    oud, nieuw = ("leeg" if waarde in (None, "") else str(_to_waarde(waarde)) for waarde in paar)
    return f"{veld}: {oud} → {nieuw}"


def compose_gebiedenframe(
    gebieden: Iterable[Gebied],
    boom: Gebiedsboom,
    grenzen: Mapping[str, shapely.Geometry],
    schematisch: Collection[str] = frozenset(),
) -> gpd.GeoDataFrame:
    """Return one row per area, with its shape (`grenzen`, by code, EPSG:28992) where it has one.

    `schematisch` holds the codes whose shape is only a sketch.
    """
    rijen, vormen = [], []
    for gebied in gebieden:
        vorm = grenzen.get(gebied.code)
        vormen.append(vorm)
        rijen.append(
            {
                "code": gebied.code,
                "naam": gebied.naam,
                "niveau": gebied.niveau,
                "ouder": _determine_ouder(gebied, boom),
                "inwoners": gebied.inwoners,
                "geldig_vanaf": gebied.geldig_vanaf,
                "geldig_tot": gebied.geldig_tot,
                "bestaat_uit": ",".join(sorted(boom.buurten[gebied.code] - {gebied.code})),
                "oppervlakte_ha": None if vorm is None else round(vorm.area / 10_000, 2),
                "schematisch": "ja" if gebied.code in schematisch else "nee",
            }
        )
    return to_geoframe(rijen, GEBIEDKOLOMMEN, vormen)


def _determine_ouder(gebied: Gebied, boom: Gebiedsboom) -> str | None:
    """Return the code one level up: in the CBS tree, or else the gemeente it lies in."""
    houders = boom.get_houders(gebied.code) - {gebied.code}
    ouder = determine_ouder(gebied.code)
    if ouder in houders:
        return ouder
    return next((code for code in sorted(houders) if boom.gebieden[code].niveau == "gemeente"), None)


def _compose_rij(voorwerp: object, kolommen: Sequence[str]) -> dict[str, Any]:
    return {kolom: _to_waarde(getattr(voorwerp, kolom)) for kolom in kolommen}


def _to_waarde(waarde: object) -> object:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, Bedrag):
        return "PM" if waarde.is_pm else waarde.euro
    if isinstance(waarde, list | tuple):
        return ",".join(str(deel) for deel in waarde)
    return str(waarde) if isinstance(waarde, str) else waarde


def _compose_plaatsen(rijen: Sequence[Mapping[str, Any]]) -> list[shapely.Point | None]:
    naar_rd = Transformer.from_crs("OGC:CRS84", CRS, always_xy=True)
    return [
        None if rij["lon"] is None or rij["lat"] is None else shapely.Point(naar_rd.transform(rij["lon"], rij["lat"]))
        for rij in rijen
    ]


def _to_frame(rijen: Sequence[Mapping[str, Any]], kolommen: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({kolom: pd.Series([rij[kolom] for rij in rijen], dtype=object) for kolom in kolommen})


def to_geoframe(
    rijen: Sequence[Mapping[str, Any]], kolommen: Sequence[str], vormen: Sequence[shapely.Geometry | None]
) -> gpd.GeoDataFrame:
    """Return rows as a frame with a shape each, in EPSG:28992."""
    return gpd.GeoDataFrame(_to_frame(rijen, kolommen), geometry=gpd.GeoSeries(list(vormen), crs=CRS))
