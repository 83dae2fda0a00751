"""Keeping the dekking of agendapunten: what is needed, who contributes which part, and reading both."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, insert, select, update

from gebieden.domein.bedrag import Bedrag
from gebieden.domein.botsing import merge_velden
from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.dekking import (
    Bron,
    Dekkingslijn,
    Lijnstand,
    Lijnvelden,
    Puntdekking,
    Vorm,
    determine_dekking,
)
from gebieden.domein.fouten import InvoerError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.lijnvelden import check_lijnvelden, get_velden
from gebieden.domein.rechten import Handeling, Kijker
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.platwaarden import to_plat
from gebieden.opslag.punten import MAX_WAAROM_TEKENS
from gebieden.opslag.puntwerk import (
    Gewijzigd,
    Werk,
    append_puntregel,
    append_wijziging,
    check_recht_ergens,
    find_wijziging,
    open_punt,
    store_wijziging,
)
from gebieden.opslag.stand import load_agendas, read_bedrag, select_punten

tabel = tabellen.dekkingslijn
BENODIGD, TOEGEVOEGD, GEWIJZIGD = "benodigd_gewijzigd", "bijdrage_toegevoegd", "bijdrage_gewijzigd"
# Free text here, unlike the `eenheid` of a point: the trail tells them apart.
_LOGNAAM: Final = {"eenheid": "eenheid_bijdrage"}
_GROOTSTE_NUMMER: Final = 2**31 - 1


def set_benodigd(
    engine: Engine,
    gebruiker: Gebruiker,
    id_: str,
    basis: Bedrag,
    wens: Bedrag,
    *,
    sleutel: str,
    op: date,
    waarom: str = "",
) -> Gewijzigd:
    """Store what a point costs, of which this person saw that it was `basis`.

    Raise RechtenError where this person may not, BotsingError when somebody else set it to something else since.
    """
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        werk = open_punt(conn, gebruiker, id_, op, Handeling.DEKKING)
        if find_wijziging(conn, werk.schrijver, sleutel, id_):
            return Gewijzigd(id_, was_er_al=True)
        nu = Bedrag(werk.rij["benodigd"], werk.rij["benodigd_pm"])
        merge_velden({"benodigd": basis}, {"benodigd": nu}, {"benodigd": wens})
        if wens in (nu, basis):
            return Gewijzigd(id_, was_er_al=True)
        velden = {"benodigd": wens.euro, "benodigd_pm": wens.is_pm}
        store_wijziging(werk, sleutel, BENODIGD, velden, waarom=_clean_waarom(waarom))
        return Gewijzigd(id_)


def save_lijn(
    engine: Engine, gebruiker: Gebruiker, id_: str, velden: Lijnvelden, *, sleutel: str, op: date
) -> Gewijzigd:
    """Add a contribution to a point, once however often the form is sent.

    Raise RechtenError where this person may not, InvoerError with all faults together.
    """
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        werk = open_punt(conn, gebruiker, id_, op, Handeling.DEKKING)
        velden = check_lijnvelden(velden)
        if find_wijziging(conn, werk.schrijver, sleutel, id_):
            return Gewijzigd(id_, was_er_al=True)
        nummer = insert_lijn(conn, id_, velden, op)
        note_lijn(werk, sleutel, TOEGEVOEGD, nummer, _compare(None, velden))
        return Gewijzigd(id_)


def insert_lijn(conn: Connection, id_: str, velden: Lijnvelden, op: date) -> int:
    """Store a contribution that was checked, there from this day on, and return its number."""
    rij = {"agendapunt": id_, "sinds": op, **_to_rij(velden)}
    return int(conn.execute(insert(tabel).values(rij).returning(tabel.c.nummer)).scalar_one())


def change_lijn(
    engine: Engine,
    gebruiker: Gebruiker,
    nummer: int,
    basis: Lijnvelden,
    wens: Lijnvelden,
    *,
    sleutel: str,
    op: date,
    waarom: str = "",
) -> Gewijzigd:
    """Store what this person changed of a contribution that they saw as `basis`; withdrawn is a stand too.

    What somebody else changed since stays, field by field; raise BotsingError when both changed the same field.
    """
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        lijn = _find_lijn(conn, nummer)
        if lijn is None:
            check_recht_ergens(gebruiker, Handeling.DEKKING)
            raise InvoerError("Deze bijdrage bestaat niet. Er is niets opgeslagen. Kies een bijdrage uit de lijst.")
        werk = open_punt(conn, gebruiker, lijn.agendapunt, op, Handeling.DEKKING)
        wens = check_lijnvelden(wens)
        if find_wijziging(conn, werk.schrijver, sleutel, werk.id):
            return Gewijzigd(werk.id, was_er_al=True)
        nu = Lijnvelden(**get_velden(lijn))
        samen: dict[str, Any] = merge_velden(get_velden(basis), get_velden(nu), get_velden(wens))
        nieuw = check_lijnvelden(Lijnvelden(**samen))
        if nieuw == nu:
            return Gewijzigd(werk.id, was_er_al=True)
        conn.execute(update(tabel).where(tabel.c.nummer == nummer).values(_to_rij(nieuw)))
        note_lijn(werk, sleutel, GEWIJZIGD, nummer, _compare(nu, nieuw), _clean_waarom(waarom))
        return Gewijzigd(werk.id)


def load_dekking(
    conn: Connection, kijker: Kijker, peildatum: date, ids: Collection[str] | None = None
) -> dict[str, Puntdekking]:
    """Return the dekking of every point (or of these) that counts on the peildatum, by id.

    Amounts are the same for everybody. Who contributes, in what unit and what was said about it goes with the text of
    the point, which is public when it is so both on the peildatum and in its last version. Of a contribution the stand
    is that of now; one of after the peildatum is left out.
    """
    openbaar = _load_openbaar(conn, ids)
    lijnen = _load_lijnen(conn, peildatum, ids)
    dekkingen = {}
    for rij, _ in select_punten(conn, load_agendas(conn, peildatum), peildatum, ids):
        mag = kijker.mag_tekst(rij["openbaar"] and openbaar[rij["id"]])
        dekkingen[rij["id"]] = _to_puntdekking(rij, tuple(lijnen.get(rij["id"], ())), mag)
    return dict(sorted(dekkingen.items()))


def _load_openbaar(conn: Connection, ids: Collection[str] | None) -> dict[str, bool]:
    """Return whether a point is public in its last version."""
    punt = tabellen.agendapunt
    vraag = select(punt.c.id, punt.c.openbaar).order_by(punt.c.versie)
    if ids is not None:
        vraag = vraag.where(punt.c.id.in_(ids))
    return {rij.id: rij.openbaar for rij in conn.execute(vraag)}


def _load_lijnen(conn: Connection, peildatum: date, ids: Collection[str] | None) -> dict[str, list[Dekkingslijn]]:
    vraag = select(tabel).where(tabel.c.sinds <= peildatum)
    if ids is not None:
        vraag = vraag.where(tabel.c.agendapunt.in_(ids))
    per_punt: dict[str, list[Dekkingslijn]] = defaultdict(list)
    for rij in conn.execute(vraag.order_by(tabel.c.nummer)):
        per_punt[rij.agendapunt].append(_to_lijn(rij))
    return per_punt


def _to_puntdekking(rij: Mapping[str, Any], lijnen: tuple[Dekkingslijn, ...], mag_tekst: bool) -> Puntdekking:
    # Determined first: what has a unit of its own is not added up with another because neither may be read.
    dekking = determine_dekking(read_bedrag(rij), lijnen)
    if not mag_tekst:
        lijnen = tuple(replace(lijn, partner="", toelichting="", eenheid="") for lijn in lijnen)
        dekking = replace(dekking, bijdragen=tuple(replace(b, eenheid="") for b in dekking.bijdragen))
    return Puntdekking(rij["id"], rij["gebied"], tuple(rij["themas"]), lijnen, dekking)


def _find_lijn(conn: Connection, nummer: int) -> Dekkingslijn | None:
    if not 0 < nummer <= _GROOTSTE_NUMMER:
        return None
    rij = conn.execute(select(tabel).where(tabel.c.nummer == nummer)).first()
    return _to_lijn(rij) if rij else None


def _to_lijn(rij: Row[Any]) -> Dekkingslijn:
    return Dekkingslijn(
        bron=Bron(rij.bron),
        vorm=Vorm(rij.vorm),
        stand=Lijnstand(rij.stand),
        bedrag=Bedrag(rij.bedrag, rij.is_pm),
        hoeveelheid=rij.hoeveelheid,
        eenheid=rij.eenheid,
        jaar=rij.jaar,
        partner=rij.partner,
        toelichting=rij.toelichting,
        nummer=rij.nummer,
        agendapunt=rij.agendapunt,
    )


def _to_rij(velden: Lijnvelden) -> dict[str, Any]:
    return get_velden(velden) | {"bedrag": velden.bedrag.euro, "is_pm": velden.bedrag.is_pm}


def _compare(oud: Lijnvelden | None, nieuw: Lijnvelden) -> dict[str, list[object]]:
    """Return [old, new] per field that differs; `oud` None is a new contribution."""
    voor = {veld: to_plat(waarde) for veld, waarde in _to_rij(oud).items()} if oud else {}
    na = {veld: to_plat(waarde) for veld, waarde in _to_rij(nieuw).items()}
    return {veld: [voor.get(veld), waarde] for veld, waarde in na.items() if voor.get(veld) != waarde}


def note_lijn(
    werk: Werk,
    sleutel: str,
    handeling: str,
    nummer: int,
    velden: Mapping[str, list[object]],
    waarom: str = "",
    herroept: int | None = None,
) -> None:
    """Note in the journal and in the audit trail what changed of a contribution, as [old, new] per field."""
    append_wijziging(werk, sleutel, handeling, velden, waarom=waarom, herroept=herroept, dekkingslijn=nummer)
    # What was empty and stays so is not worth a line.
    gelogd = {_LOGNAAM.get(veld, veld): paar for veld, paar in velden.items() if any(paar)}
    append_puntregel(werk, handeling, gelogd, waarom)


def _clean_waarom(waarom: str) -> str:
    return clean_invoer(waarom)[:MAX_WAAROM_TEKENS]
