"""Codes van het CBS: `GM0361`, `WK036101`, `BU03610101`. A code is a string; Amsterdam's contain letters."""

import re

_BUURT = re.compile(r"BU[0-9A-Z]{8}")
_WIJK = re.compile(r"WK[0-9A-Z]{6}")
_GEMEENTE = re.compile(r"GM[0-9]{4}")

NIVEAUS_CBS = ("gemeente", "wijk", "buurt")


def determine_niveau(code: str) -> str | None:
    """Return `gemeente`, `wijk` or `buurt` for a well-formed CBS code, otherwise None."""
    for patroon, niveau in ((_BUURT, "buurt"), (_WIJK, "wijk"), (_GEMEENTE, "gemeente")):
        if patroon.fullmatch(code):
            return niveau
    return None


def determine_gemeentecode(code: str) -> str | None:
    """Return the `GM` code that a CBS code lies in; None for a code of another kind."""
    return "GM" + code[2:6] if determine_niveau(code) else None


def determine_ouder(code: str) -> str | None:
    """Return the code one level up in the CBS tree; None for a gemeente or a code of another kind."""
    niveau = determine_niveau(code)
    if niveau == "buurt":
        return "WK" + code[2:8]
    return "GM" + code[2:6] if niveau == "wijk" else None
