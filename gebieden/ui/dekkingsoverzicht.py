"""The dekking of many points on the page Agenda: sums per agenda, theme or source, each opening into its lines."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from gebieden.domein.bedrag import format_euro
from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.dekking import TELT, Dekkingsom, Puntdekking, Som, list_lijnen, sum_dekking, sum_per, sum_per_bron
from gebieden.domein.dekkingszin import compose_dekkingszin, compose_somzin, format_bron, format_som
from gebieden.domein.rechten import Kijker, Pagina, Rol
from gebieden.domein.taal import format_aantal
from gebieden.opslag.database import Deel
from gebieden.opslag.dekking import load_dekking
from gebieden.ui.dekkingsbeeld import build_lijnen_html
from gebieden.ui.gegevens import Bron, key_on, open_engine
from gebieden.ui.navigatie import compose_adres
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.raamwerk import show_leeg

AGENDA, THEMA, BRON = "agenda", "thema", "bron"
_NIETS: Final = "Bij deze punten is nog niets genoteerd over wat nodig is of wie bijdraagt."


@st.cache_resource(max_entries=16, show_spinner="De dekking wordt opgeteld …", hash_funcs=key_on(Deel.AGENDA))
def get_dekking(bron: Bron, peildatum: date, rol: Rol) -> dict[str, Puntdekking]:
    """Return the dekking of every point: own areas make no difference to who reads what, so one answer per role."""
    with open_engine().connect() as conn:
        return load_dekking(conn, Kijker(rol), peildatum)


def show_dekkingsommen(
    bron: Bron, peildatum: date, kijker: Kijker, titels: Mapping[str, str], namen: Mapping[str, str]
) -> None:
    """Draw the sums over these points (`titels` by id); `namen` are those of areas by code."""
    alle = get_dekking(bron, peildatum, kijker.rol)
    punten = [alle[id_] for id_ in titels if id_ in alle]
    if not punten:
        show_leeg("Er zijn geen punten die hierbij passen.", "Haal een filter weg om meer te zien.")
        return
    st.markdown(escape_markdown(compose_somzin(sum_dekking(punten))))
    per = st.segmented_control("Tel op per", [AGENDA, THEMA, BRON], default=AGENDA, key="per", required=True)
    if per == BRON:
        st.html(_build_bronnen(punten, titels))
    elif per == THEMA:
        st.html(_build_groepen(punten, lambda p: p.themas, str, titels))
    else:
        st.html(_build_groepen(punten, lambda p: (p.gebied,), lambda code: namen.get(code, code), titels))


def _build_groepen(
    punten: Collection[Puntdekking],
    sleutels: Callable[[Puntdekking], Iterable[str]],
    noem: Callable[[str], str],
    titels: Mapping[str, str],
) -> str:
    groepen: dict[str, list[Puntdekking]] = defaultdict(list)
    for punt in punten:
        for sleutel in sleutels(punt):
            groepen[sleutel].append(punt)
    sommen = sum_per(punten, sleutels)
    rijen = [
        _build_rij(noem(sleutel), _describe_som(sommen[sleutel]), _build_punten(groepen[sleutel], titels))
        for sleutel in sorted(sommen, key=noem)
    ]
    return f'<ul class="punten">{"".join(rijen)}</ul>'


def _build_bronnen(punten: Collection[Puntdekking], titels: Mapping[str, str]) -> str:
    rijen = []
    for bron, sommen in sum_per_bron(list_lijnen(punten)).items():
        bij = [p for p in punten if any(lijn.bron is bron for lijn in p.lijnen)]
        delen = [f"{format_som(sommen[stand])} {stand}" for stand in TELT if sommen[stand] != Som()]
        inhoud = "".join(
            f"{_build_link(p.id, titels)}{build_lijnen_html(lijn for lijn in p.lijnen if lijn.bron is bron)}"
            for p in bij
        )
        kop = f"{format_aantal(len(bij), 'punt', 'punten')} · {' · '.join(delen) or 'niets in geld'}"
        rijen.append(_build_rij(format_bron(bron), kop, inhoud))
    return f'<ul class="punten">{"".join(rijen)}</ul>' if rijen else f"<p>{_NIETS}</p>"


def _describe_som(som: Dekkingsom) -> str:
    """Return the figures of a group; how many points are PM or unknown stands beside the sums."""
    delen = [
        format_aantal(som.punten, "punt", "punten"),
        f"nodig {format_euro(som.benodigd)}" if som.benodigd else "",
        *(
            f"{format_som(deel)} {woord}"
            for deel, woord in ((som.gevraagd, "gevraagd"), (som.toegezegd, "toegezegd"), (som.ontvangen, "ontvangen"))
            if deel != Som()
        ),
        f"gat {format_euro(som.gat)}" if som.punten > som.onbekend + som.pm else "",
        f"{som.pm}× PM" if som.pm else "",
        f"{som.onbekend}× niet bekend wat nodig is" if som.onbekend else "",
    ]
    return " · ".join(deel for deel in delen if deel)


def _build_rij(naam: str, kop: str, inhoud: str) -> str:
    return (
        f'<li><details><summary><span class="titel">{escape(naam)}</span>'
        f'<span class="bij">{escape(kop)}</span></summary>{inhoud}</details></li>'
    )


def _build_punten(punten: Iterable[Puntdekking], titels: Mapping[str, str]) -> str:
    """Return the points of which anything is noted, each with its sentence and lines."""
    genoteerd = [p for p in punten if p.lijnen or not p.dekking.benodigd.is_onbekend]
    inhoud = "".join(
        f"{_build_link(p.id, titels)}<p>{escape(compose_dekkingszin(p.dekking))}</p>{build_lijnen_html(p.lijnen)}"
        for p in genoteerd
    )
    return inhoud or f"<p>{_NIETS}</p>"


def _build_link(id_: str, titels: Mapping[str, str]) -> str:
    adres = compose_adres(Pagina.PUNT, soort=Berichtsoort.AGENDAPUNT, id=id_)
    return f'<p><a class="binnen" href="{escape(adres)}"><strong>{escape(titels[id_])}</strong></a></p>'
