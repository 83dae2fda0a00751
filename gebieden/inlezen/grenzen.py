"""Boundaries: a file → areas with checked codes, names and shapes in EPSG:28992, and all there is to say about them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gebieden.domein.codes import determine_gemeentecode, determine_ouder
from gebieden.domein.fouten import Bevinding, Ernst, InvoerError
from gebieden.inlezen.aansluiting import report_aansluiting, report_ontbrekend
from gebieden.inlezen.codelijst import Codelijst, load_codelijst
from gebieden.inlezen.crs import RD, determine_crs, measure_grootte, transform_vormen
from gebieden.inlezen.dialecten import Dialect, build_onherkend, check_doelen, recognise_dialect
from gebieden.inlezen.gebiedsrij import Gebiedsrij, Rijlezer
from gebieden.inlezen.kolommen import list_namen
from gebieden.inlezen.lagen import Laag, read_lagen
from gebieden.inlezen.resultaat import Inleesresultaat

KOLOMMEN = [
    "code",
    "naam",
    "niveau",
    "ouder",
    "gemeentecode",
    "inwoners",
    "geldig_vanaf",
    "geldig_tot",
    "schematisch",
    "regel",
]


def read_gebieden(
    pad: Path,
    *,
    laag: str | None = None,
    niveau: str | None = None,
    kolommen: Mapping[str, str] | None = None,
    crs: str | None = None,
    codelijst: Codelijst | None = None,
    bestand: str | None = None,
) -> Inleesresultaat:
    """Return the areas of a GeoJSON, GeoPackage or zipped shapefile.

    Every layer whose attributes are recognised is read, or only `laag`; `niveau` reads only that level, or gives
    areas with a code of their own theirs; `kolommen` maps our names to attributes; `crs` overrules what the file
    declares; `codelijst` is the shipped one unless given. `gebieden` of the result has the columns of KOLOMMEN and
    geometry in EPSG:28992; `regel` counts on over the layers.

    Raises
    ------
    InvoerError
        The file as a whole is unusable; CrsError when the coordinate system is why.
    """
    naam = bestand or pad.name
    check_doelen(kolommen, naam)
    lagen = read_lagen(pad, laag, naam)
    return check_lagen(lagen, niveau=niveau, kolommen=kolommen, crs=crs, codelijst=codelijst, bestand=naam)


def check_lagen(
    lagen: Sequence[Laag],
    *,
    bestand: str,
    niveau: str | None = None,
    kolommen: Mapping[str, str] | None = None,
    crs: str | None = None,
    codelijst: Codelijst | None = None,
) -> Inleesresultaat:
    """Return the checked areas of layers that were read already; see `read_gebieden`."""
    codelijst = codelijst if codelijst is not None else load_codelijst()
    herkend, bevindingen = _select_lagen(lagen, niveau, kolommen, bestand)
    rijen: list[Gebiedsrij] = []
    for laag, dialect in herkend:
        lezer = Rijlezer(dialect, _name_laag(laag, len(lagen), bestand), codelijst, niveau)
        bevindingen += _read_laag(laag, lezer, crs, rijen)
    bevindingen += [b for rij in rijen for b in rij.bevindingen]
    goed, dubbel, strijdig = _merge_dubbele([rij for rij in rijen if rij.is_goed], bestand)
    bevindingen += strijdig
    gebieden = _build_gebieden(goed)
    benoemd = [rij for rij in rijen if rij.is_land and rij.niveau]
    bevindingen += report_ontbrekend([r.code for r in benoemd], [r.niveau for r in benoemd], codelijst, bestand)
    bevindingen += report_aansluiting(gebieden, [r.vorm for r in rijen if not r.is_land and _is_vlak(r.vorm)])
    return Inleesresultaat("gebieden", bestand, len(rijen), [], bevindingen, dubbel, gebieden)


def _select_lagen(
    lagen: Sequence[Laag], niveau: str | None, kolommen: Mapping[str, str] | None, bestand: str
) -> tuple[list[tuple[Laag, Dialect]], list[Bevinding]]:
    if not any(laag.eigenschappen for laag in lagen):
        raise InvoerError(f"Bestand {bestand} bevat geen enkel gebied (0 objecten). Maak de export opnieuw.")
    dialecten = [(laag, recognise_dialect(laag.kolommen, kolommen)) for laag in lagen]
    herkend = [(laag, dialect) for laag, dialect in dialecten if dialect is not None]
    if not herkend:
        raise build_onherkend({laag.naam: laag.kolommen for laag in lagen}, kolommen, bestand)
    gekozen = [(laag, d) for laag, d in herkend if len(lagen) == 1 or niveau in {None, d.niveau} or d.niveau is None]
    namen = {laag.naam for laag, _ in gekozen}
    overgeslagen = [laag.naam for laag in lagen if laag.naam not in namen]
    if not gekozen:
        raise InvoerError(
            f"Geen laag van {bestand} heeft niveau '{niveau}'. Gevonden lagen: {list_namen(overgeslagen)}. "
            "Verbeter --niveau of kies een laag met --laag."
        )
    if not overgeslagen:
        return gekozen, []
    melding = f"{bestand}: lagen die niet gelezen zijn: {list_namen(overgeslagen)}."
    return gekozen, [
        Bevinding(Ernst.LET_OP, "lagen_overgeslagen", melding, "Kies een laag met --laag als er een bij hoort.")
    ]


def _name_laag(laag: Laag, aantal_lagen: int, bestand: str) -> str:
    return bestand if aantal_lagen == 1 else f"{bestand}, laag {laag.naam}"


def _read_laag(laag: Laag, lezer: Rijlezer, crs: str | None, rijen: list[Gebiedsrij]) -> list[Bevinding]:
    """Append the rows of a layer to `rijen`, numbered on; return what holds for the layer as a whole."""
    vormen = np.array([*laag.vormen, None], dtype=object)[:-1]
    grootte, omgewisseld = measure_grootte(vormen)
    gekozen = determine_crs(laag.crs, crs, grootte, lezer.bestand)
    in_rd = transform_vormen(vormen, gekozen, omgewisseld=omgewisseld)
    eerste = len(rijen) + 1
    for nummer, (kenmerken, vorm) in enumerate(zip(laag.eigenschappen, in_rd, strict=True)):
        rijen.append(lezer.read(eerste + nummer, kenmerken, vorm, laag.oorzaken.get(nummer)))
    if not omgewisseld:
        return []
    melding = f"{lezer.bestand}: de coördinaten stonden als (noord, oost) en zijn omgewisseld naar (oost, noord)."
    return [Bevinding(Ernst.HERSTELD, "assen_omgewisseld", melding, "Exporteer voortaan met oost (lengte) eerst.")]


def _is_vlak(vorm: shapely.Geometry | None) -> bool:
    return vorm is not None and vorm.geom_type in {"Polygon", "MultiPolygon"} and vorm.is_valid


def _merge_dubbele(rijen: Sequence[Gebiedsrij], bestand: str) -> tuple[list[Gebiedsrij], int, list[Bevinding]]:
    """Return the rows to keep, the number of exact repetitions, and the refusals of contradicting rows.

    A code may occur again with another `geldig_vanaf`: that is its successor. The same code and date with
    another content is refused everywhere it stands, for nobody can say which one is right.
    """
    per_sleutel: dict[tuple[str, date | None], list[Gebiedsrij]] = {}
    for rij in rijen:
        per_sleutel.setdefault((rij.code, rij.geldig_vanaf), []).append(rij)
    goed: list[Gebiedsrij] = []
    strijdig: list[Bevinding] = []
    dubbel = 0
    for gelijk in per_sleutel.values():
        if all(_is_gelijk(gelijk[0], ander) for ander in gelijk[1:]):
            goed.append(gelijk[0])
            dubbel += len(gelijk) - 1
        else:
            regels = ", ".join(str(rij.regel) for rij in gelijk)
            strijdig += [_build_strijdig(rij, regels, bestand) for rij in gelijk]
    return sorted(goed, key=lambda rij: rij.regel), dubbel, strijdig


def _is_gelijk(een: Gebiedsrij, ander: Gebiedsrij) -> bool:
    velden = ("naam", "niveau", "inwoners", "geldig_tot", "schematisch")
    return all(getattr(een, v) == getattr(ander, v) for v in velden) and bool(
        shapely.equals_exact(shapely.normalize(een.vorm), shapely.normalize(ander.vorm))
    )


def _build_strijdig(rij: Gebiedsrij, regels: str, bestand: str) -> Bevinding:
    return Bevinding(
        Ernst.AFGEKEURD,
        "dubbele_code",
        f"{rij.object_naam} (rij {rij.regel} van {bestand}) staat meer keren in het bestand met een andere inhoud: "
        f"rijen {regels}. Verwacht: elke code één keer.",
        "Laat alleen de juiste rij staan en lees het bestand opnieuw in.",
        regel=rij.regel,
        waarde=rij.code,
    )


def _build_gebieden(rijen: Sequence[Gebiedsrij]) -> gpd.GeoDataFrame:
    waarden = [
        (
            rij.code,
            rij.naam,
            rij.niveau,
            determine_ouder(rij.code),
            determine_gemeentecode(rij.code),
            rij.inwoners,
            rij.geldig_vanaf,
            rij.geldig_tot,
            rij.schematisch,
            rij.regel,
        )
        for rij in rijen
    ]
    frame = pd.DataFrame(waarden, columns=KOLOMMEN, dtype=object).astype(
        {"inwoners": "Int64", "schematisch": bool, "regel": "int64"}
    )
    return gpd.GeoDataFrame(frame, geometry=[rij.vorm for rij in rijen], crs=RD)
