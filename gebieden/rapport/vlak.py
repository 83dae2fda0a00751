"""CSV as Dutch Excel reads it: semicolons, decimal commas, UTF-8 with a mark, lines that end in CRLF."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

from gebieden.domein.celtekst import defuse_formule
from gebieden.rapport.inhoud import Cel, Uitvoer


def render_csv(uitvoer: Uitvoer) -> bytes:
    """Return the table as CSV; the origin stands as columns at the end of every row.

    Text that a spreadsheet would take for a formula gets an apostrophe (`restore_formule` takes it off);
    numbers stay numbers. Dates are ISO, yes and no are `ja` and `nee`, unknown is empty.
    """
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    herkomst = uitvoer.collect_herkomst()
    namen = [naam for naam, _ in uitvoer.collect_kolommen()]
    schrijver.writerow([format_cel(naam) for naam in (*namen, *herkomst)])
    staart = [format_cel(waarde) for waarde in herkomst.values()]
    schrijver.writerows([*(format_cel(cel) for cel in rij), *staart] for rij in uitvoer.iterate_rijen())
    return uit.getvalue().encode("utf-8-sig")


def format_cel(cel: Cel) -> str:
    """Return one cell as text."""
    if cel is None:
        return ""
    if isinstance(cel, str):
        return defuse_formule(cel)
    if isinstance(cel, bool):
        return "ja" if cel else "nee"
    if isinstance(cel, datetime):
        return cel.isoformat(sep=" ", timespec="seconds")
    if isinstance(cel, date):
        return cel.isoformat()
    return format_getal_plat(cel)


def format_getal_plat(getal: float | Decimal) -> str:
    """Return a number without dots between thousands and without an exponent, with a decimal comma."""
    if isinstance(getal, int):
        return str(getal)
    return format(Decimal(repr(getal)) if isinstance(getal, float) else getal, "f").replace(".", ",")
