"""Writing at one agendapunt: may this person, what is there now, and the journal that undoing goes back to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.fouten import GebiedenError, InvoerError, RechtenError
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Handeling
from gebieden.opslag import tabellen
from gebieden.opslag.gebiedsboom import get_gebiedsboom
from gebieden.opslag.gebruikers import check_gebruiker
from gebieden.opslag.herroepen import is_herroepen
from gebieden.opslag.logboek import VIA_SCHERM, append_logregel
from gebieden.opslag.platwaarden import from_plat, to_plat
from gebieden.opslag.stand import load_agendas, select_punten

VOORGESTELD = "punt_voorgesteld"
Wijzigingrij = Row[Any]
punt = tabellen.agendapunt
journaal = tabellen.wijziging


@dataclass(frozen=True, slots=True)
class Gewijzigd:
    """Which point was changed; `was_er_al` says that it was so before, so that nothing was stored."""

    id: str
    was_er_al: bool = False


@dataclass(frozen=True)
class Werk:
    """One point within a writing transaction, as it is now (`rij`), for somebody who may write at it."""

    conn: Connection
    schrijver: Gebruiker
    rij: dict[str, Any]
    op: date

    @property
    def id(self) -> str:
        return str(self.rij["id"])

    @property
    def versie(self) -> int:
        return int(self.rij["versie"])


def check_recht(
    conn: Connection, gebruiker: Gebruiker, handeling: Handeling, gebied: str, op: date, *, is_besloten: bool = False
) -> Gebruiker:
    """Return who this person is now; raise RechtenError when they may not do this in this area.

    With `is_besloten` they do not hear which area that is either.
    """
    schrijver = check_gebruiker(conn, gebruiker)
    _check_recht_in(schrijver, handeling, gebied, get_gebiedsboom(conn, op), "hier" if is_besloten else f"in {gebied}")
    return schrijver


def _check_recht_in(schrijver: Gebruiker, handeling: Handeling, gebied: str, boom: Gebiedsboom, waar: str) -> None:
    check_recht_ergens(schrijver, handeling)
    if not schrijver.kijker.mag_in(handeling, gebied, boom):
        raise RechtenError(
            f"{handeling.replace('_', ' ').capitalize()} mag niet {waar}: dat ligt buiten uw eigen gebied. Er is "
            "niets opgeslagen. Vraag het aan de gebiedsregisseur van dat gebied."
        )


def open_punt(
    conn: Connection, gebruiker: Gebruiker, id_: str, op: date, handeling: Handeling = Handeling.PUNT_BEHEREN
) -> Werk:
    """Return a point to change, as it counts today; raise InvoerError or RechtenError where that cannot be."""
    werk = open_punten(conn, gebruiker, [id_], op, handeling)[id_]
    if isinstance(werk, GebiedenError):
        raise werk
    return werk


def open_punten(
    conn: Connection,
    gebruiker: Gebruiker,
    ids: Sequence[str],
    op: date,
    handeling: Handeling = Handeling.PUNT_BEHEREN,
) -> dict[str, Werk | GebiedenError]:
    """Return per point what `open_punt` returns, or what it would raise; all of them are read at once.

    Raise RechtenError when this person may not do this anywhere: who may not, hears that, not which points there are.
    """
    schrijver = check_gebruiker(conn, gebruiker)
    check_recht_ergens(schrijver, handeling)
    boom = get_gebiedsboom(conn, op)
    # PostgreSQL refuses to look for a NUL, and no id has one.
    gezocht = [id_ for id_ in ids if "\x00" not in id_]
    rijen = {rij["id"]: rij for rij, _ in select_punten(conn, load_agendas(conn, op), op, gezocht)} if gezocht else {}
    werken: dict[str, Werk | GebiedenError] = {}
    for id_ in ids:
        try:
            werken[id_] = _open_rij(conn, schrijver, id_, rijen.get(id_), handeling, boom, op)
        except GebiedenError as fout:
            werken[id_] = fout
    return werken


def _open_rij(
    conn: Connection,
    schrijver: Gebruiker,
    id_: str,
    rij: dict[str, Any] | None,
    handeling: Handeling,
    boom: Gebiedsboom,
    op: date,
) -> Werk:
    if rij is None:
        raise InvoerError(
            f"Agendapunt '{id_}' bestaat niet of staat niet meer op de agenda. Er is niets opgeslagen. "
            "Kies een punt uit de lijst."
        )
    _check_recht_in(schrijver, handeling, rij["gebied"], boom, f"in {rij['gebied']}")
    return Werk(conn, schrijver, rij, op)


def check_recht_ergens(gebruiker: Gebruiker, handeling: Handeling) -> None:
    """Raise RechtenError when this role may not do this anywhere."""
    if not gebruiker.kijker.mag(handeling):
        raise RechtenError(
            f"{handeling.replace('_', ' ').capitalize()} mag niet als {gebruiker.kijker.rol}. Er is niets opgeslagen. "
            "Vraag het aan de gebiedsregisseur."
        )


def find_wijziging(conn: Connection, gebruiker: Gebruiker, sleutel: str, id_: str | None) -> Wijzigingrij | None:
    """Return what was stored under the key of a form; raise InvoerError when that was something else."""
    rij = conn.execute(select(journaal).where(journaal.c.sleutel == sleutel)).first()
    if rij is not None and (rij.gebruiker != gebruiker.nummer or (id_ is not None and rij.agendapunt != id_)):
        raise InvoerError(
            "Dit formulier is al gebruikt voor iets anders. Er is niets opgeslagen. "
            "Bewaar wat u typte, open het formulier opnieuw en probeer het nog eens."
        )
    return rij


def load_sleutels(conn: Connection, sleutels: Collection[str]) -> frozenset[str]:
    """Return the keys under which something is stored."""
    return frozenset(conn.scalars(select(journaal.c.sleutel).where(journaal.c.sleutel.in_(sleutels))))


def store_wijziging(
    werk: Werk,
    sleutel: str,
    handeling: str,
    velden: Mapping[str, Any],
    *,
    waarom: str = "",
    herroept: int | None = None,
) -> int:
    """Give these fields of the point their new values, note it in the journal and in the audit trail.

    Return the number in the journal.
    """
    nieuw = {veld: to_plat(waarde) for veld, waarde in velden.items()}
    oud = {veld: to_plat(werk.rij[veld]) for veld in velden}
    gewijzigd = {veld: [oud[veld], nieuw[veld]] for veld in velden if oud[veld] != nieuw[veld]}
    waarden = {veld: from_plat(punt.c[veld], nieuw[veld]) for veld in gewijzigd}
    if waarden:
        werk.conn.execute(update(punt).where(punt.c.id == werk.id, punt.c.versie == werk.versie).values(waarden))
    nummer = append_wijziging(werk, sleutel, handeling, gewijzigd, waarom=waarom, herroept=herroept)
    append_puntregel(werk, handeling, gewijzigd, waarom)
    return nummer


def append_puntregel(werk: Werk, handeling: str, velden: Mapping[str, list[object]], waarom: str = "") -> None:
    """Note in the audit trail what was done at a point, as [old, new] per field."""
    append_logregel(
        werk.conn,
        werk.schrijver,
        handeling,
        Berichtsoort.AGENDAPUNT,
        werk.id,
        via=VIA_SCHERM,
        gebied=werk.rij["gebied"],
        oud={veld: paar[0] for veld, paar in velden.items()},
        nieuw={veld: paar[1] for veld, paar in velden.items()},
        waarom=waarom,
    )


def append_wijziging(
    werk: Werk,
    sleutel: str,
    handeling: str,
    velden: Mapping[str, list[object]],
    *,
    waarom: str = "",
    herroept: int | None = None,
    dekkingslijn: int | None = None,
) -> int:
    """Note in the journal what changed, as [old, new] per field, and return the number of that.

    `dekkingslijn` is the contribution that these fields are of, where they are not those of the point itself.
    """
    rij = {
        "sleutel": sleutel,
        "agendapunt": werk.id,
        "versie": werk.versie,
        "handeling": handeling,
        "velden": dict(velden),
        "waarom": waarom,
        "gebruiker": werk.schrijver.nummer,
        "rol": werk.schrijver.kijker.rol,
        "vastgelegd_op": datetime.now(UTC),
        "herroept": herroept,
        "dekkingslijn": dekkingslijn,
    }
    return int(werk.conn.execute(insert(journaal).values(rij).returning(journaal.c.nummer)).scalar_one())


def find_laatste(
    conn: Connection, gebruiker: Gebruiker, id_: str, *, van_bijdragen: bool = False
) -> Wijzigingrij | None:
    """Return this person's own last change that holds, of a point or else of its contributions.

    In demo, that of somebody in this role.
    """
    kijker = gebruiker.kijker
    van_mij = journaal.c.gebruiker == gebruiker.nummer if gebruiker.nummer is not None else journaal.c.rol == kijker.rol
    vraag = select(journaal).where(journaal.c.agendapunt == id_, van_mij, ~is_herroepen(journaal))
    lijn = journaal.c.dekkingslijn
    vraag = vraag.where(lijn.is_not(None) if van_bijdragen else lijn.is_(None))
    return conn.execute(vraag.order_by(journaal.c.nummer.desc()).limit(1)).first()
