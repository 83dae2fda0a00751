"""The warnings of the last week on the screen: each with its reason, what can be said of it, and what it opens into."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

import streamlit as st

from gebieden.domein.beoordeling import Duiding
from gebieden.domein.rechten import Handeling, Kijker, Pagina
from gebieden.domein.taal import format_aantal, format_dag, format_datum, join_opsomming, start_zin
from gebieden.domein.vroegsignaal import Vroegstaat, format_weken
from gebieden.domein.vroegzicht import Zichtbaar
from gebieden.domein.waarschuwing import Waarschuwing, group_reeksen
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.vroegbeeld import Volledigheidsstand, Weekstand, compose_zin, get_naam, list_zichtbaar
from gebieden.ui.dossierbeeld import build_bijregel
from gebieden.ui.gegevens import Bron
from gebieden.ui.navigatie import get_script
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.raamwerk import show_leeg
from gebieden.ui.signaalbeeld import VOORBEHOUD
from gebieden.ui.vroeggegevens import get_duidingen
from gebieden.ui.vroegoordeel import build_oordelen_html, select_stukken, show_nieuwe_zaak, show_oordeel
from gebieden.ui.vroegreeks import show_losse_signalen, show_reeks
from gebieden.ui.vroegtekens import STAATWOORDEN, build_staat_html

GRENS = "Gebieden over de gemeentegrens, zoals in Dijk en Waard, Bergen en Castricum, zien wij niet."
VOORBEHOUD_GRENS = f"{VOORBEHOUD} {GRENS}"
_REEKS, _LOS = "de reeks", "de losse signalen"


def compose_volledigheid(stand: Volledigheidsstand, peildatum: date) -> str:
    """Return which whole weeks are not judged yet, and after how many days a week is."""
    heel = [m for m in stand.wachtend if m + timedelta(weeks=1) <= peildatum]
    dagen = format_aantal(stand.dagen, "dag", "dagen")
    grond = "zo leren eerdere leveringen" if stand.is_geleerd else "dat is een instelling"
    wanneer = f"Een week beoordelen we {dagen} na de zondag ({grond})."
    levering = f"Laatste levering: {format_datum(stand.levering)}."
    if not heel:
        return f"Alle hele weken zijn volledig genoeg. {wanneer} {levering}"
    namen = join_opsomming([format_dag(m, peildatum) for m in heel])
    if len(heel) == 1:
        return f"De week van {namen} is nog niet volledig en wordt nog niet beoordeeld. {wanneer} {levering}"
    return f"De weken van {namen} zijn nog niet volledig en worden nog niet beoordeeld. {wanneer} {levering}"


def show_week(bron: Bron, peildatum: date, kijker: Kijker, stand: Weekstand) -> None:
    """Draw what stands out in the week: signals, and for oov apart what is only worth a look."""
    reeksen = group_reeksen(list_zichtbaar(stand, kijker), stand.maandag)
    signalen = [w for w in reeksen if w.eerste.signaal.staat is Vroegstaat.SIGNAAL]
    let_op = [w for w in reeksen if w.eerste.signaal.staat is Vroegstaat.LET_OP]
    duidingen = get_duidingen(bron, peildatum, kijker)
    st.header(f"Signalen ({len(signalen)})", anchor=False)
    if not signalen:
        show_leeg(
            "Er is geen signaal dat u mag zien.",
            "Dat betekent niet dat er niets gebeurt: wij zien alleen wat gemeld is.",
        )
    for waarschuwing in signalen:
        _show_waarschuwing(bron, peildatum, kijker, stand, waarschuwing, duidingen)
    if let_op:
        st.header(f"Let op, alleen intern ({len(let_op)})", anchor=False)
        st.caption("Dit zijn geen signalen. Deel ze niet buiten OOV.")
        for waarschuwing in let_op:
            _show_waarschuwing(bron, peildatum, kijker, stand, waarschuwing, duidingen)
    if kijker.mag(Handeling.SIGNAAL) and signalen:
        show_nieuwe_zaak(peildatum, kijker)
    if not all(w.eerste.met_aantal for w in signalen):
        # Without numbers here, the rows behind it are the published counts.
        st.page_link(
            get_script(Pagina.SIGNALEN), label="Aantallen per kwartaal", icon=":material/table:", width="content"
        )
    st.caption(escape_markdown(VOORBEHOUD_GRENS))


def _show_waarschuwing(
    bron: Bron,
    peildatum: date,
    kijker: Kijker,
    stand: Weekstand,
    waarschuwing: Waarschuwing,
    duidingen: Sequence[Stuk[Duiding]],
) -> None:
    stukken = select_stukken(waarschuwing, duidingen)
    st.html(build_waarschuwing_html(stand, waarschuwing, stukken))
    if not waarschuwing.eerste.met_aantal:
        return
    with st.container(horizontal=True, key=f"doen_{waarschuwing.sleutel}"):
        if waarschuwing.eerste.signaal.staat is Vroegstaat.SIGNAAL:
            show_oordeel(bron, peildatum, kijker, waarschuwing, stukken)
        keuze = st.pills(
            escape_markdown(f"Laat zien bij {_compose_kop(stand, waarschuwing)}"),
            [_REEKS, _LOS],
            format_func=str.capitalize,
            label_visibility="collapsed",
            key=f"zicht_{waarschuwing.sleutel}",
        )
    if keuze == _REEKS:
        show_reeks(bron, peildatum, kijker, waarschuwing.gebied, waarschuwing.categorie)
    if keuze == _LOS:
        show_losse_signalen(bron, peildatum, kijker, stand, waarschuwing.eerste.signaal)


def _compose_kop(stand: Weekstand, waarschuwing: Waarschuwing) -> str:
    return f"{start_zin(waarschuwing.categorie)}, {get_naam(stand, waarschuwing.gebied)}"


def build_waarschuwing_html(stand: Weekstand, waarschuwing: Waarschuwing, stukken: Sequence[Stuk[Duiding]]) -> str:
    """Return a warning with its reason and what was said of it; everything is escaped."""
    eerste, *rest = waarschuwing.delen
    gebied = stand.invoer.boom.gebieden.get(waarschuwing.gebied)
    bij = build_bijregel(
        gebied.niveau.capitalize() if gebied else "", format_weken(eerste.signaal.maandag, eerste.signaal.venster)
    )
    ook = "".join(_build_ook(stand, deel) for deel in rest)
    return (
        f'<div class="waarschuwing"><h3>{build_staat_html(eerste.signaal.staat)} '
        f"{escape(_compose_kop(stand, waarschuwing))}</h3>{bij}"
        f"<p>{escape(compose_zin(stand, eerste))}</p>{ook}{build_oordelen_html(stukken)}</div>"
    )


def _build_ook(stand: Weekstand, deel: Zichtbaar) -> str:
    weken = format_weken(deel.signaal.maandag, deel.signaal.venster)
    return (
        f"<details><summary>Ook over {escape(weken)}: {escape(STAATWOORDEN[deel.signaal.staat][2:].lower())}</summary>"
        f"<p>{escape(compose_zin(stand, deel))}</p></details>"
    )
