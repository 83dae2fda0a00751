"""The invented meetings of the demo, closed, with what was decided in them."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import pandas as pd
from sqlalchemy import Connection, insert

from gebieden.domein.overleg import Besluit, Overleg
from gebieden.domein.rechten import Rol
from gebieden.domein.veldregels import check_velden
from gebieden.opslag import tabellen

_BEGIN: Final = time(9)
_DUUR: Final = timedelta(hours=2)
_VAN_OVERLEG: Final = ["gebied", "titel", "datum", "aanwezig"]


def store_demooverleggen(conn: Connection, bestand: Path) -> None:
    """Store the meetings in this file, that has one row per decision."""
    frame = pd.read_csv(bestand, sep=";", dtype=str, keep_default_na=False)
    for (gebied, titel, datum, aanwezig), besluiten in frame.groupby(_VAN_OVERLEG, sort=False):
        overleg = check_velden(Overleg(titel, dag := date.fromisoformat(datum), aanwezig, True), dag)
        nummer = _store_overleg(conn, gebied, overleg)
        for tekst, agendapunt in zip(besluiten["besluit"], besluiten["agendapunt"], strict=True):
            besluit = check_velden(Besluit(nummer, tekst, agendapunt), overleg.datum)
            conn.execute(insert(tabellen.besluit).values(gebied=gebied, sinds=overleg.datum, **besluit.velden))


def _store_overleg(conn: Connection, gebied: str, overleg: Overleg) -> int:
    """Store a meeting with the lines of its journal that say when it was open."""
    tabel = tabellen.overleg
    vraag = insert(tabel).values(gebied=gebied, sinds=overleg.datum, **overleg.velden).returning(tabel.c.nummer)
    nummer = int(conn.execute(vraag).scalar_one())
    begin = datetime.combine(overleg.datum, _BEGIN, UTC)
    for moment, was, is_dicht in ((begin, None, False), (begin + _DUUR, False, True)):
        regel = {"sleutel": f"demo-overleg-{nummer}-{is_dicht}", "tabel": tabel.name, "rij": nummer}
        regel |= {"velden": {"is_afgesloten": [was, is_dicht]}, "waarom": "", "rol": Rol.GEBIEDSREGISSEUR}
        conn.execute(insert(tabellen.bijwerking).values(regel | {"vastgelegd_op": moment}))
    return nummer
