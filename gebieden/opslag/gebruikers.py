"""Who may sign in, and who somebody is: looked up in the database every time, never taken from the cookie.

At the first sign-in a person is found by their aanmeldnaam. From then on `iss` and `sub` of OpenID Connect say who
it is, which never change hands; a name or an e-mail address can be given to somebody else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, Engine, select, update

from gebieden.domein.fouten import RechtenError
from gebieden.domein.gebruiker import Gebruiker, Gebruikersgegevens, Inschrijving, fold_aanmeldnaam
from gebieden.domein.rechten import Kijker, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.logboek import VIA_SCHERM, append_logregel

SOORT: Final = "gebruiker"
_TABEL: Final = tabellen.gebruiker


@dataclass(frozen=True, slots=True)
class Identiteit:
    """What a provider vouches for: `uitgever` and `onderwerp` are iss and sub.

    `aanmeldnaam` is empty when the provider gives none that may be trusted.
    """

    uitgever: str
    onderwerp: str
    aanmeldnaam: str = ""


def read_identiteit(claims: Mapping[str, object], aanmeldclaim: str = "") -> Identiteit | None:
    """Return who the claims of an ID token are about; None without iss and sub.

    `aanmeldclaim` names the claim with the aanmeldnaam. Without it that is `email`, if the provider says that it
    was verified (`email_verified`), or else `preferred_username`, unless the provider says that the address was
    *not* verified: then it may well be somebody else's, and the user name is often the same address.

    Entra ID sends no `email_verified`, so that it is `preferred_username` there (the UPN). That is safe only with an
    issuer of one tenant (`…/{tenant}/v2.0`, never `common`), where the gemeente's own administrators give out the
    names. `email` can be changed by a tenant's administrator and must not be used there. `oid` never changes: with
    GEBIEDEN_AANMELDCLAIM=oid the object ids of Entra are the aanmeldnamen. Whatever is chosen, an address that the
    provider calls unverified is never taken from `email`.
    """
    uitgever, onderwerp = _get_tekst(claims, "iss"), _get_tekst(claims, "sub")
    if not uitgever or not onderwerp:
        return None
    return Identiteit(uitgever, onderwerp, fold_aanmeldnaam(_choose_aanmeldnaam(claims, aanmeldclaim)))


def _get_tekst(claims: Mapping[str, object], naam: str) -> str:
    waarde = claims.get(naam)
    return waarde if isinstance(waarde, str) and waarde.isprintable() else ""


def _choose_aanmeldnaam(claims: Mapping[str, object], aanmeldclaim: str) -> str:
    gecontroleerd = claims.get("email_verified")
    is_gecontroleerd = gecontroleerd is True or gecontroleerd == "true"
    is_verdacht = gecontroleerd is not None and not is_gecontroleerd
    if aanmeldclaim == "email":
        return "" if is_verdacht else _get_tekst(claims, "email")
    if aanmeldclaim:
        return _get_tekst(claims, aanmeldclaim)
    if is_verdacht:
        return ""
    return _get_tekst(claims, "email") if is_gecontroleerd else _get_tekst(claims, "preferred_username")


def recognize_gebruiker(engine: Engine, identiteit: Identiteit) -> Gebruiker | None:
    """Return the active user that this is, bound to this identity from now on; None for an unknown one."""
    with engine.connect() as conn:
        if gevonden := find_gebruiker(conn, identiteit):
            return _build_gebruiker(gevonden) if gevonden.gegevens.actief else None
        if _find_ongebonden(conn, identiteit) is None:
            return None
    return _bind_gebruiker(engine, identiteit)


def find_gebruiker(conn: Connection, identiteit: Identiteit) -> Inschrijving | None:
    """Return who is bound to this identity, active or not."""
    return _find(conn, _TABEL.c.uitgever == identiteit.uitgever, _TABEL.c.onderwerp == identiteit.onderwerp)


def _find_ongebonden(conn: Connection, identiteit: Identiteit) -> Inschrijving | None:
    if not identiteit.aanmeldnaam:
        return None
    return _find(
        conn, _TABEL.c.aanmeldnaam == identiteit.aanmeldnaam, _TABEL.c.uitgever.is_(None), _TABEL.c.actief.is_(True)
    )


def _bind_gebruiker(engine: Engine, identiteit: Identiteit) -> Gebruiker | None:
    """Bind the identity to the user of that name, unless somebody else was bound to it since we looked."""
    with begin_schrijven(engine, Deel.GEBRUIKERS) as conn:
        gevonden = find_gebruiker(conn, identiteit) or _find_ongebonden(conn, identiteit)
        if gevonden is None or not gevonden.gegevens.actief:
            return None
        gebruiker = _build_gebruiker(gevonden)
        if not gevonden.is_aangemeld:
            conn.execute(
                update(_TABEL)
                .where(_TABEL.c.nummer == gevonden.nummer)
                .values(uitgever=identiteit.uitgever, onderwerp=identiteit.onderwerp)
            )
            append_logregel(
                conn,
                gebruiker,
                "eerste_aanmelding",
                SOORT,
                str(gevonden.nummer),
                via=VIA_SCHERM,
                oud={"is_aangemeld": False},
                nieuw={"is_aangemeld": True},
            )
        return gebruiker


def load_gebruiker(conn: Connection, nummer: int) -> Gebruiker | None:
    """Return this user with the role and areas of now; None when absent or not active."""
    gevonden = find_inschrijving(conn, nummer)
    return _build_gebruiker(gevonden) if gevonden and gevonden.gegevens.actief else None


def check_gebruiker(conn: Connection, gebruiker: Gebruiker) -> Gebruiker:
    """Return who this person is now, according to the database: for use inside every transaction that writes.

    Nobody in particular (demo's role picker, the command line) stays as is. Raise RechtenError when the person is
    gone or no longer active.
    """
    if gebruiker.nummer is None:
        return gebruiker
    nu = load_gebruiker(conn, gebruiker.nummer)
    if nu is None:
        raise RechtenError(
            "U bent hier geen gebruiker meer, of niet meer actief. Er is niets opgeslagen. "
            "Vraag beheer om u weer toe te laten."
        )
    return nu


def find_inschrijving(conn: Connection, nummer: int) -> Inschrijving | None:
    """Return a user as beheer sees it, active or not."""
    return _find(conn, _TABEL.c.nummer == nummer)


def select_inschrijvingen(conn: Connection, *waar: ColumnElement[bool]) -> list[Inschrijving]:
    """Return the users that satisfy these conditions, by aanmeldnaam."""
    rijen = list(conn.execute(select(_TABEL).where(*waar).order_by(_TABEL.c.aanmeldnaam)).mappings())
    gebieden = _load_gebieden(conn, [rij["nummer"] for rij in rijen])
    return [
        Inschrijving(
            rij["nummer"],
            rij["aanmeldnaam"],
            Gebruikersgegevens(rij["naam"], Rol(rij["rol"]), gebieden.get(rij["nummer"], frozenset()), rij["actief"]),
            rij["uitgever"] is not None,
        )
        for rij in rijen
    ]


def _find(conn: Connection, *waar: ColumnElement[bool]) -> Inschrijving | None:
    return next(iter(select_inschrijvingen(conn, *waar)), None)


def _load_gebieden(conn: Connection, nummers: Iterable[int]) -> dict[int, frozenset[str]]:
    tabel = tabellen.gebruiker_gebied
    gebieden: dict[int, set[str]] = {}
    for nummer, gebied in conn.execute(select(tabel).where(tabel.c.gebruiker.in_(nummers))):
        gebieden.setdefault(nummer, set()).add(gebied)
    return {nummer: frozenset(codes) for nummer, codes in gebieden.items()}


def _build_gebruiker(inschrijving: Inschrijving) -> Gebruiker:
    gegevens = inschrijving.gegevens
    return Gebruiker(
        Kijker(gegevens.rol, gegevens.gebieden), inschrijving.nummer, gegevens.naam or inschrijving.aanmeldnaam
    )
