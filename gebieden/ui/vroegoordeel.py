"""Judging a warning: confirm it, reject it with why, or bundle it into a matter; all can be taken back."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from gebieden.domein.beoordeling import AFGEDAAN, Duiding, Zaak
from gebieden.domein.rechten import Kijker
from gebieden.domein.signaal import Signaalstaat
from gebieden.domein.taal import format_datum
from gebieden.domein.waarschuwing import Waarschuwing, select_duidingen
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.oovsoorten import DUIDING, ZAAK
from gebieden.opslag.signaalinvoer import load_invoerkeuzes
from gebieden.ui.dossierbeheer import Dossierblad, show_dossierbeheer
from gebieden.ui.dossierformulier import Opties, format_woord
from gebieden.ui.dossiergegevens import get_stukken
from gebieden.ui.gegevens import Bron, open_engine

_VAST = ("maandag", "venster", "categorie")


def select_stukken(waarschuwing: Waarschuwing, duidingen: Sequence[Stuk[Duiding]]) -> list[Stuk[Duiding]]:
    """Return what was said of a warning, oldest first."""
    return [stuk for stuk in duidingen if select_duidingen(waarschuwing, [(stuk.bij, stuk.velden)])]


def show_oordeel(
    bron: Bron, peildatum: date, kijker: Kijker, waarschuwing: Waarschuwing, stukken: Sequence[Stuk[Duiding]]
) -> None:
    """Draw what this person can say of a warning of their own areas; the last thing said can be changed."""
    signaal = waarschuwing.eerste.signaal
    zaken = get_stukken(bron, peildatum, kijker, ZAAK)
    blad = Dossierblad(
        DUIDING,
        waarschuwing.gebied,
        peildatum,
        "beoordelen",
        lambda duiding: format_woord(duiding.oordeel),
        opties={"zaak": {stuk.nummer: stuk.velden.naam for stuk in zaken if stuk.velden.staat not in AFGEDAAN}},
        start={"maandag": signaal.maandag, "venster": signaal.venster, "categorie": signaal.categorie},
        verborgen=_VAST,
        plek=f"_{waarschuwing.sleutel}",
        is_enig=True,
    )
    show_dossierbeheer(blad, stukken[-1:])


def build_oordelen_html(stukken: Sequence[Stuk[Duiding]]) -> str:
    """Return what was said of a warning as a line; everything is escaped."""
    if not stukken:
        return ""
    stuk = stukken[-1]
    reden = f": {escape(stuk.velden.reden)}" if stuk.velden.reden else ""
    zaak = f" in zaak {stuk.velden.zaak}" if stuk.velden.zaak is not None else ""
    woord = escape(format_woord(stuk.velden.oordeel).lower())
    return f'<p class="oordeel"><strong>OOV: {woord}{zaak}</strong>{reden} ({escape(format_datum(stuk.sinds))})</p>'


def show_nieuwe_zaak(peildatum: date, kijker: Kijker) -> None:
    """Draw the way to keep a new matter, which warnings can then be bundled into."""
    if not kijker.eigen:
        return
    st.caption("Staat de zaak waar een signaal bij hoort er nog niet? Leg hem hier vast; daarna kunt u bundelen.")
    with open_engine().connect() as conn:
        categorieen, _ = load_invoerkeuzes(conn)
    opties: Opties = {"categorie": {naam: naam for naam in categorieen}}
    blad: Dossierblad[Zaak] = Dossierblad(
        ZAAK,
        min(kijker.eigen),
        peildatum,
        "zaak erbij",
        lambda zaak: zaak.naam,
        opties=opties,
        start={"staat": Signaalstaat.BEOORDEELD},
        verborgen=("staat", "reden", "resultaat"),
        plek="_vroeg",
    )
    show_dossierbeheer(blad, [])
