"""Stappen on the page of a point: what is done on the way and by when; its regisseur keeps them here."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from gebieden.domein.rechten import Kijker
from gebieden.domein.stap import Stap, compose_stappenzin, get_volgorde, is_gedaan, is_over_datum
from gebieden.domein.taal import format_datum, format_getal
from gebieden.domein.voortgang import Categorie
from gebieden.opslag.dossierlezen import Datumwijziging, Stuk
from gebieden.opslag.dossiersoorten import STAP
from gebieden.ui.dossierbeeld import build_bijregel, show_deel
from gebieden.ui.dossierbeheer import Dossierblad, show_dossierbeheer
from gebieden.ui.dossierformulier import format_woord
from gebieden.ui.dossiergegevens import load_datumwijzigingen_van, load_stukken_van
from gebieden.ui.punten import build_teken_html
from gebieden.ui.tekens import CATEGORIETEKENS, TE_LAAT


def show_stappen(peildatum: date, kijker: Kijker, id_: str, *, mag: bool) -> None:
    """Draw the steps of a point by agreed date, and for who may keep them the forms."""
    stukken = load_stukken_van(STAP, kijker, peildatum, [id_])
    stukken.sort(key=lambda stuk: get_volgorde(stuk.velden))
    verzet = load_datumwijzigingen_van(STAP, "afgesproken", [stuk.nummer for stuk in stukken]) if stukken else {}
    show_deel("Stappen", build_stappen_html(stukken, verzet, peildatum), "Nog geen stappen genoteerd.", mag=mag)
    if mag:
        show_dossierbeheer(Dossierblad(STAP, id_, peildatum, "stap erbij", _describe), stukken)


def build_stappen_html(
    stukken: Sequence[Stuk[Stap]], verzet: Mapping[int, Sequence[Datumwijziging]], peildatum: date
) -> str:
    """Return how many steps are done, and under it the steps themselves where their texts may be read."""
    if not stukken:
        return ""
    zin = f"<p>{escape(compose_stappenzin([stuk.velden for stuk in stukken], peildatum))}</p>"
    if any(not stuk.velden.titel for stuk in stukken):
        return zin
    regels = "".join(_build_stap(stuk.velden, verzet.get(stuk.nummer, ()), peildatum) for stuk in stukken)
    return f'{zin}<ol class="reeks">{regels}</ol>'


def _build_stap(stap: Stap, wijzigingen: Sequence[Datumwijziging], peildatum: date) -> str:
    tekens = [
        build_teken_html(CATEGORIETEKENS[Categorie.AFGEROND], "Gedaan")
        if is_gedaan(stap, peildatum)
        else build_teken_html(CATEGORIETEKENS[Categorie.NIET_BEGONNEN], "Nog niet gedaan")
    ]
    if is_over_datum(stap, peildatum):
        tekens.append(build_teken_html(TE_LAAT))
    afgesproken = f"afgesproken op {format_datum(stap.afgesproken)}" if stap.afgesproken else "geen datum afgesproken"
    gedaan = f"gedaan op {format_datum(stap.gedaan_op)}" if stap.gedaan_op else ""
    bij = build_bijregel(format_woord(stap.soort), f"{afgesproken}{_describe_verzet(wijzigingen)}", gedaan)
    return f'<li>{" ".join(tekens)} <span class="titel">{escape(stap.titel)}</span> {bij}</li>'


def _describe_verzet(wijzigingen: Sequence[Datumwijziging]) -> str:
    """Return the first date that was given up, and how often that happened; agreeing on a first one is no move."""
    oude = [wijziging.oud for wijziging in wijzigingen if wijziging.oud]
    return f" (eerst {format_datum(oude[0])}, {format_getal(len(oude))} keer verzet)" if oude else ""


def _describe(stap: Stap) -> str:
    return f"{stap.titel} ({format_datum(stap.afgesproken) if stap.afgesproken else 'geen datum'})"
