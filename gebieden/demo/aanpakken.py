"""The invented aanpakken of the demo, with the moment that they were registered, and a suspicion of displacement."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select

from gebieden.demo.dossier import read_rijen, store_rij
from gebieden.opslag import tabellen
from gebieden.opslag.dossierwaarden import read_velden
from gebieden.opslag.oovsoorten import AANPAK, VERMOEDEN


def store_demoaanpakken(conn: Connection, data: Path, op: date) -> None:
    """Store the aanpakken through the checks of any other; in the file a partner is a name, in the database a number.

    When each was registered is invented too.
    """
    partner = tabellen.partner
    nummers = {naam: str(nummer) for nummer, naam in conn.execute(select(partner.c.nummer, partner.c.naam))}
    for rij in read_rijen(data / "aanpakken.csv"):
        partners = ",".join(nummers[naam] for naam in rij["partners"].split(",") if naam)
        nummer = store_rij(conn, AANPAK, {**rij, "partners": partners}, op)
        if rij["geregistreerd"]:
            _register(conn, nummer, datetime.fromisoformat(rij["geregistreerd"]))
    for rij in read_rijen(data / "vermoedens.csv"):
        store_rij(conn, VERMOEDEN, rij, op)


def _register(conn: Connection, nummer: int, moment: datetime) -> None:
    tabel = tabellen.aanpak
    opgeslagen = conn.execute(select(tabel).where(tabel.c.nummer == nummer)).mappings().one()
    aanpak = read_velden(AANPAK.vorm, opgeslagen)
    rij = {"aanpak": nummer, "datum": moment.date(), "moment": moment, "ontwerp": aanpak.ontwerp}
    conn.execute(insert(tabellen.aanpakregistratie).values(rij | {"vingerafdruk": aanpak.vingerafdruk}))
