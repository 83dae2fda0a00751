"""The parts of the page Gegevens: upload with column mapping, the report, boundaries from PDOK, settings."""

import re
import tempfile
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from gebieden.domein.fouten import Ernst, GebiedenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.taal import format_aantal, format_getal
from gebieden.inlezen.koppen import Koppen, read_bronkoppen
from gebieden.inlezen.pdok import fetch_grenzen
from gebieden.instellingen import read_instellingen
from gebieden.opslag.beheer import count_inhoud
from gebieden.opslag.database import Deel, begin_schrijven, mark_modus
from gebieden.opslag.invoer import SOORTEN, Importverslag, Invoer, import_bestand, save_opgehaald
from gebieden.rapport.bevindingen import compose_bevindingentabel, render_bevindingen_csv
from gebieden.ui.gegevens import Bron, open_engine
from gebieden.ui.opmaak import escape_markdown
from gebieden.ui.raamwerk import show_fout

_EXTENSIES = {"gebieden": ["geojson", "json", "gpkg", "zip"]}
_TABEL = ["csv", "txt", "xlsx", "xls", "ods"]
_NIET = "(niet in het bestand)"
_GETOOND = 500
_VREEMD_TEKEN = re.compile(r"[^\w .,()-]")


def show_inhoud() -> None:
    """Draw how much of each kind of data there is."""
    with open_engine().connect() as conn:
        aantallen = count_inhoud(conn)
    st.markdown(" · ".join(f"**{format_getal(n)}** {soort}" for soort, n in aantallen.items()))


def show_inlezen(bron: Bron, gebruiker: Gebruiker) -> None:
    """Draw the import: choose, map columns, check without storing, store."""
    soort = st.selectbox("Wat wilt u inlezen?", SOORTEN, key="soort_invoer", width=300)
    upload = st.file_uploader("Bestand", type=_EXTENSIES.get(soort, _TABEL), key=f"upload_{soort}")
    if upload is None:
        st.caption("Kies een bestand. Er wordt niets opgeslagen voordat u op 'Inlezen' drukt.")
        return
    with tempfile.TemporaryDirectory() as map_:
        pad = store_tijdelijk(upload, Path(map_))
        try:
            invoer = _pick_invoer(soort, pad, upload.name)
            _run_invoer(bron, gebruiker, invoer)
        except GebiedenError as fout:
            show_fout(fout)


def store_tijdelijk(upload: UploadedFile, map_: Path) -> Path:
    """Write an upload to a folder, under a name that is safe to use and to show; return where it is."""
    # Messages name the file, but the visitor's name for it may hold anything.
    naam = Path(_VREEMD_TEKEN.sub("_", upload.name))
    pad = map_ / f"{naam.stem.strip(' .')[:80] or 'invoer'}{naam.suffix.lower()}"
    with pad.open("wb") as doel:
        while blok := upload.read(1 << 20):
            doel.write(blok)
    upload.seek(0)
    return pad


def _pick_invoer(soort: str, pad: Path, naam: str) -> Invoer:
    with st.expander("Als het bestand meer bladen of lagen heeft, of geen coördinatenstelsel noemt"):
        laag = st.text_input("Blad of laag", key="laag").strip() or None
        crs = st.selectbox("Coördinatenstelsel", ["zoals in het bestand", "EPSG:28992", "EPSG:4326"], key="crs")
    koppen = read_bronkoppen(soort, pad, naam, laag)
    kolommen = _pick_kolommen(koppen)
    return Invoer(soort, pad, kolommen, laag, crs=crs if crs != "zoals in het bestand" else None, naam=naam)


def _pick_kolommen(koppen: Koppen) -> dict[str, str]:
    """Draw the mapping of our columns to the file's; return only what differs from what was recognised."""
    ontbreekt = koppen.verplicht - koppen.herkend.keys()
    gekozen: dict[str, str] = {}
    titel = f"Kolommen: {len(koppen.herkend)} van {len(koppen.doelen)} herkend"
    with st.expander(titel, expanded=bool(ontbreekt), icon=":material/view_column:"):
        st.caption("Kies bij iedere kolom van ons de kolom van uw bestand. Kolommen met * zijn nodig.")
        with st.container(horizontal=True, gap="small"):
            for doel in koppen.doelen:
                herkend = koppen.herkend.get(doel)
                opties = [_NIET, *koppen.bronnen]
                keuze = st.selectbox(
                    f"{doel}{' *' if doel in koppen.verplicht else ''}",
                    opties,
                    index=opties.index(herkend) if herkend in opties else 0,
                    key=f"kolom_{doel}",
                    width=235,
                )
                if keuze not in (_NIET, herkend) and keuze is not None:
                    gekozen[doel] = keuze
    return gekozen


def _run_invoer(bron: Bron, gebruiker: Gebruiker, invoer: Invoer) -> None:
    with st.container(horizontal=True):
        controleer = st.button("Controleren", icon=":material/fact_check:")
        lees_in = st.button("Inlezen", type="primary", icon=":material/database_upload:")
    if not (controleer or lees_in):
        return
    balk = st.progress(0.0, "Het bestand wordt gelezen …")

    def meld_voortgang(aandeel: float, tekst: str) -> None:
        balk.progress(min(aandeel, 1.0), tekst)

    if lees_in:
        with begin_schrijven(open_engine(), Deel.INSTELLINGEN) as conn:
            mark_modus(conn, read_instellingen().modus)
    verslag = import_bestand(
        open_engine(),
        gebruiker,
        invoer,
        bron.vandaag,
        droog=not lees_in,
        melder=meld_voortgang,
    )
    balk.empty()
    show_verslag(verslag, opgeslagen=lees_in)


def show_verslag(verslag: Importverslag, *, opgeslagen: bool) -> None:
    """Draw the four counts and every finding."""
    telling = verslag.telling
    zin = (
        f"{format_aantal(verslag.aantal_rijen, 'rij', 'rijen')}: {telling.ingelezen} ingelezen, "
        f"{telling.bijgewerkt} bijgewerkt, {telling.ongewijzigd} ongewijzigd, {verslag.afgekeurd} afgekeurd."
    )
    if not opgeslagen:
        st.info(f"Alleen gecontroleerd, niets opgeslagen. {zin}", icon=":material/fact_check:")
    elif verslag.afgekeurd:
        st.warning(f"Opgeslagen, op de afgekeurde rijen na. {zin}", icon=":material/warning:")
    else:
        st.success(f"Alles is opgeslagen. {zin}", icon=":material/check_circle:")
    if verslag.bevindingen:
        tabel = compose_bevindingentabel(verslag.bevindingen)
        volgorde = {str(e): n for n, e in enumerate(Ernst)}
        tabel = tabel.sort_values("ernst", key=lambda e: e.map(volgorde), kind="stable")
        st.dataframe(tabel.head(_GETOOND), hide_index=True, alt="Alle bevindingen over het bestand")
        if len(tabel) > _GETOOND:
            st.caption(
                f"Hier staan de eerste {_GETOOND} van {format_getal(len(tabel))}. Het bestand heeft ze allemaal."
            )
        st.download_button(
            "Download het hele verslag",
            render_bevindingen_csv(verslag.bevindingen),
            "importverslag.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def show_ophalen(gebruiker: Gebruiker) -> None:
    """Draw the fetching of official boundaries."""
    with st.form("ophalen"), st.container(horizontal=True, vertical_alignment="bottom"):
        gemeente = st.text_input("Gemeentecode", value="GM0361", max_chars=6, width=180)
        jaar = st.text_input("Jaar", value="2025", max_chars=4, width=120)
        gevraagd = st.form_submit_button("Ophalen bij PDOK", icon=":material/cloud_download:")
    if not gevraagd:
        return
    if not jaar.isdigit():
        st.error(f"'{escape_markdown(jaar)}' is geen jaar. Verwacht: vier cijfers, zoals 2025.")
        return
    try:
        with st.spinner("De grenzen worden opgehaald bij PDOK …"):
            resultaat = fetch_grenzen(gemeente, int(jaar))
            verslag = save_opgehaald(open_engine(), gebruiker, resultaat)
    except GebiedenError as fout:
        show_fout(fout)
        return
    show_verslag(verslag, opgeslagen=True)
