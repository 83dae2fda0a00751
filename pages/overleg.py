"""Overleg: walking the points of an area one by one, and the decision list that comes out of it."""

import streamlit as st

from gebieden.domein.rechten import Pagina
from gebieden.ui.gegevens import read_bron
from gebieden.ui.overleggegevens import NUMMER, find_vergadering
from gebieden.ui.overleglijst import show_lijst
from gebieden.ui.overlegpagina import DEEL, LIJST, show_overleggen
from gebieden.ui.overlegronde import show_ronde
from gebieden.ui.raamwerk import show_herkomst, show_leeg, show_opening
from gebieden.ui.toegang import determine_gebruiker, guard

kijker = guard(Pagina.OVERLEG)
bron = read_bron()
peildatum = bron.vandaag
gebruiker = determine_gebruiker()
vergadering = find_vergadering(bron, gebruiker)
if vergadering is None:
    show_opening("Overleg", peildatum, kijker)
    if NUMMER in st.query_params:
        show_leeg("Dit overleg is er niet, of niet meer.", "Kies er hieronder een.")
    show_overleggen(bron, kijker)
else:
    overleg = vergadering.stuk.velden
    is_lijst = overleg.is_afgesloten or not vergadering.leest_mee or st.query_params.get(DEEL) == LIJST
    show_opening(f"Besluitenlijst {overleg.titel}" if is_lijst else overleg.titel, peildatum, kijker)
    if is_lijst:
        show_lijst(bron, vergadering)
    else:
        show_ronde(bron, gebruiker, vergadering)
show_herkomst(bron, peildatum)
