"""The decision list of a meeting: what was decided, changed and reported per point; closing and opening again."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from uuid import uuid4

import streamlit as st

from gebieden.domein.besluitenlijst import Regel
from gebieden.domein.overleg import Besluit, Overleg
from gebieden.domein.rechten import Pagina
from gebieden.domein.taal import format_datum
from gebieden.opslag.dossier import Vastgelegd, change_stuk
from gebieden.opslag.dossiersoorten import BESLUIT, OVERLEG
from gebieden.rapport.besluitenlijst import compose_telling, describe_staat, render_besluitenlijst
from gebieden.rapport.worddocument import DOCX
from gebieden.ui.dossierbeheer import Dossierblad, show_dossierbeheer, show_gedaan, try_stuk
from gebieden.ui.gegevens import Bron, open_engine
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.overleggegevens import NUMMER, Vergadering
from gebieden.ui.overlegpagina import DEEL, LIJST
from gebieden.ui.printblad import build_adres
from gebieden.ui.punten import build_velden_html
from gebieden.ui.toegang import determine_gebruiker


def show_lijst(bron: Bron, vergadering: Vergadering) -> None:
    """Draw the decision list, with the document to download, and what who runs the meeting can do."""
    blad = _build_blad(bron, vergadering)
    _show_knoppen(bron, vergadering, blad)
    show_gedaan(blad)
    verslag, lijst = vergadering.verslag, vergadering.verslag.lijst
    velden = [
        ("Gebied", verslag.gebied),
        ("Datum", format_datum(verslag.overleg.datum)),
        ("Aanwezig", verslag.overleg.aanwezig or "niet ingevuld"),
        ("Stand van deze lijst", verslag.stand),
    ]
    st.html(f'<div class="verslagkop">{build_velden_html(velden)}</div>')
    with st.container(key="zin"):
        st.markdown(escape_markdown(compose_telling(verslag)))
    if lijst.algemeen or vergadering.leidt:
        st.header("Algemene besluiten", anchor=False)
        st.html(_build_opsomming(lijst.algemeen))
    if vergadering.leidt:
        show_besluiten(bron, vergadering, "")
    st.header(f"Per punt ({len(lijst.per_punt)})", anchor=False)
    for id_, regels in lijst.per_punt.items():
        st.html(
            f'<section class="verslag"><h3>{escape(verslag.punten[id_].punt.titel)}</h3>{build_regels_html(regels)}'
        )
    if lijst.niet_behandeld:
        st.header(f"Niet behandeld ({len(lijst.niet_behandeld)})", anchor=False)
        rest = [verslag.punten[id_] for id_ in lijst.niet_behandeld]
        st.html(_build_opsomming([f"{p.punt.titel}: {describe_staat(p).lower()}" for p in rest]))


def show_besluiten(bron: Bron, vergadering: Vergadering, id_: str) -> None:
    """Draw what who runs the meeting can do with its decisions about one point, or about none ("")."""
    stuk = vergadering.stuk
    blad: Dossierblad[Besluit] = Dossierblad(
        BESLUIT,
        stuk.bij,
        bron.vandaag,
        "besluit erbij",
        lambda besluit: besluit.tekst,
        start={"overleg": stuk.nummer, "agendapunt": id_},
        verborgen=("overleg", "agendapunt"),
        plek=f"_{stuk.nummer}_{id_}",
    )
    show_dossierbeheer(blad, [b for b in vergadering.besluiten if b.velden.agendapunt == id_])


def build_regels_html(regels: Sequence[Regel]) -> str:
    """Return the lines about one point as a list of names and values."""
    delen = "".join(
        f'<div><dt>{escape(regel.soort)}</dt><dd class="tekst">{escape(regel.tekst)}</dd></div>' for regel in regels
    )
    return f'<dl class="regels">{delen}</dl>'


def _build_opsomming(teksten: Sequence[str]) -> str:
    if not teksten:
        return '<p class="bij">Nog geen.</p>'
    return f'<ul class="opsomming">{"".join(f"<li class=tekst>{escape(tekst)}</li>" for tekst in teksten)}</ul>'


def _build_blad(bron: Bron, vergadering: Vergadering) -> Dossierblad[Overleg]:
    stuk = vergadering.stuk
    return Dossierblad(OVERLEG, stuk.bij, bron.vandaag, "", lambda overleg: overleg.titel, plek=f"_{stuk.nummer}")


def _show_knoppen(bron: Bron, vergadering: Vergadering, blad: Dossierblad[Overleg]) -> None:
    is_dicht, stuk = vergadering.stuk.velden.is_afgesloten, vergadering.stuk
    with st.container(horizontal=True, vertical_alignment="center"):
        if vergadering.leest_mee and not is_dicht:
            st.button("Terug naar de punten", icon=":material/arrow_back:", on_click=_go_back)
        st.download_button(
            "Download de besluitenlijst (Word)",
            data=lambda: render_besluitenlijst(
                vergadering.verslag,
                bron.vandaag,
                build_adres(Pagina.OVERLEG, f"?{NUMMER}={stuk.nummer}&{DEEL}={LIJST}"),
                verzonnen=bron.demo,
            ),
            file_name=f"besluitenlijst_{stuk.bij}_{stuk.velden.datum.isoformat()}.docx",
            mime=DOCX,
            icon=":material/download:",
            key=f"besluitenlijst_{stuk.nummer}",
            on_click="ignore",
        )
        if vergadering.leidt and st.button("Overleg afsluiten", type="primary", icon=":material/lock:"):
            _store(blad, vergadering, True)
        if vergadering.mag_leiden and is_dicht and st.button("Overleg heropenen", icon=":material/lock_open:"):
            _store(blad, vergadering, False)
        st.button("Alle overleggen", icon=":material/list:", type="tertiary", on_click=st.query_params.clear)


def _go_back() -> None:
    st.query_params.pop(DEEL, None)


def _store(blad: Dossierblad[Overleg], vergadering: Vergadering, is_dicht: bool) -> None:
    stuk = vergadering.stuk
    sleutel: str = st.session_state.setdefault(f"{blad.naam}_sluiten", uuid4().hex)

    def doe() -> Vastgelegd:
        wens = replace(stuk.velden, is_afgesloten=is_dicht)
        engine, wie = open_engine(), determine_gebruiker()
        return change_stuk(engine, wie, OVERLEG, stuk.nummer, stuk.velden, wens, sleutel=sleutel, op=blad.op)

    try_stuk(blad, "sluiten", "Het overleg is afgesloten" if is_dicht else "Het overleg is heropend", doe)
