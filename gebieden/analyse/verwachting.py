"""What every series of a panel may expect in a window of weeks: by share, by Farrington, or by one year's history.

Buurten expect their share of the municipal total; larger levels are judged by Farrington Flexible itself, and a
history of one to three years by its own last year (statistiek.md sections 0, 1.1-1.3).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from gebieden.analyse.aandeelmodel import Aandeelregels, determine_aandelen, predict_aandeel
from gebieden.analyse.farrington import Farrington, fit_farrington
from gebieden.analyse.kortehistorie import predict_kort
from gebieden.analyse.telverdeling import Voorspelling
from gebieden.analyse.weekpanel import Weekpanel, determine_begin
from gebieden.domein.vroegsignaal import Werkwijze

Breuken = npt.NDArray[np.float64]
Getallen = npt.NDArray[np.int64]
Vlaggen = npt.NDArray[np.bool_]
Voortgang = Callable[[int, int], None]

WERKWIJZEN: Final = tuple(Werkwijze)
_NUMMER: Final = {werkwijze: nummer for nummer, werkwijze in enumerate(WERKWIJZEN)}


@dataclass(frozen=True, slots=True)
class Verwachtingsregels:
    """How long a history each way of expecting needs, in weeks; `deel_weken` weeks are fitted between two reports of
    progress; a gap of more than `gat_weken` weeks without any report is a history that begins anew. The levels
    of `aandeelniveaus` are judged by their share, the others by Farrington itself."""

    min_weken: int = 52
    jaar_weken: int = 52
    weken_kort_farrington: int = 156
    weken_lang_farrington: int = 286
    gat_weken: int = 8
    deel_weken: int = 13
    aandeelniveaus: tuple[str, ...] = ("buurt",)
    farrington: Farrington = field(default_factory=Farrington)
    aandeel: Aandeelregels = field(default_factory=Aandeelregels)


@dataclass(frozen=True)
class Verwachting:
    """The prediction of one window and how it came about: numbers of WERKWIJZEN, all (A, C, K)."""

    voorspelling: Voorspelling
    werkwijze: npt.NDArray[np.int8]


@dataclass(frozen=True)
class _Reeksverwachting:
    """Mean, se of its logarithm and phi per series and week; NaN where Farrington has no baseline."""

    verwacht: Breuken
    se: Breuken
    phi: Breuken

    def sum_venster(self, kolommen: Getallen) -> "_Reeksverwachting":
        """Return the same for windows: `kolommen` (K, window) are weeks here, -1 where a week does not exist.

        The weeks of a window share their baseline, so their errors go together: the se of the sum's logarithm is the
        mean of the se's, weighted by the expectation.
        """
        deel = np.where(kolommen < 0, np.nan, self.verwacht[:, kolommen])
        som = deel.sum(axis=-1)
        gewicht = deel / som[..., None]
        se, phi = ((gewicht * waarde[:, kolommen]).sum(axis=-1) for waarde in (self.se, self.phi))
        return _Reeksverwachting(som, se, phi)


def predict_panel(
    panel: Weekpanel,
    weken: Getallen,
    vensters: tuple[int, ...],
    regels: Verwachtingsregels,
    voortgang: Voortgang | None = None,
) -> dict[int, Verwachting]:
    """Return per window (in weeks) what every series may expect in the windows that end in `weken` (K, from 0).

    `voortgang` hears how many of how many weeks are fitted. Raises ValueError for a week outside the panel.
    """
    if not np.isin(weken, np.arange(len(panel.maandagen))).all():
        raise ValueError("Verwacht: weken die in de tellingen staan.")
    begin = _determine_reeksbegin(panel, regels)
    historie = np.where(begin[..., None] < len(panel.maandagen), weken - begin[..., None], -1)
    telt = panel.is_basis & (np.arange(len(panel.maandagen)) >= begin[..., None])
    kort = {v: predict_kort(panel.tellingen, telt, weken, v, regels.jaar_weken) for v in vensters}
    lang = _predict_lang(panel, weken, vensters, begin, regels, voortgang)
    wijze = _NUMMER[Werkwijze.AANDEEL if _is_aandeel(panel, regels) else Werkwijze.FARRINGTON]
    return {v: _choose(lang[v], kort[v], historie, wijze, regels) for v in vensters}


def _is_aandeel(panel: Weekpanel, regels: Verwachtingsregels) -> bool:
    return panel.niveau in regels.aandeelniveaus and len(panel.gebieden) > 1


def _determine_reeksbegin(panel: Weekpanel, regels: Verwachtingsregels) -> Getallen:
    """Return per series (A, C) the first week that may be a basis; T where there is none."""
    weken = np.arange(len(panel.maandagen))
    telt = panel.is_basis & (weken >= determine_begin(panel, regels.gat_weken)[None, :, None])
    return np.where(telt.any(axis=-1), telt.argmax(axis=-1), len(weken)).astype(np.int64)


def _choose(
    lang: Voorspelling, kort: Voorspelling, historie: Getallen, wijze: int, regels: Verwachtingsregels
) -> Verwachting:
    is_lang = np.isfinite(lang.verwacht) & (historie >= regels.min_weken)
    is_kort = ~is_lang & np.isfinite(kort.verwacht) & (historie >= regels.min_weken)
    delen = [
        np.where(is_lang, getattr(lang, naam), np.where(is_kort, getattr(kort, naam), np.nan))
        for naam in ("verwacht", "variantie", "phi", "se")
    ]
    nummers = np.where(is_kort, _NUMMER[Werkwijze.KORTE_HISTORIE], _NUMMER[Werkwijze.GEEN])
    return Verwachting(Voorspelling(*delen), np.where(is_lang, wijze, nummers).astype(np.int8))


def _predict_lang(
    panel: Weekpanel,
    weken: Getallen,
    vensters: tuple[int, ...],
    begin: Getallen,
    regels: Verwachtingsregels,
    voortgang: Voortgang | None,
) -> dict[int, Voorspelling]:
    alle = np.unique([k - v for k in weken for v in range(max(vensters)) if k >= v]).astype(np.int64)
    if not _is_aandeel(panel, regels):
        uit = _fit(_flatten(panel.tellingen), _flatten(~panel.is_basis), begin.ravel(), alle, regels, voortgang)
        vorm = (*panel.tellingen.shape[:2], len(weken))
        return {v: _to_voorspelling(uit.sum_venster(_find_kolommen(alle, weken, v)), vorm) for v in vensters}
    return _predict_aandelen(panel, weken, vensters, alle, regels, voortgang)


def _flatten(reeksen: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    return reeksen.reshape(-1, reeksen.shape[-1])


def _to_voorspelling(uit: _Reeksverwachting, vorm: tuple[int, ...]) -> Voorspelling:
    verwacht, se, phi = (a.reshape(vorm) for a in (uit.verwacht, uit.se, uit.phi))
    return Voorspelling(verwacht, phi * verwacht + se**2 * verwacht**2, phi, se)


def _find_kolommen(alle: Getallen, weken: Getallen, venster: int) -> Getallen:
    """Return where the weeks of each window stand in `alle` (K, window); -1 for a week before the first."""
    gezocht = weken[:, None] - np.arange(venster)
    return np.where(gezocht < 0, -1, np.searchsorted(alle, np.maximum(gezocht, 0)))


def _predict_aandelen(
    panel: Weekpanel,
    weken: Getallen,
    vensters: tuple[int, ...],
    alle: Getallen,
    regels: Verwachtingsregels,
    voortgang: Voortgang | None,
) -> dict[int, Voorspelling]:
    """Return the share of the municipal expectation; the total without a large area is fitted as a series besides."""
    eerste = determine_begin(panel, regels.gat_weken)[None, :, None]
    telt = panel.is_basis & (np.arange(len(panel.maandagen)) >= eerste)
    aandelen = determine_aandelen(panel.tellingen, telt, weken, vensters, regels.aandeel)
    groot = np.argwhere(aandelen.is_groot.any(axis=-1))
    totaal = panel.tellingen.sum(axis=0)
    reeksen = np.concatenate([totaal, totaal[groot[:, 1]] - panel.tellingen[groot[:, 0], groot[:, 1]]])
    categorie = np.concatenate([np.arange(len(totaal)), groot[:, 1]])
    buiten = np.all(~telt, axis=0)[categorie]
    begin = np.where(buiten.all(axis=1), len(panel.maandagen), (~buiten).argmax(axis=1))
    uit = _fit(reeksen, buiten, begin, alle, regels, voortgang)
    voorspeld = {}
    for venster in vensters:
        som = uit.sum_venster(_find_kolommen(alle, weken, venster))
        rest, se_rest = (np.full(aandelen.aandeel.shape, np.nan) for _ in range(2))
        rest[groot[:, 0], groot[:, 1]] = som.verwacht[len(totaal) :]
        se_rest[groot[:, 0], groot[:, 1]] = som.se[len(totaal) :]
        gemeente = som.verwacht[: len(totaal)], som.se[: len(totaal)]
        voorspeld[venster] = predict_aandeel(aandelen, *gemeente, rest, se_rest, venster)
    return voorspeld


def _fit(
    reeksen: npt.NDArray[np.generic],
    buiten: npt.NDArray[np.generic],
    begin: Getallen,
    weken: Getallen,
    regels: Verwachtingsregels,
    voortgang: Voortgang | None,
) -> _Reeksverwachting:
    """Return Farrington's expectation (S, K): with the years of the settings, or three where history is shorter."""
    uit = _Reeksverwachting(*(np.full((len(reeksen), len(weken)), np.nan) for _ in range(3)))
    lengtes = (
        (regels.weken_kort_farrington, replace(regels.farrington, b=min(3, regels.farrington.b))),
        (regels.weken_lang_farrington, regels.farrington),
    )
    for van in range(0, len(weken), regels.deel_weken):
        deel = slice(van, van + regels.deel_weken)
        historie = weken[deel] - begin[:, None]
        for nodig, instellingen in lengtes:
            rijen = np.flatnonzero((historie >= nodig).any(axis=1))
            if len(rijen):
                _fit_deel(
                    uit, reeksen[rijen], buiten[rijen], (rijen, deel, weken[deel]), instellingen, historie >= nodig
                )
        if voortgang:
            voortgang(min(van + regels.deel_weken, len(weken)), len(weken))
    return uit


def _fit_deel(
    uit: _Reeksverwachting,
    reeksen: npt.NDArray[np.generic],
    buiten: npt.NDArray[np.generic],
    plaats: tuple[Getallen, slice, Getallen],
    instellingen: Farrington,
    is_lang_genoeg: Vlaggen,
) -> None:
    rijen, deel, weken = plaats
    gevonden = fit_farrington(reeksen.astype(np.int64), [int(k) for k in weken], instellingen, buiten.astype(bool))
    past = is_lang_genoeg[rijen] & np.isfinite(gevonden.verwacht)
    for doel, bron in ((uit.verwacht, gevonden.verwacht), (uit.se, gevonden.se_eta), (uit.phi, gevonden.phi)):
        doel[rijen, deel] = np.where(past, bron, doel[rijen, deel])
