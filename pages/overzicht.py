"""Overzicht: how every area stands, on the map and as a list."""

import streamlit as st

from gebieden.domein.rechten import Pagina
from gebieden.ui.filters import compose_chips, get_gekozen_gebied, pick_weergave, show_chips
from gebieden.ui.gegevens import compose_uitvoer_van, get_boom, get_voortgang, read_bron
from gebieden.ui.kaartkeuze import peek_kaartkeuze, pick_kaartkeuze
from gebieden.ui.kaartpaneel import show_kaartpaneel
from gebieden.ui.overzicht import show_lijst, show_selectie
from gebieden.ui.raamwerk import compose_onderwerp, get_hoofdgebied, show_herkomst, show_leeg, show_opening
from gebieden.ui.toegang import guard
from gebieden.ui.uitvoerknoppen import show_uitvoerknoppen

kijker = guard(Pagina.OVERZICHT)
bron = read_bron()
keuze = peek_kaartkeuze(bron)
boom = get_boom(bron, keuze.peildatum)
gekozen = get_gekozen_gebied(boom)
per_gebied = get_voortgang(bron, keuze.peildatum, keuze.thema)
kop, filterbalk, chipsbalk, wissel = (st.container() for _ in range(4))
links, rechts = st.columns([3, 2], gap="medium")
with links, st.container(key="vak_kaart"):
    if boom.gebieden:
        show_kaartpaneel(bron, keuze, gekozen)
with kop:
    show_opening(compose_onderwerp(boom, keuze.niveau, keuze.thema, gekozen), keuze.peildatum, kijker)
with filterbalk:
    pick_kaartkeuze(bron, boom, keuze)
with chipsbalk:
    gebiedsnaam = boom.gebieden[gekozen].naam if gekozen else None
    show_chips(compose_chips(thema=keuze.thema, gebied=gebiedsnaam, peildatum=keuze.peildatum, vandaag=bron.vandaag))
if not boom.gebieden:
    show_leeg("Er zijn nog geen gebieden ingelezen.", "Beheer kan dat doen bij Gegevens.")
    st.stop()

with wissel:
    pick_weergave()
with rechts, st.container(key="vak_lijst"):
    show_lijst(boom.filter_niveau(keuze.niveau), per_gebied, keuze.indicator, gekozen, keuze.peildatum)

hoofdgebied = gekozen or get_hoofdgebied(boom)
if hoofdgebied:
    show_selectie(bron, keuze.peildatum, kijker, hoofdgebied, keuze.thema, per_gebied)
show_uitvoerknoppen(
    "voortgang",
    lambda: compose_uitvoer_van(
        "voortgang",
        kijker,
        keuze.peildatum,
        sleutels=[g.code for g in boom.filter_niveau(keuze.niveau)],
        thema=keuze.thema,
        filters=f"niveau {keuze.niveau}, thema {keuze.thema or 'alle'}",
    ),
)
show_herkomst(bron, keuze.peildatum)
