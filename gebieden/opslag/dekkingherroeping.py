"""Taking back one's own last change of a contribution; a new one that is taken back stays, withdrawn."""

from datetime import date

from sqlalchemy import Connection, Engine, select, update

from gebieden.domein.dekking import Lijnstand
from gebieden.domein.fouten import InvoerError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Handeling
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.dekking import TOEGEVOEGD, note_lijn
from gebieden.opslag.platwaarden import from_plat, to_plat
from gebieden.opslag.puntwerk import Gewijzigd, Wijzigingrij, find_laatste, find_wijziging, open_punt

HERROEPEN = "bijdrage_herroepen"
tabel = tabellen.dekkingslijn


def undo_lijn(engine: Engine, gebruiker: Gebruiker, id_: str, nummer: int, *, sleutel: str, op: date) -> Gewijzigd:
    """Take back this person's own last change of a contribution to a point, `nummer` in the journal.

    Raise RechtenError where this person may not, InvoerError when there is nothing to take back, or when somebody
    changed the same since.
    """
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        werk = open_punt(conn, gebruiker, id_, op, Handeling.DEKKING)
        if find_wijziging(conn, werk.schrijver, sleutel, id_):
            return Gewijzigd(id_, was_er_al=True)
        eigen = find_laatste(conn, werk.schrijver, id_, van_bijdragen=True)
        if eigen is None or eigen.nummer != nummer:
            raise InvoerError("Er is intussen iets veranderd. Er is niets ongedaan gemaakt. Kijk opnieuw en kies dan.")
        nu = conn.execute(select(tabel).where(tabel.c.nummer == eigen.dekkingslijn)).mappings().one()
        if any(to_plat(nu[veld]) != nieuw for veld, (_, nieuw) in eigen.velden.items()):
            raise InvoerError(
                "Na uw wijziging is deze bijdrage nog eens veranderd, dus ongedaan maken kan niet meer. Er is niets "
                "veranderd. Wijzig de bijdrage als dat nodig is."
            )
        terug = {veld: [nieuw, oud] for veld, (oud, nieuw) in eigen.velden.items()}
        if eigen.handeling == TOEGEVOEGD:
            terug = {"stand": [nu["stand"], str(Lijnstand.INGETROKKEN)]}
        waarden = {veld: from_plat(tabel.c[veld], oud) for veld, (_, oud) in terug.items()}
        conn.execute(update(tabel).where(tabel.c.nummer == eigen.dekkingslijn).values(waarden))
        note_lijn(werk, sleutel, HERROEPEN, eigen.dekkingslijn, terug, herroept=nummer)
        return Gewijzigd(id_)


def find_ongedaan_lijn(conn: Connection, gebruiker: Gebruiker, id_: str) -> Wijzigingrij | None:
    """Return this person's own last change of a contribution to a point: the one that `undo_lijn` takes back."""
    if "\x00" in id_ or not gebruiker.kijker.mag(Handeling.DEKKING):
        return None
    return find_laatste(conn, gebruiker, id_, van_bijdragen=True)
