"""What goes wrong outside this program (locked, full, gone), as a sentence that names no address."""

import logging
import sqlite3
from enum import StrEnum

from psycopg import Error as PostgresqlFout
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DatabaseError, DataError, DBAPIError, IntegrityError, InterfaceError, ProgrammingError

from gebieden.domein.fouten import OpslagError

_LOG = logging.getLogger(__name__)


class Storing(StrEnum):
    """What is the matter with a database, in the words that a visitor gets."""

    BEZET = (
        "De database is bezet: een ander programma schrijft erin en was niet op tijd klaar. Er is niets veranderd. "
        "Probeer het later opnieuw."
    )
    ALLEEN_LEZEN = (
        "De database mag alleen gelezen worden. Er is niets veranderd. "
        "Geef schrijfrecht op de database (bij een bestand ook op de map), of kies met GEBIEDEN_DATABASE een andere."
    )
    VOL = (
        "De schijf waar de database op staat, is vol. Er is niets veranderd. "
        "Maak ruimte op die schijf en probeer het opnieuw."
    )
    ONBEREIKBAAR = (
        "De database is niet bereikbaar. Er is niets veranderd. Probeer het over een minuut opnieuw. "
        "Blijft het zo, controleer dan of de databaseserver draait en of GEBIEDEN_DATABASE de goede server noemt."
    )
    WEGGEVALLEN = (
        "De verbinding met de database is weggevallen. Het is niet zeker of het laatste is opgeslagen: controleer "
        "dat eerst. Probeer het over een minuut opnieuw. Blijft het zo, controleer dan of de databaseserver draait."
    )
    DRUK = (
        "Er is geen verbinding met de database meer vrij: te veel mensen of programma's zijn tegelijk bezig. Er is "
        "niets veranderd. Probeer het over een minuut opnieuw. Blijft het zo, verhoog dan max_connections van de "
        "databaseserver."
    )
    GEEN_TOEGANG = (
        "De databaseserver laat deze gebruiker niet toe, of niet om dit te doen. Er is niets veranderd. "
        "Controleer in GEBIEDEN_DATABASE de gebruiker en het wachtwoord, en geef die gebruiker rechten op de database."
    )
    GEEN_DATABASE = (
        "Op de databaseserver bestaat deze database niet. "
        "Maak hem eerst (createdb), of noem met GEBIEDEN_DATABASE een database die er is."
    )
    GEEN_BESTAND = (
        "De database kan niet worden geopend: het bestand is er niet te maken of te lezen, of het is geen database. "
        "Controleer GEBIEDEN_DATABASE, of de map bestaat en of u er mag lezen en schrijven."
    )
    STUK = (
        "Er is iets mis met de database: de database geeft geen goed antwoord. Controleer of er ruimte op de schijf "
        "is. Is de database beschadigd, zet hem dan opzij en zet een reservekopie terug in een nieuwe."
    )
    VERDWENEN = (
        "De database is er niet meer: het bestand is weg. Er is niets veranderd. "
        "Zet het bestand terug op zijn plaats; opnieuw starten is daarna niet nodig."
    )


_SQLITE = {
    sqlite3.SQLITE_BUSY: Storing.BEZET,
    sqlite3.SQLITE_LOCKED: Storing.BEZET,
    sqlite3.SQLITE_READONLY: Storing.ALLEEN_LEZEN,
    sqlite3.SQLITE_FULL: Storing.VOL,
    sqlite3.SQLITE_CANTOPEN: Storing.GEEN_BESTAND,
    sqlite3.SQLITE_NOTADB: Storing.GEEN_BESTAND,
}
# The beginning of PostgreSQL's SQLSTATE.
_SQLSTATE = {
    "55P03": Storing.BEZET,
    "40": Storing.BEZET,
    "25006": Storing.ALLEEN_LEZEN,
    "53100": Storing.VOL,
    "53300": Storing.DRUK,
    "28": Storing.GEEN_TOEGANG,
    "42501": Storing.GEEN_TOEGANG,
    "3D000": Storing.GEEN_DATABASE,
    "08": Storing.WEGGEVALLEN,
    "57P": Storing.WEGGEVALLEN,
    "42P01": Storing.STUK,
    "42703": Storing.STUK,
}
# Who is not let in gets no SQLSTATE through libpq, only words.
_WEIGERING = {
    "too many": Storing.DRUK,
    "connection slots": Storing.DRUK,
    "password": Storing.GEEN_TOEGANG,
    "authentication failed": Storing.GEEN_TOEGANG,
    "pg_hba.conf": Storing.GEEN_TOEGANG,
    "role ": Storing.GEEN_TOEGANG,
    "permission denied for database": Storing.GEEN_TOEGANG,
    # Not "the database system is starting up": that passes.
    'database "': Storing.GEEN_DATABASE,
}


def listen_storingen(engine: Engine) -> None:
    """Let this engine raise OpslagError for what is not a mistake in this program."""
    event.listen(engine, "handle_error", _translate_fout)


def show_adres(engine: Engine) -> str:
    """Return where a database is, for the log: without a password, wherever in the address that stands."""
    geheim = [naam for naam in engine.url.query if "password" in naam]
    return engine.url.difference_update_query(geheim).render_as_string(hide_password=True)


def build_opslagfout(boodschap: str, toelichting: str) -> OpslagError:
    """Return an error for a visitor; `toelichting` (where the database is, what it said) goes to the log only."""
    _LOG.warning("%s [%s]", boodschap, toelichting)
    return OpslagError(boodschap)


def compose_storing(storing: Storing, engine: Engine | None, oorzaak: object) -> OpslagError:
    """Return the error for a fault of the database of this engine."""
    waar = show_adres(engine) if engine else "database"
    return build_opslagfout(storing, f"{waar}: {oorzaak}".strip())


def translate_drijverfout(fout: Exception, engine: Engine, opdracht: str) -> Exception:
    """Return what SQLAlchemy would have raised for an error of the driver, or OpslagError."""
    vertaald = DBAPIError.instance(opdracht, None, fout, engine.dialect.loaded_dbapi.Error, dialect=engine.dialect)
    if isinstance(vertaald, DBAPIError) and _is_storing(vertaald):
        return compose_storing(_determine_storing(fout, is_open=True, is_weg=False), engine, fout)
    return vertaald


def _translate_fout(context: ExceptionContext) -> None:
    fout = context.sqlalchemy_exception
    # A ping that fails is how the pool finds out that it must connect again.
    if context.is_pre_ping or not isinstance(fout, DBAPIError) or not _is_storing(fout):
        return
    storing = _determine_storing(
        context.original_exception, is_open=context.connection is not None, is_weg=context.is_disconnect
    )
    raise compose_storing(storing, context.engine, fout.orig) from fout


def _is_storing(fout: DBAPIError) -> bool:
    if _find_sqlstate(fout.orig):
        return True
    fouten_van_ons = (IntegrityError, ProgrammingError, DataError)
    return isinstance(fout, DatabaseError | InterfaceError) and not isinstance(fout, fouten_van_ons)


def _find_sqlstate(fout: BaseException | None) -> Storing | None:
    sqlstate = (fout.sqlstate or "") if isinstance(fout, PostgresqlFout) else ""
    return next((storing for begin, storing in _SQLSTATE.items() if sqlstate.startswith(begin)), None)


def _determine_storing(fout: BaseException, *, is_open: bool, is_weg: bool) -> Storing:
    if isinstance(fout, sqlite3.Error):
        # The last byte is the kind of error, the rest is detail.
        return _SQLITE.get(getattr(fout, "sqlite_errorcode", 0) & 0xFF, Storing.STUK)
    if bekend := _find_sqlstate(fout):
        return bekend
    if is_open:
        return Storing.WEGGEVALLEN if is_weg else Storing.STUK
    return next((storing for woord, storing in _WEIGERING.items() if woord in str(fout)), Storing.ONBEREIKBAAR)
