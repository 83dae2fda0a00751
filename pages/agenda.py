"""Agenda: every point, with filters, as a list with its story, as a table and on a timeline."""

import streamlit as st

from gebieden.domein.rechten import Pagina
from gebieden.domein.taal import format_aantal
from gebieden.ui.bord import show_bord
from gebieden.ui.dekkingsoverzicht import show_dekkingsommen
from gebieden.ui.excel import show_excel
from gebieden.ui.filters import show_chips
from gebieden.ui.gegevens import compose_uitvoer_van, get_boom, get_punten, get_stand, read_bron
from gebieden.ui.lijstfilters import filter_punten, get_soort_agenda, list_staatwoorden, pick_lijstkeuze
from gebieden.ui.overzicht import show_punten
from gebieden.ui.partnergegevens import list_partnernamen
from gebieden.ui.raamwerk import compose_onderwerp, show_herkomst, show_leeg, show_opening
from gebieden.ui.tabellen import compose_puntentabel, show_tabel
from gebieden.ui.tijdlijn import show_tijdlijn
from gebieden.ui.toegang import guard
from gebieden.ui.uitvoerknoppen import show_uitvoerknoppen
from gebieden.ui.voorstel import show_voorstel

kijker = guard(Pagina.AGENDA)
bron = read_bron()
peildatum = bron.vandaag
boom, stand = get_boom(bron, peildatum), get_stand(bron, peildatum)
alle = get_punten(bron, peildatum, kijker)
if not alle:
    show_opening("Agenda", peildatum, kijker)
    show_leeg("Er zijn nog geen agendapunten ingelezen.", "Beheer kan dat doen bij Gegevens.")
    show_voorstel(boom, kijker, peildatum, list_partnernamen(kijker, peildatum, ()))
    st.stop()
kop = st.container()
keuze = pick_lijstkeuze(
    boom,
    list_staatwoorden(),
    soorten=sorted({get_soort_agenda(p, boom) for p in alle}),
    trekkers=sorted({p.punt.trekker for p in alle if p.punt.trekker}),
)
with kop:
    show_opening(f"Agenda van {compose_onderwerp(boom, None, keuze.thema, keuze.gebied)}", peildatum, kijker)
show_chips(keuze.list_chips(boom))

punten = filter_punten(alle, keuze, boom, peildatum, stand.stilte_dagen)
with st.container(horizontal=True, vertical_alignment="center"):
    st.markdown(f"**{len(punten)}** van {format_aantal(len(alle), 'punt', 'punten')}")
    vorm = st.segmented_control(
        "Toon als",
        ["lijst", "tabel", "bord", "tijdlijn", "dekking"],
        default="lijst",
        key="vorm",
        required=True,
        bind="query-params",
    )
    uitvoer = "dekking" if vorm == "dekking" else "agendapunten"
    show_uitvoerknoppen(
        uitvoer,
        lambda: compose_uitvoer_van(
            uitvoer, kijker, peildatum, sleutels=[p.punt.id for p in punten], filters=keuze.describe(boom)
        ),
    )
show_voorstel(boom, kijker, peildatum, list_partnernamen(kijker, peildatum, alle))
show_excel(bron, kijker, peildatum, punten)
if vorm == "tabel":
    namen = {g.code: g.naam for g in boom.gebieden.values()}
    show_tabel(compose_puntentabel(punten, namen, peildatum, stand.stilte_dagen), "Tabel van agendapunten")
elif vorm == "bord":
    show_bord(kijker, keuze)
elif vorm == "tijdlijn":
    show_tijdlijn(bron, punten, peildatum, stand.stilte_dagen)
elif vorm == "dekking":
    namen = {g.code: g.naam for g in boom.gebieden.values()}
    show_dekkingsommen(bron, peildatum, kijker, {p.punt.id: p.punt.titel for p in punten}, namen)
else:
    show_punten(bron, peildatum, kijker, punten)
show_herkomst(bron, peildatum)
