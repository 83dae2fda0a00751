"""Dekking on the page of a point: what is needed, who contributes what, and for its regisseur the forms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import uuid4

import streamlit as st

from gebieden.domein.bedrag import ONBEKEND, Bedrag, parse_bedrag
from gebieden.domein.botsing import Velden, settle_botsing
from gebieden.domein.dekking import Bron, Dekkingslijn, Lijnstand, Lijnvelden, Puntdekking, Vorm
from gebieden.domein.dekkingszin import describe_lijn
from gebieden.domein.fouten import BotsingError
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.lijnvelden import check_lijnvelden, get_velden
from gebieden.domein.rechten import Handeling
from gebieden.opslag.dekking import change_lijn, load_dekking, save_lijn, set_benodigd
from gebieden.opslag.dekkingherroeping import find_ongedaan_lijn, undo_lijn
from gebieden.ui.actie import pick_actie, show_ongedaanknop, try_actie
from gebieden.ui.botsing import show_botsing
from gebieden.ui.dekkingsbeeld import build_dekking_html
from gebieden.ui.dekkingsformulier import LABELS, format_veld, show_lijnvelden
from gebieden.ui.gegevens import open_engine
from gebieden.ui.toegang import determine_gebruiker

NODIG, ERBIJ, WIJZIGEN = "nodig", "bijdrage erbij", "wijzigen"
_KEUZE: Final = "dekking"


@dataclass
class Dekkingstand:
    """What the session knows of one open form: its key, what it was opened with, a conflict to decide."""

    sleutel: str = field(default_factory=lambda: uuid4().hex)
    basis: dict[str, Any] = field(default_factory=dict)
    wens: dict[str, Any] = field(default_factory=dict)
    botsing: BotsingError | None = None


@dataclass(frozen=True)
class Werkblad:
    """One form: of which point, under which name its session is kept, and how it is stored and told."""

    id: str
    naam: str
    stand: Dekkingstand
    store: Callable[[Dekkingstand], object]
    describe: Callable[[Velden], str]

    def send(self, read: Callable[[], dict[str, Any]]) -> None:
        """Store what `read` returns; a conflict is kept to be decided on the page drawn anew."""

        def doe() -> None:
            self.stand.wens = read()
            self.store(self.stand)

        try:
            try_actie(self.id, doe, lambda: f"Opgeslagen: {self.describe(self.stand.wens)}.", (self.naam, _KEUZE))
        except BotsingError as fout:
            self.stand.botsing = fout
            st.rerun()

    def decide(self) -> bool:
        """Draw the conflict, if there is one, and return whether there was; store what was chosen."""
        stand, botsing = self.stand, self.stand.botsing
        if botsing is None:
            return False
        if keuzes := show_botsing(botsing, LABELS, format_veld, f"botsing_{stand.sleutel}"):
            basis, wens = settle_botsing(botsing, stand.basis, stand.wens, keuzes)
            stand.basis, stand.botsing = dict(basis), None
            self.send(lambda: dict(wens))
        return True


def show_dekking(peildatum: date, gebruiker: Gebruiker, boom: Gebiedsboom, id_: str, gebied: str) -> None:
    """Draw the dekking of a point as this person may see it; its regisseur can keep it here."""
    with open_engine().connect() as conn:
        punt = load_dekking(conn, gebruiker.kijker, peildatum, [id_]).get(id_)
    if punt is None:
        return
    st.header("Dekking", anchor=False)
    st.html(build_dekking_html(punt))
    if gebruiker.kijker.mag_in(Handeling.DEKKING, gebied, boom):
        _show_bijhouden(punt, peildatum)


def _show_bijhouden(punt: Puntdekking, op: date) -> None:
    keuzes = [NODIG, ERBIJ, *([WIJZIGEN] if punt.lijnen else [])]
    keuze = pick_actie(_KEUZE, "Dekking bijhouden", keuzes)
    if keuze == NODIG:
        _show_nodig(punt, op)
    elif keuze == ERBIJ:
        _show_erbij(punt.id, op)
    elif keuze == WIJZIGEN:
        _show_wijzigen(punt.id, punt.lijnen, op)
    _show_ongedaan(punt.id, op)


def _show_ongedaan(id_: str, op: date) -> None:
    """Draw this person's own last change of a contribution, with the button that takes it back."""
    with open_engine().connect() as conn:
        eigen = find_ongedaan_lijn(conn, determine_gebruiker(), id_)
    if eigen is None:
        return
    show_ongedaanknop(
        id_,
        "Bijdrage ongedaan maken",
        eigen,
        "Uw laatste wijziging van de bijdragen",
        lambda wie: undo_lijn(open_engine(), wie, id_, eigen.nummer, sleutel=f"herroep-{eigen.nummer}", op=op),
    )


def _get_stand(naam: str, basis: dict[str, Any]) -> Dekkingstand:
    """Return the session of a form; what it was opened with stays its basis, whatever others do meanwhile."""
    stand: Dekkingstand = st.session_state.setdefault(naam, Dekkingstand(basis=basis))
    return stand


def _show_nodig(punt: Puntdekking, op: date) -> None:
    naam = f"dekking_nodig_{punt.id}"
    blad = Werkblad(
        punt.id,
        naam,
        _get_stand(naam, {"benodigd": punt.dekking.benodigd}),
        lambda s: set_benodigd(
            open_engine(),
            determine_gebruiker(),
            punt.id,
            s.basis["benodigd"],
            s.wens["benodigd"],
            sleutel=s.sleutel,
            op=op,
        ),
        lambda wens: f"nodig {wens['benodigd']}",
    )
    if blad.decide():
        return
    basis: Bedrag = blad.stand.basis["benodigd"]
    with st.form(f"nodig_{blad.stand.sleutel}", enter_to_submit=False):
        tekst = st.text_input(
            "Wat is er nodig, in euro?",
            "" if basis == ONBEKEND else str(basis),
            key=f"nodig_bedrag_{blad.stand.sleutel}",
            help="Een bedrag als 12.500 of 1.234,56; of PM. Laat leeg als het niet bekend is.",
        )
        if st.form_submit_button("Bedrag opslaan", type="primary"):
            blad.send(lambda: {"benodigd": parse_bedrag(tekst)})


def _show_erbij(id_: str, op: date) -> None:
    naam = f"dekking_erbij_{id_}"
    leeg = Lijnvelden(Bron.GEMEENTE, Vorm.GELD, Lijnstand.GEVRAAGD)
    blad = Werkblad(
        id_,
        naam,
        _get_stand(naam, get_velden(leeg)),
        lambda s: save_lijn(open_engine(), determine_gebruiker(), id_, Lijnvelden(**s.wens), sleutel=s.sleutel, op=op),
        _describe,
    )
    _show_formulier(blad, "Bijdrage toevoegen")


def _show_wijzigen(id_: str, lijnen: Sequence[Dekkingslijn], op: date) -> None:
    per_nummer = {lijn.nummer: lijn for lijn in lijnen}
    nummer = st.selectbox(
        "Welke bijdrage?",
        list(per_nummer),
        index=None,
        format_func=lambda n: describe_lijn(per_nummer[n]),
        placeholder="Kies een bijdrage",
        key=f"bijdrage_{id_}",
    )
    if nummer is None:
        return
    naam = f"dekking_lijn_{nummer}"
    blad = Werkblad(
        id_,
        naam,
        _get_stand(naam, get_velden(per_nummer[nummer])),
        lambda s: change_lijn(
            open_engine(),
            determine_gebruiker(),
            nummer,
            Lijnvelden(**s.basis),
            Lijnvelden(**s.wens),
            sleutel=s.sleutel,
            op=op,
        ),
        _describe,
    )
    if not blad.decide():
        _show_formulier(blad, "Bijdrage opslaan")


def _show_formulier(blad: Werkblad, knop: str) -> None:
    read = show_lijnvelden(Lijnvelden(**blad.stand.basis), blad.stand.sleutel, knop)
    if read is not None:
        blad.send(lambda: get_velden(check_lijnvelden(read())))


def _describe(wens: Velden) -> str:
    return describe_lijn(Lijnvelden(**dict[str, Any](wens)))
