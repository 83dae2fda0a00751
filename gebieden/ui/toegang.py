"""Who is looking, and the guard that every page begins with."""

import re

import streamlit as st

from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import ROLLEN_MET_EIGEN_GEBIED, Kijker, Pagina, Rol
from gebieden.instellingen import Modus, read_instellingen
from gebieden.ui.aanmeldbalk import show_aanmeldbalk
from gebieden.ui.aanmelding import determine_aanmelding
from gebieden.ui.navigatie import get_titel

_LOKAAL = frozenset({"localhost", "127.0.0.1", "::1"})
_POORT = re.compile(r":\d+$")
# Whoever comes through a proxy is somewhere else.
_DOORGEEFKOPPEN = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Original-Host", "X-Real-Ip")
VIA_ROUTER = "via_router"


def determine_gebruiker() -> Gebruiker:
    """Return who is looking, as of this moment.

    In demo what the role picker says, on this very machine; in productie who is signed in. Otherwise publiek.
    """
    if read_instellingen().modus is Modus.PRODUCTIE:
        return determine_aanmelding().gebruiker
    return Gebruiker(_determine_gekozen())


def _determine_gekozen() -> Kijker:
    if not mag_rol_kiezen():
        return Kijker()
    rol = Rol(st.session_state.get("rol", Rol.PUBLIEK))
    eigen = st.session_state.get("eigen_gebied")
    return Kijker(rol, frozenset({eigen}) if rol in ROLLEN_MET_EIGEN_GEBIED and eigen else frozenset())


def mag_rol_kiezen() -> bool:
    """Return whether this visitor may pick a role: only in demo, and only on the machine itself."""
    return read_instellingen().modus is Modus.DEMO and _is_lokaal(st.get_option("server.address")) and _vraagt_lokaal()


def _vraagt_lokaal() -> bool:
    koppen = st.context.headers
    if any(naam in koppen for naam in _DOORGEEFKOPPEN):
        return False
    # The address of the page itself, which a proxy that rewrites Host leaves alone.
    herkomst = koppen.get("Origin", "").rpartition("://")[2]
    return all(_is_lokaal(_strip_poort(naam)) for naam in (koppen.get("Host"), herkomst or None) if naam is not None)


def _strip_poort(host: str) -> str:
    return host if host in _LOKAAL else _POORT.sub("", host).removeprefix("[").removesuffix("]")


def _is_lokaal(naam: str | None) -> bool:
    return naam is not None and naam.strip().lower() in _LOKAAL


def show_bezoeker(boom: Gebiedsboom) -> tuple[Kijker, bool]:
    """Draw in the sidebar who this is, and the way to become somebody else.

    Return who is looking, and whether they may still sign in.
    """
    if read_instellingen().modus is Modus.PRODUCTIE:
        aanmelding = determine_aanmelding()
        show_aanmeldbalk(aanmelding, boom)
        return aanmelding.gebruiker.kijker, aanmelding.mag_zich_melden
    _pick_rol(boom)
    return _determine_gekozen(), False


def _pick_rol(boom: Gebiedsboom) -> None:
    if not mag_rol_kiezen():
        st.sidebar.caption("U ziet wat iedereen mag zien. Een andere rol kiezen kan alleen op de computer zelf.")
        return
    # Assigned, not just read: a page that runs without the router's script has widgets of its own, under the same key.
    st.session_state["rol"] = st.session_state.get("rol", Rol.PUBLIEK)
    rol = st.sidebar.selectbox("Bekijk als …", list(Rol), key="rol", format_func=str)
    if rol in ROLLEN_MET_EIGEN_GEBIED:
        keuzes = boom.filter_niveau("gebied") or boom.filter_niveau("wijk")
        if rol is Rol.OOV:
            keuzes = [*keuzes, *boom.filter_niveau("gemeente")]
        namen = {g.code: g.naam for g in keuzes}
        eigen = st.session_state.get("eigen_gebied")
        st.session_state["eigen_gebied"] = eigen if eigen in namen else next(iter(namen), None)
        st.sidebar.selectbox("Eigen gebied", list(namen), key="eigen_gebied", format_func=lambda c: namen.get(c, c))


def guard(pagina: Pagina) -> Kijker:
    """Return who is looking, or stop the page. The first statement of every page.

    On a fresh server a deep link runs the page's script without `app.py` (Streamlit's own pages/ mechanism):
    then the whole router runs here, and it runs this page again in its frame.
    """
    # Who it is, as the router has just looked up; it leaves this behind for the page that it runs, no longer.
    kijker: Kijker | None = st.session_state.get(VIA_ROUTER)
    if kijker is None:
        from gebieden.ui.router import run_router

        run_router()
        st.stop()
    if not kijker.mag_pagina(pagina):
        in_productie = read_instellingen().modus is Modus.PRODUCTIE
        meld_u_aan = "Meld u aan, of ga" if in_productie and determine_aanmelding().mag_zich_melden else "Ga"
        st.warning(
            f"De pagina {get_titel(pagina)} is niet te zien als {kijker.rol}. {meld_u_aan} terug naar het overzicht.",
            icon=":material/lock:",
        )
        st.stop()
    return kijker
