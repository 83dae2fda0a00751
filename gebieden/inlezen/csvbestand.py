"""Text tables: which encoding, which delimiter, which row is the header.

Rows are counted as a spreadsheet program shows them: a cell with a line break inside is one row.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.kolommen import MAX_KOPREGEL, Kolom, find_kopregel

SCHEIDINGSTEKENS = (";", ",", "\t")
LEESBLOK_BYTES = 1024**2
MAX_CEL_TEKENS = 1_000_000
MAX_REGEL_TEKENS = 4 * 1024**2
"""Longest line: without an end of line, a reader takes the whole file into memory to find it."""

_UTF8_IN_ANDERS = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x82\xac|\xe2\x80[\x98-\x9e]")
_BINAIR = {
    b"PK\x03\x04": "een zip- of Excelbestand",
    b"\xd0\xcf\x11\xe0": "een oud Excel- of Wordbestand",
    b"%PDF": "een PDF",
    b"\x89PNG": "een plaatje",
    b"\x1f\x8b": "een gz-bestand",
    b"SQLite format 3": "een database (of GeoPackage)",
}


@dataclass(frozen=True, slots=True)
class Csvvorm:
    """How a text table is written down; `kopregel` is the 0-based row of the header."""

    encoding: str
    scheidingsteken: str
    kopregel: int
    koppen: tuple[str, ...]


def detect_encoding(pad: Path) -> str:
    """Return `utf-8-sig`, `utf-16` or `cp1252` after looking at the whole file, in bounded memory.

    UTF-16 needs its byte order mark (Excel's "Unicode-tekst" has one). A file that is not UTF-8 is
    Windows-1252, unless it is binary or mixes the two: then nobody can say what the letters were. Bytes that
    can be either (Windows-1252 `é€€`, in no real text) are UTF-8.
    """
    with pad.open("rb") as bestand:
        begin = bestand.read(LEESBLOK_BYTES)
        _check_tekst(begin, pad.name)
        if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if _can_decode_whole(bestand, "utf-8", pad.name):
            return "utf-8-sig"
        if _is_gemengd(bestand) or not _can_decode_whole(bestand, "cp1252", pad.name):
            raise InvoerError(
                f"De tekens in {pad.name} zijn niet te lezen: het is geen UTF-8 en geen Windows-1252, of de twee staan "
                "door elkaar. Open het bestand in Excel en bewaar het als 'CSV UTF-8'."
            )
    return "cp1252"


def _can_decode_whole(bestand: io.BufferedReader, encoding: str, naam: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    lukt = True
    bestand.seek(0)
    while blok := bestand.read(LEESBLOK_BYTES):
        if b"\x00" in blok:
            raise _build_binair(naam, "tekens met waarde 0")
        lukt = lukt and _can_decode(decoder, blok)
    return lukt and _can_decode(decoder, b"", final=True)


def _is_gemengd(bestand: io.BufferedReader) -> bool:
    staart = b""
    bestand.seek(0)
    while blok := bestand.read(LEESBLOK_BYTES):
        if _UTF8_IN_ANDERS.search(staart + blok):
            return True
        staart = blok[-3:]
    return False


def _can_decode(decoder: codecs.IncrementalDecoder, blok: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(blok, final)
    except UnicodeDecodeError:
        return False
    return True


def _check_tekst(begin: bytes, naam: str) -> None:
    for teken, wat in _BINAIR.items():
        if begin.startswith(teken):
            raise _build_binair(naam, wat)


def _build_binair(naam: str, wat: str) -> InvoerError:
    return InvoerError(
        f"Bestand {naam} is geen tekstbestand: gevonden is {wat}. Verwacht een CSV (tekst) of een werkmap met "
        "extensie .xlsx, .xls of .ods. Geef het bestand de goede extensie of bewaar het als 'CSV UTF-8'."
    )


def iter_csv_rijen(pad: Path, encoding: str, scheidingsteken: str) -> Iterator[list[str]]:
    """Yield every row of the file as it stands there, empty ones as an empty list.

    Raises
    ------
    InvoerError
        A quote that is never closed, or a cell longer than a million characters.
    """
    csv.field_size_limit(MAX_CEL_TEKENS)
    rij = 0
    with pad.open(encoding=encoding, newline="") as bestand:
        lezer = csv.reader(
            _iter_regels(bestand, pad.name), delimiter=scheidingsteken, skipinitialspace=True, strict=True
        )
        try:
            for cellen in lezer:
                rij += 1
                yield cellen
        except csv.Error as fout:
            raise InvoerError(
                f"In {pad.name} klopt een aanhalingsteken niet op of na rij {rij + 1} (tekstregel "
                f"{lezer.line_num}). Verwacht: tekst tussen twee dubbele aanhalingstekens, en een aanhalingsteken in "
                "de tekst zelf verdubbeld. Verbeter die rij en lees het bestand opnieuw in."
            ) from fout
        except UnicodeError as fout:
            raise InvoerError(
                f"De tekens in {pad.name} zijn niet te lezen als {encoding} (na rij {rij}). "
                "Bewaar het bestand als 'CSV UTF-8'."
            ) from fout


def build_lange_regel(naam: str, grens: int) -> InvoerError:
    """Return the error for a file with a line longer than this many characters."""
    return InvoerError(
        f"In {naam} staat een regel van meer dan {grens // 1024**2} MB. Verwacht: elke rij op een eigen regel. "
        "Maak de export opnieuw."
    )


def _iter_regels(bestand: IO[str], naam: str) -> Iterator[str]:
    while regel := bestand.readline(MAX_REGEL_TEKENS):
        if len(regel) == MAX_REGEL_TEKENS:
            raise build_lange_regel(naam, MAX_REGEL_TEKENS)
        yield regel


def determine_csvvorm(pad: Path, schema: Sequence[Kolom], kolommen: Mapping[str, str] | None = None) -> Csvvorm:
    """Return encoding, delimiter and header row: those under which most column names are recognised."""
    encoding = detect_encoding(pad)
    proeven = {teken: _read_begin(pad, encoding, teken) for teken in SCHEIDINGSTEKENS}
    scores = {teken: find_kopregel(rijen, schema, kolommen) for teken, rijen in proeven.items()}
    teken = max(SCHEIDINGSTEKENS, key=lambda t: (scores[t][1], _median_velden(proeven[t])))
    index, aantal = scores[teken]
    if aantal == 0:
        index = _guess_kopregel(proeven[teken])
    rijen = proeven[teken]
    return Csvvorm(encoding, teken, index, tuple(rijen[index]) if rijen else ())


def _read_begin(pad: Path, encoding: str, teken: str) -> list[list[str]]:
    """Return the first rows under this delimiter; as far as they can be read, for a wrong delimiter breaks quotes."""
    rijen: list[list[str]] = []
    try:
        rijen.extend(islice(iter_csv_rijen(pad, encoding, teken), MAX_KOPREGEL))
    except InvoerError:
        return rijen
    return rijen


def _median_velden(rijen: Sequence[Sequence[str]]) -> int:
    breedtes = sorted(len(rij) for rij in rijen)
    return breedtes[len(breedtes) // 2] if breedtes else 0


def _guess_kopregel(rijen: Sequence[Sequence[str]]) -> int:
    """Return the first widest row: only to show what was found when no column is known."""
    return max(range(len(rijen)), key=lambda i: (sum(bool(c.strip()) for c in rijen[i]), -i), default=0)
