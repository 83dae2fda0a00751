"""Download buttons for exactly what is on screen."""

from collections.abc import Callable

import streamlit as st

from gebieden.rapport.inhoud import Uitvoer
from gebieden.rapport.uitvoer import MEDIATYPEN, render_uitvoer

_NAMEN = {"xlsx": "Excel", "csv": "CSV", "gpkg": "GeoPackage (QGIS)", "geojson": "GeoJSON"}


def show_uitvoerknoppen(naam: str, bouw: Callable[[], Uitvoer], formaten: tuple[str, ...] = tuple(_NAMEN)) -> None:
    """Draw a menu of download buttons; a file is only made when somebody asks for it."""
    with st.popover("Download wat u ziet", icon=":material/download:"):
        st.caption("Bron, peildatum en definitie staan in het bestand.")
        for formaat in formaten:
            st.download_button(
                _NAMEN[formaat],
                data=_render_later(bouw, formaat),
                file_name=f"{naam}.{formaat}",
                mime=MEDIATYPEN[formaat],
                key=f"download_{naam}_{formaat}",
                on_click="ignore",
                width="stretch",
            )


def _render_later(bouw: Callable[[], Uitvoer], formaat: str) -> Callable[[], bytes]:
    return lambda: render_uitvoer(bouw(), formaat)
