"""Kleuring: what one indicator says about every area, and how that travels to the map.

Numbers only come in here; which points count is decided in `domein` and `analyse`.
"""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gebieden.kaart.kleuren import Klasse


@dataclass(frozen=True, slots=True)
class Klassenreeks:
    """At most five fixed classes. The breaks never depend on the data, so a filter cannot shift them.

    `ondergrenzen` are the lowest values of the second class and up; what is below the first is the first
    class. `is_aandeel` says whether the value is teller / noemer (0–1) or the teller itself.
    """

    is_aandeel: bool
    ondergrenzen: tuple[float, ...]
    woorden: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.woorden) > 5 or len(self.woorden) != len(self.ondergrenzen) + 1:
            raise ValueError("Een klassenreeks heeft hoogstens vijf klassen, elk met een omschrijving.")


KLEINSTE_AANDEEL = 1e-12
AANDEEL = Klassenreeks(
    is_aandeel=True,
    ondergrenzen=(KLEINSTE_AANDEEL, 0.25, 0.5, 0.75),
    woorden=(
        "geen enkel punt",
        "minder dan een kwart",
        "een kwart tot de helft",
        "de helft tot driekwart",
        "driekwart of meer",
    ),
)
AANTAL = Klassenreeks(
    is_aandeel=False, ondergrenzen=(1, 2, 4, 7), woorden=("0", "1", "2 of 3", "4 tot en met 6", "7 of meer")
)


class Gebiedsstand(NamedTuple):
    """The figure of one area: `teller` of `noemer`. None is unknown; a noemer of 0 means no points.

    `label` replaces the text "teller van noemer" on the map where that does not fit the indicator. `bij` counts what
    stands beside the figure and is in neither, in the order of the words of the colouring.
    """

    teller: int | None
    noemer: int | None
    label: str | None = None
    bij: tuple[int, ...] = ()


# One and many, for "1 van 1 punt" and "2 van 14 punten".
EENHEID_PUNTEN = ("punt", "punten")
STAND_ONBEKEND = "stand onbekend"
ONBEKENDE_STAND = Gebiedsstand(None, None)


def classify(stand: Gebiedsstand, reeks: Klassenreeks) -> Klasse:
    """Return the class of one area."""
    if stand.teller is None or stand.noemer is None:
        return Klasse.ONBEKEND
    if stand.noemer == 0:
        return Klasse.GEEN_PUNTEN
    waarde = stand.teller / stand.noemer if reeks.is_aandeel else stand.teller
    return Klasse(1 + bisect_right(reeks.ondergrenzen, waarde))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kleuring:
    """One indicator over all areas of one boundary file, in the order of its `codes`.

    `indicator` is its id, `indicatorwoorden` what a reader sees ("Klaar"), `eenheid` what is counted, one and
    many, `filterregel` the line that says which filter is on ("Thema veilig"), empty without one.
    `onbekend` says what is not known of an area without a figure, `bij` what `Gebiedsstand.bij` counts, `leeg` what
    an area without points has.
    `is_soort` says that the class itself is the figure: the words of the series instead of "teller van noemer".
    `filtersleutel` names the filter: the map counts a colouring as new when this key, a figure or a word has
    changed.
    """

    indicator: str
    indicatorwoorden: str
    filtersleutel: str
    klassen: tuple[Klasse, ...]
    standen: tuple[Gebiedsstand, ...]
    eenheid: tuple[str, str] = EENHEID_PUNTEN
    filterregel: str = ""
    reeks: Klassenreeks = field(default=AANDEEL)
    onbekend: str = STAND_ONBEKEND
    leeg: str = ""
    bij: tuple[str, ...] = ()
    is_soort: bool = False


def build_kleuring(
    codes: Sequence[str],
    standen: Mapping[str, Gebiedsstand],
    *,
    indicator: str,
    indicatorwoorden: str,
    filtersleutel: str,
    reeks: Klassenreeks = AANDEEL,
    eenheid: tuple[str, str] = EENHEID_PUNTEN,
    filterregel: str = "",
    onbekend: str = STAND_ONBEKEND,
    leeg: str = "",
    bij: tuple[str, ...] = (),
    is_soort: bool = False,
) -> Kleuring:
    """Return the colouring for the areas of a boundary file; an area without a stand is unknown, never 0."""
    op_volgorde = tuple(standen.get(code, ONBEKENDE_STAND) for code in codes)
    # Many areas share few different figures: classify each figure once.
    klasse_per_stand = {stand: classify(stand, reeks) for stand in set(op_volgorde)}
    return Kleuring(
        indicator=indicator,
        indicatorwoorden=indicatorwoorden,
        filtersleutel=filtersleutel,
        klassen=tuple(klasse_per_stand[stand] for stand in op_volgorde),
        standen=op_volgorde,
        eenheid=eenheid,
        filterregel=filterregel,
        reeks=reeks,
        onbekend=onbekend,
        leeg=leeg or f"geen {eenheid[1]}",
        bij=bij,
        is_soort=is_soort,
    )


def encode_kleuring(kleuring: Kleuring) -> dict[str, object]:
    """Return the colouring as the map script reads it, a few bytes per area.

    `k` one digit per area, `t` and `n` teller and noemer, comma-separated, empty for unknown, `l` the
    labels that differ from "teller van noemer" by index, `x` per word of `w` how many stand beside the figure, empty
    for none, `c` the words per class where those are the figure, `s` a key that changes when the filter
    or anything painted changes.
    """
    velden: dict[str, object] = {
        "k": "".join(str(klasse.value) for klasse in kleuring.klassen),
        "t": ",".join("" if stand.teller is None else str(stand.teller) for stand in kleuring.standen),
        "n": ",".join("" if stand.noemer is None else str(stand.noemer) for stand in kleuring.standen),
        "l": {i: stand.label for i, stand in enumerate(kleuring.standen) if stand.label is not None},
        "i": kleuring.indicatorwoorden,
        "e": kleuring.eenheid,
        "u": kleuring.onbekend,
        "z": kleuring.leeg,
        "w": kleuring.bij,
        "x": [_join_bij(kleuring.standen, nummer) for nummer in range(len(kleuring.bij))],
        "f": kleuring.filterregel,
    }
    if kleuring.is_soort:
        velden["c"] = kleuring.reeks.woorden
    inhoud = json.dumps([velden, kleuring.indicator, kleuring.filtersleutel], separators=(",", ":"))
    return velden | {"s": hashlib.sha256(inhoud.encode()).hexdigest()[:16]}


def _join_bij(standen: Sequence[Gebiedsstand], nummer: int) -> str:
    aantallen = (stand.bij[nummer] if stand.bij else 0 for stand in standen)
    return ",".join(str(aantal) if aantal else "" for aantal in aantallen)
