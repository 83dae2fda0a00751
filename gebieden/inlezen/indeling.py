"""Indelingen from a table: areas that are a set of buurten (gebied, dorp, regiegroep or any other soort)."""

import re
from collections.abc import Mapping
from pathlib import Path

from gebieden.domein.codes import NIVEAUS_CBS, determine_niveau
from gebieden.domein.fouten import Bevinding, Ernst
from gebieden.domein.gebied import Gebied
from gebieden.domein.taal import join_opsomming
from gebieden.inlezen.codelijst import Codelijst, load_codelijst
from gebieden.inlezen.gebiedcode import parse_bekend_gebied, parse_gebiedcode
from gebieden.inlezen.kolommen import Celsoort, Kolom
from gebieden.inlezen.resultaat import Inleesresultaat
from gebieden.inlezen.rijen import Rij, collect_records, iter_rijen
from gebieden.inlezen.tabel import read_tabel
from gebieden.inlezen.velden import parse_datum, parse_lijst, parse_sleutel, parse_titel
from gebieden.inlezen.veldfout import Veldfout

SCHEMA = (
    Kolom("code", verplicht=True, soort=Celsoort.WAARDE, synoniemen=("gebiedscode", "gebiedcode")),
    Kolom("naam", verplicht=True, synoniemen=("gebiedsnaam",)),
    Kolom("soort", verplicht=True, synoniemen=("niveau",)),
    Kolom("bestaat_uit", verplicht=True, soort=Celsoort.WAARDE, synoniemen=("buurten", "buurtcodes")),
    Kolom("geldig_vanaf", soort=Celsoort.DATUM),
    Kolom("geldig_tot", soort=Celsoort.DATUM),
)


def read_indeling(
    pad: Path,
    *,
    bekende_gebieden: Mapping[str, str],
    kolommen: Mapping[str, str] | None = None,
    laag: str | None = None,
    bestand: str | None = None,
    codelijst: Codelijst | None = None,
) -> Inleesresultaat:
    """Return `Gebied` records with their `buurten`; `niveau` is the soort of the indeling.

    `bekende_gebieden` maps the code of every area that exists to its name: what an area consists of must be
    among them, and be a buurt.
    """
    tabel = read_tabel(pad, schema=SCHEMA, kolommen=kolommen, laag=laag, bestand=bestand)
    lijst = codelijst if codelijst is not None else load_codelijst()
    gelezen = [(rij, _read_gebied(rij, bekende_gebieden, lijst)) for rij in iter_rijen(tabel, "Gebied")]
    resultaat = collect_records("indeling", tabel, gelezen, lambda gebied: (gebied.code, gebied.geldig_vanaf))
    resultaat.bevindingen += _report_gedeelde_buurten(resultaat, bekende_gebieden)
    return resultaat


def _read_gebied(rij: Rij, bekende_gebieden: Mapping[str, str], codelijst: Codelijst) -> Gebied | None:
    rij.object_naam = f"Gebied {rij.get('code')} {rij.get('naam')}".strip()
    code = rij.require("code", _parse_eigen_code)
    naam = rij.require("naam", parse_titel)
    soort = rij.require("soort", _parse_soort)
    buurten = rij.require("bestaat_uit", lambda tekst: _parse_buurten(tekst, bekende_gebieden, codelijst))
    vanaf, tot = rij.read("geldig_vanaf", parse_datum), rij.read("geldig_tot", parse_datum)
    if vanaf and tot and tot <= vanaf:
        rij.refuse(
            "geldigheid_omgekeerd",
            "geldig_tot",
            f"het gebied geldt tot {rij.get('geldig_tot')} en pas vanaf {rij.get('geldig_vanaf')}.",
            "een einddatum na de begindatum",
            "Verbeter een van de twee datums.",
        )
    if not (code and naam and soort and buurten and rij.is_goed):
        return None
    return Gebied(code, naam, soort, buurten, vanaf, tot)


def _parse_eigen_code(tekst: str) -> str:
    code = parse_gebiedcode(tekst)
    if determine_niveau(code):
        raise Veldfout(
            "code_van_cbs",
            tekst,
            f"'{code}' is een code van het CBS.",
            "een eigen code voor dit gebied, zoals GB01 of D03",
            "Geef het gebied een eigen code; een wijk of buurt komt binnen met 'importeer gebieden'.",
        )
    return code


def _parse_soort(tekst: str) -> str:
    soort = re.sub(r"[\s\-]+", "_", parse_sleutel(tekst).casefold())
    if soort in NIVEAUS_CBS or not re.fullmatch(r"\w+", soort):
        raise Veldfout(
            "soort_kan_niet",
            tekst,
            f"'{tekst}' kan hier geen soort zijn.",
            "gebied, dorp, regiegroep of een andere eigen soort (niet gemeente, wijk of buurt)",
            "Kies een andere soort.",
        )
    return soort


def _parse_buurten(tekst: str, bekende_gebieden: Mapping[str, str], codelijst: Codelijst) -> frozenset[str]:
    """Return the buurt codes between commas; every one that is unknown or no buurt is named."""
    goed: set[str] = set()
    fout: list[str] = []
    for deel in parse_lijst(tekst):
        try:
            code = parse_bekend_gebied(deel, bekende_gebieden, codelijst)
        except Veldfout:
            fout.append(f"{deel} (niet bekend)")
            continue
        if determine_niveau(code) == "buurt":
            goed.add(code)
        else:
            fout.append(f"{code} {bekende_gebieden[code]} (geen buurt)")
    if fout or not goed:
        raise Veldfout(
            "geen_bekende_buurt",
            tekst[:200],
            f"dit zijn geen bekende buurten: {join_opsomming(fout[:20]) or 'geen enkele code'}.",
            "codes van buurten die zijn ingelezen, met komma's ertussen, zoals BU03610100,BU03610101",
            "Verbeter de codes, noem de buurten van een wijk apart, of lees eerst de buurten in.",
        )
    return frozenset(goed)


def _report_gedeelde_buurten(resultaat: Inleesresultaat, bekende_gebieden: Mapping[str, str]) -> list[Bevinding]:
    """Return a remark per buurt that lies in two areas of one soort at the same time: it counts in both."""
    houders: dict[tuple[str, str], list[Gebied]] = {}
    for gebied in resultaat.records:
        for buurt in gebied.buurten:
            houders.setdefault((gebied.niveau, buurt), []).append(gebied)
    return [
        Bevinding(
            Ernst.LET_OP,
            "buurt_in_meer_gebieden",
            f"{resultaat.bestand}: buurt {buurt} {bekende_gebieden[buurt]} ligt in meer gebieden van soort {soort}: "
            f"{join_opsomming([f'{g.code} {g.naam}' for g in gebieden])}. "
            "Wat daar gebeurt telt in elk van die gebieden.",
            "Niets nodig als dit klopt. Anders: haal de buurt weg waar zij niet hoort.",
            waarde=buurt,
        )
        for (soort, buurt), gebieden in sorted(houders.items())
        if any(_is_tegelijk(a, b) for i, a in enumerate(gebieden) for b in gebieden[i + 1 :])
    ]


def _is_tegelijk(een: Gebied, ander: Gebied) -> bool:
    """Return whether two different areas hold on a common day."""
    if een.code == ander.code:
        return False
    een_eerst = een.geldig_tot is not None and ander.geldig_vanaf is not None and een.geldig_tot <= ander.geldig_vanaf
    ander_eerst = ander.geldig_tot is not None and een.geldig_vanaf is not None and ander.geldig_tot <= een.geldig_vanaf
    return not (een_eerst or ander_eerst)
