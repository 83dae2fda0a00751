"""Ochtendbeeld on the screen: five questions of a dagstart, and the same as a sheet to print."""

from datetime import date

import streamlit as st

from gebieden.domein.aanpak import Aanpak
from gebieden.domein.beoordeling import AFGEDAAN, Zaak
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.rechten import Kijker, Pagina, Rol
from gebieden.domein.signaal import SIGNAAL_MACHINE
from gebieden.domein.taal import format_aantal, format_dag, join_opsomming
from gebieden.domein.vroegsignaal import Vroegstaat, format_weken
from gebieden.domein.waarschuwing import Waarschuwing, group_reeksen
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.oovsoorten import AANPAK, ZAAK
from gebieden.opslag.vroegbeeld import Weekstand, get_naam, list_zichtbaar
from gebieden.rapport.ochtendblad import Ochtendblad, Ochtenddeel, render_delen, render_ochtendblad
from gebieden.ui.dossiergegevens import get_stukken
from gebieden.ui.gegevens import Bron, get_boom
from gebieden.ui.mijnwerkpagina import describe_eigen
from gebieden.ui.ochtendnieuws import compose_nieuws, count_onbeoordeeld
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.printblad import PRINTKNOP, build_adres
from gebieden.ui.vroeggegevens import get_duidingen, get_weekstand
from gebieden.ui.vroegoordeel import select_stukken
from gebieden.ui.vroegsignalen import VOORBEHOUD_GRENS
from gebieden.ui.vroegtekens import STAATWOORDEN, describe_kort


def compose_ochtendblad(bron: Bron, peildatum: date, kijker: Kijker) -> Ochtendblad:
    """Return what this person sees of the morning."""
    boom = get_boom(bron, peildatum)
    gelezen = get_weekstand(bron, peildatum)
    stand = gelezen if isinstance(gelezen, Weekstand) else None
    reeksen = group_reeksen(list_zichtbaar(stand, kijker), stand.maandag) if stand else []
    zaken = [stuk for stuk in get_stukken(bron, peildatum, kijker, ZAAK) if stuk.velden.staat not in AFGEDAAN]
    delen = (
        compose_nieuws(peildatum, kijker, boom),
        _compose_opvallend(stand, reeksen),
        _compose_wachtend(bron, peildatum, kijker, reeksen, zaken),
        _compose_zaken(peildatum, zaken, boom),
        _compose_aanpakken(bron, peildatum, kijker, boom),
    )
    waar = describe_eigen(kijker, boom)
    return Ochtendblad(waar, peildatum, delen, VOORBEHOUD_GRENS, build_adres(Pagina.OCHTENDBEELD), bron.demo)


def show_ochtendblad(blad: Ochtendblad) -> None:
    """Draw the parts, and the switch to the sheet with a button that prints just that."""
    st.html(f'<div class="ochtend">{render_delen(blad.delen)}</div>')
    st.caption(escape_markdown(blad.noot))
    if not st.toggle("Toon als printblad", key="ochtendprint"):
        return
    document = render_ochtendblad(blad)
    st.iframe(document.replace("<body>", f"<body>{PRINTKNOP}", 1), height=900, alt="Printblad van het ochtendbeeld")
    st.download_button(
        "Download het printblad",
        document.encode(),
        f"ochtendbeeld-{blad.peildatum.isoformat()}.html",
        "text/html",
        icon=":material/download:",
        on_click="ignore",
    )


def _compose_opvallend(stand: Weekstand | None, reeksen: list[Waarschuwing]) -> Ochtenddeel:
    kop = "Wat valt op"
    if stand is None:
        return Ochtenddeel(kop, "Er is geen week die volledig genoeg is om te beoordelen.")
    week = format_weken(stand.maandag, 1)
    signalen = [w for w in reeksen if w.eerste.signaal.staat is Vroegstaat.SIGNAAL]
    zin = f"{week.capitalize()}: {format_aantal(len(signalen), 'signaal', 'signalen')} in wat u mag zien."
    return Ochtenddeel(kop, zin, tuple(_describe_reeks(stand, w) for w in reeksen))


def _describe_reeks(stand: Weekstand, waarschuwing: Waarschuwing) -> str:
    gebied = get_naam(stand, waarschuwing.gebied)
    woord = STAATWOORDEN[waarschuwing.eerste.signaal.staat]
    return f"{woord}: {waarschuwing.categorie}, {gebied}: {describe_kort(waarschuwing)}"


def _compose_wachtend(
    bron: Bron, peildatum: date, kijker: Kijker, reeksen: list[Waarschuwing], zaken: list[Stuk[Zaak]]
) -> Ochtenddeel:
    kop = "Wat wacht op een oordeel"
    duidingen = get_duidingen(bron, peildatum, kijker)
    open_ = [
        w
        for w in reeksen
        if w.eerste.signaal.staat is Vroegstaat.SIGNAAL
        and kijker.is_eigen(w.gebied, get_boom(bron, peildatum))
        and not select_stukken(w, duidingen)
    ]
    delen = [
        format_aantal(len(open_), "vroegsignaal", "vroegsignalen"),
        format_aantal(len(zaken), "lopende zaak", "lopende zaken"),
    ]
    if kijker.rol is Rol.OOV:
        delen.insert(0, f"{count_onbeoordeeld(peildatum, kijker, get_boom(bron, peildatum))} uit de laatste vier weken")
    return Ochtenddeel(kop, f"In het eigen gebied: {join_opsomming(delen)}.")


def _compose_zaken(peildatum: date, zaken: list[Stuk[Zaak]], boom: Gebiedsboom) -> Ochtenddeel:
    kop = "Lopende zaken"
    if not zaken:
        return Ochtenddeel(kop, "Er loopt geen zaak in het eigen gebied.")
    regels = tuple(
        f"{stuk.velden.naam}: {SIGNAAL_MACHINE.toestanden[stuk.velden.staat].naam.lower()} "
        f"({stuk.velden.categorie}, {_get_naam(boom, stuk.bij)}, sinds {format_dag(stuk.sinds, peildatum)})"
        for stuk in reversed(zaken)
    )
    return Ochtenddeel(kop, f"{format_aantal(len(zaken), 'zaak loopt', 'zaken lopen')}.", regels)


def _compose_aanpakken(bron: Bron, peildatum: date, kijker: Kijker, boom: Gebiedsboom) -> Ochtenddeel:
    kop = "Welke aanpakken lopen"
    lopend = [
        stuk.velden
        for stuk in get_stukken(bron, peildatum, kijker, AANPAK)
        if stuk.velden.begin <= peildatum <= (stuk.velden.eind or peildatum)
        and any(kijker.is_eigen(code, boom) for code in stuk.velden.gebieden)
    ]
    if not lopend:
        return Ochtenddeel(kop, "Er loopt geen aanpak in het eigen gebied.")
    zin = f"{format_aantal(len(lopend), 'aanpak loopt', 'aanpakken lopen')} in het eigen gebied."
    return Ochtenddeel(kop, zin, tuple(_describe_aanpak(aanpak, peildatum, boom) for aanpak in lopend))


def _describe_aanpak(aanpak: Aanpak, peildatum: date, boom: Gebiedsboom) -> str:
    eind = f"tot en met {format_dag(aanpak.eind, peildatum)}" if aanpak.eind else "zonder einddatum"
    waar = join_opsomming([_get_naam(boom, code) for code in aanpak.gebieden])
    return f"{aanpak.naam}: {aanpak.categorie}, {waar}, sinds {format_dag(aanpak.begin, peildatum)}, {eind}"


def _get_naam(boom: Gebiedsboom, code: str) -> str:
    return boom.gebieden[code].naam if code in boom.gebieden else code
