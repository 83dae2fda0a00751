"""Bewonersinitiatieven from a table."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gebieden.domein.initiatief import INITIATIEF_MACHINE, Initiatief, Initiatiefstaat
from gebieden.inlezen.agendapunten import parse_themas
from gebieden.inlezen.codelijst import Codelijst, load_codelijst
from gebieden.inlezen.gebiedcode import parse_bekend_gebied
from gebieden.inlezen.kolommen import Celsoort, Kolom
from gebieden.inlezen.resultaat import Inleesresultaat
from gebieden.inlezen.rijen import Rij, collect_records, iter_rijen, read_openbaar, report_zonder_openbaar
from gebieden.inlezen.tabel import read_tabel
from gebieden.inlezen.velden import parse_bedrag, parse_datum, parse_keuze, parse_sleutel, parse_tekst, parse_titel

SCHEMA = (
    Kolom("id", verplicht=True, soort=Celsoort.WAARDE, synoniemen=("initiatief_id", "nummer")),
    Kolom("gebied", verplicht=True, soort=Celsoort.WAARDE, synoniemen=("gebiedscode", "gebiedcode")),
    Kolom("titel", verplicht=True, synoniemen=("initiatief", "onderwerp")),
    Kolom("omschrijving", synoniemen=("toelichting", "beschrijving")),
    Kolom("themas", synoniemen=("thema", "thema's", "thema’s")),
    Kolom("staat", verplicht=True, synoniemen=("status",)),
    Kolom("aangevraagd", soort=Celsoort.WAARDE, synoniemen=("aangevraagd bedrag", "bedrag aangevraagd")),
    Kolom("toegekend", soort=Celsoort.WAARDE, synoniemen=("toegekend bedrag", "bedrag toegekend")),
    Kolom("ingediend_op", soort=Celsoort.DATUM, synoniemen=("ingediend", "datum ingediend")),
    Kolom("besluit_op", soort=Celsoort.DATUM, synoniemen=("besluit", "datum besluit")),
    Kolom("openbaar"),
)

_STAATNAMEN = {toestand.naam: staat for staat, toestand in INITIATIEF_MACHINE.toestanden.items()}


def read_initiatieven(
    pad: Path,
    *,
    bekende_gebieden: Mapping[str, str],
    kolommen: Mapping[str, str] | None = None,
    laag: str | None = None,
    bestand: str | None = None,
    codelijst: Codelijst | None = None,
) -> Inleesresultaat:
    """Return the `Initiatief` records of a table; `bekende_gebieden` maps code to name."""
    tabel = read_tabel(pad, schema=SCHEMA, kolommen=kolommen, laag=laag, bestand=bestand)
    lijst = codelijst if codelijst is not None else load_codelijst()
    gelezen = [(rij, _read_initiatief(rij, bekende_gebieden, lijst)) for rij in iter_rijen(tabel, "Initiatief")]
    resultaat = collect_records("initiatieven", tabel, gelezen, lambda initiatief: initiatief.id)
    resultaat.bevindingen += report_zonder_openbaar(tabel)
    return resultaat


def _read_initiatief(rij: Rij, bekende_gebieden: Mapping[str, str], codelijst: Codelijst) -> Initiatief | None:
    rij.object_naam = f"Initiatief {rij.get('id')} {rij.get('titel')[:60]}".strip()
    id_ = rij.require("id", parse_sleutel)
    gebied = rij.require("gebied", lambda tekst: parse_bekend_gebied(tekst, bekende_gebieden, codelijst))
    titel = rij.require("titel", parse_titel)
    staat = rij.require("staat", _parse_staat)
    velden: dict[str, Any] = {
        "omschrijving": rij.read("omschrijving", parse_tekst) or "",
        "aangevraagd": rij.read("aangevraagd", parse_bedrag),
        "toegekend": rij.read("toegekend", parse_bedrag),
        "ingediend_op": rij.read("ingediend_op", parse_datum),
        "besluit_op": rij.read("besluit_op", parse_datum),
        "openbaar": read_openbaar(rij),
    }
    themas = rij.read("themas", parse_themas) or ()
    if not (id_ and gebied and titel and staat and rij.is_goed):
        return None
    return Initiatief(id_, gebied, titel, themas, staat, **velden)


def _parse_staat(tekst: str) -> Initiatiefstaat:
    return Initiatiefstaat(parse_keuze(tekst, Initiatiefstaat, aliassen=_STAATNAMEN))
