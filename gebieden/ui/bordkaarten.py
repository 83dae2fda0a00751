"""The board as HTML: a column per state with a card per point, and on a card where it may go. All text is escaped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from gebieden.analyse.bord import PER_KOLOM, Kolom, Zet
from gebieden.domein.agendapunt import Staat
from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.punt import Punt
from gebieden.domein.rechten import Pagina, Rol
from gebieden.domein.voortgang import Categorie, determine_categorie, is_te_laat
from gebieden.ui.navigatie import compose_adres
from gebieden.ui.punten import build_bij_html, build_teken_html, format_staat
from gebieden.ui.tekens import CATEGORIETEKENS, TE_LAAT


@dataclass(frozen=True, slots=True)
class Bordbeeld:
    """What the cards need besides their points: `doelen` has the states that a point may be moved to by this viewer."""

    punten: Mapping[str, Punt]
    namen: Mapping[str, str]
    peildatum: date
    stilte_dagen: int
    rol: Rol
    doelen: Mapping[str, Sequence[Staat]]
    nummer: int


def build_bord_html(kolommen: Sequence[Kolom], beeld: Bordbeeld) -> str:
    """Return the whole board."""
    return (
        f'<div class="bord" data-nummer="{beeld.nummer}">'
        f"{''.join(_build_kolom(kolom, beeld) for kolom in kolommen)}</div>"
    )


def build_verplaatst_html(zet: Zet | None, nummer: int) -> str:
    """Return, for the script, the last move that was stored; it needs no more of a board that is still on its way."""
    gegevens = f' data-id="{escape(zet.id)}" data-naar="{zet.naar}" data-nummer="{nummer}"' if zet else ""
    return f'<span class="verplaatst"{gegevens}></span>'


def _build_kolom(kolom: Kolom, beeld: Bordbeeld) -> str:
    naam = escape(format_staat(kolom.staat, beeld.rol))
    kaarten = "".join(_build_kaart(punt, beeld) for punt in map(beeld.punten.get, kolom.ids) if punt)
    return (
        f'<section class="kolom{"" if kolom.aantal else " leeg"}" data-staat="{kolom.staat}">'
        f'<h2><span class="naam">{naam}</span> <span class="aantal">{kolom.aantal}</span></h2>'
        f'<ul class="kaarten">{kaarten}</ul>{_build_meer(kolom, naam)}</section>'
    )


def _build_meer(kolom: Kolom, naam: str) -> str:
    if not kolom.rest:
        return ""
    return (
        f'<button type="button" class="meer" data-meer="{kolom.staat}">Toon er {min(kolom.rest, PER_KOLOM)} meer '
        f'<span class="vh">bij {naam}</span></button><p class="bij">Nog {kolom.rest}. Met een filter ziet u minder.</p>'
    )


def _build_kaart(punt: Punt, beeld: Bordbeeld) -> str:
    p = punt.punt
    doelen = beeld.doelen.get(p.id, ())
    adres = compose_adres(Pagina.PUNT, soort=Berichtsoort.AGENDAPUNT, id=p.id)
    sleepbaar = f' draggable="true" data-naar="{" ".join(doelen)}"' if doelen else ""
    dag = f' data-dag="{p.afgesproken_gereed}"' if p.afgesproken_gereed else ""
    return (
        f'<li class="kaart" data-id="{escape(p.id)}" data-van="{p.staat}"{sleepbaar}{dag}>'
        f'<a class="binnen titel" draggable="false" href="{escape(adres)}">{escape(p.titel)}</a>'
        f"{_build_tekens(punt, beeld)}"
        f"{build_bij_html([', '.join(p.themas), p.trekker, beeld.namen.get(p.gebied, p.gebied)])}"
        f"{_build_verplaatsen(p.titel, doelen)}</li>"
    )


def _build_tekens(punt: Punt, beeld: Bordbeeld) -> str:
    """Return what stands out: the column says the rest."""
    categorie = determine_categorie(punt.stand, beeld.peildatum, beeld.stilte_dagen)
    tekens = []
    if punt.punt.staat is Staat.WACHT_OP:
        tekens.append(build_teken_html(CATEGORIETEKENS[Categorie.WACHT], f"Wacht op {punt.punt.wacht_op}"))
    if categorie is Categorie.ONBEKEND:
        tekens.append(build_teken_html(CATEGORIETEKENS[categorie]))
    if is_te_laat(punt.stand, beeld.peildatum):
        tekens.append(build_teken_html(TE_LAAT))
    return f'<span class="tekens">{" ".join(tekens)}</span>' if tekens else ""


def _build_verplaatsen(titel: str, doelen: Sequence[Staat]) -> str:
    # What it unfolds into, the script makes of the card's data-naar: a board is drawn anew often, and mostly folded in.
    if not doelen:
        return ""
    return (
        f'<details class="verplaats"><summary>Verplaatsen<span class="vh">: {escape(titel)}</span></summary>'
        "<ul></ul></details>"
    )
