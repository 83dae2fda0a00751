"""A table of any length, block by block, as columns of text: the same rows and remarks as `read_tabel` gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from gebieden.domein.fouten import Bevinding
from gebieden.inlezen.bestand import check_bestand
from gebieden.inlezen.bevindingen import Bevindingenreeks
from gebieden.inlezen.csvbestand import LEESBLOK_BYTES, Csvvorm, determine_csvvorm, iter_csv_rijen
from gebieden.inlezen.kolommen import Kolom, Kop, check_verplichte_kolommen, resolve_kolommen, tidy_kolomnaam
from gebieden.inlezen.reeksen import is_leeg, trim
from gebieden.inlezen.tabel import is_voetregel, read_tabel, report_breedte, report_omgeving
from gebieden.inlezen.werkmap import WERKMAPPEN

BLOK_BYTES = 8 * 1024**2
BLOK_RIJEN = 100_000

Nummers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Blok:
    """Some data rows: their row numbers in the file, the columns of the schema that the file has, trimmed,
    and the rows in which a workbook has a date in a column for codes or numbers, per column.

    `aandeel` is how much of the file has been read after this block, from 0 to 1.
    """

    regels: Nummers
    kolommen: dict[str, pa.Array]
    aandeel: float
    datumregels: Mapping[str, Nummers] = field(default_factory=dict)


class Blokkenlezer:
    """Reads a table once, block by block; `kop` is known at once, `aantal_rijen` counts up to the data rows.

    What there is to say about rows that are no data rows goes to `bevindingen`, at the latest after the last block.

    Raises
    ------
    InvoerError
        The file cannot be used as a whole, found before the first block or (a quote that is never closed) later.
    """

    def __init__(
        self,
        pad: Path,
        *,
        schema: Sequence[Kolom],
        bevindingen: Bevindingenreeks,
        kolommen: Mapping[str, str] | None = None,
        laag: str | None = None,
        bestand: str | None = None,
    ) -> None:
        self._pad, self._schema, self._bevindingen = pad, schema, bevindingen
        self._keuzes = {"kolommen": kolommen, "laag": laag, "bestand": bestand or pad.name}
        self.naam = bestand or pad.name
        self.aantal_rijen = 0
        if pad.suffix.lower() in WERKMAPPEN:
            self._tabel = read_tabel(pad, schema=schema, kolommen=kolommen, laag=laag, bestand=self.naam)
            self.kop = self._tabel.kop
            return
        self._tabel = None
        check_bestand(pad, limiet_bytes=None)
        self._vorm = determine_csvvorm(pad, schema, kolommen)
        namen = [tidy_kolomnaam(naam) for naam in self._vorm.koppen]
        self.kop = resolve_kolommen(self._vorm.kopregel, namen, schema, kolommen, self.naam)
        check_verplichte_kolommen(self.kop, schema, self.naam)
