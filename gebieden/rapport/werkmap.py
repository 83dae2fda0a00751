"""XLSX: a sheet with the table and a sheet that explains it. No text ever becomes a formula, a link or a number."""

import io
import re
from datetime import UTC, date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gebieden.domein.celtekst import clean_tekst
from gebieden.domein.fouten import InvoerError
from gebieden.domein.taal import format_datum, format_getal
from gebieden.rapport.inhoud import VERZONNEN, VERZONNEN_ZIN, Cel, Uitvoer

MAX_TEKENS = 32_767
MAX_RIJEN = 1_048_575
_BREEDTES = (6, 60)
XLSX_OPTIES = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render_xlsx(uitvoer: Uitvoer) -> bytes:
    """Return the table as a workbook; raise InvoerError when it has more rows than a sheet can hold."""
    if len(uitvoer.frame) > MAX_RIJEN:
        raise InvoerError(
            f"De tabel {uitvoer.naam} heeft {format_getal(len(uitvoer.frame))} rijen; "
            f"in een Excelblad passen er {format_getal(MAX_RIJEN)}. Kies .csv of .gpkg, of maak een kleinere selectie."
        )
    uit = io.BytesIO()
    with xlsxwriter.Workbook(uit, XLSX_OPTIES) as map_:
        # A fixed date keeps two exports of the same data the same, byte for byte.
        map_.set_properties({"title": uitvoer.naam, "created": datetime(2000, 1, 1, tzinfo=UTC)})
        bladnaam = _compose_bladnaam(uitvoer.naam)
        _write_tabel(map_.add_worksheet(bladnaam), uitvoer, _add_opmaak(map_))
        _write_toelichting(map_.add_worksheet("Toelichting"), uitvoer, _add_opmaak(map_))
    return uit.getvalue()


def _compose_bladnaam(naam: str) -> str:
    schoon = re.sub(r"[\[\]:*?/\\']", " ", clean_tekst(naam)).strip()[:31]
    return f"{schoon} tabel" if schoon.lower() in ("", "toelichting", "history") else schoon


def _add_opmaak(map_: xlsxwriter.Workbook) -> dict[str, Format]:
    return {
        "kop": map_.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "tekst": map_.add_format({"valign": "top"}),
        "datum": map_.add_format({"num_format": "dd-mm-yyyy", "align": "left", "valign": "top"}),
        "tijd": map_.add_format({"num_format": "dd-mm-yyyy hh:mm", "align": "left", "valign": "top"}),
        "lang": map_.add_format({"text_wrap": True, "valign": "top"}),
    }


def _write_tabel(blad: Worksheet, uitvoer: Uitvoer, opmaak: dict[str, Format]) -> None:
    kolommen = uitvoer.collect_kolommen()
    if uitvoer.verzonnen:
        bezet = {naam for naam, _ in kolommen}
        naam = f"{VERZONNEN}_uitvoer" if VERZONNEN in bezet else VERZONNEN
        kolommen.append((naam, [VERZONNEN] * len(uitvoer.frame)))
        blad.set_header(f"&C{VERZONNEN_ZIN}")
        blad.set_footer(f"&C{VERZONNEN_ZIN}&RBlad &P van &N")
    for kolom, (naam, cellen) in enumerate(kolommen):
        blad.write_string(0, kolom, cut_cel(naam), opmaak["kop"])
        for rij, cel in enumerate(cellen, start=1):
            _write_cel(blad, rij, kolom, cel, opmaak)
        blad.set_column(kolom, kolom, _determine_breedte(naam, cellen))
    blad.freeze_panes(1, 0)
    blad.set_landscape()
    blad.repeat_rows(0)
    blad.fit_to_pages(1, 0)
    if kolommen:
        blad.autofilter(0, 0, max(len(uitvoer.frame), 1), len(kolommen) - 1)


def _write_cel(blad: Worksheet, rij: int, kolom: int, cel: Cel, opmaak: dict[str, Format]) -> None:
    if cel is None:
        return
    if isinstance(cel, bool):
        blad.write_string(rij, kolom, "ja" if cel else "nee", opmaak["tekst"])
    elif isinstance(cel, date):
        soort = "tijd" if isinstance(cel, datetime) else "datum"
        # Excel's calendar starts in 1900 and knows no time zones.
        if cel.year < 1900 or getattr(cel, "tzinfo", None):
            blad.write_string(rij, kolom, cel.isoformat(), opmaak["tekst"])
        else:
            blad.write_datetime(rij, kolom, cel, opmaak[soort])
    elif isinstance(cel, str):
        blad.write_string(rij, kolom, cut_cel(cel), opmaak["tekst"])
    else:
        blad.write_number(rij, kolom, float(cel), opmaak["tekst"])


def cut_cel(tekst: str) -> str:
    """Return the text as far as a cell can hold it (32,767 UTF-16 units), with a note when it was longer."""
    eenheden = tekst.encode("utf-16-le")
    if len(eenheden) // 2 <= MAX_TEKENS:
        return tekst
    slot = f" … [ingekort: de hele tekst heeft {format_getal(len(tekst))} tekens]"
    return eenheden[: 2 * (MAX_TEKENS - len(slot))].decode("utf-16-le", errors="ignore") + slot


def _determine_breedte(naam: str, cellen: list[Cel]) -> int:
    langste = max((len(str(cel)) for cel in cellen[:1000] if cel is not None), default=0)
    smalste, breedste = _BREEDTES
    return min(max(langste, len(naam) + 2, smalste) + 1, breedste)


def _write_toelichting(blad: Worksheet, uitvoer: Uitvoer, opmaak: dict[str, Format]) -> None:
    regels = [
        ("Tabel", uitvoer.naam),
        ("Aantal rijen", format_getal(len(uitvoer.frame))),
        ("Bron", uitvoer.bron),
        ("Peildatum", f"{format_datum(uitvoer.peildatum)} ({uitvoer.peildatum.isoformat()})"),
        ("Definitie", uitvoer.definitie),
        ("Filters", uitvoer.filters or "geen"),
    ]
    if uitvoer.verzonnen:
        regels.insert(0, ("Let op", VERZONNEN_ZIN))
    for rij, (kop, tekst) in enumerate(regels):
        blad.write_string(rij, 0, kop, opmaak["kop"])
        blad.write_string(rij, 1, cut_cel(clean_tekst(tekst)), opmaak["lang"])
    blad.set_column(0, 0, 16)
    blad.set_column(1, 1, 100)
