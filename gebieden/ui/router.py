"""The frame around every page: what they share, who is looking, and the page that was asked for."""

import streamlit as st

from gebieden.domein.fouten import GebiedenError
from gebieden.instellingen import PROJECT
from gebieden.ui.gegevens import get_boom, read_bron
from gebieden.ui.navigatie import build_navigatie
from gebieden.ui.raamwerk import show_demobalk, show_fout, use_stijl
from gebieden.ui.toegang import VIA_ROUTER, determine_kijker, pick_rol


def run_router() -> None:
    """Draw what every page shares, decide who is looking, and run the page that was asked for."""
    icoon = str(PROJECT / "static" / "favicon.svg")
    st.set_page_config(page_title="Gebiedsdashboard", page_icon=icoon, layout="wide")
    use_stijl()
    try:
        bron = read_bron()
        show_demobalk(bron)
        pick_rol(get_boom(bron, bron.vandaag))
        _run_pagina(build_navigatie(determine_kijker()))
    except GebiedenError as fout:
        show_fout(fout)


def _run_pagina(pagina: st.Page) -> None:
    st.session_state[VIA_ROUTER] = True
    try:
        pagina.run()
    finally:
        st.session_state[VIA_ROUTER] = False
