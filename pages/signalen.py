"""Signalen: counts per area and category, per fixed quarter, as far as the viewer may see them."""

import streamlit as st

from gebieden.domein.rechten import Pagina
from gebieden.ui.gegevens import compose_signalenuitvoer, get_boom, get_kwartalen, get_signaaltabel, read_bron
from gebieden.ui.lijstfilters import pick_gebied
from gebieden.ui.raamwerk import compose_onderwerp, show_herkomst, show_leeg, show_opening
from gebieden.ui.signaalbeeld import pick_kwartaal, show_signaaltabel
from gebieden.ui.toegang import guard
from gebieden.ui.uitvoerknoppen import show_uitvoerknoppen

kijker = guard(Pagina.SIGNALEN)
bron = read_bron()
peildatum = bron.vandaag
boom = get_boom(bron, peildatum)
kop = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    kwartaal = pick_kwartaal(get_kwartalen(bron, peildatum))
    gebied = pick_gebied(boom)
with kop:
    onderwerp = compose_onderwerp(boom, None, None, gebied)
    periode = f", {kwartaal.label}" if kwartaal else ""
    show_opening(f"Meldingen over openbare orde en veiligheid in {onderwerp}{periode}", peildatum, kijker)
if kwartaal is None:
    show_leeg("Er zijn nog geen signalen van een heel kwartaal ingelezen.", "Beheer kan dat doen bij Gegevens.")
else:
    tabel = get_signaaltabel(bron, peildatum, kijker, kwartaal, gebied)
    show_signaaltabel(tabel)
    if tabel.rijen:
        show_uitvoerknoppen(
            "signalen", lambda: compose_signalenuitvoer(bron, peildatum, kijker, kwartaal, gebied), ("xlsx", "csv")
        )
show_herkomst(bron, peildatum)
