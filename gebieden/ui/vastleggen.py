"""Recording one signal on a phone: one form, ready for the next as soon as it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import uuid4

import streamlit as st

from gebieden.domein.beoordeling import Signaalinvoer, Zwaarte
from gebieden.domein.fouten import GebiedenError
from gebieden.domein.persoonsgegevens import PERSOONSVINKJE
from gebieden.domein.puntvelden import EERSTE_DAG
from gebieden.domein.taal import format_ouderdom
from gebieden.domein.veldregels import check_velden, get_labels
from gebieden.opslag.signaalinvoer import enter_signaal, load_invoerkeuzes, withdraw_signaal
from gebieden.ui.actie import show_melding
from gebieden.ui.dossierformulier import format_woord
from gebieden.ui.gegevens import open_engine
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.raamwerk import attempt, show_fout
from gebieden.ui.schrijven import get_schrijfsessie
from gebieden.ui.toegang import determine_gebruiker

_NAAM: Final = "vastleggen"
_LABELS: Final = get_labels(Signaalinvoer)
_ERNST: Final = (Zwaarte.LICHT, Zwaarte.MATIG, Zwaarte.ERNSTIG)


@dataclass
class Vastlegsessie:
    """What one session knows of recording: the key of the form, what stood in the way, what was stored last.

    `bron` is what was chosen the time before; category and place start anew every time.
    """

    sleutel: str = field(default_factory=lambda: uuid4().hex)
    fout: GebiedenError | None = None
    laatste: int | None = None
    bron: str | None = None


def get_vastlegsessie() -> Vastlegsessie:
    """Return what this session knows of recording: one object, so that storing and noting it are never apart."""
    sessie: Vastlegsessie = st.session_state.setdefault(_NAAM, Vastlegsessie())
    return sessie


def get_plaatssleutel() -> str:
    """Return the name under which this form keeps its place."""
    return f"buurt_{get_vastlegsessie().sleutel}"


def show_vastgelegd(op: date) -> None:
    """Draw what became of the signal before this one, with the button that takes it back."""
    sessie = get_vastlegsessie()
    show_melding(_NAAM, "")
    if sessie.laatste is not None and get_schrijfsessie().get_melding(_NAAM, ""):
        st.button(
            "Ongedaan maken",
            key="vastleggen_ongedaan",
            icon=":material/undo:",
            on_click=_withdraw,
            args=(sessie.laatste, op),
        )


def show_formulier(op: date, buurten: Mapping[str, str]) -> None:
    """Draw what is asked beside the place, and the button that stores it."""
    sessie = get_vastlegsessie()
    with open_engine().connect() as conn:
        categorieen, bronnen = load_invoerkeuzes(conn)
    s = sessie.sleutel
    with st.form(f"{_NAAM}_{s}", border=False, enter_to_submit=False):
        st.pills(_LABELS["categorie"], categorieen, format_func=_format, key=f"categorie_{s}", width="stretch")
        bron = sessie.bron if sessie.bron in bronnen else None
        st.pills(_LABELS["bron"], bronnen, default=bron, format_func=_format, key=f"bron_{s}", width="stretch")
        with st.container(horizontal=True, key="vastleggen_rij"):
            st.segmented_control(f"{_LABELS['ernst']} (mag leeg)", _ERNST, format_func=format_woord, key=f"ernst_{s}")
            st.date_input(
                _LABELS["datum"],
                op,
                min_value=EERSTE_DAG,
                max_value=op,
                key=f"datum_{s}",
                format="DD-MM-YYYY",
                width=150,
            )
        st.text_area(f"{_LABELS['toelichting']} (mag leeg)", key=f"toelichting_{s}", max_chars=300, height=70)
        if sessie.fout is not None:
            show_fout(sessie.fout)
            if PERSOONSVINKJE in str(sessie.fout):
                st.checkbox(_LABELS["geen_persoon"], key=f"geen_persoon_{s}")
        st.form_submit_button(
            "Vastleggen",
            type="primary",
            width="stretch",
            icon=":material/add_location_alt:",
            on_click=_enter,
            args=(op, buurten),
        )


def _format(naam: str) -> str:
    return escape_markdown(naam[:1].upper() + naam[1:])


def _read(veld: str, sleutel: str, anders: Any = "") -> Any:
    """Return what a field holds; what is not on the screen any more, or empty, is `anders`."""
    return st.session_state.get(f"{veld}_{sleutel}") or anders


def _enter(op: date, buurten: Mapping[str, str]) -> None:
    sessie, schrijfsessie = get_vastlegsessie(), get_schrijfsessie()
    s = sessie.sleutel
    invoer = Signaalinvoer(
        _read("datum", s, None),
        _read("categorie", s),
        _read("buurt", s),
        _read("bron", s),
        _read("ernst", s, Zwaarte.ONBEKEND),
        _read("toelichting", s),
        bool(_read("geen_persoon", s)),
    )
    engine, wie = open_engine(), determine_gebruiker()
    # What is empty is said before anything else: without a place nobody could know whether this person may.
    gevolg = attempt(lambda: enter_signaal(engine, wie, check_velden(invoer, op), sleutel=s, op=op))
    if isinstance(gevolg, GebiedenError):
        sessie.fout, schrijfsessie.melding = gevolg, None
        return
    wanneer = format_ouderdom(invoer.datum, op)
    waar = buurten.get(invoer.gebied, invoer.gebied)
    schrijfsessie.melding = ((_NAAM, ""), f"Vastgelegd: {invoer.categorie} in {waar}, {wanneer}")
    sessie.sleutel, sessie.fout, sessie.laatste, sessie.bron = uuid4().hex, None, gevolg.nummer, invoer.bron


def _withdraw(nummer: int, op: date) -> None:
    sessie, schrijfsessie = get_vastlegsessie(), get_schrijfsessie()
    engine, wie = open_engine(), determine_gebruiker()
    gevolg = attempt(lambda: withdraw_signaal(engine, wie, nummer, sleutel=uuid4().hex, op=op))
    gelukt = "Ongedaan gemaakt: dit signaal telt nergens meer mee."
    schrijfsessie.melding = ((_NAAM, ""), gevolg if isinstance(gevolg, GebiedenError) else gelukt)
    sessie.laatste = None
