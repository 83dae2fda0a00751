"""Results of the methods as a plain CSV for other software: commas, points, UTF-8, one line feed per row."""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from pathlib import Path

from gebieden.domein.celtekst import defuse_formule
from gebieden.rapport.uitvoer import write_geheel

Waarde = str | int | float


def write_analysetabel(koppen: Sequence[str], rijen: Iterable[Sequence[Waarde]], pad: Path) -> None:
    """Write the rows; a NaN is an empty cell and numbers are written in full, so equal results are equal bytes.

    Raise OpslagError when the file cannot be written.
    """
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, lineterminator="\n")
    schrijver.writerow(koppen)
    schrijver.writerows([_format(waarde) for waarde in rij] for rij in rijen)
    write_geheel(uit.getvalue().encode(), pad)


def _format(waarde: Waarde) -> str:
    if isinstance(waarde, str):
        return defuse_formule(waarde)
    return "" if math.isnan(waarde) else repr(waarde)
