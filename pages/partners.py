"""Partners: the organisations of the gebiedsteam-plus, what they committed to, and what they could close today."""

import streamlit as st

from gebieden.domein.rechten import Pagina
from gebieden.ui.convenantpagina import show_convenant
from gebieden.ui.filters import compose_chips, pick_thema, show_chips
from gebieden.ui.gegevens import get_boom, read_bron
from gebieden.ui.kansenpagina import show_kansen
from gebieden.ui.lijstfilters import pick_gebied
from gebieden.ui.partnergegevens import load_partnergegevens
from gebieden.ui.partnerregister import show_register
from gebieden.ui.raamwerk import compose_onderwerp, show_herkomst, show_opening
from gebieden.ui.toegang import guard

REGISTER, KANSENLIJST, CONVENANT = "register", "kansenlijst", "convenant"

kijker = guard(Pagina.PARTNERS)
bron = read_bron()
peildatum = bron.vandaag
boom = get_boom(bron, peildatum)
gegevens = load_partnergegevens(bron, peildatum, kijker)
kop = st.container()
beeld = st.segmented_control(
    "Toon", [REGISTER, KANSENLIJST, CONVENANT], default=REGISTER, key="beeld", required=True, bind="query-params"
)
balk = st.container(horizontal=True, vertical_alignment="bottom", key="filters")
with balk:
    code = pick_gebied(boom)
    # A convenant is about all themes at once.
    thema = None if beeld == CONVENANT else pick_thema()
naam = boom.gebieden[code].naam if code else None
with kop:
    show_opening(f"Partners in {compose_onderwerp(boom, None, thema, code)}", peildatum, kijker)
chips = compose_chips(thema=thema, gebied=naam, peildatum=peildatum, vandaag=peildatum)
if beeld == KANSENLIJST:
    show_kansen(bron, gegevens, code, thema, balk, chips)
else:
    show_chips(chips)
    if beeld == CONVENANT:
        show_convenant(gegevens, kijker, code)
    else:
        show_register(gegevens, kijker, code, thema)
show_herkomst(bron, peildatum)
