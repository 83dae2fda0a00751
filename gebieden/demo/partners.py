"""The invented partners of the demo, their convenanten and what they promised."""

from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from gebieden.demo.dossier import read_rijen, store_rij
from gebieden.opslag.dossiersoorten import AFSPRAAK, CONVENANT, INZET, PARTNER


def store_demopartners(conn: Connection, data: Path, op: date) -> None:
    """Store the partners with the areas that they work in (one row each), the convenanten and the commitments.

    In the files a partner is a name, in the database a number.
    """
    nummers: dict[str, str] = {}
    for rij in read_rijen(data / "partners.csv"):
        if rij["naam"] not in nummers:
            nummers[rij["naam"]] = str(store_rij(conn, PARTNER, rij, op))
        store_rij(conn, INZET, {**rij, "partner": nummers[rij["naam"]]}, op)
    for rij in read_rijen(data / "convenanten.csv"):
        partners = ",".join(nummers[naam] for naam in rij["partners"].split(","))
        store_rij(conn, CONVENANT, {**rij, "partners": partners}, op)
    for rij in read_rijen(data / "afspraken.csv"):
        store_rij(conn, AFSPRAAK, {**rij, "partner": nummers[rij["partner"]]}, op)
