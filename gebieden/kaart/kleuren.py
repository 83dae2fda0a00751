"""Kleuren en tekens van de kaart: the one place that holds them, for both themes.

One hue from pale to strong, so that "more" reads the same for colour-blind eyes and in grey. Every class also
has a sign (a disc that fills up) or a pattern. Contrast is checked in `tests/unit/test_kaart_kleuren.py`.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Literal

Kleurstelling = Literal["licht", "donker"]


class Klasse(IntEnum):
    """What an area is painted as; the number is its digit on the wire."""

    GEEN_PUNTEN = 0
    EEN = 1
    TWEE = 2
    DRIE = 3
    VIER = 4
    VIJF = 5
    ONBEKEND = 9


class Teken(StrEnum):
    """What marks a class besides its colour."""

    STIPPEN = "stippen"
    SCHIJF_LEEG = "schijf_leeg"
    SCHIJF_KWART = "schijf_kwart"
    SCHIJF_HALF = "schijf_half"
    SCHIJF_DRIEKWART = "schijf_driekwart"
    SCHIJF_VOL = "schijf_vol"
    ARCERING = "arcering"


TEKENS: dict[Klasse, Teken] = {
    Klasse.GEEN_PUNTEN: Teken.STIPPEN,
    Klasse.EEN: Teken.SCHIJF_LEEG,
    Klasse.TWEE: Teken.SCHIJF_KWART,
    Klasse.DRIE: Teken.SCHIJF_HALF,
    Klasse.VIER: Teken.SCHIJF_DRIEKWART,
    Klasse.VIJF: Teken.SCHIJF_VOL,
    Klasse.ONBEKEND: Teken.ARCERING,
}


@dataclass(frozen=True, slots=True)
class Vulling:
    """Fill of a class and the colour of text, sign and pattern on it."""

    vlak: str
    inkt: str


@dataclass(frozen=True, slots=True)
class Kaartkleuren:
    """Every colour of the map in one theme."""

    klassen: dict[Klasse, Vulling]
    lijn: str
    rand: str
    selectie: str


_DONKERE_INKT = "#16232e"
_LICHTE_INKT = "#ffffff"

KAARTKLEUREN: dict[Kleurstelling, Kaartkleuren] = {
    "licht": Kaartkleuren(
        klassen={
            Klasse.GEEN_PUNTEN: Vulling("#f4f3ef", "#6a6a64"),
            Klasse.EEN: Vulling("#e3edf5", _DONKERE_INKT),
            Klasse.TWEE: Vulling("#b5d1e6", _DONKERE_INKT),
            Klasse.DRIE: Vulling("#7badcf", _DONKERE_INKT),
            Klasse.VIER: Vulling("#3b75a3", _LICHTE_INKT),
            Klasse.VIJF: Vulling("#163f66", _LICHTE_INKT),
            Klasse.ONBEKEND: Vulling("#e9e8e4", "#55534e"),
        },
        lijn="#33475a",
        rand="#ffffff",
        selectie="#b03a00",
    ),
    "donker": Kaartkleuren(
        klassen={
            Klasse.GEEN_PUNTEN: Vulling("#1c1f26", "#9aa0a8"),
            Klasse.EEN: Vulling("#22364a", _LICHTE_INKT),
            Klasse.TWEE: Vulling("#2c4f70", _LICHTE_INKT),
            Klasse.DRIE: Vulling("#3d77a4", _LICHTE_INKT),
            Klasse.VIER: Vulling("#7fb2d8", _DONKERE_INKT),
            Klasse.VIJF: Vulling("#c8e2f3", _DONKERE_INKT),
            Klasse.ONBEKEND: Vulling("#2b2b2e", "#b9b6ae"),
        },
        lijn="#dfe7ee",
        rand="#0e1117",
        selectie="#ffb454",
    ),
}


def build_kleurinstellingen() -> dict[str, str]:
    """Return the colours per theme as the map script reads them, in few bytes: they travel with every rerun.

    Words `name:colours`, without `#`: `k0:` to `k9:` the fill and the ink of a class, then line, edge and selection.
    """
    return {naam: " ".join(_list_kleuren(kleuren)) for naam, kleuren in KAARTKLEUREN.items()}


def _list_kleuren(kleuren: Kaartkleuren) -> list[str]:
    klassen = [f"k{klasse.value}:{vulling.vlak}{vulling.inkt}" for klasse, vulling in kleuren.klassen.items()]
    overige = [f"lijn:{kleuren.lijn}", f"rand:{kleuren.rand}", f"selectie:{kleuren.selectie}"]
    return [woord.replace("#", "") for woord in klassen + overige]
