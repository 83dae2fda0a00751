"""Boundary files: a GeoJSON, a GeoPackage or a zipped shapefile as layers of plain attributes and shapes."""

import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd
import pyogrio
import shapely

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.bestand import MAX_GRENZEN_BYTES, MEBIBYTE, check_bestand, check_zip
from gebieden.inlezen.geojson import check_omvang, read_geojson
from gebieden.inlezen.kolommen import list_namen

MAX_GEOJSON_BYTES = 256 * MEBIBYTE
"""GeoJSON is held in memory whole, at about eight times its size; a GeoPackage is not."""
MAX_SHAPEFILE_BYTES = 512 * MEBIBYTE
"""Largest shapefile when unpacked, all its parts together."""
MAX_WAARDEN = 5_000_000
"""Largest number of attributes of one layer: features times columns."""

_TABELLEN = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"
_KOLOMMEN = "SELECT * FROM pragma_table_xinfo(?)"


@dataclass
class Laag:
    """One layer: per feature its attributes (by their name in the file) and its shape, None when it has none.

    `crs` is what the file declares, None when it declares nothing. `oorzaken` says per feature index why a
    shape could not be read.
    """

    naam: str
    crs: str | None
    eigenschappen: list[dict[str, Any]]
    vormen: list[shapely.Geometry | None]
    oorzaken: dict[int, str] = field(default_factory=dict)

    @property
    def kolommen(self) -> list[str]:
        """The attribute names that occur, in order of first appearance."""
        return list(dict.fromkeys(naam for rij in self.eigenschappen for naam in rij))


def read_lagen(pad: Path, laag: str | None, bestand: str) -> list[Laag]:
    """Return the layers of a boundary file that have shapes, or only the one named; recognised by content.

    Raises
    ------
    InvoerError
        The file cannot be used: no such layer, a part missing, corrupt, or none of the three formats.
    """
    check_bestand(pad, limiet_bytes=MAX_GRENZEN_BYTES)
    with pad.open("rb") as open_bestand:
        begin = open_bestand.read(4096)
    if begin.startswith(b"PK\x03\x04"):
        with _unpack_shapefiles(pad, bestand) as shapefiles:
            return _load_ogr({naam: (p, None) for naam, p in shapefiles.items()}, laag, bestand)
    if begin.startswith(b"SQLite format 3\x00"):
        return _load_ogr(_list_gpkg(pad, bestand), laag, bestand)
    if begin.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        check_bestand(pad, limiet_bytes=MAX_GEOJSON_BYTES)
        check_omvang(pad, bestand)
        inhoud = read_geojson(pad.read_bytes(), bestand)
        return [Laag(pad.stem, inhoud.crs, inhoud.eigenschappen, inhoud.vormen, inhoud.oorzaken)]
    raise InvoerError(
        f"Bestand {bestand} is geen grenzenbestand dat gelezen kan worden. Verwacht: GeoJSON, GeoPackage (.gpkg) of "
        f"een shapefile in een zip.{_explain_begin(pad, begin)}"
    )


def _explain_begin(pad: Path, begin: bytes) -> str:
    if pad.suffix.lower() in {".shp", ".dbf", ".shx", ".prj"}:
        return " Dit is één deel van een shapefile: zet .shp, .shx, .dbf en .prj samen in een zip."
    if begin.startswith((b"\xff\xfe", b"\xfe\xff")):
        return " Het bestand staat in UTF-16: bewaar het als UTF-8."
    if begin.lstrip().lower().startswith((b"<html", b"<!doctype")):
        return " Dit is een webpagina, waarschijnlijk een foutmelding: download het bestand opnieuw."
    return " Maak de export opnieuw in een van deze vormen."


def _list_gpkg(pad: Path, bestand: str) -> dict[str, tuple[Path, str | None]]:
    try:
        lagen = pyogrio.list_layers(pad)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as fout:
        raise _build_onleesbaar(bestand, fout) from fout
    namen = [str(naam) for naam, soort in lagen if soort is not None]
    if not namen:
        raise InvoerError(f"GeoPackage {bestand} bevat geen laag met vlakken. Exporteer de grenzen opnieuw.")
    _check_gewone_tabellen(pad, namen, bestand)
    return {naam: (pad, naam) for naam in namen}


def _check_gewone_tabellen(pad: Path, namen: Sequence[str], bestand: str) -> None:
    """Raise InvoerError for a layer whose rows are computed while reading: there may be no end to them."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(pad.absolute()))}?mode=ro", uri=True)) as db:
            db.execute("PRAGMA trusted_schema=OFF")
            gewoon = {n for n, sql in db.execute(_TABELLEN) if not sql.upper().startswith("CREATE VIRTUAL")}
            berekend = {n for n in namen if any(kolom[6] for kolom in db.execute(_KOLOMMEN, [n]))}
    except sqlite3.DatabaseError as fout:
        raise _build_onleesbaar(bestand, fout) from fout
    if vreemd := [naam for naam in namen if naam not in gewoon - berekend]:
        raise InvoerError(
            f"Laag '{vreemd[0]}' van GeoPackage {bestand} is geen gewone tabel, maar een weergave of een berekening. "
            "Exporteer de laag in QGIS naar een nieuwe GeoPackage en lees die in."
        )


def _load_ogr(bronnen: dict[str, tuple[Path, str | None]], laag: str | None, bestand: str) -> list[Laag]:
    if laag is not None:
        gekozen = {n: b for n, b in bronnen.items() if n.casefold() == laag.strip().casefold()}
        if not gekozen:
            raise InvoerError(
                f"Laag '{laag}' staat niet in {bestand}. Gevonden lagen: {list_namen(list(bronnen))}. Verbeter --laag."
            )
        bronnen = gekozen
    return [_load_laag(naam, pad, laagnaam, bestand) for naam, (pad, laagnaam) in bronnen.items()]


def _load_laag(naam: str, pad: Path, laagnaam: str | None, bestand: str) -> Laag:
    try:
        return _read_laag(naam, pad, laagnaam, encoding=None)
    except UnicodeDecodeError:
        return _read_laag(naam, pad, laagnaam, encoding="CP1252")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError) as fout:
        raise _build_onleesbaar(bestand, fout) from fout


def _read_laag(naam: str, pad: Path, laagnaam: str | None, encoding: str | None) -> Laag:
    _check_aantal(pad, laagnaam, naam)
    meta, _, wkb, velden = pyogrio.raw.read(
        pad, layer=laagnaam, encoding=encoding, force_2d=True, datetime_as_string=True
    )
    kolommen = [[_tidy_waarde(waarde) for waarde in kolom.tolist()] for kolom in velden]
    namen = [str(veld) for veld in meta["fields"]]
    aantal = len(wkb) if wkb is not None else 0
    eigenschappen = [{n: k[i] for n, k in zip(namen, kolommen, strict=True)} for i in range(aantal)]
    vormen = shapely.from_wkb(wkb, on_invalid="ignore") if aantal else np.array([], dtype=object)
    oorzaken = {
        i: "de vorm in het bestand is niet te lezen"
        for i, (ruw, vorm) in enumerate(zip(wkb if aantal else [], vormen, strict=True))
        if ruw is not None and vorm is None
    }
    return Laag(naam, meta["crs"], eigenschappen, vormen.tolist(), oorzaken)


def _check_aantal(pad: Path, laagnaam: str | None, naam: str) -> None:
    info = pyogrio.read_info(pad, layer=laagnaam, force_feature_count=True, encoding="CP1252")
    if (waarden := info["features"] * max(len(info["fields"]), 1)) > MAX_WAARDEN:
        raise InvoerError(
            f"Laag {naam} is te groot: {info['features']} vlakken met {len(info['fields'])} kolommen, samen {waarden} "
            f"waarden. De grens is {MAX_WAARDEN}. Laat kolommen weg die niet nodig zijn, of splits het bestand."
        )


def _tidy_waarde(waarde: Any) -> Any:
    return None if waarde is None or (not isinstance(waarde, list | dict) and pd.isna(waarde)) else waarde


def _build_onleesbaar(bestand: str, oorzaak: Exception) -> InvoerError:
    return InvoerError(
        f"Bestand {bestand} is beschadigd of niet af ({str(oorzaak)[:200]}). "
        "Maak de export opnieuw en lees het opnieuw in."
    )


@contextmanager
def _unpack_shapefiles(pad: Path, bestand: str) -> Iterator[dict[str, Path]]:
    """Unpack the shapefiles of an archive, from any folder in it, into a folder that is removed afterwards.

    Yields them by name; two of the same name in different folders keep their folder in it.
    """
    check_zip(pad, MAX_SHAPEFILE_BYTES)
    with tempfile.TemporaryDirectory(prefix="gebieden_") as map_, zipfile.ZipFile(pad) as archief:
        leden = [n for n in archief.namelist() if not n.endswith("/") and not n.startswith("__MACOSX/")]
        stammen = [PurePosixPath(n) for n in leden if n.lower().endswith(".shp")]
        if not stammen:
            raise InvoerError(
                f"In zip-bestand {bestand} zit geen shapefile (.shp). Gevonden: {list_namen(leden)}. "
                "Zet .shp, .shx, .dbf en .prj samen in de zip, of lever een GeoPackage."
            )
        try:
            uitgepakt = {
                stam: _unpack_shapefile(archief, stam, leden, Path(map_) / str(i), bestand)
                for i, stam in enumerate(stammen)
            }
            namen = [stam.stem for stam in stammen]
            yield {
                stam.stem if namen.count(stam.stem) == 1 else stam.with_suffix("").as_posix(): uit
                for stam, uit in uitgepakt.items()
            }
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as fout:
            raise _build_onleesbaar(bestand, fout) from fout


def _unpack_shapefile(
    archief: zipfile.ZipFile, stam: PurePosixPath, leden: Sequence[str], doel: Path, bestand: str
) -> Path:
    delen = {
        PurePosixPath(n).suffix.lower(): n
        for n in leden
        if PurePosixPath(n).with_suffix("").as_posix().casefold() == stam.with_suffix("").as_posix().casefold()
    }
    ontbreekt = [deel for deel in (".shx", ".dbf") if deel not in delen]
    if ontbreekt:
        raise InvoerError(
            f"Van shapefile {stam.name} in {bestand} ontbreekt: {', '.join(ontbreekt)}. "
            f"Gevonden: {', '.join(sorted(delen))}. Zet .shp, .shx, .dbf en .prj samen in de zip."
        )
    doel.mkdir()
    for deel in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
        if deel in delen:
            with archief.open(delen[deel]) as bron, (doel / f"{stam.stem}{deel}").open("wb") as uit:
                shutil.copyfileobj(bron, uit, MEBIBYTE)
    return doel / f"{stam.stem}.shp"
