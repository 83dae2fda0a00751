"""Taking back one's own last change of a point: everything is as it was before, and both stay in the journal."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, Engine, delete, exists, func, or_, select

from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.fouten import InvoerError
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Handeling
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.platwaarden import from_plat, to_plat
from gebieden.opslag.puntgevolgen import append_overgang, append_verzetting
from gebieden.opslag.puntwerk import (
    VOORGESTELD,
    Gewijzigd,
    Werk,
    Wijzigingrij,
    append_puntregel,
    append_wijziging,
    check_recht,
    find_laatste,
    find_wijziging,
    open_punt,
    store_wijziging,
)

HERROEPEN = "wijziging_herroepen"
# What was written down about a point, and would be lost from sight without it.
_BIJ_PUNT = (tabellen.stap, tabellen.oordeel, tabellen.afstemming)


def undo_wijziging(engine: Engine, gebruiker: Gebruiker, id_: str, nummer: int, *, sleutel: str, op: date) -> Gewijzigd:
    """Take back this person's own last change of a point, `nummer` in the journal: everything is as it was before.

    Raise InvoerError when there is nothing to take back, or when somebody changed the same since.
    """
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        if (herhaald := find_wijziging(conn, gebruiker, sleutel, id_)) and herhaald.handeling == HERROEPEN:
            # A proposal that was taken back is not there any more.
            return Gewijzigd(id_, was_er_al=True)
        werk = open_punt(conn, gebruiker, id_, op, Handeling.PUNT_VOORSTELLEN)
        eigen = find_laatste(conn, werk.schrijver, id_)
        if eigen is None or eigen.nummer != nummer:
            raise InvoerError("Er is intussen iets veranderd. Er is niets ongedaan gemaakt. Kijk opnieuw en kies dan.")
        if not _is_nog_zo(werk, eigen):
            raise InvoerError(
                "Na uw wijziging is hetzelfde nog eens veranderd, dus ongedaan maken kan niet meer. Er is niets "
                "veranderd. Wijzig het punt als dat nodig is."
            )
        if eigen.handeling != VOORGESTELD:
            check_recht(conn, gebruiker, Handeling.PUNT_BEHEREN, werk.rij["gebied"], op)
        else:
            return _remove_voorstel(werk, eigen, sleutel)
        velden = {veld: from_plat(tabellen.agendapunt.c[veld], oud) for veld, (oud, _) in eigen.velden.items()}
        herroeping = store_wijziging(werk, sleutel, HERROEPEN, velden, herroept=nummer)
        _herroep_gevolgen(werk, nummer, herroeping)
        return Gewijzigd(id_)


def find_ongedaan_punt(conn: Connection, gebruiker: Gebruiker, id_: str) -> Wijzigingrij | None:
    """Return this person's own last change of a point that holds: the one that `undo_wijziging` takes back."""
    if "\x00" in id_ or not gebruiker.kijker.mag(Handeling.PUNT_VOORSTELLEN):
        return None
    eigen = find_laatste(conn, gebruiker, id_)
    punt = tabellen.agendapunt
    # What was changed before the last version was established stands in the version before: that one is closed.
    nu = conn.scalar(select(func.max(punt.c.versie)).where(punt.c.id == id_))
    return eigen if eigen is not None and eigen.versie == nu else None


def _herroep_gevolgen(werk: Werk, nummer: int, herroeping: int) -> None:
    """Take back, of the same day, the change of state and the move of the date that came with a change."""
    overgang, verzetting = tabellen.overgang, tabellen.verzetting
    for rij in werk.conn.execute(select(overgang).where(overgang.c.wijziging == nummer)).all():
        append_overgang(werk, rij.naar, rij.van, rij.datum, herroeping, "", rij.openbaar, herroept=rij.nummer)
    for rij in werk.conn.execute(select(verzetting).where(verzetting.c.wijziging == nummer)).all():
        terug = replace(werk, op=rij.datum)
        append_verzetting(terug, rij.nieuw, rij.oud, herroeping, "", herroept=rij.nummer)


def _is_nog_zo(werk: Werk, eigen: Wijzigingrij) -> bool:
    return eigen.versie == werk.versie and all(
        to_plat(werk.rij[veld]) == nieuw for veld, (_, nieuw) in eigen.velden.items()
    )


def _remove_voorstel(werk: Werk, eigen: Wijzigingrij, sleutel: str) -> Gewijzigd:
    """Remove a proposal that was in no version, if nobody has done anything with it."""
    conn, id_ = werk.conn, werk.id
    bericht, journaal = tabellen.bericht, tabellen.wijziging
    is_besproken = conn.scalar(
        select(
            exists().where(bericht.c.soort == Berichtsoort.AGENDAPUNT, bericht.c.id == id_)
            | exists().where(journaal.c.agendapunt == id_, journaal.c.nummer != eigen.nummer)
            | or_(*(exists().where(t.c.agendapunt == id_, ~t.c.ingetrokken) for t in _BIJ_PUNT))
        )
    )
    if is_besproken:
        raise InvoerError(
            "Met dit voorstel is al iets gedaan, dus intrekken kan niet meer. Er is niets veranderd. "
            "Laat de gebiedsregisseur het op vervallen zetten, met de reden."
        )
    weg: dict[str, list[object]] = {veld: [nieuw, None] for veld, (_, nieuw) in eigen.velden.items()}
    append_wijziging(werk, sleutel, HERROEPEN, weg, herroept=eigen.nummer)
    append_puntregel(werk, HERROEPEN, weg)
    conn.execute(delete(tabellen.agendapunt).where(tabellen.agendapunt.c.id == id_))
    return Gewijzigd(id_)
