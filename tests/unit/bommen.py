"""Files that take far more memory than their size tells: each a function that makes one, by name.

Run with names of such files, tells how much memory it took to refuse them all.
"""

import random
import resource
import sqlite3
import struct
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import geopandas as gpd
import shapely

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen import agendapunten, signalen
from gebieden.inlezen.bevindingen import Bevindingenreeks
from gebieden.inlezen.blokken import Blokkenlezer
from gebieden.inlezen.lagen import read_lagen
from gebieden.inlezen.tabel import read_tabel

MB = 1024**2
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAKKET = "http://schemas.openxmlformats.org/package/2006"
_KOP = '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>'
_LACH = (
    '<!DOCTYPE x [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
_BESTAND = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/hostname">]>'
_TOEVAL = random.Random(1)


def _xlsx(
    pad: Path,
    rijen: str,
    *,
    blad: str = "worksheets/sheet1.xml",
    dtd: str = "",
    teksten: Iterable[str] = (),
    codering: str = "utf-8",
) -> Path:
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archief:
        archief.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PAKKET}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archief.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PAKKET}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archief.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns:r="{_OFFICE}"><sheets><sheet name="B" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archief.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PAKKET}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
            f'Target="{blad}"/></Relationships>',
        )
        with archief.open("xl/sharedStrings.xml", "w") as deel:
            for tekst in ("<sst>", *teksten, "</sst>"):
                deel.write(tekst.encode())
        archief.writestr(
            f"xl/{blad}", f"{dtd}<worksheet><sheetData>{_KOP}{rijen}</sheetData></worksheet>".encode(codering)
        )
    return pad


def _cel(kenmerken: str) -> str:
    return f'<row r="1048576"><c {kenmerken}><v>1</v></c></row>'


def _ods(pad: Path, rijen: str, dtd: str = "") -> Path:
    namen = " ".join(
        f'xmlns:{naam}="urn:oasis:names:tc:opendocument:xmlns:{naam}:1.0"' for naam in ("office", "table", "text")
    )
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archief:
        archief.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archief.writestr("META-INF/manifest.xml", "<manifest/>")
        archief.writestr(
            "content.xml",
            f"{dtd}<office:document-content {namen}><office:body><office:spreadsheet><table:table>{_RIJ}{rijen}"
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return pad


_VOL = '<table:table-cell office:value-type="string"{}><text:p>id</text:p></table:table-cell>'
_VEEL = "table:number-columns-repeated='99999999'"
_RIJ = f"<table:table-row>{_VOL.format('')}</table:table-row>"


def _ods_rij(cellen: str, herhaald: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{herhaald}">{cellen}</table:table-row>'


def _shapefile(pad: Path, aantal: int, velden: int, breedte: int = 254) -> Path:
    """Write a zip with records of nothing but spaces, and shapes that are none."""
    beschrijving = b"".join(struct.pack("11scxxxxB15x", f"F{n}".encode(), b"C", breedte) for n in range(velden))
    kop = struct.pack("<BBBBIHH20x", 3, 26, 1, 1, aantal, 33 + 32 * velden, 1 + breedte * velden) + beschrijving + b"\r"

    def begin(lengte: int) -> bytes:
        return struct.pack(">i20xi", 9994, lengte // 2) + struct.pack("<ii64x", 1000, 5)

    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archief:
        with archief.open("b.dbf", "w") as deel:
            deel.write(kop)
            rij = b" " + _TOEVAL.randbytes(velden * breedte // 50).hex().encode().ljust(breedte * velden)
            for _ in range(aantal // 1000):
                deel.write(rij * 1000)
        vormen = b"".join(struct.pack(">ii", n + 1, 2) + bytes(4) for n in range(aantal))
        plaatsen = b"".join(struct.pack(">ii", (100 + 12 * n) // 2, 2) for n in range(aantal))
        archief.writestr("b.shp", begin(100 + len(vormen)) + vormen)
        archief.writestr("b.shx", begin(100 + len(plaatsen)) + plaatsen)
    return pad


def _geopackage(pad: Path, *opdrachten: str) -> Path:
    frame = gpd.GeoDataFrame({"code": ["BU1"], "naam": ["x"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=28992)
    frame.to_file(pad, layer="buurten", driver="GPKG")
    with sqlite3.connect(pad) as db:
        for opdracht in opdrachten:
            db.execute(opdracht)
    db.close()
    return pad


_EINDELOOS = (
    "CREATE VIEW buurten AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
    "SELECT x AS OGC_FID, (SELECT geom FROM echt) AS geom, 'c' || x AS code, 'n' AS naam FROM c"
)


def _herhaal(pad: Path, begin: bytes, blok: bytes, megabytes: int) -> Path:
    with pad.open("wb") as bestand:
        bestand.write(begin)
        for _ in range(megabytes):
            bestand.write(blok * (MB // len(blok)))
    return pad


def _leeg(pad: Path, begin: bytes) -> Path:
    """Write a file of 2 GB that takes no room on the disk."""
    with pad.open("wb") as bestand:
        bestand.write(begin)
        bestand.truncate(2048 * MB)
    return pad


_SKOP = b"id;datum;categorie;bron;gebied\n"
_LIJST = b'{"type":"FeatureCollection","features":[[]'
_T, _G, _S = "agendapunten", "gebieden", "signalen"
# Name: kind of file, how it is made, and what is said of it.
BOMMEN: dict[str, tuple[str, Callable[[Path], Path], str]] = {
    "nullen.xlsx": (_T, lambda p: _xlsx(p, "0" * (100 * MB)), "wordt uitgepakt 100 MB, .* keer zo groot"),
    "hoek.xlsx": (_T, lambda p: _xlsx(p, _cel('r="XFD1048576"')), "17179869184 cellen: te groot"),
    "volgorde.xlsx": (_T, lambda p: _xlsx(p, _cel('s="0" r="XFD1048576"')), "17179869184 cellen"),
    "enkel.xlsx": (_T, lambda p: _xlsx(p, _cel("r='XFD1048576'")), "17179869184 cellen"),
    "spatie.xlsx": (_T, lambda p: _xlsx(p, _cel('\n r = "XFD1048576"\n')), "17179869184 cellen"),
    "entiteit.xlsx": (_T, lambda p: _xlsx(p, _cel('r="&#88;FD1048576"')), "17179869184 cellen"),
    "klein.xlsx": (_T, lambda p: _xlsx(p, _cel('r="xfd1048576"')), "17179869184 cellen"),
    "haak.xlsx": (_T, lambda p: _xlsx(p, _cel('r="XFD1048576" q="/>"')), "17179869184 cellen"),
    "voorvoegsel.xlsx": (
        _T,
        lambda p: _xlsx(p, '<x:row xmlns:x="y"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'),
        "17179869184 cellen",
    ),
    "zonder_plaats.xlsx": (
        _T,
        lambda p: _xlsx(p, '<row r="4000000"><c><v>1</v></c></row>'),
        "4000000 cellen",
    ),
    "elders.xlsx": (_T, lambda p: _xlsx(p, _cel('r="XFD9999"'), blad="bladen/een.dat"), "cellen: te groot"),
    "utf16.xlsx": (
        _T,
        lambda p: _xlsx(p, _cel('r="XFD1048576"'), codering="utf-16"),
        "geen enkele gevulde rij",
    ),
    "leegte.xlsx": (_T, lambda p: _xlsx(p, _cel('r="T999999"')), "hoogstens 10 per gevulde cel"),
    "teksten.xlsx": (
        _T,
        lambda p: _xlsx(p, "", teksten=("<si><t/></si>" * 50_000 + _TOEVAL.randbytes(2500).hex() for _ in range(110))),
        "meer dan 256 MB of 5000000 teksten",
    ),
    "lange_tekst.xlsx": (
        _T,
        lambda p: _xlsx(p, "", teksten=(_TOEVAL.randbytes(3000).hex() * 100 for _ in range(10))),
        "een tekst van meer dan 4 MB",
    ),
    "lach.xlsx": (_T, lambda p: _xlsx(p, "<row><c><v>&j;</v></c></row>", dtd=_LACH), "bevat een DTD"),
    "bestand.xlsx": (_T, lambda p: _xlsx(p, "<row><c><v>&j;</v></c></row>", dtd=_BESTAND), "bevat een DTD"),
    "binair.xlsx": (_T, lambda p: _xlsx(p, "", blad="workbook.bin"), "binaire werkmap"),
    "herhaald.ods": (
        _T,
        lambda p: _ods(p, _ods_rij(_VOL.format(' table:number-columns-repeated="1000"'), 1_000_000)),
        "1000001000 cellen: te groot",
    ),
    "zelfsluitend.ods": (
        _T,
        lambda p: _ods(
            p,
            _ods_rij(f'<table:table-cell office:value-type="float" office:value="1" {_VEEL}/>'),
        ),
        "199999998 cellen: te groot",
    ),
    "tien_cijfers.ods": (
        _T,
        lambda p: _ods(p, _ods_rij(_VOL.format(' table:number-columns-repeated="1000000000"'))),
        "2000000000 cellen",
    ),
    "bedekt.ods": (
        _T,
        lambda p: _ods(
            p, _ods_rij(_VOL.format(" table:number-columns-repeated='99999999'").replace("table-c", "covered-table-c"))
        ),
        "199999998 cellen",
    ),
    "gat.ods": (
        _T,
        lambda p: _ods(p, _ods_rij("<table:table-cell/>", 900_000_000) + _RIJ),
        "900000002 cellen",
    ),
    "breed.ods": (
        _T,
        lambda p: _ods(p, _ods_rij('<table:table-cell table:number-columns-repeated="999999999"/>' + _VOL.format(""))),
        "2000000000 cellen",
    ),
    "lach.ods": (_T, lambda p: _ods(p, "&j;", _LACH), "bevat een DTD"),
    "bestand.ods": (_T, lambda p: _ods(p, "&j;", _BESTAND), "bevat een DTD"),
    "groot.zip": (_G, lambda p: _shapefile(p, 9_000, 255), "Toegestaan is 512 MB"),
    "veel.zip": (_G, lambda p: _shapefile(p, 900_000, 6, 1), "900000 vlakken met 6 kolommen"),
    "eindeloos.gpkg": (
        _G,
        lambda p: _geopackage(
            p, "ALTER TABLE buurten RENAME TO echt", _EINDELOOS, "UPDATE gpkg_contents SET table_name = 'buurten'"
        ),
        "geen gewone tabel",
    ),
    "berekend.gpkg": (
        _G,
        lambda p: _geopackage(p, "ALTER TABLE buurten ADD COLUMN z BLOB AS (zeroblob(900000000))"),
        "geen gewone tabel",
    ),
    "groot.gpkg": (_G, lambda p: _leeg(p, b"SQLite format 3\0"), "te groot: 2048 MB. De grens is 1024 MB"),
    "groot.geojson": (_G, lambda p: _leeg(p, b"{"), "te groot: 2048 MB. De grens is"),
    "diep.geojson": (_G, lambda p: _herhaal(p, b'{"a":', b"[", 2), "te diep genest"),
    "lijsten.geojson": (_G, lambda p: _herhaal(p, _LIJST, b",[]", 40), "meer dan 12000000 delen"),
    "groot.csv": (_T, lambda p: _leeg(p, b"id;titel\n"), "te groot: 2048 MB. De grens is 128 MB"),
    "regel.csv": (_T, lambda p: _herhaal(p, b"id;titel\n", b"x", 60), "een regel van meer dan 4 MB"),
    "kolommen.csv": (_T, lambda p: _herhaal(p, b"id;titel\n", b";", 60), "een regel van meer dan 4 MB"),
    "rijen.csv": (_T, lambda p: _herhaal(p, b"id;titel\n", b"\n", 60), "meer dan 250000 rijen"),
    "signalen_regel.csv": (_S, lambda p: _herhaal(p, _SKOP, b"x", 60), "een regel van meer dan 8 MB"),
    "signalen_quote.csv": (
        "signalen",
        lambda p: _herhaal(p, _SKOP + b'"', b"x", 60),
        "een regel van meer dan 4 MB",
    ),
    "signalen_leeg.csv": (_S, lambda p: _herhaal(p, _SKOP, b"\n", 60), "honderdduizenden rijen"),
    "signalen_groot.csv": (_S, lambda p: _leeg(p, _SKOP), "tekens met waarde 0"),
}


def read(pad: Path) -> object:
    """Read a file as an import of its kind does."""
    soort = BOMMEN[pad.name][0]
    if soort == "gebieden":
        return read_lagen(pad, None, pad.name)
    if soort == "signalen":
        return list(Blokkenlezer(pad, schema=signalen.SCHEMA, bevindingen=Bevindingenreeks()))
    return read_tabel(pad, schema=agendapunten.SCHEMA)


def _get_piek_mb() -> int:
    """Return the most memory that this program ever had; unlike getrusage, not what started it."""
    regel = next(r for r in Path("/proc/self/status").read_text().splitlines() if r.startswith("VmHWM:"))
    return int(regel.split()[1]) // 1024


if __name__ == "__main__":
    for naam in sys.argv[1:]:
        try:
            read(Path(naam))
        except InvoerError as fout:
            print(fout, file=sys.stderr)
    print(_get_piek_mb(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
