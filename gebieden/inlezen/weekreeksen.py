"""Weekly counts for the methods: a table of `series, t, observed`, one row per series and week."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from gebieden.domein.celtekst import restore_formule
from gebieden.domein.fouten import InvoerError
from gebieden.inlezen.bestand import check_bestand
from gebieden.inlezen.csvbestand import determine_csvvorm, iter_csv_rijen
from gebieden.inlezen.kolommen import Celsoort, Kolom, list_namen, resolve_kolommen, tidy_kolomnaam
from gebieden.inlezen.omgeving import list_gevuld, report_breedte
from gebieden.inlezen.velden import parse_geheel, parse_sleutel
from gebieden.inlezen.veldfout import Veldfout, report_veldfout

SCHEMA: Final = tuple(
    Kolom(naam, verplicht=True, soort=Celsoort.WAARDE, synoniemen=synoniemen)
    for naam, synoniemen in (("series", ("reeks",)), ("t", ("week",)), ("observed", ("aantal",)))
)
MAX_RIJEN: Final = 3_000_000
MAX_FOUTEN: Final = 100
"""As many faults are told one by one; of the rest the number."""
MAX_TELLING: Final = 10_000_000
MAX_WEEK: Final = 1_000_000


@dataclass(frozen=True, eq=False, slots=True)
class Weekreeks:
    """One series: its consecutive counts, of which the first is of week `eerste_t` as the file numbers them."""

    naam: str
    eerste_t: int
    tellingen: npt.NDArray[np.int64]


def compose_fouten(fouten: Sequence[str]) -> InvoerError:
    """Return one error that tells every fault on its own line, at most MAX_FOUTEN of them."""
    rest = len(fouten) - MAX_FOUTEN
    slot = [f"… en nog {rest} fout(en)."] if rest > 0 else []
    return InvoerError("\n".join([*fouten[:MAX_FOUTEN], *slot]))


def read_weekreeksen(pad: Path) -> list[Weekreeks]:
    """Return the series of the file, in the order in which each first appears; rows may stand in any order.

    Raises
    ------
    InvoerError
        With every fault: a missing column, a row of another width, text or a negative or fractional number
        where a count belongs, a week that is missing or stands there twice; or the file as a whole.
    """
    check_bestand(pad)
    vorm = determine_csvvorm(pad, SCHEMA)
    kop = resolve_kolommen(vorm.kopregel, [tidy_kolomnaam(k) for k in vorm.koppen], SCHEMA, None, pad.name)
    if ontbreekt := [kolom.naam for kolom in SCHEMA if kolom.naam not in kop.plaatsen]:
        raise InvoerError(
            f"In {pad.name} (kop op rij {kop.index + 1}) ontbreekt: {', '.join(ontbreekt)}. Gevonden: "
            f"{list_namen(kop.namen)}. Verwacht: de kolommen series, t en observed. Geef de kolommen deze namen."
        )
    stapel = _Stapel(pad.name)
    for regel, rij in enumerate(islice(iter_csv_rijen(pad, vorm.encoding, vorm.scheidingsteken), kop.index + 1, None)):
        if regel >= MAX_RIJEN:
            raise InvoerError(f"Bestand {pad.name} heeft meer dan {MAX_RIJEN} rijen. Splits het in delen.")
        if len(rij) == len(kop.namen):
            stapel.add(regel + kop.index + 2, *(rij[kop.plaatsen[kolom.naam]] for kolom in SCHEMA))
        elif list_gevuld(rij):
            fout = report_breedte(regel + kop.index + 2, len(rij), len(kop.namen), pad.name, vorm.scheidingsteken)
            stapel.fouten.append(f"{fout.melding} {fout.herstel}")
    return stapel.finish()


class _Stapel:
    """The counts read so far, per series and week, and every fault."""

    def __init__(self, bestand: str) -> None:
        self._bestand = bestand
        self._reeksen: dict[str, dict[int, int]] = {}
        self.fouten: list[str] = []

    def add(self, regel: int, naam: str, t: str, telling: str) -> None:
        gelezen = (_parse_naam(naam), _parse_geheel(t, MAX_WEEK), _parse_geheel(telling, MAX_TELLING))
        for kolom, waarde in zip(SCHEMA, gelezen, strict=True):
            if isinstance(waarde, Veldfout):
                fout = report_veldfout(
                    waarde, object_naam="weekreeks", bestand=self._bestand, regel=regel, kolom=kolom.naam
                )
                self.fouten.append(f"{fout.melding} {fout.herstel}")
        reeks, week, aantal = gelezen
        if isinstance(reeks, str) and isinstance(week, int) and isinstance(aantal, int):
            weken = self._reeksen.setdefault(reeks, {})
            if week in weken:
                self.fouten.append(
                    f"weekreeks (rij {regel} van {self._bestand}): week {week} van {reeks} staat er al. "
                    "Verwacht: elke week van een reeks één keer. Haal de dubbele rij weg."
                )
            weken[week] = aantal

    def finish(self) -> list[Weekreeks]:
        """Return the series, or raise every fault."""
        if not self.fouten:
            self.fouten = [fout for naam, weken in self._reeksen.items() if (fout := self._find_gat(naam, weken))]
        if not self._reeksen and not self.fouten:
            self.fouten = [f"Bestand {self._bestand} heeft geen rijen onder de kop. Maak de export opnieuw."]
        if self.fouten:
            raise compose_fouten(self.fouten)
        return [
            Weekreeks(naam, min(weken), np.array([weken[t] for t in sorted(weken)], dtype=np.int64))
            for naam, weken in self._reeksen.items()
        ]

    def _find_gat(self, naam: str, weken: dict[int, int]) -> str:
        volgorde = sorted(weken)
        gaten = [(eerder + 1, later) for eerder, later in pairwise(volgorde) if later > eerder + 1]
        if not gaten:
            return ""
        eerste, aantal = gaten[0][0], sum(tot - van for van, tot in gaten)
        return (
            f"Reeks {naam} in {self._bestand} mist {aantal} week/weken, als eerste t={eerste}. "
            f"Verwacht: elke week van {volgorde[0]} tot en met {volgorde[-1]}; een week zonder meldingen is 0. "
            "Vul de ontbrekende weken aan."
        )


@lru_cache(maxsize=100_000)
def _parse_naam(tekst: str) -> str | Veldfout:
    try:
        naam = parse_sleutel(restore_formule(tekst))
    except Veldfout as fout:
        return fout
    return naam or Veldfout("naam_ontbreekt", tekst, "de cel is leeg.", "de naam van een reeks", "Vul series in.")


@lru_cache(maxsize=100_000)
def _parse_geheel(tekst: str, maximum: int) -> int | Veldfout:
    try:
        return parse_geheel(tekst, maximum=maximum)
    except Veldfout as fout:
        return fout
