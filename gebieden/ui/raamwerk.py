"""What every page shares: the style sheet, demo's banner, the opening sentence, and faults as sentences."""

import logging
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import streamlit as st
from sqlalchemy.exc import DBAPIError

from gebieden.domein.fouten import BotsingError, GebiedenError, OpslagError
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.rechten import Kijker, Pagina, Rol
from gebieden.domein.taal import format_datum
from gebieden.domein.thema import Thema
from gebieden.inlezen.codelijst import load_codelijst
from gebieden.instellingen import PROJECT, Modus, read_instellingen
from gebieden.ui.gegevens import Bron
from gebieden.ui.navigatie import get_script
from gebieden.ui.opmaak import escape_markdown

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_ZOALS = {
    Rol.PUBLIEK: "zoals iedereen het ziet",
    Rol.RAAD: "zoals de raad het ziet",
    Rol.GEBIEDSTEAM: "zoals het gebiedsteam het ziet",
    Rol.GEBIEDSREGISSEUR: "zoals de gebiedsregisseur het ziet",
    Rol.OOV: "zoals de gebiedsmedewerker OOV het ziet",
    Rol.BEHEER: "zoals beheer het ziet",
}


def use_stijl() -> None:
    """Add our style sheet to the page."""
    st.html(PROJECT / "static" / "stijl.css")


def show_demobalk(bron: Bron) -> None:
    """Draw the permanent banner of demo."""
    if read_instellingen().modus is Modus.DEMO:
        tekst = "Demo: verzonnen gegevens" if bron.demo else "Demo: verzonnen gegevens, of gegevens om mee te proberen"
        st.html(f'<div class="demobalk" role="note">{tekst}</div>')


def show_opening(wat: str, peildatum: date, kijker: Kijker) -> None:
    """Draw the first line of a page: what one looks at, as of when, and as whom."""
    rest = escape_markdown(f", stand van {format_datum(peildatum)}, {_ZOALS[kijker.rol]}")
    st.title(f"{escape_markdown(wat)}:small[{rest}]", anchor=False)


def show_leeg(boodschap: str, vervolg: str = "") -> None:
    """Draw an empty state: what is not there, and the next step."""
    st.info(f"{escape_markdown(boodschap)} {escape_markdown(vervolg)}".strip(), icon=":material/info:")


def show_fout(fout: GebiedenError) -> None:
    """Draw a fault we know as a sentence."""
    st.error(escape_markdown(str(fout)), icon=":material/error:")


def explain_dbfout(fout: DBAPIError) -> OpslagError:
    """Return what the database said that we have no words for as a sentence; what it was goes to the server's log."""
    _LOG.error("De database gaf een fout.", exc_info=fout)
    return OpslagError(
        "De database geeft geen goed antwoord. Probeer het over een minuut opnieuw. Blijft het zo, meld het dan aan de "
        "beheerder; in het logboek van de server staat waarom."
    )


def attempt(doe: Callable[[], T]) -> T | GebiedenError:
    """Do it and return what it returns, or what stood in the way; a conflict is raised, for the form to decide."""
    try:
        return doe()
    except BotsingError:
        raise
    except GebiedenError as fout:
        return fout
    except DBAPIError as fout:
        return explain_dbfout(fout)


def get_hoofdgebied(boom: Gebiedsboom) -> str | None:
    """Return the code of the gemeente that the screen is about: that of the shipped code list, else the largest."""
    eigen = load_codelijst().regels
    gemeenten = boom.filter_niveau("gemeente")
    return max(gemeenten, key=lambda g: (g.code in eigen, len(boom.buurten[g.code]))).code if gemeenten else None


def compose_onderwerp(boom: Gebiedsboom, niveau: str | None, thema: Thema | None, gekozen: str | None) -> str:
    """Return what a page is about: the selected area, or the gemeente by its areas of one level; and the theme."""
    hoofdgebied = get_hoofdgebied(boom)
    if gekozen:
        onderwerp = boom.gebieden[gekozen].naam
    elif hoofdgebied:
        naam = boom.gebieden[hoofdgebied].naam
        onderwerp = f"{naam} per {niveau}" if niveau else f"heel {naam}"
    else:
        onderwerp = "alle gebieden"
    return f"{onderwerp}, thema {thema}" if thema else onderwerp


def show_herkomst(bron: Bron, peildatum: date) -> None:
    """Draw where the figures come from, as of when, and where they are explained."""
    herkomst = "verzonnen demogegevens" if bron.demo else "ingelezen gegevens van de gemeente"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Bron: {herkomst}. Peildatum: {format_datum(peildatum)}. Gegevensversie {bron.versies.totaal}.")
        st.page_link(get_script(Pagina.UITLEG), label="Wat betekenen deze cijfers?", icon=":material/help:")
