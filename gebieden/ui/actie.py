"""Doing something with a point: what went wrong is told where one is, what went right on a page drawn anew."""

from collections.abc import Callable, Iterable, Sequence
from uuid import uuid4

import streamlit as st
from sqlalchemy.exc import DBAPIError

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.fouten import BotsingError, GebiedenError
from gebieden.ui.raamwerk import explain_dbfout, show_fout
from gebieden.ui.schrijven import get_schrijfsessie


def pick_actie(naam: str, label: str, opties: Sequence[str]) -> str | None:
    """Draw what somebody can do and return the choice; once `naam` is forgotten, nothing is chosen any more."""
    # Another control after each thing done: one whose state is thrown away still looks chosen in the browser.
    sleutel = f"{naam}_{st.session_state.setdefault(naam, uuid4().hex)}"
    # Pills and no segments: in a narrow column they come on more lines (stijl.css).
    return st.pills(label, opties, key=sleutel, format_func=str.capitalize, label_visibility="collapsed")


def try_actie(id_: str, doe: Callable[[], object], gedaan: Callable[[], str], vergeet: Iterable[str]) -> None:
    """Do it, say `gedaan` and draw the page anew without what the session knew under `vergeet`.

    Or draw what stood in the way, with the form as it is; a conflict is raised for the form to decide.
    """
    try:
        doe()
    except BotsingError:
        raise
    except GebiedenError as fout:
        show_fout(fout)
        return
    except DBAPIError as fout:
        show_fout(explain_dbfout(fout))
        return
    for naam in vergeet:
        st.session_state.pop(naam, None)
    get_schrijfsessie().melding = ((Berichtsoort.AGENDAPUNT, id_), f"{gedaan()} Iedereen ziet dit meteen.")
    st.rerun()
