"""The audit trail on the page Beheer: searching, paging, and taking out what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.logboek import Logregel
from gebieden.domein.rechten import Kijker
from gebieden.domein.taal import format_getal
from gebieden.opslag.gebruikersbeheer import load_gebruikers
from gebieden.opslag.logboek import Zoekvraag, count_logboek, load_handelingen, search_logboek
from gebieden.rapport.inhoud import Uitvoer
from gebieden.rapport.tabellen import compose_uitvoer
from gebieden.ui.filters import pick_een
from gebieden.ui.gegevens import Bron, open_engine
from gebieden.ui.geschiedenis import describe_handeling, describe_veranderingen
from gebieden.ui.lijstfilters import pick_gebied
from gebieden.ui.opmaak import format_moment
from gebieden.ui.tabellen import show_tabel
from gebieden.ui.uitvoerknoppen import show_uitvoerknoppen

_PER_BLAD: Final = 50
# The last line of every page before this one, oldest page first; and the question that they belong to.
_BLADEN: Final = "logboek_bladen"


def show_logboek(bron: Bron, kijker: Kijker, boom: Gebiedsboom) -> None:
    """Draw the filters, one page of lines, the way to the other pages, and the export of all that was found."""
    with open_engine().connect() as conn:
        namen = {i.nummer: i.gegevens.naam or i.aanmeldnaam for i in load_gebruikers(conn, kijker)}
        handelingen = load_handelingen(conn, kijker)
    zoek = _pick_zoekvraag(boom, namen, handelingen)
    bladen = _get_bladen(zoek)
    with open_engine().connect() as conn:
        aantal = count_logboek(conn, kijker, zoek)
        regels = search_logboek(conn, kijker, replace(zoek, voor=bladen[-1] if bladen else None))
    show_tabel(_compose_schermtabel(regels, namen, boom), "Tabel van het logboek, nieuwste eerst")
    if regels:
        _show_bladeren(bladen, regels, aantal)
        show_uitvoerknoppen("logboek", lambda: _compose_uitvoer(bron, kijker, zoek, aantal), ("xlsx", "csv"))


def _pick_zoekvraag(boom: Gebiedsboom, namen: Mapping[int, str], handelingen: Sequence[str]) -> Zoekvraag:
    woorden = {describe_handeling(handeling): handeling for handeling in handelingen}
    personen = {f"{naam} ({nummer})": nummer for nummer, naam in namen.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        vanaf = st.date_input("Vanaf", value=None, key="log_vanaf", format="DD-MM-YYYY")
        tot = st.date_input("Tot en met", value=None, key="log_tot", format="DD-MM-YYYY")
        wie = pick_een("Wie", "log_wie", "Iedereen", list(personen))
        wat = pick_een("Wat", "log_wat", "Alles", list(woorden))
        gebied = pick_gebied(boom)
        tekst = st.text_input("Nummer of reden bevat", key="log_tekst", max_chars=60)
    return Zoekvraag(
        vanaf=vanaf if isinstance(vanaf, date) else None,
        tot_en_met=tot if isinstance(tot, date) else None,
        gebruiker=personen[wie] if wie else None,
        handeling=woorden[wat] if wat else None,
        gebieden=(gebied, *(g.code for g in boom.get_onderdelen(gebied))) if gebied else (),
        tekst=tekst,
        aantal=_PER_BLAD,
    )


def _get_bladen(zoek: Zoekvraag) -> list[int]:
    """Return how we came to this page; at the first page again for another question."""
    vraag, bladen = st.session_state.get(_BLADEN, (None, []))
    if vraag != zoek:
        bladen = []
        st.session_state[_BLADEN] = (zoek, bladen)
    return bladen


def _show_bladeren(bladen: list[int], regels: Sequence[Logregel], aantal: int) -> None:
    eerste = len(bladen) * _PER_BLAD + 1
    laatste = eerste + len(regels) - 1
    with st.container(horizontal=True, vertical_alignment="center"):
        van_tot = f"{format_getal(eerste)} tot en met {format_getal(laatste)}"
        st.markdown(f"Regel {van_tot} van {format_getal(aantal)}")
        st.button("Nieuwere", icon=":material/arrow_back:", disabled=not bladen, on_click=_go_back, args=(bladen,))
        st.button(
            "Oudere",
            icon=":material/arrow_forward:",
            disabled=laatste >= aantal,
            on_click=bladen.append,
            args=(regels[-1].nummer,),
        )


def _go_back(bladen: list[int]) -> None:
    del bladen[-1:]


def _compose_schermtabel(regels: Sequence[Logregel], namen: Mapping[int, str], boom: Gebiedsboom) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Wanneer": format_moment(regel.moment),
                "Wie": _describe_wie(regel, namen),
                "Rol": str(regel.rol),
                "Wat": describe_handeling(regel.handeling),
                "Waarvan": f"{regel.soort} {regel.id}",
                "Gebied": boom.gebieden[regel.gebied].naam if regel.gebied in boom.gebieden else regel.gebied,
                "Wat er veranderde": describe_veranderingen(regel),
                "Waarom": regel.waarom,
                "Via": regel.via,
            }
            for regel in regels
        ]
    )


def _describe_wie(regel: Logregel, namen: Mapping[int, str]) -> str:
    if regel.gebruiker is None:
        return "opdrachtregel" if regel.via == "opdrachtregel" else "iemand zonder aanmelding"
    return namen.get(regel.gebruiker, f"gebruiker {regel.gebruiker} (verwijderd)")


def _compose_uitvoer(bron: Bron, kijker: Kijker, zoek: Zoekvraag, aantal: int) -> Uitvoer:
    """Return all lines that were found; a person is a number in it, as in the trail, so that a name can be erased."""
    with open_engine().connect() as conn:
        regels = search_logboek(conn, kijker, replace(zoek, aantal=aantal))
        frame = pd.DataFrame(
            [
                {
                    "nummer": regel.nummer,
                    "moment": regel.moment.isoformat(timespec="seconds"),
                    "gebruiker": regel.gebruiker,
                    "rol": str(regel.rol),
                    "via": regel.via,
                    "handeling": regel.handeling,
                    "soort": regel.soort,
                    "id": regel.id,
                    "gebied": regel.gebied,
                    "veranderingen": describe_veranderingen(regel),
                    "waarom": regel.waarom,
                }
                for regel in regels
            ],
            dtype=object,
        )
        return compose_uitvoer(conn, "logboek", frame, bron.vandaag, definities=(), filters=_describe_zoek(zoek))


def _describe_zoek(zoek: Zoekvraag) -> str:
    delen = {
        "vanaf": zoek.vanaf,
        "tot en met": zoek.tot_en_met,
        "gebruiker": zoek.gebruiker,
        "handeling": zoek.handeling,
        "gebied": zoek.gebieden[0] if zoek.gebieden else None,
        "tekst": zoek.tekst or None,
    }
    return ", ".join(f"{naam} {waarde}" for naam, waarde in delen.items() if waarde is not None)
