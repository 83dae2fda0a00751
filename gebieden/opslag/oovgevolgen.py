"""What is checked, and done, once something that is kept of signals was stored, in the same transaction."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from gebieden.domein.aanpak import Aanpak
from gebieden.domein.beoordeling import Beoordeling, Duiding
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.taal import join_opsomming
from gebieden.domein.vermoeden import Vermoeden
from gebieden.opslag import tabellen
from gebieden.opslag.dossierwerk import Plek
from gebieden.opslag.gebiedsboom import get_gebiedsboom
from gebieden.opslag.logboek import VIA_SCHERM, append_logregel


def check_van(plek: Plek[Vermoeden], nummer: int, vermoeden: Vermoeden) -> None:
    """Raise InvoerError when a suspicion is not kept with the area that something moved from."""
    if vermoeden.van != plek.bij:
        raise InvoerError(
            "De buurt waar het vandaan komt blijft dezelfde. Er is niets opgeslagen. Leg een nieuw vermoeden vast."
        )


def _check_doel(plek: Plek[Aanpak], aanpak: Aanpak) -> None:
    """Raise RechtenError when the aanpak itself reaches outside the own areas; what it is compared with may."""
    boom = get_gebiedsboom(plek.conn, plek.op)
    if buiten := sorted(code for code in aanpak.gebieden if not plek.schrijver.kijker.is_eigen(code, boom)):
        raise RechtenError(
            f"{join_opsomming(buiten)} ligt niet in uw eigen gebieden. Er is niets opgeslagen. "
            "Kies alleen buurten uit uw eigen gebieden."
        )


def register(plek: Plek[Aanpak], nummer: int, aanpak: Aanpak) -> None:
    """Fix the design of an aanpak that was confirmed, once."""
    _check_doel(plek, aanpak)
    tabel = tabellen.aanpakregistratie
    if not aanpak.bevestigd or plek.conn.scalar(select(func.count()).where(tabel.c.aanpak == nummer)):
        return
    rij = {"aanpak": nummer, "datum": plek.op, "moment": datetime.now(UTC), "ontwerp": aanpak.ontwerp}
    plek.conn.execute(insert(tabel).values(rij | {"vingerafdruk": aanpak.vingerafdruk}))
    append_logregel(
        plek.conn,
        plek.schrijver,
        "aanpak_geregistreerd",
        "aanpak",
        str(nummer),
        via=VIA_SCHERM,
        gebied=plek.gebied,
        nieuw={"vingerafdruk": aanpak.vingerafdruk},
    )


def _check_zaakgebied(plek: Plek[Any], zaak: int | None) -> None:
    """Raise RechtenError when a matter is neither around this area nor in the own areas of who writes."""
    waar = plek.conn.scalar(select(tabellen.zaak.c.gebied).where(tabellen.zaak.c.nummer == zaak))
    boom = get_gebiedsboom(plek.conn, plek.op)
    if waar is not None and waar not in boom.get_houders(plek.bij) and not plek.schrijver.kijker.is_eigen(waar, boom):
        raise RechtenError(f"Zaak {zaak} is van een ander gebied. Er is niets opgeslagen. Kies een zaak uit de lijst.")


def check_beoordeling(plek: Plek[Beoordeling], nummer: int, beoordeling: Beoordeling) -> None:
    """Raise RechtenError when a signal lies elsewhere than where it was judged: nobody gets at it that way."""
    _check_zaakgebied(plek, beoordeling.zaak)
    if load_gebied_van(plek.conn, beoordeling.signaal) != plek.bij:
        raise RechtenError("Dit signaal ligt in een ander gebied. Er is niets opgeslagen. Kies het uit de lijst.")


def check_duiding(plek: Plek[Duiding], nummer: int, duiding: Duiding) -> None:
    """Raise InvoerError when somebody judged the same warning first, RechtenError for a matter of elsewhere."""
    _check_zaakgebied(plek, duiding.zaak)
    tabel = tabellen.duiding
    dezelfde = select(func.count()).where(
        tabel.c.gebied == plek.bij,
        tabel.c.maandag == duiding.maandag,
        tabel.c.categorie == duiding.categorie,
        tabel.c.venster == duiding.venster,
        tabel.c.nummer != nummer,
        ~tabel.c.ingetrokken,
    )
    if plek.conn.scalar(dezelfde):
        raise InvoerError(
            "Iemand anders heeft dit signaal intussen beoordeeld. Er is niets opgeslagen. "
            "Kijk opnieuw, en wijzig dat oordeel."
        )


def load_gebied_van(conn: Connection, signaal: str) -> str | None:
    """Return the area that a signal (its id) is stored under, None when there is no such signal."""
    tabel, gebied = tabellen.signaal, tabellen.signaalgebied
    if "\x00" in signaal:
        return None
    return conn.scalar(
        select(gebied.c.naam).join(tabel, tabel.c.gebied == gebied.c.nummer).where(tabel.c.id == signaal)
    )
