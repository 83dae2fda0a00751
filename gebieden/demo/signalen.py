"""Invented weekly signals for the demo: five years, with season, equal for everybody.

`python -m gebieden.demo.signalen` rewrites `data/signalen.csv`. Every residential buurt has the same expected
rate per inhabitant and every business area the same expected rate per hectare; category, season and weekday
are the same everywhere. Only the outbreaks of `UITBRAKEN` are added, all of them in business areas.
The generator is the standard library's `random.Random`, whose `random()` is the same in every version.
"""

import csv
import io
import math
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TypeVar

from gebieden.demo.grenzen import Gebiedscode, read_codes, read_rijen
from gebieden.instellingen import DATA

Keuze = TypeVar("Keuze")
BESTAND_SIGNALEN = DATA / "signalen.csv"
ZAAD = 361
WEKEN = 261
DAGEN_PER_JAAR = 365.25
SIGNALEN_PER_INWONER_PER_JAAR = 0.045
SIGNALEN_PER_HECTARE_PER_JAAR = 1.4
BEDRIJVENGEBIEDEN = frozenset({"BU03610308", "BU03610309", "BU03610209", "BU03610803"})
REGELMAAT = 3
EERSTE_ID = 10001


@dataclass(frozen=True, slots=True)
class Categorie:
    """A kind of signal: its share of all signals and its season (`uitslag` 0–1, top on day `topdag`)."""

    naam: str
    aandeel: float
    uitslag: float
    topdag: int


@dataclass(frozen=True, slots=True)
class Uitbraak:
    """A planted outbreak: `aantal` extra signals, spread over `weken` weeks from Monday `begin`."""

    buurt: str
    categorie: str
    begin: date
    weken: int
    aantal: int


@dataclass(frozen=True, slots=True)
class Signaal:
    """One invented signal; the number follows from its place in the file."""

    datum: date
    categorie: str
    bron: str
    buurt: str


CATEGORIEEN = (
    Categorie("geluidsoverlast", 0.24, 0.45, 197),
    Categorie("jeugdoverlast", 0.18, 0.40, 182),
    Categorie("vernieling", 0.16, 0.30, 1),
    Categorie("afvaldumping", 0.16, 0.20, 121),
    Categorie("verkeersoverlast", 0.16, 0.10, 288),
    Categorie("drugsoverlast", 0.10, 0.15, 213),
)
UITBRAKEN = (
    Uitbraak("BU03610309", "verkeersoverlast", date(2024, 9, 2), 6, 24),
    Uitbraak("BU03610209", "afvaldumping", date(2025, 5, 5), 4, 14),
    Uitbraak("BU03610308", "vernieling", date(2026, 3, 2), 3, 18),
    Uitbraak("BU03610803", "jeugdoverlast", date(2026, 10, 19), 4, 12),
    Uitbraak("BU03610209", "vernieling", date(2026, 11, 2), 2, 13),
)
BRONNEN_WOONBUURT = {"bewoner": 0.5, "wijkteam": 0.2, "politie": 0.2, "handhaving": 0.1}
BRONNEN_BEDRIJVENGEBIED = {"ondernemer": 0.5, "politie": 0.3, "handhaving": 0.2}
DAGGEWICHTEN = {0: 1.0, 1: 1.0, 2: 1.0, 3: 1.0, 4: 1.5, 5: 1.8, 6: 1.3}


def read_peildatum(map_data: Path = DATA) -> date:
    """Return the fixed peildatum of the demo."""
    instellingen = {rij["sleutel"]: rij["waarde"] for rij in read_rijen(map_data / "instellingen.csv")}
    return date.fromisoformat(instellingen["peildatum"])


def determine_jaarverwachting(gebied: Gebiedscode) -> float:
    """Return the expected signals per year of a buurt, all categories together, without outbreaks.

    A business area counts its hectares and not its few inhabitants. A residential buurt without a published
    number of inhabitants has 0.
    """
    if gebied.code in BEDRIJVENGEBIEDEN:
        return SIGNALEN_PER_HECTARE_PER_JAAR * gebied.oppervlakte_ha
    return SIGNALEN_PER_INWONER_PER_JAAR * (gebied.inwoners or 0)


def determine_seizoen(categorie: Categorie, week: date) -> float:
    """Return the factor around 1 of the week that starts on this Monday, taken at its Thursday."""
    dag = (week + timedelta(days=3)).timetuple().tm_yday
    hoek = 2 * math.pi * (dag - categorie.topdag) / DAGEN_PER_JAAR
    return 1 + categorie.uitslag * math.cos(hoek)


def list_weken(peildatum: date) -> list[date]:
    """Return the Mondays of the whole weeks before the peildatum, oldest first."""
    laatste = peildatum - timedelta(days=peildatum.weekday() + 7)
    return [laatste - timedelta(weeks=terug) for terug in reversed(range(WEKEN))]


def generate_signalen(codes: list[Gebiedscode], peildatum: date) -> list[Signaal]:
    """Return all signals in order of date; the same input gives the same list, always."""
    toeval = Random(ZAAD)
    buurten = [gebied for gebied in codes if gebied.niveau == "buurt"]
    signalen = [*_generate_gewone(toeval, buurten, list_weken(peildatum)), *_generate_uitbraken(toeval)]
    return sorted(signalen, key=lambda signaal: signaal.datum)


def _generate_gewone(toeval: Random, buurten: list[Gebiedscode], weken: list[date]) -> Iterator[Signaal]:
    per_week = {gebied.code: determine_jaarverwachting(gebied) * 7 / DAGEN_PER_JAAR for gebied in buurten}
    for categorie in CATEGORIEEN:
        verwacht_per_week = [categorie.aandeel * determine_seizoen(categorie, week) for week in weken]
        for buurt, buurt_per_week in per_week.items():
            aantallen = _draw_aantallen(toeval, [factor * buurt_per_week for factor in verwacht_per_week])
            for week, aantal in zip(weken, aantallen, strict=True):
                for _ in range(aantal):
                    yield _draw_signaal(toeval, week, categorie.naam, buurt)


def _draw_aantallen(toeval: Random, verwacht_per_week: list[float]) -> Iterator[int]:
    """Yield a count per week: every `REGELMAAT`-th event of a Poisson stream that is as many times as dense.

    The mean is the expectation and the variance about a third of it, so that chance alone piles up no
    signals in one buurt: what stands out was planted.
    """
    stand = math.floor(toeval.random() * REGELMAAT)
    for verwacht in verwacht_per_week:
        stand += _draw_poisson(toeval, REGELMAAT * verwacht)
        yield stand // REGELMAAT
        stand %= REGELMAAT


def _generate_uitbraken(toeval: Random) -> Iterator[Signaal]:
    for uitbraak in UITBRAKEN:
        for nummer in range(uitbraak.aantal):
            week = uitbraak.begin + timedelta(weeks=nummer % uitbraak.weken)
            yield _draw_signaal(toeval, week, uitbraak.categorie, uitbraak.buurt)


def _draw_signaal(toeval: Random, week: date, categorie: str, buurt: str) -> Signaal:
    dag = _draw_keuze(toeval, DAGGEWICHTEN)
    bron = _draw_keuze(toeval, BRONNEN_BEDRIJVENGEBIED if buurt in BEDRIJVENGEBIEDEN else BRONNEN_WOONBUURT)
    return Signaal(week + timedelta(days=dag), categorie, bron, buurt)


def _draw_keuze(toeval: Random, gewichten: Mapping[Keuze, float]) -> Keuze:
    keuzes = list(gewichten)
    grenzen = list(accumulate(gewichten.values()))
    plaats = bisect(grenzen, toeval.random() * grenzen[-1])
    return keuzes[min(plaats, len(keuzes) - 1)]


def _draw_poisson(toeval: Random, verwacht: float) -> int:
    """Return a Poisson number by multiplying uniform numbers (Knuth), exact for the small means here."""
    drempel = math.exp(-verwacht)
    aantal, product = 0, toeval.random()
    while product > drempel:
        aantal += 1
        product *= toeval.random()
    return aantal


def make_signalen(map_data: Path = DATA) -> str:
    """Return the text of `signalen.csv`, made from the code list and the peildatum in the data folder."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\n")
    schrijver.writerow(["id", "datum", "categorie", "bron", "gebied"])
    signalen = generate_signalen(read_codes(map_data), read_peildatum(map_data))
    for nummer, signaal in enumerate(signalen, start=EERSTE_ID):
        schrijver.writerow([nummer, signaal.datum.isoformat(), signaal.categorie, signaal.bron, signaal.buurt])
    return uit.getvalue()


def main() -> None:
    """Rewrite the committed signals."""
    BESTAND_SIGNALEN.write_text(make_signalen(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
