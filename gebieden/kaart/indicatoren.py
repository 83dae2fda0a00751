"""The indicators that can colour the map, one at a time: which figure of the voortgang, out of what."""

from collections.abc import Callable
from dataclasses import dataclass

from gebieden.domein.voortgang import Voortgang
from gebieden.kaart.kleuring import AANDEEL, AANTAL, Gebiedsstand, Klassenreeks


@dataclass(frozen=True, slots=True)
class Indicator:
    """What the map shows: its words, what one compares with, its classes, and how an area's figure is read."""

    woorden: str
    vergelijking: str
    lees: Callable[[Voortgang], Gebiedsstand]
    reeks: Klassenreeks = AANDEEL
    eenheid: tuple[str, str] = ("punt", "punten")


_VAN_AGENDA = "van de punten op de agenda"
_VAN_OPEN = "van de punten die nog niet klaar zijn"
_OPEN = ("open punt", "open punten")

INDICATOREN: dict[str, Indicator] = {
    "klaar": Indicator("Klaar", _VAN_AGENDA, lambda v: Gebiedsstand(v.afgerond, v.punten)),
    "loopt": Indicator("Loopt", _VAN_AGENDA, lambda v: Gebiedsstand(v.loopt, v.punten)),
    "wacht": Indicator("Wacht", _VAN_AGENDA, lambda v: Gebiedsstand(v.wachtend, v.punten)),
    "stand onbekend": Indicator("Stand onbekend", _VAN_AGENDA, lambda v: Gebiedsstand(v.onbekend, v.punten)),
    "over de datum": Indicator(
        "Over de afgesproken datum", _VAN_OPEN, lambda v: Gebiedsstand(v.te_laat, v.open), eenheid=_OPEN
    ),
    "zonder datum": Indicator(
        "Geen datum afgesproken", _VAN_OPEN, lambda v: Gebiedsstand(v.geen_datum, v.open), eenheid=_OPEN
    ),
    "aantal punten": Indicator(
        "Punten op de agenda",
        "per gebied; de kleur zegt alleen hoeveel er zijn",
        lambda v: Gebiedsstand(v.punten, v.punten, str(v.punten)),
        reeks=AANTAL,
    ),
}
