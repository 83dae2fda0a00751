"""Gebied: one area for a resident, a raadslid and a regisseur alike."""

import streamlit as st

from gebieden.domein.rechten import Pagina
from gebieden.ui.gebiedspagina import (
    determine_kaartniveau,
    list_agendas,
    pick_gebiedspagina,
    show_agenda,
    show_initiatieven,
    show_ligging,
    show_meldingen,
    show_onderdelen,
    show_veranderingen,
)
from gebieden.ui.gegevens import get_boom, get_kwartalen, get_signaaltabel, get_stand, get_voortgang, read_bron
from gebieden.ui.kaartkeuze import GEEN_ACHTERGROND, Kaartkeuze
from gebieden.ui.kaartpaneel import show_kaartpaneel
from gebieden.ui.kanten import show_kanten
from gebieden.ui.oordelen import show_gebiedsoordelen
from gebieden.ui.printblad import show_printblad
from gebieden.ui.raamwerk import show_herkomst, show_leeg, show_opening
from gebieden.ui.signaalbeeld import compose_bladtelling
from gebieden.ui.toegang import guard
from gebieden.ui.voortgangsbeeld import show_balk, show_zin
from gebieden.ui.wensen import show_wensen

kijker = guard(Pagina.GEBIED)
bron = read_bron()
peildatum = bron.vandaag
boom, stand = get_boom(bron, peildatum), get_stand(bron, peildatum)
kop = st.container()
code = pick_gebiedspagina(boom)
if code is None:
    show_opening("Alle gebieden", peildatum, kijker)
    show_leeg("Er zijn nog geen gebieden ingelezen.", "Beheer kan dat doen bij Gegevens.")
    st.stop()
gebied = boom.gebieden[code]
with kop:
    show_opening(f"{gebied.naam}, {gebied.niveau}", peildatum, kijker)
show_ligging(boom, code)

voortgang = get_voortgang(bron, peildatum, None)[code]
links, rechts = st.columns([2, 3], gap="medium")
with links:
    keuze = Kaartkeuze(peildatum, determine_kaartniveau(boom, code), None, "klaar", GEEN_ACHTERGROND)
    show_kaartpaneel(bron, keuze, code, focus=code, hoogte=320)
with rechts:
    show_zin(voortgang, stand)
    show_balk(voortgang)
    st.caption(list_agendas(boom, stand.agendas, code))
    show_onderdelen(boom, code)

kwartalen = get_kwartalen(bron, peildatum)
signalen = get_signaaltabel(bron, peildatum, kijker, kwartalen[0], code) if kwartalen else None
telling = compose_bladtelling(signalen) if signalen else None
show_printblad(bron, peildatum, kijker, gebied, voortgang, telling)
st.header("Agenda", anchor=False)
show_agenda(bron, peildatum, kijker, gebied)
show_gebiedsoordelen(bron, peildatum, kijker, code)
show_wensen(bron, peildatum, kijker, code)
show_kanten(bron, peildatum, kijker, code)

st.header("Wat is er veranderd", anchor=False)
show_veranderingen(bron, peildatum, kijker, code)

st.header("Bewonersinitiatieven", anchor=False)
show_initiatieven(bron, peildatum, kijker, code)

st.header("Meldingen over openbare orde en veiligheid", anchor=False)
show_meldingen(signalen)
show_herkomst(bron, peildatum)
