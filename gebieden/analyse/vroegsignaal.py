"""Vroegsignalen: which counts of a week stand out, judged for all series of one level together.

Statistiek.md section 1.4: one-sided exact chances, Benjamini & Hochberg over all series of one level and one window
in one week. Nothing here says that it is less safe: it says that more was reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from gebieden.analyse.telverdeling import Voorspelling, adjust_bh
from gebieden.analyse.verwachting import WERKWIJZEN, Verwachting, Verwachtingsregels, Voortgang, predict_panel
from gebieden.analyse.weekpanel import Weekpanel, sum_venster
from gebieden.domein.definities import DREMPEL_SIGNALEN
from gebieden.domein.vroegsignaal import Vroegsignaal, Vroegstaat

Breuken = npt.NDArray[np.float64]
Getallen = npt.NDArray[np.int64]

STATEN: Final = tuple(Vroegstaat)
_STAAT: Final = {staat: nummer for nummer, staat in enumerate(STATEN)}
_VIER_WEKEN: Final = 4


@dataclass(frozen=True, slots=True)
class Vroegregels:
    """`vensters` in weeks (4 among them); `q` the promised share of false signals; `kans_let_op` for "let op".

    Below `min_verwacht` reports expected in four weeks there are too few data; below `min_aantal` in the window only
    oov may see a warning. `gebruikelijk` is the share (0-1) of the usual range.
    """

    vensters: tuple[int, ...] = (1, _VIER_WEKEN)
    q: float = 0.10
    kans_let_op: float = 0.005
    min_verwacht: float = 0.5
    min_aantal: int = DREMPEL_SIGNALEN
    gebruikelijk: float = 0.95
    verwachting: Verwachtingsregels = field(default_factory=Verwachtingsregels)

    def __post_init__(self) -> None:
        if _VIER_WEKEN not in self.vensters or min(self.vensters) < 1 or not 0 < self.q < 1:
            raise ValueError("Verwacht: vensters van 1 week of meer, waaronder dat van 4 weken, en q tussen 0 en 1.")


@dataclass(frozen=True)
class Vensteroordeel:
    """The verdicts of one window: (A, C, K), with `reeksen` (K,) the number of tests in the family of each week.

    `staat` and `werkwijze` are numbers of STATEN and WERKWIJZEN; NaN is not known; the rest as in Vroegsignaal.
    """

    waargenomen: Getallen
    staat: npt.NDArray[np.int8]
    werkwijze: npt.NDArray[np.int8]
    verwacht: Breuken
    laag: Breuken
    hoog: Breuken
    kans: Breuken
    kans_bh: Breuken
    alarm_vanaf: Breuken
    kans_verdubbeling: Breuken
    factor_zichtbaar: Breuken
    reeksen: Getallen


@dataclass(frozen=True)
class Weekoordelen:
    """The verdicts of a panel in `weken` (K,), per window in weeks."""

    panel: Weekpanel
    weken: Getallen
    regels: Vroegregels
    vensters: dict[int, Vensteroordeel]


def judge_weken(
    panel: Weekpanel,
    weken: Sequence[int],
    regels: Vroegregels | None = None,
    voortgang: Voortgang | None = None,
) -> Weekoordelen:
    """Return the verdicts on the windows that end in `weken` (numbers from 0; one, or 104 to fill back).

    `voortgang(gedaan, totaal)` is called between parts. The panel is not changed, and the order in which its areas were
    given makes no difference. Raises ValueError for a week outside the panel.
    """
    regels = regels or Vroegregels()
    nummers = np.asarray(list(weken), dtype=np.int64)
    verwachtingen = predict_panel(panel, nummers, regels.vensters, regels.verwachting, voortgang)
    vier = verwachtingen[_VIER_WEKEN].voorspelling.verwacht
    oordelen = {v: _judge_venster(panel, nummers, v, verwachtingen[v], vier, regels) for v in regels.vensters}
    return Weekoordelen(panel, nummers, regels, oordelen)


def _judge_venster(
    panel: Weekpanel, weken: Getallen, venster: int, verwachting: Verwachting, vier: Breuken, regels: Vroegregels
) -> Vensteroordeel:
    model = verwachting.voorspelling
    aantal = sum_venster(panel.tellingen, venster)[..., weken]
    onvolledig = (sum_venster((~panel.is_basis).astype(np.int64), venster)[..., weken] > 0) | (weken < venster - 1)
    te_weinig = ~(vier >= regels.min_verwacht) | np.isnan(model.verwacht)
    kans = np.where(onvolledig | te_weinig, np.nan, model.compute_kans(aantal))
    kans_bh, aanvaard, grens = _adjust_weken(kans, regels.q)
    staat = np.select(
        [onvolledig, te_weinig, aanvaard, kans < regels.kans_let_op],
        [
            _STAAT[s]
            for s in (
                Vroegstaat.GEGEVENS_ONVOLLEDIG,
                Vroegstaat.TE_WEINIG_GEGEVENS,
                Vroegstaat.SIGNAAL,
                Vroegstaat.LET_OP,
            )
        ],
        _STAAT[Vroegstaat.NORMAAL],
    ).astype(np.int8)
    getallen = _describe(model, grens, np.isfinite(kans), regels)
    reeksen = np.isfinite(kans).sum(axis=(0, 1))
    return Vensteroordeel(
        waargenomen=aantal,
        staat=staat,
        werkwijze=verwachting.werkwijze,
        kans=kans,
        kans_bh=kans_bh,
        reeksen=reeksen,
        **getallen,
    )


def _describe(
    model: Voorspelling, grens: Breuken, getoetst: npt.NDArray[np.bool_], regels: Vroegregels
) -> dict[str, Breuken]:
    """Return expectation, usual range, alarm number, chance to see a doubling and what factor is seen, where tested."""
    getoetst_model = Voorspelling(
        *(np.where(getoetst, deel, np.nan)[getoetst] for deel in (model.verwacht, model.variantie, model.phi, model.se))
    )
    vanaf = getoetst_model.find_aantal(grens[getoetst])
    laag, hoog = getoetst_model.find_gebruikelijk(regels.gebruikelijk)
    delen = {
        "verwacht": getoetst_model.verwacht,
        "laag": laag,
        "hoog": hoog,
        "alarm_vanaf": vanaf,
        "kans_verdubbeling": getoetst_model.compute_trefkans(vanaf, 2.0),
        "factor_zichtbaar": getoetst_model.find_factor(vanaf),
    }
    return {naam: _spread(deel, getoetst) for naam, deel in delen.items()}


def _adjust_weken(kans: Breuken, q: float) -> tuple[Breuken, npt.NDArray[np.bool_], Breuken]:
    """Return `adjust_bh` for every week (last axis) apart: one family is one week."""
    bijgesteld, aanvaard, grens = (
        np.full(kans.shape, np.nan),
        np.zeros(kans.shape, dtype=bool),
        np.full(kans.shape, np.nan),
    )
    for k in range(kans.shape[-1]):
        bijgesteld[..., k], aanvaard[..., k], grens[..., k] = adjust_bh(kans[..., k], q)
    return bijgesteld, aanvaard, grens


def _spread(waarden: Breuken, plaats: npt.NDArray[np.bool_]) -> Breuken:
    uit = np.full(plaats.shape, np.nan)
    uit[plaats] = waarden
    return uit


def list_vroegsignalen(oordelen: Weekoordelen, week: int, staten: Sequence[Vroegstaat] = STATEN) -> list[Vroegsignaal]:
    """Return the verdicts on the windows that end in `week` (its number in the panel) with one of these states.

    In order of window, area and category. Raises ValueError for a week that was not judged.
    """
    plaatsen = np.flatnonzero(oordelen.weken == week)
    if not len(plaatsen):
        raise ValueError("Deze week is niet beoordeeld.")
    k = int(plaatsen[0])
    maandag = oordelen.panel.maandagen[week].astype(date)
    gezocht = np.isin(np.arange(len(STATEN)), [_STAAT[s] for s in staten])
    return [
        _build(oordelen, maandag, venster, (int(a), int(c), k))
        for venster, deel in oordelen.vensters.items()
        for a, c in np.argwhere(gezocht[deel.staat[..., k]])
    ]


def _build(oordelen: Weekoordelen, maandag: date, venster: int, plek: tuple[int, int, int]) -> Vroegsignaal:
    deel = oordelen.vensters[venster]
    staat = STATEN[deel.staat[plek]]
    heel = int(deel.waargenomen[plek])
    return Vroegsignaal(
        gebied=oordelen.panel.gebieden[plek[0]],
        categorie=oordelen.panel.categorieen[plek[1]],
        maandag=maandag,
        venster=venster,
        staat=staat,
        werkwijze=WERKWIJZEN[deel.werkwijze[plek]],
        waargenomen=None if staat is Vroegstaat.GEGEVENS_ONVOLLEDIG else heel,
        verwacht=_known(deel.verwacht[plek]),
        laag=_whole(deel.laag[plek]),
        hoog=_whole(deel.hoog[plek]),
        kans=_known(deel.kans[plek]),
        kans_bh=_known(deel.kans_bh[plek]),
        alarm_vanaf=_whole(deel.alarm_vanaf[plek]),
        kans_verdubbeling=_known(deel.kans_verdubbeling[plek]),
        factor_zichtbaar=_known(deel.factor_zichtbaar[plek]),
        is_toonbaar=staat is not Vroegstaat.GEGEVENS_ONVOLLEDIG and heel >= oordelen.regels.min_aantal,
    )


def _known(waarde: float) -> float | None:
    return None if np.isnan(waarde) else float(waarde)


def _whole(waarde: float) -> int | None:
    return None if np.isnan(waarde) else int(waarde)
