"""The map with its legend, as the pages use it."""

from datetime import date

import streamlit as st

from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import Voortgang
from gebieden.kaart.indicatoren import INDICATOREN, Indicator
from gebieden.kaart.kaartbeeld import Kaartbeeld
from gebieden.kaart.kleuren import Kleurstelling
from gebieden.kaart.kleuring import Kleuring, build_kleuring
from gebieden.kaart.legenda import build_legenda_html
from gebieden.opslag.database import Deel
from gebieden.ui.filters import select_gebied
from gebieden.ui.gegevens import Bron, get_grenzen, get_voortgang, key_on
from gebieden.ui.kaartkeuze import Kaartkeuze
from gebieden.ui.kaartvenster import show_kaart
from gebieden.ui.raamwerk import show_leeg


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=key_on(Deel.GEBIEDEN, Deel.AGENDA, Deel.INSTELLINGEN))
def _get_kleuring(bron: Bron, peildatum: date, niveau: str, thema: Thema | None, indicator: str) -> Kleuring:
    keuze = INDICATOREN[indicator]
    per_gebied = get_voortgang(bron, peildatum, thema)
    codes = get_grenzen(bron, peildatum, niveau).codes
    return build_kleuring(
        codes,
        {code: keuze.lees(per_gebied[code]) for code in codes},
        indicator=indicator,
        indicatorwoorden=keuze.woorden,
        filtersleutel=f"{peildatum}{niveau}{thema}{indicator}",
        reeks=keuze.reeks,
        eenheid=keuze.eenheid,
        filterregel=f"Thema {thema}" if thema else "",
    )


def show_kaartpaneel(
    bron: Bron, keuze: Kaartkeuze, gekozen: str | None, *, focus: str | None = None, hoogte: int = 395
) -> None:
    """Draw the map of one level with its legend; a click selects an area in the URL, or opens it with `focus`."""
    grenzen = get_grenzen(bron, keuze.peildatum, keuze.niveau)
    if not grenzen.codes:
        show_leeg(
            f"Er zijn nog geen grenzen van het niveau {keuze.niveau}.",
            "Beheer kan die inlezen bij Gegevens of ophalen bij PDOK.",
        )
        return
    kleuring = _get_kleuring(bron, keuze.peildatum, keuze.niveau, keuze.thema, keuze.indicator)
    beeld = Kaartbeeld(
        kleuring=kleuring,
        grenzen_url=f"grenzen/{grenzen.hash}.json",
        schematisch=grenzen.schematisch,
        geselecteerd=gekozen,
        focus=focus,
        achtergrond="grijs" if keuze.achtergrond == "grijs" else "geen",
    )
    _draw_kaart(beeld, "kaart-gebied" if focus else "kaart-overzicht", hoogte)
    _show_legenda(kleuring, INDICATOREN[keuze.indicator])


@st.fragment
def _draw_kaart(beeld: Kaartbeeld, sleutel: str, hoogte: int) -> None:
    geklikt = show_kaart(beeld, sleutel=sleutel, hoogte=hoogte)
    if geklikt and beeld.focus:
        st.query_params["code"] = geklikt
        st.rerun()
    if geklikt:
        select_gebied(None if geklikt == beeld.geselecteerd else geklikt)
        st.rerun()


def _show_legenda(kleuring: Kleuring, indicator: Indicator) -> None:
    kleurstelling: Kleurstelling = "donker" if st.context.theme.type == "dark" else "licht"
    st.html(build_legenda_html(kleuring, kleurstelling, vergelijking=indicator.vergelijking))


def describe_stand(indicator: str, voortgang: Voortgang) -> str:
    """Return an area's figure for the list beside the map, in the same words as its tooltip."""
    keuze = INDICATOREN[indicator]
    stand = keuze.lees(voortgang)
    if not stand.noemer:
        return f"geen {keuze.eenheid[1]}"
    if stand.label is not None:
        return f"{stand.label} {keuze.eenheid[stand.teller != 1]}"
    return f"{keuze.woorden.lower()}: {stand.teller} van {stand.noemer}"
