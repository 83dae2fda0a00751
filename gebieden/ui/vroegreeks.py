"""The series behind a warning: counts per week with what was expected, and the single signals. For oov only."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

import altair as alt
import pandas as pd
import streamlit as st

from gebieden.domein.rechten import Kijker
from gebieden.domein.taal import format_aantal, format_datum
from gebieden.domein.vroegsignaal import Vroegsignaal, format_weken
from gebieden.domein.vroegsignaalzin import format_verwacht
from gebieden.opslag.groepsregels import load_groep_van
from gebieden.opslag.signaallijst import load_signalen
from gebieden.opslag.vroegbeeld import Reekspunt, Weekstand, get_naam
from gebieden.ui.cijfertabel import build_cijfertabel
from gebieden.ui.gegevens import Bron, open_engine
from gebieden.ui.raamwerk import show_leeg
from gebieden.ui.tabellen import MIDDENGRIJS, NEDERLANDS
from gebieden.ui.vroeggegevens import get_reeks

_BLAUW = "#3b82c4"
_MEESTE = 200


def show_reeks(bron: Bron, peildatum: date, kijker: Kijker, gebied: str, categorie: str) -> None:
    """Draw the last weeks of a series with the usual range, and the same numbers as a table."""
    punten = get_reeks(bron, peildatum, kijker, gebied, categorie)
    if not punten:
        show_leeg("Van deze reeks zijn geen weken te tonen.")
        return
    omschrijving = "Meldingen per week, met wat gebruikelijk is; dezelfde cijfers staan in de tabel"
    st.altair_chart(_build_grafiek(punten), width="stretch", alt=omschrijving)
    st.html(build_reekstabel_html(punten, categorie))


def _build_grafiek(punten: Sequence[Reekspunt]) -> alt.LayerChart:
    frame = pd.DataFrame(
        [(pd.Timestamp(p.maandag), p.waargenomen, p.verwacht, p.laag, p.hoog) for p in punten],
        columns=["week", "meldingen", "verwacht", "laag", "hoog"],
    )
    week = alt.X("week:T", title="Week (maandag)", axis=alt.Axis(format="%e %b", labelOverlap=True))
    basis = alt.Chart(frame).encode(x=week)
    band = basis.mark_area(opacity=0.28, color=MIDDENGRIJS).encode(
        y=alt.Y("laag:Q", title="Meldingen per week"), y2="hoog:Q"
    )
    lijn = basis.mark_line(strokeDash=[5, 4], color=MIDDENGRIJS).encode(y="verwacht:Q")
    stippen = basis.mark_line(color=_BLAUW, point=alt.OverlayMarkDef(size=55, color=_BLAUW)).encode(
        y="meldingen:Q",
        tooltip=[
            alt.Tooltip("week:T", title="Week van", format="%e %B %Y"),
            alt.Tooltip("meldingen:Q", title="Meldingen"),
            alt.Tooltip("laag:Q", title="Gebruikelijk van"),
            alt.Tooltip("hoog:Q", title="Gebruikelijk tot en met"),
        ],
    )
    return (band + lijn + stippen).configure(locale=NEDERLANDS).properties(height=220)


def build_reekstabel_html(punten: Sequence[Reekspunt], categorie: str) -> str:
    """Return the numbers of the chart as a table, newest first, folded in; everything is escaped."""
    rijen = [
        (format_weken(p.maandag, 1), _format(p.waargenomen), format_verwacht(p.verwacht), _format_bereik(p))
        for p in reversed(punten)
    ]
    koppen = ("Week", "Meldingen", "Verwacht", "Gebruikelijk")
    uitleg = "De blauwe lijn is wat gemeld is, de stippellijn wat we verwachtten, de grijze band wat gebruikelijk is."
    tabel = build_cijfertabel(f"Meldingen per week, {categorie}", koppen, rijen)
    return f'<p class="bij">{uitleg}</p><details><summary>De cijfers als tabel</summary>{tabel}</details>'


def _format(getal: int | None) -> str:
    return "onvolledig" if getal is None else str(getal)


def _format_bereik(punt: Reekspunt) -> str:
    return "onbekend" if punt.laag is None or punt.hoog is None else f"{punt.laag} tot en met {punt.hoog}"


def show_losse_signalen(bron: Bron, peildatum: date, kijker: Kijker, stand: Weekstand, signaal: Vroegsignaal) -> None:
    """Draw the single signals of a window, newest first."""
    boom = stand.invoer.boom
    vanaf, tot = signaal.maandag - timedelta(weeks=signaal.venster - 1), signaal.maandag + timedelta(weeks=1)
    with open_engine().connect() as conn:
        groep_van = load_groep_van(conn)
        alle = load_signalen(conn, kijker, boom, vanaf, tot)
    regels = [
        r
        for r in alle
        if groep_van.get(r.categorie, r.categorie) == signaal.categorie and boom.bevat(signaal.gebied, r.gebied)
    ]
    items = "".join(
        f"<li>{escape(format_datum(r.datum))}: {escape(r.categorie)}, {escape(get_naam(stand, r.gebied))}, "
        f"van {escape(r.bron)} ({escape(str(r.staat).replace('_', ' '))})</li>"
        for r in regels[:_MEESTE]
    )
    rest = f"<p>… en nog {len(regels) - _MEESTE}.</p>" if len(regels) > _MEESTE else ""
    st.html(f"<p>{escape(format_aantal(len(regels), 'signaal', 'signalen'))}:</p><ul>{items}</ul>{rest}")
