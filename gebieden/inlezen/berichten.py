"""Berichten from a table: dated progress messages about points and initiatives that exist."""

from collections.abc import Collection, Mapping
from pathlib import Path

from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.inlezen.kolommen import Celsoort, Kolom
from gebieden.inlezen.resultaat import Inleesresultaat
from gebieden.inlezen.rijen import Rij, collect_records, iter_rijen, read_openbaar, report_zonder_openbaar
from gebieden.inlezen.tabel import read_tabel
from gebieden.inlezen.velden import parse_datum, parse_keuze, parse_sleutel, parse_tekst, suggest
from gebieden.inlezen.veldfout import Veldfout

SCHEMA = (
    Kolom("soort", verplicht=True),
    Kolom("id", verplicht=True, soort=Celsoort.WAARDE),
    Kolom("datum", verplicht=True, soort=Celsoort.DATUM),
    Kolom("tekst", verplicht=True, synoniemen=("bericht",)),
    Kolom("openbaar"),
)


def read_berichten(
    pad: Path,
    *,
    bekende_ids: Mapping[Berichtsoort, Collection[str]],
    kolommen: Mapping[str, str] | None = None,
    laag: str | None = None,
    bestand: str | None = None,
) -> Inleesresultaat:
    """Return the `Bericht` records of a table; `bekende_ids` are the ids that exist, per soort."""
    tabel = read_tabel(pad, schema=SCHEMA, kolommen=kolommen, laag=laag, bestand=bestand)
    gelezen = [(rij, _read_bericht(rij, bekende_ids)) for rij in iter_rijen(tabel, "Bericht")]
    resultaat = collect_records("berichten", tabel, gelezen, lambda b: (b.soort, b.id, b.datum, b.tekst))
    resultaat.bevindingen += report_zonder_openbaar(tabel)
    return resultaat


def _read_bericht(rij: Rij, bekende_ids: Mapping[Berichtsoort, Collection[str]]) -> Bericht | None:
    rij.object_naam = f"Bericht bij {rij.get('soort')} {rij.get('id')}".strip()
    soort = rij.require("soort", lambda tekst: Berichtsoort(parse_keuze(tekst, Berichtsoort)))
    id_ = rij.require("id", lambda tekst: _parse_bekend_id(tekst, soort, bekende_ids))
    datum = rij.require("datum", parse_datum)
    tekst = rij.require("tekst", parse_tekst)
    openbaar = read_openbaar(rij)
    if not (soort and id_ and datum and tekst and rij.is_goed):
        return None
    return Bericht(soort, id_, datum, tekst, openbaar)


def _parse_bekend_id(
    tekst: str, soort: Berichtsoort | None, bekende_ids: Mapping[Berichtsoort, Collection[str]]
) -> str:
    id_ = parse_sleutel(tekst)
    if soort is None or id_ in bekende_ids.get(soort, ()):
        return id_
    ander = next((s for s, ids in bekende_ids.items() if s is not soort and id_ in ids), None)
    vermoeden = f" Wel bestaat {ander} {id_}." if ander else suggest(id_, bekende_ids.get(soort, ()))
    raise Veldfout(
        "onbekend_id",
        id_,
        f"{soort} '{id_}' is niet bekend.{vermoeden}",
        f"de id van een {soort} dat is ingelezen",
        f"Verbeter de id, of lees eerst het {soort} in.",
    )
