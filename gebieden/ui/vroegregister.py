"""The register of registration changes: what a reader of the figures has to know, kept by oov."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from gebieden.domein.beoordeling import Registratiemelding
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.rechten import Handeling, Kijker
from gebieden.domein.taal import format_datum
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.oovsoorten import REGISTRATIE
from gebieden.opslag.vroegbeeld import Weekstand
from gebieden.ui.dossierbeeld import build_bijregel
from gebieden.ui.dossierbeheer import Dossierblad, show_dossierbeheer
from gebieden.ui.dossierformulier import format_woord
from gebieden.ui.dossiergegevens import get_stukken
from gebieden.ui.gegevens import Bron, get_boom
from gebieden.ui.raamwerk import show_leeg

UITLEG = (
    "Een nieuwe app, een andere categorie of een actie om te melden lijkt op een verandering in de wijk. Hier staat "
    "wat er in het registreren veranderde. Breuk: van daarvoor telt niets mee in wat gebruikelijk is. Uitsluiten: deze "
    "weken tellen niet mee. Markeren: de cijfers blijven, er staat een opmerking bij."
)


def show_register(bron: Bron, peildatum: date, kijker: Kijker, stand: Weekstand | None) -> None:
    """Draw the changes, newest first, and for who keeps them the panel."""
    boom = get_boom(bron, peildatum)
    stukken = get_stukken(bron, peildatum, kijker, REGISTRATIE)
    st.header("Veranderingen in het registreren", anchor=False)
    st.caption(UITLEG)
    if stukken:
        st.html(build_register_html(stukken, boom))
    else:
        show_leeg("Er is nog geen verandering in het registreren vastgelegd.")
    if kijker.mag(Handeling.SIGNAAL) and kijker.eigen:
        _show_beheer(peildatum, kijker, stand, boom, stukken)


def _show_beheer(
    peildatum: date,
    kijker: Kijker,
    stand: Weekstand | None,
    boom: Gebiedsboom,
    stukken: Sequence[Stuk[Registratiemelding]],
) -> None:
    categorieen = stand.oordelen["buurt"].panel.categorieen if stand else ()
    blad = Dossierblad(
        REGISTRATIE,
        min(kijker.eigen),
        peildatum,
        "verandering erbij",
        lambda velden: f"{velden.toelichting} ({format_datum(velden.datum)})",
        opties={"categorie": {"": "alle", **{naam: naam for naam in categorieen}}},
        plek="_vroeg",
    )
    show_dossierbeheer(blad, [stuk for stuk in stukken if kijker.is_eigen(stuk.bij, boom)])


def build_register_html(stukken: Sequence[Stuk[Registratiemelding]], boom: Gebiedsboom) -> str:
    """Return the changes as a list; everything is escaped."""
    return f'<ul class="reeks">{"".join(_build_regel(stuk, boom) for stuk in reversed(stukken))}</ul>'


def _build_regel(stuk: Stuk[Registratiemelding], boom: Gebiedsboom) -> str:
    velden = stuk.velden
    gebied = boom.gebieden.get(stuk.bij)
    tot = f" tot en met {format_datum(velden.tot)}" if velden.tot else ""
    bij = build_bijregel(
        f"{format_datum(velden.datum)}{tot}",
        format_woord(velden.effect),
        velden.categorie or "alle categorieën",
        gebied.naam if gebied else stuk.bij,
    )
    return f'<li><span class="titel">{escape(velden.toelichting)}</span>{bij}</li>'
