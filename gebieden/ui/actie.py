"""Doing something with a point: what went wrong is told where one is, what went right on a page drawn anew."""

from collections.abc import Callable, Iterable, Sequence
from uuid import uuid4

import streamlit as st

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.fouten import GebiedenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.opslag.puntwerk import Wijzigingrij
from gebieden.ui.geschiedenis import describe_handeling
from gebieden.ui.opmaak import escape_markdown, format_moment
from gebieden.ui.raamwerk import attempt, show_fout
from gebieden.ui.schrijven import get_schrijfsessie
from gebieden.ui.toegang import determine_gebruiker


def pick_actie(naam: str, label: str, opties: Sequence[str]) -> str | None:
    """Draw what somebody can do and return the choice; once `naam` is forgotten, nothing is chosen any more."""
    # Another control after each thing done: one whose state is thrown away still looks chosen in the browser.
    sleutel = f"{naam}_{st.session_state.setdefault(naam, uuid4().hex)}"
    # Pills and no segments: in a narrow column they come on more lines (stijl.css).
    return st.pills(label, opties, key=sleutel, format_func=str.capitalize, label_visibility="collapsed")


def show_ongedaanknop(id_: str, label: str, eigen: Wijzigingrij, wat: str, doe: Callable[[Gebruiker], object]) -> None:
    """Draw this person's own last change at a point, with the button that takes it back."""
    gedaan = f"{describe_handeling(eigen.handeling)} op {format_moment(eigen.vastgelegd_op)}"
    st.caption(escape_markdown(f"{wat}: {gedaan}."))
    st.button(
        label,
        key=f"herroep_{eigen.nummer}",
        icon=":material/undo:",
        type="tertiary",
        on_click=_undo,
        args=(id_, doe),
    )


def _undo(id_: str, doe: Callable[[Gebruiker], object]) -> None:
    fout = attempt(lambda: doe(determine_gebruiker()))
    gelukt = "Uw laatste wijziging is ongedaan gemaakt. In de geschiedenis is te zien wat er was."
    melding = fout if isinstance(fout, GebiedenError) else gelukt
    get_schrijfsessie().melding = ((Berichtsoort.AGENDAPUNT, id_), melding)


def choose_actie(naam: str, keuze: str) -> None:
    """Let the control of `pick_actie` begin with this choice; for a button's callback."""
    sleutel = st.session_state[naam] = uuid4().hex
    st.session_state[f"{naam}_{sleutel}"] = keuze


def try_actie(
    id_: str,
    doe: Callable[[], object],
    gedaan: Callable[[], str],
    vergeet: Iterable[str],
    *,
    soort: str = Berichtsoort.AGENDAPUNT,
) -> None:
    """Do it, say `gedaan` and draw the page anew without what the session knew under `vergeet`.

    Or draw what stood in the way, with the form as it is; a conflict is raised for the form to decide.
    """
    fout = attempt(doe)
    if isinstance(fout, GebiedenError):
        show_fout(fout)
        return
    for naam in vergeet:
        st.session_state.pop(naam, None)
    get_schrijfsessie().melding = ((soort, id_), f"{gedaan()} Iedereen ziet dit meteen.")
    st.rerun()


def show_melding(soort: str, id_: str) -> None:
    """Draw what became of the last thing that was done at this object, if that is the last thing that was done."""
    melding = get_schrijfsessie().get_melding(soort, id_)
    if isinstance(melding, GebiedenError):
        show_fout(melding)
    elif melding:
        st.success(escape_markdown(melding), icon=":material/check_circle:")
