"""Dutch wording that rules and screens share: dates, counts and lists in a sentence."""

from collections.abc import Sequence
from datetime import date

MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def format_datum(datum: date) -> str:
    """Return a date as `12 mei 2026`."""
    return f"{datum.day} {MAANDEN[datum.month - 1]} {datum.year}"


def format_dag(datum: date, peildatum: date) -> str:
    """Return a date as `12 mei`; with its year when that is not the peildatum's."""
    return f"{datum.day} {MAANDEN[datum.month - 1]}" if datum.year == peildatum.year else format_datum(datum)


def format_getal(getal: int) -> str:
    """Return a whole number with a dot between thousands: `12.500`."""
    return f"{getal:,}".replace(",", ".")


def format_aantal(aantal: int, enkelvoud: str, meervoud: str) -> str:
    """Return `1 punt` or `2 punten`."""
    return f"{format_getal(aantal)} {enkelvoud if aantal == 1 else meervoud}"


def start_zin(tekst: str) -> str:
    """Return a text with a capital at its start; the rest stays as it is."""
    return tekst[:1].upper() + tekst[1:]


def join_opsomming(delen: Sequence[str]) -> str:
    """Return `a, b en c`."""
    if len(delen) < 2:
        return "".join(delen)
    return f"{', '.join(delen[:-1])} en {delen[-1]}"


def format_ouderdom(datum: date, peildatum: date) -> str:
    """Return how long ago a date was, in words: `vandaag`, `3 weken geleden`, `2 jaar geleden`."""
    dagen = (peildatum - datum).days
    if dagen < 0:
        return f"over {format_aantal(-dagen, 'dag', 'dagen')}"
    if dagen < 2:
        return ("vandaag", "gisteren")[dagen]
    if dagen < 14:
        return f"{dagen} dagen geleden"
    if dagen < 60:
        return f"{dagen // 7} weken geleden"
    if dagen < 730:
        return f"{format_aantal(dagen // 30, 'maand', 'maanden')} geleden"
    return f"{dagen // 365} jaar geleden"
