"""A table of any length, block by block, as columns of text: the same rows and remarks as `read_tabel` gives."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.bestand import check_bestand
from gebieden.inlezen.bevindingen import Bevindingenreeks
from gebieden.inlezen.csvbestand import LEESBLOK_BYTES, build_lange_regel, determine_csvvorm, iter_csv_rijen
from gebieden.inlezen.kolommen import Kolom, Kop, check_verplichte_kolommen, resolve_kolommen, tidy_kolomnaam
from gebieden.inlezen.reeksen import is_leeg, trim
from gebieden.inlezen.tabel import Tabel, read_tabel
from gebieden.inlezen.werkmap import WERKMAPPEN
from gebieden.inlezen.zeef import Rij, Zeef

BLOK_BYTES = 8 * 1024**2
BLOK_RIJEN = 100_000
MIN_RIJ_BYTES = 8
"""Shortest row on average: a signal has an id, a date and a category. Empty rows take a hundred times their size."""
MAX_SCHEEF = 500_000
"""Most rows at once that are empty or of another width than the header."""

Nummers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Blok:
    """Some data rows.

    `regels` are their row numbers in the file, `kolommen` the columns of the schema that the file has, without
    spaces around the texts. `datumregels` gives per column for codes or numbers the row numbers where a workbook
    has a date. `aandeel` is how much of the file was read after this block, from 0 to 1.
    """

    regels: Nummers
    kolommen: dict[str, pa.Array]
    aandeel: float
    datumregels: Mapping[str, Nummers] = field(default_factory=dict)


class Blokkenlezer:
    """Reads a table once, block by block: `kop` is known at once, `aantal_rijen` after the last block.

    What there is to say about rows that cannot be read goes to `bevindingen`.

    Raises
    ------
    InvoerError
        The file cannot be used as a whole; for a quote that is never closed only when it is reached.
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
        self.naam = bestand or pad.name
        self.aantal_rijen = 0
        self._pad, self._laag, self._bevindingen = pad, laag, bevindingen
        self._tabel: Tabel | None = None
        if pad.suffix.lower() in WERKMAPPEN:
            self._tabel = read_tabel(pad, schema=schema, kolommen=kolommen, laag=laag, bestand=self.naam)
            self.kop: Kop = self._tabel.kop
            return
        check_bestand(pad, limiet_bytes=None)
        self._vorm = determine_csvvorm(pad, schema, kolommen)
        namen = [tidy_kolomnaam(naam) for naam in self._vorm.koppen]
        self.kop = resolve_kolommen(self._vorm.kopregel, namen, schema, kolommen, self.naam)
        check_verplichte_kolommen(self.kop, schema, self.naam)

    def __iter__(self) -> Iterator[Blok]:
        if self._tabel is not None:
            yield from self._iter_werkmap(self._tabel)
            return
        zeef = Zeef(self.kop, self.naam, self._vorm.scheidingsteken, self._bevindingen)
        ruw = self._iter_aanhalingen() if self._heeft_aanhalingen() else self._iter_snel()
        for regels, kolommen, anders, aandeel in ruw:
            los = zeef.judge_blok(regels, anders)
            zeef.report()
            self.aantal_rijen = zeef.aantal_rijen
            yield self._compose(regels, kolommen, los, aandeel)
        rest = zeef.finish(self._laag)
        self.aantal_rijen = zeef.aantal_rijen
        if rest:
            yield self._compose(np.zeros(0, dtype=np.int64), self._to_kolommen([]), rest, 1.0)

    def _iter_werkmap(self, tabel: Tabel) -> Iterator[Blok]:
        for bevinding in tabel.bevindingen:
            self._bevindingen.add(bevinding)
        self.aantal_rijen = tabel.aantal_rijen
        datumregels: dict[str, list[int]] = {}
        for regel, kolom in tabel.datumcellen:
            datumregels.setdefault(kolom, []).append(regel)
        for begin in range(0, len(tabel.frame), BLOK_RIJEN):
            deel = tabel.frame.iloc[begin : begin + BLOK_RIJEN]
            kolommen = {naam: trim(pa.array(deel[naam], type=pa.string())) for naam in deel.columns}
            regels = deel.index.to_numpy(dtype=np.int64)
            aandeel = (begin + len(deel)) / len(tabel.frame)
            yield Blok(regels, kolommen, aandeel, {k: np.array(r) for k, r in datumregels.items()})

    def _heeft_aanhalingen(self) -> bool:
        """Return whether the file needs a reader that knows quotes, or an encoding that the fast one lacks."""
        if self._vorm.encoding == "utf-16":
            return True
        with self._pad.open("rb") as bestand:
            while blok := bestand.read(LEESBLOK_BYTES):
                if b'"' in blok:
                    return True
                if max(blok.count(b"\n"), blok.count(b"\r")) > LEESBLOK_BYTES / MIN_RIJ_BYTES:
                    raise self._build_leeg()
        return False

    def _iter_aanhalingen(self) -> Iterator[tuple[Nummers, dict[str, pa.Array], list[Rij], float]]:
        breedte, grootte, gelezen = len(self.kop.namen), self._pad.stat().st_size, 0.0
        vast = [self.kop.plaatsen[naam] for naam in list(self.kop.plaatsen)[:2]]
        goed: list[Rij] = []
        anders: list[Rij] = []
        for regel, cellen in enumerate(iter_csv_rijen(self._pad, self._vorm.encoding, self._vorm.scheidingsteken), 1):
            if regel <= self.kop.index + 1:
                continue
            is_gewoon = len(cellen) == breedte and all(cellen[plaats].strip() for plaats in vast)
            (goed if is_gewoon and len(vast) > 1 else anders).append((regel, cellen))
            if len(goed) + len(anders) >= BLOK_RIJEN:
                gelezen += _estimate_bytes(goed or anders) * (len(goed) + len(anders))
                yield *self._split(goed), anders, min(gelezen / grootte, 0.99)
                goed, anders = [], []
        yield *self._split(goed), anders, 1.0

    def _split(self, rijen: list[Rij]) -> tuple[Nummers, dict[str, pa.Array]]:
        return np.array([regel for regel, _ in rijen], dtype=np.int64), self._to_kolommen(rijen)

    def _to_kolommen(self, rijen: Sequence[Rij]) -> dict[str, pa.Array]:
        return {
            naam: trim(pa.array([cellen[plaats] for _, cellen in rijen], type=pa.string()))
            for naam, plaats in self.kop.plaatsen.items()
        }

    def _iter_snel(self) -> Iterator[tuple[Nummers, dict[str, pa.Array], list[Rij], float]]:
        """Yield blocks of a file without quotes: there a row is a line, and what is between delimiters a cell."""
        grootte = self._pad.stat().st_size
        # pyarrow reads ahead in a thread of its own, so what it passes over may belong to a later block.
        scheef: deque[Rij] = deque()
        volgende = self.kop.index + 2
        with pa.OSFile(str(self._pad)) as bestand:
            for deel in self._open_snel(bestand, scheef):
                regels, anders = _number_regels(volgende, deel.num_rows, scheef)
                volgende += len(regels) + len(anders)
                kolommen = {naam: trim(deel.column(plaats)) for naam, plaats in self.kop.plaatsen.items()}
                is_kaal = sum(~is_leeg(kolom) for kolom in kolommen.values()) < 2
                kaal = np.flatnonzero(is_kaal)
                if len(kaal):
                    rijen = zip(*(kolom.to_pylist() for kolom in deel.take(pa.array(kaal)).columns), strict=True)
                    anders += zip(regels[kaal].tolist(), map(list, rijen), strict=True)
                    gewoon = np.flatnonzero(~is_kaal)
                    regels = regels[gewoon]
                    kolommen = {naam: kolom.take(pa.array(gewoon)) for naam, kolom in kolommen.items()}
                yield regels, kolommen, sorted(anders), min(bestand.tell() / grootte, 0.99)
        yield np.zeros(0, dtype=np.int64), self._to_kolommen([]), sorted(scheef), 1.0

    def _build_leeg(self) -> InvoerError:
        return InvoerError(
            f"{self.naam} heeft honderdduizenden rijen achter elkaar die leeg zijn of een ander aantal velden hebben "
            f"dan de kop ({len(self.kop.namen)}). Verwijder die rijen, of maak de export opnieuw."
        )

    def _open_snel(self, bestand: pa.NativeFile, scheef: deque[Rij]) -> Iterator[pa.RecordBatch]:
        def remember(rij: csv.InvalidRow) -> str:
            if len(scheef) == MAX_SCHEEF:
                return "error"
            scheef.append((rij.number, rij.text.split(self._vorm.scheidingsteken)))
            return "skip"

        namen = [f"k{plaats}" for plaats in range(len(self.kop.namen))]
        try:
            yield from csv.open_csv(
                bestand,
                csv.ReadOptions(
                    use_threads=False,
                    block_size=BLOK_BYTES,
                    skip_rows=self.kop.index + 1,
                    column_names=namen,
                    encoding="cp1252" if self._vorm.encoding == "cp1252" else "utf8",
                ),
                csv.ParseOptions(
                    delimiter=self._vorm.scheidingsteken,
                    quote_char=False,
                    double_quote=False,
                    ignore_empty_lines=False,
                    invalid_row_handler=remember,
                ),
                csv.ConvertOptions(column_types=dict.fromkeys(namen, pa.string()), strings_can_be_null=False),
            )
        except pa.ArrowInvalid as fout:
            if len(scheef) == MAX_SCHEEF:
                raise self._build_leeg() from fout
            # Nothing below the header: no rows, and no fault.
            if not any(teken in str(fout) for teken in ("Empty CSV file", "Could not skip initial")):
                raise build_lange_regel(self.naam, BLOK_BYTES) from fout

    def _compose(self, regels: Nummers, kolommen: dict[str, pa.Array], los: list[Rij], aandeel: float) -> Blok:
        if not los:
            return Blok(regels, kolommen, aandeel)
        bij_regels, bij = self._split(los)
        alle = np.concatenate([regels, bij_regels])
        volgorde = pa.array(np.argsort(alle, kind="stable"))
        samen = {
            naam: pa.concat_arrays([pa.concat_arrays(_list_delen(kolom)), bij[naam]]).take(volgorde)
            for naam, kolom in kolommen.items()
        }
        return Blok(np.sort(alle), samen, aandeel)


def _list_delen(kolom: pa.Array) -> list[pa.Array]:
    return kolom.chunks if isinstance(kolom, pa.ChunkedArray) else [kolom]


def _number_regels(begin: int, aantal: int, scheef: deque[Rij]) -> tuple[Nummers, list[Rij]]:
    """Return the numbers of `aantal` rows from `begin` on, and the rows that were passed over before the last."""
    anders: list[Rij] = []
    while scheef and scheef[0][0] < begin + aantal + len(anders):
        anders.append(scheef.popleft())
    alle = np.arange(begin, begin + aantal + len(anders), dtype=np.int64)
    return alle[~np.isin(alle, [regel for regel, _ in anders])], anders


def _estimate_bytes(rijen: Sequence[Rij]) -> float:
    steek = rijen[:100]
    return sum(sum(map(len, cellen)) + len(cellen) for _, cellen in steek) / len(steek)
