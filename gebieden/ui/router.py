"""The frame around every page: what they share, who is looking, and the page that was asked for."""

import logging

import streamlit as st
from sqlalchemy.exc import DBAPIError

from gebieden.domein.fouten import GebiedenError, OpslagError
from gebieden.instellingen import PROJECT
from gebieden.ui.gegevens import get_boom, read_bron
from gebieden.ui.navigatie import build_navigatie
from gebieden.ui.raamwerk import show_demobalk, show_fout, use_stijl
from gebieden.ui.toegang import VIA_ROUTER, show_bezoeker

_LOG = logging.getLogger(__name__)


def run_router() -> None:
    """Draw what every page shares, decide who is looking, and run the page that was asked for."""
    icoon = str(PROJECT / "static" / "favicon.svg")
    st.set_page_config(page_title="Gebiedsdashboard", page_icon=icoon, layout="wide")
    use_stijl()
    try:
        bron = read_bron()
        show_demobalk(bron)
        _run_pagina(build_navigatie(show_bezoeker(get_boom(bron, bron.vandaag))))
    except GebiedenError as fout:
        show_fout(fout)
    except DBAPIError:
        _LOG.exception("De database gaf een fout.")
        show_fout(
            OpslagError(
                "De gegevens zijn nu niet te lezen: de database geeft geen goed antwoord. Probeer het over een minuut "
                "opnieuw. Blijft het zo, meld het dan aan de beheerder; in het logboek van de server staat waarom."
            )
        )


def _run_pagina(pagina: st.Page) -> None:
    st.session_state[VIA_ROUTER] = True
    try:
        pagina.run()
    finally:
        st.session_state[VIA_ROUTER] = False
