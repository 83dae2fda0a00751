"""Counts in which nothing is going on: what a scan is compared with."""

from collections.abc import Sequence

import numpy as np

from gebieden.analyse.scan import Trekking, Venster, sum_vensters
from gebieden.analyse.zones import Getallen, Nummers


def build_verdeling(kansen: Getallen, totaal: int, vensters: Sequence[Venster]) -> Trekking:
    """Return draws of `totaal` reports over areas and weeks, each with the chance (A, T) that population gives it.

    This is the conditional Poisson null of Kulldorff (1997). The weeks before the first window are one cell.
    """
    eerste = min(begin for begin, _ in vensters)
    cellen = np.append(kansen[:, eerste:].ravel(), kansen[:, :eerste].sum())
    verschoven = [(begin - eerste, einde - eerste) for begin, einde in vensters]

    def trek(toeval: np.random.Generator, aantal: int) -> Nummers:
        trekking = toeval.multinomial(totaal, cellen / cellen.sum(), size=aantal)[:, :-1]
        per_week = trekking.reshape(aantal, len(kansen), -1).transpose(1, 2, 0)
        return np.ascontiguousarray(sum_vensters(per_week, verschoven))

    return trek


def build_permutatie(waargenomen: Nummers, vensters: Sequence[Venster]) -> Trekking:
    """Return draws in which the weeks of the reports (A, T) are shuffled: totals per area and per week stay.

    Source: Kulldorff and others (2005), PLoS Medicine 2:e59. Week by week, from what is left of each area.
    """
    eerste = min(begin for begin, _ in vensters)
    per_week = waargenomen.sum(axis=0)
    verschoven = [(begin - eerste, einde - eerste) for begin, einde in vensters]

    def trek_een(toeval: np.random.Generator) -> Nummers:
        over = waargenomen.sum(axis=1)
        uit = np.zeros((len(waargenomen), len(per_week) - eerste), dtype=np.int64)
        for week in range(len(per_week) - 1, eerste - 1, -1):
            uit[:, week - eerste] = toeval.multivariate_hypergeometric(over, per_week[week], method="marginals")
            over = over - uit[:, week - eerste]
        return uit

    def trek(toeval: np.random.Generator, aantal: int) -> Nummers:
        weken = np.stack([trek_een(toeval) for _ in range(aantal)], axis=-1)
        return np.ascontiguousarray(sum_vensters(weken, verschoven))

    return trek


def build_negatief_binomiaal(
    verwacht: Getallen, rv: Getallen, se: float, phi: float, vensters: Sequence[Venster]
) -> Trekking:
    """Return draws around an expectation that is itself uncertain, and with more spread than chance alone.

    `verwacht` (A, T) reports per area and week; `rv` (A,) the relative variance of an area's share (1 / its reports
    in the base period; 0 is certain); `se` >= 0 the standard error of the logarithm of the municipal total; `phi` >= 1
    the dispersion. Mean E · Gamma(1/rv, rv) · LogN(-se²/2, se), one factor per area and one for all areas per
    replication; variance `phi` times the mean. Source: section 2.1 of the methods. `phi` 1, `rv` 0 and `se` 0
    together are the Poisson null.
    """
    zeker = rv <= 0
    vorm = 1.0 / np.where(zeker, 1.0, rv)

    def trek(toeval: np.random.Generator, aantal: int) -> Nummers:
        aandeel = toeval.gamma(vorm[:, None], 1.0 / vorm[:, None], size=(len(rv), aantal))
        niveau = toeval.lognormal(-(se**2) / 2, se, size=aantal)
        mu = verwacht[:, :, None] * (np.where(zeker[:, None], 1.0, aandeel) * niveau)[:, None, :]
        if phi > 1:
            mu = toeval.gamma(mu / (phi - 1), phi - 1)
        return np.ascontiguousarray(sum_vensters(toeval.poisson(mu), vensters))

    return trek
