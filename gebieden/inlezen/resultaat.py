"""What reading a file gives: the accepted records and everything there is to say about the rest."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd

from gebieden.domein.fouten import Bevinding, Ernst


@dataclass
class Inleesresultaat:
    """The outcome of reading one file or service.

    `records` holds the accepted domain records in file order; for `gebieden` they are the rows of the
    GeoDataFrame `gebieden` instead. `aantal_rijen` counts data rows: no title lines, header, empty
    lines or footers. `dubbel` counts exact repetitions within the file, which change nothing.
    `vrije_kolommen` are those that the file has of the columns that it may leave out to leave them as they are.
    Always `aantal_aangenomen + dubbel + aantal_afgekeurd == aantal_rijen`.
    """

    soort: str
    bestand: str
    aantal_rijen: int
    records: list[Any]
    bevindingen: list[Bevinding] = field(default_factory=list)
    dubbel: int = 0
    gebieden: gpd.GeoDataFrame | None = None
    vrije_kolommen: frozenset[str] = frozenset()

    @property
    def aantal_afgekeurd(self) -> int:
        """Rows with at least one AFGEKEURD finding; a row with three faults counts once."""
        return len(find_afgekeurde_regels(self.bevindingen))

    @property
    def aantal_aangenomen(self) -> int:
        """Rows that were accepted, exact repetitions not included."""
        return len(self.records) if self.gebieden is None else len(self.gebieden)


def find_afgekeurde_regels(bevindingen: Iterable[Bevinding]) -> set[int]:
    """Return the distinct row numbers that carry an AFGEKEURD finding."""
    return {b.regel for b in bevindingen if b.ernst is Ernst.AFGEKEURD and b.regel is not None}
