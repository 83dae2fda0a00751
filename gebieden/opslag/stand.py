"""Reading how the agendas stood on a peildatum. Figures are the same for every role, so no viewer is asked for."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, Select, String, and_, bindparam, case, func, or_, select, true

from gebieden.analyse.voortgang import Agendastand
from gebieden.domein.agendapunt import Puntsoort, Staat, WachtOp
from gebieden.domein.bedrag import ONBEKEND, Bedrag
from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.dekking import GEEN_GELD, NUL, TELT, Geldstand, Lijnstand, Vorm, determine_uitkomst
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import STILTE_DAGEN, Puntstand
from gebieden.opslag import tabellen
from gebieden.opslag.berichtketen import is_geldig
from gebieden.opslag.database import get_datum, get_instelling
from gebieden.opslag.herroepen import is_herroepen
from gebieden.opslag.overgangen import VIA_IMPORT, Rij

# The ids of points, or the question that the database answers with them.
Ids = Collection[str] | Select[tuple[str]]
# The columns that say which row of a point counts.
_NODIG = ("id", "versie", "gebied")


def load_agendastand(conn: Connection, peildatum: date) -> Agendastand:
    """Return all points as they stood on the peildatum, with the counted version of every agenda."""
    agendas = load_agendas(conn, peildatum)
    laatste, geld = load_laatste(conn, peildatum), load_geldstand(conn, peildatum)
    standen = tuple(
        _to_puntstand(rij, in_versie, laatste.get(rij["id"]), geld)
        for rij, in_versie in select_punten(conn, agendas, peildatum)
    )
    return Agendastand(peildatum, standen, agendas, get_datum(conn, "geschiedenis_vanaf"), get_stilte_dagen(conn))


def get_stilte_dagen(conn: Connection) -> int:
    """Return after how many days without a bericht an open point is `stand onbekend`."""
    return int(get_instelling(conn, "stilte_dagen") or STILTE_DAGEN)


def load_agendas(conn: Connection, peildatum: date) -> dict[str, tuple[int, date]]:
    """Return per area the latest version (number, date) that is dated on or before the peildatum."""
    tabel = tabellen.agenda_versie
    rijen = conn.execute(select(tabel).where(tabel.c.datum <= peildatum).order_by(tabel.c.datum, tabel.c.versie))
    return {rij.gebied: (rij.versie, rij.datum) for rij in rijen}


def select_ids_in(gebieden: Collection[str]) -> Select[tuple[str]]:
    """Return the question for the points that are, in whatever version, on the agenda of one of these areas."""
    return select(tabellen.agendapunt.c.id).where(tabellen.agendapunt.c.gebied.in_(gebieden))


def load_laatste(conn: Connection, peildatum: date, ids: Ids | None = None) -> dict[str, date]:
    """Return per point (or for these) the date of its last bericht or transition on or before the peildatum.

    Internal berichten count for everybody: only their date shows. A bericht that was withdrawn does not count, and
    one that was corrected counts on the date it has now. Neither does a change of state that was taken back.
    """
    levensteken, overgang = tabellen.levensteken, tabellen.overgang
    bronnen = (
        (levensteken.c.agendapunt, levensteken.c.datum, true()),
        (
            overgang.c.id,
            overgang.c.datum,
            and_(overgang.c.soort == Berichtsoort.AGENDAPUNT, overgang.c.wie != VIA_IMPORT, ~is_herroepen(overgang)),
        ),
    )
    laatste = {id_: dag for id_, dag in conn.execute(_select_laatste_berichten(peildatum, ids)).all() if dag}
    for id_, datum, telt in bronnen:
        vraag = select(id_, func.max(datum)).where(datum <= peildatum, telt, _is_een_van(id_, ids)).group_by(id_)
        for punt, dag in conn.execute(vraag).all():
            laatste[punt] = max(dag, laatste.get(punt, dag))
    return laatste


def _select_laatste_berichten(peildatum: date, ids: Ids | None) -> Select[str, date | None]:
    """Return the question for the date of the last bericht per point.

    A look in the index per point: three times as quick as going through all berichten.
    """
    bericht, punt = tabellen.bericht, tabellen.agendapunt
    punten = select(punt.c.id).where(_is_een_van(punt.c.id, ids)).distinct().subquery()
    van_punt = (bericht.c.soort == Berichtsoort.AGENDAPUNT, bericht.c.id == punten.c.id, bericht.c.datum <= peildatum)
    laatste = select(bericht.c.datum).where(*van_punt, is_geldig()).order_by(bericht.c.datum.desc()).limit(1)
    return select(punten.c.id, laatste.scalar_subquery())


def load_geldstand(conn: Connection, peildatum: date, ids: Ids | None = None) -> dict[str, Geldstand]:
    """Return per point (or of these) what its money comes to, for those that have any.

    As `gebieden.opslag.dekking.load_dekking` counts: a contribution is in the stand of now, and there from its day on.
    """
    tabel = tabellen.dekkingslijn
    is_gedekt = tabel.c.stand.in_([Lijnstand.TOEGEZEGD, Lijnstand.ONTVANGEN])
    vraag = select(
        tabel.c.agendapunt,
        func.sum(case((is_gedekt, tabel.c.bedrag))),
        func.max(case((tabel.c.bedrag.is_(None), 1), else_=0)),
    ).where(
        tabel.c.sinds <= peildatum,
        tabel.c.vorm == Vorm.GELD,
        tabel.c.stand.in_(TELT),
        _is_een_van(tabel.c.agendapunt, ids),
    )
    return {
        id_: Geldstand(gedekt or NUL, bool(heeft_pm))
        for id_, gedekt, heeft_pm in conn.execute(vraag.group_by(tabel.c.agendapunt))
    }


def select_punten(
    conn: Connection,
    agendas: Mapping[str, tuple[int, date]],
    peildatum: date,
    ids: Ids | None = None,
    kolommen: Collection[str] | None = None,
) -> list[tuple[dict[str, Any], bool]]:
    """Return the row that counts for every point on the peildatum, with its state of that day.

    In the counted version of its agenda (True), or in no version yet (False). A point that is only in
    a later version did not exist yet; one that is only in an earlier version is no longer on the agenda.
    `ids` narrows it to these points, `kolommen` to these columns besides those that it needs itself; then lists are
    text (`read_themas_uit`).
    """
    per_punt: dict[str, Rij] = {}
    meer: dict[str, list[Rij]] = {}
    tabel = tabellen.agendapunt
    was_er = or_(tabel.c.sinds.is_(None), tabel.c.sinds <= peildatum)
    velden = tabel.c if kolommen is None else [_select_kolom(naam) for naam in {*_NODIG, *kolommen}]
    gevonden = conn.execute(select(*velden).where(was_er, _is_een_van(tabel.c.id, ids)))
    namen = tuple(gevonden.keys())
    # All at once, and as dicts of our own: three times as quick as one by one as the mappings of the result.
    for waarden in gevonden.all():
        rij = dict(zip(namen, waarden, strict=True))
        if (eerste := per_punt.setdefault(rij["id"], rij)) is not rij:
            meer.setdefault(rij["id"], [eerste]).append(rij)
    toen, datum_toen = _load_toestand_toen(conn, peildatum, ids), _load_datum_toen(conn, peildatum, ids)
    # Where there is one row, as mostly, there is nothing to choose: that is half of the time.
    gekozen = [
        (rij, rij["versie"] != tabellen.ZONDER_VERSIE)
        for id_, rij in per_punt.items()
        if id_ not in meer and (rij["versie"] == tabellen.ZONDER_VERSIE or _is_geteld(rij, agendas))
    ]
    gekozen += [keuze for rijen in meer.values() if (keuze := _choose_rij(rijen, agendas))]
    for rij, _ in gekozen if toen or datum_toen else ():
        sleutel = (rij["id"], rij["versie"])
        rij |= toen.get(sleutel, {}) | datum_toen.get(sleutel, {})
    return gekozen


def _choose_rij(rijen: Collection[Rij], agendas: Mapping[str, tuple[int, date]]) -> tuple[Rij, bool] | None:
    in_versie = [r for r in rijen if r["versie"] != tabellen.ZONDER_VERSIE and _is_geteld(r, agendas)]
    if in_versie:
        return max(in_versie, key=lambda r: agendas[r["gebied"]][1]), True
    zonder = next((r for r in rijen if r["versie"] == tabellen.ZONDER_VERSIE), None)
    return None if zonder is None or _was_in_versie(rijen, agendas) else (zonder, False)


def _select_kolom(naam: str) -> ColumnElement[Any]:
    kolom = tabellen.agendapunt.c[naam]
    return kolom.cast(String).label(naam) if isinstance(kolom.type, JSON) else kolom


@lru_cache(maxsize=256)
def read_themas_uit(tekst: str) -> tuple[Thema, ...]:
    """Return the themes of a row that was read with some columns only: its lists are the text that they were."""
    return read_themas(tuple(json.loads(tekst)))


@lru_cache(maxsize=256)
def read_themas(woorden: tuple[str, ...]) -> tuple[Thema, ...]:
    """Return the themes of a row; many points share few combinations."""
    return tuple(map(Thema, woorden))


def read_bedrag(rij: Mapping[str, Any]) -> Bedrag:
    """Return what the point of this row costs."""
    if rij["benodigd"] is None and not rij["benodigd_pm"]:
        return ONBEKEND
    return Bedrag(rij["benodigd"], rij["benodigd_pm"])


def _is_een_van(kolom: ColumnElement[str], ids: Ids | None) -> ColumnElement[bool]:
    if ids is None:
        return true()
    # As one parameter: a long list is taken in piece by piece otherwise, for every question anew.
    return kolom.in_(ids if isinstance(ids, Select) else bindparam(None, list(ids), expanding=True))


def _is_geteld(rij: Rij, agendas: Mapping[str, tuple[int, date]]) -> bool:
    return agendas.get(rij["gebied"], (None,))[0] == rij["versie"]


def _was_in_versie(rijen: Iterable[Rij], agendas: Mapping[str, tuple[int, date]]) -> bool:
    return any(r["versie"] != tabellen.ZONDER_VERSIE and r["versie"] < agendas.get(r["gebied"], (0,))[0] for r in rijen)


def _load_toestand_toen(conn: Connection, peildatum: date, ids: Ids | None) -> dict[tuple[str, int], dict[str, Any]]:
    """Return the state before the first transition after the peildatum, for the points that have one."""
    tabel = tabellen.overgang
    later = conn.execute(
        select(tabel.c.id, tabel.c.versie, tabel.c.van, tabel.c.wacht_op)
        .where(tabel.c.soort == Berichtsoort.AGENDAPUNT, tabel.c.datum > peildatum, _is_een_van(tabel.c.id, ids))
        .order_by(tabel.c.datum.desc(), tabel.c.nummer.desc())
    )
    return {(r.id, r.versie): {"staat": r.van, "wacht_op": r.wacht_op} for r in later}


def _load_datum_toen(conn: Connection, peildatum: date, ids: Ids | None) -> dict[tuple[str, int], dict[str, Any]]:
    """Return the agreed date before it first moved after the peildatum, for the points that have one."""
    tabel = tabellen.verzetting
    later = conn.execute(
        select(tabel.c.agendapunt, tabel.c.versie, tabel.c.oud)
        .where(tabel.c.datum > peildatum, _is_een_van(tabel.c.agendapunt, ids))
        .order_by(tabel.c.datum.desc(), tabel.c.nummer.desc())
    )
    return {(r.agendapunt, r.versie): {"afgesproken_gereed": r.oud} for r in later}


def _to_puntstand(
    rij: Mapping[str, Any], in_versie: bool, laatste: date | None, geld: Mapping[str, Geldstand]
) -> Puntstand:
    return Puntstand(
        id=rij["id"],
        gebied=rij["gebied"],
        staat=Staat(rij["staat"]),
        in_versie=in_versie,
        themas=read_themas(tuple(rij["themas"])),
        soort=Puntsoort(rij["soort"]) if rij["soort"] else None,
        wacht_op=WachtOp(rij["wacht_op"]) if rij["wacht_op"] else None,
        afgesproken_gereed=rij["afgesproken_gereed"],
        laatste=laatste,
        dekking=determine_uitkomst(read_bedrag(rij), geld.get(rij["id"], GEEN_GELD)),
    )
