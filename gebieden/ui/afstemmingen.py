"""Afstemming on the page of a point: with whom it was agreed upon, how far and when; its regisseur keeps it here."""

from collections.abc import Sequence
from datetime import date
from html import escape

from gebieden.domein.afstemming import Afstemming, Mate
from gebieden.domein.gedateerd import list_nieuwste_eerst
from gebieden.domein.rechten import Kijker
from gebieden.domein.taal import format_datum
from gebieden.opslag.dossiersoorten import AFSTEMMING
from gebieden.ui.dossierbeeld import build_bijregel, build_eerder_html, build_tekst, show_deel
from gebieden.ui.dossierbeheer import Dossierblad, show_dossierbeheer
from gebieden.ui.dossiergegevens import load_stukken_van
from gebieden.ui.opmaak import format_datum_met_ouderdom

_MATEN = {Mate.NIET: "Niet afgestemd", Mate.DEELS: "Deels afgestemd", Mate.VOLLEDIG: "Volledig afgestemd"}


def show_afstemming(peildatum: date, kijker: Kijker, id_: str, *, mag: bool) -> None:
    """Draw the last afstemming of a point with the older ones under it, and for who may keep it the forms."""
    stukken = load_stukken_van(AFSTEMMING, kijker, peildatum, [id_])
    html = build_afstemming_html([stuk.velden for stuk in stukken], peildatum)
    show_deel("Afstemming", html, "Afstemming niet bekend.", mag=mag)
    if mag:
        show_dossierbeheer(Dossierblad(AFSTEMMING, id_, peildatum, "afstemming erbij", _describe), stukken)


def build_afstemming_html(alle: Sequence[Afstemming], peildatum: date) -> str:
    """Return what holds, and what held before; empty when nothing is known."""
    regels = [_build_regel(afstemming, peildatum) for afstemming in list_nieuwste_eerst(alle, peildatum)]
    return f"<p>{regels[0]}</p>{build_eerder_html(regels[1:], 'eerder-afstemming')}" if regels else ""


def _build_regel(afstemming: Afstemming, peildatum: date) -> str:
    bij = build_bijregel(f"met {afstemming.met_wie}" if afstemming.met_wie else "", _format_dag(afstemming, peildatum))
    return f"<strong>{escape(_MATEN[afstemming.mate])}</strong> {bij}{build_tekst(afstemming.toelichting)}"


def _format_dag(afstemming: Afstemming, peildatum: date) -> str:
    return format_datum_met_ouderdom(afstemming.datum, peildatum)


def _describe(afstemming: Afstemming) -> str:
    return f"{_MATEN[afstemming.mate]} op {format_datum(afstemming.datum)}"
