"""The invented matters of the demo, and how some of its signals were judged."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, select, update

from gebieden.demo.dossier import read_rijen, store_rij
from gebieden.domein.beoordeling import Beoordeling
from gebieden.domein.signaal import Signaalstaat
from gebieden.opslag import tabellen
from gebieden.opslag.dossierwaarden import read_velden
from gebieden.opslag.dossierwerk import check_invulling, to_rij
from gebieden.opslag.oovsoorten import BEOORDELING, ZAAK


def store_demozaken(conn: Connection, data: Path, op: date) -> None:
    """Store one matter per row, and one judgement per row: first as judged, then as what became of it."""
    zaken = {rij["id"]: store_rij(conn, ZAAK, rij, op) for rij in read_rijen(data / "zaken.csv")}
    tabel = tabellen.beoordeling
    for rij in read_rijen(data / "beoordelingen.csv"):
        nummer = store_rij(conn, BEOORDELING, rij | {"staat": Signaalstaat.BEOORDEELD, "zaak": ""}, op)
        nu = read_velden(Beoordeling, conn.execute(select(tabel).where(tabel.c.nummer == nummer)).mappings().one())
        straks = replace(nu, staat=Signaalstaat(rij["staat"]), zaak=zaken.get(rij["zaak"]))
        velden = check_invulling(conn, BEOORDELING, straks, op, nummer)
        conn.execute(update(tabel).where(tabel.c.nummer == nummer).values(to_rij(velden)))
