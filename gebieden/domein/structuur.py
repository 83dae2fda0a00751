"""Structuur: where there are more or fewer reports per inhabitant over a whole year, and what somebody sees of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gebieden.domein.kwartaal import Kwartaal

MINSTE_INWONERS: Final = 100
"""Where fewer people live than this, a rate per inhabitant says nothing about who lives there: shops, businesses."""
PER: Final = 1_000


class Structuurklasse(StrEnum):
    """What an area is on the map: its own rate among that of its neighbours."""

    HOOG_HOOG = "hoog-hoog"
    LAAG_LAAG = "laag-laag"
    HOOG_LAAG = "hoog-laag"
    LAAG_HOOG = "laag-hoog"
    NIET_OPVALLEND = "niet opvallend"
    TE_WEINIG = "te weinig gegevens"


@dataclass(frozen=True, slots=True)
class Structuurrij:
    """One buurt as somebody sees it; without `klasse` that is hidden, and `reden` says why there are too few data.

    The numbers are there only for who may see every report of the buurt. `cijfer` and `gevlakt` are reports per 1,000
    inhabitants, as counted and drawn towards those of the neighbours; None is unknown, or hidden.
    """

    code: str
    naam: str
    klasse: Structuurklasse | None
    reden: str = ""
    inwoners: int | None = None
    aantal: int | None = None
    cijfer: float | None = None
    gevlakt: float | None = None


@dataclass(frozen=True, slots=True)
class Wijkcijfer:
    """The gemeente or a wijk: `aantal` is None where a quarter of the year is hidden."""

    code: str
    naam: str
    niveau: str
    inwoners: int | None
    aantal: int | None

    @property
    def cijfer(self) -> float | None:
        """Reports per 1,000 inhabitants; None when either is not known."""
        return compute_cijfer(self.aantal, self.inwoners)


@dataclass(frozen=True, slots=True)
class Structuurbeeld:
    """A year as somebody sees it. `reden` says why no area has a class; `gebruikt` is how many buurten were compared.

    `moran` says whether neighbours look alike in the gemeente as a whole, with its two-sided `p`; `klassen` how many
    buurten of the gemeente have which class.
    """

    jaar: int
    groep: str | None
    buurten: tuple[Structuurrij, ...]
    wijken: tuple[Wijkcijfer, ...]
    gebruikt: int
    klassen: Counter[Structuurklasse]
    is_volledig: bool
    reden: str = ""
    moran: float | None = None
    p: float | None = None


def compute_cijfer(aantal: int | None, inwoners: int | None) -> float | None:
    """Return reports per 1,000 inhabitants; None where either is not known, or nobody lives."""
    return None if aantal is None or not inwoners else PER * aantal / inwoners


def list_hele_jaren(kwartalen: Iterable[Kwartaal]) -> list[int]:
    """Return the calendar years of which all four quarters are among these, newest first."""
    per_jaar = Counter(kwartaal.jaar for kwartaal in set(kwartalen))
    return sorted((jaar for jaar, aantal in per_jaar.items() if aantal == 4), reverse=True)
