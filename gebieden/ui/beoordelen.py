"""The signals that wait for judgement, and those that were judged: what is chosen, and how one reads as a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import streamlit as st

from gebieden.domein.beoordeling import Zwaarte
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.rechten import Kijker
from gebieden.domein.signaal import SIGNAAL_MACHINE, Signaalstaat
from gebieden.domein.taal import format_aantal, format_dag, format_ouderdom
from gebieden.opslag.database import Deel
from gebieden.opslag.signaallijst import Signaalregel, load_signalen
from gebieden.ui.filters import pick_een
from gebieden.ui.gegevens import Bron, get_boom, key_on, open_engine
from gebieden.ui.opmaak import escape_markdown

WEKEN: Final = 8
"""Only signals of so many weeks wait for judgement: older ones that were imported do not."""
WACHTEND: Final = frozenset({Signaalstaat.BINNENGEKOMEN, Signaalstaat.HEROPEND})
_WACHT: Final = "wacht op een oordeel"
_ALLES: Final = "alle signalen"
_PERIODEN: Final = {f"laatste {WEKEN} weken": WEKEN, "laatste 4 weken": 4, "laatste week": 1}
_ALLE_CATEGORIEEN: Final = "alle categorieën"
_ALLE_BUURTEN: Final = "alle buurten"


@dataclass(frozen=True, slots=True)
class Signalenkeuze:
    """What the list of signals is narrowed to; None is everything."""

    alleen_wachtend: bool
    categorie: str | None
    gebied: str | None
    vanaf: date

    def past(self, regel: Signaalregel) -> bool:
        """Return whether a signal is in the list."""
        return (
            (not self.alleen_wachtend or regel.staat in WACHTEND)
            and self.categorie in (None, regel.categorie)
            and self.gebied in (None, regel.gebied)
            and regel.datum >= self.vanaf
        )


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=key_on(Deel.GEBIEDEN, Deel.SIGNALEN, Deel.OOV))
def get_signalen(bron: Bron, kijker: Kijker, vanaf: date, tot: date, zaak: int | None = None) -> list[Signaalregel]:
    """Return the signals of these days in this person's own areas, newest first; `zaak` narrows it to a matter's."""
    with open_engine().connect() as conn:
        return load_signalen(conn, kijker, get_boom(bron, bron.vandaag), vanaf, tot, zaak=zaak)


def get_recente(bron: Bron, kijker: Kijker) -> list[Signaalregel]:
    """Return the signals of the weeks in which they wait for judgement."""
    return get_signalen(bron, kijker, bron.vandaag - timedelta(weeks=WEKEN), bron.vandaag + timedelta(days=1))


def describe_werk(regels: Sequence[Signaalregel]) -> str:
    """Return how much there is, in a sentence."""
    wachtend = sum(regel.staat in WACHTEND for regel in regels)
    return (
        f"In uw gebied zijn in {WEKEN} weken {format_aantal(len(regels), 'signaal', 'signalen')} binnengekomen; "
        f"{format_aantal(wachtend, 'wacht', 'wachten')} op een oordeel. Oudere signalen wachten niet."
    )


def pick_signalen(regels: Sequence[Signaalregel], boom: Gebiedsboom, vandaag: date) -> Signalenkeuze:
    """Draw the filter bar over these signals and return the choice."""
    namen = {noem_gebied(boom, regel.gebied): regel.gebied for regel in regels}
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        wat = st.selectbox("Toon", [_WACHT, _ALLES], key="toon", bind="query-params")
        categorieen = sorted({regel.categorie for regel in regels}, key=str.casefold)
        categorie = pick_een("Categorie", "categorie", _ALLE_CATEGORIEEN, categorieen)
        buurt = pick_een("Buurt", "buurt", _ALLE_BUURTEN, sorted(namen, key=str.casefold))
        periode = st.selectbox("Periode", list(_PERIODEN), key="periode", bind="query-params")
    weken = _PERIODEN.get(periode or "", WEKEN)
    gebied = namen.get(buurt) if buurt else None
    return Signalenkeuze(wat != _ALLES, categorie, gebied, vandaag - timedelta(weeks=weken))


def noem_gebied(boom: Gebiedsboom, code: str) -> str:
    """Return the name of an area, or its code when it is not there any more."""
    gebied = boom.gebieden.get(code)
    return gebied.naam if gebied else code


def describe_regel(regel: Signaalregel, boom: Gebiedsboom, vandaag: date, zaken: Mapping[int, str]) -> str:
    """Return a signal as one line of plain text: what, where, when, from whom, how serious, its state, the note."""
    delen = [
        f"{regel.categorie[:1].upper()}{regel.categorie[1:]}, {noem_gebied(boom, regel.gebied)}",
        f"{format_dag(regel.datum, vandaag)} ({format_ouderdom(regel.datum, vandaag)})",
        regel.bron,
    ]
    stand = SIGNAAL_MACHINE.toestanden[regel.staat].naam
    if regel.beoordeling is None:
        return " · ".join([*delen, stand])
    oordeel = regel.beoordeling.velden
    if oordeel.ernst is not Zwaarte.ONBEKEND:
        delen.append(f"ernst {oordeel.ernst}")
    delen.append(f"{stand}: {zaken[oordeel.zaak]}" if oordeel.zaak and oordeel.zaak in zaken else stand)
    return " · ".join([*delen, *(tekst for tekst in (oordeel.toelichting, oordeel.reden, oordeel.resultaat) if tekst)])


def format_regel(tekst: str) -> str:
    """Return the line of a signal for the screen: its beginning stands out."""
    kop, _, rest = tekst.partition(" · ")
    return f"**{escape_markdown(kop)}** · {escape_markdown(rest)}"
