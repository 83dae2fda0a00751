"""Overzicht: how every area stands, on the map and as a list."""

import streamlit as st

from gebieden.domein.rechten import Pagina
from gebieden.kaart.indicatoren import INDICATOREN
from gebieden.ui.filters import (
    compose_chips,
    get_gekozen_gebied,
    pick_een,
    pick_niveau,
    pick_peildatum,
    pick_thema,
    pick_weergave,
    show_chips,
)
from gebieden.ui.gegevens import compose_uitvoer_van, get_boom, get_voortgang, read_bron
from gebieden.ui.kaartpaneel import GEEN_ACHTERGROND, show_kaartpaneel
from gebieden.ui.overzicht import show_lijst, show_selectie
from gebieden.ui.raamwerk import compose_onderwerp, get_hoofdgebied, show_herkomst, show_leeg, show_opening
from gebieden.ui.toegang import guard
from gebieden.ui.uitvoerknoppen import show_uitvoerknoppen

kijker = guard(Pagina.OVERZICHT)
bron = read_bron()
kop = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    thema = pick_thema()
    boom = get_boom(bron, st.session_state.get("peildatum") or bron.vandaag)
    niveau = pick_niveau(boom)
    indicator = st.selectbox("Kaart toont", list(INDICATOREN), key="kaart", bind="query-params")
    with st.popover("Meer", icon=":material/tune:"):
        peildatum = pick_peildatum(bron.vandaag)
        achtergrond = pick_een("Achtergrond van de kaart", "achtergrond", GEEN_ACHTERGROND, ["grijs"])
gekozen = get_gekozen_gebied(boom)
with kop:
    show_opening(compose_onderwerp(boom, niveau, thema, gekozen), peildatum, kijker)
show_chips(
    compose_chips(
        thema=thema,
        gebied=boom.gebieden[gekozen].naam if gekozen else None,
        peildatum=peildatum,
        vandaag=bron.vandaag,
    )
)
if not boom.gebieden:
    show_leeg("Er zijn nog geen gebieden ingelezen.", "Beheer kan dat doen bij Gegevens.")
    st.stop()

per_gebied = get_voortgang(bron, peildatum, thema)
pick_weergave()
links, rechts = st.columns([3, 2], gap="medium")
with links, st.container(key="vak_kaart"):
    show_kaartpaneel(
        bron,
        peildatum,
        niveau,
        thema=thema,
        indicator=indicator,
        gekozen=gekozen,
        achtergrond=achtergrond or GEEN_ACHTERGROND,
    )
with rechts, st.container(key="vak_lijst"):
    show_lijst(boom.filter_niveau(niveau), per_gebied, indicator, gekozen)

hoofdgebied = gekozen or get_hoofdgebied(boom)
if hoofdgebied:
    show_selectie(bron, peildatum, kijker, hoofdgebied, thema, per_gebied)
show_uitvoerknoppen(
    "voortgang",
    lambda: compose_uitvoer_van(
        "voortgang",
        kijker,
        peildatum,
        sleutels=[g.code for g in boom.filter_niveau(niveau)],
        thema=thema,
        filters=f"niveau {niveau}, thema {thema}" if thema else f"niveau {niveau}",
    ),
)
show_herkomst(bron, peildatum)
