"""Adding, changing and removing users: only beheer, with one line in the audit trail for each."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import cast

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from gebieden.domein.botsing import merge_velden
from gebieden.domein.codes import determine_gemeentecode
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.gebruiker import (
    Gebruiker,
    Gebruikersgegevens,
    Inschrijving,
    fold_aanmeldnaam,
    is_aanmeldnaam,
    list_bezwaren,
)
from gebieden.domein.rechten import Handeling, Kijker, Rol
from gebieden.instellingen import read_instellingen
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven, mark_modus
from gebieden.opslag.gebruikers import SOORT, check_gebruiker, find_inschrijving, select_inschrijvingen
from gebieden.opslag.logboek import VIA_SCHERM, append_logregel


def load_gebruikers(conn: Connection, kijker: Kijker) -> list[Inschrijving]:
    """Return all users by aanmeldnaam; raise RechtenError for anybody but beheer."""
    _check_recht(kijker)
    return select_inschrijvingen(conn)


def add_gebruiker(engine: Engine, wie: Gebruiker, aanmeldnaam: str, gegevens: Gebruikersgegevens, *, via: str) -> int:
    """Store a new user and return their number.

    Raise InvoerError when the name is taken or something is wrong with the fields.
    """
    naam = fold_aanmeldnaam(aanmeldnaam)
    if not is_aanmeldnaam(naam):
        raise InvoerError(
            f"'{aanmeldnaam}' kan geen aanmeldnaam zijn. Verwacht: één woord, meestal een e-mailadres, van hoogstens "
            "254 tekens."
        )
    with begin_schrijven(engine, Deel.GEBRUIKERS) as conn:
        wie = _check_beheer(conn, wie)
        mark_modus(conn, read_instellingen().modus)
        if conn.scalar(select(tabellen.gebruiker.c.nummer).where(tabellen.gebruiker.c.aanmeldnaam == naam)):
            raise InvoerError(f"Er is al een gebruiker met de aanmeldnaam {naam}. Wijzig die, of kies een andere naam.")
        _check_gegevens(conn, gegevens)
        rij = insert(tabellen.gebruiker).values(aanmeldnaam=naam, **_to_rij(gegevens))
        nummer: int = conn.execute(rij.returning(tabellen.gebruiker.c.nummer)).scalar_one()
        _store_gebieden(conn, nummer, gegevens)
        nieuw = {"aanmeldnaam": naam, **asdict(gegevens)}
        append_logregel(conn, wie, "gebruiker_toegevoegd", SOORT, str(nummer), via=via, nieuw=nieuw)
        return nummer


def change_gebruiker(
    engine: Engine, wie: Gebruiker, nummer: int, basis: Gebruikersgegevens, wens: Gebruikersgegevens, *, via: str
) -> Gebruikersgegevens:
    """Store what differs between `basis` (what this person saw) and `wens`, and return what is stored now.

    Raise BotsingError when somebody else changed the same field meanwhile, and InvoerError when the outcome cannot be.
    """
    with begin_schrijven(engine, Deel.GEBRUIKERS) as conn:
        wie = _check_beheer(conn, wie)
        nu = _get_inschrijving(conn, nummer).gegevens
        nieuw = build_gegevens(merge_velden(asdict(basis), asdict(nu), asdict(wens)))
        if nieuw == nu:
            return nu
        _check_gegevens(conn, nieuw)
        if via == VIA_SCHERM and not _is_beheer(nieuw):
            _check_blijft_beheer(conn, nu)
        conn.execute(update(tabellen.gebruiker).where(tabellen.gebruiker.c.nummer == nummer).values(**_to_rij(nieuw)))
        _store_gebieden(conn, nummer, nieuw)
        append_logregel(
            conn, wie, "gebruiker_gewijzigd", SOORT, str(nummer), via=via, oud=asdict(nu), nieuw=asdict(nieuw)
        )
        return nieuw


def remove_gebruiker(engine: Engine, wie: Gebruiker, nummer: int, *, via: str) -> None:
    """Erase a user with their name; the audit trail keeps the number, which is never given out again."""
    with begin_schrijven(engine, Deel.GEBRUIKERS) as conn:
        wie = _check_beheer(conn, wie)
        weg = _get_inschrijving(conn, nummer)
        if via == VIA_SCHERM:
            _check_blijft_beheer(conn, weg.gegevens)
        conn.execute(delete(tabellen.gebruiker_gebied).where(tabellen.gebruiker_gebied.c.gebruiker == nummer))
        conn.execute(delete(tabellen.gebruiker).where(tabellen.gebruiker.c.nummer == nummer))
        oud = {"aanmeldnaam": weg.aanmeldnaam, **asdict(weg.gegevens)}
        append_logregel(conn, wie, "gebruiker_verwijderd", SOORT, str(nummer), via=via, oud=oud)


def build_gegevens(velden: Mapping[str, object]) -> Gebruikersgegevens:
    """Return fields as the thing they are; the opposite of `dataclasses.asdict`."""
    return Gebruikersgegevens(
        naam=str(velden["naam"]),
        rol=Rol(str(velden["rol"])),
        gebieden=cast("frozenset[str]", velden["gebieden"]),
        actief=bool(velden["actief"]),
    )


def _check_beheer(conn: Connection, wie: Gebruiker) -> Gebruiker:
    nu = check_gebruiker(conn, wie)
    _check_recht(nu.kijker)
    return nu


def _check_recht(kijker: Kijker) -> None:
    if not kijker.mag(Handeling.GEBRUIKERS_BEHEREN):
        raise RechtenError(f"Gebruikers beheren mag niet als {kijker.rol}. Vraag het aan iemand met de rol beheer.")


def _get_inschrijving(conn: Connection, nummer: int) -> Inschrijving:
    gevonden = find_inschrijving(conn, nummer)
    if gevonden is None:
        raise InvoerError("Deze gebruiker is er niet meer: iemand anders heeft hem intussen verwijderd.")
    return gevonden


def _check_gegevens(conn: Connection, gegevens: Gebruikersgegevens) -> None:
    codes = set(conn.scalars(select(tabellen.gebied.c.code)))
    codes |= {gemeente for code in codes if (gemeente := determine_gemeentecode(code))}
    if bezwaren := list(list_bezwaren(gegevens, codes)):
        raise InvoerError(" ".join(bezwaren))


def _is_beheer(gegevens: Gebruikersgegevens) -> bool:
    return gegevens.actief and gegevens.rol is Rol.BEHEER


def _check_blijft_beheer(conn: Connection, oud: Gebruikersgegevens) -> None:
    tabel = tabellen.gebruiker
    vraag = select(func.count()).select_from(tabel).where(tabel.c.rol == Rol.BEHEER, tabel.c.actief.is_(True))
    if _is_beheer(oud) and conn.scalar(vraag) == 1:
        raise InvoerError(
            "Dit is de laatste actieve gebruiker met de rol beheer; daarna kan niemand hier nog gebruikers beheren. "
            "Geef eerst iemand anders de rol beheer, of doe dit op de server met 'python -m gebieden gebruiker'."
        )


def _to_rij(gegevens: Gebruikersgegevens) -> dict[str, object]:
    return {"naam": gegevens.naam, "rol": gegevens.rol, "actief": gegevens.actief}


def _store_gebieden(conn: Connection, nummer: int, gegevens: Gebruikersgegevens) -> None:
    tabel = tabellen.gebruiker_gebied
    conn.execute(delete(tabel).where(tabel.c.gebruiker == nummer))
    if gegevens.gebieden:
        conn.execute(insert(tabel), [{"gebruiker": nummer, "gebied": code} for code in sorted(gegevens.gebieden)])
