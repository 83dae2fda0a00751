"""Text that looks as if it is about a person: asked about before it is stored, never guessed to be all right.

A pattern sees what looks like a name, a number or an address. It does not see a name in small letters, nor a
description by which everybody knows who is meant: the form says so.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Final

PERSOONSVINKJE: Final = "Dit gaat niet over een persoon"
"""What the field is called with which somebody answers that a text is about nobody."""

_APENSTAARTEN: Final = "@\uff20\ufe6b"
_TELEFOON: Final = re.compile(r"\d(?:[\s()./\-\u2010-\u2015]*\d){5,}")
# Six characters in three groups, letters and digits mixed, as on Dutch plates of any series; with or without dashes.
_KENTEKEN: Final = re.compile(
    r"\b(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)(?:[A-Z]{1,3}|\d{1,3})(-?)(?:[A-Z]{1,3}|\d{1,3})\1(?:[A-Z]{1,3}|\d{1,3})\b",
    re.IGNORECASE,
)
# With spaces only in capitals: "om 12 uur" is none.
_KENTEKEN_LOS: Final = re.compile(
    r"\b(?=[A-Z0-9 ]*[A-Z])(?=[A-Z0-9 ]*\d)(?:[A-Z]{1,3}|\d{1,3}) (?:[A-Z]{1,3}|\d{1,3}) (?:[A-Z]{1,3}|\d{1,3})\b"
)
_TEKENS_KENTEKEN: Final = 6
_POSTCODE: Final = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b", re.IGNORECASE)
_ADRES: Final = re.compile(
    r"\b(?:\w*(?:\wstr\.?|straat|laan|weg|plein|gracht|kade|dijk|hof|singel|pad|steeg|dreef|plantsoen|wal|park|erf|burg|hage)"
    r"\s*(?:nummer\s+|nr\.?\s*)?|op\s+nummer\s*|huisnummer\s*|huisnr\.?\s*)\d+",
    re.IGNORECASE,
)
_AANHEF: Final = re.compile(
    r"\b(?:(?:de heer|dhr|hr|mevrouw|mevr|mw|mej|meneer|mijnheer|fam)\b[\s.]*|"
    r"(?:genaamd|geheten|(?:voor|achter)naam)\W+)\w",
    re.IGNORECASE,
)
_WEBADRES: Final = re.compile(r"https?://|\bwww\.|\w\.(?:nl|com|net|org|eu)\b", re.IGNORECASE)
_NUMMER: Final = re.compile(r"\bbsn\b|\b(?:geboren|geboortedatum|geb\.)\W", re.IGNORECASE)
_VOORLETTERS: Final = re.compile(r"\b(?:[A-Z]\.\s?)+(?:(?:van|de|den|der|ter|ten|te|el|al|'t)\s+)*[A-Z]\w+")
_WOORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|[.!?\n:]")
_ZINSEINDE: Final = ".!?\n:"
# What is all capitals and shorter is an abbreviation: AH, NS, OOV.
_LANG_VOOR_AFKORTING: Final = 5


def find_persoonlijk(tekst: str, bekend: Collection[str] = ()) -> list[str]:
    """Return what this text seems to hold about a person, each kind once; empty when nothing was seen.

    `bekend` are names that are no person's: of areas, of organisations.
    """
    zonder_bekend = _leave_bekend(_show_verborgen(tekst), bekend)
    return list(dict.fromkeys(_find(zonder_bekend)))


def is_contact(tekst: str) -> str:
    """Return which kind of contact data this looks like, or an empty text."""
    tekst = _show_verborgen(tekst)
    if any(teken in tekst for teken in _APENSTAARTEN):
        return "een e-mailadres"
    return "een telefoonnummer" if _TELEFOON.search(tekst) else ""


def compose_persoonsvraag(label: str, soorten: Collection[str]) -> str:
    """Return the question that holds a text back."""
    return (
        f"Het veld '{label}' lijkt {' en '.join(soorten)} te bevatten. Verwacht: geen personen en geen adressen. "
        f"Haal het weg. Gaat het niet over een persoon? Zet dan het vinkje '{PERSOONSVINKJE}'."
    )


def _show_verborgen(tekst: str) -> str:
    """Return the text as it is read: without signs that nobody sees, wide letters and digits as plain ones."""
    return unicodedata.normalize("NFKC", "".join(teken for teken in tekst if unicodedata.category(teken) != "Cf"))


def _leave_bekend(tekst: str, bekend: Collection[str]) -> str:
    for naam in sorted(bekend, key=len, reverse=True):
        if naam:
            tekst = re.sub(rf"(?<!\w){re.escape(naam)}(?!\w)", lambda vondst: vondst.group().lower(), tekst)
    return tekst


def _find(tekst: str) -> Iterator[str]:
    if contact := is_contact(tekst):
        yield contact
    kentekens = (*_KENTEKEN.finditer(tekst), *_KENTEKEN_LOS.finditer(tekst))
    if any(len(vondst.group().replace("-", "").replace(" ", "")) == _TEKENS_KENTEKEN for vondst in kentekens):
        yield "een kenteken"
    if _POSTCODE.search(tekst) or _ADRES.search(tekst):
        yield "een adres"
    if not contact and _WEBADRES.search(tekst):
        yield "een webadres"
    if _NUMMER.search(tekst):
        yield "een nummer of geboortedatum"
    if _AANHEF.search(tekst) or _VOORLETTERS.search(tekst) or _has_hoofdletter_binnen(tekst):
        yield "een naam"


def _has_hoofdletter_binnen(tekst: str) -> bool:
    """Return whether a word inside a sentence has a capital, or the first two of a sentence both have one."""
    is_begin, vorige_was_naam = True, False
    for woord in _WOORD.findall(tekst):
        if woord in _ZINSEINDE:
            is_begin, vorige_was_naam = True, False
            continue
        is_afkorting = woord.isupper() and len(woord) < _LANG_VOOR_AFKORTING
        lijkt_naam = woord[0].isupper() and not is_afkorting
        if lijkt_naam and (not is_begin or vorige_was_naam):
            return True
        is_begin, vorige_was_naam = False, lijkt_naam
    return False
