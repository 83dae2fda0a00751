"""Cases with numbers to compute with, `{"cases": [{"id", "input", "expected"?}, …]}`, checked as a whole."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.bestand import MEBIBYTE, check_bestand
from gebieden.inlezen.jsonbestand import parse_json

MAX_GEVALLEN_BYTES = 8 * MEBIBYTE
MAX_AANTAL = 10**12


@dataclass(frozen=True, slots=True)
class Veld:
    """One key of `input`: how many numbers (0: one, not in a list), and what each must be.

    `toets` gets a number that is finite and no boolean; `verwacht` says in Dutch what passes it.
    """

    lengtes: tuple[int, ...]
    toets: Callable[[float], bool]
    verwacht: str
    verplicht: bool = False


@dataclass(frozen=True, slots=True)
class Geval:
    """One case: its numbers per key, and the keys of its answer (all of them when the file names none)."""

    id: str
    invoer: dict[str, Any]
    sleutels: tuple[str, ...]


def is_aantal(getal: float) -> bool:
    """Return whether this is a whole number from 0 to MAX_AANTAL."""
    return isinstance(getal, int) and 0 <= getal <= MAX_AANTAL


AANTAL_VERWACHT = f"een heel getal van 0 tot en met {MAX_AANTAL}"


def read_gevallen(
    pad: Path,
    velden: Mapping[str, Veld],
    sleutels: Sequence[str],
    samenhang: Callable[[Mapping[str, Any]], list[str]] = lambda invoer: [],
) -> list[Geval]:
    """Return the cases of a file, in its order; `sleutels` are the keys an answer can have.

    `samenhang` says in Dutch what is wrong between the keys of one case, whose values may still be wrong themselves.

    Raise InvoerError with every fault in the file when it cannot be used, one per line.
    """
    check_bestand(pad, limiet_bytes=MAX_GEVALLEN_BYTES)
    fouten: list[str] = []
    inhoud = _parse(pad, fouten)
    rijen = inhoud.get("cases") if isinstance(inhoud, dict) else None
    if not isinstance(rijen, list) or not rijen:
        raise InvoerError(
            f"Bestand {pad.name} heeft geen lijst met gevallen. "
            'Verwacht: {"cases": [{"id": …, "input": {…}}, …]}. '
            "Vul de lijst en probeer het opnieuw."
        )
    gevallen = [
        _read_geval(nummer, rij, velden, sleutels, samenhang, fouten) for nummer, rij in enumerate(rijen, start=1)
    ]
    _check_dubbel(gevallen, fouten)
    if fouten:
        raise InvoerError("\n".join([f"Bestand {pad.name} is niet te gebruiken:", *(f"- {fout}" for fout in fouten)]))
    return gevallen


def _parse(pad: Path, fouten: list[str]) -> Any:
    def bouw(paren: list[tuple[str, object]]) -> dict[str, object]:
        keren = Counter(naam for naam, _ in paren)
        dubbel = sorted(naam for naam, aantal in keren.items() if aantal > 1)
        fouten.extend(
            f"Sleutel {_toon(naam)} staat meer dan één keer in hetzelfde object. Laat er één staan." for naam in dubbel
        )
        return dict(paren)

    return parse_json(pad.read_bytes(), pad.name, bouw)


def _read_geval(
    nummer: int,
    rij: Any,
    velden: Mapping[str, Veld],
    sleutels: Sequence[str],
    samenhang: Callable[[Mapping[str, Any]], list[str]],
    fouten: list[str],
) -> Geval:
    if not isinstance(rij, dict):
        fouten.append(f'Geval {nummer} is {_toon(rij)}. Verwacht: {{"id": …, "input": {{…}}}}.')
        return Geval("", {}, ())
    naam = rij.get("id")
    waar = f"Geval {nummer} ({_toon(naam)})"
    if not isinstance(naam, str) or not naam.strip() or not naam.isprintable():
        fouten.append(f'Geval {nummer} heeft geen naam. Verwacht: een leesbare tekst bij "id".')
        naam, waar = "", f"Geval {nummer}"
    invoer = rij.get("input")
    if isinstance(invoer, dict):
        fouten.extend(f"{waar}: {fout}" for fout in [*_list_fouten(invoer, velden), *samenhang(invoer)])
    else:
        fouten.append(f'{waar} heeft geen getallen. Verwacht: een object bij "input".')
    gevraagd = rij.get("expected", dict.fromkeys(sleutels))
    if not isinstance(gevraagd, dict):
        fouten.append(f'{waar}: "expected" is {_toon(gevraagd)}. Verwacht: een object, of laat het weg.')
        gevraagd = {}
    vreemd = [sleutel for sleutel in gevraagd if sleutel not in sleutels]
    fouten.extend(f'{waar}: "expected" vraagt {_toon(s)}. Verwacht: {", ".join(sleutels)}.' for s in vreemd)
    return Geval(naam, invoer if isinstance(invoer, dict) else {}, tuple(gevraagd))


def _list_fouten(invoer: dict[str, Any], velden: Mapping[str, Veld]) -> list[str]:
    fouten = [f'"{naam}" ontbreekt.' for naam, veld in velden.items() if veld.verplicht and naam not in invoer]
    for naam, waarde in invoer.items():
        if naam not in velden:
            fouten.append(f"sleutel {_toon(naam)} is onbekend. Verwacht: {', '.join(velden)}.")
            continue
        fouten.extend(f'"{naam}": {fout}' for fout in _list_veldfouten(waarde, velden[naam]))
    return fouten


def _list_veldfouten(waarde: Any, veld: Veld) -> list[str]:
    getallen = waarde if isinstance(waarde, list) else [waarde]
    lengte = len(waarde) if isinstance(waarde, list) else 0
    if lengte not in veld.lengtes:
        hoeveel = " of ".join(f"een lijst van {n}" if n else "één getal" for n in veld.lengtes)
        return [f"gevonden {_toon(waarde)}. Verwacht: {hoeveel}, steeds {veld.verwacht}."]
    fout = [getal for getal in getallen if not (_is_getal(getal) and veld.toets(getal))]
    return [f"gevonden {_toon(getal)}. Verwacht: {veld.verwacht}." for getal in fout]


def _is_getal(waarde: Any) -> bool:
    return isinstance(waarde, int | float) and not isinstance(waarde, bool) and abs(waarde) < 1e300 and isfinite(waarde)


def _check_dubbel(gevallen: Sequence[Geval], fouten: list[str]) -> None:
    gezien: set[str] = set()
    for geval in gevallen:
        if geval.id and geval.id in gezien:
            fouten.append(f"De naam {_toon(geval.id)} komt twee keer voor. Geef elk geval een eigen naam.")
        gezien.add(geval.id)


def _toon(waarde: Any) -> str:
    """Return a value as it stood in the file, no longer than fits in a sentence."""
    if isinstance(waarde, dict) or (isinstance(waarde, list) and any(isinstance(deel, list | dict) for deel in waarde)):
        return "een object" if isinstance(waarde, dict) else "een lijst van lijsten of objecten"
    tekst = json.dumps(waarde)
    return tekst if len(tekst) <= 60 else f"{tekst[:57]}…"
