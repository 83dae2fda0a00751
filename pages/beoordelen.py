"""Signalen beoordelen: single signals, judged and bundled into matters."""

import streamlit as st

from gebieden.domein.rechten import Pagina
from gebieden.opslag.oovsoorten import ZAAK
from gebieden.ui.beoordelen import describe_regel, describe_werk, format_regel, get_recente, pick_signalen
from gebieden.ui.beoordelenactie import show_oordelen
from gebieden.ui.beoordelenzaken import show_zaken
from gebieden.ui.dossiergegevens import get_stukken
from gebieden.ui.gegevens import get_boom, read_bron
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.raamwerk import show_herkomst, show_leeg, show_opening
from gebieden.ui.toegang import guard

SIGNALEN, ZAKEN = "signalen", "zaken"

kijker = guard(Pagina.BEOORDELEN)
bron = read_bron()
peildatum = bron.vandaag
boom = get_boom(bron, peildatum)
show_opening("Signalen beoordelen", peildatum, kijker)
regels = get_recente(bron, kijker)
zaken = get_stukken(bron, peildatum, kijker, ZAAK)
namen = {stuk.nummer: stuk.velden.naam for stuk in zaken}
st.markdown(escape_markdown(describe_werk(regels)))
beeld = st.segmented_control(
    "Beeld", [SIGNALEN, ZAKEN], default=SIGNALEN, key="beeld", required=True, bind="query-params"
)
if not kijker.eigen:
    show_leeg("U hebt nog geen eigen gebieden.", "Vraag ze aan beheer; dan ziet u hier de signalen.")
elif beeld == ZAKEN:
    show_zaken(bron, kijker, zaken)
else:
    keuze = pick_signalen(regels, boom, peildatum)
    gekozen = [regel for regel in regels if keuze.past(regel)]
    teksten = {r.id: format_regel(describe_regel(r, boom, peildatum, namen)) for r in gekozen}
    show_oordelen(gekozen, teksten, namen, peildatum)
show_herkomst(bron, peildatum)
