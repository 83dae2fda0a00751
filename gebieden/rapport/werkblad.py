"""XLSX to edit: points as rows with drop-downs, their keys locked, and beside them how they were."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

import xlsxwriter
from sqlalchemy import Connection
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gebieden.domein.agendapunt import Agendapunt
from gebieden.domein.fouten import InvoerError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.puntvelden import EERSTE_DAG, LAATSTE_DAG
from gebieden.domein.taal import format_getal
from gebieden.domein.werkblad import (
    BASISBLAD,
    BLAD,
    LIJSTBLAD,
    MAX_REGELS,
    UITLEGBLAD,
    Bladkolom,
    Bladsoort,
    compose_cellen,
    compute_controlegetal,
    count_partnerkolommen,
    list_kolommen,
)
from gebieden.opslag.database import is_demo
from gebieden.opslag.werkblad import load_beheerpunten
from gebieden.rapport.inhoud import VERZONNEN, VERZONNEN_ZIN
from gebieden.rapport.werkbladuitleg import compose_uitleg
from gebieden.rapport.werkmap import XLSX_OPTIES, cut_cel

_BREEDTES: Final = {"id": 12, "gebied": 24, "titel": 44, "omschrijving": 60, "waarom": 34}
_BREEDTE: Final = {Bladsoort.TEKST: 26, Bladsoort.KEUZE: 13, Bladsoort.PARTNER: 22, Bladsoort.DATUM: 14}
# Excel's calendar has a day too many before this one.
_EERSTE_EXCELDAG: Final = date(1900, 3, 1)
_MAG: Final = {
    "autofilter": True,
    "sort": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
}


@dataclass(frozen=True)
class Werkblad:
    """What goes into the workbook: points that this person may change, the names of areas, the partners in use.

    `weggelaten` counts the points of the selection that they may not change, and that are not in it.
    """

    punten: list[Agendapunt]
    namen: dict[str, str]
    partners: list[str]
    op: date
    weggelaten: int = 0
    verzonnen: bool = False


def compose_werkblad(conn: Connection, gebruiker: Gebruiker, ids: list[str], op: date) -> Werkblad:
    """Return the points of a selection that this person may change; raise RechtenError when they may nowhere."""
    beheer = load_beheerpunten(conn, gebruiker, ids, op)
    return Werkblad(beheer.punten, beheer.namen, beheer.partners, op, beheer.weggelaten, is_demo(conn))


def render_werkblad(werkblad: Werkblad) -> bytes:
    """Return the workbook; raise InvoerError when it has more points than can be read back."""
    if len(werkblad.punten) > MAX_REGELS:
        raise InvoerError(
            f"De selectie heeft {format_getal(len(werkblad.punten))} punten. Verwacht: hoogstens "
            f"{format_getal(MAX_REGELS)}. Kies eerst een gebied of een thema."
        )
    kolommen = list_kolommen(count_partnerkolommen(werkblad.punten))
    rijen = [
        [cut_cel(cel) for cel in compose_cellen(punt, werkblad.namen.get(punt.gebied, ""), kolommen)]
        for punt in werkblad.punten
    ]
    uit = io.BytesIO()
    with xlsxwriter.Workbook(uit, XLSX_OPTIES) as map_:
        map_.set_properties({"title": BLAD, "created": datetime(2000, 1, 1, tzinfo=UTC)})
        opmaak = _add_opmaak(map_)
        blad, uitleg, basis, lijsten = map(map_.add_worksheet, (BLAD, UITLEGBLAD, BASISBLAD, LIJSTBLAD))
        _write_agenda(blad, werkblad, kolommen, rijen, opmaak)
        _write_uitleg(uitleg, werkblad, opmaak)
        _write_basis(basis, werkblad, kolommen, rijen, opmaak)
        _write_lijsten(lijsten, werkblad)
    return uit.getvalue()


def _add_opmaak(map_: xlsxwriter.Workbook) -> dict[str, Format]:
    open_: dict[str, Any] = {"locked": False, "valign": "top"}
    return {
        "kop": map_.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#E4EBEF"}),
        "sleutel": map_.add_format({"valign": "top", "bg_color": "#F2F5F7", "num_format": "@"}),
        # As text: what looks like a formula, a number or a date stays what was written, also when it is edited.
        "tekst": map_.add_format(open_ | {"num_format": "@"}),
        "lang": map_.add_format(open_ | {"num_format": "@", "text_wrap": True}),
        "datum": map_.add_format(open_ | {"num_format": "dd-mm-yyyy", "align": "left"}),
        "vet": map_.add_format({"bold": True, "valign": "top"}),
        "uitleg": map_.add_format({"text_wrap": True, "valign": "top"}),
    }


def _write_agenda(
    blad: Worksheet, werkblad: Werkblad, kolommen: list[Bladkolom], rijen: list[list[str]], opmaak: dict[str, Format]
) -> None:
    for plaats, kolom in enumerate(kolommen):
        blad.write_string(0, plaats, kolom.naam, opmaak["kop"])
        blad.set_column(plaats, plaats, _BREEDTES.get(kolom.naam) or _BREEDTE[kolom.soort])
        vorm = _choose_opmaak(kolom, opmaak)
        for rij, cellen in enumerate(rijen, start=1):
            _write_cel(blad, rij, plaats, cellen[plaats], kolom.soort, vorm)
        if rijen:
            _add_keuze(blad, plaats, kolom, len(rijen), len(werkblad.partners))
    if werkblad.verzonnen:
        _mark_verzonnen(blad, len(kolommen), len(rijen), opmaak)
    blad.freeze_panes(1, 3)
    blad.autofilter(0, 0, max(len(rijen), 1), len(kolommen) - 1)
    blad.set_landscape()
    blad.repeat_rows(0)
    blad.fit_to_pages(1, 0)
    blad.protect("", _MAG)


def _choose_opmaak(kolom: Bladkolom, opmaak: dict[str, Format]) -> Format:
    if kolom.soort in (Bladsoort.SLEUTEL, Bladsoort.DATUM):
        return opmaak[kolom.soort]
    return opmaak["lang" if kolom.naam in ("titel", "omschrijving") else "tekst"]


def _write_cel(blad: Worksheet, rij: int, plaats: int, cel: str, soort: Bladsoort, vorm: Format) -> None:
    if not cel:
        blad.write_blank(rij, plaats, None, vorm)
    elif soort is Bladsoort.DATUM and (dag := date.fromisoformat(cel)) >= _EERSTE_EXCELDAG:
        blad.write_datetime(rij, plaats, dag, vorm)
    else:
        blad.write_string(rij, plaats, cel, vorm)


def _add_keuze(blad: Worksheet, plaats: int, kolom: Bladkolom, laatste: int, aantal_partners: int) -> None:
    """Add the drop-down of a column, or the check on its dates."""
    if kolom.soort is Bladsoort.DATUM:
        regel = {"validate": "date", "criteria": "between", "minimum": EERSTE_DAG, "maximum": LAATSTE_DAG}
        regel |= {
            "error_title": "Geen datum",
            "error_message": "Typ een datum als 31-12-2026, of laat het vak leeg.",
        }
    elif kolom.soort is Bladsoort.KEUZE:
        regel = {"validate": "list", "source": list(kolom.keuzes), "error_title": "Kies uit de lijst"}
        regel |= {"error_message": f"Bij '{kolom.naam}' kan alleen wat in de lijst staat."}
    elif kolom.soort is Bladsoort.PARTNER and aantal_partners:
        regel = {"validate": "list", "source": f"='{LIJSTBLAD}'!$A$2:$A${aantal_partners + 1}", "error_type": "warning"}
        regel |= {
            "error_title": "Nieuwe partner",
            "error_message": "Deze partner staat nog niet in de lijst. Klopt de naam?",
        }
    else:
        return
    blad.data_validation(1, plaats, laatste, plaats, regel)


def _mark_verzonnen(blad: Worksheet, plaats: int, aantal: int, opmaak: dict[str, Format]) -> None:
    blad.set_header(f"&C{VERZONNEN_ZIN}")
    for rij in range(aantal + 1):
        blad.write_string(rij, plaats, VERZONNEN, opmaak["sleutel" if rij else "kop"])


def _write_uitleg(blad: Worksheet, werkblad: Werkblad, opmaak: dict[str, Format]) -> None:
    regels = compose_uitleg(werkblad.op, len(werkblad.punten), werkblad.weggelaten)
    regels = [("Let op", VERZONNEN_ZIN), *regels] if werkblad.verzonnen else regels
    for rij, (kop, tekst) in enumerate(regels):
        blad.write_string(rij, 0, kop, opmaak["vet"])
        blad.write_string(rij, 1, tekst, opmaak["uitleg"])
    blad.set_column(0, 0, 26)
    blad.set_column(1, 1, 100)
    blad.protect("")


def _write_basis(
    blad: Worksheet, werkblad: Werkblad, kolommen: list[Bladkolom], rijen: list[list[str]], opmaak: dict[str, Format]
) -> None:
    """Write the points as they went out, everything as text; with a number that tells when somebody changed that."""
    koppen = [kolom.naam for kolom in kolommen]
    kop = ["stand van", werkblad.op.isoformat(), "controlegetal", compute_controlegetal([koppen, *rijen])]
    for rij, cellen in enumerate([kop, koppen, *rijen]):
        for plaats, cel in enumerate(cellen):
            if cel:
                blad.write_string(rij, plaats, cel, opmaak["kop"] if rij < 2 else None)
    if werkblad.verzonnen:
        blad.write_string(0, len(kop), VERZONNEN_ZIN, opmaak["kop"])
        blad.set_header(f"&C{VERZONNEN_ZIN}")
    blad.set_column(0, len(koppen) - 1, 16)
    blad.freeze_panes(2, 1)
    blad.protect("", {"format_columns": True, "autofilter": True})


def _write_lijsten(blad: Worksheet, werkblad: Werkblad) -> None:
    for rij, naam in enumerate(("partners", *werkblad.partners)):
        blad.write_string(rij, 0, cut_cel(naam))
    blad.protect("")
    blad.hide()
