"""One row of an edited sheet: its cells as values, against what they were, with a fault per cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gebieden.domein.agendapunt import Puntsoort, WachtOp
from gebieden.domein.bladverschil import Bladregel
from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.fouten import Bevinding
from gebieden.domein.thema import Thema
from gebieden.domein.werkblad import STAATNAMEN, WAAROM, Bladkolom, Bladsoort
from gebieden.inlezen.velden import parse_datum, parse_ja_nee, parse_keuze, parse_tekst
from gebieden.inlezen.veldfout import Veldfout, report_veldfout
from gebieden.inlezen.werkmap import render_cel

_ZET_TERUG = "Zet de cel terug zoals hij was, of laat deze rij zoals zij is."


@dataclass(frozen=True, slots=True)
class Bladrij:
    """A row as it stands in the sheet: the cells per column, which of them have a formula, whether any are merged."""

    regel: int
    id: str
    cellen: Mapping[str, Any]
    formules: Sequence[str] = ()
    is_samengevoegd: bool = False


def read_bladrij(
    rij: Bladrij,
    basis: Mapping[str, str] | None,
    kolommen: Sequence[Bladkolom],
    bestand: str,
    is_dubbel: bool,
    verschoven: str | None,
) -> tuple[Bladregel | None, list[Bevinding]]:
    """Return what the row changes, None when that is nothing or it has a fault; and every fault.

    `basis` are the texts of its point as it went out; `verschoven` is the point whose title it has got, where rows
    have shifted.
    """
    fouten = [(kolom, fout) for kolom, fout in _find_rijfouten(rij, basis, is_dubbel, verschoven)]
    regel = None
    if basis is not None and not fouten:
        regel, celfouten = _read_cellen(rij, basis, kolommen)
        fouten += celfouten
    object_naam = f"Punt {rij.id[:80]}" if rij.id else "Rij zonder id"
    bevindingen = [
        report_veldfout(fout, object_naam=object_naam, bestand=bestand, regel=rij.regel, kolom=kolom)
        for kolom, fout in fouten
    ]
    return (None if bevindingen else regel), bevindingen


def _find_rijfouten(
    rij: Bladrij, basis: Mapping[str, str] | None, is_dubbel: bool, verschoven: str | None
) -> Iterator[tuple[str | None, Veldfout]]:
    """Yield what makes that the row as a whole cannot be read."""
    for kolom in rij.formules:
        yield kolom, _fail_formule(rij.cellen[kolom])
    if rij.is_samengevoegd:
        yield (
            None,
            Veldfout(
                "samengevoegd",
                "",
                "er zijn cellen samengevoegd, dus niet zeker is wat waarbij hoort.",
                "elke cel apart",
                "Hef het samenvoegen op in Excel, vul de cellen weer in en kies het bestand opnieuw.",
            ),
        )
    if not rij.id:
        yield "id", _fail_nieuw()
    elif is_dubbel:
        yield (
            "id",
            Veldfout(
                "dubbele_sleutel",
                rij.id,
                f"'{rij.id}' staat op meer dan één rij; geen ervan is gebruikt.",
                "elk punt op één rij",
                "Laat alleen de juiste rij staan. Een nieuw punt maakt u met 'Punt voorstellen' op de pagina Agenda.",
            ),
        )
    elif basis is None:
        yield (
            "id",
            Veldfout(
                "onbekende_sleutel",
                rij.id,
                f"'{rij.id}' ging niet mee in dit werkblad.",
                "een id dat op het blad 'Zoals het was' staat",
                "Zet het id terug zoals het was. Een nieuw punt maakt u met 'Punt voorstellen' op de pagina Agenda.",
            ),
        )
    elif verschoven:
        yield "titel", _fail_verschoven(render_cel(rij.cellen["titel"]), verschoven)
    elif (gevonden := clean_invoer(render_cel(rij.cellen["gebied"]))) != clean_invoer(basis["gebied"]):
        yield (
            "gebied",
            Veldfout("ander_gebied", gevonden, f"'{gevonden}' is veranderd.", f"'{basis['gebied']}'", _ZET_TERUG),
        )


def _fail_formule(uitkomst: Any) -> Veldfout:
    return Veldfout(
        "formule",
        render_cel(uitkomst),
        "in de cel staat een formule of een foutmelding van Excel; die is niet te lezen als waarde.",
        "een waarde",
        "Typ de waarde in de cel, of plak haar in Excel als waarde (Plakken speciaal, Waarden).",
    )


def _fail_nieuw() -> Veldfout:
    return Veldfout(
        "rij_zonder_sleutel",
        "",
        "er staat iets in deze rij, maar geen id.",
        "alleen rijen uit het dashboard",
        "Was er een id, zet het terug. Een nieuw punt maakt u met 'Punt voorstellen' op de pagina Agenda.",
    )


def _fail_verschoven(titel: str, ander: str) -> Veldfout:
    return Veldfout(
        "rijen_verschoven",
        titel,
        f"'{titel[:60]}' is de titel van punt {ander}. De rijen zijn waarschijnlijk verschoven of apart gesorteerd.",
        "de titel van dit punt zelf",
        "Maak het sorteren ongedaan, of begin opnieuw met het bestand dat u downloadde.",
    )


def _read_cellen(
    rij: Bladrij, basis: Mapping[str, str], kolommen: Sequence[Bladkolom]
) -> tuple[Bladregel | None, list[tuple[str | None, Veldfout]]]:
    """Return the row when any of its cells changed, and the faults of the cells that did."""
    anders = {k.naam: tekst for k in kolommen if (tekst := _find_nieuw(k, rij, basis)) is not None}
    if not anders:
        return None, []
    was, wens, fouten = {}, {}, []
    for kolom in kolommen:
        if kolom.soort is Bladsoort.SLEUTEL:
            continue
        try:
            was[kolom.naam] = wens[kolom.naam] = parse_cel(kolom, clean_invoer(basis[kolom.naam]))
            if kolom.naam in anders:
                wens[kolom.naam] = parse_cel(kolom, anders[kolom.naam], max_tekens=kolom.max_tekens)
        except Veldfout as fout:
            fouten.append((kolom.naam, fout))
    if fouten or was == wens:
        return None, list(fouten)
    velden = _compose(was, kolommen), _compose(wens, kolommen)
    return Bladregel(rij.id, rij.regel, basis["gebied"], *velden, str(wens[WAAROM])), []


def _find_nieuw(kolom: Bladkolom, rij: Bladrij, basis: Mapping[str, str]) -> str | None:
    """Return what a cell says now, None where that is what it said."""
    cel, oud = rij.cellen[kolom.naam], basis[kolom.naam]
    if cel == oud or kolom.soort is Bladsoort.SLEUTEL:
        return None
    nieuw = clean_invoer(render_cel(cel, is_datumkolom=kolom.soort is Bladsoort.DATUM))
    return None if nieuw == clean_invoer(oud) else nieuw


def parse_cel(kolom: Bladkolom, tekst: str, *, max_tekens: int | None = None) -> Any:
    """Return what a cell says as a field holds it; raise Veldfout where that cannot be.

    Without `max_tekens` a text may have any length: what was imported can be longer than what can be written.
    """
    if kolom.soort is Bladsoort.DATUM:
        return parse_datum(tekst) if tekst else None
    if kolom.soort is not Bladsoort.KEUZE:
        return tekst if max_tekens is None else parse_tekst(tekst, maximum=max_tekens)
    if kolom.veld == "staat":
        namen = {str(staat): naam for naam, staat in STAATNAMEN.items()}
        return STAATNAMEN[parse_keuze(tekst, STAATNAMEN, aliassen=namen)]
    if kolom.veld in ("themas", "openbaar"):
        return bool(tekst) and parse_ja_nee(tekst)
    if not tekst:
        return None
    if kolom.veld == "soort":
        return Puntsoort(parse_keuze(tekst, kolom.keuzes).replace(" ", "_"))
    return parse_ja_nee(tekst) if kolom.veld == "bevestigd" else WachtOp(parse_keuze(tekst, WachtOp))


def _compose(cellen: Mapping[str, Any], kolommen: Sequence[Bladkolom]) -> dict[str, Any]:
    """Return the fields of a point from the values of its cells."""
    velden = {k.veld: cellen[k.naam] for k in kolommen if k.soort is not Bladsoort.SLEUTEL and k.veld != WAAROM}
    velden["themas"] = tuple(thema for thema in Thema if cellen[f"thema {thema}"])
    velden["partners"] = tuple(cellen[k.naam] for k in kolommen if k.soort is Bladsoort.PARTNER and cellen[k.naam])
    return velden
