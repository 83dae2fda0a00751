"""The invented dekking of some points of the demo."""

from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection, update

from gebieden.domein.bedrag import parse_bedrag
from gebieden.domein.dekking import Bron, Lijnstand, Lijnvelden, Vorm
from gebieden.domein.lijnvelden import check_lijnvelden, parse_hoeveelheid
from gebieden.opslag import tabellen
from gebieden.opslag.dekking import insert_lijn


def store_demodekking(conn: Connection, bestand: Path, op: date) -> None:
    """Store what the points in this file need, and one contribution per row."""
    punt = tabellen.agendapunt
    for rij in pd.read_csv(bestand, sep=";", dtype=str, keep_default_na=False).to_dict("records"):
        benodigd = parse_bedrag(rij["benodigd"])
        waarden = {"benodigd": benodigd.euro, "benodigd_pm": benodigd.is_pm}
        conn.execute(update(punt).where(punt.c.id == rij["agendapunt"]).values(waarden))
        insert_lijn(conn, rij["agendapunt"], _read_velden({str(k): str(v) for k, v in rij.items()}), op)


def _read_velden(rij: dict[str, str]) -> Lijnvelden:
    return check_lijnvelden(
        Lijnvelden(
            bron=Bron(rij["bron"]),
            vorm=Vorm(rij["vorm"]),
            stand=Lijnstand(rij["stand"]),
            bedrag=parse_bedrag(rij["bedrag"]),
            hoeveelheid=parse_hoeveelheid(rij["hoeveelheid"]),
            eenheid=rij["eenheid"],
            jaar=int(rij["jaar"]) if rij["jaar"] else None,
            partner=rij["partner"],
            toelichting=rij["toelichting"],
        )
    )
