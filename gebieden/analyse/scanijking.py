"""What a scan does in weeks without anything: the threshold and the rate that were measured, not promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

MELDGRENS: Final = 0.01
"""A cluster is reported when its p-value is at most this."""
PLACEBOWEKEN: Final = 104
_KWANTIEL: Final = 0.99


@dataclass(frozen=True, slots=True)
class Ijking:
    """Measured on placebo weeks: `drempel` is the ratio that 1 % of them exceed, `gemeten` the share with an alarm."""

    drempel: float
    gemeten: float
    weken: int


def calibrate(maxima: Sequence[float], p_waarden: Sequence[float], *, grens: float = MELDGRENS) -> Ijking:
    """Return what the scan did in the last PLACEBOWEKEN placebo weeks, oldest first.

    `maxima` are the largest ratio of each week (0 where nothing stood out), `p_waarden` the smallest p-value (1 where
    nothing did). The threshold is the 99 % quantile of the maxima: the smallest ratio that at least 99 % of those
    weeks do not exceed. Source: section 2.1 of the methods. Raise ValueError without weeks or for unequal lengths.
    """
    if not maxima or len(maxima) != len(p_waarden):
        raise ValueError("De ijking heeft van elke placeboweek de hoogste waarde en de kleinste p nodig.")
    laatste = np.asarray(maxima[-PLACEBOWEKEN:], dtype=float)
    drempel = float(np.quantile(laatste, _KWANTIEL, method="inverted_cdf"))
    return Ijking(drempel, measure_alarmen(p_waarden[-PLACEBOWEKEN:], grens=grens), len(laatste))


def measure_alarmen(p_waarden: Sequence[float], *, grens: float = MELDGRENS) -> float:
    """Return the share (0 to 1) of the weeks with an alarm: those whose smallest p-value is at most `grens`."""
    return float(np.mean(np.asarray(p_waarden, dtype=float) <= grens))
