"""The register of registration changes: a new app, category or border that looks like a change in what happens.

A change tells which weeks are no basis for an expectation, and what a reader has to know (statistiek.md section 5).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gebieden.domein.taal import format_datum

_WEEK = timedelta(weeks=1)
# As far back as an expectation looks: five years, a half and a window.
TERUGBLIK_WEKEN = 290
MARKEERWEKEN = 52


class Registratieeffect(StrEnum):
    """What a change does to the history of a series."""

    BREUK = "breuk"
    UITSLUITEN = "uitsluiten"
    MARKEREN = "markeren"


@dataclass(frozen=True, slots=True)
class Registratiewijziging:
    """One change; `gebied` or `categorie` None means all of them.

    `uitsluiten` holds for the weeks from `datum` up to and including `tot_en_met` (without it: the one week of
    `datum`); the other effects have no end. Raises ValueError for an end before the beginning, an end that another
    effect cannot have, or an empty explanation.
    """

    datum: date
    effect: Registratieeffect
    uitleg: str
    gebied: str | None = None
    categorie: str | None = None
    tot_en_met: date | None = None

    def __post_init__(self) -> None:
        if not self.uitleg.strip():
            raise ValueError("Zet bij een wijziging in de registratie een uitleg: wat veranderde er?")
        if self.tot_en_met and (self.effect is not Registratieeffect.UITSLUITEN or self.tot_en_met < self.datum):
            raise ValueError("Alleen bij 'uitsluiten' hoort een einddatum, en die ligt niet vóór de begindatum.")

    def is_buiten(self, maandag: date) -> bool:
        """Return whether the week of this Monday is no basis for an expectation: the week of a break itself too."""
        begin = self.datum - timedelta(days=self.datum.weekday())
        if self.effect is Registratieeffect.UITSLUITEN:
            return begin <= maandag <= (self.tot_en_met or self.datum)
        # A break on a Monday leaves that week whole.
        return self.effect is Registratieeffect.BREUK and maandag < self.datum

    def raakt(self, gebied: str, categorie: str, houders: Mapping[str, frozenset[str]]) -> bool:
        """Return whether the change is about this series; `houders` gives per area the areas it lies in."""
        past_gebied = self.gebied is None or self.gebied == gebied or self.gebied in houders.get(gebied, frozenset())
        return past_gebied and self.categorie in (None, categorie)


def list_uitsluitingen(
    wijzigingen: Sequence[Registratiewijziging],
    gebieden: Sequence[str],
    categorieen: Sequence[str],
    maandagen: Sequence[date],
    houders: Mapping[str, frozenset[str]] | None = None,
) -> list[tuple[list[int], list[int], list[int]]]:
    """Return per change that leaves weeks out the numbers (from 0) of the areas, categories and weeks it concerns.

    Every combination of the three is left out of the baseline; a change that touches nothing here is not in the list.
    """
    stukken = []
    for wijziging in wijzigingen:
        gebied = [n for n, g in enumerate(gebieden) if wijziging.raakt(g, wijziging.categorie or "", houders or {})]
        categorie = [n for n, c in enumerate(categorieen) if wijziging.categorie in (None, c)]
        week = [n for n, m in enumerate(maandagen) if wijziging.is_buiten(m)]
        if gebied and categorie and week:
            stukken.append((gebied, categorie, week))
    return stukken


def list_opmerkingen(
    wijzigingen: Sequence[Registratiewijziging],
    gebied: str,
    categorie: str,
    maandag: date,
    houders: Mapping[str, frozenset[str]] | None = None,
) -> list[str]:
    """Return what a reader of the verdict on the week of `maandag` has to know, oldest change first.

    A mark is told for a year, a break or an exclusion as long as the expectation looks back over it. A change after
    the week is not told.
    """
    return [
        _describe(wijziging)
        for wijziging in sorted(wijzigingen, key=lambda w: (w.datum, w.effect, w.uitleg))
        if wijziging.raakt(gebied, categorie, houders or {}) and _is_van_nu(wijziging, maandag)
    ]


def list_storingen(
    wijzigingen: Sequence[Registratiewijziging],
    gebieden: Collection[str],
    categorie: str,
    van: date,
    tot: date,
    houders: Mapping[str, frozenset[str]],
) -> list[str]:
    """Return what changed from `van` up to but not including `tot` that makes before and after hard to compare."""
    return [
        f"Let op: op {format_datum(wijziging.datum)} veranderde er iets in de registratie "
        f"({wijziging.uitleg.strip().rstrip('.')}). Ervoor en erna zijn daardoor minder goed te vergelijken."
        for wijziging in wijzigingen
        if van <= wijziging.datum < tot and any(wijziging.raakt(gebied, categorie, houders) for gebied in gebieden)
    ]


def _is_van_nu(wijziging: Registratiewijziging, maandag: date) -> bool:
    weken = MARKEERWEKEN if wijziging.effect is Registratieeffect.MARKEREN else TERUGBLIK_WEKEN
    laatste = wijziging.tot_en_met or wijziging.datum
    return wijziging.datum < maandag + _WEEK and laatste >= maandag - weken * _WEEK


def _describe(wijziging: Registratiewijziging) -> str:
    uitleg = wijziging.uitleg.strip().rstrip(".")
    dag = format_datum(wijziging.datum)
    if wijziging.effect is Registratieeffect.BREUK:
        return f"Op {dag} veranderde de registratie ({uitleg}); van daarvoor telt niets mee in wat gebruikelijk is."
    if wijziging.effect is Registratieeffect.UITSLUITEN:
        tot = f" tot en met {format_datum(wijziging.tot_en_met)}" if wijziging.tot_en_met else ""
        begin = f"De weken van {dag}{tot} tellen" if tot else f"De week van {dag} telt"
        return f"{begin} niet mee in wat gebruikelijk is ({uitleg})."
    return f"Let op: op {dag} veranderde er iets in de registratie ({uitleg})."
