"""A workbook with points that somebody edited → per row what they saw and what they want, with every fault."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from gebieden.domein.bladverschil import Bladregel
from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.fouten import Bevinding, Ernst, InvoerError
from gebieden.domein.taal import format_aantal
from gebieden.domein.werkblad import (
    BASISBLAD,
    BLAD,
    LIJSTBLAD,
    MAX_REGELS,
    PARTNER,
    UITLEGBLAD,
    Bladkolom,
    compute_controlegetal,
    list_kolommen,
)
from gebieden.inlezen.bestand import check_bestand
from gebieden.inlezen.kolommen import Kolom, find_kopregel, list_namen, normalize_kolomnaam, tidy_kolomnaam
from gebieden.inlezen.werkbladrij import Bladrij, read_bladrij
from gebieden.inlezen.werkmap import render_cel
from gebieden.inlezen.werkmapproces import Werkmap, load_werkmap

_OPNIEUW: Final = "Download het werkblad opnieuw in het dashboard en neem uw wijzigingen daarin over."
_BASISKOP: Final = 2
_MEEST_GENOEMD: Final = 20


@dataclass
class Bladinhoud:
    """What a workbook asks for: the rows in which something changed, and everything that was found wrong.

    `aantal` is how many points went out with it, `op` the day of which it shows how they stood.
    """

    bestand: str
    aantal: int
    op: date
    regels: list[Bladregel] = field(default_factory=list)
    bevindingen: list[Bevinding] = field(default_factory=list)


@dataclass(frozen=True)
class _Basis:
    """The points as they went out: the columns, and per id the texts of the cells."""

    op: date
    kolommen: list[Bladkolom]
    cellen: dict[str, dict[str, str]]


def read_werkblad(pad: Path, bestand: str | None = None) -> Bladinhoud:
    """Return what somebody changed in a workbook that `gebieden.rapport.werkblad` made; nothing is stored.

    `bestand` is the name for messages. Raise InvoerError, with all faults of the file as a whole, when nothing of it
    can be used.
    """
    naam = bestand or pad.name
    if pad.suffix.lower() != ".xlsx":
        raise InvoerError(
            f"Bestand {naam} is geen .xlsx. Verwacht: het werkblad uit dit dashboard. "
            "Bewaar het in Excel als 'Excel-werkmap (.xlsx)' en kies het opnieuw."
        )
    check_bestand(pad)
    werkmap = load_werkmap(pad)
    _check_bladen(werkmap, naam)
    basis = _read_basis(werkmap.bladen[BASISBLAD], naam)
    inhoud = Bladinhoud(naam, len(basis.cellen), basis.op)
    kop, plaatsen, vreemd = _read_kop(werkmap.bladen[BLAD], basis.kolommen, naam)
    inhoud.bevindingen += [*_report_bladen(werkmap, naam), *_report_vreemd(vreemd, naam)]
    rijen = list(_iter_rijen(werkmap, kop, plaatsen))
    dubbel = Counter(rij.id for rij in rijen if rij.id)
    verschoven = _find_verschoven(rijen, basis)
    for rij in rijen:
        cellen, is_dubbel = basis.cellen.get(rij.id), dubbel[rij.id] > 1
        regel, bevindingen = read_bladrij(rij, cellen, basis.kolommen, naam, is_dubbel, verschoven.get(rij.id))
        inhoud.bevindingen += bevindingen
        inhoud.regels += [regel] if regel else []
    inhoud.bevindingen += _report_weg([id_ for id_ in basis.cellen if id_ not in dubbel], naam)
    return inhoud


def _check_bladen(werkmap: Werkmap, naam: str) -> None:
    fouten = []
    for blad in (BLAD, BASISBLAD):
        if blad not in werkmap.bladen:
            gevonden = list_namen(list(werkmap.bladen))
            fouten.append(f"Blad '{blad}' ontbreekt in {naam}. Gevonden: {gevonden}. {_OPNIEUW}")
    if BLAD in werkmap.verborgen:
        fouten.append(
            f"Blad '{BLAD}' van {naam} is verborgen, dus niet te zien is wat u hebt veranderd. "
            "Maak het in Excel zichtbaar (rechtsklik op een tabblad), bewaar het bestand en kies het opnieuw."
        )
    if fouten:
        raise InvoerError(" ".join(fouten))


def _read_basis(rijen: list[list[Any]], naam: str) -> _Basis:
    """Return the points as they went out; raise InvoerError when somebody changed that sheet."""
    tekst = [[str(cel) if isinstance(cel, str) else render_cel(cel) for cel in rij] for rij in rijen]
    kop = [*tekst[0], "", "", "", ""] if tekst else [""] * 4
    koppen = [cel for cel in (tekst[1] if len(tekst) > 1 else []) if cel]
    gevuld = [rij[: len(koppen)] for rij in tekst[_BASISKOP:] if any(rij)]
    kolommen = list_kolommen(sum(cel.startswith(f"{PARTNER} ") for cel in koppen))
    op = _read_dag(kop[1])
    if op is None or kop[3] != compute_controlegetal([koppen, *gevuld]) or len(gevuld) > MAX_REGELS:
        raise InvoerError(
            f"Blad '{BASISBLAD}' van {naam} is veranderd. Daaraan is te zien wat u hebt gewijzigd, dus het moet "
            f"blijven zoals het was. {_OPNIEUW}"
        )
    if koppen != [kolom.naam for kolom in kolommen]:
        raise InvoerError(
            f"Blad '{BASISBLAD}' van {naam} heeft andere kolommen dan dit dashboard gebruikt: {list_namen(koppen)}. "
            f"Het is gemaakt door een andere versie. {_OPNIEUW}"
        )
    cellen = {rij[0]: dict(zip(koppen, rij, strict=True)) for rij in gevuld}
    return _Basis(op, kolommen, cellen)


def _read_dag(tekst: str) -> date | None:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        return None


def _read_kop(
    rijen: list[list[Any]], kolommen: Sequence[Bladkolom], naam: str
) -> tuple[int, dict[str, int], list[str]]:
    """Return the 0-based row of the header, which column is where, and the columns that are not ours.

    Raise InvoerError that names every column that is not there, or more than once.
    """
    tekst = [[render_cel(cel) for cel in rij] for rij in rijen[:60]]
    index, aantal = find_kopregel(tekst, [Kolom(kolom.naam) for kolom in kolommen])
    koppen = tekst[index] if aantal else []
    sleutels = [normalize_kolomnaam(cel) for cel in koppen]
    geteld = Counter(sleutels)
    bekend = {normalize_kolomnaam(kolom.naam): kolom.naam for kolom in kolommen}
    fouten = []
    if weg := [naam_ for sleutel, naam_ in bekend.items() if not geteld[sleutel]]:
        fouten.append(
            f"Op blad '{BLAD}' van {naam} ontbreken kolommen: {list_namen(weg)}. Gevonden: {list_namen(koppen)}. "
            "Geef de kolom haar naam terug of zet haar terug uit het bestand dat u downloadde."
        )
    if dubbel := [naam_ for sleutel, naam_ in bekend.items() if geteld[sleutel] > 1]:
        fouten.append(
            f"Op blad '{BLAD}' van {naam} staan kolommen meer dan één keer: {list_namen(dubbel)}. "
            "Laat van elke kolom één over."
        )
    if fouten:
        raise InvoerError(f"{' '.join(fouten)} Er is niets opgeslagen.")
    plaatsen = {bekend[sleutel]: plaats for plaats, sleutel in enumerate(sleutels) if sleutel in bekend}
    vreemd = [tidy_kolomnaam(kop) for kop, sleutel in zip(koppen, sleutels, strict=True) if sleutel not in bekend]
    return index, plaatsen, [kop for kop in vreemd if kop and kop != "verzonnen"]


def _report_bladen(werkmap: Werkmap, naam: str) -> Iterator[Bevinding]:
    for blad in werkmap.bladen.keys() | werkmap.verborgen.keys():
        if blad not in (BLAD, BASISBLAD, LIJSTBLAD, UITLEGBLAD):
            soort = "verborgen blad" if blad in werkmap.verborgen else "blad"
            yield Bevinding(
                Ernst.LET_OP,
                "ander_blad",
                f"{naam} heeft een {soort} '{blad[:60]}' dat niet uit het dashboard komt. Het is niet gelezen.",
                f"Staan er wijzigingen op, zet ze dan op het blad '{BLAD}'.",
            )


def _report_vreemd(vreemd: Sequence[str], naam: str) -> Iterator[Bevinding]:
    if vreemd:
        yield Bevinding(
            Ernst.LET_OP,
            "andere_kolom",
            f"Op blad '{BLAD}' van {naam} staan kolommen die niet uit het dashboard komen: {list_namen(vreemd)}. "
            "Ze zijn niet gelezen.",
            "Haal ze weg, of zet wat erin staat in een kolom van het dashboard.",
        )


def _iter_rijen(werkmap: Werkmap, kop: int, plaatsen: dict[str, int]) -> Iterator[Bladrij]:
    """Yield the rows below the header in which anything is written."""
    namen = {plaats: naam for naam, plaats in plaatsen.items()}
    formules: dict[int, list[str]] = {}
    for regel, kolom in werkmap.formules.get(BLAD, []):
        if kolom - 1 in namen:
            formules.setdefault(regel, []).append(namen[kolom - 1])
    samen = {
        rij + 1
        for (van, _), (tot, _) in werkmap.samengevoegd.get(BLAD, [])
        for rij in range(van, min(tot, len(werkmap.bladen[BLAD])) + 1)
    }
    for nummer, rij in enumerate(werkmap.bladen[BLAD][kop + 1 :], start=kop + 2):
        cellen = {naam: rij[plaats] if plaats < len(rij) else "" for naam, plaats in plaatsen.items()}
        if any(cel not in ("", None) for cel in cellen.values()) or nummer in formules:
            id_ = clean_invoer(render_cel(cellen["id"]))
            yield Bladrij(nummer, id_, cellen, formules.get(nummer, []), nummer in samen)


def _find_verschoven(rijen: Sequence[Bladrij], basis: _Basis) -> dict[str, str]:
    """Return the points that have the title of another, while theirs is on a third row: with whose title it is."""
    was = {clean_invoer(cellen["titel"]): id_ for id_, cellen in basis.cellen.items()}
    nu = {rij.id: clean_invoer(render_cel(rij.cellen["titel"])) for rij in rijen if rij.id in basis.cellen}
    per_titel = {titel: id_ for id_, titel in nu.items()}
    return {
        id_: was[titel]
        for id_, titel in nu.items()
        if titel in was
        and titel != (eigen := clean_invoer(basis.cellen[id_]["titel"]))
        and per_titel.get(eigen, id_) != id_
    }


def _report_weg(ids: Sequence[str], naam: str) -> Iterator[Bevinding]:
    if ids:
        rest = f" en nog {len(ids) - _MEEST_GENOEMD}" if len(ids) > _MEEST_GENOEMD else ""
        staan = "staat" if len(ids) == 1 else "staan"
        yield Bevinding(
            Ernst.LET_OP,
            "rij_weg",
            f"{format_aantal(len(ids), 'punt', 'punten')} van het werkblad {staan} niet meer op blad '{BLAD}' van "
            f"{naam}: {', '.join(ids[:_MEEST_GENOEMD])}{rest}. Een rij weghalen verwijdert geen punt: ze blijven "
            "zoals ze zijn.",
            "Gaat een punt niet door, kies dan de staat Vervallen, met de reden en wie dat besloot.",
        )
