"""Which script files the first page needs: our own, and those of Streamlit, so that the browser fetches them at once.

Streamlit fetches the script of an element when the first such element arrives, and that one's own imports after
it: on a first visit the map's script waits behind thirty others. The page says beforehand what will be needed.
"""

import re
from collections.abc import Iterable
from functools import cache
from hashlib import blake2s
from pathlib import Path
from typing import Final

import streamlit as st

from gebieden.instellingen import PROJECT

# The map first; then what Overzicht has besides.
ELEMENTEN = ("ComponentInstance", "Html", "Selectbox", "ButtonGroup", "Radio", "Button", "PageLink", "Pagination")
_SCRIPTS = Path(st.__file__).parent / "static" / "static" / "js"
_EIGEN_SCRIPT: Final = PROJECT / "static" / "scherm.js"
_IMPORT = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


@cache
def list_scripts(elementen: tuple[str, ...] = ELEMENTEN) -> tuple[str, ...]:
    """Return the file names of these elements and of everything they import, each once, in order of need.

    Empty for an element that this version of Streamlit does not have.
    """
    gevonden: dict[str, None] = {}
    for element in elementen:
        _add_met_imports([pad.name for pad in sorted(_SCRIPTS.glob(f"{element}.*.js"))], gevonden)
    return tuple(gevonden)


def _add_met_imports(namen: Iterable[str], gevonden: dict[str, None]) -> None:
    for naam in namen:
        if naam not in gevonden and (_SCRIPTS / naam).is_file():
            gevonden[naam] = None
            _add_met_imports(_IMPORT.findall((_SCRIPTS / naam).read_text(encoding="utf-8")), gevonden)


def add_voorladen(pagina: bytes) -> bytes:
    """Return Streamlit's page with a hint for each script that it does not name itself."""
    hints = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{naam}">'
        for naam in list_scripts()
        if naam.encode() not in pagina
    )
    return pagina.replace(b"</head>", hints.encode() + b"</head>", 1)


@cache
def build_scripttag() -> bytes:
    """Return the tag of our own script; its address changes with its content, so a browser may keep it."""
    merk = blake2s(_EIGEN_SCRIPT.read_bytes(), digest_size=8).hexdigest()
    return f'<script type="module" src="./app/static/{_EIGEN_SCRIPT.name}?v={merk}"></script>'.encode()


def add_script(pagina: bytes) -> bytes:
    """Return Streamlit's page with our own script in it."""
    return pagina.replace(b"</head>", build_scripttag() + b"</head>", 1)
