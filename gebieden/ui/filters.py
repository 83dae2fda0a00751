"""The filter bar: what one looks at, kept in the URL so that a link shows the same.

Options are the words themselves, so what the address bar says is what the screen says
(`?niveau=buurt&thema=veilig`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.taal import format_datum
from gebieden.domein.thema import Thema
from gebieden.ui.opmaak import escape_markdown

ALLE_THEMAS = "alle thema's"
THEMAKEUZES = [ALLE_THEMAS, *map(str, Thema)]
STANDAARD_NIVEAU = "wijk"


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter that can be taken off: what it says, the widget key, and the value that means everything."""

    tekst: str
    sleutel: str
    alles: object = None


def peek_keuze(sleutel: str, opties: Sequence[str], standaard: str) -> str:
    """Return what a select box will say before it is drawn: its own value, else the address, else the default."""
    waarde = st.session_state.get(sleutel, st.query_params.get(sleutel))
    return waarde if waarde in opties else standaard


def peek_peildatum(vandaag: date) -> date:
    """Return what the date field will say before it is drawn."""
    waarde = st.session_state.get("peildatum", st.query_params.get("peildatum"))
    if isinstance(waarde, date):
        return waarde
    try:
        return date.fromisoformat(waarde) if isinstance(waarde, str) else vandaag
    except ValueError:
        return vandaag


def list_niveaus(boom: Gebiedsboom) -> tuple[list[str], str]:
    """Return the levels to choose from and the one that is chosen at first."""
    niveaus = boom.get_niveaus() or [STANDAARD_NIVEAU]
    return niveaus, STANDAARD_NIVEAU if STANDAARD_NIVEAU in niveaus else niveaus[0]


def pick_thema() -> Thema | None:
    """Draw the select box Thema and return the choice; None for all themes."""
    keuze = st.selectbox("Thema", THEMAKEUZES, key="thema", bind="query-params")
    return None if keuze in (None, ALLE_THEMAS) else Thema(keuze)


def pick_niveau(boom: Gebiedsboom) -> str:
    """Draw the select box Niveau over the levels that occur and return the choice."""
    niveaus, standaard = list_niveaus(boom)
    index = niveaus.index(standaard)
    return st.selectbox("Niveau", niveaus, index=index, key="niveau", bind="query-params") or standaard


def pick_een(label: str, sleutel: str, alles: str, opties: Iterable[str]) -> str | None:
    """Draw a select box with an 'everything' option first and return the choice; None for everything."""
    keuze = st.selectbox(label, [alles, *opties], key=sleutel, bind="query-params")
    return None if keuze in (None, alles) else keuze


def pick_zoektekst() -> str:
    """Draw the search field and return what to look for, in lower case; empty for everything."""
    return st.text_input("Zoek in de tekst", key="zoek", bind="query-params", max_chars=100).strip().lower()


def pick_peildatum(vandaag: date) -> date:
    """Draw the date as of which figures hold and return it."""
    keuze = st.date_input("Stand van", value=vandaag, key="peildatum", format="DD-MM-YYYY", bind="query-params")
    return keuze if isinstance(keuze, date) else vandaag


def get_gekozen_gebied(boom: Gebiedsboom, parameter: str = "gebied") -> str | None:
    """Return the code of the area in the URL, or None when there is none or it does not exist."""
    code = st.query_params.get(parameter)
    return code if code in boom.gebieden else None


def select_gebied(code: str | None) -> None:
    """Put the selected area in the URL, or take it out."""
    if code:
        st.query_params["gebied"] = code
    else:
        st.query_params.pop("gebied", None)


def show_chips(chips: Sequence[Chip]) -> None:
    """Draw the active filters as buttons that each take their filter off.

    The container is there without chips too: an element that comes and goes above the map would rebuild the map.
    """
    with st.container(horizontal=True, gap="small", key="chips"):
        for chip in chips:
            st.button(
                escape_markdown(chip.tekst),
                key=f"chip_{chip.sleutel}",
                icon=":material/close:",
                on_click=_clear_filter,
                args=(chip,),
                help=f"Haal dit filter weg: {escape_markdown(chip.tekst)}",
            )


def _clear_filter(chip: Chip) -> None:
    if chip.sleutel == "gebied":
        select_gebied(None)
    else:
        # A widget that is only forgotten takes its value back from the address.
        st.session_state[chip.sleutel] = chip.alles


def compose_chips(*, thema: Thema | None, gebied: str | None, peildatum: date, vandaag: date) -> list[Chip]:
    """Return the chips of the filters that are on; `gebied` is the name of the selected area."""
    chips = []
    if thema:
        chips.append(Chip(f"thema {thema}", "thema", ALLE_THEMAS))
    if gebied:
        chips.append(Chip(gebied, "gebied"))
    if peildatum != vandaag:
        chips.append(Chip(f"stand van {format_datum(peildatum)}", "peildatum", vandaag))
    return chips


def pick_weergave() -> None:
    """Draw the switch between map and list that a phone shows; a wider screen shows both and hides the switch."""
    weergave = st.segmented_control("Toon", ["kaart", "lijst"], default="kaart", key="weergave", required=True)
    verborgen = "lijst" if weergave == "kaart" else "kaart"
    st.html(f"<style>@media (max-width: 640px) {{ .st-key-vak_{verborgen} {{ display: none }} }}</style>")
