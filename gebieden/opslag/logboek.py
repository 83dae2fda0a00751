"""The audit trail: a line for every change, in the transaction of that change; who may read which of it.

Lines are only ever added. They never hold a text or contact data: only that those changed.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, func, insert, or_, select

from gebieden.domein.fouten import RechtenError
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruiker
from gebieden.domein.logboek import GEWIJZIGD, Logregel, compose_logtekst, compose_veranderingen
from gebieden.domein.rechten import Handeling, Kijker, Rol
from gebieden.opslag.berichtketen import Berichtketens, load_ketens
from gebieden.opslag.database import get_vandaag
from gebieden.opslag.onderwerpen import Onderwerp, find_onderwerp
from gebieden.opslag.tabellen import logboek as tabel

VIA_SCHERM: Final = "scherm"
VIA_OPDRACHTREGEL: Final = "opdrachtregel"
VIA_IMPORT: Final = "import"

_LOG = logging.getLogger("gebieden.logboek")


@dataclass(frozen=True, slots=True)
class Zoekvraag:
    """What to look for in the audit trail; what is None or empty does not narrow.

    `gebieden` are codes, any of which a line may have. `tekst` is looked for in the id and the reason. Lines come
    newest first, `aantal` at a time: `voor` is the nummer of the last line of the page before.
    """

    vanaf: date | None = None
    tot_en_met: date | None = None
    gebruiker: int | None = None
    rol: Rol | None = None
    handeling: str | None = None
    soort: str | None = None
    id: str | None = None
    gebieden: tuple[str, ...] = ()
    via: str | None = None
    tekst: str = ""
    voor: int | None = None
    aantal: int = 100


def determine_via(gebruiker: Gebruiker) -> str:
    """Return through what this person changes something: the command line or a screen."""
    return VIA_OPDRACHTREGEL if gebruiker == OPDRACHTREGEL else VIA_SCHERM


def append_logregel(
    conn: Connection,
    gebruiker: Gebruiker,
    handeling: str,
    soort: str,
    id_: str,
    *,
    via: str,
    gebied: str | None = None,
    oud: Mapping[str, object] | None = None,
    nieuw: Mapping[str, object] | None = None,
    waarom: str = "",
    is_besloten: bool = False,
) -> None:
    """Add a line, in the open transaction of `conn`; once that is committed the server's own log says so too.

    `oud` and `nieuw` are the fields before and after; what may be erased is noted as changed, without its value. Of
    what beheer may not read (`is_besloten`) there are no values, no area to count by, and no reason.
    """
    rij = {
        "sleutel": str(uuid4()),
        "moment": datetime.now(UTC),
        "gebruiker": gebruiker.nummer,
        "rol": gebruiker.kijker.rol,
        "via": via,
        "handeling": handeling,
        "soort": soort,
        "id": id_,
        "gebied": None if is_besloten else gebied,
        "veranderingen": compose_veranderingen(oud, nieuw, is_besloten=is_besloten),
        "waarom": "" if is_besloten else waarom,
    }
    conn.execute(insert(tabel).values(rij))
    na_afloop: list[Callable[[], None]] = conn.get_execution_options().get("na_afloop", [])
    tekst = compose_logtekst(gebruiker, handeling, soort, id_, via)
    na_afloop.append(lambda: _LOG.info("%s", tekst))


def search_logboek(conn: Connection, kijker: Kijker, zoek: Zoekvraag) -> list[Logregel]:
    """Return one page of lines, newest first; raise RechtenError for anybody but beheer."""
    vraag = _narrow(select(tabel), kijker, zoek)
    if zoek.voor is not None:
        vraag = vraag.where(tabel.c.nummer < zoek.voor)
    return [to_logregel(rij) for rij in conn.execute(vraag.order_by(tabel.c.nummer.desc()).limit(zoek.aantal))]


def count_logboek(conn: Connection, kijker: Kijker, zoek: Zoekvraag) -> int:
    """Return how many lines there are on all pages together."""
    return conn.scalar(_narrow(select(func.count()).select_from(tabel), kijker, zoek)) or 0


def load_handelingen(conn: Connection, kijker: Kijker) -> list[str]:
    """Return which handelingen occur in the trail, by name."""
    vraag = _narrow(select(tabel.c.handeling).distinct(), kijker, Zoekvraag())
    return sorted(conn.scalars(vraag))


def load_logboek(conn: Connection, kijker: Kijker) -> list[Logregel]:
    """Return every line, oldest first, for an export."""
    vraag = _narrow(select(tabel), kijker, Zoekvraag()).order_by(tabel.c.nummer)
    return [to_logregel(rij) for rij in conn.execute(vraag)]


def load_geschiedenis(conn: Connection, kijker: Kijker, boom: Gebiedsboom, soort: str, id_: str) -> list[Logregel]:
    """Return what happened to one object, newest first, as this person may know it.

    Everybody sees when and in which role a point or initiative changed; its fields only where it was public then and
    is now. Lines about a bericht are for who may read that bericht as it is now; a reason for who may read internal
    berichten there; who it was, and objects of any other soort, for beheer.
    """
    if "\x00" in id_:
        return []
    vraag = select(tabel).where(tabel.c.soort == soort, tabel.c.id == id_).order_by(tabel.c.nummer.desc())
    regels = [to_logregel(rij) for rij in conn.execute(vraag)]
    if not regels or kijker.mag(Handeling.LOGBOEK_LEZEN):
        return regels
    onderwerp = find_onderwerp(conn, soort, id_, get_vandaag(conn))
    if onderwerp is None:
        return []
    return list(_mask_regels(regels, kijker, boom, onderwerp, load_ketens(conn, soort, id_)))


def _mask_regels(
    regels: Iterable[Logregel], kijker: Kijker, boom: Gebiedsboom, onderwerp: Onderwerp, ketens: Berichtketens
) -> Iterator[Logregel]:
    def mag_bericht(openbaar: bool) -> bool:
        return kijker.mag_bericht(openbaar, onderwerp.openbaar, onderwerp.gebied, boom)

    openbaar = onderwerp.openbaar
    for regel in regels:
        zichtbaar = replace(regel, gebruiker=None, waarom=regel.waarom if mag_bericht(False) else "")
        if (nummer := regel.bericht) is not None:
            if nummer in ketens.rijen and mag_bericht(ketens.get_laatste(nummer).openbaar):
                yield zichtbaar
            continue
        # Going back in time: from before it was made public, nothing of it is shown.
        openbaar = openbaar and (regel.veranderingen.get("openbaar") or (True,))[0] is True
        yield zichtbaar if kijker.mag_tekst(openbaar) else replace(zichtbaar, veranderingen={})


def _narrow(vraag: Select[Any], kijker: Kijker, zoek: Zoekvraag) -> Select[Any]:
    if not kijker.mag(Handeling.LOGBOEK_LEZEN):
        raise RechtenError(f"Het logboek lezen mag niet als {kijker.rol}. Vraag het aan iemand met de rol beheer.")
    for veld in ("gebruiker", "rol", "handeling", "soort", "id", "via"):
        if (waarde := getattr(zoek, veld)) is not None:
            # PostgreSQL refuses to look for a NUL, and no line holds one.
            vraag = vraag.where(tabel.c[veld] == (waarde.replace("\x00", "") if isinstance(waarde, str) else waarde))
    if zoek.gebieden:
        vraag = vraag.where(tabel.c.gebied.in_(zoek.gebieden))
    if zoek.vanaf is not None:
        vraag = vraag.where(tabel.c.moment >= _begin_dag(zoek.vanaf))
    if zoek.tot_en_met is not None:
        vraag = vraag.where(tabel.c.moment < _begin_dag(zoek.tot_en_met + timedelta(days=1)))
    if gezocht := zoek.tekst.replace("\x00", "").strip():
        vraag = vraag.where(or_(*(k.icontains(gezocht, autoescape=True) for k in (tabel.c.id, tabel.c.waarom))))
    return vraag


def _begin_dag(dag: date) -> datetime:
    """Return when a day begins where this server is."""
    return datetime.combine(dag, time.min).astimezone()


def to_logregel(rij: Row[Any]) -> Logregel:
    """Return a row as a line."""
    return Logregel(
        nummer=rij.nummer,
        moment=rij.moment,
        gebruiker=rij.gebruiker,
        rol=Rol(rij.rol),
        via=rij.via,
        handeling=rij.handeling,
        soort=rij.soort,
        id=rij.id,
        gebied=rij.gebied,
        veranderingen={
            veld: None if waarde == GEWIJZIGD else (waarde[0], waarde[1]) for veld, waarde in rij.veranderingen.items()
        },
        waarom=rij.waarom,
    )
