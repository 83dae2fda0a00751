"""Everything a page sends to the browser, as bytes: whatever element it sits in, shown, folded in or hidden."""

from collections.abc import Iterator
from html import escape, unescape

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Node

from gebieden.domein.rechten import Pagina
from gebieden.ui.opmaak import escape_markdown


def collect_alles(at: AppTest) -> bytes:
    """Return the protos of the whole page one after another; tables and charts hold their text as plain UTF-8."""
    return b"\n".join(proto.SerializeToString() for proto in iterate_protos(at))


def iterate_protos(at: AppTest) -> Iterator[Message]:
    """Yield the proto of every element and container of the page."""
    return _iterate_knoop(at._tree)


def _iterate_knoop(knoop: Node) -> Iterator[Message]:
    proto = getattr(knoop, "proto", None)
    if proto is not None:
        yield proto
    for kind in getattr(knoop, "children", {}).values():
        yield from _iterate_knoop(kind)


def bevat(inhoud: bytes, tekst: str) -> bool:
    """Return whether a text occurs, plain or as HTML or Markdown shows it literally."""
    kaal = " ".join(tekst.split())
    vormen = {tekst, kaal, escape(tekst), escape(kaal), escape_markdown(tekst), unescape(tekst)}
    return any(vorm.encode() in inhoud for vorm in vormen)


def list_paginas(at: AppTest) -> set[Pagina]:
    """Return the pages that one can go to from here."""
    return {pagina for pagina in Pagina if _is_er(at, pagina)}


def _is_er(at: AppTest, pagina: Pagina) -> bool:
    try:
        at.switch_page(f"pages/{pagina}.py")
    except ValueError as fout:
        assert "Could not find a navigation page" in str(fout)
        return False
    return True
