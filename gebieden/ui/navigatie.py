"""The pages, and which of them a person may open."""

from urllib.parse import urlencode

import streamlit as st

from gebieden.domein.rechten import Kijker, Pagina
from gebieden.instellingen import PROJECT
from gebieden.ui.opmaak import escape_markdown

_PAGINAS = {
    Pagina.OVERZICHT: ("Overzicht", ":material/map:"),
    Pagina.MIJNWERK: ("Mijn werk", ":material/task_alt:"),
    Pagina.GEBIED: ("Gebied", ":material/location_on:"),
    Pagina.AGENDA: ("Agenda", ":material/checklist:"),
    Pagina.INITIATIEVEN: ("Initiatieven", ":material/lightbulb:"),
    Pagina.PUNT: ("Punt", ":material/article:"),
    Pagina.VERSIES: ("Veranderd", ":material/update:"),
    Pagina.PARTNERS: ("Partners", ":material/handshake:"),
    Pagina.OVERLEG: ("Overleg", ":material/groups:"),
    Pagina.OCHTENDBEELD: ("Ochtendbeeld", ":material/wb_twilight:"),
    Pagina.VASTLEGGEN: ("Vastleggen", ":material/add_location_alt:"),
    Pagina.BEOORDELEN: ("Beoordelen", ":material/inbox:"),
    Pagina.VROEGSIGNALEN: ("Vroegsignalen", ":material/notifications:"),
    Pagina.AANPAKKEN: ("Aanpakken", ":material/target:"),
    Pagina.STRUCTUUR: ("Structuur", ":material/grid_on:"),
    Pagina.SIGNALEN: ("Signalen", ":material/campaign:"),
    Pagina.GEGEVENS: ("Gegevens", ":material/database:"),
    Pagina.BEHEER: ("Beheer", ":material/admin_panel_settings:"),
    Pagina.UITLEG: ("Uitleg", ":material/help:"),
}
# Only of use with the address of something: reached by a link.
_BUITEN_MENU = frozenset({Pagina.PUNT})


def get_titel(pagina: Pagina) -> str:
    """Return the name of a page as the menu shows it."""
    return _PAGINAS[pagina][0]


def get_script(pagina: Pagina) -> str:
    """Return the path of a page's script, for links between pages."""
    return str(PROJECT / "pages" / f"{pagina}.py")


def compose_adres(pagina: Pagina, **vraag: str) -> str:
    """Return the address of a page within this site, for a link in our own HTML; not escaped yet."""
    basis = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{'/' + basis if basis else ''}/{pagina}?{urlencode(vraag)}"


def show_gebiedslink(code: str, label: str, icoon: str | None = None) -> None:
    """Draw a link to the page of an area."""
    st.page_link(
        get_script(Pagina.GEBIED),
        label=escape_markdown(label),
        icon=icoon,
        query_params={"code": code},
        width="content",
    )


def build_navigatie(kijker: Kijker, *, mag_zich_melden: bool = False) -> st.Page:
    """Register the pages this viewer may open and return the one that was asked for.

    Who may still sign in gets an address of the other pages too, outside the menu, to be asked there who they are.
    """
    return st.navigation(
        [
            st.Page(
                get_script(pagina),
                title=titel,
                icon=icoon,
                url_path=pagina,
                default=pagina is Pagina.OVERZICHT,
                visibility="hidden" if pagina in _BUITEN_MENU or not kijker.mag_pagina(pagina) else "visible",
            )
            for pagina, (titel, icoon) in _PAGINAS.items()
            if mag_zich_melden or kijker.mag_pagina(pagina)
        ],
        # Otherwise what is below the tenth hides behind a button, in English.
        expanded=True,
    )
