"""The parts of the page Uitleg."""

from collections.abc import Mapping

import streamlit as st

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE
from gebieden.domein.initiatief import INITIATIEF_MACHINE
from gebieden.domein.overgangen import Machine, Richting
from gebieden.domein.woordenlijst import Definitie
from gebieden.ui.opmaak import escape_markdown

_ROLLEN = """
| rol | punten en initiatieven | berichten | aantallen signalen |
|---|---|---|---|
| publiek | tekst van wat openbaar is, alle cijfers | openbare | de gemeente als geheel |
| raad | tekst van alles | openbare | per wijk, kleine aantallen afgeschermd |
| gebiedsteam | tekst van alles | alle van het eigen gebied | eigen gebied per buurt, kleine aantallen afgeschermd |
| gebiedsregisseur | tekst van alles | alle van het eigen gebied | als het gebiedsteam |
| oov | tekst van alles | openbare | eigen gebied volledig, elders als de raad |
| beheer | tekst van alles | alle | als de raad |
"""


def show_definities(definities: Mapping[str, Definitie]) -> None:
    """Draw every definition with its teller, noemer, source and remark."""
    zoek = st.text_input("Zoek een woord", key="zoekwoord", max_chars=60, bind="query-params").strip().lower()
    gevonden = {k: d for k, d in definities.items() if zoek in f"{d.naam} {d.definitie}".lower()}
    if not gevonden:
        st.info("Dit woord staat niet in de uitleg. Probeer een ander woord.", icon=":material/info:")
    with st.container(gap="xsmall"):
        for definitie in gevonden.values():
            with st.expander(definitie.naam, expanded=bool(zoek)):
                _show_definitie(definitie)


def _show_definitie(definitie: Definitie) -> None:
    st.markdown(escape_markdown(definitie.definitie))
    for kop, tekst in (
        ("Wat we tellen", definitie.teller),
        ("Van hoeveel", definitie.noemer),
        ("Let op", definitie.let_op),
        ("Bron", definitie.bron),
    ):
        if tekst:
            st.markdown(f"**{kop}:** {escape_markdown(tekst)}")


def show_toestanden() -> None:
    """Draw the state tables as the program enforces them."""
    for titel, machine in (("Agendapunt", AGENDAPUNT_MACHINE), ("Bewonersinitiatief", INITIATIEF_MACHINE)):
        with st.expander(f"{titel}: welke stappen er zijn"):
            st.markdown(_build_tabel(machine))


def _build_tabel(machine: Machine) -> str:
    regels = ["| staat | wat iedereen leest | verder | opzij | terug (kost een reden) |", "|---|---|---|---|---|"]
    for staat, toestand in machine.toestanden.items():
        cellen = [
            ", ".join(machine.toestanden[s.naar].naam for s in machine.stappen[staat] if s.richting is richting) or "–"
            for richting in Richting
        ]
        regels.append(f"| {toestand.naam} | {toestand.publieke_naam} | {' | '.join(cellen)} |")
    return "\n".join(regels)


def show_rollen() -> None:
    """Draw who sees what."""
    st.markdown(_ROLLEN)
