"""Writing berichten from a screen: place, correct, undo. Nothing is ever overwritten; rights are checked here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from gebieden.domein.bericht import Bericht, check_bericht
from gebieden.domein.botsing import merge_velden
from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.logboek import Logregel
from gebieden.domein.rechten import Handeling
from gebieden.opslag.berichtketen import Berichtketens, Berichtrij, is_eigen, load_ketens
from gebieden.opslag.database import Deel, begin_schrijven, get_vandaag
from gebieden.opslag.gebiedsboom import get_gebiedsboom
from gebieden.opslag.gebruikers import check_gebruiker
from gebieden.opslag.logboek import VIA_SCHERM, append_logregel, to_logregel
from gebieden.opslag.onderwerpen import find_onderwerp
from gebieden.opslag.tabellen import bericht as tabel
from gebieden.opslag.tabellen import logboek

VELDEN = ("tekst", "datum", "openbaar")
MAX_WAAROM_TEKENS = 500
Velden = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Opgeslagen:
    """The row that holds what was sent; `was_er_al` says that it was there before, so that nothing was stored."""

    nummer: int
    was_er_al: bool = False


@dataclass(frozen=True)
class _Plek:
    """One object within a writing transaction, for somebody who may write there."""

    conn: Connection
    schrijver: Gebruiker
    soort: str
    id: str
    gebied: str
    ketens: Berichtketens


def save_bericht(engine: Engine, gebruiker: Gebruiker, bericht: Bericht, *, sleutel: str, op: date) -> Opgeslagen:
    """Store a bericht, once however often it is sent; `sleutel` is drawn when the form is opened.

    The same bericht by the same person from another form is the same bericht. Raise RechtenError where this person
    may not write, and InvoerError for what cannot be stored (all faults together) or about an unknown object.
    """
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        plek = _open_plek(conn, gebruiker, bericht.soort, bericht.id, op)
        velden = check_bericht(bericht, op).velden
        if herhaald := _find_herhaling(plek, sleutel, velden):
            return herhaald
        if zelfde := _find_zelfde(plek, velden):
            return zelfde
        return _append_rij(plek, sleutel, velden, "bericht_geplaatst")


def correct_bericht(
    engine: Engine,
    gebruiker: Gebruiker,
    nummer: int,
    basis: Bericht,
    wens: Bericht,
    *,
    sleutel: str,
    op: date,
    waarom: str = "",
) -> Opgeslagen:
    """Store a following version of the bericht that this person saw as `nummer`, and saw as `basis`.

    What somebody else changed since stays, field by field; raise BotsingError when both changed the same field.
    """
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        plek = _open_plek(conn, gebruiker, basis.soort, basis.id, op)
        wens = check_bericht(wens, op, basis)
        gewijzigd = {veld: waarde for veld, waarde in wens.velden.items() if waarde != basis.velden[veld]}
        if herhaald := _find_herhaling(plek, sleutel, gewijzigd):
            return herhaald
        laatste = _get_laatste(plek, nummer)
        nu = _get_velden(laatste)
        velden = merge_velden(basis.velden, nu, wens.velden)
        if velden == nu:
            return Opgeslagen(laatste.nummer, was_er_al=True)
        return _append_rij(plek, sleutel, velden, "bericht_gecorrigeerd", volgt_op=laatste, waarom=waarom)


def undo_laatste(engine: Engine, gebruiker: Gebruiker, soort: str, id_: str, *, sleutel: str, op: date) -> Opgeslagen:
    """Take back this person's own last change about an object, by a row that follows it.

    What was placed is withdrawn, what was corrected or withdrawn is as it was before; undoing that does it again.
    """
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        plek = _open_plek(conn, gebruiker, soort, id_, op)
        if herhaald := _find_herhaling(plek, sleutel, {}):
            return herhaald
        eigen = plek.ketens.find_eigen_laatste(plek.schrijver)
        if eigen is None:
            raise InvoerError(f"U hebt bij {soort} {id_} niets geschreven, dus er is niets om ongedaan te maken.")
        if eigen.nummer in plek.ketens.volgende:
            raise InvoerError(
                f"Uw laatste bericht bij {soort} {id_} is intussen door iemand anders verbeterd of ingetrokken, dus "
                "ongedaan maken kan niet meer. Er is niets veranderd. Verbeter het bericht als dat nodig is."
            )
        vorige = plek.ketens.get_vorige(eigen)
        if vorige is None or vorige.ingetrokken:
            leeg = {**_get_velden(eigen), "tekst": ""}
            return _append_rij(plek, sleutel, leeg, "bericht_ingetrokken", volgt_op=eigen, ingetrokken=True)
        return _append_rij(plek, sleutel, _get_velden(vorige), "bericht_teruggezet", volgt_op=eigen)


def find_ongedaan(conn: Connection, gebruiker: Gebruiker, soort: str, id_: str) -> Logregel | None:
    """Return the line of the change that `undo_laatste` would take back, or None when there is nothing to."""
    if "\x00" in id_ or not gebruiker.kijker.mag(Handeling.BERICHT_SCHRIJVEN):
        return None
    ketens = load_ketens(conn, soort, id_)
    eigen = ketens.find_eigen_laatste(gebruiker)
    if eigen is None or eigen.nummer in ketens.volgende or not _mag_nu(conn, gebruiker, soort, id_):
        return None
    vraag = select(logboek).where(logboek.c.soort == soort, logboek.c.id == id_).order_by(logboek.c.nummer.desc())
    regels = (to_logregel(rij) for rij in conn.execute(vraag))
    return next((r for r in regels if r.bericht == eigen.nummer), None)


def _mag_nu(conn: Connection, gebruiker: Gebruiker, soort: str, id_: str) -> bool:
    vandaag = get_vandaag(conn)
    onderwerp = find_onderwerp(conn, soort, id_, vandaag)
    boom = get_gebiedsboom(conn, vandaag)
    return onderwerp is not None and gebruiker.kijker.mag_in(Handeling.BERICHT_SCHRIJVEN, onderwerp.gebied, boom)


def _open_plek(conn: Connection, gebruiker: Gebruiker, soort: str, id_: str, op: date) -> _Plek:
    """Return the object to write about; raise RechtenError or InvoerError where that cannot be."""
    schrijver = check_gebruiker(conn, gebruiker)
    kijker = schrijver.kijker
    if not kijker.mag(Handeling.BERICHT_SCHRIJVEN):
        raise RechtenError(
            f"Berichten schrijven mag niet als {kijker.rol}. Er is niets opgeslagen. "
            "Meld u aan als lid van het gebiedsteam of als gebiedsregisseur."
        )
    onderwerp = find_onderwerp(conn, soort, id_, op)
    if onderwerp is None:
        raise InvoerError(
            f"{soort.capitalize()} '{id_}' bestaat niet, dus een bericht kan er niet bij. Er is niets opgeslagen. "
            "Kies een punt of initiatief uit de lijst."
        )
    if not kijker.mag_in(Handeling.BERICHT_SCHRIJVEN, onderwerp.gebied, get_gebiedsboom(conn, op)):
        raise RechtenError(
            f"Een bericht bij {soort} {id_} schrijven mag niet: het ligt in {onderwerp.gebied}, buiten uw eigen "
            "gebied. Er is niets opgeslagen. Vraag het aan het gebiedsteam van dat gebied."
        )
    return _Plek(conn, schrijver, soort, id_, onderwerp.gebied, load_ketens(conn, soort, id_))


def _find_herhaling(plek: _Plek, sleutel: str, velden: Velden) -> Opgeslagen | None:
    """Return what was stored under this key before; raise InvoerError when that was something else."""
    rij = plek.conn.execute(select(tabel).where(tabel.c.sleutel == sleutel)).first()
    if rij is None:
        return None
    if (rij.soort, rij.id) != (plek.soort, plek.id) or not is_eigen(rij, plek.schrijver):
        raise InvoerError(
            "Dit formulier is al gebruikt voor een ander bericht. Er is niets opgeslagen. "
            "Bewaar uw tekst, open het formulier opnieuw en probeer het nog eens."
        )
    if any(_get_velden(rij)[veld] != waarde for veld, waarde in velden.items()):
        raise InvoerError(
            "Dit formulier is al verstuurd en toen opgeslagen met een andere inhoud. Deze wijziging is niet "
            "opgeslagen. Bewaar uw tekst, open het opgeslagen bericht en verbeter het daar."
        )
    return Opgeslagen(rij.nummer, was_er_al=True)


def _find_zelfde(plek: _Plek, velden: Velden) -> Opgeslagen | None:
    """Return the same bericht by the same person that came from another form."""
    for rij in plek.ketens.geldig:
        if is_eigen(rij, plek.schrijver) and (rij.tekst, rij.datum) == (velden["tekst"], velden["datum"]):
            if rij.openbaar == velden["openbaar"]:
                return Opgeslagen(rij.nummer, was_er_al=True)
            raise InvoerError(
                f"Ditzelfde bericht staat er al, als {'openbaar' if rij.openbaar else 'intern'} bericht. Er is niets "
                f"opgeslagen. Verbeter dat bericht als het {'intern' if rij.openbaar else 'openbaar'} moet worden."
            )
    return None


def _get_laatste(plek: _Plek, nummer: int) -> Berichtrij:
    """Return what is stored now of the bericht that somebody saw as `nummer`."""
    if nummer not in plek.ketens.rijen:
        raise InvoerError(
            f"Bij {plek.soort} {plek.id} is er geen bericht met nummer {nummer}. Er is niets opgeslagen. "
            "Bewaar uw tekst en open het bericht opnieuw."
        )
    laatste = plek.ketens.get_laatste(nummer)
    if laatste.ingetrokken:
        raise InvoerError(
            "Dit bericht is ingetrokken, dus verbeteren kan niet meer. Er is niets opgeslagen. "
            "Schrijf een nieuw bericht als de tekst nog nodig is."
        )
    return laatste


def _get_velden(rij: Berichtrij) -> dict[str, object]:
    return {veld: getattr(rij, veld) for veld in VELDEN}


def _append_rij(
    plek: _Plek,
    sleutel: str,
    velden: Velden,
    handeling: str,
    *,
    volgt_op: Berichtrij | None = None,
    ingetrokken: bool = False,
    waarom: str = "",
) -> Opgeslagen:
    """Store a row and its line in the audit trail."""
    rij: dict[str, Any] = {
        "soort": plek.soort,
        "id": plek.id,
        **velden,
        "sleutel": sleutel,
        "gebruiker": plek.schrijver.nummer,
        "rol": plek.schrijver.kijker.rol,
        "vastgelegd_op": datetime.now(UTC),
        "corrigeert": None if volgt_op is None else volgt_op.nummer,
        "ingetrokken": ingetrokken,
    }
    nummer = plek.conn.execute(insert(tabel).values(rij).returning(tabel.c.nummer)).scalar_one()
    append_logregel(
        plek.conn,
        plek.schrijver,
        handeling,
        plek.soort,
        plek.id,
        via=VIA_SCHERM,
        gebied=plek.gebied,
        oud=None if volgt_op is None else {"bericht": volgt_op.nummer, **_get_velden(volgt_op)},
        nieuw={"bericht": nummer, **velden},
        waarom=clean_invoer(waarom)[:MAX_WAAROM_TEKENS],
    )
    return Opgeslagen(nummer)
