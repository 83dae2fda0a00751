"""Gegevens: beheer imports files, fetches boundaries and changes settings."""

import streamlit as st

from gebieden.domein.rechten import Pagina
from gebieden.ui.gegevens import read_bron
from gebieden.ui.gegevenspagina import show_inhoud, show_inlezen, show_ophalen
from gebieden.ui.instellingenpagina import show_categoriegroepen, show_groepsregels, show_instellingen
from gebieden.ui.raamwerk import show_herkomst, show_opening
from gebieden.ui.toegang import determine_gebruiker, guard

kijker = guard(Pagina.GEGEVENS)
gebruiker = determine_gebruiker()
bron = read_bron()
show_opening("Gegevens inlezen en beheren", bron.vandaag, kijker)
show_inhoud()
st.header("Een bestand inlezen", anchor=False)
show_inlezen(bron, gebruiker)
st.header("Officiële grenzen ophalen", anchor=False)
show_ophalen(gebruiker)
st.header("Instellingen", anchor=False)
show_instellingen(gebruiker)
st.header("Groepen van categorieën", anchor=False)
show_categoriegroepen(gebruiker)
show_groepsregels(gebruiker)
show_herkomst(bron, bron.vandaag)
