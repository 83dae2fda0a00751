"""Uitleg: what every figure means."""

import streamlit as st

from gebieden.domein.definities import build_definities
from gebieden.domein.rechten import Pagina
from gebieden.ui.gegevens import get_stand, read_bron
from gebieden.ui.raamwerk import show_herkomst
from gebieden.ui.toegang import guard
from gebieden.ui.uitlegpagina import show_definities, show_rollen, show_toestanden

kijker = guard(Pagina.UITLEG)
bron = read_bron()
st.title("Wat de cijfers en woorden betekenen", anchor=False)
show_definities(build_definities(get_stand(bron, bron.vandaag).stilte_dagen))
st.header("Van voorstel tot klaar", anchor=False)
show_toestanden()
st.header("Wie ziet wat", anchor=False)
show_rollen()
show_herkomst(bron, bron.vandaag)
