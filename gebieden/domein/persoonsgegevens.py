"""Text that looks as if it is about a person: asked about before it is stored, never guessed to be all right.

A pattern sees what looks like a name, a number or an address. It does not see a name in small letters, nor a
description by which everybody knows who is meant: the form says so.
"""

import re
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
_TEKENS_KENTEKEN: Final = 6
_POSTCODE: Final = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b", re.IGNORECASE)
_ADRES: Final = re.compile(
    r"\b\w*(?:straat|laan|weg|plein|gracht|kade|dijk|hof|singel|pad|steeg|dreef|plantsoen|wal|park|erf|burg|hage)"
    r"\s+(?:nummer\s+|nr\.?\s*)?\d+",
    re.IGNORECASE,
)
_AANHEF: Final = re.compile(r"\b(?:de heer|dhr\.?|mevrouw|mevr\.?|mw\.?|meneer)\s+\w", re.IGNORECASE)
_VOORLETTERS: Final = re.compile(r"\b(?:[A-Z]\.\s?)+(?:(?:van|de|den|der|ter|ten|te|el|al|'t)\s+)*[A-Z]\w+")
_WOORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|[.!?\n:]")
_ZINSEINDE: Final = ".!?\n:"


def find_persoonlijk(tekst: str, bekend: Collection[str] = ()) -> list[str]:
    """Return what this text seems to hold about a person, each kind once; empty when nothing was seen.

    `bekend` are names that are no person's: of areas, of organisations.
    """
    zonder_bekend = _leave_bekend(tekst, bekend)
    return list(dict.fromkeys(_find(zonder_bekend)))


def is_contact(tekst: str) -> str:
    """Return which kind of contact data this looks like, or an empty text."""
    if any(teken in tekst for teken in _APENSTAARTEN):
        return "een e-mailadres"
    return "een telefoonnummer" if _TELEFOON.search(tekst) else ""


def compose_persoonsvraag(label: str, soorten: Collection[str]) -> str:
    """Return the question that holds a text back."""
    return (
        f"Het veld '{label}' lijkt {' en '.join(soorten)} te bevatten. Verwacht: geen personen en geen adressen. "
        f"Haal het weg. Gaat het niet over een persoon? Zet dan het vinkje '{PERSOONSVINKJE}'."
    )


def _leave_bekend(tekst: str, bekend: Collection[str]) -> str:
    for naam in sorted(bekend, key=len, reverse=True):
        if naam:
            tekst = re.sub(rf"(?<!\w){re.escape(naam)}(?!\w)", lambda vondst: vondst.group().lower(), tekst)
    return tekst


def _find(tekst: str) -> Iterator[str]:
    if contact := is_contact(tekst):
        yield contact
    if any(len(vondst.group().replace("-", "")) == _TEKENS_KENTEKEN for vondst in _KENTEKEN.finditer(tekst)):
        yield "een kenteken"
    if _POSTCODE.search(tekst) or _ADRES.search(tekst):
        yield "een adres"
    if _AANHEF.search(tekst) or _VOORLETTERS.search(tekst) or _has_hoofdletter_binnen(tekst):
        yield "een naam"


def _has_hoofdletter_binnen(tekst: str) -> bool:
    """Return whether a word inside a sentence has a capital, or the first two of a sentence both have one."""
    is_begin, vorige_was_naam = True, False
    for woord in _WOORD.findall(tekst):
        if woord in _ZINSEINDE:
            is_begin, vorige_was_naam = True, False
            continue
        # What is all capitals is an abbreviation: AH, NS, OOV.
        lijkt_naam = woord[0].isupper() and not woord.isupper()
        if lijkt_naam and (not is_begin or vorige_was_naam):
            return True
        is_begin, vorige_was_naam = False, lijkt_naam
    return False
