"""The board in the browser: the script that lets a card be dragged, and the way in which it tells what was done.

The script is a file of our own server: a component that is given as text runs from a blob, which the content security
policy forbids. Streamlit has such files for installed packages; so what a package declares is declared here.
"""

from collections.abc import Callable
from functools import cache
from hashlib import blake2s
from typing import Any, Final

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

from gebieden.instellingen import PROJECT

SLEUTEL: Final = "bord"
_SCRIPT: Final = "bord.js"
_MAP: Final = "static"
_PAKKET: Final = "gebieden"


@cache
def _get_naam() -> str:
    # Part of the address of the script: another content is another address, so that a browser keeps no old one.
    return f"bord-{blake2s((PROJECT / _MAP / _SCRIPT).read_bytes(), digest_size=8).hexdigest()}"


def _declare(naam: str) -> None:
    """Tell this server where the script is; once is enough."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(f"{_PAKKET}.{naam}") is None:
        manifest = ComponentManifest(_PAKKET, "1", [ComponentConfig(naam, _MAP)])
        manager.register_from_manifest(manifest, PROJECT)


@cache
def _build_onderdeel(naam: str) -> ComponentRenderer:
    return st.components.v2.component(f"{_PAKKET}.{naam}", js=_SCRIPT, isolate_styles=False)


def mount_bord(gegevens: dict[str, Any], on_zet: Callable[[], None], on_meer: Callable[[], None]) -> None:
    """Put the script beside the board: it says `melding` aloud, and calls back when a person does something."""
    _declare(_get_naam())
    _build_onderdeel(_get_naam())(key=SLEUTEL, data=gegevens, on_zet_change=on_zet, on_meer_change=on_meer)


def get_verzonden(naam: str) -> object:
    """Return what the browser sent under this name in this run; anything at all, so to be checked."""
    return st.session_state[SLEUTEL].get(naam)
