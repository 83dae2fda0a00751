"""How long 'veranderd sinds' takes over 10,000 points and 100,000 berichten, once both agendastanden are there.

Run: PYTHONPATH=. python tests/benchmarks/veranderd.py
"""

from datetime import date, timedelta
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Final

from gebieden.analyse.veranderingen import compare_standen
from gebieden.domein.agendapunt import Staat, WachtOp
from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.rechten import Rol
from gebieden.domein.voortgang import Puntstand
from gebieden.opslag.verzettingen import Verzetting
from gebieden.ui.veranderd import build_veranderingen_html, compose_veranderzin, count_berichten, select_datums

PUNTEN, BERICHTEN, KEER = 10_000, 100_000, 9
NU: Final = date(2026, 11, 16)
SINDS: Final = date(2026, 8, 18)


def main() -> None:
    """Print the median of the wall clock and of the processor, in milliseconds."""
    toeval = Random(1)
    staten = list(Staat)

    def build(nummer: int) -> Puntstand:
        staat = toeval.choice(staten)
        return Puntstand(f"P{nummer}", "WK036101", staat, True, wacht_op=WachtOp.GELD if staat == "wacht_op" else None)

    toen = [build(n) for n in range(PUNTEN)]
    nu = [build(n) if n % 10 == 0 else stand for n, stand in enumerate(toen)]
    dagen = sorted(toeval.randrange(1, 90 if n % 2 else 900) for n in range(BERICHTEN))
    berichten = [
        Bericht(Berichtsoort.AGENDAPUNT, f"P{toeval.randrange(PUNTEN)}", NU - timedelta(days=d), "x") for d in dagen
    ]
    verzet = {f"P{n}": [Verzetting(NU, NU, NU - timedelta(days=n % 300))] for n in range(PUNTEN // 2)}
    klok, rekentijd = [], []
    for _ in range(KEER):
        begin, cpu = perf_counter(), process_time()
        gevonden = compare_standen(toen, nu, select_datums(verzet, SINDS), count_berichten(berichten, SINDS))
        compose_veranderzin(gevonden, SINDS)
        build_veranderingen_html(gevonden[:100], {}, Rol.RAAD)
        klok.append((perf_counter() - begin) * 1000)
        rekentijd.append((process_time() - cpu) * 1000)
    print(f"{len(gevonden)} punten veranderd: {median(klok):.0f} ms op de klok, {median(rekentijd):.0f} ms rekentijd")


if __name__ == "__main__":
    main()
