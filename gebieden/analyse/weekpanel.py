"""Weekpanel: counts of one level per area, category and consecutive ISO week, in one fixed order.

ISO week 53 is a week as any other: the weeks are consecutive Mondays, never merged or renumbered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt

Getallen = npt.NDArray[np.int64]
Vlaggen = npt.NDArray[np.bool_]
Dagen = npt.NDArray[np.datetime64]

_WEEK = np.timedelta64(7, "D")


@dataclass(frozen=True)
class Weekpanel:
    """`tellingen`, `onvolledig` and `uitgesloten` are (areas A, categories C, weeks T); the other fields name the axes.

    `onvolledig`: the count is not whole yet, so it is neither judged nor a basis. `uitgesloten`: the register of
    registration changes leaves the week out of the basis. Made by `build_weekpanel`, which sorts areas and categories.
    """

    niveau: str
    gebieden: tuple[str, ...]
    categorieen: tuple[str, ...]
    maandagen: Dagen
    tellingen: Getallen
    onvolledig: Vlaggen
    uitgesloten: Vlaggen
    invoer_sha256: str = field(compare=False)

    @property
    def is_basis(self) -> Vlaggen:
        """Which counts (A, C, T) may be the basis of an expectation."""
        return ~(self.onvolledig | self.uitgesloten)

    def find_week(self, maandag: date) -> int:
        """Return the number (from 0) of the week of this Monday; raise ValueError when the panel does not have it."""
        plaats = np.flatnonzero(self.maandagen == np.datetime64(maandag, "D"))
        if not len(plaats):
            raise ValueError(f"De week van maandag {maandag.isoformat()} staat niet in de tellingen.")
        return int(plaats[0])


def build_weekpanel(
    niveau: str,
    gebieden: Sequence[str],
    categorieen: Sequence[str],
    maandagen: Sequence[date] | Dagen,
    tellingen: npt.ArrayLike,
    *,
    onvolledig: npt.ArrayLike = False,
    uitsluitingen: Iterable[tuple[Sequence[int], Sequence[int], Sequence[int]]] = (),
) -> Weekpanel:
    """Return a panel whose areas and categories stand in order of their code; the arguments stay as they are.

    `tellingen` is (A, C, T); `onvolledig` broadcasts to it, so (T,) holds for every series. `uitsluitingen` are the
    numbers of areas, categories and weeks of `registratie.list_uitsluitingen`.
    Raises ValueError for shapes that do not match, a name twice, negative counts, or weeks that are not consecutive
    Mondays.
    """
    dagen = np.asarray(maandagen, dtype="datetime64[D]")
    aantallen = np.asarray(tellingen)
    _check(gebieden, categorieen, dagen, aantallen)
    open_ = np.broadcast_to(np.asarray(onvolledig, dtype=bool), aantallen.shape)
    uit = np.zeros(aantallen.shape, dtype=bool)
    for gebied, categorie, week in uitsluitingen:
        uit[np.ix_(list(gebied), list(categorie), list(week))] = True
    rijen = sorted(range(len(gebieden)), key=gebieden.__getitem__)
    kolommen = sorted(range(len(categorieen)), key=categorieen.__getitem__)
    orde = np.ix_(rijen, kolommen)
    delen = (aantallen.astype("<i8")[orde], open_[orde], uit[orde])
    namen = (tuple(gebieden[n] for n in rijen), tuple(categorieen[n] for n in kolommen))
    return Weekpanel(niveau, *namen, dagen, *delen, _hash(niveau, *namen, dagen, delen))


def _check(gebieden: Sequence[str], categorieen: Sequence[str], dagen: Dagen, tellingen: npt.NDArray[np.int64]) -> None:
    if tellingen.shape != (len(gebieden), len(categorieen), len(dagen)):
        raise ValueError("Verwacht: tellingen per gebied, per categorie en per week.")
    if len(set(gebieden)) < len(gebieden) or len(set(categorieen)) < len(categorieen):
        raise ValueError("Elk gebied en elke categorie mag maar één keer voorkomen.")
    if not np.issubdtype(tellingen.dtype, np.integer) or (tellingen < 0).any():
        raise ValueError("Verwacht: hele aantallen van 0 of meer.")
    # 1970-01-05 was a Monday.
    if (dagen.astype(np.int64) % 7 != 4).any() or (np.diff(dagen) != _WEEK).any():
        raise ValueError("Verwacht: opeenvolgende weken, elk met de datum van de maandag.")


def _hash(
    niveau: str,
    gebieden: tuple[str, ...],
    categorieen: tuple[str, ...],
    dagen: Dagen,
    delen: tuple[npt.NDArray[np.generic], ...],
) -> str:
    som = sha256(repr((niveau, gebieden, categorieen, dagen[:1].astype(str).tolist(), len(dagen))).encode())
    for deel in delen:
        som.update(np.ascontiguousarray(deel).tobytes())
    return som.hexdigest()


def determine_begin(panel: Weekpanel, gat_weken: int) -> Getallen:
    """Return per category (C,) the first week of its history: T where it never occurs.

    Before it lie weeks without any report of the category in the whole panel: not known is not zero. So does all
    that comes before a gap of more than `gat_weken` consecutive weeks in which nobody reported anything; weeks that
    are left out for every series are no gap.
    """
    weken = np.flatnonzero(panel.tellingen.any(axis=(0, 1)))
    volgnummer = np.cumsum(panel.is_basis.any(axis=(0, 1)))
    gaten = np.flatnonzero(np.diff(volgnummer[weken]) > gat_weken + 1)
    eerste = int(weken[gaten[-1] + 1]) if len(gaten) else 0
    komt_voor = panel.tellingen.any(axis=0) & (np.arange(len(panel.maandagen)) >= eerste)
    return np.where(komt_voor.any(axis=1), komt_voor.argmax(axis=1), len(panel.maandagen)).astype(np.int64)


def sum_venster(reeksen: Getallen, venster: int) -> Getallen:
    """Return the sums over `venster` weeks ending in each week of the last axis; the first ones have fewer weeks."""
    som: Getallen = np.cumsum(reeksen, axis=-1, dtype=np.int64)
    som[..., venster:] = som[..., venster:] - som[..., :-venster].copy()
    return som


def sum_tussen(reeksen: npt.NDArray[Any], van: Getallen, tot: Getallen) -> npt.NDArray[np.float64]:
    """Return the sums over weeks van … tot-1 of the last axis, which becomes that of `van` and `tot`; 0 when empty."""
    nul = np.zeros((*reeksen.shape[:-1], 1))
    som = np.concatenate([nul, np.cumsum(reeksen, axis=-1, dtype=np.float64)], axis=-1)
    verschil: npt.NDArray[np.float64] = som[..., np.maximum(van, tot)] - som[..., van]
    return verschil
