"""Initiatieven: what residents started, with filters, as a list with its story, as a table and on a timeline."""

import streamlit as st

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.initiatief import INITIATIEF_MACHINE
from gebieden.domein.rechten import Pagina, Rol
from gebieden.domein.taal import format_aantal
from gebieden.ui.filters import show_chips
from gebieden.ui.gegevens import compose_uitvoer_van, get_boom, get_initiatieven, read_bron
from gebieden.ui.lijstfilters import filter_initiatieven, pick_lijstkeuze
from gebieden.ui.overzicht import collect_berichten
from gebieden.ui.punten import build_initiatieven_html
from gebieden.ui.raamwerk import compose_onderwerp, show_herkomst, show_leeg, show_opening
from gebieden.ui.tabellen import compose_initiatieventabel, show_initiatieventijdlijn, show_tabel
from gebieden.ui.toegang import guard
from gebieden.ui.uitvoerknoppen import show_uitvoerknoppen

kijker = guard(Pagina.INITIATIEVEN)
bron = read_bron()
peildatum = bron.vandaag
boom = get_boom(bron, peildatum)
alle = get_initiatieven(bron, kijker)
naam_van = {
    str(staat): (t.publieke_naam if kijker.rol is Rol.PUBLIEK else t.naam)
    for staat, t in INITIATIEF_MACHINE.toestanden.items()
}
if not alle:
    show_opening("Bewonersinitiatieven", peildatum, kijker)
    show_leeg("Er zijn nog geen bewonersinitiatieven ingelezen.", "Beheer kan dat doen bij Gegevens.")
    st.stop()
kop = st.container()
keuze = pick_lijstkeuze(boom, [naam_van[s] for s in INITIATIEF_MACHINE.toestanden])
with kop:
    onderwerp = compose_onderwerp(boom, None, keuze.thema, keuze.gebied)
    show_opening(f"Bewonersinitiatieven in {onderwerp}", peildatum, kijker)
show_chips(keuze.list_chips(boom))

gekozen = filter_initiatieven(alle, keuze, boom, naam_van)
with st.container(horizontal=True, vertical_alignment="center"):
    st.markdown(f"**{len(gekozen)}** van {format_aantal(len(alle), 'initiatief', 'initiatieven')}")
    vorm = st.segmented_control(
        "Toon als", ["lijst", "tabel", "tijdlijn"], default="lijst", key="vorm", required=True, bind="query-params"
    )
    show_uitvoerknoppen(
        "initiatieven",
        lambda: compose_uitvoer_van(
            "initiatieven", kijker, peildatum, sleutels=[i.id for i in gekozen], filters=keuze.describe(boom)
        ),
        ("xlsx", "csv"),
    )
namen = {g.code: g.naam for g in boom.gebieden.values()}
if not gekozen:
    show_leeg("Er zijn geen initiatieven die hierbij passen.", "Haal een filter weg om meer te zien.")
elif vorm == "tabel":
    show_tabel(compose_initiatieventabel(gekozen, namen, kijker.rol), "Tabel van bewonersinitiatieven")
elif vorm == "tijdlijn":
    show_initiatieventijdlijn(gekozen, peildatum, kijker.rol)
else:
    berichten = collect_berichten(bron, peildatum, kijker, Berichtsoort.INITIATIEF)
    st.html(build_initiatieven_html(gekozen, berichten, namen, peildatum, kijker.rol))
show_herkomst(bron, peildatum)
