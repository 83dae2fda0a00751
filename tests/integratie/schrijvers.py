"""People who write berichten about the points of the small gemeente, and what they write."""

from dataclasses import replace
from datetime import date
from itertools import count

from bouwstenen import NOORD, PEILDATUM, ZUID, build_punt
from sqlalchemy import Engine, insert, select

from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.logboek import Logregel
from gebieden.domein.rechten import BEHEERDER, Kijker, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.berichten import Opgeslagen, save_bericht
from gebieden.opslag.database import begin_schrijven
from gebieden.opslag.gebieden import load_gebiedsboom
from gebieden.opslag.lezen import load_berichten
from gebieden.opslag.logboek import Zoekvraag, search_logboek

MEI = date(2026, 5, 1)
PUNT = Berichtsoort.AGENDAPUNT
_SLEUTELS = count()


def draw_sleutel() -> str:
    """Return the key of a form that was just opened."""
    return f"formulier-{next(_SLEUTELS)}"


def build_bericht(tekst: str = "Er is overlegd.", **velden) -> Bericht:
    """Return an internal bericht of 1 May about P1, unless told otherwise."""
    return replace(Bericht(PUNT, "P1", MEI, tekst), **velden)


def add_punten(engine: Engine) -> None:
    """Store P1 (Noord, public), P2 (Zuid, public) and P3 (Noord, not public)."""
    punten = [build_punt("P1"), build_punt("P2", gebied=ZUID), build_punt("P3", openbaar=False)]
    with begin_schrijven(engine) as conn:
        save_agendapunten(conn, punten, PEILDATUM)


def add_gebruiker(engine: Engine, rol: Rol = Rol.GEBIEDSTEAM, *eigen: str) -> Gebruiker:
    """Store a user with these areas, Noord when none is given to a role that has them, and return who it is."""
    gebieden = frozenset(eigen or ({NOORD} if rol in (Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR) else ()))
    with begin_schrijven(engine) as conn:
        rij = {"aanmeldnaam": draw_sleutel(), "naam": "Jannie Bakker", "rol": rol, "actief": True}
        tabel = tabellen.gebruiker
        nummer = conn.execute(insert(tabel).values(rij).returning(tabel.c.nummer)).scalar_one()
        for gebied in sorted(gebieden):
            conn.execute(insert(tabellen.gebruiker_gebied).values(gebruiker=nummer, gebied=gebied))
    return Gebruiker(Kijker(rol, gebieden), nummer, "Jannie Bakker")


def place(engine: Engine, wie: Gebruiker, bericht: Bericht | None = None, sleutel: str | None = None) -> Opgeslagen:
    """Store a bericht from a form of its own."""
    return save_bericht(engine, wie, bericht or build_bericht(), sleutel=sleutel or draw_sleutel(), op=PEILDATUM)


def read(engine: Engine, kijker: Kijker = BEHEERDER, id_: str = "P1") -> list[Bericht]:
    """Return the berichten about one point that may be read, newest first."""
    with engine.connect() as conn:
        return load_berichten(conn, kijker, load_gebiedsboom(conn, PEILDATUM), PEILDATUM, soort=PUNT, ids=[id_])


def read_log(engine: Engine, **zoek) -> list[Logregel]:
    """Return the lines of the audit trail, oldest first."""
    with engine.connect() as conn:
        return search_logboek(conn, BEHEERDER, Zoekvraag(**{"aantal": 10_000, **zoek}))[::-1]


def dump_log(engine: Engine) -> str:
    """Return the whole audit trail as it is stored."""
    with engine.connect() as conn:
        return repr(conn.execute(select(tabellen.logboek)).all())
