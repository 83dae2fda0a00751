"""The report of an import: every finding with its row, column, value, rule and repair."""

import io
import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from gebieden.domein.celtekst import clean_tekst, defuse_formule
from gebieden.domein.fouten import Bevinding, InvoerError, OpslagError

KOLOMMEN = ("regel", "kolom", "waarde", "ernst", "regelnaam", "melding", "herstel")


def compose_bevindingentabel(bevindingen: Iterable[Bevinding]) -> pd.DataFrame:
    """Return the findings as a table, in their order: columns KOLOMMEN; an empty regel is about the whole file."""
    tabel = pd.DataFrame([b.to_dict() for b in bevindingen], columns=list(KOLOMMEN))
    return tabel.assign(regel=tabel["regel"].astype("Int64"), ernst=tabel["ernst"].astype(str))


def render_bevindingen_csv(bevindingen: Iterable[Bevinding]) -> bytes:
    """Return the findings as CSV for a Dutch spreadsheet: `;`, UTF-8 with BOM, no formulas."""
    tabel = compose_bevindingentabel(bevindingen)
    for kolom in KOLOMMEN[1:]:
        tabel[kolom] = tabel[kolom].map(lambda w: defuse_formule(clean_tekst(str(w))), na_action="ignore")
    return tabel.to_csv(index=False, sep=";").encode("utf-8-sig")


def render_bevindingen_xlsx(bevindingen: Iterable[Bevinding]) -> bytes:
    """Return the findings as a workbook, every text as text."""
    tabel = compose_bevindingentabel(bevindingen)
    for kolom in KOLOMMEN[1:]:
        tabel[kolom] = tabel[kolom].map(lambda w: clean_tekst(str(w)), na_action="ignore")
    uit = io.BytesIO()
    keuzes = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(uit, engine="xlsxwriter", engine_kwargs=keuzes) as schrijver:
        tabel.to_excel(schrijver, sheet_name="bevindingen", index=False)
    return uit.getvalue()


def check_rapportpad(pad: Path) -> None:
    """Raise InvoerError when no report can be written there: to be asked before anything is imported."""
    if pad.suffix.lower() in {".xls", ".ods"}:
        raise InvoerError(f"Het rapport {pad} kan .csv, .xlsx of .json zijn. Geef het een van deze extensies.")
    if pad.is_dir() or not pad.parent.is_dir():
        wat = "is een map" if pad.is_dir() else f"kan niet worden geschreven: de map {pad.parent} bestaat niet"
        raise InvoerError(f"Het rapport {pad} {wat}. Verwacht: de naam van een bestand in een map die er is.")


def write_bevindingen(bevindingen: Iterable[Bevinding], pad: Path) -> None:
    """Write the report, as JSON or a workbook for a name that ends in .json or .xlsx and as CSV for any other.

    Raise OpslagError when the file cannot be written.
    """
    soort = pad.suffix.lower()
    if soort == ".json":
        inhoud = json.dumps([b.to_dict() for b in bevindingen], ensure_ascii=False, indent=2).encode()
    else:
        inhoud = render_bevindingen_xlsx(bevindingen) if soort == ".xlsx" else render_bevindingen_csv(bevindingen)
    try:
        pad.write_bytes(inhoud)
    except OSError as fout:
        raise OpslagError(
            f"Het rapport {pad} kan niet worden geschreven: {fout.strerror}. Kies een map waarin u mag schrijven."
        ) from fout
