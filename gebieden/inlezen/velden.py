"""Fields: text → value, or a fault that says what was found, what was expected and how to repair it."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches

from gebieden.domein.bedrag import parse_euro
from gebieden.domein.celtekst import clean_invoer
from gebieden.inlezen.datums import parse_datum
from gebieden.inlezen.veldfout import Veldfout

__all__ = [
    "Veldfout",
    "fail_excel_datum",
    "parse_bedrag",
    "parse_datum",
    "parse_geheel",
    "parse_getal",
    "parse_ja_nee",
    "parse_keuze",
    "parse_lijst",
    "parse_sleutel",
    "parse_tekst",
    "parse_titel",
    "suggest",
]

MAX_TITEL_TEKENS = 300
MAX_TEKST_TEKENS = 10_000
MAX_SLEUTEL_TEKENS = 80

_EXCEL_DATUM = re.compile(
    r"^(?:(?P<dag>\d{1,2})-(?P<maand>\d{1,2}|jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)(?:-\d{2,4})?"
    r"|\d{4}-(?P<maand2>\d{2})-(?P<dag2>\d{2})(?:T[\d:.]+)?)$",
    re.IGNORECASE | re.ASCII,
)
_MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_GETAL = re.compile(r"^[+-]?\d+(?:[.,]\d+)?$", re.ASCII)
_WAAR = frozenset({"ja", "j", "true", "1", "waar", "openbaar", "yes", "y"})
_ONWAAR = frozenset({"nee", "n", "false", "0", "onwaar", "intern", "niet-openbaar", "niet openbaar", "no"})


def _check_geen_datum(tekst: str) -> None:
    """Refuse a date where a number belongs: the number 22,1 becomes 22 January in Excel and is lost."""
    if gevonden := _EXCEL_DATUM.match(tekst):
        dag = int(gevonden["dag"] or gevonden["dag2"])
        maandtekst = (gevonden["maand"] or gevonden["maand2"]).lower()
        maand = _MAANDEN.index(maandtekst) + 1 if maandtekst in _MAANDEN else int(maandtekst)
        raise fail_excel_datum(tekst, f"; het was waarschijnlijk {dag},{maand}")


def fail_excel_datum(tekst: str, vermoeden: str = "") -> Veldfout:
    """Return the fault for a cell that a workbook turned into a date."""
    return Veldfout(
        "excel_datum",
        tekst,
        f"'{tekst}': Excel heeft hier een datum van gemaakt{vermoeden}.",
        "een getal of code",
        "Zet de kolom in Excel op 'Tekst', typ de waarde opnieuw en lees het bestand opnieuw in.",
    )


def parse_getal(tekst: str) -> float:
    """Return a measurement or coordinate: decimal comma or point, no thousands separators (4.750 is 4,75)."""
    schoon = tekst.strip()
    _check_geen_datum(schoon)
    if not _GETAL.match(schoon):
        raise Veldfout(
            "geen_getal", schoon, f"'{schoon}' is geen getal.", "een getal als 4,7532", "Verbeter het getal."
        )
    return float(schoon.replace(",", "."))


def parse_geheel(tekst: str, *, minimum: int = 0, maximum: int = 1_000_000_000) -> int:
    """Return a whole number between `minimum` and `maximum`; `3,0` and `3.0` are 3."""
    schoon = tekst.strip()
    _check_geen_datum(schoon)
    gevonden = re.fullmatch(r"([+-]?[0-9]{1,12})(?:[.,]0+)?", schoon)
    waarde = int(gevonden[1]) if gevonden else None
    if waarde is None or not minimum <= waarde <= maximum:
        raise Veldfout(
            "geen_geheel_getal",
            schoon,
            f"'{schoon}' kan hier niet.",
            f"een geheel getal vanaf {minimum}",
            "Verbeter het getal.",
        )
    return waarde


def parse_bedrag(tekst: str) -> Decimal:
    """Return euros as `gebieden.domein.bedrag.parse_euro` reads them."""
    euro = parse_euro(tekst)
    if euro is None:
        _check_geen_datum(tekst.strip())
        raise Veldfout(
            "geen_bedrag",
            tekst.strip(),
            f"'{tekst.strip()}' is geen bedrag dat zeker te lezen is.",
            "een bedrag als 1.234,56 of 12500, nul of meer",
            "Verbeter het bedrag, of laat de cel leeg als het niet bekend is.",
        )
    return euro


def parse_ja_nee(tekst: str) -> bool:
    """Return True for ja/j/true/1/waar/openbaar, False for nee/n/false/0/onwaar/intern; any case."""
    sleutel = tekst.strip().casefold()
    if sleutel in _WAAR or sleutel in _ONWAAR:
        return sleutel in _WAAR
    raise Veldfout(
        "geen_ja_nee", tekst.strip(), f"'{tekst.strip()}' is geen ja of nee.", "ja of nee", "Vul ja of nee in."
    )


def parse_tekst(tekst: str, *, maximum: int = MAX_TEKST_TEKENS) -> str:
    """Return the text as it was meant, as `clean_invoer` does: HTML stays as it stands (it is text)."""
    schoon = clean_invoer(tekst)
    if len(schoon) > maximum:
        raise Veldfout(
            "tekst_te_lang",
            schoon[:60] + "…",
            f"De tekst heeft {len(schoon)} tekens.",
            f"hoogstens {maximum} tekens",
            "Kort de tekst in.",
        )
    return schoon


def parse_titel(tekst: str) -> str:
    """Return a title on one line, at most 300 characters."""
    return " ".join(parse_tekst(tekst, maximum=MAX_TITEL_TEKENS).split())


def parse_sleutel(tekst: str) -> str:
    """Return an id as it is written: case and leading zeros count, spaces around it do not."""
    return " ".join(parse_tekst(tekst, maximum=MAX_SLEUTEL_TEKENS).split())


def parse_lijst(tekst: str) -> tuple[str, ...]:
    """Return the parts between commas, in order, without empty ones and repetitions (in any case)."""
    gezien: dict[str, str] = {}
    for deel in tekst.split(","):
        schoon = parse_titel(deel)
        if schoon:
            gezien.setdefault(schoon.casefold(), schoon)
    return tuple(gezien.values())


def parse_keuze(
    tekst: str,
    toegestaan: Iterable[str],
    *,
    aliassen: Mapping[str, str] | None = None,
    regelnaam: str = "onbekende_waarde",
) -> str:
    """Return the allowed internal name that was meant: `In uitvoering` is `in_uitvoering`.

    Case, spaces, hyphens and underscores do not count; `aliassen` maps other names to allowed ones. A near
    miss is refused with the nearest name.
    """
    namen = [str(naam) for naam in toegestaan]
    sleutel = _normalize_keuze(tekst)
    for naam, waarde in [*((n, n) for n in namen), *(aliassen or {}).items()]:
        if _normalize_keuze(naam) == sleutel:
            return str(waarde)
    raise Veldfout(
        regelnaam,
        tekst.strip(),
        f"'{tekst.strip()}' is niet bekend.{suggest(sleutel, namen)}",
        f"een van: {', '.join(namen)}",
        "Kies een van deze waarden.",
    )


def _normalize_keuze(tekst: str) -> str:
    return re.sub(r"[\s\-_]+", "_", tekst.strip().casefold())


def suggest(tekst: str, namen: Iterable[str]) -> str:
    """Return " Bedoelt u 'x'?" for the nearest name, or nothing when none is near."""
    dichtbij = get_close_matches(tekst, list(namen), n=1, cutoff=0.6)
    return f" Bedoelt u '{dichtbij[0]}'?" if dichtbij else ""
