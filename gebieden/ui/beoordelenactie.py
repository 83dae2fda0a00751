"""Judging several signals at once from the screen: choose them, say what becomes of them, take it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import uuid4

import streamlit as st

from gebieden.domein.beoordeling import Zaak, Zwaarte
from gebieden.domein.fouten import GebiedenError
from gebieden.domein.overgangen import Richting
from gebieden.domein.persoonsgegevens import PERSOONSVINKJE
from gebieden.domein.signaal import SIGNAAL_MACHINE, Signaalstaat
from gebieden.domein.taal import format_aantal
from gebieden.domein.veldregels import get_labels
from gebieden.opslag.signaallijst import Signaalregel
from gebieden.opslag.signaaloordelen import Gevolg, Groepsoordeel, judge_signalen, list_bereikbaar, undo_oordelen
from gebieden.ui.actie import pick_actie, show_melding
from gebieden.ui.dossierformulier import format_woord
from gebieden.ui.gegevens import open_engine
from gebieden.ui.raamwerk import attempt, show_fout, show_leeg
from gebieden.ui.schrijven import get_schrijfsessie
from gebieden.ui.toegang import determine_gebruiker

PER_BLADZIJDE: Final = 25
_NAAM: Final = "beoordelen"
_NIEUW: Final = 0
_LABELS: Final = get_labels(Zaak)
_KEUZES: Final = {
    "beoordeeld": Signaalstaat.BEOORDEELD,
    "geen actie": Signaalstaat.GEEN_ACTIE,
    "bundelen": Signaalstaat.GEBUNDELD,
    "in aanpak": Signaalstaat.IN_AANPAK,
    "doorzetten": Signaalstaat.DOORGEZET,
    "volgen": Signaalstaat.VOLGEN,
    "sluiten": Signaalstaat.GESLOTEN,
    "heropenen": Signaalstaat.HEROPEND,
    "terug naar binnengekomen": Signaalstaat.BINNENGEKOMEN,
}


@dataclass
class Beoordeelsessie:
    """What one session knows of judging: the key of the form, what stood in the way, what was done last."""

    sleutel: str = field(default_factory=lambda: uuid4().hex)
    fout: GebiedenError | None = None
    gevolg: Gevolg | None = None


def get_beoordeelsessie() -> Beoordeelsessie:
    """Return what this session knows of judging."""
    sessie: Beoordeelsessie = st.session_state.setdefault("beoordeelsessie", Beoordeelsessie())
    return sessie


def show_oordelen(
    regels: Sequence[Signaalregel], teksten: Mapping[str, str], zaken: Mapping[int, str], op: date
) -> None:
    """Draw these signals, a page at a time, with what can be done with those that are ticked."""
    if not regels:
        _show_gedaan(op)
        show_leeg("Er is geen signaal dat hierbij past.", "Kies bij 'Toon' alle signalen, of haal een filter weg.")
        return
    st.markdown(f"**{format_aantal(len(regels), 'signaal', 'signalen')}**. Vink aan wat u samen wilt beoordelen.")
    bladzijde = _pick_bladzijde(len(regels))
    getoond = regels[(bladzijde - 1) * PER_BLADZIJDE : bladzijde * PER_BLADZIJDE]
    bereikbaar = list_bereikbaar({regel.staat for regel in getoond})
    keuze = pick_actie(_NAAM, "Wat gebeurt ermee?", [woord for woord, naar in _KEUZES.items() if naar in bereikbaar])
    _show_gedaan(op)
    sessie = get_beoordeelsessie()
    with st.form(f"oordelen_{sessie.sleutel}", border=False, enter_to_submit=False):
        if keuze:
            _show_velden(_KEUZES[keuze], getoond, zaken, op)
        with st.container(key="signalenlijst"):
            for regel in getoond:
                st.checkbox(teksten[regel.id], key=f"kies_{sessie.sleutel}_{regel.id}")
        if not keuze:
            st.form_submit_button("Kies eerst wat ermee gebeurt", disabled=True)


def _pick_bladzijde(aantal: int) -> int:
    bladzijden = -(-aantal // PER_BLADZIJDE)
    if bladzijden < 2:
        return 1
    with st.container(key="bladzijde"):
        return st.pagination(bladzijden, key=f"signalen_{aantal}")


def _show_velden(naar: Signaalstaat, getoond: Sequence[Signaalregel], zaken: Mapping[int, str], op: date) -> None:
    """Draw what this state asks for, and the button."""
    sessie = get_beoordeelsessie()
    s = sessie.sleutel
    if naar is Signaalstaat.GEBUNDELD:
        st.selectbox(
            "Zaak",
            [_NIEUW, *zaken],
            format_func=lambda nummer: zaken.get(nummer, "een nieuwe zaak"),
            key=f"oordeel_zaak_{s}",
        )
        st.text_input(f"{_LABELS['naam']}, alleen bij een nieuwe zaak", key=f"oordeel_naam_{s}", max_chars=100)
    elif naar is Signaalstaat.GESLOTEN:
        st.text_input(f"{_LABELS['resultaat']} (noem geen namen)", key=f"oordeel_resultaat_{s}", max_chars=300)
    elif _asks_reden(naar):
        st.text_input(_compose_redenlabel(naar), key=f"oordeel_reden_{s}", max_chars=300)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Ernst",
            [None, *Zwaarte],
            format_func=lambda ernst: format_woord(ernst) if ernst else "Blijft zoals het is",
            key=f"oordeel_ernst_{s}",
            width=220,
        )
        st.checkbox("Alles op deze bladzijde", key=f"oordeel_alles_{s}")
    if sessie.fout is not None:
        show_fout(sessie.fout)
        if PERSOONSVINKJE in str(sessie.fout):
            st.checkbox(PERSOONSVINKJE, key=f"oordeel_geen_persoon_{s}")
    label = "Opslaan voor de aangevinkte signalen"
    st.form_submit_button(label, type="primary", on_click=_judge, args=(naar, tuple(getoond), op))


def _asks_reden(naar: Signaalstaat) -> bool:
    """Return whether a reason is asked for: the state asks for one, or it is a step back for some."""
    return "reden" in SIGNAAL_MACHINE.toestanden[naar].verplicht or any(
        stap.naar == naar and stap.richting is Richting.TERUG
        for stappen in SIGNAAL_MACHINE.stappen.values()
        for stap in stappen
    )


def _compose_redenlabel(naar: Signaalstaat) -> str:
    wanneer = "" if "reden" in SIGNAAL_MACHINE.toestanden[naar].verplicht else ", alleen nodig bij een stap terug"
    return f"Reden (noem geen namen){wanneer}"


def _judge(naar: Signaalstaat, getoond: Sequence[Signaalregel], op: date) -> None:
    sessie, schrijfsessie = get_beoordeelsessie(), get_schrijfsessie()
    s = sessie.sleutel

    def read(veld: str) -> str:
        return st.session_state.get(f"oordeel_{veld}_{s}") or ""

    alles = bool(read("alles"))
    gekozen = [r for r in getoond if alles or st.session_state.get(f"kies_{s}_{r.id}")]
    oordeel = Groepsoordeel(
        naar,
        read("reden"),
        read("resultaat"),
        st.session_state.get(f"oordeel_ernst_{s}"),
        st.session_state.get(f"oordeel_zaak_{s}") or None,
        read("naam"),
        gekozen[0].categorie if gekozen else "",
        bool(read("geen_persoon")),
    )
    engine, wie, ids = open_engine(), determine_gebruiker(), [r.id for r in gekozen]
    gevolg = attempt(lambda: judge_signalen(engine, wie, ids, oordeel, sleutel=s, op=op))
    if isinstance(gevolg, GebiedenError):
        sessie.fout, schrijfsessie.melding = gevolg, None
        return
    stand = SIGNAAL_MACHINE.toestanden[naar].naam.lower()
    schrijfsessie.melding = ((_NAAM, ""), f"Opgeslagen: {format_aantal(len(ids), 'signaal', 'signalen')}, {stand}.")
    sessie.sleutel, sessie.fout, sessie.gevolg = uuid4().hex, None, gevolg
    st.session_state.pop(_NAAM, None)


def _show_gedaan(op: date) -> None:
    show_melding(_NAAM, "")
    sessie = get_beoordeelsessie()
    if sessie.gevolg is not None and get_schrijfsessie().get_melding(_NAAM, ""):
        st.button(
            "Ongedaan maken", key="oordelen_ongedaan", icon=":material/undo:", on_click=_undo, args=(sessie.gevolg, op)
        )


def _undo(gevolg: Gevolg, op: date) -> None:
    sessie, schrijfsessie = get_beoordeelsessie(), get_schrijfsessie()
    engine, wie = open_engine(), determine_gebruiker()
    fout = attempt(lambda: undo_oordelen(engine, wie, gevolg, sleutel=uuid4().hex, op=op))
    melding = fout if isinstance(fout, GebiedenError) else "Ongedaan gemaakt. Het is weer zoals het was."
    schrijfsessie.melding = ((_NAAM, ""), melding)
    sessie.gevolg = None
