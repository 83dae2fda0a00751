"""What was stored in a meeting: by who ran it, while they did, at the points of its own agenda.

Nothing of that is written down apart: the journals tell who wrote what and when. What was taken back is left out.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table, select

from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.besluitenlijst import Actie, Gebeurd, Puntwijziging
from gebieden.domein.fouten import InvoerError
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.overleg import Besluit, Overleg
from gebieden.domein.punt import Punt
from gebieden.domein.rechten import Kijker, Pagina
from gebieden.domein.zitting import Overlegregel, Zitting, determine_zittingen
from gebieden.opslag import tabellen
from gebieden.opslag.berichtketen import is_geldig
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.dossierlezen import Stuk, load_stukken
from gebieden.opslag.dossiersoorten import BESLUIT, OVERLEG, STAP
from gebieden.opslag.dossierwerk import find_bijwerking, note_stuk, open_stuk
from gebieden.opslag.herroepen import is_herroepen
from gebieden.opslag.lezen import load_berichten, load_punten

_AFGESLOTEN: Final = "is_afgesloten"
_OVERGENOMEN: Final = "overgenomen"
Overlegstuk = Stuk[Overleg]


def compose_wie(gebruiker: Gebruiker) -> str:
    """Return under which name the journals know somebody: a user by number, in demo everybody in a role."""
    return _compose_wie(gebruiker.nummer, gebruiker.kijker.rol)


def _compose_wie(nummer: int | None, rol: str | None) -> str:
    return str(rol) if nummer is None else str(nummer)


def resume_overleg(engine: Engine, gebruiker: Gebruiker, nummer: int, *, sleutel: str, op: date) -> None:
    """Note that this person runs a meeting from now on; raise InvoerError when it is closed or gone."""
    with begin_schrijven(engine, Deel.AGENDA) as conn:
        plek, rij = open_stuk(conn, gebruiker, OVERLEG, nummer, op)
        if find_bijwerking(plek, sleutel, nummer):
            return
        if rij.is_afgesloten:
            raise InvoerError("Dit overleg is intussen afgesloten. Er is niets veranderd. Heropen het als dat moet.")
        note_stuk(plek, nummer, sleutel, _OVERGENOMEN, {_AFGESLOTEN: [False, False]}, "")


def load_zittingen(conn: Connection, nummer: int) -> list[Zitting]:
    """Return who ran a meeting and when; what was taken back of that did not happen."""
    tabel = tabellen.bijwerking
    vraag = select(tabel).where(tabel.c.tabel == OVERLEG.tabel.name, tabel.c.rij == nummer, ~is_herroepen(tabel))
    return determine_zittingen(
        Overlegregel(
            _compose_wie(rij.gebruiker, rij.rol), rij.vastgelegd_op, rij.velden.get(_AFGESLOTEN, [None] * 2)[1]
        )
        for rij in conn.execute(vraag.order_by(tabel.c.nummer))
    )


def load_agenda(
    conn: Connection, kijker: Kijker, boom: Gebiedsboom, stuk: Overlegstuk, peildatum: date
) -> dict[str, Punt]:
    """Return the points that were on the agenda of a meeting on its day and those that came since, by id.

    As they are now, and once it is closed as they were then: what came later was not skipped in it.
    """
    gesloten = [z.tot.astimezone().date() for z in load_zittingen(conn, stuk.nummer) if z.tot]
    einde = min(max(gesloten), peildatum) if stuk.velden.is_afgesloten and gesloten else peildatum
    dagen = sorted({min(stuk.velden.datum, einde), einde})
    binnen = boom.list_binnen({stuk.bij})
    return {p.punt.id: p for dag in dagen for p in load_punten(conn, kijker, dag, binnen)}


def load_besluiten(conn: Connection, kijker: Kijker, stuk: Overlegstuk, peildatum: date) -> list[Stuk[Besluit]]:
    """Return the decisions of a meeting, oldest first."""
    # Somebody of another area may have written its number.
    besluiten = load_stukken(conn, BESLUIT, kijker, peildatum, [stuk.bij])
    return [b for b in besluiten if b.velden.overleg == stuk.nummer]


def count_besluiten(conn: Connection, kijker: Kijker, stukken: Iterable[Overlegstuk], peildatum: date) -> Counter[int]:
    """Return the number of decisions of every one of these meetings."""
    gebieden = {stuk.nummer: stuk.bij for stuk in stukken}
    besluiten = load_stukken(conn, BESLUIT, kijker, peildatum, set(gebieden.values()))
    return Counter(b.velden.overleg for b in besluiten if gebieden.get(b.velden.overleg) == b.bij)


def load_gebeurd(
    conn: Connection,
    kijker: Kijker,
    boom: Gebiedsboom,
    stuk: Overlegstuk,
    ids: Collection[str],
    peildatum: date,
) -> Gebeurd:
    """Return what was stored in a meeting at these points of its agenda, as far as this viewer may read it."""
    if not kijker.mag_pagina(Pagina.OVERLEG):
        return Gebeurd()
    zittingen = load_zittingen(conn, stuk.nummer)
    besluiten = tuple(b.velden for b in load_besluiten(conn, kijker, stuk, peildatum))
    if not zittingen:
        return Gebeurd(besluiten=besluiten)
    return Gebeurd(
        tuple(_list_wijzigingen(conn, zittingen, ids)),
        besluiten,
        tuple(_list_berichten(conn, kijker, boom, zittingen, ids, peildatum)),
        tuple(_list_acties(conn, kijker, zittingen, ids, peildatum)),
    )


def _select_rijen(conn: Connection, tabel: Table, zittingen: Sequence[Zitting], *waar: Any) -> Iterator[Any]:
    """Yield what was written in a table by who ran the meeting while they did, oldest first."""
    begin, einde = min(z.van for z in zittingen), [z.tot for z in zittingen if z.tot]
    vraag = select(tabel).where(tabel.c.vastgelegd_op >= begin, *waar).order_by(tabel.c.nummer)
    if len(einde) == len(zittingen):
        vraag = vraag.where(tabel.c.vastgelegd_op <= max(einde))
    for rij in conn.execute(vraag):
        wie, moment = _compose_wie(rij.gebruiker, rij.rol), rij.vastgelegd_op
        if any(z.is_van(wie, moment) for z in zittingen):
            yield rij


def _list_wijzigingen(conn: Connection, zittingen: Sequence[Zitting], ids: Collection[str]) -> Iterator[Puntwijziging]:
    tabel = tabellen.wijziging
    for rij in _select_rijen(conn, tabel, zittingen, ~is_herroepen(tabel)):
        if rij.agendapunt in ids:
            yield Puntwijziging(rij.agendapunt, rij.velden, rij.dekkingslijn is None)


def _list_berichten(
    conn: Connection,
    kijker: Kijker,
    boom: Gebiedsboom,
    zittingen: Sequence[Zitting],
    ids: Collection[str],
    peildatum: date,
) -> Iterator[Bericht]:
    """Yield the berichten that were written first in the meeting, as they read now, oldest first.

    Of one that this viewer may not read it is told that it is there, and its date: that counts for everybody.
    """
    tabel, soort = tabellen.bericht, Berichtsoort.AGENDAPUNT
    nieuw = {
        rij.nummer: rij.id
        for rij in _select_rijen(conn, tabel, zittingen, tabel.c.soort == soort, tabel.c.corrigeert.is_(None))
        if rij.id in ids
    }
    if not nieuw:
        return
    over = set(nieuw.values())
    leesbaar = {b.nummer: b for b in load_berichten(conn, kijker, boom, peildatum, soort=soort, ids=over)}
    rijen = conn.execute(select(tabel, is_geldig().label("geldt")).where(tabel.c.soort == soort, tabel.c.id.in_(over)))
    per_nummer = {rij.nummer: rij for rij in rijen}
    corrigeert = {nummer: rij.corrigeert for nummer, rij in per_nummer.items()}
    gevonden = [(_find_eerste(corrigeert, nummer), rij) for nummer, rij in per_nummer.items() if rij.geldt]
    for _, rij in sorted((paar for paar in gevonden if paar[0] in nieuw), key=lambda paar: paar[0]):
        yield leesbaar.get(rij.nummer) or Bericht(soort, rij.id, rij.datum, "", nummer=rij.nummer)


def _find_eerste(corrigeert: dict[int, int | None], nummer: int) -> int:
    while (vorige := corrigeert.get(nummer)) is not None:
        nummer = vorige
    return nummer


def _list_acties(
    conn: Connection, kijker: Kijker, zittingen: Sequence[Zitting], ids: Collection[str], peildatum: date
) -> Iterator[Actie]:
    """Yield the steps that were added or changed in the meeting and are still there, as they read now."""
    tabel = tabellen.bijwerking
    aangeraakt: dict[int, list[bool]] = defaultdict(list)
    for rij in _select_rijen(conn, tabel, zittingen, tabel.c.tabel == STAP.tabel.name, ~is_herroepen(tabel)):
        aangeraakt[rij.rij].append(all(oud is None for oud, _ in rij.velden.values()))
    if aangeraakt:
        for stap in load_stukken(conn, STAP, kijker, peildatum, ids):
            if stap.nummer in aangeraakt:
                yield Actie(stap.bij, stap.velden, any(aangeraakt[stap.nummer]))
