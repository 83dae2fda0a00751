"""A small application around the map, for the browser tests and the benchmark of the map.

Reads prepared boundary files from the folder GEBIEDEN_PROEFGRENZEN: `{naam}.json` with hash, codes and
`{hash}.json.gz`. `?set=naam` chooses one, `?soort=kaart|kaal|leeg` what is on the page.
"""

import json
import os
import zlib
from pathlib import Path

import folium
import streamlit as st
from starlette.middleware import Middleware

from gebieden.kaart.kaartbeeld import SCRIPTS, STIJLEN, Kaartbeeld
from gebieden.kaart.kleuring import Gebiedsstand, build_kleuring
from gebieden.kaart.legenda import build_legenda_html
from gebieden.ui.kaartvenster import show_kaart
from gebieden.ui.server import NederlandsePagina, build_grenzen_route

GRENZEN = Path(os.environ["GEBIEDEN_PROEFGRENZEN"])
THEMAS = ("alle thema's", "schoon", "heel", "veilig", "sociaal", "ondernemend")


def load_grenzenbestand(hash_: str) -> bytes | None:
    pad = GRENZEN / f"{hash_}.json.gz"
    return pad.read_bytes() if pad.exists() else None


@st.cache_data
def load_set(naam: str) -> dict[str, object]:
    return json.loads((GRENZEN / f"{naam}.json").read_text())


@st.cache_data
def invent_standen(naam: str, thema: str) -> dict[str, Gebiedsstand]:
    """Figures that look like anything but are the same every time."""
    standen = {}
    for code in load_set(naam)["codes"]:
        getal = zlib.crc32(f"{code}{thema}".encode())
        noemer = getal % 15
        teller = (getal >> 8) % (noemer + 1)
        standen[code] = Gebiedsstand(None, None) if getal % 17 == 0 else Gebiedsstand(teller, noemer)
    return standen


def show_pagina(naam: str) -> None:
    bron = load_set(naam)
    thema = st.selectbox("Thema", THEMAS)
    kleuring = build_kleuring(
        bron["codes"],
        invent_standen(naam, thema),
        indicator="klaar",
        indicatorwoorden=os.environ.get("GEBIEDEN_PROEFWOORDEN", "Klaar"),
        filtersleutel=thema,
        filterregel="" if thema == THEMAS[0] else f"Thema {thema}",
    )
    beeld = Kaartbeeld(
        kleuring=kleuring,
        grenzen_url=f"grenzen/{bron['hash']}.json",
        schematisch=True,
        geselecteerd=st.session_state.get("keuze"),
        focus=st.query_params.get("focus"),
        achtergrond="grijs" if "grijs" in st.query_params else "geen",
    )
    geklikt = show_kaart(beeld, sleutel="kaart", hoogte=int(st.query_params.get("hoogte", "520")))
    if geklikt:
        st.session_state["keuze"] = geklikt
        st.session_state["kliks"] = st.session_state.get("kliks", 0) + 1
        st.rerun()
    kleurstelling = "donker" if st.context.theme.type == "dark" else "licht"
    st.html(build_legenda_html(kleuring, kleurstelling, vergelijking="van de punten op de eigen agenda"))
    st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    st.write(f"Keuze: {st.session_state.get('keuze', 'geen')}, kliks: {st.session_state.get('kliks', 0)}")
    st.write(f"Runs: {st.session_state['runs']}")
    if st.button("Kies het eerste gebied"):
        st.session_state["keuze"] = bron["codes"][0]
        st.rerun()
    st.button("Niets")


def show_kale_pagina() -> None:
    thema = st.selectbox("Thema", THEMAS)
    st.html(f'<p class="antwoord">Gekozen: {THEMAS.index(thema)}</p>')


def show_lege_kaart() -> None:
    """What streamlit-folium itself costs: an empty map whose Leaflet comes from this server."""
    from streamlit_folium import st_folium

    kaart = folium.Map(tiles=None, location=[52.6, 4.8])
    kaart.default_js = [("leaflet", f"/app/static/{SCRIPTS[0]}")]
    kaart.default_css = [("leaflet_css", f"/app/static/{STIJLEN[0]}")]
    st_folium(kaart, key="leeg", returned_objects=[], height=520, use_container_width=True)


def main() -> None:
    st.set_page_config(page_title="Proefkaart", layout="wide")
    soort = st.query_params.get("soort", "kaart")
    if soort == "kaal":
        show_kale_pagina()
    elif soort == "leeg":
        show_lege_kaart()
    else:
        show_pagina(st.query_params.get("set", "klein"))


if __name__ == "__main__":
    main()
else:
    app = st.App(
        __file__,
        routes=[build_grenzen_route(load_grenzenbestand)],
        middleware=[Middleware(NederlandsePagina)],
    )
