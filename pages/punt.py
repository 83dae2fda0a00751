"""Punt: one agendapunt or initiatief with its whole story, for every role; who may, writes here."""

import streamlit as st

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.rechten import Pagina
from gebieden.ui.dekkingspagina import show_dekking
from gebieden.ui.gegevens import get_boom, read_bron
from gebieden.ui.puntdossier import show_puntdossier
from gebieden.ui.puntpagina import find_blad, show_beheer, show_berichten, show_blad
from gebieden.ui.raamwerk import show_herkomst, show_leeg, show_opening
from gebieden.ui.toegang import determine_gebruiker, guard

kijker = guard(Pagina.PUNT)
bron = read_bron()
peildatum = bron.vandaag
blad = find_blad(bron, peildatum, kijker)
if blad is None:
    show_opening("Dit punt is er niet", peildatum, kijker)
    show_leeg(
        "Er is geen punt of initiatief met dit adres, of het staat niet meer op de agenda.",
        "Kies er een in de lijst op de pagina Agenda of Initiatieven.",
    )
    show_herkomst(bron, peildatum)
    st.stop()
show_opening(blad.titel, peildatum, kijker)
links, rechts = st.columns([2, 3], gap="large")
with links:
    show_blad(bron, peildatum, kijker, blad)
    show_beheer(bron, peildatum, kijker, blad)
    show_puntdossier(bron, peildatum, kijker, blad)
    if blad.soort is Berichtsoort.AGENDAPUNT:
        boom = get_boom(bron, peildatum)
        show_dekking(peildatum, determine_gebruiker(), boom, blad.id, blad.gebied)
with rechts:
    st.header("Berichten", anchor=False)
    show_berichten(bron, peildatum, determine_gebruiker(), blad)
show_herkomst(bron, peildatum)
