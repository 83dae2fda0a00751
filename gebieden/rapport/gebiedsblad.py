"""Het gebiedsblad: an area on one A4, as an HTML document that needs nothing from elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from gebieden.domein.celtekst import clean_tekst
from gebieden.domein.taal import format_aantal, format_datum
from gebieden.rapport.bladindeling import (
    KOP_REGELS,
    Bladpunt,
    Groep,
    Indeling,
    count_regels,
    fit_groepen,
    group_punten,
)
from gebieden.rapport.bladstijl import STIJL
from gebieden.rapport.kaartje import Kaartje, render_kaartje

# In lines of `--regel`: what the sheet has room for under its head and above its foot.
REGELS = 48.0
_RUIMTE_INITIATIEVEN = 5
_RUIMTE_TELLING = 10


@dataclass(frozen=True, slots=True)
class Bladinitiatief:
    """An initiative as it stands on the sheet; `staat` in words."""

    titel: str
    staat: str


@dataclass(frozen=True, slots=True)
class Bladtelling:
    """A small table of counts, as text: suppressed cells read as the page shows them."""

    kop: str
    kolommen: tuple[str, ...]
    rijen: tuple[tuple[str, ...], ...]
    noot: str = ""


@dataclass(frozen=True, slots=True)
class Gebiedsblad:
    """Everything on the sheet, as a person may see it.

    `adres` is the page it was made from, `uitleg` the one with the definitions.
    """

    naam: str
    hoort_bij: str
    zin: str
    punten: tuple[Bladpunt, ...]
    peildatum: date
    bron: str
    adres: str
    uitleg: str
    verzonnen: bool
    initiatieven: tuple[Bladinitiatief, ...] = ()
    telling: Bladtelling | None = None
    kaartje: Kaartje | None = None


def render_gebiedsblad(blad: Gebiedsblad) -> str:
    """Return the sheet as a whole HTML document that prints on exactly one A4, however much there is to tell."""
    titel = f"{blad.naam}, stand van {format_datum(blad.peildatum)}"
    delen = (_render_kop(blad), _render_inhoud(blad), _render_voet(blad), _render_merk(blad))
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light">'
        f"<title>{_e(titel)}</title><style>{STIJL}</style></head>"
        f'<body><main class="blad">{"".join(delen)}</main></body></html>'
    )


def _e(tekst: str) -> str:
    return escape(clean_tekst(tekst))


def _render_kop(blad: Gebiedsblad) -> str:
    kaart = ""
    if blad.kaartje:
        onderschrift = "<figcaption>Schematische grenzen</figcaption>" if blad.kaartje.schematisch else ""
        kaart = f"<figure>{render_kaartje(blad.kaartje, clean_tekst(blad.naam))}{onderschrift}</figure>"
    return (
        f'<header><div><h1>{_e(blad.naam)}</h1><p class="bij">{_e(blad.hoort_bij)}</p>'
        f'<p class="zin">{_e(blad.zin)}</p></div>{kaart}</header>'
    )


def _render_inhoud(blad: Gebiedsblad) -> str:
    """Return the lists; points come first, initiatives get what they leave and always room for a few."""
    over = REGELS - _count_telling(blad.telling)
    aantal = len(blad.initiatieven)
    plaatsen = min(aantal, _RUIMTE_INITIATIEVEN)
    krap = KOP_REGELS + plaatsen + 1 if aantal else 0.0
    indeling = fit_groepen(group_punten(blad.punten), over - krap)
    plaatsen = min(aantal, plaatsen + int(over - krap - indeling.regels))
    return _render_punten(indeling, blad) + _render_initiatieven(blad, plaatsen) + _render_telling(blad)


def _count_telling(telling: Bladtelling | None) -> float:
    if telling is None:
        return 0.0
    rijen = min(len(telling.rijen), _RUIMTE_TELLING)
    return KOP_REGELS + 1 + rijen + (len(telling.rijen) > rijen) + bool(telling.noot)


def _render_punten(indeling: Indeling, blad: Gebiedsblad) -> str:
    if not indeling.groepen and not indeling.weggelaten:
        return f'<p class="leeg">Voor {_e(blad.naam)} is nog geen agenda met punten ingelezen.</p>'
    delen = [_render_groep(groep, indeling.regels_per_punt) for groep in indeling.groepen]
    return "".join(delen) + _render_rest(indeling.weggelaten, "punt", "punten", blad.adres)


def _render_groep(groep: Groep, regels_per_punt: int) -> str:
    elders = f", en {format_aantal(groep.elders, 'punt', 'punten')} hierboven" if groep.elders else ""
    rijen = "".join(
        f'<li class="r{count_regels(punt, regels_per_punt)}"><span class="titel">{_e(punt.titel)}</span>'
        f'<span class="bij">{_e(punt.bij)}</span></li>'
        for punt in groep.punten
    )
    return f"<h2>{_e(groep.kop)} ({groep.aantal}{elders})</h2><ul>{rijen}</ul>"


def _render_initiatieven(blad: Gebiedsblad, plaatsen: int) -> str:
    if not blad.initiatieven:
        return ""
    rijen = "".join(
        f'<li class="r1"><span class="titel">{_e(i.titel)}</span><span class="bij">{_e(i.staat)}</span></li>'
        for i in blad.initiatieven[:plaatsen]
    )
    rest = _render_rest(len(blad.initiatieven) - plaatsen, "initiatief", "initiatieven", blad.adres)
    return f"<h2>Bewonersinitiatieven ({len(blad.initiatieven)})</h2><ul>{rijen}</ul>{rest}"


def _render_telling(blad: Gebiedsblad) -> str:
    if blad.telling is None:
        return ""
    telling = blad.telling
    kop = "".join(f'<th scope="col">{_e(kolom)}</th>' for kolom in telling.kolommen)
    rijen = "".join(_render_rij(rij) for rij in telling.rijen[:_RUIMTE_TELLING])
    rest = _render_rest(max(len(telling.rijen) - _RUIMTE_TELLING, 0), "rij", "rijen", blad.adres)
    noot = f'<p class="rest">{_e(telling.noot)}</p>' if telling.noot else ""
    return f"<h2>{_e(telling.kop)}</h2><table><thead><tr>{kop}</tr></thead><tbody>{rijen}</tbody></table>{rest}{noot}"


def _render_rij(cellen: Iterable[str]) -> str:
    eerste, *rest = cellen
    return f'<tr><th scope="row">{_e(eerste)}</th>{"".join(f"<td>{_e(cel)}</td>" for cel in rest)}</tr>'


def _render_rest(aantal: int, enkelvoud: str, meervoud: str, adres: str) -> str:
    if not aantal:
        return ""
    return f'<p class="rest">… en nog {format_aantal(aantal, enkelvoud, meervoud)}, zie {_render_adres(adres)}</p>'


def _render_adres(adres: str) -> str:
    tekst = _e(adres)
    return f'<a href="{tekst}">{tekst}</a>' if adres.startswith(("https://", "http://")) else tekst


def _render_voet(blad: Gebiedsblad) -> str:
    merk = "<strong>Verzonnen gegevens (demo).</strong> " if blad.verzonnen else ""
    return (
        f"<footer><p>{merk}Stand van {format_datum(blad.peildatum)}. Bron: {_e(blad.bron)}.</p>"
        f"<p>Dit blad: {_render_adres(blad.adres)}</p>"
        f"<p>Wat de woorden betekenen: {_render_adres(blad.uitleg)}</p></footer>"
    )


def _render_merk(blad: Gebiedsblad) -> str:
    return '<p class="merk" aria-hidden="true">verzonnen gegevens</p>' if blad.verzonnen else ""
