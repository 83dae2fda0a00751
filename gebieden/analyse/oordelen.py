"""What residents say of what is finished, beside the official state: it changes no figure of voortgang."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from gebieden.domein.gedateerd import list_nieuwste_eerst
from gebieden.domein.oordeel import Bewonersoordeel, Oordeel
from gebieden.domein.taal import format_aantal, format_getal
from gebieden.domein.voortgang import Categorie, Puntstand, determine_categorie

OORDEELWOORDEN: Final = {
    Oordeel.OPGELOST: "opgelost",
    Oordeel.DEELS: "deels",
    Oordeel.NIET: "niet",
    Oordeel.NIET_GEVRAAGD: "niet gevraagd",
}


def find_oordeel(oordelen: Iterable[Bewonersoordeel], peildatum: date) -> Oordeel:
    """Return what residents said last on or before the peildatum; `niet_gevraagd` when nobody asked them."""
    gezegd = list_nieuwste_eerst(oordelen, peildatum)
    return gezegd[0].oordeel if gezegd else Oordeel.NIET_GEVRAAGD


def group_oordelen(
    standen: Iterable[Puntstand], oordelen: Mapping[str, Iterable[Bewonersoordeel]], peildatum: date
) -> dict[Oordeel, list[str]]:
    """Return the ids of the finished points of the version per judgement; together they are `afgerond` of voortgang.

    `oordelen` has per id what residents were asked about it.
    """
    per_oordeel: dict[Oordeel, list[str]] = {oordeel: [] for oordeel in Oordeel}
    for stand in standen:
        if stand.in_versie and determine_categorie(stand, peildatum) is Categorie.AFGEROND:
            per_oordeel[find_oordeel(oordelen.get(stand.id, ()), peildatum)].append(stand.id)
    return per_oordeel


def compose_oordeelzin(per_oordeel: Mapping[Oordeel, Iterable[str]]) -> str:
    """Return the counts as a sentence with its denominator; what is zero is left out."""
    aantallen = {oordeel: len(list(per_oordeel[oordeel])) for oordeel in Oordeel}
    totaal = sum(aantallen.values())
    if not totaal:
        return "Er is hier nog geen punt afgerond, dus ook nog geen oordeel van bewoners daarover."
    delen = ", ".join(f"{format_getal(n)} {OORDEELWOORDEN[oordeel]}" for oordeel, n in aantallen.items() if n)
    return f"Bewoners over {format_aantal(totaal, 'afgerond punt', 'afgeronde punten')}: {delen}."
