"""What residents think, beside the official state and never merged with it: of one point, and counted per area."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from gebieden.analyse.oordelen import compose_oordeelzin, group_oordelen
from gebieden.domein.agendapunt import Agendapunt
from gebieden.domein.gedateerd import list_nieuwste_eerst
from gebieden.domein.oordeel import Bewonersoordeel, Oordeel
from gebieden.domein.rechten import Kijker, Pagina, Rol
from gebieden.domein.taal import format_aantal, format_datum
from gebieden.domein.woordenlijst import WOORDEN
from gebieden.opslag.dossiersoorten import OORDEEL
from gebieden.opslag.lezen import Punt
from gebieden.ui.dossierbeeld import build_bijregel, build_eerder_html, build_tekst, show_deel
from gebieden.ui.dossierbeheer import Dossierblad, show_dossierbeheer
from gebieden.ui.dossiergegevens import get_stukken, load_stukken_van
from gebieden.ui.gegevens import Bron, get_boom
from gebieden.ui.navigatie import compose_adres
from gebieden.ui.opmaak import escape_markdown, format_datum_met_ouderdom
from gebieden.ui.overzicht import select_punten_van
from gebieden.ui.punten import format_staat

KOP: Final = "Wat bewoners ervan vinden"
_WOORDEN: Final = {
    Oordeel.OPGELOST: "opgelost",
    Oordeel.DEELS: "deels opgelost",
    Oordeel.NIET: "niet opgelost",
    Oordeel.NIET_GEVRAAGD: "niet gevraagd",
}
# What residents can say; that nobody asked them is no judgement.
_KEUZES: Final = {oordeel: woord.capitalize() for oordeel, woord in _WOORDEN.items()}
_OPTIES: Final = {"oordeel": {o: woord for o, woord in _KEUZES.items() if o is not Oordeel.NIET_GEVRAAGD}}


def show_oordeel(peildatum: date, kijker: Kijker, punt: Agendapunt, *, mag: bool) -> None:
    """Draw what residents said last of a point beside its state, older judgements under it, and who may keeps them."""
    stukken = load_stukken_van(OORDEEL, kijker, peildatum, [punt.id])
    staat = format_staat(punt.staat, kijker.rol)
    html = build_oordeel_html([stuk.velden for stuk in stukken], staat, peildatum)
    show_deel(KOP, html, "Niet gevraagd.", mag=mag)
    if mag:
        show_dossierbeheer(Dossierblad(OORDEEL, punt.id, peildatum, "oordeel erbij", _describe, _OPTIES), stukken)


def build_oordeel_html(alle: Sequence[Bewonersoordeel], staat: str, peildatum: date) -> str:
    """Return the state and the judgement side by side, and what was said before; empty when nobody was asked."""
    oordelen = list_nieuwste_eerst(alle, peildatum)
    if not oordelen:
        return ""
    eerder = [f"<strong>{_KEUZES[o.oordeel]}</strong> {_build_bron(o, peildatum)}" for o in oordelen[1:]]
    paren = (("Volgens de gemeente", staat), ("Volgens bewoners", _KEUZES[oordelen[0].oordeel]))
    naast = "".join(f"<div><dt>{escape(wie)}</dt><dd>{escape(wat)}</dd></div>" for wie, wat in paren)
    return (
        f'<dl class="velden naast">{naast}</dl><p>{_build_bron(oordelen[0], peildatum)}</p>'
        f"{build_eerder_html(eerder, 'eerder-oordeel')}"
    )


def _build_bron(oordeel: Bewonersoordeel, peildatum: date) -> str:
    aantal = format_aantal(oordeel.aantal, "bewoner", "bewoners") if oordeel.aantal else ""
    dag = f"gevraagd op {format_datum_met_ouderdom(oordeel.datum, peildatum)}"
    return build_bijregel(dag, oordeel.herkomst, aantal) + build_tekst(oordeel.toelichting)


def _describe(oordeel: Bewonersoordeel) -> str:
    return f"{_KEUZES[oordeel.oordeel]}, gevraagd op {format_datum(oordeel.datum)}"


def show_gebiedsoordelen(bron: Bron, peildatum: date, kijker: Kijker, code: str) -> None:
    """Draw what residents think of the finished points of an area as a sentence; every count opens into its points."""
    st.header(KOP, anchor=False)
    punten = select_punten_van(bron, peildatum, kijker, get_boom(bron, peildatum), code, None)
    oordelen: dict[str, list[Bewonersoordeel]] = defaultdict(list)
    for stuk in get_stukken(bron, peildatum, kijker, OORDEEL):
        oordelen[stuk.bij].append(stuk.velden)
    per_oordeel = group_oordelen((punt.stand for punt in punten), oordelen, peildatum)
    uitleg = WOORDEN["oordeel_bewoners"]
    st.markdown(escape_markdown(compose_oordeelzin(per_oordeel)), help=escape_markdown(uitleg.definitie))
    per_id = {punt.punt.id: punt for punt in punten}
    html = "".join(
        _build_groep(oordeel, [per_id[id_] for id_ in ids], oordelen, peildatum, kijker.rol)
        for oordeel, ids in per_oordeel.items()
        if ids
    )
    if html:
        st.html(f'<div class="groepen">{html}</div>')


def _build_groep(
    oordeel: Oordeel,
    punten: Sequence[Punt],
    oordelen: Mapping[str, Sequence[Bewonersoordeel]],
    peildatum: date,
    rol: Rol,
) -> str:
    regels = []
    for punt in sorted(punten, key=lambda p: p.punt.titel.lower()):
        p = punt.punt
        gezegd = list_nieuwste_eerst(oordelen.get(p.id, ()), peildatum)
        dag = f"gevraagd op {format_datum(gezegd[0].datum)}" if gezegd else ""
        bij = build_bijregel(f"volgens de gemeente: {format_staat(p.staat, rol).lower()}", dag)
        adres = compose_adres(Pagina.PUNT, soort="agendapunt", id=p.id)
        regels.append(f'<li><a class="binnen" href="{escape(adres)}">{escape(p.titel)}</a> {bij}</li>')
    kop = f"{_KEUZES[oordeel]}: {format_aantal(len(punten), 'punt', 'punten')}"
    return (
        f'<details id="oordeel-{oordeel}"><summary>{escape(kop)}</summary><ul class="reeks">{"".join(regels)}</ul>'
        "</details>"
    )
