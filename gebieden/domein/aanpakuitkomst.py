"""What an aanpak is registered with, and what its measurement says: local effect and displacement apart."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Paar = tuple[int, int]
"""A count before and a count after."""


class Verplaatsingsoordeel(StrEnum):
    """What may be said about displacement to the areas around."""

    AANNEMELIJK = "verplaatsing aannemelijk"
    AANWIJZING = "aanwijzing"
    NIET_AANTOONBAAR = "niet aantoonbaar"
    UITSTRALING = "uitstraling"
    HANGT_AF = "hangt af van de maat"
    TE_WEINIG = "te weinig gegevens"


class Richting(StrEnum):
    """What the aanpak was expected to do to the count in its own areas."""

    DALING = "daling"
    STIJGING = "stijging"


@dataclass(frozen=True, slots=True)
class Aanpakontwerp:
    """A registered aanpak: its areas, the areas around, both comparison sets, its first day and its length in weeks.

    The week that holds `start` is the first week after. The four sets are sets of area codes without overlap;
    `behandeld` are areas of other approaches, that may not stand for an area where nothing was done.
    """

    doel: frozenset[str]
    rand: frozenset[str]
    doelcontrole: frozenset[str]
    randcontrole: frozenset[str]
    start: date
    duur: int
    richting: Richting = Richting.DALING
    behandeld: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Aantallen:
    """The eight counts: before and after in target, buffer and their comparison areas."""

    doel: Paar
    doelcontrole: Paar
    rand: Paar = (0, 0)
    randcontrole: Paar = (0, 0)


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimated change in meldingen (negative is fewer) with its two-sided 95 % interval."""

    schatting: float
    laag: float
    hoog: float


@dataclass(frozen=True, slots=True)
class Verhouding:
    """A relative effect size (RES, above 1 is favourable) with its 95 % interval, and the phi coefficient."""

    res: float
    laag: float
    hoog: float
    phi_coefficient: float


@dataclass(frozen=True, slots=True)
class Nepuitkomst:
    """How many pseudo interventions were tried, and how many gave as much or more."""

    aantal: int
    evenveel: int

    @property
    def p(self) -> float:
        """(1 + #) / (B + 1), above 0 and at most 1."""
        return (1 + self.evenveel) / (self.aantal + 1)


@dataclass(frozen=True, slots=True)
class Neptoets:
    """The real estimate beside those of the pseudo interventions, all in standard errors."""

    echt: float
    nep: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Aanpakcijfers:
    """All figures behind a verdict; counts and changes are meldingen over the period after, in all target areas.

    `onder` and `boven` are the one-sided 95 % bounds of the displacement part, on which the verdict rests. `mde`:
    a displacement smaller than this is usually missed. `wdq` is None when it may not be shown.
    """

    aantallen: Aantallen
    lokaal: Effect
    verplaatsing: Effect
    totaal: Effect
    onder: float
    boven: float
    phi: float
    mde: float
    res: Verhouding
    res_rand: Verhouding
    wdq: float | None
    nep_lokaal: Nepuitkomst
    nep_verplaatsing: Nepuitkomst
    weken: int
    toets_lokaal: Neptoets
    toets_verplaatsing: Neptoets


@dataclass(frozen=True, slots=True)
class Aanpakuitkomst:
    """A verdict with its figures; `redenen` says in Dutch what is missing when it is te weinig gegevens.

    `cijfers` is None when there is no period to compare. `weggelaten` are the weeks (as `2026-W53`) that have no
    counterpart in the previous years or lie in the weeks that led to the aanpak.
    """

    oordeel: Verplaatsingsoordeel
    cijfers: Aanpakcijfers | None
    redenen: tuple[str, ...] = ()
    weggelaten: tuple[str, ...] = ()


class Afwijzing(StrEnum):
    """Why an area cannot serve as comparison."""

    BEHANDELD = "behandeld"
    GRENST = "grenst"
    ZONDER_MELDINGEN = "zonder meldingen"
    NIVEAU = "niveau"
    TREND = "trend"
    ANDERE_SET = "andere set"


@dataclass(frozen=True, slots=True)
class Vergelijkgebied:
    """An area judged as comparison, with the figures of the judgement; `afwijzing` None means it fits.

    `niveau` is its count in the time before as a multiple of the mean area it is compared with. `trend` is how much
    more (above 1) or less it grew than that area from the first half of the time before to the second, and `p`
    how easily chance does that. None: not looked at, because it was refused before.
    """

    code: str
    niveau: float | None = None
    trend: float | None = None
    p: float | None = None
    afwijzing: Afwijzing | None = None


@dataclass(frozen=True, slots=True)
class Vergelijkingsvoorstel:
    """What a person is asked to confirm: the areas around, and one comparison set for each of the two.

    The sets come nearest in level first; the refused by code, each area for each set that it is not in.
    """

    rand: tuple[str, ...]
    doelcontrole: tuple[Vergelijkgebied, ...]
    randcontrole: tuple[Vergelijkgebied, ...]
    afgewezen_doel: tuple[Vergelijkgebied, ...]
    afgewezen_rand: tuple[Vergelijkgebied, ...]
