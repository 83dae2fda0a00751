"""A table to suppress, as JSON: `{"table": [[…], …], "row_totals": […], "col_totals": […]}`, checked as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.jsonbestand import read_json

MAX_GETAL = 100_000_000
MAX_SOM = 1_000_000_000
MAX_CELLEN = 20_000

_MAX_FOUTEN = 100
# The keys of the reference cases, that say of a table what should come out; all others may be a slip of the pen in
# one of ours, which would leave a total out of the calculation.
_TOELICHTING = frozenset(
    ["id", "suppressed", "threshold", "safe", "attack", "solutions", "with_prior_lt5", "why", "note"]
)


@dataclass(frozen=True, slots=True)
class Afschermtabel:
    """A table of counts, row by row, whose totals add up; `met_kolomtotalen` says whether those are published too."""

    rijen: tuple[tuple[int, ...], ...]
    met_kolomtotalen: bool


def read_afschermtabel(pad: Path) -> Afschermtabel:
    """Return the table in a file; `col_totals` may be left out, `row_totals` may not.

    Raise InvoerError with every fault in the file when it cannot be used, one per line.
    """
    inhoud = read_json(pad)
    if not isinstance(inhoud, dict):
        raise InvoerError(
            f'Bestand {pad.name} is JSON, maar geen object. Verwacht: {{"table": [[…], …], "row_totals": […], '
            '"col_totals": […]}. Maak het bestand zo op en probeer het opnieuw.'
        )
    fouten = list(_check_inhoud(inhoud))
    if fouten:
        rest = [f"- … en nog {len(fouten) - _MAX_FOUTEN}"] if len(fouten) > _MAX_FOUTEN else []
        regels = [f"- {fout}" for fout in fouten[:_MAX_FOUTEN]]
        raise InvoerError("\n".join([f"Bestand {pad.name} is niet te gebruiken:", *regels, *rest]))
    return Afschermtabel(tuple(tuple(map(int, rij)) for rij in inhoud["table"]), inhoud.get("col_totals") is not None)


def _check_inhoud(inhoud: dict[str, object]) -> Iterator[str]:
    for sleutel in inhoud.keys() - {"table", "row_totals", "col_totals"} - _TOELICHTING:
        yield f'Onbekende sleutel "{sleutel}". Verwacht: table, row_totals en eventueel col_totals. Haal hem weg.'
    rijen = inhoud.get("table")
    if not _is_tabel(rijen):
        yield '"table" ontbreekt of is geen lijst van rijen. Verwacht: [[12, 3], [4, 9]]. Vul de tabel in.'
        rijen = None
    else:
        yield from _check_tabel(rijen)
    yield from _check_totalen("row_totals", inhoud.get("row_totals"), None if rijen is None else list(rijen), "rij")
    if inhoud.get("col_totals") is not None:
        kolommen = None if rijen is None or len({len(rij) for rij in rijen}) != 1 else list(zip(*rijen, strict=True))
        yield from _check_totalen("col_totals", inhoud["col_totals"], kolommen, "kolom")


def _is_tabel(rijen: object) -> TypeGuard[list[list[object]]]:
    return isinstance(rijen, list) and bool(rijen) and all(isinstance(rij, list) and rij for rij in rijen)


def _check_tabel(rijen: Sequence[Sequence[object]]) -> Iterator[str]:
    if sum(map(len, rijen)) > MAX_CELLEN:
        yield f'"table" heeft {sum(map(len, rijen))} getallen. Verwacht: hoogstens {MAX_CELLEN}. Splits de tabel.'
    for nummer, rij in enumerate(rijen, start=1):
        if len(rij) != len(rijen[0]):
            yield (
                f"Rij {nummer} van de tabel heeft {len(rij)} getallen en rij 1 heeft er {len(rijen[0])}. "
                "Verwacht: elke rij even lang. Vul de rij aan."
            )
        for kolom, getal in enumerate(rij, start=1):
            if not _is_aantal(getal):
                yield _compose_getalfout(f"Rij {nummer}, kolom {kolom} van de tabel", getal)
    som = sum(int(getal) for rij in rijen for getal in rij if _is_aantal(getal))
    if som > MAX_SOM:
        yield f'"table" telt samen op tot {som}. Verwacht: hoogstens {MAX_SOM}. Splits de tabel.'


def _check_totalen(
    sleutel: str, totalen: object, lijnen: Sequence[Sequence[object]] | None, soort: str
) -> Iterator[str]:
    """Yield what is wrong with totals, against the rows or columns that they are of (None when those are not known)."""
    if not isinstance(totalen, list):
        yield f'"{sleutel}" ontbreekt of is geen lijst. Verwacht: per {soort} het totaal. Vul de totalen in.'
        return
    if lijnen is not None and len(totalen) != len(lijnen):
        yield f'"{sleutel}" telt {len(totalen)} totalen. Verwacht: {len(lijnen)}, voor elke {soort} een. Vul ze aan.'
    for nummer, totaal in enumerate(totalen, start=1):
        if not _is_aantal(totaal, MAX_SOM):
            yield _compose_getalfout(f'Totaal {nummer} van "{sleutel}"', totaal, MAX_SOM)
    for nummer, (totaal, lijn) in enumerate(zip(totalen, lijnen or [], strict=False), start=1):
        som = [int(getal) for getal in lijn if _is_aantal(getal)]
        if len(som) == len(lijn) and _is_aantal(totaal, MAX_SOM) and sum(som) != totaal:
            yield (
                f'Totaal {nummer} van "{sleutel}" is {totaal}. Verwacht: {sum(som)}, de som van {soort} {nummer}. '
                "Verbeter het totaal of de getallen."
            )


def _is_aantal(getal: object, hoogst: int = MAX_GETAL) -> TypeGuard[int | float]:
    """Return whether this is a whole number within bounds; 3.0 is one, True and "3" are not."""
    if isinstance(getal, bool) or not isinstance(getal, int | float):
        return False
    return 0 <= getal <= hoogst and getal == int(getal)


def _compose_getalfout(waar: str, getal: object, hoogst: int = MAX_GETAL) -> str:
    gevonden = repr(getal) if len(repr(getal)) <= 40 else f"{repr(getal)[:40]}…"
    return f"{waar} is {gevonden}. Verwacht: een heel getal van 0 tot en met {hoogst}. Verbeter het getal."
