"""Areas in the database: writing boundaries and indelingen, reading the tree and the geometry of one level."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import geopandas as gpd
import pandas as pd
import shapely
from sqlalchemy import Connection, Row, delete, insert, select, update

from gebieden.domein.codes import determine_gemeentecode
from gebieden.domein.gebied import Gebied, Gebiedsboom, build_gebiedsboom
from gebieden.inlezen.codelijst import load_codelijst
from gebieden.opslag.tabellen import gebied as tabel
from gebieden.opslag.tabellen import gebied_buurt
from gebieden.opslag.telling import Telling

CRS = "EPSG:28992"
GELIJK_M = 0.05
"""Shapes whose corners differ less than this are the same: degrees in a file have seven decimals."""

Sleutel = tuple[str, date | None]


def save_gebieden(
    conn: Connection, gebieden: Iterable[Gebied], geometrieen: Mapping[Sleutel, bytes] | None = None
) -> Telling:
    """Store areas and return how many were new, changed or the same.

    `geometrieen` maps (code, geldig_vanaf) to WKB in EPSG:28992. An indeling has none, and keeps its buurten
    when it comes as a shape: its shape is the union of those. An area with a `geldig_vanaf` of its own is
    stored beside the others under its code, and each ends where the next begins. An area without one
    replaces the last of them, and so does any area whose last form was a sketch.
    """
    bestaand = _load_bestaand(conn)
    buurten = _load_buurten(conn)
    telling = Telling()
    for gebied in sorted(gebieden, key=lambda g: (g.code, g.geldig_vanaf or date.min)):
        rijen = bestaand.setdefault(gebied.code, [])
        geometrie = (geometrieen or {}).get((gebied.code, gebied.geldig_vanaf))
        telling += _save_gebied(conn, gebied, geometrie, rijen, buurten)
    return telling


def _save_gebied(
    conn: Connection, gebied: Gebied, geometrie: bytes | None, rijen: list[dict], buurten: dict[int, frozenset[str]]
) -> Telling:
    rij = _find_rij(gebied, rijen)
    if geometrie is not None and rij is not None and buurten.get(rij["nummer"]):
        gebied, geometrie = replace(gebied, buurten=buurten[rij["nummer"]]), None
    waarden = _to_waarden(gebied, geometrie)
    vanaf = gebied.geldig_vanaf or (rij["geldig_vanaf"] if rij is not None else None)
    waarden["geldig_vanaf"] = vanaf
    volgende = [r["geldig_vanaf"] for r in rijen if r is not rij and _is_later(r, vanaf)]
    waarden["geldig_tot"] = min((d for d in (gebied.geldig_tot, *volgende) if d), default=None)
    if rij is None:
        _end_vorige(conn, rijen, gebied.geldig_vanaf)
        nummer = conn.execute(insert(tabel).values(waarden).returning(tabel.c.nummer)).scalar_one()
        rijen.append({"nummer": nummer, **waarden})
        rijen.sort(key=lambda r: r["geldig_vanaf"] or date.min)
    elif _is_gelijk(waarden, rij) and buurten.get(rij["nummer"], frozenset()) == gebied.buurten:
        return Telling(ongewijzigd=1)
    else:
        nummer = rij["nummer"]
        conn.execute(update(tabel).where(tabel.c.nummer == nummer).values(waarden))
        rij.update(waarden)
    _save_buurten(conn, nummer, gebied.buurten)
    buurten[nummer] = gebied.buurten
    return Telling(ingelezen=1) if rij is None else Telling(bijgewerkt=1)


def _find_rij(gebied: Gebied, rijen: list[dict]) -> dict | None:
    """Return the stored form that this area replaces, or None when it comes beside those that are there."""
    if not rijen:
        return None
    if gebied.geldig_vanaf is None or rijen[-1]["schematisch"]:
        return rijen[-1]
    return next((r for r in rijen if r["geldig_vanaf"] == gebied.geldig_vanaf), None)


def _is_gelijk(waarden: dict, rij: dict) -> bool:
    if any(rij[veld] != waarde for veld, waarde in waarden.items() if veld != "geometrie"):
        return False
    oud, nieuw = rij["geometrie"], waarden["geometrie"]
    if oud is None or nieuw is None or oud == nieuw:
        return oud == nieuw
    vormen = shapely.from_wkb([oud, nieuw])
    return shapely.equals(*vormen) or shapely.equals_exact(*shapely.normalize(vormen), tolerance=GELIJK_M)


def _is_later(rij: dict, geldig_vanaf: date | None) -> bool:
    return rij["geldig_vanaf"] is not None and rij["geldig_vanaf"] > (geldig_vanaf or date.min)


def _end_vorige(conn: Connection, rijen: list[dict], geldig_vanaf: date | None) -> None:
    """End the form that is followed up, where the new one begins."""
    vorige = [r for r in rijen if geldig_vanaf and not _is_later(r, geldig_vanaf)][-1:]
    for rij in vorige:
        if rij["geldig_tot"] is None or rij["geldig_tot"] > geldig_vanaf:
            conn.execute(update(tabel).where(tabel.c.nummer == rij["nummer"]).values(geldig_tot=geldig_vanaf))
            rij["geldig_tot"] = geldig_vanaf


def _to_waarden(gebied: Gebied, geometrie: bytes | None) -> dict[str, object]:
    return {
        "code": gebied.code,
        "naam": gebied.naam,
        "niveau": gebied.niveau,
        "inwoners": gebied.inwoners,
        "geldig_vanaf": gebied.geldig_vanaf,
        "geldig_tot": gebied.geldig_tot,
        "schematisch": gebied.schematisch,
        "geometrie": geometrie,
    }


def _save_buurten(conn: Connection, nummer: int, buurten: frozenset[str]) -> None:
    conn.execute(delete(gebied_buurt).where(gebied_buurt.c.gebied_nummer == nummer))
    if buurten:
        conn.execute(insert(gebied_buurt), [{"gebied_nummer": nummer, "buurt": b} for b in sorted(buurten)])


def _load_bestaand(conn: Connection) -> dict[str, list[dict]]:
    per_code: dict[str, list[dict]] = {}
    for rij in conn.execute(select(tabel)).mappings():
        per_code.setdefault(rij["code"], []).append(dict(rij))
    for rijen in per_code.values():
        rijen.sort(key=lambda r: r["geldig_vanaf"] or date.min)
    return per_code


def _load_buurten(conn: Connection) -> dict[int, frozenset[str]]:
    per_gebied: dict[int, set[str]] = {}
    for nummer, buurt in conn.execute(select(gebied_buurt)):
        per_gebied.setdefault(nummer, set()).add(buurt)
    return {nummer: frozenset(buurten) for nummer, buurten in per_gebied.items()}


def load_gebieden(conn: Connection) -> list[Gebied]:
    """Return every area of every date, in the order of code and date."""
    buurten = _load_buurten(conn)
    kolommen = [k for k in tabel.c if k.name != "geometrie"]
    rijen = conn.execute(select(*kolommen).order_by(tabel.c.code, tabel.c.geldig_vanaf.nulls_first()))
    return [_to_gebied(rij, buurten.get(rij.nummer, frozenset())) for rij in rijen]


def _to_gebied(rij: Row, buurten: frozenset[str]) -> Gebied:
    return Gebied(
        rij.code, rij.naam, rij.niveau, buurten, rij.geldig_vanaf, rij.geldig_tot, rij.inwoners, rij.schematisch
    )


def load_gebiedsboom(conn: Connection, peildatum: date) -> Gebiedsboom:
    """Return the tree on the peildatum; a gemeente without a row of its own is named by the shipped code list."""
    gebieden = load_gebieden(conn)
    bekend = {g.code for g in gebieden}
    zonder_rij = {c for g in gebieden if (c := determine_gemeentecode(g.code)) and c not in bekend}
    regels = load_codelijst().regels
    extra = [Gebied(code, regels[code].naam, "gemeente") for code in zonder_rij if code and code in regels]
    return build_gebiedsboom(gebieden + extra, peildatum)


def load_grenzen(conn: Connection, boom: Gebiedsboom, niveau: str) -> gpd.GeoDataFrame:
    """Return the boundaries of one level of the tree.

    One row per area, by code: columns code, naam, niveau, schematisch, geometry (EPSG:28992). The shape
    of an indeling, and of a gemeente without boundaries of its own or with sketched ones only, is the
    union of its buurten, or of its wijken where no buurten are known. An area without any is left out.
    """
    gebieden = sorted((g for g in boom.gebieden.values() if g.niveau == niveau), key=lambda g: g.code)
    rijen = []
    eigen = _load_geometrie(conn, boom, {g.code for g in gebieden})
    delen = _load_geometrie(conn, boom, _collect_delen(boom, gebieden, eigen))
    for gebied in gebieden:
        geometrie, schematisch = _determine_vorm(gebied, boom, eigen, delen)
        if geometrie is not None:
            rijen.append((gebied.code, gebied.naam, gebied.niveau, schematisch, geometrie))
    frame = pd.DataFrame(rijen, columns=["code", "naam", "niveau", "schematisch", "geometry"])
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS)


def _collect_delen(boom: Gebiedsboom, gebieden: list[Gebied], eigen: dict[str, tuple]) -> set[str]:
    return {
        deel
        for gebied in gebieden
        if gebied.code not in eigen or eigen[gebied.code][1]
        for deel in _get_delen(gebied, boom)
    }


def _get_delen(gebied: Gebied, boom: Gebiedsboom) -> list[str]:
    if boom.buurten[gebied.code] - {gebied.code}:
        return sorted(boom.buurten[gebied.code])
    return sorted(g.code for g in boom.filter_niveau("wijk") if gebied.code in boom.get_houders(g.code))


def _determine_vorm(
    gebied: Gebied, boom: Gebiedsboom, eigen: dict[str, tuple], delen: dict[str, tuple]
) -> tuple[shapely.Geometry | None, bool]:
    if gebied.code in eigen and not eigen[gebied.code][1]:
        return eigen[gebied.code]
    vormen = [delen[d] for d in _get_delen(gebied, boom) if d in delen]
    if not vormen:
        return eigen.get(gebied.code, (None, False))
    return shapely.union_all([vorm for vorm, _ in vormen]), any(schematisch for _, schematisch in vormen)


def _load_geometrie(conn: Connection, boom: Gebiedsboom, codes: set[str]) -> dict[str, tuple[shapely.Geometry, bool]]:
    """Return (shape, schematisch) by code: the form that is in the tree, or the last one of an area that is not."""
    if not codes:
        return {}
    gezocht = (
        select(tabel.c.code, tabel.c.geldig_vanaf, tabel.c.schematisch, tabel.c.geometrie)
        .where(tabel.c.geometrie.is_not(None))
        .order_by(tabel.c.code, tabel.c.geldig_vanaf.nulls_first())
    )
    rijen = {
        r.code: r
        for r in conn.execute(gezocht)
        if r.code in codes and (r.code not in boom.gebieden or boom.gebieden[r.code].geldig_vanaf == r.geldig_vanaf)
    }
    vormen = shapely.from_wkb([r.geometrie for r in rijen.values()])
    return {code: (vorm, r.schematisch) for (code, r), vorm in zip(rijen.items(), vormen, strict=True)}
