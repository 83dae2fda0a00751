"""What an export holds: a table, and where it comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite

import geopandas as gpd
import pandas as pd

from gebieden.domein.celtekst import clean_tekst

VERZONNEN = "verzonnen"
VERZONNEN_ZIN = "Verzonnen gegevens (demo)"

Cel = str | int | float | bool | Decimal | date | datetime | None


@dataclass(frozen=True)
class Uitvoer:
    """A table to give out, with its source, peildatum and definition.

    `frame` is a GeoDataFrame in EPSG:28992 where there is geometry, otherwise a DataFrame; its index is
    not written. `naam` names sheet, layer and file. `filters` says in words what was left out.
    """

    naam: str
    frame: pd.DataFrame
    bron: str
    peildatum: date
    definitie: str
    verzonnen: bool
    filters: str = ""

    def collect_herkomst(self) -> dict[str, str | date]:
        """Return what every row says about its origin, by column name.

        A name that the table itself uses gets `_uitvoer` behind it.
        """
        herkomst: dict[str, str | date] = {
            "peildatum": self.peildatum,
            "bron": self.bron,
            "definitie": self.definitie,
        }
        if self.filters:
            herkomst["filters"] = self.filters
        if self.verzonnen:
            herkomst[VERZONNEN] = VERZONNEN
        eigen = {str(kolom) for kolom in self.frame.columns}
        return {f"{k}_uitvoer" if k in eigen else k: waarde for k, waarde in herkomst.items()}

    def collect_kolommen(self) -> list[tuple[str, list[Cel]]]:
        """Return the columns of the table, geometry excepted, as plain values; what is unknown is None."""
        geometrie = self.frame.geometry.name if isinstance(self.frame, gpd.GeoDataFrame) else None
        return [
            (clean_tekst(str(naam)), [to_cel(waarde) for waarde in self.frame.iloc[:, nummer].tolist()])
            for nummer, naam in enumerate(self.frame.columns)
            if naam != geometrie
        ]

    def iterate_rijen(self) -> Iterator[tuple[Cel, ...]]:
        """Return the rows of `collect_kolommen`."""
        kolommen = [waarden for _, waarden in self.collect_kolommen()]
        return zip(*kolommen, strict=True) if kolommen else iter(())


def to_cel(waarde: object) -> Cel:
    """Return one value of a frame as a plain value: lists joined with a comma, missing and infinite as None."""
    if isinstance(waarde, str):
        return clean_tekst(waarde)
    if isinstance(waarde, Sequence | set | frozenset):
        return clean_tekst(",".join(str(deel) for deel in waarde))
    if waarde is None or waarde is pd.NA or waarde is pd.NaT:
        return None
    if isinstance(waarde, pd.Timestamp):
        waarde = waarde.to_pydatetime()
    if isinstance(waarde, datetime):
        return waarde.date() if waarde.timetz() == time.min else waarde
    if isinstance(waarde, float | Decimal):
        return waarde if isfinite(waarde) else None
    if isinstance(waarde, int | date):
        return waarde
    return clean_tekst(str(waarde))
