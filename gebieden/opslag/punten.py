"""Running an agenda from a screen: propose a point, change it, move it to another state, take that back."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from gebieden.domein.agendapunt import Staat
from gebieden.domein.botsing import merge_velden
from gebieden.domein.celtekst import clean_invoer
from gebieden.domein.fouten import InvoerError, OvergangError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.puntovergang import Puntovergang, check_puntovergang, list_mogelijk
from gebieden.domein.puntvelden import Puntvelden, check_puntvelden
from gebieden.domein.rechten import Handeling
from gebieden.domein.terugblik import Borging, Terugblik, check_terugblik
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven, get_instelling, set_instelling
from gebieden.opslag.platwaarden import from_plat, to_plat
from gebieden.opslag.puntgevolgen import Verleden, append_overgang, append_verzetting, find_verleden
from gebieden.opslag.puntwerk import (
    VOORGESTELD,
    Gewijzigd,
    Werk,
    append_puntregel,
    append_wijziging,
    check_recht,
    find_wijziging,
    open_punt,
    store_wijziging,
)

MAX_WAAROM_TEKENS = 500
GEWIJZIGD, OVERGEGAAN, TERUGGEKEKEN = "punt_gewijzigd", "staat_veranderd", "teruggekeken"


def create_punt(
    engine: Engine, gebruiker: Gebruiker, gebied: str, velden: Puntvelden, *, sleutel: str, op: date
) -> Gewijzigd:
    """Store a new point, proposed for the agenda of an area, once however often the form is sent.

    Raise RechtenError where this person may not, InvoerError with all faults together.
    """
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        schrijver = check_recht(conn, gebruiker, Handeling.PUNT_VOORSTELLEN, gebied, op)
        velden = check_puntvelden(velden)
        if herhaald := find_wijziging(conn, schrijver, sleutel, None):
            return Gewijzigd(herhaald.agendapunt, was_er_al=True)
        if get_instelling(conn, "geschiedenis_vanaf") is None:
            set_instelling(conn, "geschiedenis_vanaf", op.isoformat())
        rij = {"id": _draw_id(conn, op), "versie": tabellen.ZONDER_VERSIE, "gebied": gebied, "sinds": op}
        rij |= {"staat": Staat.VOORGESTELD} | velden.velden
        tabel = tabellen.agendapunt
        conn.execute(insert(tabel).values({k: from_plat(tabel.c[k], to_plat(w)) for k, w in rij.items()}))
        werk = Werk(conn, schrijver, rij, op)
        inhoud = velden.velden | {"staat": Staat.VOORGESTELD}
        nieuw: dict[str, list[object]] = {veld: [None, to_plat(waarde)] for veld, waarde in inhoud.items()}
        append_wijziging(werk, sleutel, VOORGESTELD, nieuw)
        append_puntregel(werk, VOORGESTELD, nieuw)
        return Gewijzigd(werk.id)


def change_punt(
    engine: Engine,
    gebruiker: Gebruiker,
    id_: str,
    basis: Puntvelden,
    wens: Puntvelden,
    *,
    sleutel: str,
    op: date,
    waarom: str = "",
) -> Gewijzigd:
    """Store what this person changed of a point that they saw as `basis`; an agreed date that moves is noted.

    What somebody else changed since stays, field by field; raise BotsingError when both changed the same field.
    """
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        werk = open_punt(conn, gebruiker, id_, op)
        if find_wijziging(conn, werk.schrijver, sleutel, id_):
            return Gewijzigd(id_, was_er_al=True)
        return store_velden(werk, plan_velden(werk, basis, wens), sleutel, waarom)


def plan_velden(werk: Werk, basis: Puntvelden, wens: Puntvelden) -> dict[str, Any]:
    """Return the fields as `change_punt` may store them; raise InvoerError or BotsingError, nothing is stored yet."""
    return merge_velden(basis.velden, get_velden(werk), check_puntvelden(wens, basis).velden)


def store_velden(werk: Werk, velden: dict[str, Any], sleutel: str, waarom: str) -> Gewijzigd:
    """Store what `plan_velden` returned, and note a move of the agreed date."""
    nu = get_velden(werk)
    if velden == nu:
        return Gewijzigd(werk.id, was_er_al=True)
    reden = clean_invoer(waarom)[:MAX_WAAROM_TEKENS]
    nummer = store_wijziging(werk, sleutel, GEWIJZIGD, velden, waarom=reden)
    if velden["afgesproken_gereed"] != nu["afgesproken_gereed"]:
        append_verzetting(werk, nu["afgesproken_gereed"], velden["afgesproken_gereed"], nummer, reden)
    return Gewijzigd(werk.id)


def move_punt(
    engine: Engine, gebruiker: Gebruiker, id_: str, overgang: Puntovergang, *, sleutel: str, op: date
) -> Gewijzigd:
    """Move a point to another state, by the one table and with what the new state asks for.

    Raise OvergangError with every objection, also when somebody else moved the point since this person saw it.
    """
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        werk = open_punt(conn, gebruiker, id_, op)
        if find_wijziging(conn, werk.schrijver, sleutel, id_):
            return Gewijzigd(id_, was_er_al=True)
        verleden = find_verleden(conn, id_, werk.versie)
        return store_overgang(werk, plan_overgang(werk, overgang, verleden), sleutel)


def plan_overgang(werk: Werk, overgang: Puntovergang, verleden: Verleden) -> Puntovergang:
    """Return the change of state as `move_punt` may store it; raise OvergangError, nothing is stored yet."""
    _check_van(werk, overgang.van)
    return check_puntovergang(
        overgang,
        werk.schrijver.kijker.rol,
        kwam_van=verleden.kwam_van,
        vanaf=verleden.laatste,
        op=werk.op,
    )


def store_overgang(werk: Werk, overgang: Puntovergang, sleutel: str) -> Gewijzigd:
    """Store what `plan_overgang` returned."""
    velden = {"staat": overgang.naar, **overgang.velden.velden}
    nummer = store_wijziging(werk, sleutel, OVERGEGAAN, velden, waarom=overgang.waarom)
    append_overgang(werk, overgang.van, overgang.naar, overgang.datum, nummer, overgang.waarom, overgang.openbaar)
    return Gewijzigd(werk.id)


def check_zet(engine: Engine, gebruiker: Gebruiker, id_: str, van: Staat, naar: Staat, op: date) -> None:
    """Raise what stands in the way of a change of state, before anybody fills in what that asks for."""
    with engine.connect() as conn:
        werk = open_punt(conn, gebruiker, id_, op)
        _check_van(werk, van)
        mogelijk = list_mogelijk(van, werk.schrijver.kijker.rol, find_verleden(conn, id_, werk.versie).kwam_van)
        if naar not in mogelijk:
            raise OvergangError(
                f"Van {van} naar {naar} kan niet. Vanuit {van} kan: {', '.join(mogelijk) or 'niets'}. Er is niets "
                "veranderd."
            )


def _check_van(werk: Werk, van: Staat) -> None:
    if werk.rij["staat"] != van:
        raise OvergangError(
            f"Iemand anders heeft dit punt intussen van {van} naar {werk.rij['staat']} gezet. Er is niets "
            "veranderd. Kijk hoe het punt er nu voor staat en kies dan opnieuw."
        )


def look_back(
    engine: Engine,
    gebruiker: Gebruiker,
    id_: str,
    basis: Borging,
    terugblik: Terugblik,
    *,
    sleutel: str,
    op: date,
) -> Gewijzigd:
    """Store that somebody looked back at a geborgd point, of which they saw `basis`, and found it still good.

    What was found is the reason in the journal. Raise OvergangError where the point is not geborgd any more,
    InvoerError with all faults together, or when somebody else agreed something else since.
    """
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        werk = open_punt(conn, gebruiker, id_, op)
        terugblik = check_terugblik(terugblik, op)
        if find_wijziging(conn, werk.schrijver, sleutel, id_):
            return Gewijzigd(id_, was_er_al=True)
        if werk.rij["staat"] != Staat.GEBORGD:
            raise OvergangError(
                f"Terugkijken kan bij een punt dat geborgd is. Dit punt is {werk.rij['staat']}. Er is niets veranderd. "
                "Kijk hoe het punt er nu voor staat en kies dan opnieuw."
            )
        if Borging(werk.rij["wie_borgt"], werk.rij["terugkijken_op"]) != basis:
            raise InvoerError(
                "Iemand anders heeft bij dit punt intussen iets anders afgesproken. Er is niets opgeslagen. "
                "Bewaar wat u typte, kijk wat er nu staat en probeer het opnieuw."
            )
        store_wijziging(werk, sleutel, TERUGGEKEKEN, terugblik.borging.velden, waarom=terugblik.bevonden)
        return Gewijzigd(id_)


def _draw_id(conn: Connection, op: date) -> str:
    """Return the id of the next new point; one writer at a time, so no two get the same."""
    begin = f"N{op.year}-"
    gebruikt = conn.scalars(
        select(tabellen.wijziging.c.agendapunt).where(tabellen.wijziging.c.agendapunt.like(f"{begin}%"))
    )
    aanwezig = conn.scalars(select(tabellen.agendapunt.c.id).where(tabellen.agendapunt.c.id.like(f"{begin}%")))
    nummers = [int(id_.removeprefix(begin)) for id_ in {*gebruikt, *aanwezig} if id_.removeprefix(begin).isdecimal()]
    return f"{begin}{max(nummers, default=0) + 1:04d}"


def get_velden(werk: Werk) -> dict[str, Any]:
    """Return what can be written of a point, as it is now."""
    rij = werk.rij
    velden = {veld: rij[veld] for veld in Puntvelden.__dataclass_fields__}
    return velden | {"themas": tuple(rij["themas"]), "partners": tuple(rij["partners"])}
