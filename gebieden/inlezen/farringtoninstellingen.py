"""Settings of Farrington Flexible: `{"frequency": 52, "configs": {name: {key: value}}}`, the keys as R has them."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Final

from gebieden.inlezen.jsonbestand import read_json
from gebieden.inlezen.weekreeksen import compose_fouten

Controle = tuple[Callable[[object], bool], str]

_BIJSCHRIFT: Final = frozenset({"surveillance", "R", "frequency", "configs", "series", "skipped"})
"""What may stand in the file; all but `frequency` and `configs` only says where it comes from."""


def _between(laag: float, hoog: float, *, open_: bool = False) -> Controle:
    """Return the check of a number; with `open_` the ends themselves are refused."""

    def check(waarde: object) -> bool:
        if not isinstance(waarde, int | float) or isinstance(waarde, bool):
            return False
        return laag < waarde < hoog if open_ else laag <= waarde <= hoog

    return check, f"een getal {'tussen' if open_ else 'van'} {laag:g} {'en' if open_ else 'tot en met'} {hoog:g}"


def _whole(laag: int, hoog: int, *, leeg: bool = False) -> Controle:
    def check(waarde: object) -> bool:
        return (leeg and waarde is None) or (type(waarde) is int and laag <= waarde <= hoog)

    return check, f"een geheel getal van {laag} tot en met {hoog}{', of null' if leeg else ''}"


def _is_limiet(waarde: object) -> bool:
    """Whether it is [cases, weeks]: at least 0 cases in at least 1 and at most 52 weeks."""
    if not isinstance(waarde, list) or [type(deel) for deel in waarde] != [int, int]:
        return False
    return bool(waarde[0] >= 0 and 1 <= waarde[1] <= 52)


_JA_NEE: Final[Controle] = (lambda waarde: isinstance(waarde, bool), "true of false")
_CONTROLES: Final[Mapping[str, Controle]] = {
    "b": _whole(1, 20),
    "w": _whole(0, 25),
    "noPeriods": _whole(1, 52),
    "pastWeeksNotIncluded": _whole(0, 1040, leeg=True),
    "reweight": _JA_NEE,
    "weightsThreshold": _between(0, 1000, open_=True),
    "trend": _JA_NEE,
    "pThresholdTrend": _between(0, 1),
    "alpha": _between(0, 1, open_=True),
    "limit54": (_is_limiet, "twee gehele getallen: [aantal, weken], zoals [5, 4]"),
    "powertrans": (lambda waarde: waarde == "2/3", '"2/3"; een andere macht rekent dit programma niet'),
}
_FREQUENTIE: Final = _whole(4, 366)


def read_farringtoninstellingen(pad: Path, methoden: Collection[str]) -> tuple[int, dict[str, dict[str, object]]]:
    """Return the number of periods in a year (52 if not said) and the checked settings by name, as they were written.

    `methoden` are the words that `thresholdMethod` may have.

    Raises
    ------
    InvoerError
        With every fault: an unknown key, a value of another type or outside its range, no settings at all.
    """
    inhoud = read_json(pad)
    if not isinstance(inhoud, dict):
        raise compose_fouten([f'Bestand {pad.name} is geen JSON-object. Verwacht: {{"configs": {{…}}}}.'])
    fouten = [
        _tell_onbekend(pad.name, sleutel, ("configs", "frequency")) for sleutel in inhoud if sleutel not in _BIJSCHRIFT
    ]
    controles = {**_CONTROLES, "thresholdMethod": (lambda w: w in methoden, f"een van {', '.join(methoden)}")}
    frequentie = inhoud.get("frequency", 52)
    fouten += _check(pad.name, "frequency", frequentie, _FREQUENTIE)
    configs = inhoud.get("configs")
    if not isinstance(configs, dict) or not configs:
        fouten.append(
            f"{pad.name}: 'configs' ontbreekt of is leeg. Verwacht: per naam de instellingen, zoals "
            '{"configs": {"standaard": {"b": 5, "w": 3}}}. Vul minstens één stel instellingen in.'
        )
        configs = {}
    for naam, stel in configs.items():
        fouten += _check_stel(f"{pad.name}, {naam}", stel, controles)
    if fouten:
        raise compose_fouten(fouten)
    return frequentie, configs


def _check_stel(waar: str, stel: object, controles: Mapping[str, Controle]) -> list[str]:
    if not isinstance(stel, dict):
        return [f"{waar}: gevonden {stel!r}. Verwacht: een object met instellingen. Zet ze tussen accolades."]
    fouten = []
    for sleutel, waarde in stel.items():
        if sleutel in controles:
            fouten += _check(waar, sleutel, waarde, controles[sleutel])
        else:
            fouten.append(_tell_onbekend(waar, sleutel, controles))
    return fouten


def _check(waar: str, sleutel: str, waarde: object, controle: Controle) -> list[str]:
    klopt, verwacht = controle
    if klopt(waarde):
        return []
    return [f"{waar}, {sleutel}: gevonden {str(waarde)[:60]!r}. Verwacht: {verwacht}. Verbeter de waarde."]


def _tell_onbekend(waar: str, sleutel: str, bekend: Collection[str]) -> str:
    return f"{waar}: sleutel {sleutel[:60]!r} is niet bekend. Verwacht: {', '.join(sorted(bekend))}. Verbeter de naam."
