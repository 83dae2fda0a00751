"""Writing a bericht from the screen: what is sent twice is stored once, what fails keeps the text that was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import blake2s
from typing import Any, Final
from uuid import uuid4

import streamlit as st
from sqlalchemy.exc import DBAPIError

from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.botsing import settle_botsing
from gebieden.domein.fouten import BotsingError, GebiedenError, InvoerError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.logboek import Logregel
from gebieden.opslag.berichten import Opgeslagen, correct_bericht, find_ongedaan, save_bericht, undo_laatste
from gebieden.ui.gegevens import open_engine
from gebieden.ui.opmaak import format_moment
from gebieden.ui.raamwerk import explain_dbfout
from gebieden.ui.toegang import determine_gebruiker

# In the address, so that a form that corrects is still open after a reload.
VERBETER: Final = "verbeter"
_ONTHOUD: Final = 8
AL_OPGESLAGEN: Final = "Dit bericht stond er al. Er is niets dubbel opgeslagen."


@dataclass(frozen=True, slots=True)
class Formulier:
    """A form: by whom, about what, and which bericht it corrects, if any.

    `op` is the last date that a bericht may have; `is_openbaar` says whether what it is about is. `versies` are what
    the bericht said, newest first, and `basis` the one of those that the form was opened with.
    """

    schrijver: str
    soort: Berichtsoort
    id: str
    op: date
    is_openbaar: bool
    basis: Bericht | None = None
    versies: tuple[Bericht, ...] = ()

    @property
    def concept(self) -> str:
        """Under which name the browser keeps what was typed: of this person, about this object, in this form."""
        eerste = self.versies[-1].nummer if self.versies else None
        wat = repr((self.schrijver, str(self.soort), self.id, eerste))
        return f"concept_{blake2s(wat.encode(), digest_size=12).hexdigest()}"

    def find_versie(self, nummer: int) -> Bericht:
        """Return what the bericht said as this number; raise InvoerError where it never said that."""
        for versie in self.versies:
            if versie.nummer == nummer:
                return versie
        raise InvoerError(
            "Het bericht dat u verbetert, is er niet meer zoals u het zag. Er is niets opgeslagen. "
            "Bewaar uw tekst en open het bericht opnieuw."
        )


def build_formulier(gebruiker: Gebruiker, soort: Berichtsoort, id_: str, op: date, is_openbaar: bool) -> Formulier:
    """Return the form in which this person writes a new bericht about one object."""
    schrijver = repr((gebruiker.nummer, gebruiker.kijker.rol, sorted(gebruiker.kijker.eigen)))
    return Formulier(schrijver, soort, id_, op, is_openbaar)


@dataclass
class Formulierstand:
    """What the session knows of a form: its key, and what went wrong when it was sent.

    `nummer` counts the forms before it, so that what was stored leaves an empty form behind; `botsingen` the times that
    somebody else was first, so that a next choice starts without the answers of the one before.
    """

    sleutel: str = field(default_factory=lambda: uuid4().hex)
    nummer: int = 0
    fout: GebiedenError | None = None
    botsing: BotsingError | None = None
    botsingen: int = 0
    basis: Bericht | None = None
    wens: Bericht | None = None


@dataclass
class Schrijfsessie:
    """What one session knows of writing.

    `opgeslagen` are the keys of the forms that were stored or dropped last: the page passes them on to the browser,
    that then forgets what was typed. `melding` is what became of the last thing that was done, and at which object;
    `geplaatst` what was stored and is not on the page yet.
    """

    standen: dict[str, Formulierstand] = field(default_factory=dict)
    opgeslagen: list[str] = field(default_factory=list)
    melding: tuple[tuple[str, str], str | GebiedenError] | None = None
    geplaatst: Bericht | None = None

    def get_stand(self, formulier: Formulier) -> Formulierstand:
        """Return what is known of a form; a key is drawn when that is nothing yet."""
        return self.standen.setdefault(formulier.concept, Formulierstand())

    def get_melding(self, soort: str, id_: str) -> str | GebiedenError | None:
        """Return what became of the last thing that was done at this object."""
        return self.melding[1] if self.melding and self.melding[0] == (soort, id_) else None


def get_schrijfsessie() -> Schrijfsessie:
    """Return what this session knows of writing.

    One object, asked for once: a session_state that is asked again right after storing may stop the run for another,
    before it is noted that something was stored.
    """
    sessie: Schrijfsessie = st.session_state.setdefault("schrijfsessie", Schrijfsessie())
    return sessie


def store_verzonden(formulier: Formulier, sleutel: str, wens: Bericht, waarom: str = "") -> bool:
    """Store what a form sent, or keep in the session what stood in the way; return whether it is stored.

    `sleutel` is what the form carries: its own key and, to correct, the number of the bericht as this person saw it.
    """
    eigen, _, gezien = sleutel.partition(":")
    return _try_store(formulier, eigen, wens, lambda: _write(formulier, eigen, gezien, wens, waarom))


def store_gekozen(formulier: Formulier, keuzes: dict[str, object]) -> bool:
    """Store a correction once more, with a choice for every field that somebody else had changed too."""
    stand = get_schrijfsessie().get_stand(formulier)
    botsing, wens, eerder = stand.botsing, stand.wens, stand.basis
    if botsing is None or wens is None or eerder is None or eerder.nummer is None:
        return False
    basisvelden, wensvelden = settle_botsing(botsing, eerder.velden, wens.velden, keuzes)
    nummer, basis, gekozen = eerder.nummer, _fill(eerder, basisvelden), _fill(wens, wensvelden)
    return _try_store(
        formulier,
        stand.sleutel,
        gekozen,
        lambda: correct_bericht(
            open_engine(), determine_gebruiker(), nummer, basis, gekozen, sleutel=stand.sleutel, op=formulier.op
        ),
    )


def _fill(bericht: Bericht, velden: Mapping[str, Any]) -> Bericht:
    return replace(bericht, **velden)


def _try_store(formulier: Formulier, sleutel: str, wens: Bericht, store: Callable[[], Opgeslagen]) -> bool:
    sessie = get_schrijfsessie()
    stand = sessie.get_stand(formulier)
    stand.fout, stand.botsing, sessie.melding = None, None, None
    try:
        opgeslagen = store()
    except BotsingError as fout:
        stand.botsing, stand.wens, stand.sleutel = fout, wens, sleutel
        stand.botsingen += 1
    except GebiedenError as fout:
        stand.fout = fout
    except DBAPIError as fout:
        stand.fout = explain_dbfout(fout)
    else:
        tekst = AL_OPGESLAGEN if opgeslagen.was_er_al else _compose_bevestiging(formulier, wens)
        sessie.melding = ((formulier.soort, formulier.id), tekst)
        sessie.geplaatst = wens
        close_formulier(sessie, formulier, sleutel)
        return True
    return False


def _write(formulier: Formulier, sleutel: str, gezien: str, wens: Bericht, waarom: str) -> Opgeslagen:
    engine, gebruiker = open_engine(), determine_gebruiker()
    if formulier.basis is None:
        return save_bericht(engine, gebruiker, wens, sleutel=sleutel, op=formulier.op)
    nummer = int(gezien) if gezien.isdecimal() else 0
    basis = formulier.find_versie(nummer)
    # Not always the one that the form was opened with: typed text that was kept has its own.
    get_schrijfsessie().get_stand(formulier).basis = basis
    return correct_bericht(engine, gebruiker, nummer, basis, wens, sleutel=sleutel, op=formulier.op, waarom=waarom)


def _compose_bevestiging(formulier: Formulier, bericht: Bericht) -> str:
    lezers = "alleen voor het gebiedsteam, de gebiedsregisseur en beheer"
    if bericht.openbaar:
        lezers = "voor iedereen" if formulier.is_openbaar else "voor de raad en de gemeente"
    waar = "Agenda" if bericht.soort is Berichtsoort.AGENDAPUNT else "Initiatieven"
    return (
        f"Opgeslagen op {format_moment(datetime.now(UTC))}. Ook te zien bij {waar} en op de pagina van het gebied, "
        f"{lezers}."
    )


def close_formulier(sessie: Schrijfsessie, formulier: Formulier, sleutel: str) -> None:
    """Leave an empty form behind, or none where it corrected; the browser may forget what was typed in it."""
    sessie.opgeslagen = [*sessie.opgeslagen, sleutel][-_ONTHOUD:]
    sessie.standen[formulier.concept] = Formulierstand(nummer=sessie.get_stand(formulier).nummer + 1)
    if formulier.basis:
        st.query_params.pop(VERBETER, None)


def undo(soort: Berichtsoort, id_: str, op: date, regel: Logregel) -> None:
    """Take back this person's own last change, if that is still the one that the button was about."""
    get_schrijfsessie().melding = ((soort, id_), _undo(soort, id_, op, regel))


def _undo(soort: Berichtsoort, id_: str, op: date, regel: Logregel) -> str | GebiedenError:
    try:
        engine, gebruiker = open_engine(), determine_gebruiker()
        with engine.connect() as conn:
            nu = find_ongedaan(conn, gebruiker, soort, id_)
        sleutel = f"ongedaan-{regel.nummer}"
        if nu is not None and nu.nummer != regel.nummer:
            raise InvoerError("Er is intussen iets veranderd. Er is niets ongedaan gemaakt. Kijk opnieuw en kies dan.")
        undo_laatste(engine, gebruiker, soort, id_, sleutel=sleutel, op=op)
    except GebiedenError as fout:
        return fout
    except DBAPIError as fout:
        return explain_dbfout(fout)
    return "Uw laatste wijziging is ongedaan gemaakt. In de geschiedenis is te zien wat er was."
