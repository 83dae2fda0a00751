"""Kaartvenster: the map on a page. No page logic: it shows a `Kaartbeeld` and reports a click."""

import streamlit as st

from gebieden.kaart.kaartbeeld import Basiskaart, Kaartbeeld, Kaartdelta


def show_kaart(beeld: Kaartbeeld, *, sleutel: str, hoogte: int = 520) -> str | None:
    """Draw the map and return the code of the area that was clicked since the last run, else None.

    A click outside all areas gives an empty text. A click is reported once: a rerun for another reason returns None
    again, so keep the selection yourself and give it back as `beeld.geselecteerd`. Panning and zooming do not rerun
    anything. `sleutel` is fixed per map; a map that keeps it is never rebuilt, whatever changes in `beeld`. Works
    inside and outside an `st.fragment`.
    """
    # Not at the top: imported before a session runs (as app.py is, to find its routes), the component would
    # never be registered.
    from streamlit_folium import st_folium

    antwoord = st_folium(
        Basiskaart(),
        key=sleutel,
        height=hoogte,
        use_container_width=True,
        # An empty list: streamlit-folium itself reports nothing, only our own script does, and only clicks.
        returned_objects=[],
        feature_group_to_add=Kaartdelta(beeld),
    )
    klik = (antwoord or {}).get("klik")
    gezien = f"{sleutel}-klik-gezien"
    if klik is None or klik["nummer"] == st.session_state.get(gezien):
        return None
    st.session_state[gezien] = klik["nummer"]
    return str(klik["code"])
