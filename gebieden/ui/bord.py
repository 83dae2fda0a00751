"""The board on the page Agenda: who may, moves a point by mouse or by keyboard, and takes that back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

import streamlit as st

from gebieden.analyse.bord import PER_KOLOM, Kolom, Zet, parse_zet
from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Staat
from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.fouten import GebiedenError, InvoerError
from gebieden.domein.puntovergang import Puntovergang, vraagt_iets
from gebieden.domein.rechten import Kijker
from gebieden.opslag.losseverbindingen import hold_verbinding
from gebieden.opslag.punten import check_zet, move_punt
from gebieden.ui.actie import try_actie
from gebieden.ui.bordgegevens import get_bord, get_doelen
from gebieden.ui.bordkaarten import Bordbeeld, build_bord_html, build_verplaatst_html
from gebieden.ui.bordvenster import get_verzonden, mount_bord
from gebieden.ui.gegevens import get_boom, open_engine, read_bron
from gebieden.ui.lijstfilters import Lijstkeuze
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.overgangsvelden import show_overgangsvelden
from gebieden.ui.raamwerk import attempt, show_fout, show_leeg
from gebieden.ui.regie import show_ongedaan
from gebieden.ui.schrijven import get_schrijfsessie
from gebieden.ui.toegang import determine_gebruiker

_ONLEESBAAR = (
    "Het bord stuurde iets dat geen verplaatsing is. Er is niets veranderd. Laad de pagina opnieuw en probeer het nog "
    "eens, of verander de stand op de pagina van het punt."
)


@dataclass
class Bordsessie:
    """What one session knows of the board.

    `nummer` counts the moves that were stored; with `sleutel` it makes the key under which a move is stored once.
    `ronde` counts the messages that were answered. `open` is the move whose form is open, `bij` the point that
    something was last done with, `verplaatst` the last move that was stored.
    """

    sleutel: str = field(default_factory=lambda: uuid4().hex)
    nummer: int = 0
    ronde: int = 0
    open: Zet | None = None
    verplaatst: Zet | None = None
    bij: str = ""
    getoond: dict[Staat, int] = field(default_factory=dict)

    def compose_sleutel(self, zet: Zet) -> str:
        """Return the key of a move: the same for a move that is sent twice, not for one to elsewhere."""
        return f"{self.sleutel}-{zet.nummer}-{zet.id}-{zet.naar}"

    def close(self, zet: Zet) -> None:
        """Note that a move was stored."""
        self.nummer, self.open, self.verplaatst = max(self.nummer, zet.nummer + 1), None, zet


def get_bordsessie() -> Bordsessie:
    """Return what this session knows of the board."""
    sessie: Bordsessie = st.session_state.setdefault("bordsessie", Bordsessie())
    return sessie


@st.fragment
def show_bord(kijker: Kijker, keuze: Lijstkeuze) -> None:
    """Draw the points that fit the choice as a board; a move draws the board anew, and nothing else of the page."""
    with hold_verbinding(open_engine()):
        _show_bord(kijker, keuze)


def _show_bord(kijker: Kijker, keuze: Lijstkeuze) -> None:
    sessie = get_bordsessie()
    # Before anything is read: what was stored shows at once.
    st.html(build_verplaatst_html(sessie.verplaatst, sessie.nummer))
    bron = read_bron()
    op, boom = bron.vandaag, get_boom(bron, bron.vandaag)
    bord = get_bord(bron, kijker, keuze, sessie.getoond, sessie.bij)
    doelen = get_doelen(bord, kijker, boom)
    titel = bord.punten[sessie.bij].punt.titel if sessie.bij in bord.punten else ""
    # Always there, so that the board stays where it is in the page.
    with st.container(key="bordmelding", horizontal=True, vertical_alignment="center"):
        melding = _show_melding(sessie, titel, op)
    with st.container(key="bordformulier"):
        if sessie.open:
            _show_formulier(sessie, sessie.open, titel, op)
    namen = {g.code: g.naam for g in boom.gebieden.values()}
    _show_kolommen(
        bord.kolommen, Bordbeeld(bord.punten, namen, op, bord.stilte_dagen, kijker.rol, doelen, sessie.nummer)
    )
    gegevens = {"melding": melding, "open": bool(sessie.open), "bij": sessie.bij, "ronde": sessie.ronde}
    mount_bord(gegevens, _receive_zet, _receive_meer)


def _show_kolommen(kolommen: Sequence[Kolom], beeld: Bordbeeld) -> None:
    if not any(kolom.aantal for kolom in kolommen):
        show_leeg("Er zijn geen punten die hierbij passen.", "Haal een filter weg om meer te zien.")
        return
    if beeld.doelen:
        st.caption("Sleep een kaart naar een andere kolom, of gebruik de knop Verplaatsen op de kaart.")
    st.html(build_bord_html(kolommen, beeld))


def _show_melding(sessie: Bordsessie, titel: str, op: date) -> str:
    """Draw what became of the last thing that was done, with the way back; return it in plain words."""
    melding = get_schrijfsessie().get_melding(Berichtsoort.AGENDAPUNT, sessie.bij)
    if isinstance(melding, GebiedenError):
        show_fout(melding)
        return ""
    if not melding or sessie.open:
        return f"Vul in wat nodig is om {titel} te verplaatsen." if sessie.open else ""
    tekst = f"{titel}: {melding}"
    st.markdown(f":material/check_circle: {escape_markdown(tekst)}")
    show_ongedaan(sessie.bij, op)
    return tekst


def _show_formulier(sessie: Bordsessie, zet: Zet, titel: str, op: date) -> None:
    sleutel = sessie.compose_sleutel(zet)
    overgang = Puntovergang(zet.van, zet.naar, op)
    with st.form(f"bord_{sleutel}", enter_to_submit=False):
        st.markdown(f"**{escape_markdown(titel)}** van {_format_naam(zet.van)} naar **{_format_naam(zet.naar)}**")
        overgang = show_overgangsvelden(overgang, lambda veld: f"{veld}_{sleutel}")
        with st.container(horizontal=True):
            verplaats = st.form_submit_button("Verplaatsen", type="primary")
            st.form_submit_button("Niet verplaatsen", on_click=_close_formulier)
    if verplaats:
        try_actie(zet.id, lambda: _move(sessie, zet, overgang, op), lambda: _describe_zet(zet), ())


def _close_formulier() -> None:
    get_bordsessie().open = None


def _format_naam(staat: Staat) -> str:
    return AGENDAPUNT_MACHINE.toestanden[staat].naam


def _describe_zet(zet: Zet) -> str:
    return f"staat nu bij {_format_naam(zet.naar)}."


def _move(sessie: Bordsessie, zet: Zet, overgang: Puntovergang, op: date) -> None:
    move_punt(open_engine(), determine_gebruiker(), zet.id, overgang, sleutel=sessie.compose_sleutel(zet), op=op)
    sessie.close(zet)


def _receive_zet() -> None:
    """Carry out the move that the browser sent, or open the form for what it asks; what is not allowed is refused."""
    zet, sessie = parse_zet(get_verzonden("zet")), get_bordsessie()
    sessie.bij, sessie.open, sessie.ronde = zet.id if zet else "", None, sessie.ronde + 1
    with hold_verbinding(open_engine()):
        _tell(sessie.bij, lambda: _perform(sessie, zet))


def _perform(sessie: Bordsessie, zet: Zet | None) -> str:
    if zet is None:
        raise InvoerError(_ONLEESBAAR)
    op = read_bron().vandaag
    if vraagt_iets(zet.van, zet.naar):
        check_zet(open_engine(), determine_gebruiker(), zet.id, zet.van, zet.naar, op)
        sessie.open = zet
        return ""
    _move(sessie, zet, Puntovergang(zet.van, zet.naar, op), op)
    return f"{_describe_zet(zet)} Iedereen ziet dit meteen."


def _tell(id_: str, doe: Callable[[], str]) -> None:
    get_schrijfsessie().melding = ((Berichtsoort.AGENDAPUNT, id_), attempt(doe))


def _receive_meer() -> None:
    getoond, staat = get_bordsessie().getoond, get_verzonden("meer")
    if isinstance(staat, str) and staat in set(Staat):
        getoond[Staat(staat)] = getoond.get(Staat(staat), PER_KOLOM) + PER_KOLOM
