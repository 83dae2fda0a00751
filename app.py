"""The application: `streamlit run app.py`.

One file, two lives. Streamlit finds `app` here and serves it (with our routes beside its own), and runs
this same file as the script of every session: the router.
"""

import streamlit as st
from starlette.middleware import Middleware
from gebieden.ui.server import NederlandsePagina, build_grenzen_route

from gebieden.domein.fouten import GebiedenError
from gebieden.instellingen import PROJECT
from gebieden.ui.gegevens import get_boom, load_grenzenbestand, read_bron
from gebieden.ui.navigatie import build_navigatie
from gebieden.ui.raamwerk import show_demobalk, show_fout, use_stijl
from gebieden.ui.toegang import determine_kijker, pick_rol, run_pagina


def main() -> None:
    """Draw what every page shares, decide who is looking, and run the page that was asked for."""
    st.set_page_config(page_title="Gebiedsdashboard", page_icon=str(PROJECT / "static" / "favicon.svg"), layout="wide")
    use_stijl()
    try:
        bron = read_bron()
    except GebiedenError as fout:
        show_fout(fout)
        return
    show_demobalk(bron)
    pick_rol(get_boom(bron, bron.vandaag))
    run_pagina(build_navigatie(determine_kijker()))


if __name__ == "__main__":
    main()
else:
    app = st.App(
        __file__, routes=[build_grenzen_route(load_grenzenbestand)], middleware=[Middleware(NederlandsePagina)]
    )
