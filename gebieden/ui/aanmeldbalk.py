"""The sidebar in productie: who is signed in, as what, and the way in and out."""

import streamlit as st
from babel.numbers import format_decimal
from streamlit.errors import StreamlitAuthError

from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.rechten import Kijker
from gebieden.domein.taal import join_opsomming
from gebieden.instellingen import read_aanmeldinstellingen
from gebieden.ui.aanbieders import read_aanbieders
from gebieden.ui.aanmelding import Aanmelding, Aanmeldstand
from gebieden.ui.opmaak import escape_markdown, format_rol

_STANDAARD = "default"


def show_aanmeldbalk(aanmelding: Aanmelding, boom: Gebiedsboom) -> None:
    """Draw how this visitor stands, with the buttons that belong to it."""
    with st.sidebar:
        _TEKENAARS[aanmelding.stand](aanmelding, boom)


def show_aanmeldknoppen(sleutel: str = "aanmelden") -> None:
    """Draw a button per provider; `sleutel` tells two sets of them on one page apart."""
    namen = read_aanbieders().namen
    for naam in namen:
        label = "Aanmelden" if len(namen) == 1 else f"Aanmelden met {_describe_aanbieder(naam)}"
        # By callback: after a first visit by deep link the next run has other buttons, and would miss the click.
        st.button(
            escape_markdown(label),
            key=f"{sleutel}_{naam}",
            icon=":material/login:",
            width="stretch",
            on_click=_login,
            args=(naam,),
        )


def _describe_aanbieder(naam: str) -> str:
    return "de gewone aanmelding" if naam == _STANDAARD else naam


def _login(naam: str) -> None:
    try:
        st.login(None if naam == _STANDAARD else naam)
    except StreamlitAuthError:
        st.error("Aanmelden lukt nu niet: op de server ontbreekt iets. Meld het aan de beheerder van de server.")


def _show_niet_ingericht(_aanmelding: Aanmelding, _boom: Gebiedsboom) -> None:
    st.caption("Aanmelden is hier niet ingericht; iedereen ziet wat publiek mag zien.")


def _show_stuk(_aanmelding: Aanmelding, _boom: Gebiedsboom) -> None:
    st.warning(
        f"Aanmelden kan nu niet: {escape_markdown(read_aanbieders().bezwaar)}. Iedereen ziet wat publiek mag zien, tot "
        "de beheerder van de server het bestand secrets.toml verbetert.",
        icon=":material/warning:",
    )


def _show_afgemeld(_aanmelding: Aanmelding, _boom: Gebiedsboom) -> None:
    st.caption("U bent niet aangemeld en ziet wat iedereen mag zien.")
    show_aanmeldknoppen()


def _show_verlopen(_aanmelding: Aanmelding, _boom: Gebiedsboom) -> None:
    st.warning(compose_verlopen(), icon=":material/timer_off:")
    show_aanmeldknoppen()


def compose_verlopen() -> str:
    """Return the sentence for who was signed in too long ago."""
    uren = format_decimal(read_aanmeldinstellingen().duur.total_seconds() / 3600, locale="nl_NL")
    return (
        f"Uw aanmelding is verlopen: die geldt {uren} uur. Meld u opnieuw aan. "
        "Tot dan ziet u wat iedereen mag zien en kunt u niets opslaan."
    )


def _show_onbekend(aanmelding: Aanmelding, _boom: Gebiedsboom) -> None:
    st.info(
        f"U bent aangemeld als {escape_markdown(aanmelding.genoemd)}, maar bent hier geen gebruiker. U ziet wat "
        "iedereen mag zien. Vraag iemand met de rol beheer om u toe te laten, en noem daarbij deze naam.",
        icon=":material/person_off:",
    )
    _show_afmelden()


def _show_aangemeld(aanmelding: Aanmelding, boom: Gebiedsboom) -> None:
    gebruiker = aanmelding.gebruiker
    st.markdown(f"**{escape_markdown(gebruiker.naam)}**  \n{escape_markdown(describe_rol(gebruiker.kijker, boom))}")
    _show_afmelden()


def describe_rol(kijker: Kijker, boom: Gebiedsboom) -> str:
    """Return a role with its areas: `gebiedsteam van Overdie en De Mare`."""
    namen = sorted(boom.gebieden[code].naam if code in boom.gebieden else code for code in kijker.eigen)
    return f"{format_rol(kijker.rol)} van {join_opsomming(namen)}" if namen else format_rol(kijker.rol)


def _show_afmelden() -> None:
    st.button("Afmelden", icon=":material/logout:", width="stretch", on_click=st.logout)


_TEKENAARS = {
    Aanmeldstand.NIET_INGERICHT: _show_niet_ingericht,
    Aanmeldstand.STUK: _show_stuk,
    Aanmeldstand.AFGEMELD: _show_afgemeld,
    Aanmeldstand.VERLOPEN: _show_verlopen,
    Aanmeldstand.ONBEKEND: _show_onbekend,
    Aanmeldstand.AANGEMELD: _show_aangemeld,
}
