"""The invented things beside the points of the demo: steps, judgements, afstemming, sides of areas and wishes."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final

import pandas as pd
from sqlalchemy import JSON, Boolean, Column, Connection, Date, Integer, insert

from gebieden.domein.rechten import Rol
from gebieden.opslag import tabellen
from gebieden.opslag.dossiersoorten import AFSTEMMING, KANT, OORDEEL, STAP, WENS
from gebieden.opslag.dossierwaarden import read_velden
from gebieden.opslag.dossierwerk import Dossiersoort, check_invulling, insert_stuk
from gebieden.opslag.oovsoorten import DUIDING

DOSSIERBESTANDEN: Final[dict[str, Dossiersoort[Any]]] = {
    "stappen": STAP,
    "oordelen": OORDEEL,
    "afstemmingen": AFSTEMMING,
    "kanten": KANT,
    "wensen": WENS,
    "duidingen": DUIDING,
}


def store_demodossier(conn: Connection, data: Path, op: date) -> None:
    """Store one thing per row of these files, as of the day `sinds`."""
    for naam, soort in DOSSIERBESTANDEN.items():
        for rij in read_rijen(data / f"{naam}.csv"):
            nummer = store_rij(conn, soort, rij, op)
            if rij.get("eerst"):
                _store_eerst(conn, soort, nummer, rij)


def store_rij(conn: Connection, soort: Dossiersoort[Any], rij: Mapping[str, str], op: date) -> int:
    """Store what one row says, through the checks of any other, and return its number.

    It is there from the day `sinds` on, or from `op` where the row does not say.
    """
    plat = {kolom: _read_waarde(soort.tabel.c[kolom], rij[kolom]) for kolom in soort.vorm.__dataclass_fields__}
    velden = check_invulling(conn, soort, read_velden(soort.vorm, plat), op)
    sinds = date.fromisoformat(rij["sinds"]) if "sinds" in rij else op
    return insert_stuk(conn, soort, rij[soort.bij] if soort.bij else "", velden, sinds)


def read_rijen(bestand: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a file of the demo, every cell as text."""
    for rij in pd.read_csv(bestand, sep=";", dtype=str, keep_default_na=False).to_dict("records"):
        yield {str(kolom): str(waarde) for kolom, waarde in rij.items()}


def _read_waarde(kolom: Column[Any], tekst: str) -> Any:
    if isinstance(kolom.type, JSON):
        return [int(deel) if deel.isdecimal() else deel for deel in tekst.split(",") if deel]
    if isinstance(kolom.type, Boolean):
        return tekst == "ja"
    if isinstance(kolom.type, Date):
        return date.fromisoformat(tekst) if tekst else None
    if isinstance(kolom.type, Integer):
        return int(tekst) if tekst else None
    return tekst


def _store_eerst(conn: Connection, soort: Dossiersoort[Any], nummer: int, rij: dict[str, str]) -> None:
    """Note that the agreed date of a step was another one before."""
    conn.execute(
        insert(tabellen.bijwerking).values(
            sleutel=f"demo-{soort.tabel.name}-{nummer}",
            tabel=soort.tabel.name,
            rij=nummer,
            velden={"afgesproken": [rij["eerst"], rij["afgesproken"]]},
            waarom="",
            rol=Rol.GEBIEDSREGISSEUR,
            vastgelegd_op=datetime.combine(date.fromisoformat(rij["sinds"]), time(12), UTC),
        )
    )
