"""Dekking in words: one sentence per point, per contribution and for several points together."""

from collections.abc import Iterable
from decimal import Decimal

from gebieden.domein.bedrag import format_euro
from gebieden.domein.dekking import Bijdrage, Bron, Dekking, Dekkingsom, Lijnvelden, Som, Uitkomst, Vorm
from gebieden.domein.taal import format_aantal, format_getal, join_opsomming

_BRONNEN = {Bron.BESTAAND_BUDGET: "bestaand budget", Bron.BEGROTING: "Kadernota of begroting"}
UITKOMSTEN = {
    Uitkomst.ONBEKEND: "niet bekend wat nodig is",
    Uitkomst.PM: "nog niet te berekenen (PM)",
    Uitkomst.GEDEKT: "gedekt",
    Uitkomst.DEELS: "deels gedekt",
    Uitkomst.NIET: "niet gedekt",
}


def format_bron(bron: Bron, jaar: int | None = None) -> str:
    """Return a source as people call it, with the year of a begroting."""
    return f"{_BRONNEN.get(bron, str(bron))}{f' {jaar}' if jaar else ''}"


def format_hoeveelheid(hoeveelheid: Decimal) -> str:
    """Return a quantity as `1.040` or `2,5`."""
    heel, cent = divmod(int(hoeveelheid * 100), 100)
    return f"{format_getal(heel)}{f',{cent:02d}'.rstrip('0') if cent else ''}"


def format_som(som: Som) -> str:
    """Return what is known of a sum, and how often PM is left out of it: `€ 5.000 + 2× PM`."""
    if not som.aantal_pm:
        return format_euro(som.euro)
    pm = "PM" if som.aantal_pm == 1 else f"{format_getal(som.aantal_pm)}× PM"
    return f"{format_euro(som.euro)} + {pm}" if som.euro else pm


def format_inhoud(lijn: Lijnvelden) -> str:
    """Return what a contribution is: `€ 5.000`, `PM`, `40 uur`."""
    if lijn.vorm is Vorm.GELD:
        return str(lijn.bedrag)
    return _format_deel(lijn.hoeveelheid or Decimal(0), lijn.eenheid)


def _format_deel(hoeveelheid: Decimal, eenheid: str) -> str:
    """Return what is not money; who may not read the unit sees the quantity only."""
    return f"{format_hoeveelheid(hoeveelheid)} {eenheid}".rstrip()


def describe_lijn(lijn: Lijnvelden) -> str:
    """Return a contribution in a few words: `fonds (Het fonds): € 5.000 toegezegd`."""
    partner = f" ({lijn.partner})" if lijn.partner else ""
    vorm = "" if lijn.vorm is Vorm.GELD else f" ({lijn.vorm})"
    return f"{format_bron(lijn.bron, lijn.jaar)}{partner}: {format_inhoud(lijn)}{vorm} {lijn.stand}"


def describe_gat(dekking: Dekking) -> str:
    """Return what is missing, in words where it is no amount."""
    if dekking.gat is None:
        return UITKOMSTEN[dekking.uitkomst]
    if dekking.gat < 0:
        return f"geen, {format_euro(-dekking.gat)} meer dan nodig"
    return format_euro(dekking.gat) if dekking.gat else "geen"


def compose_dekkingszin(dekking: Dekking) -> str:
    """Return the dekking of a point: `Nodig € 20.000: € 5.000 toegezegd, € 2.000 ontvangen, gat € 13.000.`"""
    delen = [
        f"{format_som(som)} {woord}"
        for som, woord in ((dekking.toegezegd, "toegezegd"), (dekking.ontvangen, "ontvangen"))
        if som != Som()
    ] or ["nog geen geld toegezegd of ontvangen"]
    slot = {
        Uitkomst.ONBEKEND: "",
        Uitkomst.PM: " Het gat is nog niet te berekenen: er staat PM, en dat is geen nul.",
        Uitkomst.GEDEKT: f" Gedekt; gat {describe_gat(dekking)}.",
    }.get(dekking.uitkomst)
    if slot is None:
        delen.append(f"gat {describe_gat(dekking)}")
    nodig = "Wat er nodig is, is nog niet bekend" if dekking.benodigd.is_onbekend else f"Nodig {dekking.benodigd}"
    gevraagd = f" Nog gevraagd: {format_som(dekking.gevraagd)}." if dekking.gevraagd != Som() else ""
    return f"{nodig}: {', '.join(delen)}.{slot or ''}{gevraagd}{_describe_bijdragen(dekking.bijdragen)}"


def _describe_bijdragen(bijdragen: Iterable[Bijdrage]) -> str:
    delen = [f"{_format_deel(b.hoeveelheid, b.eenheid)} ({b.vorm}) {b.stand}" for b in bijdragen]
    return f" Daarnaast, niet in geld: {join_opsomming(delen)}." if delen else ""


def compose_somzin(som: Dekkingsom) -> str:
    """Return the dekking of several points together; what is PM or unknown stands beside it, in no sum."""
    bekend = som.punten - som.onbekend - som.pm
    zin = f"Van {format_aantal(som.punten, 'punt', 'punten')} is van {format_getal(bekend)} te zeggen wat ontbreekt"
    zin += f": samen een gat van {format_euro(som.gat)}" if bekend else ""
    if som.over:
        zin += f" (en {format_euro(som.over)} over bij andere punten)"
    return f"{zin}. Bij {format_getal(som.onbekend)} is niet bekend wat nodig is, bij {format_getal(som.pm)} staat PM."
