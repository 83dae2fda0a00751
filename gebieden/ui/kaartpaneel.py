"""The map with its legend, as the pages use it."""

from datetime import date
from html import escape

import streamlit as st

from gebieden.domein.definities import build_definities
from gebieden.domein.rechten import Pagina
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import Voortgang
from gebieden.domein.woordenlijst import Definitie
from gebieden.kaart.indicatoren import INDICATOREN, Indicator
from gebieden.kaart.kaartbeeld import Kaartbeeld
from gebieden.kaart.kleuren import Kleurstelling
from gebieden.kaart.kleuring import Gebiedsstand, Kleuring, build_kleuring
from gebieden.kaart.legenda import build_legenda_html
from gebieden.opslag.database import Deel
from gebieden.ui.filters import select_gebied
from gebieden.ui.gegevens import Bron, get_grenzen, get_stand, get_voortgang, key_on
from gebieden.ui.kaartkeuze import Kaartkeuze
from gebieden.ui.kaartvenster import show_kaart
from gebieden.ui.navigatie import compose_adres
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
        onbekend=keuze.onbekend,
        leeg=keuze.leeg,
        bij=keuze.bij,
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
    draw_kaart(beeld, "kaart-gebied" if focus else "kaart-overzicht", hoogte)
    _show_legenda(kleuring, INDICATOREN[keuze.indicator], get_stand(bron, keuze.peildatum).stilte_dagen)


@st.fragment
def draw_kaart(beeld: Kaartbeeld, sleutel: str, hoogte: int) -> None:
    """Draw a map; a click selects an area in the URL, or opens it where the map has a focus."""
    geklikt = show_kaart(beeld, sleutel=sleutel, hoogte=hoogte)
    if geklikt and beeld.focus:
        st.query_params["code"] = geklikt
        st.rerun()
    if geklikt:
        select_gebied(None if geklikt == beeld.geselecteerd else geklikt)
        st.rerun()


def _show_legenda(kleuring: Kleuring, indicator: Indicator, stilte_dagen: int) -> None:
    kleurstelling: Kleurstelling = "donker" if st.context.theme.type == "dark" else "licht"
    legenda = build_legenda_html(kleuring, kleurstelling, vergelijking=indicator.vergelijking)
    uitleg = _build_uitleg(build_definities(stilte_dagen)[indicator.definitie])
    st.html(f'<div class="legendablok">{legenda}{uitleg}</div>')


def _build_uitleg(definitie: Definitie) -> str:
    """Return what the colour means, unfolded by a click: part of the legend, as every element more costs time."""
    delen = (
        ("", definitie.definitie),
        ("Wat we tellen: ", definitie.teller),
        ("Van hoeveel: ", definitie.noemer),
        ("Let op: ", definitie.let_op),
    )
    regels = "".join(f"<p>{kop}{escape(tekst)}</p>" for kop, tekst in delen if tekst)
    adres = compose_adres(Pagina.UITLEG, zoekwoord=definitie.naam)
    return (
        f'<details class="wat"><summary>Wat betekent dit?</summary>{regels}'
        f'<p><a class="binnen" href="{escape(adres)}">{escape(definitie.naam)} op de pagina Uitleg</a></p></details>'
    )


def describe_stand(indicator: str, voortgang: Voortgang) -> str:
    """Return an area's figure for the list beside the map, in the same words as its tooltip."""
    keuze = INDICATOREN[indicator]
    stand = keuze.lees(voortgang)
    if stand.teller is None or not stand.noemer:
        leeg = keuze.onbekend if stand.noemer is None else keuze.leeg or f"geen {keuze.eenheid[1]}"
        return ", ".join([leeg, *_list_bij(keuze, stand)])
    if stand.label is not None:
        return f"{stand.label} {keuze.eenheid[stand.teller != 1]}"
    return ", ".join([f"{keuze.woorden.lower()}: {stand.teller} van {stand.noemer}", *_list_bij(keuze, stand)])


def _list_bij(keuze: Indicator, stand: Gebiedsstand) -> list[str]:
    return [f"{aantal}× {woord}" for aantal, woord in zip(stand.bij, keuze.bij, strict=False) if aantal]
