"""In Excel bewerken: on the page Agenda a regisseur takes points to a workbook, and brings them back."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from gebieden.domein.fouten import GebiedenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.punt import Punt
from gebieden.domein.rechten import Handeling, Kijker
from gebieden.domein.taal import format_aantal, format_getal
from gebieden.domein.werkblad import MAX_REGELS
from gebieden.inlezen.werkblad import read_werkblad
from gebieden.rapport.uitvoer import MEDIATYPEN
from gebieden.rapport.werkblad import compose_werkblad, render_werkblad
from gebieden.ui.exceloordeel import show_oordeel
from gebieden.ui.excelstand import Excelstand
from gebieden.ui.gegevens import Bron, get_boom, open_engine
from gebieden.ui.gegevenspagina import store_tijdelijk
from gebieden.ui.raamwerk import show_fout
from gebieden.ui.toegang import determine_gebruiker

_STAND: Final = "excel_stand"
_MAX_MB: Final = 50


def show_excel(bron: Bron, kijker: Kijker, op: date, punten: Sequence[Punt]) -> None:
    """Draw, for who may change points, the way to Excel and back; folded in until it is used."""
    if not kijker.mag(Handeling.PUNT_BEHEREN):
        return
    with st.expander("In Excel bewerken", icon=":material/table_edit:", key="excel"):
        _show_download(bron, kijker, op, punten)
        upload = st.file_uploader(
            "Het bewerkte bestand terug", type=["xlsx"], key="excel_upload", max_upload_size=_MAX_MB
        )
        st.caption("U ziet eerst wat er verandert. Er wordt niets opgeslagen voordat u op 'Overnemen' drukt.")
        stand = _read_stand(upload) if upload else None
        if stand:
            show_oordeel(stand, bron.versies.agenda, op)


def _show_download(bron: Bron, kijker: Kijker, op: date, punten: Sequence[Punt]) -> None:
    eigen = kijker.list_eigen(get_boom(bron, op))
    ids = [p.punt.id for p in punten if p.punt.gebied in eigen]
    elders = len(punten) - len(ids)
    zin = f"Van de selectie hieronder kunt u {format_aantal(len(ids), 'punt', 'punten')} bewerken."
    if elders:
        rest = "ligt buiten uw eigen gebied en gaat" if elders == 1 else "liggen buiten uw eigen gebied en gaan"
        zin += f" {format_aantal(elders, 'punt', 'punten')} {rest} niet mee."
    if len(ids) > MAX_REGELS:
        zin += (
            f" Dat is te veel voor één werkblad: verwacht hoogstens {format_getal(MAX_REGELS)}. Kies eerst een gebied."
        )
    st.markdown(zin)
    # The file is made once somebody asks for it: by then it is nobody's page any more.
    gebruiker = determine_gebruiker()
    st.download_button(
        "Download werkblad",
        lambda: _render(gebruiker, ids, op),
        "agenda_bewerken.xlsx",
        MEDIATYPEN["xlsx"],
        icon=":material/download:",
        key="excel_download",
        on_click="ignore",
        disabled=not 0 < len(ids) <= MAX_REGELS,
    )


def _render(gebruiker: Gebruiker, ids: list[str], op: date) -> bytes:
    with open_engine().connect() as conn:
        return render_werkblad(compose_werkblad(conn, gebruiker, ids, op))


def _read_stand(upload: UploadedFile) -> Excelstand | None:
    """Return what the session knows of this file, read when it is new; None, with the fault drawn, if it cannot be."""
    bekend: tuple[str, Excelstand | GebiedenError] | None = st.session_state.get(_STAND)
    if bekend is None or bekend[0] != upload.file_id:
        bekend = st.session_state[_STAND] = (upload.file_id, _read(upload))
    if isinstance(bekend[1], GebiedenError):
        show_fout(bekend[1])
        return None
    return bekend[1]


def _read(upload: UploadedFile) -> Excelstand | GebiedenError:
    with tempfile.TemporaryDirectory() as map_, st.spinner("Het bestand wordt gelezen …"):
        try:
            return Excelstand(read_werkblad(store_tijdelijk(upload, Path(map_))))
        except GebiedenError as fout:
            return fout
