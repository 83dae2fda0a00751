"""Forty people at once: `python tests/benchmarks/veertig.py [--database sqlite|postgresql] [--nginx] [--seconden 120]`.

Everybody looks, filters and writes over a websocket of their own, with five seconds of thought on average; every page
follows what others write. First one person filters alone, then all of them at once. Prints the errors, what was saved
beside what the database holds, and how long a filter takes: its 95th percentile may be three times that of one person.
"""

import argparse
import asyncio
import random
import statistics
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field

from bezoekers import Bezoeker
from opstelling import DATABASES, Opstelling, mag_schrijven, read_cpu_s, run_opstelling
from sqlalchemy import select
from websockets.exceptions import WebSocketException

from gebieden.domein.thema import Thema
from gebieden.opslag import tabellen

DOEL = 3.0
NADENKEN_S = 5.0
ALLEEN = 40
PROEF = "proefbericht"
STORINGEN = (OSError, TimeoutError, LookupError, WebSocketException)


@dataclass
class Uitslag:
    """What all visitors together saw. `bevestigd` was confirmed on the screen, `onzeker` was sent and not confirmed."""

    tijden: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    fouten: list[str] = field(default_factory=list)
    bevestigd: set[str] = field(default_factory=set)
    onzeker: set[str] = field(default_factory=set)


class Mens:
    """One person: what they do next is left to chance, the same chance in every run."""

    def __init__(
        self,
        opstelling: Opstelling,
        nummer: int,
        uitslag: Uitslag,
        *,
        nadenken_s: float = NADENKEN_S,
        zaad: int | None = None,
    ) -> None:
        self.opstelling, self.nummer, self.uitslag = opstelling, nummer, uitslag
        self.nadenken_s = nadenken_s
        self.zaad = nummer if zaad is None else zaad
        self.toeval = random.Random(self.zaad)
        self.geschreven = 0
        self.bezig = ""

    async def leef(self, tot: float) -> None:
        """Come in, do things with thoughts between them until the time is up, leave; come back after a fault."""
        while time.monotonic() < tot:
            try:
                bezoeker = await self.opstelling.ontvang(self.nummer)
            except STORINGEN as fout:
                self.uitslag.fouten.append(f"binnenkomen: {fout!r}")
                return
            try:
                while time.monotonic() < tot:
                    await self.denk_na()
                    await self.doe_iets(bezoeker)
            except STORINGEN as fout:
                self.uitslag.fouten.append(f"persoon {self.nummer}, {self.bezig}: {fout!r}")
            self.uitslag.fouten.extend(bezoeker.fouten)
            await bezoeker.sluit()

    async def denk_na(self) -> None:
        """Wait as long as somebody thinks, on average."""
        await asyncio.sleep(min(self.toeval.expovariate(1 / self.nadenken_s), 4 * self.nadenken_s))

    async def doe_iets(self, bezoeker: Bezoeker) -> None:
        """Filter, look or write: half, three and two in ten; who may not write, looks."""
        kans = self.toeval.random()
        if kans < 0.5:
            await self.filter(bezoeker)
        elif kans < 0.8 or not mag_schrijven(self.nummer):
            await self.kijk(bezoeker)
        else:
            await self.schrijf(bezoeker)

    async def filter(self, bezoeker: Bezoeker) -> None:
        """Choose another theme; who is on another page goes to Overzicht first."""
        if not bezoeker.is_op(""):
            await self.ga(bezoeker, "", "", "Alkmaar per wijk")
        nu = next((thema for thema in Thema if f"thema {thema}" in bezoeker.get_titel()), None)
        keuze = self.toeval.choice([thema for thema in Thema if thema is not nu])
        self.bezig = f"filteren op {keuze}"
        begin = time.perf_counter()
        await bezoeker.kies("Thema", keuze, lambda b: f"thema {keuze}" in b.get_titel())
        self.uitslag.tijden["filteren"].append(time.perf_counter() - begin)

    async def kijk(self, bezoeker: Bezoeker) -> None:
        """Go to some page."""
        code, naam = self.toeval.choice(sorted(self.opstelling.wijken.items()))
        punt = self.toeval.choice(self.opstelling.punten)
        bestemmingen = [
            ("gebied", f"code={code}", naam),
            ("agenda", "", "Agenda van"),
            ("initiatieven", "", "Bewonersinitiatieven in"),
            ("signalen", "", "Meldingen over openbare orde"),
            ("punt", f"soort=agendapunt&id={punt}", punt),
        ]
        await self.ga(bezoeker, *self.toeval.choice(bestemmingen))

    async def schrijf(self, bezoeker: Bezoeker) -> None:
        """Open a point, think about it, and write a bericht on it."""
        punt = self.toeval.choice(self.opstelling.punten)
        await self.ga(bezoeker, "punt", f"soort=agendapunt&id={punt}", punt)
        await self.denk_na()
        self.geschreven += 1
        tekst = f"{PROEF} {self.geschreven} van persoon {self.zaad}."
        self.uitslag.onzeker.add(tekst)
        self.bezig = f"schrijven op {punt}"
        begin = time.perf_counter()
        velden = {"Wat is er gebeurd of afgesproken?": tekst}
        await bezoeker.verstuur("Opslaan", velden, lambda b: b.toont("Opgeslagen") and b.toont(tekst))
        self.uitslag.tijden["schrijven"].append(time.perf_counter() - begin)
        self.uitslag.onzeker.remove(tekst)
        self.uitslag.bevestigd.add(tekst)

    async def ga(self, bezoeker: Bezoeker, pagina: str, adres: str, tekst: str) -> None:
        self.bezig = f"gaan naar /{pagina}?{adres}"
        begin = time.perf_counter()
        await bezoeker.ga_naar(pagina, adres, tekst)
        self.uitslag.tijden["kijken"].append(time.perf_counter() - begin)


async def measure_alleen(opstelling: Opstelling) -> list[float]:
    """Return how long a filter takes when there is nobody else, after a few to warm up."""
    uitslag = Uitslag()
    mens = Mens(opstelling, 1, uitslag)
    bezoeker = await opstelling.ontvang(1)
    for _ in range(ALLEEN + 5):
        await mens.filter(bezoeker)
        await asyncio.sleep(mens.toeval.uniform(0.2, 0.8))
    await bezoeker.sluit()
    return uitslag.tijden["filteren"][5:]


async def measure_samen(opstelling: Opstelling, mensen: int, seconden: float) -> Uitslag:
    """Let everybody in within ten seconds and return what they saw."""
    uitslag = Uitslag()
    tot = time.monotonic() + seconden

    async def kom(nummer: int) -> None:
        await asyncio.sleep(10 * nummer / mensen)
        await Mens(opstelling, nummer, uitslag).leef(tot)

    await asyncio.gather(*(kom(nummer) for nummer in range(mensen)))
    return uitslag


def check_opgeslagen(opstelling: Opstelling, uitslag: Uitslag) -> tuple[int, list[str]]:
    """Return how many berichten the database holds, and what is lost, doubled or was never sent."""
    tabel = tabellen.bericht
    with opstelling.engine.connect() as conn:
        teksten = list(conn.scalars(select(tabel.c.tekst).where(tabel.c.tekst.startswith(PROEF))))
    klachten = [f"kwijt: {tekst}" for tekst in uitslag.bevestigd - set(teksten)]
    klachten += [f"dubbel: {tekst}" for tekst in set(teksten) if teksten.count(tekst) > 1]
    klachten += [f"nooit verstuurd: {tekst}" for tekst in set(teksten) - uitslag.bevestigd - uitslag.onzeker]
    return len(teksten), klachten


def get_p95(tijden: list[float]) -> float:
    return statistics.quantiles(tijden, n=20)[-1]


def run(database: str, mensen: int, seconden: float, *, nginx: bool) -> bool:
    """Measure on one kind of database, print the figures and return whether the targets are met."""
    with run_opstelling(database, mensen, nginx=nginx) as opstelling:
        alleen = asyncio.run(measure_alleen(opstelling))
        pids = [replica.proces.pid for replica in opstelling.replicas if replica.proces]
        klok, eigen, server = time.perf_counter(), time.process_time(), sum(map(read_cpu_s, pids))
        uitslag = asyncio.run(measure_samen(opstelling, mensen, seconden))
        duur = time.perf_counter() - klok
        eigen, server = time.process_time() - eigen, sum(map(read_cpu_s, pids)) - server
        aantal, klachten = check_opgeslagen(opstelling, uitslag)
    return report(database, mensen, alleen, uitslag, aantal, klachten, (eigen / duur, server / duur))


def report(
    database: str,
    mensen: int,
    alleen: list[float],
    uitslag: Uitslag,
    aantal: int,
    klachten: list[str],
    aandeel: tuple[float, float],
) -> bool:
    """Print the figures and return whether the targets are met."""
    verhouding = get_p95(uitslag.tijden["filteren"]) / get_p95(alleen)
    print(f"{database}, {mensen} mensen:")
    print(f"  fouten: {len(uitslag.fouten)}; bevestigd {len(uitslag.bevestigd)}, in de database {aantal}")
    for regel in [*uitslag.fouten[:10], *klachten[:10]]:
        print(f"    {regel}")
    for soort, tijden in {"filteren, alleen": alleen, **uitslag.tijden}.items():
        print(f"  {soort}: {len(tijden)}×, p50 {statistics.median(tijden):.2f} s, p95 {get_p95(tijden):.2f} s")
    print(f"  p95 van een filter, samen ÷ alleen: {verhouding:.1f} (doel: hoogstens {DOEL:.0f})")
    print(f"  processor: server {aandeel[1]:.0%}, deze meting zelf {aandeel[0]:.0%} van één kern", flush=True)
    return not uitslag.fouten and not klachten and verhouding <= DOEL


def main() -> int:
    """Print the figures; 1 when a target is missed."""
    keuzes = argparse.ArgumentParser(description=__doc__)
    keuzes.add_argument("--database", choices=DATABASES)
    keuzes.add_argument("--mensen", type=int, default=40)
    keuzes.add_argument("--seconden", type=float, default=120)
    keuzes.add_argument("--nginx", action="store_true", help="twee processen achter nginx")
    gekozen = keuzes.parse_args()
    databases = [gekozen.database] if gekozen.database else DATABASES
    gehaald = [run(d, gekozen.mensen, gekozen.seconden, nginx=gekozen.nginx) for d in databases]
    return int(not all(gehaald))


if __name__ == "__main__":
    sys.exit(main())
