"""Structuur: where there are more or fewer reports per inhabitant over a whole year. Not for what happens now."""

import streamlit as st

from gebieden.domein.rechten import Pagina
from gebieden.ui.filters import get_gekozen_gebied
from gebieden.ui.gegevens import get_boom, read_bron
from gebieden.ui.raamwerk import show_herkomst, show_leeg, show_opening
from gebieden.ui.structuurgegevens import get_jaren
from gebieden.ui.structuurpagina import peek_onderwerp, pick_groep, pick_jaar, show_structuur
from gebieden.ui.toegang import guard

kijker = guard(Pagina.STRUCTUUR)
bron = read_bron()
peildatum = bron.vandaag
jaren = get_jaren(bron, peildatum)
show_opening(peek_onderwerp(bron, peildatum), peildatum, kijker)
if jaren:
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        jaar = pick_jaar(jaren)
        groep = pick_groep(bron)
    show_structuur(bron, peildatum, kijker, jaar, groep, get_gekozen_gebied(get_boom(bron, peildatum)))
else:
    show_leeg(
        "Er is nog geen heel kalenderjaar aan meldingen ingelezen, en deze kaart gaat over hele jaren.",
        "Beheer kan meldingen inlezen bij Gegevens.",
    )
show_herkomst(bron, peildatum)
