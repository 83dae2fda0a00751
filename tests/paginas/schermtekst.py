"""Everything a page sends to the browser, as bytes: whatever element it sits in, shown, folded in or hidden."""

from collections.abc import Iterator
from html import escape, unescape

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Node

from gebieden.ui.opmaak import escape_markdown


def collect_alles(at: AppTest) -> bytes:
    """Return the protos of the whole page one after another; tables and charts hold their text as plain UTF-8."""
    return b"\n".join(_iterate_protos(at._tree))


def _iterate_protos(knoop: Node) -> Iterator[bytes]:
    proto = getattr(knoop, "proto", None)
    if proto is not None:
        yield proto.SerializeToString()
    for kind in getattr(knoop, "children", {}).values():
        yield from _iterate_protos(kind)


def bevat(inhoud: bytes, tekst: str) -> bool:
    """Return whether a text occurs, plain or as HTML or Markdown shows it literally."""
    kaal = " ".join(tekst.split())
    vormen = {tekst, kaal, escape(tekst), escape(kaal), escape_markdown(tekst), unescape(tekst)}
    return any(vorm.encode() in inhoud for vorm in vormen)
