"""`python -m gebieden analyse wdd|wdq CASES.json --uitvoer UIT.json`: the displacement measures for given counts."""

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gebieden.analyse.verhouding import compute_wdq
from gebieden.analyse.verplaatsing import Gebiedsgewichten, Tijdgewichten, compute_wdd
from gebieden.domein.aanpakuitkomst import Aantallen
from gebieden.inlezen.gevallen import AANTAL_VERWACHT, Veld, is_aantal, read_gevallen
from gebieden.rapport.uitvoer import check_uitvoerpad, write_geheel

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_GROEPEN = {"control": True, "treated": True, "disp_control": False, "disp_treated": False}
_KLEIN, _GROOT = 1e-6, 1e6
_GEWICHT = f"een getal van {_KLEIN:f} tot en met {_GROOT:.0f}"
_WDD_VELDEN = {
    **{naam: Veld((2,), is_aantal, AANTAL_VERWACHT, verplicht) for naam, verplicht in _GROEPEN.items()},
    "time_weights": Veld((2,), lambda g: _KLEIN <= g <= _GROOT, _GEWICHT),
    "area_weights": Veld((2, 4), lambda g: _KLEIN <= g <= _GROOT, _GEWICHT),
    "alpha": Veld((0,), lambda g: _KLEIN <= g < 1, f"een getal van {_KLEIN:f} tot 1"),
    "phi": Veld((0,), lambda g: 1 <= g <= _GROOT, f"een getal van 1 tot en met {_GROOT:.0f}"),
}
_WDQ_VELDEN = {naam: Veld((0,), is_aantal, AANTAL_VERWACHT, True) for naam in ("Rb", "Ra", "Db", "Da", "Cb", "Ca")}
_WDD_SLEUTELS = (
    *(f"{soort}_{deel}" for deel in ("Local", "Displace", "Total") for soort in ("Est", "SE", "Var")),
    *("Z", "LowCI", "HighCI", "p_two"),
)
_WDQ_SLEUTELS = ("GE", "NE", "success", "buffer", "WDQ", "WDQ_fraction", "TNE", "TNE_target_part", "TNE_buffer_part")


def compute_wdd_antwoord(invoer: Mapping[str, Any]) -> dict[str, float | None]:
    """Return the keys of a WDD answer for one checked case; Z and p are None when there is no variance."""
    aantallen = Aantallen(
        doel=tuple(invoer["treated"]),
        doelcontrole=tuple(invoer["control"]),
        rand=tuple(invoer.get("disp_treated", (0, 0))),
        randcontrole=tuple(invoer.get("disp_control", (0, 0))),
    )
    tijd = Tijdgewichten(*invoer.get("time_weights", (1, 1)))
    gewichten = Gebiedsgewichten(*invoer.get("area_weights", (1, 1)))
    wdd = compute_wdd(aantallen, tijd, gewichten, invoer.get("phi", 1))
    antwoord: dict[str, float | None] = {}
    for naam, deel in (("Local", wdd.lokaal), ("Displace", wdd.verplaatsing), ("Total", wdd.totaal)):
        antwoord |= {f"Est_{naam}": deel.schatting, f"SE_{naam}": deel.se, f"Var_{naam}": deel.variantie}
    laag, hoog = wdd.totaal.compute_interval(invoer.get("alpha", 0.05))
    return antwoord | {"Z": wdd.totaal.z, "LowCI": laag, "HighCI": hoog, "p_two": wdd.totaal.p_tweezijdig}


def compute_wdq_antwoord(invoer: Mapping[str, int]) -> dict[str, float | str | None]:
    """Return the keys of a WDQ answer; the quotient is None unless the target did better (hidden), and so is what
    divides by a comparison of 0."""
    doel, rand, controle = ((invoer[f"{groep}b"], invoer[f"{groep}a"]) for groep in "RDC")
    wdq = compute_wdq(doel, rand, controle)
    quotient = wdq.wdq if wdq.heeft_succes else None
    breuken = {
        "GE": wdq.ge,
        "NE": wdq.ne,
        "success": wdq.succes,
        "buffer": wdq.rand,
        "WDQ": quotient,
        "TNE": wdq.tne,
        "TNE_target_part": wdq.tne_doel,
        "TNE_buffer_part": wdq.tne_rand,
    }
    getallen = {naam: None if breuk is None else float(breuk) for naam, breuk in breuken.items()}
    return getallen | {"WDQ_fraction": None if quotient is None else str(quotient)}


def _list_losse_rand(invoer: Mapping[str, Any]) -> list[str]:
    """Return what is wrong when the buffer stands without its comparison, or without weights of its own."""
    rand = [naam for naam in ("disp_control", "disp_treated") if naam in invoer]
    if len(rand) == 1:
        return [f'gevonden "{rand[0]}" alleen. Verwacht: disp_control en disp_treated allebei, of geen van beide.']
    gewichten = invoer.get("area_weights")
    if rand and isinstance(gewichten, list) and len(gewichten) == 2:
        return ['"area_weights" telt er 2. Verwacht: 4, want er zijn ook gebieden eromheen.']
    return []


def run_wdd(keuzes: Namespace) -> int:
    """Write the weighted displacement difference of each case."""
    return _run(keuzes, _WDD_VELDEN, _WDD_SLEUTELS, compute_wdd_antwoord)


def run_wdq(keuzes: Namespace) -> int:
    """Write the weighted displacement quotient of each case."""
    return _run(keuzes, _WDQ_VELDEN, _WDQ_SLEUTELS, compute_wdq_antwoord)


def _run(
    keuzes: Namespace,
    velden: Mapping[str, Veld],
    sleutels: tuple[str, ...],
    reken: Callable[[Mapping[str, Any]], Mapping[str, object]],
) -> int:
    check_uitvoerpad(keuzes.uitvoer, (keuzes.gevallen,))
    gevallen = read_gevallen(keuzes.gevallen, velden, sleutels, _list_losse_rand)
    uit = []
    for geval in gevallen:
        antwoord = reken(geval.invoer)
        uit.append({"id": geval.id, **{sleutel: antwoord[sleutel] for sleutel in geval.sleutels}})
    inhoud = json.dumps({"cases": uit}, ensure_ascii=False, indent=1, allow_nan=False)
    write_geheel(f"{inhoud}\n".encode(), keuzes.uitvoer)
    return 0


def add_wdd(soort: "_SubParsersAction[Any]") -> None:
    """Add `wdd` to the sub-parsers of `analyse`."""
    _add(soort, "wdd", "verplaatsing na een aanpak: gewogen verschil (Wheeler & Ratcliffe)", run_wdd)


def add_wdq(soort: "_SubParsersAction[Any]") -> None:
    """Add `wdq` to the sub-parsers of `analyse`."""
    _add(soort, "wdq", "verplaatsing na een aanpak: gewogen quotiënt (Bowers & Johnson)", run_wdq)


def _add(soort: "_SubParsersAction[Any]", naam: str, hulp: str, voer_uit: Callable[[Namespace], int]) -> None:
    opdracht = soort.add_parser(naam, help=hulp)
    opdracht.add_argument("gevallen", type=Path, metavar="CASES.json")
    opdracht.add_argument("--uitvoer", type=Path, required=True, metavar="UIT.json")
    opdracht.set_defaults(voer_uit=voer_uit)
