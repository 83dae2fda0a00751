"""The indicators that can colour the map, one at a time: which figure of the voortgang, out of what."""

from collections.abc import Callable
from dataclasses import dataclass

from gebieden.domein.agendapunt import WachtOp
from gebieden.domein.dekking import Uitkomst
from gebieden.domein.voortgang import Voortgang
from gebieden.kaart.kleuring import AANDEEL, AANTAL, EENHEID_PUNTEN, STAND_ONBEKEND, Gebiedsstand, Klassenreeks


@dataclass(frozen=True, slots=True)
class Indicator:
    """What the map shows: its words, what one compares with, its classes, and how an area's figure is read.

    `definitie` is the key of what it means (`gebieden.domein.definities`). `onbekend`, `leeg` and `bij` are as in
    `Kleuring`.
    """

    woorden: str
    vergelijking: str
    definitie: str
    lees: Callable[[Voortgang], Gebiedsstand]
    reeks: Klassenreeks = AANDEEL
    eenheid: tuple[str, str] = EENHEID_PUNTEN
    onbekend: str = STAND_ONBEKEND
    leeg: str = ""
    bij: tuple[str, ...] = ()


_VAN_AGENDA = "van de punten op de agenda"
_VAN_OPEN = "van de punten die nog niet klaar zijn"
_OPEN = ("open punt", "open punten")


def _lees_wacht(op: WachtOp) -> Callable[[Voortgang], Gebiedsstand]:
    return lambda v: Gebiedsstand(v.wacht[op], v.punten)


def _lees_gedekt(v: Voortgang) -> Gebiedsstand:
    """Return how many points are covered of those with an amount; where there are points but no amount, unknown."""
    bij = (v.dekking[Uitkomst.PM], v.dekking[Uitkomst.ONBEKEND])
    if v.punten and not v.met_bedrag:
        return Gebiedsstand(None, None, bij=bij)
    return Gebiedsstand(v.dekking[Uitkomst.GEDEKT], v.met_bedrag, bij=bij)


INDICATOREN: dict[str, Indicator] = {
    "klaar": Indicator("Klaar", _VAN_AGENDA, "afgerond", lambda v: Gebiedsstand(v.afgerond, v.punten)),
    "loopt": Indicator("Loopt", _VAN_AGENDA, "loopt", lambda v: Gebiedsstand(v.loopt, v.punten)),
    "wacht": Indicator("Wacht", _VAN_AGENDA, "wacht", lambda v: Gebiedsstand(v.wachtend, v.punten)),
    "wacht op geld": Indicator("Wacht op geld", _VAN_AGENDA, "wacht_geld", _lees_wacht(WachtOp.GELD)),
    "wacht op partner": Indicator("Wacht op partner", _VAN_AGENDA, "wacht_partner", _lees_wacht(WachtOp.PARTNER)),
    "stil": Indicator("Stil: stand onbekend", _VAN_AGENDA, "onbekend", lambda v: Gebiedsstand(v.onbekend, v.punten)),
    "over de datum": Indicator(
        "Over de afgesproken datum", _VAN_OPEN, "te_laat", lambda v: Gebiedsstand(v.te_laat, v.open), eenheid=_OPEN
    ),
    "zonder datum": Indicator(
        "Geen datum afgesproken", _VAN_OPEN, "geen_datum", lambda v: Gebiedsstand(v.geen_datum, v.open), eenheid=_OPEN
    ),
    "gedekt": Indicator(
        "Gedekt",
        "van de punten waarvan het bedrag bekend is",
        "gedekt",
        _lees_gedekt,
        eenheid=("punt met een bedrag", "punten met een bedrag"),
        onbekend="bedrag niet bekend",
        leeg="geen punten",
        bij=("PM", "niet bekend wat nodig is"),
    ),
    "aantal punten": Indicator(
        "Punten op de agenda",
        "per gebied; de kleur zegt alleen hoeveel er zijn",
        "punten",
        lambda v: Gebiedsstand(v.punten, v.punten, str(v.punten)),
        reeks=AANTAL,
    ),
}
