"""Vroegsignalen: what stands out in a week, why, and what professionals said of it."""

import streamlit as st

from gebieden.domein.rechten import Pagina, Rol
from gebieden.domein.taal import format_datum
from gebieden.opslag.vroegbeeld import Volledigheidsstand, Weekstand, describe_volledigheid
from gebieden.ui.gegevens import read_bron
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.raamwerk import show_herkomst, show_leeg, show_opening
from gebieden.ui.toegang import guard
from gebieden.ui.vroegclusters import show_clusters
from gebieden.ui.vroegeerder import show_balans, show_eerdere, show_opzoeken
from gebieden.ui.vroeggegevens import get_weekstand
from gebieden.ui.vroegregister import show_register
from gebieden.ui.vroegsignalen import compose_volledigheid, show_week

WEEK, EERDER, ZOEK, CLUSTERS, REGISTER = "deze week", "eerdere weken", "opzoeken", "clusters", "registratie"

kijker = guard(Pagina.VROEGSIGNALEN)
bron = read_bron()
peildatum = bron.vandaag
gelezen = get_weekstand(bron, peildatum)
stand = gelezen if isinstance(gelezen, Weekstand) else None
week = f", week van {format_datum(stand.maandag)}" if stand else ""
show_opening(f"Vroegsignalen{week}", peildatum, kijker)
keuzes = [WEEK, EERDER, *([ZOEK] if kijker.rol is Rol.OOV else []), CLUSTERS, REGISTER]
beeld = st.segmented_control("Toon", keuzes, default=WEEK, key="beeld", required=True, bind="query-params")
if gelezen is None and beeld != REGISTER:
    show_leeg("Er zijn nog geen signalen van een hele week ingelezen.", "Beheer kan dat doen bij Gegevens.")
elif isinstance(gelezen, Volledigheidsstand) and beeld != REGISTER:
    show_leeg(compose_volledigheid(gelezen, peildatum), "Wacht tot de volgende levering.")
elif beeld == REGISTER:
    show_register(bron, peildatum, kijker, stand)
elif stand and beeld == WEEK:
    st.markdown(escape_markdown(compose_volledigheid(describe_volledigheid(stand), peildatum)))
    show_balans(bron, peildatum, kijker, stand)
    show_week(bron, peildatum, kijker, stand)
elif stand and beeld == EERDER:
    show_eerdere(bron, peildatum, kijker, stand)
elif stand and beeld == CLUSTERS:
    show_clusters(bron, peildatum, kijker, stand)
elif stand:
    show_opzoeken(bron, peildatum, kijker, stand)
show_herkomst(bron, peildatum)
