"""The application: `streamlit run app.py`.

One file, two lives. Streamlit finds `app` here and serves it (with our routes beside its own), and runs
this same file as the script of every session: the router.
"""

import gc

import streamlit as st
from starlette.middleware import Middleware

from gebieden.ui.gegevens import ask_database, load_grenzenbestand
from gebieden.ui.gezond import build_gezond_route
from gebieden.ui.logregels import configure_logregels
from gebieden.ui.router import run_router
from gebieden.ui.server import NederlandsePagina, build_grenzen_route
from gebieden.ui.terugkeer import Terugkeer

if __name__ == "__main__":
    run_router()
else:
    configure_logregels()
    app = st.App(
        __file__,
        routes=[build_grenzen_route(load_grenzenbestand), build_gezond_route(ask_database)],
        middleware=[Middleware(NederlandsePagina), Middleware(Terugkeer)],
    )
    # What is loaded by now stays until the end: the collector need not look at it again and again while people wait.
    gc.freeze()
