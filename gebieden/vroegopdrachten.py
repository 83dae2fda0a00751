"""`analyse farrington` and `analyse ears`: early warning on weekly series, for an analyst."""

import argparse
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from math import isnan, nan
from pathlib import Path
from typing import Any, Final

import numpy as np

from gebieden.analyse.ears import COMBINATIES, Ears, compute_ears
from gebieden.analyse.farrington import METHODEN, Farrington, Farringtonuitkomst, fit_farrington
from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.farringtoninstellingen import read_farringtoninstellingen
from gebieden.inlezen.kolommen import list_namen
from gebieden.inlezen.weekreeksen import Weekreeks, compose_fouten, read_weekreeksen
from gebieden.opdrachten import report_voortgang
from gebieden.rapport.analysetabel import Waarde, write_analysetabel
from gebieden.rapport.uitvoer import check_uitvoerpad

FARRINGTONKOLOMMEN: Final = (
    "series", "config", "t", "observed", "upperbound", "alarm", "expected", "phi", "pvalue", "trend_used",
)  # fmt: skip
EARSKOLOMMEN: Final = ("series", "method", "baseline", "minSigma", "t", "upperbound", "alarm")
Rij = tuple[Waarde, ...]

_VELD_VAN: Final = {"thresholdMethod": "methode"}


def add_farrington(soort: "argparse._SubParsersAction[Any]") -> None:
    """Add `analyse farrington`."""
    opdracht = soort.add_parser("farrington", help="Farrington Flexible per reeks en week")
    opdracht.add_argument("reeksen", type=Path, metavar="REEKSEN.csv", help="kolommen series, t, observed")
    opdracht.add_argument("--instellingen", type=Path, required=True, metavar="CONFIG.json")
    opdracht.add_argument("--r-compat", action="store_true", help="reken precies zoals R surveillance, met zijn fouten")
    opdracht.add_argument("--uitvoer", type=Path, required=True, metavar="UIT.csv")
    opdracht.set_defaults(voer_uit=run_farrington)


def add_ears(soort: "argparse._SubParsersAction[Any]") -> None:
    """Add `analyse ears`."""
    opdracht = soort.add_parser("ears", help="EARS C1, C2 en C3, twaalf combinaties")
    opdracht.add_argument("reeksen", type=Path, metavar="REEKSEN.csv", help="kolommen series, t, observed")
    opdracht.add_argument("--uitvoer", type=Path, required=True, metavar="UIT.csv")
    opdracht.set_defaults(voer_uit=run_ears)


def run_farrington(keuzes: Namespace) -> int:
    """Write every week with a whole baseline of every series, under each set of settings."""
    check_uitvoerpad(keuzes.uitvoer, (keuzes.reeksen, keuzes.instellingen))
    reeksen, stellen = _read_beide(keuzes.reeksen, keuzes.instellingen, r_compat=keuzes.r_compat)
    uitkomsten: dict[tuple[int, str], list[Rij]] = {}
    for naam, stel in stellen.items():
        for lengte, nummers in _group(reeksen).items():
            weken = range(stel.eerste_week, lengte)
            melder = partial(_report, naam) if sys.stderr.isatty() else None
            uitkomst = fit_farrington(np.array([reeksen[n].tellingen for n in nummers]), weken, stel, melder=melder)
            for plaats, nummer in enumerate(nummers):
                uitkomsten[nummer, naam] = list(_iter_farrington(reeksen[nummer], naam, weken, uitkomst, plaats))
    _report_korte(reeksen, {naam: stel.eerste_week for naam, stel in stellen.items()})
    volgorde = ((nummer, naam) for nummer in range(len(reeksen)) for naam in stellen)
    return _write(FARRINGTONKOLOMMEN, [rij for sleutel in volgorde for rij in uitkomsten[sleutel]], keuzes.uitvoer)


def run_ears(keuzes: Namespace) -> int:
    """Write the twelve combinations for every week with a whole baseline of every series."""
    check_uitvoerpad(keuzes.uitvoer, (keuzes.reeksen,))
    reeksen = read_weekreeksen(keuzes.reeksen)
    rijen = [rij for reeks in reeksen for soort in COMBINATIES for rij in _iter_ears(reeks, soort)]
    _report_korte(reeksen, {f"{soort.methode} met {soort.baseline} weken": soort.eerste_week for soort in COMBINATIES})
    return _write(EARSKOLOMMEN, rijen, keuzes.uitvoer)


def _report(naam: str, aandeel: float) -> None:
    report_voortgang(aandeel, f"Farrington, {naam[:25]}")


def _write(koppen: Sequence[str], rijen: Sequence[Rij], pad: Path) -> int:
    write_analysetabel(koppen, rijen, pad)
    print(f"{len(rijen)} regels geschreven naar {pad}.")
    return 0


def _read_beide(
    reeksenpad: Path, instellingenpad: Path, *, r_compat: bool
) -> tuple[list[Weekreeks], dict[str, Farrington]]:
    """Return series and settings; the faults of both files in one error."""
    fouten: list[str] = []
    reeksen: list[Weekreeks] = []
    stellen: dict[str, Farrington] = {}
    try:
        reeksen = read_weekreeksen(reeksenpad)
    except InvoerError as fout:
        fouten.append(str(fout))
    try:
        stellen = _build_stellen(instellingenpad, r_compat=r_compat)
    except InvoerError as fout:
        fouten.append(str(fout))
    if fouten:
        raise InvoerError("\n".join(fouten))
    return reeksen, stellen


def _build_stellen(pad: Path, *, r_compat: bool) -> dict[str, Farrington]:
    """Return the settings of the file; what it leaves out is as in `Farrington`."""
    frequentie, geschreven = read_farringtoninstellingen(pad, METHODEN)
    stellen, fouten = {}, []
    for naam, waarden in geschreven.items():
        velden: dict[str, Any] = {_VELD_VAN.get(sleutel, sleutel): waarde for sleutel, waarde in waarden.items()}
        velden.pop("powertrans", None)
        if "limit54" in velden:
            velden["limit54"] = tuple(velden["limit54"])
        stellen[naam] = Farrington(**velden, freq=frequentie, r_compat=r_compat)
        try:
            stellen[naam].check()
        except InvoerError as fout:
            fouten.append(f"{pad.name}, {naam}: {fout}")
    if fouten:
        raise compose_fouten(fouten)
    return stellen


def _group(reeksen: Sequence[Weekreeks]) -> dict[int, list[int]]:
    """Return the numbers of the series per length: those are fitted together."""
    groepen: dict[int, list[int]] = {}
    for nummer, reeks in enumerate(reeksen):
        groepen.setdefault(len(reeks.tellingen), []).append(nummer)
    return groepen


def _iter_farrington(
    reeks: Weekreeks, naam: str, weken: Sequence[int], uitkomst: Farringtonuitkomst, plaats: int
) -> Iterator[Rij]:
    """Yield the rows as surveillance's output has them: nothing is expected where there is no bound."""
    grens, verwacht, phi, p = (
        a[plaats].tolist() for a in (uitkomst.bovengrens, uitkomst.verwacht, uitkomst.phi, uitkomst.p)
    )
    alarm, trend = uitkomst.alarm[plaats].tolist(), uitkomst.trend_gebruikt[plaats].tolist()
    for nummer, k in enumerate(weken):
        zonder = isnan(verwacht[nummer])
        yield (
            reeks.naam,
            naam,
            reeks.eerste_t + k,
            int(reeks.tellingen[k]),
            grens[nummer],
            nan if zonder else int(alarm[nummer]),
            nan if isnan(grens[nummer]) else verwacht[nummer],
            phi[nummer],
            p[nummer],
            nan if zonder else int(trend[nummer]),
        )


def _iter_ears(reeks: Weekreeks, soort: Ears) -> Iterator[Rij]:
    uitkomst = compute_ears(reeks.tellingen[None, :], soort)
    grens, alarm = uitkomst.bovengrens[0].tolist(), uitkomst.alarm[0].tolist()
    for k in range(soort.eerste_week, len(grens)):
        zonder = isnan(grens[k])
        oordeel = nan if zonder else int(alarm[k])
        yield reeks.naam, soort.methode, soort.baseline, f"{soort.min_sigma:g}", reeks.eerste_t + k, grens[k], oordeel


def _report_korte(reeksen: Sequence[Weekreeks], nodig: Mapping[str, int]) -> None:
    """Say on standard error which series are too short for which settings."""
    for naam, weken in nodig.items():
        korte = [reeks for reeks in reeksen if len(reeks.tellingen) <= weken]
        if korte:
            print(
                f"{naam}: {len(korte)} reeks(en) zonder uitkomst, want korter dan {weken + 1} weken: "
                f"{list_namen([reeks.naam for reeks in korte], hoogstens=10)}.",
                file=sys.stderr,
            )
