"""The parts of the page Punt: one agendapunt or initiatief, its berichten and its history, and the forms to write."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import streamlit as st

from gebieden.domein.agendapunt import Agendapunt
from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.logboek import Logregel
from gebieden.domein.rechten import Handeling, Kijker
from gebieden.domein.taal import format_datum, format_getal
from gebieden.domein.voortgang import determine_categorie
from gebieden.opslag.verzettingen import Verzetting
from gebieden.ui.aanmelding import is_verlopen
from gebieden.ui.actie import show_melding
from gebieden.ui.agendagegevens import load_verzettingen_van
from gebieden.ui.gegevens import (
    Bron,
    find_ongedaan_van,
    get_berichten,
    get_boom,
    get_initiatieven,
    get_punten,
    get_stand,
    load_geschiedenis_van,
)
from gebieden.ui.geschiedenis import build_geschiedenis_html, describe_regel
from gebieden.ui.navigatie import show_gebiedslink
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.partnergegevens import list_partnernamen
from gebieden.ui.punten import (
    build_bericht_html,
    build_berichten_html,
    build_bij_html,
    build_initiatiefteken_html,
    build_punttekens_html,
    build_velden_html,
    collect_initiatiefvelden,
    collect_puntvelden,
    list_initiatiefregels,
    list_puntregels,
)
from gebieden.ui.regie import show_ongedaan, show_regie
from gebieden.ui.schrijfformulier import show_formulier
from gebieden.ui.schrijven import VERBETER, Formulier, build_formulier, undo

_OPEN: Final = "open_formulieren"


@dataclass(frozen=True, slots=True)
class Blad:
    """One agendapunt or initiatief as this viewer may see it: what it is, and its badges and fields."""

    soort: Berichtsoort
    id: str
    gebied: str
    titel: str
    is_openbaar: bool
    kop: str
    velden: tuple[tuple[str, str], ...]
    punt: Agendapunt | None = None


def find_blad(bron: Bron, peildatum: date, kijker: Kijker) -> Blad | None:
    """Return what the address asks for (`?soort=…&id=…`), or None where that does not exist on the peildatum."""
    soort, id_ = st.query_params.get("soort", Berichtsoort.AGENDAPUNT), st.query_params.get("id", "")
    if soort == Berichtsoort.AGENDAPUNT:
        return _find_punt(bron, peildatum, kijker, id_)
    return _find_initiatief(bron, peildatum, kijker, id_) if soort == Berichtsoort.INITIATIEF else None


def _find_punt(bron: Bron, peildatum: date, kijker: Kijker, id_: str) -> Blad | None:
    punt = next((p for p in get_punten(bron, peildatum, kijker) if p.punt.id == id_), None)
    if punt is None:
        return None
    categorie = determine_categorie(punt.stand, peildatum, get_stand(bron, peildatum).stilte_dagen)
    kop = build_punttekens_html(punt, categorie, peildatum)
    kop += build_bij_html(list_puntregels(punt.punt, punt.laatste, _list_namen(bron, peildatum), peildatum))
    velden = collect_puntvelden(punt, kijker.rol, peildatum)
    if verzet := describe_verzet(load_verzettingen_van(id_, peildatum)):
        velden.append(("Datum verzet", verzet))
    p = punt.punt
    return Blad(Berichtsoort.AGENDAPUNT, id_, p.gebied, p.titel, p.openbaar, kop, tuple(velden), p)


def describe_verzet(verzettingen: Sequence[Verzetting]) -> str:
    """Return how often an agreed date moved, and from what to what each time; empty when it never did."""
    verzet = [v for v in verzettingen if v.is_verzet]
    if not verzet:
        return ""
    return f"{format_getal(len(verzet))} keer: {'; '.join(map(_describe_verzetting, verzet))}"


def _describe_verzetting(verzetting: Verzetting) -> str:
    oud, nieuw = (format_datum(d) if d else "geen datum" for d in (verzetting.oud, verzetting.nieuw))
    return f"van {oud} naar {nieuw} (op {format_datum(verzetting.datum)})"


def _find_initiatief(bron: Bron, peildatum: date, kijker: Kijker, id_: str) -> Blad | None:
    initiatief = next((i for i in get_initiatieven(bron, kijker) if i.id == id_), None)
    if initiatief is None:
        return None
    kop = build_initiatiefteken_html(initiatief, kijker.rol)
    kop += build_bij_html(list_initiatiefregels(initiatief, _list_namen(bron, peildatum)))
    velden = collect_initiatiefvelden(initiatief)
    return Blad(
        Berichtsoort.INITIATIEF, id_, initiatief.gebied, initiatief.titel, initiatief.openbaar, kop, tuple(velden)
    )


def _list_namen(bron: Bron, peildatum: date) -> dict[str, str]:
    return {g.code: g.naam for g in get_boom(bron, peildatum).gebieden.values()}


def show_blad(bron: Bron, peildatum: date, kijker: Kijker, blad: Blad) -> None:
    """Draw what and where it is, its fields, and in an expander what happened to it."""
    st.html(f'<div class="puntkop">{blad.kop}</div>{build_velden_html(blad.velden)}')
    if naam := _list_namen(bron, peildatum).get(blad.gebied):
        show_gebiedslink(blad.gebied, f"Alles over {naam}", icoon=":material/location_on:")
    with st.expander("Geschiedenis", icon=":material/history:"):
        st.html(build_geschiedenis_html(load_geschiedenis_van(bron, peildatum, kijker, blad.soort, blad.id)))


def show_beheer(bron: Bron, peildatum: date, kijker: Kijker, blad: Blad) -> None:
    """Draw what the regisseur of the area can do with an agendapunt; nothing for anybody else."""
    mag = (
        kijker.mag_in(handeling, blad.gebied, get_boom(bron, peildatum))
        for handeling in (Handeling.PUNT_BEHEREN, Handeling.PUNT_VOORSTELLEN)
    )
    is_regisseur, is_voorsteller = mag
    if blad.punt and is_regisseur:
        partners = list_partnernamen(kijker, peildatum, get_punten(bron, peildatum, kijker))
        show_regie(blad.punt, peildatum, partners)
    elif blad.punt and is_voorsteller:
        show_ongedaan(blad.id, peildatum)


def show_berichten(bron: Bron, peildatum: date, gebruiker: Gebruiker, blad: Blad) -> None:
    """Draw its berichten, newest first; who may write gets the form above them and can correct each."""
    kijker = gebruiker.kijker
    berichten = [b for b in get_berichten(bron, peildatum, kijker) if (b.soort, b.id) == (blad.soort, blad.id)]
    show_melding(blad.soort, blad.id)
    if kijker.mag_in(Handeling.BERICHT_SCHRIJVEN, blad.gebied, get_boom(bron, peildatum)):
        _show_schrijfbaar(peildatum, gebruiker, blad, berichten)
        return
    if is_verlopen():
        for formulier in st.session_state.get(_OPEN, ()):
            if (formulier.soort, formulier.id) == (blad.soort, blad.id):
                show_formulier(formulier)
    st.html(build_berichten_html(berichten, peildatum))


def _show_schrijfbaar(peildatum: date, gebruiker: Gebruiker, blad: Blad, berichten: Sequence[Bericht]) -> None:
    nieuw = build_formulier(gebruiker, blad.soort, blad.id, peildatum, blad.is_openbaar)
    st.session_state[_OPEN] = [nieuw]
    show_formulier(nieuw)
    eigen = find_ongedaan_van(gebruiker, blad.soort, blad.id)
    for bericht in berichten:
        with st.container(key=f"bericht_{bericht.nummer}", gap=None):
            _show_bericht(nieuw, bericht, eigen if eigen and eigen.bericht == bericht.nummer else None)
    if eigen and eigen.bericht not in {b.nummer for b in berichten}:
        st.caption(escape_markdown(f"Uw laatste wijziging: {describe_regel(eigen)}."))
        show_bericht_ongedaan(nieuw, eigen)
    elif not berichten:
        st.html(build_berichten_html((), peildatum))


def _show_bericht(nieuw: Formulier, bericht: Bericht, eigen: Logregel | None) -> None:
    """Draw a bericht with what this person may do with it; `eigen` is their own last change, when that is this one."""
    st.html(f'<div class="bericht">{build_bericht_html(bericht, nieuw.op)}</div>')
    versies = (bericht, *bericht.eerder)
    if basis := next((v for v in versies if str(v.nummer) == st.query_params.get(VERBETER)), None):
        formulier = replace(nieuw, basis=basis, versies=versies)
        st.session_state[_OPEN].append(formulier)
        show_formulier(formulier)
        return
    with st.container(horizontal=True, gap="medium"):
        st.button(
            "Verbeteren",
            key=f"verbeter_{bericht.nummer}",
            icon=":material/edit:",
            type="tertiary",
            on_click=_open_verbetering,
            args=(bericht,),
        )
        if eigen:
            show_bericht_ongedaan(nieuw, eigen)


def _open_verbetering(bericht: Bericht) -> None:
    st.query_params[VERBETER] = str(bericht.nummer)


def show_bericht_ongedaan(formulier: Formulier, regel: Logregel) -> None:
    """Draw the button that takes back this person's own last change of a bericht."""
    st.button(
        "Ongedaan maken",
        key=f"ongedaan_{regel.nummer}",
        icon=":material/undo:",
        type="tertiary",
        help=f"Uw laatste wijziging: {escape_markdown(describe_regel(regel))}.",
        on_click=undo,
        args=(formulier.soort, formulier.id, formulier.op, regel),
    )
