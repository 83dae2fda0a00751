"""Establishing the next version of an agenda: its points are copied into it, and their history goes along.

Whatever the peildatum, a point stands as it did before the version was established.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import Column, Connection, Engine, Table, bindparam, func, insert, select, update

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.fouten import InvoerError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.puntvelden import EERSTE_DAG
from gebieden.domein.rechten import Handeling
from gebieden.domein.taal import format_datum, format_getal
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.logboek import VIA_SCHERM, append_logregel
from gebieden.opslag.puntwerk import check_recht
from gebieden.opslag.versiekandidaten import Kandidaat, Plaats, load_kandidaten

VASTGESTELD: Final = "versie_vastgesteld"
MAX_DOOR_TEKENS: Final = 200
_NIETS: Final = "Er is niets vastgesteld."
Sleutels = Collection[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Versie:
    """A version of the agenda of an area."""

    gebied: str
    versie: int
    datum: date
    vastgesteld_door: str = ""


@dataclass(frozen=True, slots=True)
class Vastgesteld:
    """Which version was established; `was_er_al` says that the same form had done so before."""

    versie: Versie
    was_er_al: bool = False


def load_versies(conn: Connection) -> dict[str, list[Versie]]:
    """Return every version of every agenda per area, oldest first."""
    tabel = tabellen.agenda_versie
    per_gebied: dict[str, list[Versie]] = defaultdict(list)
    for rij in conn.execute(select(tabel).order_by(tabel.c.gebied, tabel.c.datum, tabel.c.versie)):
        per_gebied[rij.gebied].append(Versie(rij.gebied, rij.versie, rij.datum, rij.vastgesteld_door))
    return dict(per_gebied)


def establish_versie(
    engine: Engine,
    gebruiker: Gebruiker,
    gebied: str,
    datum: date,
    *,
    sleutel: str,
    op: date,
    ook: Collection[str] | None = None,
    door_wie: str = "",
) -> Vastgesteld:
    """Establish the next version of the agenda of an area, once however often the form is sent.

    `ook` are the ids of the ended points that stay on the agenda, None for those that are done; `door_wie` established
    it. Raise RechtenError where this person may not, InvoerError when the date or a point cannot be.
    """
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        schrijver = check_recht(conn, gebruiker, Handeling.PUNT_BEHEREN, gebied, op)
        if herhaald := _find_vastgesteld(conn, sleutel, gebied):
            return Vastgesteld(herhaald, was_er_al=True)
        _check_datum(datum, load_versies(conn).get(gebied, []), op)
        door = _check_door(door_wie)
        erin = _select_erin(load_kandidaten(conn, gebied, datum, op), ook)
        versie = Versie(gebied, _draw_nummer(conn, gebied, {id_ for id_, _ in erin}), datum, door)
        _store(conn, versie, sleutel, erin)
        append_logregel(
            conn,
            schrijver,
            VASTGESTELD,
            "agenda",
            gebied,
            via=VIA_SCHERM,
            gebied=gebied,
            nieuw={"versie": versie.versie, "datum": datum, "vastgesteld_door": door, "punten": len(erin)},
        )
        return Vastgesteld(versie)


def _find_vastgesteld(conn: Connection, sleutel: str, gebied: str) -> Versie | None:
    tabel = tabellen.agenda_versie
    rij = conn.execute(select(tabel).where(tabel.c.sleutel == sleutel)).first()
    if rij is not None and rij.gebied != gebied:
        raise InvoerError(f"Dit formulier is al gebruikt voor een ander gebied. {_NIETS} Open het formulier opnieuw.")
    return Versie(rij.gebied, rij.versie, rij.datum, rij.vastgesteld_door) if rij else None


def _check_datum(datum: date, versies: Iterable[Versie], op: date) -> None:
    laatste = max(versies, key=lambda v: v.datum, default=None)
    if EERSTE_DAG <= datum <= op and (laatste is None or laatste.datum < datum):
        return
    na = f"na {format_datum(laatste.datum)} (versie {laatste.versie}) " if laatste else ""
    raise InvoerError(
        f"De datum van de nieuwe versie is {format_datum(datum)}. Verwacht: een dag {na}tot en met "
        f"{format_datum(op)}. {_NIETS} Kies de dag waarop de agenda is vastgesteld."
    )


def _check_door(door_wie: str) -> str:
    door = clean_invoer(door_wie)
    if len(door) > MAX_DOOR_TEKENS:
        raise InvoerError(
            f"Door wie de agenda is vastgesteld, heeft {format_getal(len(door))} tekens. Verwacht: hoogstens "
            f"{MAX_DOOR_TEKENS}. {_NIETS} Maak de tekst korter."
        )
    return door


def _select_erin(kandidaten: Collection[Kandidaat], ook: Collection[str] | None) -> Sleutels:
    """Return the rows (id, version) that go in; raise InvoerError when one was chosen that cannot, or none goes in."""
    vreemd = set(ook or ()) - {k.id for k in kandidaten if k.plaats is not Plaats.ERBUITEN}
    if vreemd:
        raise InvoerError(
            f"Deze punten kunnen niet in de nieuwe versie: {', '.join(sorted(vreemd))}. Verwacht: punten die op deze "
            f"agenda staan. {_NIETS} Kijk opnieuw welke punten er zijn en kies dan."
        )
    erin = {
        (k.id, k.versie)
        for k in kandidaten
        if k.plaats is Plaats.ERIN or (k.plaats is Plaats.KEUZE and (k.is_gewoonlijk if ook is None else k.id in ook))
    }
    if not erin:
        raise InvoerError(f"Er is geen punt dat in de nieuwe versie kan. {_NIETS} Zet eerst een punt op de agenda.")
    return erin


def _draw_nummer(conn: Connection, gebied: str, ids: Collection[str]) -> int:
    """Return the next number; higher than that of any row of these points, which may have been in another agenda."""
    versie, punt = tabellen.agenda_versie, tabellen.agendapunt
    laatste = conn.scalar(select(func.max(versie.c.versie)).where(versie.c.gebied == gebied))
    hoogste = conn.scalar(select(func.max(punt.c.versie)).where(punt.c.id.in_(ids)))
    return max(laatste or 0, hoogste or 0) + 1


def _store(conn: Connection, versie: Versie, sleutel: str, erin: Sleutels) -> None:
    rij = {"gebied": versie.gebied, "versie": versie.versie, "datum": versie.datum}
    rij |= {"vastgesteld_door": versie.vastgesteld_door, "vastgelegd_op": datetime.now(UTC), "sleutel": sleutel}
    conn.execute(insert(tabellen.agenda_versie).values(rij))
    punt, overgang, verzetting = tabellen.agendapunt, tabellen.overgang, tabellen.verzetting
    # The rows as they are stored, not as they stood today: what the future holds goes along with the history.
    conn.execute(insert(punt), [rij | {"versie": versie.versie} for rij in _select_rijen(conn, punt, punt.c.id, erin)])
    overgangen = _select_rijen(conn, overgang, overgang.c.id, erin)
    _copy_verleden(conn, overgang, [r for r in overgangen if r["soort"] == Berichtsoort.AGENDAPUNT], versie.versie)
    verzettingen = _select_rijen(conn, verzetting, verzetting.c.agendapunt, erin)
    _copy_verleden(conn, verzetting, verzettingen, versie.versie)


def _select_rijen(conn: Connection, tabel: Table, id_: Column[str], erin: Sleutels) -> list[dict[str, Any]]:
    vraag = select(tabel).where(id_.in_({id_ for id_, _ in erin})).order_by(*tabel.primary_key)
    return [dict(rij) for rij in conn.execute(vraag).mappings() if (rij[id_.name], rij["versie"]) in erin]


def _copy_verleden(conn: Connection, tabel: Table, rijen: list[dict[str, Any]], versie: int) -> None:
    """Copy the history of the points to their row in the new version; what took back another takes back its copy."""
    if not rijen:
        return
    anders = {"versie": versie, "herroept": None}
    kopieen = [{k: w for k, w in r.items() if k != "nummer"} | anders | {"kopie_van": r["nummer"]} for r in rijen]
    conn.execute(insert(tabel), kopieen)
    vraag = select(tabel.c.kopie_van, tabel.c.nummer).where(tabel.c.versie == versie, tabel.c.kopie_van.is_not(None))
    kopie = {rij.kopie_van: rij.nummer for rij in conn.execute(vraag)}
    paren = [{"n": kopie[r["nummer"]], "h": kopie[r["herroept"]]} for r in rijen if r["herroept"]]
    if paren:
        conn.execute(update(tabel).where(tabel.c.nummer == bindparam("n")).values(herroept=bindparam("h")), paren)
