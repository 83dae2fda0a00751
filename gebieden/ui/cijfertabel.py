"""A table of figures in our own HTML: named for a screen reader, and scrolling in a region of its own."""

from collections.abc import Iterable, Sequence
from html import escape


def build_tabelvak(bijschrift: str, koppen: Iterable[str], lijf: str, klasse: str = "") -> str:
    """Return a table around rows that are HTML already; caption and headings are escaped."""
    kop = "".join(f'<th scope="col">{escape(k)}</th>' for k in koppen)
    return (
        f'<div class="tabelvak" role="region" aria-label="{escape(bijschrift)}" tabindex="0">'
        f'<table class="{f"telling {klasse}".strip()}"><caption>{escape(bijschrift)}</caption>'
        f"<thead><tr>{kop}</tr></thead><tbody>{lijf}</tbody></table></div>"
    )


def build_cijfertabel(bijschrift: str, koppen: Iterable[str], rijen: Iterable[Sequence[str]], klasse: str = "") -> str:
    """Return a table of texts, the first of each row its heading; everything is escaped."""
    lijf = "".join(
        f'<tr><th scope="row">{escape(naam)}</th>{"".join(f"<td>{escape(cel)}</td>" for cel in cellen)}</tr>'
        for naam, *cellen in rijen
    )
    return build_tabelvak(bijschrift, koppen, lijf, klasse)
