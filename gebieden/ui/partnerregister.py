"""The register of the page Partners: who there is, where they work, and at which points they are named. All escaped."""

from collections.abc import Collection, Iterable
from html import escape
from typing import Final

import streamlit as st

from gebieden.analyse.register import Naamgebruik, collect_gebruik
from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.partner import Inzet, Partner
from gebieden.domein.rechten import Handeling, Kijker, Pagina
from gebieden.domein.taal import format_aantal, format_getal
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import is_open
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.dossiersoorten import INZET, PARTNER
from gebieden.ui.dossierbeheer import Dossierblad, open_erbij, show_dossierbeheer
from gebieden.ui.dossierformulier import format_woord
from gebieden.ui.navigatie import compose_adres
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.partnergegevens import Partnergegevens
from gebieden.ui.raamwerk import show_leeg

_ONBEKENDE: Final = "zet_in_register"


def show_register(gegevens: Partnergegevens, kijker: Kijker, gebied: str | None, thema: Thema | None) -> None:
    """Draw the partners that work in an area or are named at its points, and the names that are not known yet."""
    genoemd, onbekend = collect_gebruik(gegevens.register, gegevens.select_punten(gebied, thema), gegevens.dekkingen)
    werken = {stuk.velden.partner for stuk in gegevens.inzet if _raakt(gegevens, gebied, stuk.bij)}
    getoond = [stuk for stuk in gegevens.partners if gebied is None or stuk.nummer in {*werken, *genoemd}]
    st.markdown(f"**{len(getoond)}** van {format_aantal(len(gegevens.partners), 'partner', 'partners')}")
    if getoond:
        volgorde = {nummer: plaats for plaats, nummer in enumerate(gegevens.list_namen())}
        rijen = sorted(getoond, key=lambda stuk: volgorde[stuk.nummer])
        st.html(
            f'<ul class="punten">{"".join(_build_partner(gegevens, s, genoemd.get(s.nummer, ())) for s in rijen)}</ul>'
        )
    else:
        show_leeg("Er staat nog geen partner in het register die hierbij past.")
    mag = kijker.mag(Handeling.CONVENANT) and bool(kijker.eigen)
    blad = _compose_partnerblad(gegevens)
    _show_onbekend(gegevens, onbekend, blad if mag else None)
    if mag:
        st.header("Register bijhouden", anchor=False)
        show_dossierbeheer(blad, gegevens.partners)
        _show_inzetbeheer(gegevens, kijker, gebied)


def _raakt(gegevens: Partnergegevens, gebied: str | None, werkgebied: str) -> bool:
    """Return whether an area that somebody works in lies in this one or the other way round."""
    return gebied is None or gegevens.boom.bevat(gebied, werkgebied) or gegevens.boom.bevat(werkgebied, gebied)


def build_puntlinks(gegevens: Partnergegevens, ids: Iterable[str]) -> str:
    """Return links to points, as a list."""
    return f"<ul>{''.join(f'<li>{build_puntlink(gegevens, id_)}</li>' for id_ in ids)}</ul>"


def build_puntlink(gegevens: Partnergegevens, id_: str) -> str:
    """Return a link to a point by its title; what is not among the points any more is told by its id."""
    adres = compose_adres(Pagina.PUNT, soort=Berichtsoort.AGENDAPUNT, id=id_)
    return f'<a class="binnen" href="{escape(adres)}">{escape(gegevens.titels.get(id_, id_))}</a>'


def _build_partner(gegevens: Partnergegevens, stuk: Stuk[Partner], ids: Collection[str]) -> str:
    partner = stuk.velden
    inzet = [i for i in gegevens.inzet if i.velden.partner == stuk.nummer]
    open_ids = {p.punt.id for p in gegevens.punten if is_open(p.punt.staat)}
    aantal = format_aantal(len(ids), "punt noemt", "punten noemen")
    bij = [
        format_woord(partner.soort),
        f"werkt in {format_aantal(len(inzet), 'gebied', 'gebieden')}" if inzet else "nog geen gebied vastgelegd",
        f"{aantal} deze partner, waarvan {format_getal(len(open_ids.intersection(ids)))} open"
        if ids
        else "bij geen punt",
    ]
    velden = "".join(
        f"<div><dt>{naam}</dt><dd>{waarde}</dd></div>"
        for naam, waarde in (
            ("Andere namen", escape(", ".join(partner.andere_namen))),
            ("Werkt in (contact)", "<br>".join(escape(_describe_inzet(gegevens, i)) for i in inzet)),
            ("Punten", build_puntlinks(gegevens, ids) if ids else ""),
        )
        if waarde
    )
    return (
        f'<li><details><summary><span class="titel">{escape(partner.naam)}</span>'
        f'<span class="bij">{escape(" · ".join(bij))}</span></summary><dl class="velden">{velden}</dl></details></li>'
    )


def _describe_inzet(gegevens: Partnergegevens, stuk: Stuk[Inzet]) -> str:
    naam = gegevens.namen.get(stuk.bij, stuk.bij)
    return f"{naam} ({stuk.velden.contactrol})" if stuk.velden.contactrol else naam


def _show_onbekend(
    gegevens: Partnergegevens, onbekend: Collection[Naamgebruik], blad: Dossierblad[Partner] | None
) -> None:
    """Draw the names that are not in the register, and for who may a way to put one there."""
    if not onbekend:
        return
    st.header(f"Nog niet in het register ({format_getal(len(onbekend))})", anchor=False)
    rijen = "".join(
        f'<li><details><summary><span class="titel">{escape(g.naam)}</span>'
        f'<span class="bij">{format_aantal(len(g.punten), "punt", "punten")}</span></summary>'
        f"{build_puntlinks(gegevens, g.punten)}</details></li>"
        for g in onbekend
    )
    st.html(
        f'<ul class="punten"><li><details><summary>Namen die bij punten en bijdragen staan</summary>'
        f'<ul class="punten">{rijen}</ul></details></li></ul>'
    )
    if blad:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox("Zet in het register", [g.naam for g in onbekend], key=_ONBEKENDE, width=380)
            st.button("Invullen", icon=":material/add:", on_click=_open_onbekende, args=(blad,))


def _open_onbekende(blad: Dossierblad[Partner]) -> None:
    open_erbij(blad, {"naam": st.session_state[_ONBEKENDE]})


def _compose_partnerblad(gegevens: Partnergegevens) -> Dossierblad[Partner]:
    return Dossierblad(PARTNER, "", gegevens.peildatum, "partner erbij", lambda partner: partner.naam)


def _show_inzetbeheer(gegevens: Partnergegevens, kijker: Kijker, gebied: str | None) -> None:
    if gebied is None or not kijker.mag_in(Handeling.CONVENANT, gebied, gegevens.boom):
        st.caption("Kies hierboven een van uw eigen gebieden om vast te leggen welke partners daar werken.")
        return
    naam = gegevens.namen[gebied]
    st.header(escape_markdown(f"Wie werkt in {naam}"), anchor=False)
    blad = Dossierblad(
        INZET,
        gebied,
        gegevens.peildatum,
        "partner in dit gebied erbij",
        lambda inzet: ", ".join(d for d in (gegevens.register.noem(inzet.partner), inzet.contactrol) if d),
        {"partner": gegevens.list_namen()},
    )
    show_dossierbeheer(blad, [stuk for stuk in gegevens.inzet if stuk.bij == gebied])
