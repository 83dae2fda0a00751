"""Dutch text for the screen: escaping, money, dates with their age."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from gebieden.domein.bedrag import format_euro
from gebieden.domein.rechten import Rol
from gebieden.domein.taal import format_datum, format_ouderdom

_RECENT_DAGEN = 365
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
# Icons, emoji and bare addresses are made after Markdown has been read, so that escaping does not stop them.
_NABEWERKT = re.compile(r":(?=[\w+-]+(?:/[\w]+)?:)|https?://(?=[-.\w])|www(?=\.)|@(?=\w)", re.IGNORECASE)
_WOORDVERBINDER = "\u2060"
_NEDERLAND: Final = ZoneInfo("Europe/Amsterdam")


def escape_markdown(tekst: str) -> str:
    """Return text that Streamlit's markdown shows literally: no formatting, links, HTML, icons or formulas.

    Where an icon, emoji or link would arise all the same, an invisible character (U+2060) keeps it from doing so.
    """
    gebroken = _NABEWERKT.sub(lambda m: m[0] + _WOORDVERBINDER, " ".join(tekst.split()))
    return _MARKDOWN.sub(r"\\\1", gebroken)


def format_rol(rol: Rol) -> str:
    """Return what somebody with this role is called."""
    return "gebiedsmedewerker OOV" if rol is Rol.OOV else str(rol)


def format_bedrag(bedrag: Decimal | None) -> str:
    """Return an amount as `€ 12.500` or `€ 12.500,50`; unknown stays unknown."""
    return "onbekend" if bedrag is None else format_euro(bedrag)


def format_datum_met_ouderdom(datum: date | None, peildatum: date) -> str:
    """Return `12 mei 2026 (3 weken geleden)`; the age only for what is recent."""
    if datum is None:
        return "onbekend"
    tekst = format_datum(datum)
    if abs((peildatum - datum).days) <= _RECENT_DAGEN:
        tekst += f" ({format_ouderdom(datum, peildatum)})"
    return tekst


def format_moment(moment: datetime) -> str:
    """Return a moment in Dutch time, as `12 mei 2026 om 14.03 uur`."""
    hier = moment.astimezone(_NEDERLAND)
    return f"{format_datum(hier.date())} om {hier:%H.%M} uur"
