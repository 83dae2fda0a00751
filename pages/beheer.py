"""Beheer: who may sign in, and who changed what."""

import streamlit as st

from gebieden.domein.rechten import Pagina
from gebieden.ui.gebruikerspagina import show_gebruikers
from gebieden.ui.gegevens import get_boom, read_bron
from gebieden.ui.logboekpagina import show_logboek
from gebieden.ui.raamwerk import show_herkomst, show_opening
from gebieden.ui.toegang import determine_gebruiker, guard

kijker = guard(Pagina.BEHEER)
bron = read_bron()
boom = get_boom(bron, bron.vandaag)
show_opening("Gebruikers en logboek", bron.vandaag, kijker)
deel = st.segmented_control(
    "Toon", ["gebruikers", "logboek"], default="gebruikers", key="vorm", required=True, bind="query-params"
)
if deel == "logboek":
    show_logboek(bron, kijker, boom)
else:
    show_gebruikers(determine_gebruiker(), boom)
show_herkomst(bron, bron.vandaag)
