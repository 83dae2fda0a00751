"""The trail from a wish to the points that it led to, to what became of them."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Final

from gebieden.domein.taal import format_aantal, format_getal
from gebieden.domein.voortgang import OPEN, Categorie


class Spoor(StrEnum):
    """How far a wish has come. Every wish is in exactly one."""

    AFGEROND = "afgerond"
    LOOPT = "loopt"
    OVERGEDRAGEN = "overgedragen"
    ONBEKEND = "onbekend"
    VOORSTEL = "voorstel"
    VERVALLEN = "vervallen"
    GEEN_PUNT = "geen_punt"


OP_AGENDA: Final = (Spoor.AFGEROND, Spoor.LOOPT, Spoor.OVERGEDRAGEN, Spoor.ONBEKEND)
_OP_AGENDA_WOORDEN: Final = {
    Spoor.AFGEROND: ("afgerond", "afgerond"),
    Spoor.LOOPT: ("nog niet klaar", "nog niet klaar"),
    Spoor.OVERGEDRAGEN: ("overgedragen", "overgedragen"),
    Spoor.ONBEKEND: ("stand onbekend", "stand onbekend"),
}
_DAARBUITEN: Final = {
    Spoor.VOORSTEL: "alleen voorgesteld",
    Spoor.VERVALLEN: "vervallen",
    Spoor.GEEN_PUNT: "nog geen punt",
}


def determine_spoor(categorieen: Collection[Categorie]) -> Spoor:
    """Return how far a wish has come, from the categories of the points that it led to.

    It is finished when all of those are finished or dropped, and one at least is finished: what is still open, unknown,
    proposed or in the hands of others keeps a wish from being finished.
    """
    gevonden = set(categorieen) - {Categorie.VERVALLEN}
    if not gevonden:
        return Spoor.VERVALLEN if categorieen else Spoor.GEEN_PUNT
    if gevonden == {Categorie.VOORSTEL}:
        return Spoor.VOORSTEL
    if gevonden & OPEN or (Categorie.VOORSTEL in gevonden and Categorie.ONBEKEND not in gevonden):
        return Spoor.LOOPT
    if Categorie.ONBEKEND in gevonden:
        return Spoor.ONBEKEND
    return Spoor.OVERGEDRAGEN if Categorie.OVERGEDRAGEN in gevonden else Spoor.AFGEROND


def determine_wensspoor(ids: Iterable[str], categorieen: Mapping[str, Categorie]) -> Spoor:
    """Return how far a wish has come that led to these points; a point that is not there (any more) does not count."""
    return determine_spoor([categorieen[id_] for id_ in ids if id_ in categorieen])


def compose_spoorzin(sporen: Iterable[Spoor]) -> str:
    """Return the counts of wishes as a sentence; its parts add up to the whole, what is zero is left out."""
    lijst = list(sporen)
    aantallen = {spoor: lijst.count(spoor) for spoor in Spoor}
    delen = []
    if op_agenda := sum(aantallen[spoor] for spoor in OP_AGENDA):
        waarvan = ", ".join(
            format_aantal(aantallen[spoor], *_OP_AGENDA_WOORDEN[spoor]) for spoor in OP_AGENDA if aantallen[spoor]
        )
        delen.append(f"{format_getal(op_agenda)} op een agenda, waarvan {waarvan}")
    delen += [f"{format_getal(aantallen[spoor])} {woord}" for spoor, woord in _DAARBUITEN.items() if aantallen[spoor]]
    return f"{format_aantal(len(lijst), 'wens', 'wensen')}: {'; '.join(delen)}."
