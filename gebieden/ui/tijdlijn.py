"""The timeline of the agenda: per point what was agreed, what was agreed before, and when it was done."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from gebieden.analyse.tijdlijn import GEDAAN, Tijdlijnregel, compose_tijdlijn
from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.punt import Punt
from gebieden.domein.rechten import Pagina
from gebieden.domein.taal import format_aantal, format_datum
from gebieden.domein.voortgang import determine_categorie, is_te_laat
from gebieden.ui.agendagegevens import get_gerealiseerd, get_verzettingen
from gebieden.ui.gegevens import Bron
from gebieden.ui.navigatie import compose_adres
from gebieden.ui.punten import build_teken_html
from gebieden.ui.raamwerk import show_leeg
from gebieden.ui.tabellen import MIDDENGRIJS, NEDERLANDS, ZONDER_NUMMER
from gebieden.ui.tekens import CATEGORIETEKENS, TE_LAAT

PER_BLADZIJDE: Final = 40
_AFGESPROKEN, _EERDER, _GEREALISEERD = "Afgesproken klaar", "Eerder afgesproken", "Gerealiseerd"
_MERKEN: Final = [_AFGESPROKEN, _EERDER, _GEREALISEERD]
# Stand out 3:1 from a light and from a dark page.
_LIJN: Final = ["#3b82c4", MIDDENGRIJS, "#0f8a7d"]
_VULLING: Final = ["#3b82c4", "transparent", "#0f8a7d"]
_SYMBOLEN: Final = ["◆", "◇", "●"]
_VORMEN: Final = ["diamond", "diamond", "circle"]
_MAANDEN: Final = alt.Axis(format="%b %Y", tickCount={"interval": "month", "step": 1}, labelOverlap=True, orient="top")


def show_tijdlijn(bron: Bron, punten: Sequence[Punt], peildatum: date, stilte_dagen: int) -> None:
    """Draw the points with a date, by agreed date, as a picture and below it as a table."""
    verlaten = {
        id_: [v.oud for v in verzettingen if v.oud] for id_, verzettingen in get_verzettingen(bron, peildatum).items()
    }
    regels = compose_tijdlijn(punten, verlaten, get_gerealiseerd(bron, peildatum))
    zonder = format_aantal(len(punten) - len(regels), "punt", "punten")
    st.caption(f"Op volgorde van de afgesproken datum. Niet op de tijdlijn: {zonder} zonder datum.")
    if not regels:
        show_leeg("Voor geen van deze punten is een datum afgesproken.")
        return
    bladen = -(-len(regels) // PER_BLADZIJDE)
    blad = st.pagination(bladen, key=f"tijdlijnblad_{len(regels)}") if bladen > 1 else 1
    regels = regels[(blad - 1) * PER_BLADZIJDE : blad * PER_BLADZIJDE]
    # Not on a phone: beside the titles there is no room for dates, and the table says the same.
    with st.container(key="tijdlijnbeeld"):
        st.caption(f"De streepjeslijn is de peildatum, {format_datum(peildatum)}.")
        st.altair_chart(
            _build_tijdlijn(regels, peildatum),
            width="stretch",
            alt="Tijdlijn; de tabel hieronder zegt hetzelfde",
        )
    st.html(build_tijdlijntabel_html(regels, peildatum, stilte_dagen))


def build_tijdlijntabel_html(regels: Sequence[Tijdlijnregel], peildatum: date, stilte_dagen: int) -> str:
    """Return the same as a table, with a link to each point."""
    merken = [f'<span aria-hidden="true">{s}</span> {merk}' for s, merk in zip(_SYMBOLEN, _MERKEN, strict=True)]
    koppen = "".join(f'<th scope="col">{kop}</th>' for kop in ("Punt", *merken, "Stand"))
    rijen = "".join(_build_rij(regel, peildatum, stilte_dagen) for regel in regels)
    return (
        '<div class="tabelvak"><table class="telling tijdlijn"><caption>Dezelfde punten als tabel, op volgorde van de '
        f"afgesproken datum. Peildatum: {format_datum(peildatum)}.</caption>"
        f"<thead><tr>{koppen}</tr></thead><tbody>{rijen}</tbody></table></div>"
    )


def _build_rij(regel: Tijdlijnregel, peildatum: date, stilte_dagen: int) -> str:
    p, stand = regel.punt.punt, regel.punt.stand
    adres = compose_adres(Pagina.PUNT, soort=Berichtsoort.AGENDAPUNT, id=p.id)
    teken = CATEGORIETEKENS[determine_categorie(stand, peildatum, stilte_dagen)]
    tekens = " ".join(build_teken_html(t) for t in (teken, *([TE_LAAT] if is_te_laat(stand, peildatum) else [])))
    cellen = (
        format_datum(regel.afgesproken) if regel.afgesproken else "geen datum afgesproken",
        ", ".join(map(format_datum, regel.eerder)) or "–",
        _format_gerealiseerd(regel),
    )
    return (
        f'<tr><th scope="row"><a class="binnen" href="{escape(adres)}">{escape(p.titel)}</a></th>'
        f"{''.join(f'<td>{cel}</td>' for cel in cellen)}<td>{tekens}</td></tr>"
    )


def _format_gerealiseerd(regel: Tijdlijnregel) -> str:
    if regel.gerealiseerd:
        return format_datum(regel.gerealiseerd)
    return "ja, dag onbekend" if regel.punt.punt.staat in GEDAAN else "–"


def _list_merken(regel: Tijdlijnregel) -> list[tuple[str, date]]:
    merken = [(_EERDER, datum) for datum in regel.eerder]
    merken += [(_AFGESPROKEN, regel.afgesproken)] if regel.afgesproken else []
    return merken + ([(_GEREALISEERD, regel.gerealiseerd)] if regel.gerealiseerd else [])


def _build_tijdlijn(regels: Sequence[Tijdlijnregel], peildatum: date) -> alt.LayerChart:
    namen = [f"{r.punt.punt.titel[:60]} ({r.punt.punt.id})" for r in regels]
    hoogte = alt.Y("titel:N", title=None, sort=namen, axis=alt.Axis(labelLimit=240, labelExpr=ZONDER_NUMMER))
    paren = list(zip(namen, regels, strict=True))
    duur = pd.DataFrame(
        [{"titel": n, "van": pd.Timestamp(r.datums[0]), "tot": pd.Timestamp(r.datums[-1])} for n, r in paren]
    )
    merken = pd.DataFrame(
        [{"titel": n, "datum": pd.Timestamp(d), "merk": merk} for n, r in paren for merk, d in _list_merken(r)]
    )
    vandaag = pd.DataFrame({"datum": [pd.Timestamp(peildatum)], "titel": ["Peildatum"]})
    dag = alt.Tooltip("datum:T", title="Datum", format="%e %B %Y")
    lagen = (
        alt.Chart(vandaag)
        .mark_rule(strokeDash=[4, 3], strokeWidth=2, color=MIDDENGRIJS)
        .encode(x="datum:T", tooltip=["titel:N", dag]),
        alt.Chart(duur).mark_rule(strokeWidth=2, color=MIDDENGRIJS).encode(x="van:T", x2="tot:T", y=hoogte),
        alt.Chart(merken)
        .mark_point(size=110, opacity=1, strokeWidth=2)
        .encode(
            x=alt.X("datum:T", title=None, axis=_MAANDEN),
            y=hoogte,
            shape=_build_schaal(alt.Shape, _VORMEN),
            stroke=_build_schaal(alt.Stroke, _LIJN),
            fill=_build_schaal(alt.Fill, _VULLING),
            tooltip=[alt.Tooltip("titel:N", title="Titel"), alt.Tooltip("merk:N", title="Wat"), dag],
        ),
    )
    return alt.layer(*lagen).configure(locale=NEDERLANDS).properties(height=alt.Step(24))


def _build_schaal(kanaal: type[alt.Shape] | type[alt.Stroke] | type[alt.Fill], reeks: list[str]) -> object:
    # One legend for all three, because what they say is the same.
    return kanaal("merk:N", scale=alt.Scale(domain=_MERKEN, range=reeks), legend=alt.Legend(title=None, orient="top"))
