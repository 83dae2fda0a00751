"""What sessions cost the server in memory: `python tests/benchmarks/sessies.py [--database sqlite|postgresql]`.

First: what one further visitor costs, beside a bare Streamlit session in the same run. Then a day in minutes: forty
people come, look, filter, write and go, hour after hour; the last hours may leave no more behind than the first.
"""

import asyncio
import sys
from statistics import fmean

from bezoekers import Bezoeker, verbind
from opstelling import Opstelling, read_geheugen_mb, run_kaal, run_opstelling, run_per_database
from veertig import Mens, Uitslag

MENSEN = 40
EERSTE, VERDERE = 10, 30
DOEL_SESSIE_MB = 10.0
UREN, WARM, STAP_S = 16, 6, 0.3
# Over ten hours of forty sessions each: a leak of a tenth of a megabyte per session would be forty.
DOEL_DAG_MB = 15.0
STAPPEN = 6
# How long the server keeps a session whose visitor is gone; two minutes if nobody says otherwise.
BEWAAR_S = 3
KAAL = """
import streamlit as st
st.selectbox("Thema", ["alle thema's", "schoon"])
st.title("Kaal")
"""


async def measure_groei(pid: int, herkomst: str, opstelling: Opstelling | None) -> float:
    """Return the growth per visitor in MB, after the first few have filled the caches."""
    bezoekers: list[Bezoeker] = []
    begin = 0.0
    for nummer in range(EERSTE + VERDERE):
        if nummer == EERSTE:
            begin = read_geheugen_mb(pid)
        if opstelling:
            bezoekers.append(await opstelling.ontvang(nummer))
            await Mens(opstelling, nummer, Uitslag()).filter(bezoekers[-1])
        else:
            bezoekers.append(await verbind(herkomst, {}))
            await bezoekers[-1].open("", "", lambda b: b.toont("Kaal"))
    groei = (read_geheugen_mb(pid) - begin) / VERDERE
    await asyncio.gather(*(bezoeker.sluit() for bezoeker in bezoekers))
    return groei


async def live_uur(opstelling: Opstelling, uur: int, uitslag: Uitslag) -> None:
    """Let forty people come, do some things each, and go."""

    async def bezoek(nummer: int) -> None:
        await asyncio.sleep(STAP_S * STAPPEN * nummer / MENSEN)
        mens = Mens(opstelling, nummer, uitslag, nadenken_s=STAP_S, zaad=1000 * uur + nummer)
        bezoeker = await opstelling.ontvang(nummer)
        for _ in range(STAPPEN):
            await mens.doe_iets(bezoeker)
        uitslag.fouten.extend(bezoeker.fouten)
        await bezoeker.sluit()

    await asyncio.gather(*(bezoek(nummer) for nummer in range(MENSEN)))
    await asyncio.sleep(BEWAAR_S + 2)


async def measure_dag(pid: int, opstelling: Opstelling) -> tuple[list[float], list[str]]:
    """Return the memory after every hour, when everybody is gone again, and what went wrong."""
    uitslag = Uitslag()
    verloop = []
    for uur in range(UREN):
        await live_uur(opstelling, uur, uitslag)
        verloop.append(read_geheugen_mb(pid))
    return verloop, uitslag.fouten


def run(database: str) -> bool:
    """Measure on one kind of database, print the figures and return whether the targets are met."""
    bewaar = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": str(BEWAAR_S)}
    with run_opstelling(database, MENSEN, **bewaar) as opstelling:
        (replica,) = opstelling.replicas
        assert replica.proces is not None
        pid = replica.proces.pid
        groei = asyncio.run(measure_groei(pid, opstelling.herkomst, opstelling))
        verloop, fouten = asyncio.run(measure_dag(pid, opstelling))
    with run_kaal(KAAL) as (herkomst, pid):
        kaal = asyncio.run(measure_groei(pid, herkomst, None))
    # Averages of some hours: what a single hour leaves to be collected differs.
    begin, einde = fmean(verloop[WARM - 3 : WARM]), fmean(verloop[-3:])
    print(f"{database}:")
    print(f"  verdere sessie {groei:.1f} MB (doel: hoogstens {DOEL_SESSIE_MB:.0f} MB); kale Streamlit: {kaal:.1f} MB")
    print(f"  een dag, geheugen na elk uur: {' '.join(f'{mb:.0f}' for mb in verloop)} MB")
    print(f"  groei van uur {WARM} tot uur {UREN}: {einde - begin:.1f} MB (doel: hoogstens {DOEL_DAG_MB:.0f} MB)")
    for fout in fouten[:10]:
        print(f"    {fout}")
    return groei <= DOEL_SESSIE_MB and einde - begin <= DOEL_DAG_MB and not fouten


if __name__ == "__main__":
    sys.exit(run_per_database(__doc__, run))
