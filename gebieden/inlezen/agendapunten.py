"""Agendapunten from a table, with the rules of an import: lenient about history, strict about what is written."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Agendapunt, Puntsoort, Staat, WachtOp
from gebieden.domein.fouten import Bevinding, Ernst
from gebieden.domein.taal import format_datum
from gebieden.domein.thema import Thema
from gebieden.inlezen.codelijst import Codelijst, load_codelijst
from gebieden.inlezen.gebiedcode import parse_bekend_gebied
from gebieden.inlezen.kolommen import Celsoort, Kolom
from gebieden.inlezen.plaats import read_lon_lat
from gebieden.inlezen.resultaat import Inleesresultaat
from gebieden.inlezen.rijen import Rij, collect_records, iter_rijen, read_openbaar, report_zonder_openbaar
from gebieden.inlezen.tabel import Tabel, read_tabel
from gebieden.inlezen.velden import (
    parse_datum,
    parse_geheel,
    parse_ja_nee,
    parse_keuze,
    parse_lijst,
    parse_sleutel,
    parse_tekst,
    parse_titel,
)

SCHEMA = (
    Kolom("id", verplicht=True, soort=Celsoort.WAARDE, synoniemen=("puntid", "agendapunt_id", "nummer")),
    Kolom("gebied", verplicht=True, soort=Celsoort.WAARDE, synoniemen=("gebiedscode", "gebiedcode")),
    Kolom("versie", soort=Celsoort.WAARDE, synoniemen=("agendaversie",)),
    Kolom("versiedatum", soort=Celsoort.DATUM, synoniemen=("datum versie",)),
    Kolom("titel", verplicht=True, synoniemen=("agendapunt", "onderwerp")),
    Kolom("omschrijving", synoniemen=("toelichting", "beschrijving")),
    Kolom("themas", verplicht=True, synoniemen=("thema", "thema's", "thema’s")),
    Kolom("staat", verplicht=True, synoniemen=("status",)),
    Kolom("soort"),
    Kolom("trekker"),
    Kolom("partners", synoniemen=("partner",)),
    Kolom("afgesproken_gereed", soort=Celsoort.DATUM, synoniemen=("gereed", "afgesproken datum")),
    Kolom("wacht_op"),
    Kolom("reden"),
    Kolom("openbaar"),
    Kolom("bijgewerkt_op", soort=Celsoort.DATUM, synoniemen=("bijgewerkt", "laatst bijgewerkt")),
    Kolom("herkomst"),
    Kolom("lon", soort=Celsoort.WAARDE, synoniemen=("lng", "longitude", "lengtegraad")),
    Kolom("lat", soort=Celsoort.WAARDE, synoniemen=("latitude", "breedtegraad")),
    Kolom("wie_besloot"),
    Kolom("aan_wie"),
    Kolom("bevestigd"),
    Kolom("wie_borgt"),
    Kolom("terugkijken_op", soort=Celsoort.DATUM),
    Kolom("eenheid"),
    Kolom("wethouder"),
)
# What a file may leave out: then it stays as it is.
VRIJE_KOLOMMEN = ("wie_besloot", "aan_wie", "bevestigd", "wie_borgt", "terugkijken_op", "eenheid", "wethouder")
MET_REDEN = frozenset({Staat.VERVALLEN, Staat.OVERGEDRAGEN})

_STAATNAMEN = {toestand.naam: staat for staat, toestand in AGENDAPUNT_MACHINE.toestanden.items()}


def read_agendapunten(
    pad: Path,
    *,
    bekende_gebieden: Mapping[str, str],
    bekende_versies: Mapping[tuple[str, int], date] | None = None,
    kolommen: Mapping[str, str] | None = None,
    laag: str | None = None,
    bestand: str | None = None,
    codelijst: Codelijst | None = None,
) -> Inleesresultaat:
    """Return the `Agendapunt` records of a table.

    `bekende_gebieden` maps the code of every area that exists to its name; `bekende_versies` gives the date of
    agenda versions that are stored already, by (gebied, versie).
    """
    tabel = read_tabel(pad, schema=SCHEMA, kolommen=kolommen, laag=laag, bestand=bestand)
    lijst = codelijst if codelijst is not None else load_codelijst()
    rijen = list(iter_rijen(tabel, "Agendapunt"))
    versiedatums = _collect_versiedatums(tabel, rijen, bekende_gebieden, lijst)
    gelezen = [(rij, _read_punt(rij, bekende_gebieden, bekende_versies or {}, versiedatums, lijst)) for rij in rijen]
    resultaat = collect_records("agendapunten", tabel, gelezen, lambda punt: (punt.id, punt.versie))
    resultaat.vrije_kolommen = frozenset(tabel.frame.columns) & frozenset(VRIJE_KOLOMMEN)
    resultaat.bevindingen += report_zonder_openbaar(tabel)
    resultaat.bevindingen += _report_gewijzigde_versies(resultaat, bekende_versies or {})
    return resultaat


def _collect_versiedatums(
    tabel: Tabel, rijen: list[Rij], bekende_gebieden: Mapping[str, str], codelijst: Codelijst
) -> dict[tuple[str, int], set[date]]:
    """Return every date the file gives for an agenda version; faults are found again when the row is read."""
    datums: dict[tuple[str, int], set[date]] = {}
    for rij in rijen:
        proef = Rij(tabel, rij.regel, {k: rij.get(k) for k in ("gebied", "versie", "versiedatum")}, "Agendapunt")
        gebied = proef.read("gebied", lambda tekst: parse_bekend_gebied(tekst, bekende_gebieden, codelijst))
        versie = proef.read("versie", _parse_versie)
        datum = proef.read("versiedatum", parse_datum)
        if gebied and versie and datum:
            datums.setdefault((gebied, versie), set()).add(datum)
    return datums


def _parse_versie(tekst: str) -> int:
    return parse_geheel(tekst, minimum=1, maximum=10_000)


def _read_punt(
    rij: Rij,
    bekende_gebieden: Mapping[str, str],
    bekende_versies: Mapping[tuple[str, int], date],
    versiedatums: Mapping[tuple[str, int], set[date]],
    codelijst: Codelijst,
) -> Agendapunt | None:
    rij.object_naam = f"Agendapunt {rij.get('id')} {rij.get('titel')[:60]}".strip()
    id_ = rij.require("id", parse_sleutel)
    gebied = rij.require("gebied", lambda tekst: parse_bekend_gebied(tekst, bekende_gebieden, codelijst))
    titel = rij.require("titel", parse_titel)
    themas = rij.require("themas", parse_themas)
    staat = rij.require("staat", lambda tekst: Staat(parse_keuze(tekst, Staat, aliassen=_STAATNAMEN)))
    versie = rij.read("versie", _parse_versie)
    versiedatum = _determine_versiedatum(rij, gebied, versie, bekende_versies, versiedatums)
    lon, lat = read_lon_lat(rij)
    velden: dict[str, Any] = {
        "omschrijving": rij.read("omschrijving", parse_tekst) or "",
        "soort": rij.read("soort", lambda tekst: Puntsoort(parse_keuze(tekst, Puntsoort))),
        "trekker": rij.read("trekker", parse_titel) or "",
        "partners": rij.read("partners", parse_lijst) or (),
        "afgesproken_gereed": rij.read("afgesproken_gereed", parse_datum),
        "wacht_op": _read_wacht_op(rij, staat),
        "reden": _read_reden(rij, staat),
        "openbaar": read_openbaar(rij),
        "bijgewerkt_op": rij.read("bijgewerkt_op", parse_datum),
        "herkomst": rij.read("herkomst", parse_titel) or "",
        "eenheid": rij.read("eenheid", parse_titel) or "",
        "wethouder": rij.read("wethouder", parse_titel) or "",
        **_read_toestandsvelden(rij, staat),
    }
    if not (id_ and gebied and titel and themas and staat and rij.is_goed):
        return None
    return Agendapunt(
        id_, gebied, titel, themas, staat, versie=versie, versiedatum=versiedatum, lon=lon, lat=lat, **velden
    )


def parse_themas(tekst: str) -> tuple[Thema, ...]:
    """Return the themes between commas, in the municipality's order, each once."""
    gekozen = {Thema(parse_keuze(deel, Thema, regelnaam="onbekend_thema")) for deel in parse_lijst(tekst)}
    return tuple(thema for thema in Thema if thema in gekozen)


def _determine_versiedatum(
    rij: Rij,
    gebied: str | None,
    versie: int | None,
    bekende_versies: Mapping[tuple[str, int], date],
    versiedatums: Mapping[tuple[str, int], set[date]],
) -> date | None:
    """Return the one date of this agenda version: from the row, another row, or what is stored."""
    eigen = rij.read("versiedatum", parse_datum)
    if not rij.get("versie"):
        if eigen:
            zin = "er is een versiedatum zonder versie; die datum is niet gebruikt."
            rij.remark("versiedatum_zonder_versie", "versiedatum", zin, "Vul de versie in, of haal de datum weg.")
        return None
    if gebied is None or versie is None:
        return eigen
    in_bestand = versiedatums.get((gebied, versie), set())
    if len(in_bestand) > 1:
        datums = " en ".join(format_datum(datum) for datum in sorted(in_bestand))
        rij.refuse(
            "versiedatum_strijdig",
            "versiedatum",
            f"versie {versie} van {gebied} heeft in dit bestand meer datums: {datums}.",
            "één datum per versie van een agenda",
            "Geef alle punten van deze versie dezelfde datum.",
        )
        return None
    datum = next(iter(in_bestand), None) or bekende_versies.get((gebied, versie))
    if datum is None and not rij.get("versiedatum"):
        rij.refuse(
            "versiedatum_ontbreekt",
            "versiedatum",
            f"de datum van versie {versie} van {gebied} is niet bekend.",
            "een versiedatum bij minstens één punt van deze versie",
            "Vul de datum in waarop deze versie is vastgesteld.",
        )
    return datum


def _read_wacht_op(rij: Rij, staat: Staat | None) -> WachtOp | None:
    def parse(tekst: str) -> WachtOp:
        return WachtOp(parse_keuze(tekst, WachtOp))

    if staat is Staat.WACHT_OP:
        return rij.require("wacht_op", parse, omdat=" en de staat is wacht_op")
    wacht_op = rij.read("wacht_op", parse)
    if wacht_op and staat:
        zin = f"'{wacht_op}' is niet gebruikt, want de staat is {staat}."
        rij.remark("wacht_op_niet_gebruikt", "wacht_op", zin, "Maak de cel leeg, of zet de staat op wacht_op.")
    return None


def _read_reden(rij: Rij, staat: Staat | None) -> str:
    if staat in MET_REDEN:
        return rij.require("reden", parse_tekst, omdat=f" en de staat is {staat}") or ""
    return rij.read("reden", parse_tekst) or ""


def _read_toestandsvelden(rij: Rij, staat: Staat | None) -> dict[str, Any]:
    """Return what the state asks for; what belongs to another state is not used, and that is said."""
    gevraagd = AGENDAPUNT_MACHINE.toestanden[staat].verplicht if staat else ()
    gelezen: dict[str, Any] = {
        veld: rij.read(veld, parse_titel) or "" for veld in ("wie_besloot", "aan_wie", "wie_borgt")
    }
    gelezen |= {"bevestigd": rij.read("bevestigd", parse_ja_nee)}
    gelezen |= {"terugkijken_op": rij.read("terugkijken_op", parse_datum)}
    for veld, waarde in gelezen.items():
        if staat and veld not in gevraagd and waarde not in ("", None):
            zin = f"'{rij.get(veld)}' is niet gebruikt, want de staat is {staat}."
            rij.remark("toestandsveld_niet_gebruikt", veld, zin, "Maak de cel leeg, of verbeter de staat.")
    return {veld: waarde for veld, waarde in gelezen.items() if veld in gevraagd}


def _report_gewijzigde_versies(
    resultaat: Inleesresultaat, bekende_versies: Mapping[tuple[str, int], date]
) -> list[Bevinding]:
    """Return a remark per agenda version that gets another date than the one stored."""
    nieuw = {(p.gebied, p.versie): p.versiedatum for p in resultaat.records if p.versie and p.versiedatum}
    return [
        Bevinding(
            Ernst.LET_OP,
            "versiedatum_gewijzigd",
            f"{resultaat.bestand}: versie {versie} van {gebied} krijgt de datum {format_datum(datum)}; "
            f"dat was {format_datum(bekende_versies[gebied, versie])}.",
            "Klopt de nieuwe datum niet, verbeter hem in het bestand en lees het opnieuw in.",
            kolom="versiedatum",
        )
        for (gebied, versie), datum in sorted(nieuw.items())
        if bekende_versies.get((gebied, versie), datum) != datum
    ]
