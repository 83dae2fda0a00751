"""Small things that many tests are made of: a gemeente of four buurten, points with one field different."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import shapely

from gebieden.analyse.mijnwerk import Werkpunt
from gebieden.domein.agendapunt import Agendapunt, Staat, WachtOp
from gebieden.domein.gebied import Gebied, Gebiedsboom, build_gebiedsboom
from gebieden.domein.punt import Punt
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import Puntstand
from gebieden.inlezen.agendapunten import SCHEMA

PEILDATUM = date(2026, 5, 20)
GEMEENTE, NOORD, ZUID = "GM0361", "WK036101", "WK036102"
NOORD_A, NOORD_B, ZUID_A, ZUID_B = "BU03610101", "BU03610102", "BU03610201", "BU03610202"
DORP = "DP01"
DWARS = "GB01"

# Four squares of one kilometre: Noord above Zuid, A left of B.
VAKKEN = {
    NOORD_A: shapely.box(111000, 516000, 112000, 517000),
    NOORD_B: shapely.box(112000, 516000, 113000, 517000),
    ZUID_A: shapely.box(111000, 515000, 112000, 516000),
    ZUID_B: shapely.box(112000, 515000, 113000, 516000),
    NOORD: shapely.box(111000, 516000, 113000, 517000),
    ZUID: shapely.box(111000, 515000, 113000, 516000),
}
NAMEN = {
    GEMEENTE: "Alkmaar",
    NOORD: "Noord",
    ZUID: "Zuid",
    NOORD_A: "Noord A",
    NOORD_B: "Noord B",
    ZUID_A: "Zuid A",
    ZUID_B: "Zuid B",
}
NIVEAUS = {"GM": "gemeente", "WK": "wijk", "BU": "buurt"}
AGENDAKOLOMMEN = [kolom.naam for kolom in SCHEMA]


def build_gebieden(*codes: str) -> list[Gebied]:
    """Return these CBS areas, all seven when none is named."""
    return [Gebied(code, NAMEN[code], NIVEAUS[code[:2]]) for code in codes or NAMEN]


def build_indelingen() -> list[Gebied]:
    """Return a dorp that is one buurt, and a gebied that cuts both wijken."""
    return [
        Gebied(DORP, "Zuiddorp", "dorp", frozenset({ZUID_B})),
        Gebied(DWARS, "Dwars", "gebied", frozenset({NOORD_A, ZUID_A})),
    ]


def build_boom() -> Gebiedsboom:
    return build_gebiedsboom([*build_gebieden(), *build_indelingen()], PEILDATUM)


def build_stand(id_: str = "P1", **velden: Any) -> Puntstand:
    """Return a point in the counted version, in uitvoering, heard of yesterday, unless told otherwise."""
    gegeven = {
        "gebied": NOORD,
        "staat": Staat.IN_UITVOERING,
        "in_versie": True,
        "themas": (Thema.SCHOON,),
        "laatste": date(2026, 5, 19),
        "afgesproken_gereed": date(2026, 12, 31),
    } | velden
    if gegeven["staat"] is Staat.WACHT_OP:
        gegeven.setdefault("wacht_op", WachtOp.GELD)
    return Puntstand(id=id_, **gegeven)


def build_punt(id_: str = "P1", **velden: Any) -> Agendapunt:
    """Return a public point of version 1 of the agenda of Noord, unless told otherwise."""
    gegeven = {
        "gebied": NOORD,
        "titel": f"Titel van {id_}",
        "themas": (Thema.SCHOON,),
        "staat": Staat.OP_AGENDA,
        "versie": 1,
        "versiedatum": date(2026, 3, 1),
        "openbaar": True,
        "bijgewerkt_op": date(2026, 4, 1),
    } | velden
    return Agendapunt(id=id_, **gegeven)


def to_werkpunt(punt: Punt) -> Werkpunt:
    """Return what Mijn werk needs of a whole point."""
    p = punt.punt
    return Werkpunt(
        p.id,
        p.gebied,
        p.titel,
        p.themas,
        p.staat,
        p.trekker,
        p.afgesproken_gereed,
        p.wacht_op,
        p.terugkijken_op,
        p.openbaar,
        punt.laatste,
        punt.tekort,
    )


def write_grenzen(pad: Path, *codes: str, vormen: dict[str, Any] | None = None, **kenmerken: Any) -> Path:
    """Write these areas as GeoJSON in RD, the four buurten and two wijken when none is named."""
    vlakken = VAKKEN | (vormen or {})
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "naam": NAMEN.get(code, code), **kenmerken},
            "geometry": shapely.geometry.mapping(vlakken[code]),
        }
        for code in codes or VAKKEN
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    pad.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}), encoding="utf-8")
    return pad


def write_csv(pad: Path, kolommen: Iterable[str], rijen: Iterable[dict[str, Any]], teken: str = ";") -> Path:
    """Write rows as a table; a field that a row lacks is empty."""
    namen = list(kolommen)
    regels = [teken.join(namen), *(teken.join(str(rij.get(naam, "")) for naam in namen) for rij in rijen)]
    pad.write_text("\n".join(regels) + "\n", encoding="utf-8")
    return pad


def write_agenda(pad: Path, *rijen: dict[str, Any]) -> Path:
    """Write agendapunten, each a public point of version 1 of Noord unless its row says otherwise."""
    vast = {
        "gebied": NOORD,
        "versie": 1,
        "versiedatum": "2026-03-01",
        "themas": "schoon",
        "staat": "op_agenda",
        "openbaar": "ja",
        "bijgewerkt_op": "2026-04-01",
    }
    return write_csv(pad, AGENDAKOLOMMEN, [{"titel": f"Titel van {rij['id']}", **vast, **rij} for rij in rijen])
