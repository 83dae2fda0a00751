"""History of one object, from the audit trail, in words."""

from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Final

from gebieden.domein.logboek import Logregel
from gebieden.domein.taal import format_datum
from gebieden.ui.opmaak import format_moment

_WOORDEN: Final = {
    "bericht_geplaatst": "bericht geschreven",
    "bericht_gecorrigeerd": "bericht verbeterd",
    "bericht_ingetrokken": "bericht ingetrokken",
    "bericht_teruggezet": "bericht teruggezet zoals het was",
    "punt_voorgesteld": "punt voorgesteld",
    "punt_gewijzigd": "punt gewijzigd",
    "staat_veranderd": "stand veranderd",
    "teruggekeken": "teruggekeken",
    "versie_vastgesteld": "versie van de agenda vastgesteld",
    "benodigd_gewijzigd": "veranderd wat er nodig is",
    "bijdrage_toegevoegd": "bijdrage toegevoegd",
    "bijdrage_gewijzigd": "bijdrage gewijzigd",
    "bijdrage_herroepen": "wijziging van een bijdrage ongedaan gemaakt",
    "stap_herroepen": "wijziging van een stap ongedaan gemaakt",
    "oordeel_toegevoegd": "oordeel van bewoners toegevoegd",
    "oordeel_gewijzigd": "oordeel van bewoners gewijzigd",
    "oordeel_ingetrokken": "oordeel van bewoners ingetrokken",
    "oordeel_herroepen": "wijziging van een oordeel van bewoners ongedaan gemaakt",
    "afstemming_herroepen": "wijziging van de afstemming ongedaan gemaakt",
    "wijziging_herroepen": "wijziging ongedaan gemaakt",
}


def describe_regel(regel: Logregel) -> str:
    """Return what was done and when: `bericht geschreven op 12 mei 2026 om 14.03 uur`."""
    return f"{describe_handeling(regel.handeling)} op {format_moment(regel.moment)}"


def describe_handeling(handeling: str) -> str:
    """Return a handeling as people call it."""
    return _WOORDEN.get(handeling, handeling.replace("_", " "))


def describe_veranderingen(regel: Logregel) -> str:
    """Return which fields changed, and from what to what where that may be known."""
    return ", ".join(
        _describe_veld(veld, waarden) for veld, waarden in regel.veranderingen.items() if veld != "bericht"
    )


def build_geschiedenis_html(regels: Iterable[Logregel]) -> str:
    """Return lines of the audit trail as a list, in the order given."""
    html = "".join(f"<li>{_build_regel(regel)}</li>" for regel in regels)
    if not html:
        return '<p class="bij">Sinds dit wordt bijgehouden, is er niets veranderd.</p>'
    return f'<ol class="berichten" aria-label="Geschiedenis, nieuwste eerst">{html}</ol>'


def _build_regel(regel: Logregel) -> str:
    kop = f'<span class="datum">{escape(f"{format_moment(regel.moment)} · {regel.rol} · via {regel.via}")}</span>'
    wat = _WOORDEN.get(regel.handeling, regel.handeling.replace("_", " "))
    is_nieuw = all(waarden is None or waarden[0] is None for waarden in regel.veranderingen.values())
    delen = [
        _describe_veld(veld, waarden)
        for veld, waarden in regel.veranderingen.items()
        # The number says nothing to a reader; that what is new has a text, neither.
        if veld != "bericht" and not (is_nieuw and waarden is None)
    ]
    zin = f"{wat}: {', '.join(delen)}" if delen else wat
    waarom = f" Waarom: {regel.waarom}" if regel.waarom else ""
    return f"{kop} {escape(f'{zin[:1].upper()}{zin[1:]}.{waarom}')}"


def _describe_veld(veld: str, waarden: tuple[object, object] | None) -> str:
    naam = veld.replace("_", " ")
    if waarden is None:
        return f"{naam} gewijzigd"
    oud, nieuw = (_format_waarde(waarde) for waarde in waarden)
    return f"{naam} {nieuw}" if waarden[0] in (None, "") else f"{naam} van {oud} naar {nieuw}"


def _format_waarde(waarde: object) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, list | tuple):
        return ", ".join(map(str, waarde)) or "leeg"
    tekst = str(waarde) if waarde is not None else ""
    try:
        return format_datum(date.fromisoformat(tekst)) if len(tekst) == len("2026-05-12") else tekst or "leeg"
    except ValueError:
        return tekst
