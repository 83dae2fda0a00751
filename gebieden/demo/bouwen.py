"""Builds the demo database from `data/`, through the same importers as any other file."""

from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection, Engine, delete, func, select

from gebieden.demo.aanpakken import store_demoaanpakken
from gebieden.demo.dekking import store_demodekking
from gebieden.demo.dossier import store_demodossier
from gebieden.demo.overleg import store_demooverleggen
from gebieden.demo.partners import store_demopartners
from gebieden.demo.zaken import store_demozaken
from gebieden.domein.fouten import Ernst, OpslagError
from gebieden.instellingen import DATA, Modus
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven, get_instelling, is_demo, is_leeg, mark_modus, set_instelling
from gebieden.opslag.invoer import Importverslag, Invoer, import_in_transactie
from gebieden.opslag.weekpanelen import WACHTDAGEN

_BESTANDEN = (
    Invoer(
        "gebieden",
        DATA / "grenzen_schematisch.geojson",
        kolommen={"code": "code", "naam": "naam", "inwoners": "inwoners"},
        schematisch=True,
    ),
    Invoer("indeling", DATA / "indelingen.csv"),
    Invoer("agendapunten", DATA / "agendapunten.csv"),
    Invoer("initiatieven", DATA / "initiatieven.csv"),
    Invoer("berichten", DATA / "berichten.csv"),
    Invoer("signalen", DATA / "signalen.csv"),
)
_VERSIES = ("schemaversie", "gegevensversie", *(deel.sleutel for deel in Deel))


def read_peildatum(data: Path = DATA) -> date:
    """Return the fixed date on which the demo stands still."""
    return date.fromisoformat(_read_instelling("peildatum", data))


def _read_instelling(sleutel: str, data: Path = DATA) -> str:
    instellingen = pd.read_csv(data / "instellingen.csv", sep=";", index_col="sleutel", dtype=str)
    return str(instellingen.at[sleutel, "waarde"])


def build_demo(engine: Engine) -> date:
    """Fill the database with the demo data, replacing an earlier demo, and return the demo's peildatum.

    Raise OpslagError for a database that holds anything else.
    """
    peildatum = read_peildatum()
    with begin_schrijven(engine) as conn:
        _check_database(conn)
        _empty(conn)
        mark_modus(conn, Modus.DEMO)
        set_instelling(conn, "bevat_demo", "ja")
        set_instelling(conn, "peildatum", peildatum.isoformat())
        set_instelling(conn, WACHTDAGEN, _read_instelling(WACHTDAGEN))
        for invoer in _BESTANDEN:
            _check_verslag(import_in_transactie(conn, invoer, peildatum))
        store_demodekking(conn, DATA / "dekking.csv", peildatum)
        store_demodossier(conn, DATA, peildatum)
        store_demopartners(conn, DATA, peildatum)
        store_demooverleggen(conn, DATA / "overleggen.csv")
        store_demoaanpakken(conn, DATA, peildatum)
        store_demozaken(conn, DATA, peildatum)
        # The demo's history is invented whole: it is known from the first version of any agenda on.
        eerste = conn.scalar(select(func.min(tabellen.agenda_versie.c.datum)))
        set_instelling(conn, "geschiedenis_vanaf", (eerste or peildatum).isoformat())
    return peildatum


def _check_database(conn: Connection) -> None:
    if is_leeg(conn) and get_instelling(conn, "modus") != Modus.PRODUCTIE:
        return
    if not is_demo(conn) or get_instelling(conn, "eigen_invoer") == "ja":
        raise OpslagError(
            "Deze database bevat andere gegevens dan de demo, en die gooit de demo niet weg. "
            "Kies met GEBIEDEN_DATABASE een andere database, of verwijder het databasebestand zelf."
        )


def _empty(conn: Connection) -> None:
    for tabel in reversed(tabellen.get_gegevenstabellen()):
        conn.execute(delete(tabel))
    conn.execute(delete(tabellen.instelling).where(tabellen.instelling.c.sleutel.not_in(_VERSIES)))


def _check_verslag(verslag: Importverslag) -> None:
    if verslag.afgekeurd:
        eerste = next(b for b in verslag.bevindingen if b.ernst is Ernst.AFGEKEURD)
        raise OpslagError(f"De demogegevens zijn beschadigd: {eerste.melding} Zet de map data/ terug.")
