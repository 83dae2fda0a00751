"""The shipped lists of area codes: which areas a gemeente has, and what its own register calls them."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from gebieden.domein.codes import determine_gemeentecode, determine_niveau
from gebieden.instellingen import DATA


@dataclass(frozen=True, slots=True)
class Codelijstregel:
    """One area of a code list; the register's numbers are empty for an area it does not have."""

    code: str
    naam: str
    naam_cbs: str = ""
    gebied_id: str = ""
    gebiednummer: str = ""


@dataclass(frozen=True)
class Codelijst:
    """Every area of the gemeenten that have a code list, by code."""

    regels: Mapping[str, Codelijstregel] = field(default_factory=dict)

    def find_registergebied(self, gebiednummer: str, gebied_id: str) -> Codelijstregel | None:
        """Return the area that a municipal register means: by its long number, or else by its id.

        An id alone is looked up only while there is one gemeente in the list: ids repeat between gemeenten.
        """
        regels = self.regels.values()
        if gebiednummer:
            return next((r for r in regels if r.gebiednummer == gebiednummer), None)
        if not gebied_id or len({determine_gemeentecode(r.code) for r in regels}) != 1:
            return None
        return next((r for r in regels if r.gebied_id == gebied_id), None)

    def filter_gebieden(self, gemeentecode: str, niveau: str) -> list[Codelijstregel]:
        """Return the areas of one gemeente and level, by code; empty for a gemeente without a list."""
        return sorted(
            (
                r
                for r in self.regels.values()
                if determine_gemeentecode(r.code) == gemeentecode and determine_niveau(r.code) == niveau
            ),
            key=lambda r: r.code,
        )


def read_codelijst(paden: Iterable[Path]) -> Codelijst:
    """Return the areas in `;`-separated code lists with at least the columns code and naam (UTF-8)."""
    regels: dict[str, Codelijstregel] = {}
    for pad in paden:
        with pad.open(encoding="utf-8-sig", newline="") as bestand:
            for rij in csv.DictReader(bestand, delimiter=";"):
                waarden = {naam: (rij.get(naam) or "").strip() for naam in Codelijstregel.__slots__}
                if determine_niveau(waarden["code"]):
                    regels[waarden["code"]] = Codelijstregel(**waarden)
    return Codelijst(regels)


@lru_cache(maxsize=1)
def load_codelijst() -> Codelijst:
    """Return the code lists that ship with the application (`data/codes_*.csv`); empty when there are none."""
    return read_codelijst(sorted(DATA.glob("codes_*.csv")))
