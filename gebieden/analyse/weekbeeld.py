"""Weekbeeld: the verdicts of one week as plain values, the same bytes for the same input (statistiek.md section 7)."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from gebieden.analyse.vroegsignaal import Weekoordelen, list_vroegsignalen

METHODEVERSIE: Final = "vroegsignalen-1"
_CIJFERS: Final = 6


def compose_weekbeeld(oordelen: Weekoordelen, week: int) -> dict[str, Any]:
    """Return the verdicts on the week with this number: input hash, settings, version of the method, one row a verdict.

    Only plain values (None for not known), keys in order of the alphabet, fractions to six significant figures.
    Contains unsuppressed counts: for oov, and for storage. Raises ValueError for a week that was not judged.
    """
    panel = oordelen.panel
    return _plain(
        {
            "invoer_sha256": panel.invoer_sha256,
            "instellingen": asdict(oordelen.regels),
            "maandag": str(panel.maandagen[week]),
            "methode": METHODEVERSIE,
            "niveau": panel.niveau,
            "oordelen": [asdict(signaal) for signaal in list_vroegsignalen(oordelen, week)],
            "reeksen": {
                str(v): int(deel.reeksen[list(oordelen.weken).index(week)]) for v, deel in oordelen.vensters.items()
            },
        }
    )


def serialise_weekbeeld(weekbeeld: Mapping[str, Any]) -> bytes:
    """Return a weekbeeld as UTF-8 JSON, byte for byte the same for the same values."""
    tekst = json.dumps(weekbeeld, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return tekst.encode("utf-8")


def _plain(waarde: Any) -> Any:
    if isinstance(waarde, Mapping):
        return {str(sleutel): _plain(waarde[sleutel]) for sleutel in sorted(waarde)}
    if isinstance(waarde, list | tuple):
        return [_plain(deel) for deel in waarde]
    if isinstance(waarde, float):
        return float(f"{waarde:.{_CIJFERS}g}")
    if waarde is None or isinstance(waarde, bool | int):
        return waarde
    return str(waarde)
