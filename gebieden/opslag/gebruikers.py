"""Who a person is now, according to the database."""

from sqlalchemy import Connection, select

from gebieden.domein.fouten import RechtenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Kijker, Rol
from gebieden.opslag.tabellen import gebruiker as tabel
from gebieden.opslag.tabellen import gebruiker_gebied


def check_gebruiker(conn: Connection, gebruiker: Gebruiker) -> Gebruiker:
    """Return who this person is now; raise RechtenError for one who is gone or no longer active."""
    if gebruiker.nummer is None:
        return gebruiker
    rij = conn.execute(select(tabel).where(tabel.c.nummer == gebruiker.nummer, tabel.c.actief)).first()
    if rij is None:
        raise RechtenError("U hebt geen toegang meer. Er is niets opgeslagen. Vraag het aan iemand met de rol beheer.")
    eigen = conn.scalars(select(gebruiker_gebied.c.gebied).where(gebruiker_gebied.c.gebruiker == rij.nummer))
    return Gebruiker(Kijker(Rol(rij.rol), frozenset(eigen)), rij.nummer, rij.naam)
