"""Reading what is kept beside the points of an agenda, as far as somebody may."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Generic

from sqlalchemy import Connection, select

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.veldregels import V
from gebieden.opslag import tabellen
from gebieden.opslag.dossierwaarden import read_velden
from gebieden.opslag.dossierwerk import Dossiersoort
from gebieden.opslag.gebiedsboom import get_gebiedsboom
from gebieden.opslag.herroepen import is_herroepen
from gebieden.opslag.onderwerpen import load_onderwerpen

# A database takes no longer list of values to look for.
_MEESTE: Final = 1000


@dataclass(frozen=True, slots=True)
class Stuk(Generic[V]):
    """Something that is kept: its number, the point or area that it is about ("" for neither), and what it says."""

    nummer: int
    bij: str
    velden: V
    sinds: date


@dataclass(frozen=True, slots=True)
class Datumwijziging:
    """A date that moved on the screen: from what to what (None for no date), and on which day that was."""

    oud: date | None
    nieuw: date | None
    datum: date


def load_stukken(
    conn: Connection, soort: Dossiersoort[V], kijker: Kijker, peildatum: date, bij: Collection[str] | None = None
) -> list[Stuk[V]]:
    """Return what of this kind was there on the peildatum and was not withdrawn, by number; `bij` narrows it.

    What is said is that of now. About a point that publiek may not read, publiek gets it without its texts, so that
    counts are the same for everybody; about an area, publiek gets what is public, and of what is counted the rest
    without its texts. A kind with readers of its own reaches nobody else.
    """
    tabel = soort.tabel
    vraag = select(tabel).where(tabel.c.sinds <= peildatum, ~tabel.c.ingetrokken).order_by(tabel.c.nummer)
    if bij is not None and soort.bij and len(bij) <= _MEESTE:
        vraag = vraag.where(tabel.c[soort.bij].in_([code for code in bij if "\x00" not in code]))
    stukken = []
    for rij in conn.execute(vraag).mappings():
        waar = rij[soort.bij] if soort.bij else ""
        if bij is None or not soort.bij or waar in bij:
            stukken.append(Stuk(rij["nummer"], waar, read_velden(soort.vorm, rij), rij["sinds"]))
    if soort.lezers is not None:
        return list(_keep_eigen(conn, soort, stukken, kijker, peildatum))
    return stukken if kijker.rol is not Rol.PUBLIEK else list(_hide(conn, soort, stukken, peildatum))


def _keep_eigen(
    conn: Connection, soort: Dossiersoort[V], stukken: list[Stuk[V]], kijker: Kijker, peildatum: date
) -> Iterator[Stuk[V]]:
    """Yield what this person may read of a kind that is not for everybody."""
    if kijker.rol not in (soort.lezers or ()):
        return
    boom = get_gebiedsboom(conn, peildatum)
    for stuk in stukken:
        if soort.is_overal or kijker.is_eigen(stuk.bij, boom):
            yield stuk


def load_datumwijzigingen(
    conn: Connection, soort: Dossiersoort[V], veld: str, nummers: Collection[int]
) -> dict[int, list[Datumwijziging]]:
    """Return per number every time that a date of it was changed and that still holds, oldest first."""
    journaal = tabellen.bijwerking
    vraag = select(journaal.c.rij, journaal.c.velden, journaal.c.vastgelegd_op)
    vraag = vraag.where(journaal.c.tabel == soort.tabel.name, ~is_herroepen(journaal)).order_by(journaal.c.nummer)
    if len(nummers) <= _MEESTE:
        vraag = vraag.where(journaal.c.rij.in_(nummers))
    per_nummer: dict[int, list[Datumwijziging]] = defaultdict(list)
    for nummer, velden, moment in conn.execute(vraag):
        # Something new has no dates that moved.
        if veld in velden and nummer in nummers and not soort.is_toevoeging(velden):
            oud, nieuw = (date.fromisoformat(d) if d else None for d in velden[veld])
            per_nummer[nummer].append(Datumwijziging(oud, nieuw, moment.astimezone().date()))
    return dict(per_nummer)


def _hide(conn: Connection, soort: Dossiersoort[V], stukken: list[Stuk[V]], peildatum: date) -> Iterator[Stuk[V]]:
    if soort.bij != "agendapunt":
        for stuk in stukken:
            if stuk.velden.velden.get("openbaar") is True:
                yield stuk
            elif soort.is_geteld:
                yield replace(stuk, velden=_mask(stuk.velden))
        return
    over = load_onderwerpen(conn, peildatum, ids={stuk.bij for stuk in stukken}) if stukken else {}
    for stuk in stukken:
        onderwerp = over.get((Berichtsoort.AGENDAPUNT, stuk.bij))
        if onderwerp is not None:
            yield stuk if onderwerp.openbaar else replace(stuk, velden=_mask(stuk.velden))


def _mask(velden: V) -> V:
    """Return the fields without their texts."""
    leeg: dict[str, Any] = {naam: "" for naam, waarde in velden.velden.items() if type(waarde) is str}
    return replace(velden, **leeg)
