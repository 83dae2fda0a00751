"""Sterke kanten, kansen en problemen of an area, side by side; its gebiedsteam and regisseur keep them here."""

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import Final

from gebieden.domein.kant import Kant, Kantsoort, is_lang_geleden
from gebieden.domein.rechten import Handeling, Kijker
from gebieden.domein.taal import format_datum
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.dossiersoorten import KANT
from gebieden.ui.dossierbeeld import build_bijregel, build_tekst, show_deel
from gebieden.ui.dossierbeheer import Dossierblad, show_dossierbeheer
from gebieden.ui.dossiergegevens import get_stukken
from gebieden.ui.gegevens import Bron, get_boom

_KOPPEN: Final = {Kantsoort.STERK: "Sterke kanten", Kantsoort.KANS: "Kansen", Kantsoort.PROBLEEM: "Problemen"}
_EERSTE: Final = 5


def show_kanten(bron: Bron, peildatum: date, kijker: Kijker, code: str) -> None:
    """Draw what is good, could become good and is wrong in an area and in what lies in it."""
    boom = get_boom(bron, peildatum)
    stukken = [s for s in get_stukken(bron, peildatum, kijker, KANT) if boom.bevat(code, s.bij)]
    namen = {c: gebied.naam for c, gebied in boom.gebieden.items() if not boom.bevat(c, code)}
    mag = kijker.mag_in(Handeling.PUNT_VOORSTELLEN, code, boom)
    html = build_kanten_html(stukken, namen, peildatum)
    show_deel("Sterke kanten, kansen en problemen", html, "Nog niet genoteerd.", mag=mag)
    if mag:
        blad = Dossierblad(KANT, code, peildatum, "kant erbij", _describe)
        show_dossierbeheer(blad, stukken)


def build_kanten_html(stukken: Iterable[Stuk[Kant]], namen: Mapping[str, str], peildatum: date) -> str:
    """Return three lists, newest first; `namen` are the areas that are told, by code."""
    nieuwste_eerst = sorted(stukken, key=lambda stuk: stuk.velden.datum)[::-1]
    if not nieuwste_eerst:
        return ""
    lijsten = ""
    for soort, kop in _KOPPEN.items():
        eigen = [stuk for stuk in nieuwste_eerst if stuk.velden.soort is soort]
        lijsten += _build_lijst(kop, [_build_kant(s.velden, namen.get(s.bij, ""), peildatum) for s in eigen])
    return f'<div class="kanten">{lijsten}</div>'


def _build_lijst(kop: str, regels: list[str]) -> str:
    lijst = (
        f'<ul class="reeks">{"".join(regels[:_EERSTE])}</ul>' if regels else '<p class="bij">Nog niets genoteerd.</p>'
    )
    if meer := regels[_EERSTE:]:
        lijst += f'<details><summary>Nog {len(meer)}</summary><ul class="reeks">{"".join(meer)}</ul></details>'
    return f"<section><h3>{kop}</h3>{lijst}</section>"


def _build_kant(kant: Kant, waar: str, peildatum: date) -> str:
    lang = ", van lang geleden" if is_lang_geleden(kant, peildatum) else ""
    dag = f"{format_datum(kant.datum)}{lang}"
    bij = build_bijregel(", ".join(kant.themas), waar, kant.herkomst, dag, "" if kant.openbaar else "niet openbaar")
    return f'<li><span class="titel">{escape(kant.titel)}</span> {bij}{build_tekst(kant.toelichting)}</li>'


def _describe(kant: Kant) -> str:
    return f"{kant.titel} ({_KOPPEN[kant.soort].lower()})"
