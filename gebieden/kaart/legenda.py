"""Legenda: the classes of the map in words, colour and sign, as data and as HTML."""

from base64 import b64encode
from dataclasses import dataclass
from html import escape

from gebieden.kaart.kleuren import KAARTKLEUREN, TEKENS, Klasse, Kleurstelling, Teken, Vulling
from gebieden.kaart.kleuring import EENHEID_PUNTEN, STAND_ONBEKEND, Klassenreeks, Kleuring

_LIJSTSTIJL = "list-style:none;margin:.35rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1rem"
_REGELSTIJL = "display:flex;align-items:center;gap:.4rem;margin:0"


@dataclass(frozen=True, slots=True)
class Legendaregel:
    """One class: its words, its sign, and its fill per theme."""

    klasse: Klasse
    woorden: str
    teken: Teken
    licht: Vulling
    donker: Vulling


def build_legenda(
    reeks: Klassenreeks, *, leeg: str = f"geen {EENHEID_PUNTEN[1]}", onbekend: str = STAND_ONBEKEND
) -> tuple[Legendaregel, ...]:
    """Return every class of this series, then "geen punten" (or what is counted) and what is not known."""
    woorden = {Klasse(nummer): tekst for nummer, tekst in enumerate(reeks.woorden, start=1)}
    woorden |= {Klasse.GEEN_PUNTEN: leeg, Klasse.ONBEKEND: onbekend}
    return tuple(
        Legendaregel(
            klasse=klasse,
            woorden=tekst,
            teken=TEKENS[klasse],
            licht=KAARTKLEUREN["licht"].klassen[klasse],
            donker=KAARTKLEUREN["donker"].klassen[klasse],
        )
        for klasse, tekst in woorden.items()
    )


def build_legenda_html(kleuring: Kleuring, kleurstelling: Kleurstelling, *, vergelijking: str) -> str:
    """Return the legend as an HTML list; `vergelijking` says what one compares with. All text is escaped."""
    regels = "".join(
        f'<li style="{_REGELSTIJL}">{_draw_vakje(regel, kleurstelling)} {escape(regel.woorden)}</li>'
        for regel in build_legenda(kleuring.reeks, leeg=kleuring.leeg, onbekend=kleuring.onbekend)
    )
    titel = f"<strong>{escape(kleuring.indicatorwoorden)}</strong> {escape(vergelijking)}"
    return f'<div class="legenda"><div>{titel}</div><ul style="{_LIJSTSTIJL}">{regels}</ul></div>'


def _draw_vakje(regel: Legendaregel, kleurstelling: Kleurstelling) -> str:
    """Return the sample of one class as an image in itself: `st.html` takes SVG elements out, not images."""
    vulling = regel.licht if kleurstelling == "licht" else regel.donker
    lijn = KAARTKLEUREN[kleurstelling].lijn
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="26" height="18" viewBox="0 0 26 18">'
        f'<rect x=".5" y=".5" width="25" height="17" rx="2" fill="{vulling.vlak}" stroke="{lijn}"/>'
        f"{_draw_teken(regel.teken, vulling.inkt)}</svg>"
    )
    inhoud = b64encode(svg.encode()).decode()
    stijl = "flex:none;display:block"
    return f'<img src="data:image/svg+xml;base64,{inhoud}" width="26" height="18" alt="" style="{stijl}">'


def _draw_teken(teken: Teken, inkt: str) -> str:
    if teken is Teken.ARCERING:
        strepen = "M1 10 10 1M1 17 17 1M9 17 25 1M17 17 25 9"
        return f'<path d="{strepen}" stroke="{inkt}" stroke-width="1.2"/>'
    if teken is Teken.STIPPEN:
        stippen = ((5, 5), (13, 5), (21, 5), (9, 9), (17, 9), (5, 13), (13, 13), (21, 13))
        return "".join(f'<circle cx="{x}" cy="{y}" r=".9" fill="{inkt}"/>' for x, y in stippen)
    ring = f'<circle cx="13" cy="9" r="5" fill="none" stroke="{inkt}" stroke-width="1.3"/>'
    return ring + _draw_schijfdeel(teken, inkt)


def _draw_schijfdeel(teken: Teken, inkt: str) -> str:
    delen = {
        Teken.SCHIJF_KWART: "M13 9V4a5 5 0 0 1 5 5z",
        Teken.SCHIJF_HALF: "M13 9V4a5 5 0 0 1 0 10z",
        Teken.SCHIJF_DRIEKWART: "M13 9V4a5 5 0 1 1-5 5z",
        Teken.SCHIJF_VOL: "M13 4a5 5 0 1 1-.01 0z",
    }
    return f'<path d="{delen[teken]}" fill="{inkt}"/>' if teken in delen else ""
