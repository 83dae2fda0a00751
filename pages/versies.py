"""Veranderd: what changed on the agendas since a date, and two versions of an agenda side by side."""

import streamlit as st

from gebieden.domein.rechten import Handeling, Pagina
from gebieden.ui.gegevens import get_boom, get_punten, read_bron
from gebieden.ui.lijstfilters import pick_gebied
from gebieden.ui.raamwerk import compose_onderwerp, show_herkomst, show_leeg, show_opening
from gebieden.ui.toegang import guard
from gebieden.ui.veranderd import show_veranderd
from gebieden.ui.versiespagina import show_vergelijken
from gebieden.ui.versievaststellen import show_vaststellen

SINDS, VERGELIJKEN = "veranderd sinds", "versies vergelijken"

kijker = guard(Pagina.VERSIES)
bron = read_bron()
peildatum = bron.vandaag
boom = get_boom(bron, peildatum)
if not get_punten(bron, peildatum, kijker):
    show_opening("Wat is er veranderd", peildatum, kijker)
    show_leeg("Er zijn nog geen agendapunten ingelezen.", "Beheer kan dat doen bij Gegevens.")
    st.stop()
kop = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    code = pick_gebied(boom)
    beeld = st.segmented_control(
        "Toon", [SINDS, VERGELIJKEN], default=SINDS, key="beeld", required=True, bind="query-params"
    )
with kop:
    show_opening(f"Wat is er veranderd in {compose_onderwerp(boom, None, None, code)}", peildatum, kijker)
if beeld == SINDS:
    show_veranderd(bron, peildatum, kijker, code)
elif code is None:
    show_leeg("Versies horen bij de agenda van één gebied.", "Kies hierboven een gebied.")
else:
    show_vergelijken(bron, peildatum, kijker, code, boom.gebieden[code].naam)
    if kijker.mag_in(Handeling.PUNT_BEHEREN, code, boom):
        show_vaststellen(bron, peildatum, code, boom.gebieden[code].naam)
show_herkomst(bron, peildatum)
