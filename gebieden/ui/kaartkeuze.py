"""What the page Overzicht shows, as its filters say.

The map takes longest to paint, so it is drawn first: `peek_kaartkeuze` reads the filters before they are drawn.
"""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.thema import Thema
from gebieden.kaart.indicatoren import INDICATOREN
from gebieden.ui.filters import (
    ALLE_THEMAS,
    THEMAKEUZES,
    list_niveaus,
    peek_keuze,
    peek_peildatum,
    pick_een,
    pick_niveau,
    pick_peildatum,
    pick_thema,
)
from gebieden.ui.gegevens import Bron, get_boom

GEEN_ACHTERGROND = "geen"
ACHTERGRONDEN = ["grijs"]
_INDICATOREN = list(INDICATOREN)


@dataclass(frozen=True, slots=True)
class Kaartkeuze:
    """One state of the filters of Overzicht; `thema` None is all themes."""

    peildatum: date
    niveau: str
    thema: Thema | None
    indicator: str
    achtergrond: str


def peek_kaartkeuze(bron: Bron) -> Kaartkeuze:
    """Return what the filters will say once they are drawn."""
    peildatum = peek_peildatum(bron.vandaag)
    niveaus, standaard = list_niveaus(get_boom(bron, peildatum))
    thema = peek_keuze("thema", THEMAKEUZES, ALLE_THEMAS)
    return Kaartkeuze(
        peildatum,
        peek_keuze("niveau", niveaus, standaard),
        None if thema == ALLE_THEMAS else Thema(thema),
        peek_keuze("kaart", _INDICATOREN, _INDICATOREN[0]),
        peek_keuze("achtergrond", [GEEN_ACHTERGROND, *ACHTERGRONDEN], GEEN_ACHTERGROND),
    )


def pick_kaartkeuze(bron: Bron, boom: Gebiedsboom, getekend: Kaartkeuze) -> None:
    """Draw the filters. Should one say something else than what was drawn, everything is drawn again."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        thema = pick_thema()
        niveau = pick_niveau(boom)
        indicator = st.selectbox("Kaart toont", _INDICATOREN, key="kaart", bind="query-params")
        with st.popover("Meer", icon=":material/tune:"):
            peildatum = pick_peildatum(bron.vandaag)
            achtergrond = pick_een("Achtergrond van de kaart", "achtergrond", GEEN_ACHTERGROND, ACHTERGRONDEN)
    if Kaartkeuze(peildatum, niveau, thema, indicator, achtergrond or GEEN_ACHTERGROND) != getekend:
        st.rerun()
