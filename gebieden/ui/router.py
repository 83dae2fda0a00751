"""The frame around every page: what they share, who is looking, and the page that was asked for."""

import streamlit as st
from sqlalchemy.exc import DBAPIError

from gebieden.domein.fouten import GebiedenError, OpslagError
from gebieden.domein.rechten import Kijker
from gebieden.instellingen import PROJECT
from gebieden.ui.gegevens import get_boom, read_bron
from gebieden.ui.live import await_herstel, follow_wijzigingen
from gebieden.ui.navigatie import build_navigatie
from gebieden.ui.raamwerk import explain_dbfout, show_demobalk, show_fout, use_stijl
from gebieden.ui.toegang import VIA_ROUTER, show_bezoeker


def run_router() -> None:
    """Draw what every page shares, decide who is looking, and run the page that was asked for."""
    icoon = str(PROJECT / "static" / "favicon.svg")
    st.set_page_config(page_title="Gebiedsdashboard", page_icon=icoon, layout="wide")
    use_stijl()
    try:
        bron = read_bron()
        show_demobalk(bron)
        kijker, mag_zich_melden = show_bezoeker(get_boom(bron, bron.vandaag))
        pagina = build_navigatie(kijker, mag_zich_melden=mag_zich_melden)
        follow_wijzigingen(pagina.url_path, bron, kijker)
        _run_pagina(pagina, kijker)
    except OpslagError as fout:
        show_fout(fout)
        await_herstel()
    except GebiedenError as fout:
        show_fout(fout)
    except DBAPIError as fout:
        show_fout(explain_dbfout(fout))
        await_herstel()


def _run_pagina(pagina: st.Page, kijker: Kijker) -> None:
    st.session_state[VIA_ROUTER] = kijker
    try:
        pagina.run()
    finally:
        st.session_state[VIA_ROUTER] = None
