"""Keeping what stands beside the points from the screen: add, change, withdraw, and take one's own last change back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, Generic
from uuid import uuid4

import streamlit as st

from gebieden.domein.botsing import settle_botsing
from gebieden.domein.fouten import BotsingError, GebiedenError
from gebieden.domein.veldregels import V, get_labels
from gebieden.opslag.dossier import Vastgelegd, add_stuk, change_stuk, undo_stuk, withdraw_stuk
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.dossierwerk import Dossiersoort
from gebieden.ui.actie import choose_actie, pick_actie, show_melding, try_actie
from gebieden.ui.botsing import show_botsing
from gebieden.ui.dossierformulier import Opties, format_invulling, get_leeg, show_invulling
from gebieden.ui.gegevens import open_engine
from gebieden.ui.raamwerk import attempt
from gebieden.ui.schrijven import get_schrijfsessie
from gebieden.ui.toegang import determine_gebruiker

WIJZIGEN: Final = "wijzigen"
INTREKKEN: Final = "intrekken"


@dataclass
class Formulierstand:
    """What the session knows of one open form: its key, what it was opened with, a conflict to decide."""

    basis: dict[str, Any]
    sleutel: str = field(default_factory=lambda: uuid4().hex)
    wens: dict[str, Any] = field(default_factory=dict)
    botsing: BotsingError | None = None


def _offer_alles(velden: Any) -> Opties:
    return {}


def _hide_niets(velden: Any) -> Collection[str]:
    return ()


@dataclass(frozen=True)
class Dossierblad(Generic[V]):
    """What somebody can keep in one place: of which kind, about which point or area ("" for neither), on which day.

    `erbij` is what adding is called (`stap erbij`), `beschrijf` says in one line what something is, `opties` what there
    is to choose from in a field, and `start` what a new one is filled in with. The fields in `verborgen` are not asked
    for, `plek` tells apart what is kept in more than one place on a page or in a row of pages, and `erna` gets the
    number of what was added. Of what `is_enig` there is one at most.
    """

    soort: Dossiersoort[V]
    bij: str
    op: date
    erbij: str
    beschrijf: Callable[[V], str]
    opties: Opties = field(default_factory=dict)
    # What there is to choose from in view of what it is now; None for something new.
    opties_van: Callable[[V | None], Opties] = _offer_alles
    start: Mapping[str, Any] = field(default_factory=dict)
    verborgen: Collection[str] = ()
    # What more is not asked for in view of what it is now; None for something new.
    verborgen_van: Callable[[V | None], Collection[str]] = _hide_niets
    plek: str = ""
    erna: Callable[[int], None] | None = None
    is_enig: bool = False

    @property
    def naam(self) -> str:
        """Under which name the session keeps what is going on here."""
        return f"dossier_{self.soort.tabel.name}_{self.bij}{self.plek}"


def show_dossierbeheer(blad: Dossierblad[V], stukken: Sequence[Stuk[V]]) -> None:
    """Draw what can be done here, and what became of the last thing that was; for who may only."""
    show_gedaan(blad)
    erbij = [] if blad.is_enig and stukken else [blad.erbij]
    keuze = pick_actie(blad.naam, blad.erbij.capitalize(), [*erbij, *([WIJZIGEN, INTREKKEN] if stukken else [])])
    if keuze == blad.erbij:
        _show_erbij(_narrow(blad, None))
    elif keuze is not None and (stuk := _pick_stuk(blad, stukken)):
        (_show_wijzigen if keuze == WIJZIGEN else _show_intrekken)(_narrow(blad, stuk.velden), stuk)


def _narrow(blad: Dossierblad[V], velden: V | None) -> Dossierblad[V]:
    verborgen = {*blad.verborgen, *blad.verborgen_van(velden)}
    return replace(blad, opties={**blad.opties, **blad.opties_van(velden)}, verborgen=verborgen)


def open_erbij(blad: Dossierblad[V], start: Mapping[str, Any]) -> None:
    """Open the form for something new, filled in with `start`; for a button's callback."""
    st.session_state[f"{blad.naam}_erbij"] = Formulierstand(get_leeg(blad.soort.vorm, start))
    choose_actie(blad.naam, blad.erbij)


def show_gedaan(blad: Dossierblad[V]) -> None:
    """Draw what became of the last thing that was done here, with the button that takes it back."""
    show_melding(blad.naam, blad.bij)
    _show_ongedaan(blad)


def try_stuk(blad: Dossierblad[V], wat: str, gedaan: str, doe: Callable[[], Vastgelegd]) -> None:
    """Do something with what is kept here and say `gedaan`, as `try_actie` does; it can be taken back after."""

    def store() -> None:
        st.session_state[f"{blad.naam}_laatste"] = doe().nummer

    vergeet = (f"{blad.naam}_{wat}", f"{blad.naam}_welke", blad.naam)
    try_actie(blad.bij, store, lambda: f"{gedaan}.", vergeet, soort=blad.naam)


def _pick_stuk(blad: Dossierblad[V], stukken: Sequence[Stuk[V]]) -> Stuk[V] | None:
    per_nummer = {stuk.nummer: stuk for stuk in stukken}
    nummer = st.selectbox(
        "Welke?",
        list(per_nummer),
        index=0 if len(per_nummer) == 1 else None,
        format_func=lambda n: blad.beschrijf(per_nummer[n].velden),
        placeholder="Kies",
        key=f"{blad.naam}_welke",
    )
    return None if nummer is None else per_nummer.get(nummer)


def _get_stand(blad: Dossierblad[V], wat: str, basis: dict[str, Any]) -> Formulierstand:
    """Return the session of a form; what it was opened with stays its basis, whatever others do meanwhile."""
    stand: Formulierstand = st.session_state.setdefault(f"{blad.naam}_{wat}", Formulierstand(basis))
    return stand


def _show_erbij(blad: Dossierblad[V]) -> None:
    stand = _get_stand(blad, "erbij", get_leeg(blad.soort.vorm, blad.start))
    with st.form(f"erbij_{stand.sleutel}", enter_to_submit=False):
        wens = show_invulling(blad.soort.vorm, stand.basis, blad.opties, stand.sleutel, blad.verborgen)
        if st.form_submit_button("Toevoegen", type="primary"):
            velden = blad.soort.vorm(**wens)
            try_stuk(blad, "erbij", "Toegevoegd", lambda: _add(blad, velden, stand))


def _add(blad: Dossierblad[V], velden: V, stand: Formulierstand) -> Vastgelegd:
    engine, wie = open_engine(), determine_gebruiker()
    vastgelegd = add_stuk(engine, wie, blad.soort, blad.bij, velden, sleutel=stand.sleutel, op=blad.op)
    if blad.erna:
        blad.erna(vastgelegd.nummer)
    return vastgelegd


def _show_wijzigen(blad: Dossierblad[V], stuk: Stuk[V]) -> None:
    wat = f"wijzigen_{stuk.nummer}"
    stand = _get_stand(blad, wat, stuk.velden.velden)
    if stand.botsing:
        _decide(blad, stuk, wat, stand, stand.botsing)
        return
    with st.form(f"wijzigen_{stand.sleutel}", enter_to_submit=False):
        wens = show_invulling(blad.soort.vorm, stand.basis, blad.opties, stand.sleutel, blad.verborgen)
        waarom = st.text_input("Waarom? (mag leeg blijven; noem geen namen)", key=f"waarom_{stand.sleutel}")
        if st.form_submit_button("Wijzigingen opslaan", type="primary"):
            stand.wens = wens
            _change(blad, stuk.nummer, wat, stand, waarom)


def _decide(blad: Dossierblad[V], stuk: Stuk[V], wat: str, stand: Formulierstand, botsing: BotsingError) -> None:
    keuzes = show_botsing(
        botsing,
        get_labels(blad.soort.vorm),
        lambda veld, waarde: format_invulling(blad.opties, veld, waarde),
        f"botsing_{stand.sleutel}",
    )
    if keuzes:
        basis, wens = settle_botsing(botsing, stand.basis, stand.wens, keuzes)
        stand.basis, stand.wens, stand.botsing = dict(basis), dict(wens), None
        _change(blad, stuk.nummer, wat, stand, "")


def _change(blad: Dossierblad[V], nummer: int, wat: str, stand: Formulierstand, waarom: str) -> None:
    vorm = blad.soort.vorm

    def doe() -> Vastgelegd:
        basis, wens = vorm(**stand.basis), vorm(**stand.wens)
        engine, wie = open_engine(), determine_gebruiker()
        return change_stuk(
            engine, wie, blad.soort, nummer, basis, wens, sleutel=stand.sleutel, op=blad.op, waarom=waarom
        )

    try:
        try_stuk(blad, wat, "Gewijzigd", doe)
    except BotsingError as fout:
        stand.botsing = fout
        st.rerun()


def _show_intrekken(blad: Dossierblad[V], stuk: Stuk[V]) -> None:
    stand = _get_stand(blad, f"intrekken_{stuk.nummer}", {})
    with st.form(f"intrekken_{stand.sleutel}", enter_to_submit=False):
        waarom = st.text_input("Waarom telt dit niet meer? (noem geen namen)", key=f"waarom_{stand.sleutel}")
        if st.form_submit_button("Intrekken", type="primary"):
            try_stuk(
                blad, f"intrekken_{stuk.nummer}", "Ingetrokken", lambda: _withdraw(blad, stuk.nummer, stand, waarom)
            )


def _withdraw(blad: Dossierblad[V], nummer: int, stand: Formulierstand, waarom: str) -> Vastgelegd:
    engine, wie = open_engine(), determine_gebruiker()
    return withdraw_stuk(engine, wie, blad.soort, nummer, sleutel=stand.sleutel, op=blad.op, waarom=waarom)


def _show_ongedaan(blad: Dossierblad[V]) -> None:
    nummer = st.session_state.get(f"{blad.naam}_laatste")
    if nummer is not None and get_schrijfsessie().get_melding(blad.naam, blad.bij):
        st.button(
            "Ongedaan maken",
            key=f"{blad.naam}_ongedaan",
            icon=":material/undo:",
            type="tertiary",
            on_click=_undo,
            args=(blad, nummer),
        )


def _undo(blad: Dossierblad[V], nummer: int) -> None:
    st.session_state.pop(f"{blad.naam}_laatste", None)
    fout = attempt(
        lambda: undo_stuk(open_engine(), determine_gebruiker(), blad.soort, nummer, sleutel=uuid4().hex, op=blad.op)
    )
    melding = fout if isinstance(fout, GebiedenError) else "Ongedaan gemaakt. Het is weer zoals het was."
    get_schrijfsessie().melding = ((blad.naam, blad.bij), melding)
