"""Do areas of one level fit together: overlaps, gaps, and areas that the code list has and the file lacks."""

from collections.abc import Iterator, Sequence

import geopandas as gpd
import numpy as np
import shapely

from gebieden.domein.codes import NIVEAUS_CBS
from gebieden.domein.fouten import Bevinding, Ernst
from gebieden.domein.taal import format_aantal, format_getal, join_opsomming
from gebieden.inlezen.codelijst import Codelijst, Codelijstregel

DREMPEL_M2 = 100.0
"""Overlaps and gaps up to this size are rounding of coordinates and are not reported."""
KIERBREEDTE_M = 25.0
"""An open gap up to twice this wide is found; a wider one is not told apart from land outside the file."""
KIERLENGTE_M = 100.0
"""An open gap must border on both its neighbours over this length; shorter ones are corners of the outer border."""
MAX_MELDINGEN = 200

_MEERVOUD = {"gemeente": "gemeenten", "wijk": "wijken", "buurt": "buurten"}


def report_aansluiting(gebieden: gpd.GeoDataFrame, geen_gebied: Sequence[shapely.Geometry]) -> list[Bevinding]:
    """Return what does not fit between areas of the same level that hold at the same time.

    `gebieden` is in EPSG:28992 with columns code, naam, niveau, gemeentecode, geldig_tot. `geen_gebied` are
    shapes that were refused as water or foreign: a hole they fill is no gap. Gaps are looked for within a
    gemeente (between gemeenten: within the file) and in CBS levels only: dorpen need not touch.
    """
    huidig = gebieden[~gebieden["code"].duplicated(keep="last")]
    overlappingen: list[Bevinding] = []
    gaten: list[Bevinding] = []
    for niveau, groep in huidig.groupby("niveau", sort=True):
        overlappingen += _report_overlappingen(groep)
        if niveau in NIVEAUS_CBS:
            gaten += _report_gaten(groep, geen_gebied)
    return overlappingen + gaten


def _report_rest(aantal: int, wat: str, niveau: str) -> list[Bevinding]:
    """Return one remark about the overlaps or gaps that are not named one by one."""
    rest = aantal - MAX_MELDINGEN
    if rest <= 0:
        return []
    return [
        Bevinding(
            Ernst.LET_OP,
            f"meer_{wat}",
            f"Nog {format_getal(rest)} {wat} van meer dan {DREMPEL_M2:.0f} m² op niveau {niveau} niet apart genoemd.",
            "Controleer de grenzen in QGIS met 'Topologie controleren'.",
        )
    ]


def _list_namen(groep: gpd.GeoDataFrame) -> list[str]:
    return [f"{code} {naam}" for code, naam in zip(groep["code"], groep["naam"], strict=True)]


def _report_overlappingen(groep: gpd.GeoDataFrame) -> list[Bevinding]:
    vlakken = groep.geometry.to_numpy()
    namen = _list_namen(groep)
    links, rechts = shapely.STRtree(vlakken).query(vlakken, predicate="intersects")
    paren = np.flatnonzero(links < rechts)
    oppervlakte_m2 = shapely.area(shapely.intersection(vlakken[links[paren]], vlakken[rechts[paren]]))
    gevonden = []
    for volgnummer in np.flatnonzero(oppervlakte_m2 > DREMPEL_M2):
        eerste, tweede = sorted((namen[links[paren[volgnummer]]], namen[rechts[paren[volgnummer]]]))
        gevonden.append((eerste, tweede, float(oppervlakte_m2[volgnummer])))
    genoemd = [_build_overlap(*overlap) for overlap in sorted(gevonden)[:MAX_MELDINGEN]]
    return genoemd + _report_rest(len(gevonden), "overlappingen", groep["niveau"].iat[0])


def _build_overlap(eerste: str, tweede: str, oppervlakte_m2: float) -> Bevinding:
    return Bevinding(
        Ernst.LET_OP,
        "overlap",
        f"{eerste} en {tweede} overlappen {format_getal(round(oppervlakte_m2))} m². "
        "Een punt daar telt bij de laagste code.",
        "Trek de gedeelde grens in QGIS gelijk ('Topologisch bewerken') en lees het bestand opnieuw in.",
    )


def _report_gaten(groep: gpd.GeoDataFrame, geen_gebied: Sequence[shapely.Geometry]) -> list[Bevinding]:
    alles = np.concatenate([groep.geometry.to_numpy(), np.array(list(geen_gebied), dtype=object)])
    index = shapely.STRtree(alles)
    is_gemeenten = (groep["niveau"] == "gemeente").all()
    regio = groep["niveau"] if is_gemeenten else groep["gemeentecode"]
    gaten = [
        gat
        for _, buren in groep.groupby(regio, sort=True)
        for gat in _find_gaten(buren.geometry.to_numpy(), alles, index)
    ]
    namen = _list_namen(groep)
    genoemd = [_build_gat(gat, namen, index) for gat in gaten[:MAX_MELDINGEN]]
    return genoemd + _report_rest(len(gaten), "gaten", groep["niveau"].iat[0])


def _find_gaten(vlakken: np.ndarray, alles: np.ndarray, index: shapely.STRtree) -> Iterator[shapely.Geometry]:
    """Yield the parts between siblings that nothing covers: enclosed holes, and long narrow open gaps.

    Open gaps are what closing (a buffer out and back) fills.
    """
    geheel = shapely.union_all(vlakken)
    omtrekken = [shapely.Polygon(deel.exterior) for deel in shapely.get_parts(geheel)]
    dicht = shapely.union_all([*omtrekken, geheel.buffer(KIERBREEDTE_M).buffer(-KIERBREEDTE_M)])
    for deel in shapely.get_parts(dicht.difference(geheel)):
        if deel.geom_type != "Polygon" or deel.area <= DREMPEL_M2:
            continue
        rest = deel.difference(shapely.union_all(alles[index.query(deel)]))
        for gat in shapely.get_parts(rest):
            if gat.area > DREMPEL_M2 and (_is_ingesloten(gat, omtrekken) or _is_kier(gat, vlakken)):
                yield gat


def _is_ingesloten(gat: shapely.Geometry, omtrekken: Sequence[shapely.Geometry]) -> bool:
    punt = gat.representative_point()
    return any(omtrek.contains(punt) for omtrek in omtrekken)


def _is_kier(gat: shapely.Geometry, vlakken: np.ndarray) -> bool:
    """Return whether an open gap runs along at least two areas, over some length each."""
    raakt = shapely.STRtree(vlakken).query(gat, predicate="dwithin", distance=0.1)
    lengten = shapely.length(shapely.intersection(shapely.boundary(gat).buffer(0.1), shapely.boundary(vlakken[raakt])))
    return int((lengten >= KIERLENGTE_M).sum()) >= 2


def _build_gat(gat: shapely.Geometry, namen: Sequence[str], index: shapely.STRtree) -> Bevinding:
    nummers = index.query(gat, predicate="dwithin", distance=0.1)
    buren = sorted(namen[n] for n in nummers if n < len(namen))
    punt = gat.representative_point()
    tussen = f"tussen {join_opsomming(buren)}" if len(buren) > 1 else f"in of naast {join_opsomming(buren)}"
    return Bevinding(
        Ernst.LET_OP,
        "gat",
        f"Er is een gat van {format_getal(round(gat.area))} m² {tussen}, bij ({punt.x:.0f}, {punt.y:.0f}). "
        "Een punt daar valt buiten elk gebied.",
        "Trek de gedeelde grens in QGIS gelijk ('Topologisch bewerken') en lees het bestand opnieuw in.",
    )


def report_ontbrekend(
    codes: Sequence[str], niveaus: Sequence[str], codelijst: Codelijst, bestand: str
) -> list[Bevinding]:
    """Return which areas the code list has and the file lacks, per gemeente and level that occur in the file.

    `codes` and `niveaus` are parallel: every area the file names, refused ones included.
    """
    aanwezig: dict[tuple[str, str], set[str]] = {}
    for code, niveau in zip(codes, niveaus, strict=True):
        if niveau in NIVEAUS_CBS:
            aanwezig.setdefault(("GM" + code[2:6], niveau), set()).add(code)
    bevindingen = []
    for (gemeentecode, niveau), gevonden in sorted(aanwezig.items()):
        lijst = codelijst.filter_gebieden(gemeentecode, niveau)
        ontbreekt = [regel for regel in lijst if regel.code not in gevonden]
        if ontbreekt:
            bevindingen.append(_build_ontbrekend(gemeentecode, niveau, len(lijst), ontbreekt, bestand))
    return bevindingen


def _build_ontbrekend(
    gemeentecode: str, niveau: str, totaal: int, ontbreekt: Sequence[Codelijstregel], bestand: str
) -> Bevinding:
    verwacht = format_aantal(totaal, niveau, _MEERVOUD[niveau])
    namen = join_opsomming([f"{regel.code} {regel.naam}" for regel in ontbreekt])
    return Bevinding(
        Ernst.LET_OP,
        "gebieden_ontbreken",
        f"{bestand}: {totaal - len(ontbreekt)} van de {verwacht} van {gemeentecode}; het bestand mist {namen}.",
        "Lever een bestand met alle gebieden. Wat al was ingelezen blijft staan.",
    )
