"""How what is kept beside the points looks: calm where nothing is, older things folded. All text is escaped here."""

from collections.abc import Sequence
from html import escape

import streamlit as st


def show_deel(titel: str, html: str, leeg: str, *, mag: bool) -> None:
    """Draw a part under its heading; one that is empty, for who cannot write in it, as one line."""
    if html or mag:
        st.header(titel, anchor=False)
        st.html(html or f'<p class="bij">{escape(leeg)}</p>')
    else:
        st.html(f'<p class="leegdeel"><strong>{escape(titel)}:</strong> {escape(leeg)}</p>')


def build_eerder_html(regels: Sequence[str], id_: str) -> str:
    """Return what was said earlier, folded; every line is HTML already."""
    if not regels:
        return ""
    items = "".join(f"<li>{regel}</li>" for regel in regels)
    return (
        f'<details class="eerder" id="{escape(id_)}"><summary>Eerder ({len(regels)})</summary>'
        f'<ol class="berichten">{items}</ol></details>'
    )


def build_bijregel(*delen: str) -> str:
    """Return the parts that are not empty as one small line."""
    return f'<span class="bij">{escape(" · ".join(deel for deel in delen if deel))}</span>'


def build_tekst(tekst: str) -> str:
    """Return a text of more than one line as it was typed; nothing for an empty one."""
    return f'<span class="tekst">{escape(tekst)}</span>' if tekst else ""
