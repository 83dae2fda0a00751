"""The matters that signals were bundled into: each with its signals, and what can be done with it. All escaped."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

import streamlit as st

from gebieden.domein.beoordeling import AFGEDAAN, Zaak, list_volgende
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.rechten import Kijker
from gebieden.domein.signaal import SIGNAAL_MACHINE, Signaalstaat
from gebieden.domein.taal import format_aantal, format_datum
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.oovsoorten import ZAAK
from gebieden.opslag.signaalinvoer import load_invoerkeuzes
from gebieden.ui.beoordelen import describe_regel, get_signalen, noem_gebied
from gebieden.ui.dossierbeeld import build_bijregel, build_tekst
from gebieden.ui.dossierbeheer import Dossierblad, show_dossierbeheer
from gebieden.ui.dossierformulier import Opties
from gebieden.ui.gegevens import Bron, get_boom, open_engine
from gebieden.ui.raamwerk import show_leeg


def show_zaken(bron: Bron, kijker: Kijker, zaken: Sequence[Stuk[Zaak]]) -> None:
    """Draw the matters of the own areas, those that ask for something first, and the panel that keeps them."""
    boom, op = get_boom(bron, bron.vandaag), bron.vandaag
    if not zaken:
        show_leeg("Er is nog geen zaak.", "Bundel signalen bij 'signalen', of leg hieronder een zaak vast.")
    for kop, is_klaar in (("Lopende zaken", False), ("Afgedane zaken", True)):
        deel = [stuk for stuk in zaken if (stuk.velden.staat in AFGEDAAN) is is_klaar]
        if deel:
            st.header(kop, anchor=False)
            html = "".join(_build_zaak(bron, kijker, boom, stuk) for stuk in reversed(deel))
            st.html(f'<ul class="punten">{html}</ul>')
    if eigen := sorted(kijker.eigen):
        st.header("Zaken bijhouden", anchor=False)
        blad = Dossierblad(
            ZAAK,
            eigen[0],
            op,
            "zaak erbij",
            lambda zaak: f"{zaak.naam} ({SIGNAAL_MACHINE.toestanden[zaak.staat].naam.lower()})",
            opties_van=_list_opties,
        )
        show_dossierbeheer(blad, zaken)


def _list_opties(zaak: Zaak | None) -> Opties:
    """Return the categories, and the states that a matter can be in next."""
    with open_engine().connect() as conn:
        categorieen, _ = load_invoerkeuzes(conn)
    staten = list_volgende(zaak.staat) if zaak else (Signaalstaat.BEOORDEELD,)
    toestanden = SIGNAAL_MACHINE.toestanden
    return {
        "categorie": {naam: naam for naam in categorieen},
        "staat": {staat: toestanden[staat].naam for staat in staten if staat is not Signaalstaat.GEBUNDELD},
    }


def _build_zaak(bron: Bron, kijker: Kijker, boom: Gebiedsboom, stuk: Stuk[Zaak]) -> str:
    zaak, op = stuk.velden, bron.vandaag
    regels = get_signalen(bron, kijker, date(1970, 1, 1), op + timedelta(days=1), stuk.nummer)
    bij = build_bijregel(
        SIGNAAL_MACHINE.toestanden[zaak.staat].naam,
        zaak.categorie,
        noem_gebied(boom, stuk.bij),
        format_aantal(len(regels), "signaal", "signalen"),
        f"sinds {format_datum(stuk.sinds)}",
    )
    teksten = "".join(
        f"<p>{kop}{build_tekst(tekst)}</p>"
        for kop, tekst in (("", zaak.toelichting), ("Reden: ", zaak.reden), ("Resultaat: ", zaak.resultaat))
        if tekst
    )
    signalen = "".join(f"<li>{escape(describe_regel(regel, boom, op, {}))}</li>" for regel in regels)
    return (
        f'<li><details><summary><span class="titel">{escape(zaak.naam)}</span>{bij}</summary>'
        f"{teksten}<ul>{signalen or '<li>Er hoort nog geen signaal bij.</li>'}</ul></details></li>"
    )
