"""Signaal vastleggen: one signal, in half a minute, on a phone."""

import streamlit as st

from gebieden.domein.rechten import Pagina
from gebieden.ui.gegevens import get_boom, read_bron
from gebieden.ui.raamwerk import show_herkomst, show_leeg, show_opening
from gebieden.ui.toegang import guard
from gebieden.ui.vastleggen import get_plaatssleutel, show_formulier, show_vastgelegd
from gebieden.ui.vastleggenkaart import list_eigen_buurten, pick_buurt

kijker = guard(Pagina.VASTLEGGEN)
bron = read_bron()
peildatum = bron.vandaag
show_opening("Signaal vastleggen", peildatum, kijker)
buurten = list_eigen_buurten(get_boom(bron, peildatum), kijker)
if buurten:
    links, rechts = st.columns([1, 1], gap="medium")
    with links:
        pick_buurt(bron, kijker, buurten, get_plaatssleutel())
    with rechts:
        show_formulier(peildatum, buurten)
        # Below the button: there one is when it has been pressed.
        show_vastgelegd(peildatum)
else:
    show_leeg("U hebt nog geen eigen gebieden met buurten.", "Vraag ze aan beheer; dan kunt u hier vastleggen.")
show_herkomst(bron, peildatum)
