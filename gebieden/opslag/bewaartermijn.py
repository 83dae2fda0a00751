"""Retention: single signals that are older than the term of their group are erased, and do not come back.

Erased are the signal, what was said of it and how that was changed. What stays are counts per area, category and
week. A term is a whole number of years, so everything erased lies in quarters that were published long before:
taking it out of the counts would change those publications, and who kept the old one could subtract. Nor could a
week of then be counted again, or a series be compared with its own past. Counts are of nobody in particular, and
small ones are seen by oov in its own areas only.

For the same reason an older signal is refused when it is brought in again, also after the term was made longer: it is
still counted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, delete, false, func, or_, select

from gebieden.domein.fouten import RechtenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.groepsregel import Groepsregel
from gebieden.domein.rechten import Handeling
from gebieden.domein.taal import format_datum
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.gebruikers import check_gebruiker
from gebieden.opslag.groepsregels import load_gewist_tot, load_groep_van, load_groepsregels, store_gewist_tot
from gebieden.opslag.logboek import append_logregel, determine_via

_NUL = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Bewaarregel:
    """What happened to one category: `grens` is the first day that is kept, None where no term was decided."""

    categorie: str
    groep: str
    jaren: int | None
    grens: date | None
    gewist: int
    blijft: int


def load_bewaargrenzen(conn: Connection, vandaag: date) -> dict[str, date]:
    """Return per category the first day of which signals may be brought in; what is not there has no bound.

    Categories that were never stored fall under the group of their own name.
    """
    regels, gewist = load_groepsregels(conn), load_gewist_tot(conn)
    grenzen = dict(gewist)
    for naam, groep in load_groep_van(conn).items():
        if grens := regels[groep].get_bewaargrens(vandaag):
            grenzen[naam] = max(grens, gewist.get(naam, grens))
    return grenzen


def find_bewaarfout(grenzen: Mapping[str, date], categorie: str, dag: date) -> str | None:
    """Return why a signal of this category and day may not be kept, as a sentence; None when it may."""
    grens = grenzen.get(categorie)
    if grens is None or dag >= grens:
        return None
    return (
        f"De datum {format_datum(dag)} is ouder dan de bewaartermijn van '{categorie}'. "
        f"Verwacht: {format_datum(grens)} of later. Dit signaal hoort niet meer bewaard te worden."
    )


def erase_oude_signalen(
    engine: Engine, gebruiker: Gebruiker, vandaag: date, *, droog: bool = False
) -> list[Bewaarregel]:
    """Erase every single signal older than its term, in one transaction, and return what was done per category.

    With `droog` nothing is erased, but the counts are the same. Raise RechtenError for anybody but beheer.
    """
    with begin_schrijven(engine, Deel.SIGNALEN, Deel.OOV, droog=droog) as conn:
        wie = check_gebruiker(conn, gebruiker)
        if not wie.kijker.mag(Handeling.INSTELLEN):
            raise RechtenError(
                f"Signalen wissen mag niet als {wie.kijker.rol}. Vraag het aan iemand met de rol beheer."
            )
        regels = list(_list_regels(conn, load_groepsregels(conn), vandaag))
        if any(regel.gewist for regel in regels):
            _erase(conn, regels)
            _note(conn, wie, regels)
        # Of a signal that was taken back what was said of it is still there.
        signaal = tabellen.signaal.c.id
        _erase_oordelen(conn, tabellen.beoordeling.c.signaal.not_in(select(signaal)))
        return regels


def _list_regels(conn: Connection, groepsregels: Mapping[str, Groepsregel], vandaag: date) -> Iterator[Bewaarregel]:
    groep_van = load_groep_van(conn)
    tabel = tabellen.signaal
    nummers = {r.naam: r.nummer for r in conn.execute(select(tabellen.signaalcategorie))}
    tel = select(tabel.c.categorie, func.count()).group_by(tabel.c.categorie)
    alles = {rij[0]: rij[1] for rij in conn.execute(tel)}
    for naam, groep in groep_van.items():
        regel, nummer = groepsregels[groep], nummers[naam]
        grens = regel.get_bewaargrens(vandaag)
        oud = 0
        if grens is not None:
            vraag = select(func.count()).where(tabel.c.categorie == nummer, tabel.c.dag < (grens - _NUL).days)
            oud = conn.scalar(vraag) or 0
        yield Bewaarregel(naam, groep, regel.jaren, grens, oud, alles.get(nummer, 0) - oud)


def _erase(conn: Connection, regels: list[Bewaarregel]) -> None:
    tabel = tabellen.signaal
    te_oud = _select_te_oud(conn, regels)
    _erase_oordelen(conn, tabellen.beoordeling.c.signaal.in_(te_oud))
    conn.execute(delete(tabel).where(tabel.c.id.in_(te_oud)))
    store_gewist_tot(conn, {r.categorie: r.grens for r in regels if r.grens is not None and r.gewist})


def _erase_oordelen(conn: Connection, welke: ColumnElement[bool]) -> None:
    """Erase what was said of these signals, and how that was changed."""
    beoordeling, journaal = tabellen.beoordeling, tabellen.bijwerking
    oordelen = select(beoordeling.c.nummer).where(welke)
    conn.execute(delete(journaal).where(journaal.c.tabel == beoordeling.name, journaal.c.rij.in_(oordelen)))
    conn.execute(delete(beoordeling).where(welke))


def _select_te_oud(conn: Connection, regels: list[Bewaarregel]) -> Select[tuple[str]]:
    tabel = tabellen.signaal
    nummers = {r.naam: r.nummer for r in conn.execute(select(tabellen.signaalcategorie))}
    delen = [
        and_(tabel.c.categorie == nummers[regel.categorie], tabel.c.dag < (regel.grens - _NUL).days)
        for regel in regels
        if regel.grens is not None
    ]
    return select(tabel.c.id).where(or_(false(), *delen))


def _note(conn: Connection, wie: Gebruiker, regels: list[Bewaarregel]) -> None:
    gewist = {regel.categorie: f"{regel.gewist}, van vóór {regel.grens}" for regel in regels if regel.gewist}
    append_logregel(conn, wie, "gewist", "signaal", "bewaartermijn", via=determine_via(wie), nieuw=gewist)
