"""Mijn werk: what asks for action in one's own areas, longest silent first; one writes a bericht from the list."""

import streamlit as st

from gebieden.domein.rechten import Pagina
from gebieden.domein.taal import format_aantal
from gebieden.ui.filters import show_chips
from gebieden.ui.gegevens import get_boom, read_bron
from gebieden.ui.mijnwerkgegevens import get_mijnwerk
from gebieden.ui.mijnwerkpagina import (
    compose_werkzin,
    describe_eigen,
    filter_regels,
    pick_werkkeuze,
    show_mijnwerk,
    show_niets,
)
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.raamwerk import show_herkomst, show_opening
from gebieden.ui.toegang import determine_gebruiker, guard

kijker = guard(Pagina.MIJNWERK)
bron = read_bron()
peildatum = bron.vandaag
waar = describe_eigen(kijker, get_boom(bron, peildatum))
werk = get_mijnwerk(bron, peildatum, kijker)
show_opening(f"Mijn werk in {waar}", peildatum, kijker)
if werk.regels:
    with st.container(key="zin"):
        st.markdown(escape_markdown(compose_werkzin(werk, waar)))
keuze = pick_werkkeuze()
show_chips(keuze.list_chips())
regels = filter_regels(werk.regels, keuze)
if len(regels) < len(werk.regels):
    st.markdown(f"**{len(regels)}** van {format_aantal(len(werk.regels), 'punt', 'punten')}")
show_mijnwerk(bron, peildatum, determine_gebruiker(), regels, werk)
if not regels:
    show_niets(kijker, werk, waar)
show_herkomst(bron, peildatum)
