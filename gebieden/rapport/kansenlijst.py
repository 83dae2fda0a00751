"""The kansenlijst as a sheet to take along to a partner."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from gebieden.analyse.kansenlijst import DEFINITIE, KANSNAMEN, Kans, Kanssoort, describe_wie
from gebieden.rapport.worddocument import add_alinea, add_kop, add_tabel, build_document, to_bytes

_KOP: Final = ("Punt", "Gebied en thema", "Wat er gevraagd wordt", "Bij wie")


def render_kansenlijst(
    kansen: Collection[Kans],
    partner: str | None,
    keuze: str,
    namen: Mapping[str, str],
    peildatum: date,
    bron: str,
    *,
    verzonnen: bool,
) -> bytes:
    """Return the list as a Word document, a table per kind; `keuze` says what it is narrowed to, `namen` the areas."""
    herkomst = [("Partner", partner or "alle partners"), ("Keuze", keuze), ("Bron", bron), ("Definitie", DEFINITIE)]
    titel = f"Kansenlijst voor {partner}" if partner else "Kansenlijst"
    document = build_document(titel, peildatum, herkomst, verzonnen=verzonnen)
    if not kansen:
        add_alinea(document, "Er is niets dat hierbij past.")
    for soort in Kanssoort:
        if rijen := [kans for kans in kansen if kans.soort is soort]:
            add_kop(document, f"{KANSNAMEN[soort]} ({len(rijen)})", 2)
            add_tabel(document, _KOP, [_compose_rij(kans, partner, namen) for kans in rijen])
    return to_bytes(document)


def _compose_rij(kans: Kans, partner: str | None, namen: Mapping[str, str]) -> tuple[str, ...]:
    punt = f"{kans.titel} ({kans.id})" if kans.id else kans.titel
    waar = f"{namen.get(kans.gebied, kans.gebied)}; {', '.join(kans.themas)}"
    return punt, waar, kans.vraag, describe_wie(kans, partner)
