"""An amount in euro that is exact, PM, or not known; how it is typed and how it is written."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.fouten import InvoerError
from gebieden.domein.taal import format_getal

MAX_EURO: Final = Decimal("9999999999.99")
CENT: Final = Decimal("0.01")
_EURO: Final = re.compile(
    r"^[+]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d{1,2})?$|^[+]?\d+\.\d{1,2}$|^[+]?\d{1,3}(?:,\d{3})+\.\d{2}$",
    re.ASCII,
)
_PM: Final = frozenset({"pm", "p.m.", "p.m", "pro memorie"})


@dataclass(frozen=True, slots=True)
class Bedrag:
    """An amount: `euro` in whole cents, or PM (known to be there, not how much), or not known when it is neither.

    Nothing of the three can be taken for another: there is no number that stands for PM or for unknown.
    """

    euro: Decimal | None = None
    is_pm: bool = False

    def __post_init__(self) -> None:
        if self.euro is None:
            return
        if self.is_pm:
            raise ValueError("Een bedrag is een getal of PM, niet allebei.")
        if not self.euro.is_finite() or not 0 <= self.euro <= MAX_EURO or self.euro % CENT:
            raise ValueError(f"{self.euro} is geen bedrag in hele centen van 0 tot en met {MAX_EURO}.")

    @property
    def is_onbekend(self) -> bool:
        """Whether nothing is filled in."""
        return self.euro is None and not self.is_pm

    def __str__(self) -> str:
        return "PM" if self.is_pm else "onbekend" if self.euro is None else format_euro(self.euro)


ONBEKEND: Final = Bedrag()
PM: Final = Bedrag(is_pm=True)


def parse_euro(tekst: str) -> Decimal | None:
    """Return euros, not negative: `€ 12.500`, `1.234,56`, `12,5`, `1234.50`; None where that is not certain.

    A point followed by exactly three digits is a thousands separator: `1.234` is 1234 euros. With one or two
    digits behind it, it is a decimal point. `12,500` is refused: Dutch 12,5 and American 12500 look the same.
    """
    schoon = re.sub(r"^(€|EUR|euro)|(€|EUR|euro|,-|,--)$", "", tekst.strip(), flags=re.IGNORECASE)
    schoon = re.sub(r"[\s\xa0\u202f]", "", schoon)
    schoon = re.sub(r",-+$", "", schoon)
    if not _EURO.match(schoon):
        return None
    if re.search(r"\.\d{1,2}$", schoon):
        return Decimal(schoon.replace(",", ""))
    return Decimal(schoon.replace(".", "").replace(",", "."))


def parse_bedrag(tekst: str) -> Bedrag:
    """Return what somebody typed as an amount: euros as `parse_euro` reads them, `PM`, or nothing at all.

    Raise InvoerError where it is neither: nothing is guessed.
    """
    schoon = clean_invoer(tekst)
    if not schoon:
        return ONBEKEND
    if schoon.casefold() in _PM:
        return PM
    euro = parse_euro(schoon)
    if euro is None or euro > MAX_EURO:
        raise InvoerError(
            f"'{schoon[:40]}' is geen bedrag dat zeker te lezen is. Verwacht: een bedrag als 12.500 of 1.234,56, "
            f"nul of meer en hoogstens {format_euro(MAX_EURO)}; of PM. Er is niets opgeslagen. "
            "Verbeter het bedrag, of laat het leeg als het niet bekend is."
        )
    return Bedrag(euro)


def format_euro(euro: Decimal) -> str:
    """Return an amount as `€ 12.500` or `€ 12.500,50`; less than nothing as `-€ 5`."""
    heel, cent = divmod(int(abs(euro) / CENT), 100)
    return f"{'-' if euro < 0 else ''}€ {format_getal(heel)}{f',{cent:02d}' if cent else ''}"
