"""Writing at what is kept beside the points: what kinds there are, may this person, and the journal of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, Generic

from sqlalchemy import Connection, Row, Table, insert, select, update

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Handeling, Rol
from gebieden.domein.veldregels import V, check_velden
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel
from gebieden.opslag.gebruikers import check_gebruiker
from gebieden.opslag.herroepen import is_herroepen
from gebieden.opslag.logboek import VIA_SCHERM, append_logregel
from gebieden.opslag.platwaarden import from_plat
from gebieden.opslag.puntwerk import check_recht, check_recht_ergens, open_punt

INGETROKKEN: Final = "ingetrokken"
_MAX_WAAROM_TEKENS: Final = 500
_GROOTSTE_NUMMER: Final = 2**31 - 1
journaal = tabellen.bijwerking


def _find_niets(conn: Connection, velden: Any) -> Iterable[str]:
    return ()


def _find_niets_naast(conn: Connection, velden: Any, wat: Any) -> Iterable[str]:
    return ()


def _find_geen_bezwaar(conn: Connection, nummer: int) -> Iterable[str]:
    return ()


def _do_niets(plek: Any, nummer: int, velden: Any) -> None:
    return None


def _allow_alles(oud: Any, nieuw: Any, waarom: str) -> None:
    return None


@dataclass(frozen=True)
class Dossiersoort(Generic[V]):
    """A kind of thing that is kept: where, as what, and by whom.

    `find_fouten` yields what is wrong in view of what else is stored; `find_naast` does so in view of what is kept
    of the same kind (with the number of what is changed, None for something new); `find_bezwaren` yields why
    something may not be withdrawn; `find_redenfouten` yields what is wrong with the reason that a change was given;
    `check_stap` raises when a change from one to another is not allowed. What `is_geteld` counts the same for
    everybody: what is not public reaches publiek without its texts instead of not at all. Where `lezers` are named
    only these roles read it, and without `is_overal` only in their own areas. `na_opslaan` is called within the
    transaction, with what is stored now. `deel` is the part of the data that a write changes.
    """

    tabel: Table
    vorm: type[V]
    handeling: Handeling
    find_fouten: Callable[[Connection, V], Iterable[str]] = _find_niets
    check_stap: Callable[[V, V, str], None] = _allow_alles
    is_geteld: bool = False
    find_naast: Callable[[Connection, V, int | None], Iterable[str]] = _find_niets_naast
    find_bezwaren: Callable[[Connection, int], Iterable[str]] = _find_geen_bezwaar
    find_redenfouten: Callable[[Connection, V, str], Iterable[str]] = _find_niets_naast
    lezers: frozenset[Rol] | None = None
    is_overal: bool = False
    na_opslaan: Callable[["Plek[V]", int, V], None] = _do_niets
    deel: Deel = Deel.AGENDA

    @property
    def bij(self) -> str | None:
        """The column that says what a row is about: a point, an area, or neither."""
        return next((naam for naam in ("agendapunt", "gebied") if naam in self._eigen), None)

    def is_toevoeging(self, velden: Mapping[str, list[Any]]) -> bool:
        """Whether these changes are of something new: of nothing else are all fields filled in for the first time."""
        return all(naam in velden and velden[naam][0] is None for naam in self.vorm.__dataclass_fields__)

    @property
    def is_besloten(self) -> bool:
        """Whether beheer, who reads the audit trail, may not read this."""
        return self.lezers is not None and Rol.BEHEER not in self.lezers

    @property
    def _eigen(self) -> set[str]:
        return {kolom.name for kolom in self.tabel.c} - set(self.vorm.__dataclass_fields__)


@dataclass(frozen=True)
class Plek(Generic[V]):
    """Somebody who may write, at something of this kind about this point, area or nothing."""

    conn: Connection
    soort: Dossiersoort[V]
    schrijver: Gebruiker
    bij: str
    gebied: str | None
    op: date


def find_laatste_bijwerking(
    conn: Connection, gebruiker: Gebruiker, soort: Dossiersoort[V], nummer: int
) -> Row[Any] | None:
    """Return this person's own last change of something that holds; in demo, that of somebody in this role."""
    is_mijn = (
        journaal.c.gebruiker == gebruiker.nummer
        if gebruiker.nummer is not None
        else journaal.c.rol == gebruiker.kijker.rol
    )
    deze = (journaal.c.tabel == soort.tabel.name, journaal.c.rij == nummer)
    vraag = select(journaal).where(*deze, is_mijn, ~is_herroepen(journaal))
    return conn.execute(vraag.order_by(journaal.c.nummer.desc()).limit(1)).first()


def open_plek(conn: Connection, gebruiker: Gebruiker, soort: Dossiersoort[V], bij: str, op: date) -> Plek[V]:
    if soort.bij == "agendapunt":
        werk = open_punt(conn, gebruiker, bij, op, soort.handeling)
        return Plek(conn, soort, werk.schrijver, bij, werk.rij["gebied"], op)
    if soort.bij == "gebied":
        schrijver = check_recht(conn, gebruiker, soort.handeling, bij, op, is_besloten=soort.is_besloten)
        return Plek(conn, soort, schrijver, bij, bij, op)
    schrijver = check_gebruiker(conn, gebruiker)
    check_recht_ergens(schrijver, soort.handeling)
    if not schrijver.kijker.eigen:
        raise RechtenError("U hebt nog geen eigen gebieden. Er is niets opgeslagen. Vraag ze aan beheer.")
    return Plek(conn, soort, schrijver, "", None, op)


def open_stuk(
    conn: Connection,
    gebruiker: Gebruiker,
    soort: Dossiersoort[V],
    nummer: int,
    op: date,
    *,
    ook_ingetrokken: bool = False,
) -> tuple[Plek[V], Row[Any]]:
    """Return a stored row for who may change it; who may not do that anywhere does not hear which rows there are."""
    check_recht_ergens(gebruiker, soort.handeling)
    rij = None
    if 0 < nummer <= _GROOTSTE_NUMMER:
        rij = conn.execute(select(soort.tabel).where(soort.tabel.c.nummer == nummer)).first()
    if rij is None or (rij.ingetrokken and not ook_ingetrokken):
        raise InvoerError("Dit is er niet (meer). Er is niets opgeslagen. Kijk opnieuw en kies iets uit de lijst.")
    bij = rij._mapping[soort.bij] if soort.bij else ""
    return open_plek(conn, gebruiker, soort, bij, op), rij


def check_invulling(conn: Connection, soort: Dossiersoort[V], velden: V, op: date, nummer: int | None = None) -> V:
    """Return the fields as they may be stored on this day, as new or as those of what has this number."""
    schoon = check_velden(velden, op)
    _raise_fouten([*soort.find_fouten(conn, schoon), *soort.find_naast(conn, schoon, nummer)])
    return schoon


def check_reden(conn: Connection, soort: Dossiersoort[V], velden: V, waarom: str) -> str:
    """Return the reason for a change of this as it may be stored."""
    reden = clean_invoer(waarom)[:_MAX_WAAROM_TEKENS]
    _raise_fouten(list(soort.find_redenfouten(conn, velden, reden)))
    return reden


def check_intrekken(plek: Plek[V], nummer: int) -> None:
    """Raise InvoerError when something else still refers to this."""
    _raise_fouten(list(plek.soort.find_bezwaren(plek.conn, nummer)))


def _raise_fouten(fouten: Sequence[str]) -> None:
    if fouten:
        raise InvoerError(f"{' '.join(fouten)} Er is niets opgeslagen.")


def find_bijwerking(plek: Plek[V], sleutel: str, nummer: int | None = None) -> Row[Any] | None:
    """Return what was stored under the key of a form; raise InvoerError when that was something else."""
    rij = plek.conn.execute(select(journaal).where(journaal.c.sleutel == sleutel)).first()
    if rij is None:
        return None
    is_zelfde = rij.tabel == plek.soort.tabel.name and nummer in (None, rij.rij)
    if rij.gebruiker != plek.schrijver.nummer or not is_zelfde:
        raise InvoerError(
            "Dit formulier is al gebruikt voor iets anders. Er is niets opgeslagen. "
            "Bewaar wat u typte, open het formulier opnieuw en probeer het nog eens."
        )
    return rij


def insert_stuk(conn: Connection, soort: Dossiersoort[V], bij: str, velden: V, sinds: date) -> int:
    """Store something new that was checked, and return its number."""
    rij: dict[str, Any] = {**to_rij(velden), "sinds": sinds, INGETROKKEN: False}
    if soort.bij:
        rij[soort.bij] = bij
    return int(conn.execute(insert(soort.tabel).values(rij).returning(soort.tabel.c.nummer)).scalar_one())


def to_rij(velden: Any) -> dict[str, Any]:
    return {veld: list(waarde) if isinstance(waarde, tuple) else waarde for veld, waarde in velden.velden.items()}


def store_stuk(
    plek: Plek[V],
    nummer: int,
    sleutel: str,
    wat: str,
    velden: Mapping[str, list[Any]],
    waarom: str,
    herroept: int | None = None,
) -> None:
    """Give a row its new values, and note that."""
    tabel = plek.soort.tabel
    waarden = {veld: from_plat(tabel.c[veld], nieuw) for veld, (_, nieuw) in velden.items()}
    plek.conn.execute(update(tabel).where(tabel.c.nummer == nummer).values(waarden))
    note_stuk(plek, nummer, sleutel, wat, velden, waarom, herroept)


def note_stuk(
    plek: Plek[V],
    nummer: int,
    sleutel: str,
    wat: str,
    velden: Mapping[str, list[Any]],
    waarom: str,
    herroept: int | None = None,
) -> None:
    naam = plek.soort.tabel.name
    rij = {"sleutel": sleutel, "tabel": naam, "rij": nummer, "velden": dict(velden), "waarom": waarom}
    rij |= {"gebruiker": plek.schrijver.nummer, "rol": plek.schrijver.kijker.rol, "herroept": herroept}
    plek.conn.execute(insert(journaal).values(rij | {"vastgelegd_op": datetime.now(UTC)}))
    is_punt = plek.soort.bij == "agendapunt"
    # Of something new what is empty is not worth a line.
    gelogd = {veld: paar for veld, paar in velden.items() if paar[0] is not None or paar[1]}
    append_logregel(
        plek.conn,
        plek.schrijver,
        f"{naam}_{wat}",
        Berichtsoort.AGENDAPUNT if is_punt else naam,
        plek.bij if is_punt else str(nummer),
        via=VIA_SCHERM,
        gebied=plek.gebied,
        oud={veld: paar[0] for veld, paar in gelogd.items()},
        nieuw={veld: paar[1] for veld, paar in gelogd.items()},
        waarom=waarom,
        is_besloten=plek.soort.is_besloten,
    )
