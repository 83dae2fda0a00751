"""What beheer sets on the page Gegevens: thresholds, and the groups of signal categories."""

import pandas as pd
import streamlit as st

from gebieden.domein.fouten import GebiedenError
from gebieden.domein.rechten import Kijker
from gebieden.opslag.beheer import (
    GRENZEN,
    load_categorieen,
    load_instellingen,
    save_categoriegroepen,
    save_instelling,
)
from gebieden.ui.gegevens import open_engine
from gebieden.ui.raamwerk import show_fout, show_leeg

_VRAGEN = {
    "stilte_dagen": "Na hoeveel dagen zonder bericht is de stand onbekend?",
    "onderdrukkingsdrempel": "Onder welk aantal worden meldingen afgeschermd?",
}


def show_instellingen(kijker: Kijker) -> None:
    """Draw the thresholds as one form."""
    with open_engine().connect() as conn:
        nu = load_instellingen(conn)
    with st.form("instellingen"):
        teksten = {
            sleutel: st.text_input(
                f"{vraag} ({GRENZEN[sleutel][0]} tot en met {GRENZEN[sleutel][1]})",
                value=str(nu[sleutel]),
                max_chars=5,
            )
            for sleutel, vraag in _VRAGEN.items()
        }
        if not st.form_submit_button("Opslaan"):
            return
    try:
        for sleutel, tekst in teksten.items():
            if (waarde := _parse_getal(tekst)) != nu[sleutel]:
                save_instelling(open_engine(), kijker, sleutel, waarde)
    except GebiedenError as fout:
        show_fout(fout)
        return
    st.rerun()


def _parse_getal(tekst: str) -> int:
    kaal = tekst.strip()
    return int(kaal) if kaal.isascii() and kaal.isdigit() else -1


def show_categoriegroepen(kijker: Kijker) -> None:
    """Draw the categories of signals with the group each is counted in."""
    with open_engine().connect() as conn:
        groepen = load_categorieen(conn)
    if not groepen:
        show_leeg("Er zijn nog geen signalen ingelezen, dus ook nog geen categorieën.")
        return
    st.caption("Categorieën met dezelfde groep tellen op de pagina Signalen als één kolom.")
    tabel = pd.DataFrame({"Categorie": list(groepen), "Groep": list(groepen.values())})
    with st.form("categoriegroepen"):
        nieuw = st.data_editor(tabel, hide_index=True, disabled=["Categorie"], num_rows="fixed", key="groepen")
        if not st.form_submit_button("Groepen opslaan"):
            return
    try:
        gekozen = {c: str(g or "") for c, g in zip(nieuw["Categorie"], nieuw["Groep"], strict=True)}
        save_categoriegroepen(open_engine(), kijker, gekozen)
    except GebiedenError as fout:
        show_fout(fout)
        return
    st.rerun()
