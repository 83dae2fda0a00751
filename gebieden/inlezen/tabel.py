"""A table from a text file or a workbook: its data rows as text, and everything around them reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from gebieden.domein.celtekst import restore_formule
from gebieden.domein.fouten import Bevinding, Ernst, InvoerError
from gebieden.inlezen.bestand import check_bestand
from gebieden.inlezen.csvbestand import determine_csvvorm, iter_csv_rijen
from gebieden.inlezen.kolommen import (
    Celsoort,
    Kolom,
    Kop,
    check_verplichte_kolommen,
    list_namen,
    resolve_kolommen,
    tidy_kolomnaam,
)
from gebieden.inlezen.omgeving import find_voet, list_gevuld, report_breedte, report_omgeving
from gebieden.inlezen.werkmap import WERKMAPPEN, is_datumcel, read_blad, render_cel

MAX_RIJEN = 250_000
MAX_CELLEN = 5_000_000
"""Largest text table that is read whole; signalen are read in blocks and have no limit."""


@dataclass(frozen=True)
class Tabel:
    """A table that was recognised.

    `frame` has one row per readable data row, indexed by `regel` (as a spreadsheet numbers rows), and one column of
    text per column of the schema that the file has; an empty cell is "". `aantal_rijen` also counts the rows that
    were refused for their number of fields. `datumcellen` are the (regel, column) pairs where a workbook has a
    date in a column for codes or numbers.
    """

    bestand: str
    frame: pd.DataFrame
    aantal_rijen: int
    kop: Kop
    encoding: str | None = None
    scheidingsteken: str | None = None
    blad: str | None = None
    bevindingen: list[Bevinding] = field(default_factory=list)
    datumcellen: frozenset[tuple[int, str]] = frozenset()


@dataclass(frozen=True)
class _Bron:
    """Raw rows from either kind of file."""

    rijen: Sequence[Sequence[Any]]
    kopregel: int
    is_werkmap: bool
    encoding: str | None = None
    scheidingsteken: str | None = None
    blad: str | None = None
    andere_bladen: tuple[str, ...] = ()


def read_tabel(
    pad: Path,
    *,
    schema: Sequence[Kolom],
    kolommen: Mapping[str, str] | None = None,
    laag: str | None = None,
    bestand: str | None = None,
) -> Tabel:
    """Return the table in `pad`, read by the extension: a workbook, or else a text file.

    `kolommen` maps a column of the schema to the name it has in the file; `laag` names the sheet;
    `bestand` is the name for messages when `pad` is a temporary copy.

    Raises
    ------
    InvoerError
        The file cannot be used as a whole: absent, empty, binary, too large, without the required columns.
    """
    naam = bestand or pad.name
    bron, kop = _open_bron(pad, schema, kolommen, laag, naam)
    check_verplichte_kolommen(kop, schema, naam)
    return _build_tabel(bron, kop, schema, naam, laag)


def read_koppen(pad: Path, *, schema: Sequence[Kolom], laag: str | None = None, bestand: str | None = None) -> Kop:
    """Return the header as it was recognised, also when required columns are missing: for a mapping screen.

    Of a text file the rows are not read: there may be millions.
    """
    naam = bestand or pad.name
    if pad.suffix.lower() in WERKMAPPEN:
        return _open_bron(pad, schema, None, laag, naam)[1]
    check_bestand(pad, limiet_bytes=None)
    vorm = determine_csvvorm(pad, schema)
    if not any(vorm.koppen):
        raise _build_zonder_rij(naam)
    return resolve_kolommen(vorm.kopregel, [tidy_kolomnaam(kop) for kop in vorm.koppen], schema, None, naam)


def _open_bron(
    pad: Path, schema: Sequence[Kolom], kolommen: Mapping[str, str] | None, laag: str | None, naam: str
) -> tuple[_Bron, Kop]:
    check_bestand(pad)
    bron = (_load_werkmap if pad.suffix.lower() in WERKMAPPEN else _load_csv)(pad, schema, kolommen, laag)
    if not any(any(str(cel).strip() for cel in rij) for rij in bron.rijen):
        raise _build_zonder_rij(naam)
    koppen = [tidy_kolomnaam(render_cel(cel)) for cel in bron.rijen[bron.kopregel]]
    return bron, resolve_kolommen(bron.kopregel, koppen, schema, kolommen, naam)


def _build_zonder_rij(naam: str) -> InvoerError:
    return InvoerError(f"Bestand {naam} bevat geen enkele gevulde rij. Maak de export opnieuw.")


def _load_csv(pad: Path, schema: Sequence[Kolom], kolommen: Mapping[str, str] | None, laag: str | None) -> _Bron:
    vorm = determine_csvvorm(pad, schema, kolommen)
    # Our own exports put an apostrophe before text that looks like a formula.
    rijen: list[list[str]] = []
    cellen = 0
    for rij in iter_csv_rijen(pad, vorm.encoding, vorm.scheidingsteken):
        rijen.append([restore_formule(cel) for cel in rij])
        cellen += len(rij)
        if len(rijen) > MAX_RIJEN or cellen > MAX_CELLEN:
            raise InvoerError(
                f"Bestand {pad.name} is te groot: meer dan {MAX_RIJEN} rijen of {MAX_CELLEN} cellen. "
                "Verwijder lege rijen en kolommen, of splits het bestand in delen."
            )
    return _Bron(rijen, vorm.kopregel, False, vorm.encoding, vorm.scheidingsteken)


def _load_werkmap(pad: Path, schema: Sequence[Kolom], kolommen: Mapping[str, str] | None, laag: str | None) -> _Bron:
    blad, kopregel, anderen = read_blad(pad, schema, kolommen, laag)
    return _Bron(blad.rijen, kopregel, True, blad=blad.naam, andere_bladen=tuple(anderen))


def _build_tabel(bron: _Bron, kop: Kop, schema: Sequence[Kolom], naam: str, laag: str | None) -> Tabel:
    genummerd = list(enumerate(bron.rijen[kop.index + 1 :], start=kop.index + 2))
    gevuld = [(regel, rij) for regel, rij in genummerd if list_gevuld(rij)]
    voet = find_voet(gevuld)
    data, voetrijen = gevuld[: len(gevuld) - voet], gevuld[len(gevuld) - voet :]
    lege = sum(1 for regel, _ in genummerd if data and regel < data[-1][0]) + 1 - len(data) if data else 0
    bevindingen = report_omgeving(kop, naam, lege, voetrijen, laag if not bron.is_werkmap else None)
    bevindingen += _report_bladen(bron, naam)
    goed, afgekeurd = _split_breedte(data, len(kop.namen), naam, bron.scheidingsteken)
    soorten = {k.naam: k.soort for k in schema if k.naam in kop.plaatsen}
    frame = pd.DataFrame(
        {
            kolom: [render_cel(rij[kop.plaatsen[kolom]], is_datumkolom=soort is Celsoort.DATUM) for _, rij in goed]
            for kolom, soort in soorten.items()
        },
        index=pd.Index([regel for regel, _ in goed], name="regel", dtype="int64"),
        dtype="str",
    )
    datumcellen = frozenset(
        (regel, kolom)
        for kolom, soort in soorten.items()
        if bron.is_werkmap and soort is Celsoort.WAARDE
        for regel, rij in goed
        if is_datumcel(rij[kop.plaatsen[kolom]])
    )
    return Tabel(
        bestand=naam,
        frame=frame,
        aantal_rijen=len(data),
        kop=kop,
        encoding=bron.encoding,
        scheidingsteken=bron.scheidingsteken,
        blad=bron.blad,
        bevindingen=bevindingen + afgekeurd,
        datumcellen=datumcellen,
    )


def _split_breedte(
    data: Sequence[tuple[int, Sequence[Any]]], breedte: int, naam: str, scheidingsteken: str | None
) -> tuple[list[tuple[int, Sequence[Any]]], list[Bevinding]]:
    """Separate the rows with as many fields as the header (empty ones at the end aside) from the others."""
    goed: list[tuple[int, Sequence[Any]]] = []
    afgekeurd: list[Bevinding] = []
    for regel, rij in data:
        if len(rij) >= breedte and not any(str(cel).strip() for cel in rij[breedte:]):
            goed.append((regel, rij))
        else:
            afgekeurd.append(report_breedte(regel, len(rij), breedte, naam, scheidingsteken))
    return goed, afgekeurd


def _report_bladen(bron: _Bron, naam: str) -> list[Bevinding]:
    if not bron.andere_bladen:
        return []
    melding = f"{naam}: blad '{bron.blad}' gelezen, niet: {list_namen(bron.andere_bladen)}."
    return [Bevinding(Ernst.LET_OP, "andere_bladen", melding, "Niets nodig, als dit klopt.")]
