"""A table from a text file or a workbook: its data rows as text, and everything around them reported."""

import re
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
from gebieden.inlezen.werkmap import WERKMAPPEN, is_datumcel, read_blad, render_cel

_VOETREGEL = re.compile(
    r"^\W*(bron|noot|toelichting|peildatum|opmerking|gegenereerd|aangemaakt|export|copyright|let op|licentie|"
    r"disclaimer|einde|aantal (rijen|regels|records))\b|^©",
    re.IGNORECASE,
)


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
    """Return the header as it was recognised, also when required columns are missing: for a mapping screen."""
    return _open_bron(pad, schema, None, laag, bestand or pad.name)[1]


def _open_bron(
    pad: Path, schema: Sequence[Kolom], kolommen: Mapping[str, str] | None, laag: str | None, naam: str
) -> tuple[_Bron, Kop]:
    check_bestand(pad)
    bron = (_load_werkmap if pad.suffix.lower() in WERKMAPPEN else _load_csv)(pad, schema, kolommen, laag)
    if not any(any(str(cel).strip() for cel in rij) for rij in bron.rijen):
        raise InvoerError(f"Bestand {naam} bevat geen enkele gevulde rij. Maak de export opnieuw.")
    koppen = [tidy_kolomnaam(render_cel(cel)) for cel in bron.rijen[bron.kopregel]]
    return bron, resolve_kolommen(bron.kopregel, koppen, schema, kolommen, naam)


def _load_csv(pad: Path, schema: Sequence[Kolom], kolommen: Mapping[str, str] | None, laag: str | None) -> _Bron:
    vorm = determine_csvvorm(pad, schema, kolommen)
    # Our own exports put an apostrophe before text that looks like a formula.
    rijen = [[restore_formule(cel) for cel in rij] for rij in iter_csv_rijen(pad, vorm.encoding, vorm.scheidingsteken)]
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


def find_voet(gevuld: Sequence[tuple[int, Sequence[Any]]]) -> int:
    """Return how many rows at the end are footers: rows with one filled cell, from the first one that reads like
    a source or a note, or that is a sentence below an empty row.

    Anything else that is short is a data row with missing fields and must be refused, not overlooked.
    """
    begin = len(gevuld)
    while begin and len(list_gevuld(gevuld[begin - 1][1])) == 1:
        begin -= 1
    for plaats in range(begin, len(gevuld)):
        (tekst,) = list_gevuld(gevuld[plaats][1])
        is_los = plaats > 0 and gevuld[plaats][0] - gevuld[plaats - 1][0] > 1 and " " in tekst
        if is_los or _VOETREGEL.match(tekst):
            return len(gevuld) - plaats
    return 0


def list_gevuld(rij: Sequence[Any]) -> list[str]:
    """Return the texts of a row's filled cells."""
    return [tekst for cel in rij if (tekst := str(cel).strip())]


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


def report_breedte(regel: int, velden: int, breedte: int, naam: str, teken: str | None) -> Bevinding:
    """Return what refuses a row with more or fewer fields than the header."""
    teveel = velden > breedte
    getoond = {"\t": "tab", None: ""}.get(teken, f"'{teken}'")
    return Bevinding(
        ernst=Ernst.AFGEKEURD,
        regelnaam="te_veel_velden" if teveel else "te_weinig_velden",
        melding=f"Rij {regel} van {naam} heeft {velden} velden. De kop heeft er {breedte}.",
        herstel=(
            f"Zet tekst waar het scheidingsteken {getoond} in voorkomt tussen dubbele aanhalingstekens."
            if teveel
            else f"Vul de rij aan tot {breedte} velden; laat een leeg veld leeg, maar laat het staan."
        ),
        regel=regel,
    )


def report_omgeving(
    kop: Kop, naam: str, lege: int, voetrijen: Sequence[tuple[int, Sequence[Any]]], laag: str | None
) -> list[Bevinding]:
    """Report what was read past: title lines, extra columns, empty rows, footers, and a `laag` that means nothing."""
    gevonden: list[tuple[str, str]] = []
    if kop.index:
        gevonden.append(
            ("titelregels", f"{naam}: {kop.index} rij(en) boven de kop overgeslagen; de kop is rij {kop.index + 1}.")
        )
    if kop.extra:
        gevonden.append(("extra_kolommen", f"{naam}: kolommen die niet gebruikt zijn: {list_namen(kop.extra)}."))
    if lege:
        gevonden.append(("lege_rijen", f"{naam}: {lege} lege rij(en) overgeslagen."))
    for regel, rij in voetrijen:
        tekst = " ".join(list_gevuld(rij))
        gevonden.append(("voetregel", f"{naam}: rij {regel} onder de tabel overgeslagen: '{tekst[:120]}'."))
    if laag is not None:
        gevonden.append(("laag_genegeerd", f"{naam} is geen werkmap: --laag '{laag}' is niet gebruikt."))
    herstel = "Niets nodig, als dit klopt."
    return [Bevinding(Ernst.LET_OP, regelnaam, melding, herstel) for regelnaam, melding in gevonden]


def _report_bladen(bron: _Bron, naam: str) -> list[Bevinding]:
    if not bron.andere_bladen:
        return []
    melding = f"{naam}: blad '{bron.blad}' gelezen, niet: {list_namen(bron.andere_bladen)}."
    return [Bevinding(Ernst.LET_OP, "andere_bladen", melding, "Niets nodig, als dit klopt.")]
