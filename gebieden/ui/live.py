"""Live: what others write shows by itself, within seconds, on every page that shows what they wrote."""

from time import monotonic
from typing import Final

import streamlit as st

from gebieden.domein.fouten import GebiedenError
from gebieden.domein.rechten import Pagina
from gebieden.opslag.database import Deel
from gebieden.ui.gegevens import Bron, read_bron

ELKE_S: Final = 5
_AGENDA: Final = (Deel.GEBIEDEN, Deel.AGENDA, Deel.INSTELLINGEN, Deel.GEBRUIKERS)
_DELEN: Final[dict[str, tuple[Deel, ...]]] = {
    Pagina.OVERZICHT: _AGENDA,
    Pagina.GEBIED: (*_AGENDA, Deel.SIGNALEN),
    Pagina.AGENDA: _AGENDA,
    Pagina.INITIATIEVEN: _AGENDA,
    Pagina.PUNT: _AGENDA,
    Pagina.SIGNALEN: (Deel.GEBIEDEN, Deel.SIGNALEN, Deel.INSTELLINGEN, Deel.GEBRUIKERS),
}


def follow_wijzigingen(pagina: str, bron: Bron) -> None:
    """Draw the page anew as soon as something changes that it shows; nothing for a page that shows no data.

    `bron` is what the page is drawn from now. What somebody is typing stays: their fields are the same fields after.
    """
    if delen := _DELEN.get(pagina or Pagina.OVERZICHT):
        _follow(delen, bron.select_versies(*delen))


@st.fragment(run_every=ELKE_S)
def _follow(delen: tuple[Deel, ...], gezien: tuple[int, ...]) -> None:
    bron = _read_bron()
    if bron and bron.select_versies(*delen) != gezien:
        st.rerun()


def await_herstel() -> None:
    """Draw the page anew as soon as the database answers again."""
    _await(monotonic())


@st.fragment(run_every=ELKE_S)
def _await(sinds: float) -> None:
    # Not in the run that failed: where reading is not what fails, that would never end.
    if monotonic() - sinds > 1 and _read_bron():
        st.rerun()


def _read_bron() -> Bron | None:
    """Return the state of the database, or None: what is on the screen stays there, the next time it may go well."""
    try:
        return read_bron()
    except GebiedenError:
        return None
