"""The convenant of an area on the page Partners: who agreed on what, the matrix, and what nobody covers."""

import streamlit as st

from gebieden.analyse.convenantmatrix import build_matrix, list_tekorten
from gebieden.domein.convenant import CONVENANT_MACHINE, Afspraak, Convenant, list_mogelijk
from gebieden.domein.rechten import Handeling, Kijker
from gebieden.domein.taal import format_getal
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.dossiersoorten import AFSPRAAK, CONVENANT
from gebieden.ui.convenantbeeld import (
    build_afspraken_html,
    build_convenant_html,
    build_matrix_html,
    compose_tekorten,
)
from gebieden.ui.dossierbeheer import Dossierblad, show_dossierbeheer
from gebieden.ui.dossierformulier import Opties
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.partnergegevens import Partnergegevens
from gebieden.ui.raamwerk import show_leeg


def show_convenant(gegevens: Partnergegevens, kijker: Kijker, gebied: str | None) -> None:
    """Draw the convenant of an area and of the areas that lie in it; without an area, every convenant there is."""
    binnen = None if gebied is None else gegevens.boom.list_binnen({gebied})
    convenanten = [stuk for stuk in gegevens.convenanten if binnen is None or stuk.bij in binnen]
    for stuk in convenanten:
        st.html(build_convenant_html(gegevens, stuk))
    if gebied is None:
        show_leeg("De matrix van partners en thema's hoort bij één gebied.", "Kies hierboven een gebied.")
        return
    naam = gegevens.namen[gebied]
    if not convenanten:
        show_leeg(f"Voor {naam} is nog geen convenant vastgelegd.", "Afspraken en matrix werken ook zonder.")
    mag = kijker.mag_in(Handeling.CONVENANT, gebied, gegevens.boom)
    if mag:
        show_dossierbeheer(_compose_convenantblad(gegevens, gebied), [s for s in convenanten if s.bij == gebied])
    afspraken = [stuk for stuk in gegevens.afspraken if binnen is None or stuk.bij in binnen]
    _show_matrix(gegevens, gebied, convenanten, afspraken)
    st.header(f"Afspraken ({format_getal(len(afspraken))})", anchor=False)
    if afspraken:
        st.html(build_afspraken_html(gegevens, afspraken))
    else:
        st.markdown("Er zijn nog geen afspraken vastgelegd.")
    if mag:
        show_dossierbeheer(_compose_afspraakblad(gegevens, gebied), [s for s in afspraken if s.bij == gebied])


def _show_matrix(
    gegevens: Partnergegevens, gebied: str, convenanten: list[Stuk[Convenant]], afspraken: list[Stuk[Afspraak]]
) -> None:
    punten, dekkingen = gegevens.select_punten(gebied), gegevens.dekkingen
    boom, beloofd = gegevens.boom, [stuk.velden for stuk in afspraken]
    deelnemers = {nummer for stuk in convenanten for nummer in stuk.velden.partners}
    deelnemers |= {stuk.velden.partner for stuk in gegevens.inzet if boom.bevat(gebied, stuk.bij)}
    matrix = build_matrix(gegevens.register, deelnemers, beloofd, punten, dekkingen)
    st.header("Wie doet wat", anchor=False)
    if matrix:
        st.html(build_matrix_html(gegevens, matrix, gegevens.namen[gebied]))
    else:
        st.markdown("Geen enkele partner uit het register werkt hier of staat hier bij een punt.")
    st.header("Thema's die niemand oppakt", anchor=False)
    regels = compose_tekorten(list_tekorten(beloofd, punten, dekkingen))
    leeg = "Bij elk thema met punten op deze agenda is een afspraak." if punten else "Er staan hier geen punten."
    st.markdown("\n".join(f"- {escape_markdown(regel)}" for regel in regels) or leeg)


def _compose_convenantblad(gegevens: Partnergegevens, gebied: str) -> Dossierblad[Convenant]:
    return Dossierblad(
        CONVENANT,
        gebied,
        gegevens.peildatum,
        "convenant erbij",
        lambda convenant: convenant.titel,
        {"partners": gegevens.list_namen()},
        _offer_staten,
    )


def _offer_staten(convenant: Convenant | None) -> Opties:
    return {"staat": {staat: CONVENANT_MACHINE.toestanden[staat].naam for staat in list_mogelijk(convenant)}}


def _compose_afspraakblad(gegevens: Partnergegevens, gebied: str) -> Dossierblad[Afspraak]:
    punten = {p.punt.id: f"{p.punt.titel} ({p.punt.id})" for p in gegevens.select_punten(gebied)}
    return Dossierblad(
        AFSPRAAK,
        gebied,
        gegevens.peildatum,
        "afspraak erbij",
        lambda afspraak: f"{gegevens.register.noem(afspraak.partner)}: {afspraak.titel}",
        {"partner": gegevens.list_namen(), "agendapunt": {"": "geen", **punten}},
    )
