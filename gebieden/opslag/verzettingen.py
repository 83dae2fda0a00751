"""How often the agreed date of a point moved, and from what to what."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select

from gebieden.domein.agendapunt import Agendapunt
from gebieden.opslag import tabellen
from gebieden.opslag.herroepen import is_herroepen
from gebieden.opslag.overgangen import Rij, Wijziging, determine_datum

tabel = tabellen.verzetting
Datums = dict[str, dict[int, date | None]]


@dataclass(frozen=True, slots=True)
class Verzetting:
    """One move of an agreed date, on the day `datum`; None is no date."""

    oud: date | None
    nieuw: date | None
    datum: date

    @property
    def is_verzet(self) -> bool:
        """Whether a date that had been agreed was given up: agreeing on a first one is no move."""
        return self.oud is not None


def load_verzettingen(
    conn: Connection, peildatum: date, ids: Collection[str] | None = None
) -> dict[str, list[Verzetting]]:
    """Return per point (or for these) every change of the agreed date up to the peildatum, oldest first.

    What was taken back is left out.
    """
    vraag = select(tabel).where(tabel.c.datum <= peildatum, tabel.c.kopie_van.is_(None), ~is_herroepen(tabel))
    if ids is not None:
        vraag = vraag.where(tabel.c.agendapunt.in_(ids))
    per_punt: dict[str, list[Verzetting]] = defaultdict(list)
    for rij in conn.execute(vraag.order_by(tabel.c.datum, tabel.c.nummer)):
        per_punt[rij.agendapunt].append(Verzetting(rij.oud, rij.nieuw, rij.datum))
    return dict(per_punt)


def load_datums(conn: Connection, ids: Collection[str]) -> Datums:
    """Return the agreed date of every stored row of these points, by id and version."""
    punt = tabellen.agendapunt
    datums: Datums = defaultdict(dict)
    for rij in conn.execute(select(punt.c.id, punt.c.versie, punt.c.afgesproken_gereed)):
        if rij.id in ids:
            datums[rij.id][rij.versie] = rij.afgesproken_gereed
    return datums


def save_verzettingen(
    conn: Connection, punten: Iterable[Agendapunt], eerder: Datums, wijzigingen: Iterable[Wijziging], op: date
) -> None:
    """Record which agreed dates an import of these points moved: in a version, and from one version to the next.

    `eerder` is what `load_datums` said before the import.
    """
    rijen = [
        _build_rij(na["id"], na["versie"], voor["afgesproken_gereed"], na["afgesproken_gereed"], wanneer)
        for voor, na in wijzigingen
        if voor["afgesproken_gereed"] != na["afgesproken_gereed"]
        for wanneer in [determine_datum(voor, na, op)]
    ]
    for punt in sorted((p for p in punten if p.versie), key=lambda p: (p.id, p.versie or 0)):
        bekend = eerder[punt.id]
        vorige = max((v for v in bekend if 0 < v < (punt.versie or 0)), default=None)
        if punt.versie not in bekend and vorige and bekend[vorige] != punt.afgesproken_gereed:
            dag = punt.versiedatum or op
            rijen.append(_build_rij(punt.id, punt.versie or 0, bekend[vorige], punt.afgesproken_gereed, dag))
        bekend[punt.versie or 0] = punt.afgesproken_gereed
    if rijen:
        conn.execute(insert(tabel), rijen)


def _build_rij(id_: str, versie: int, oud: date | None, nieuw: date | None, datum: date) -> Rij:
    return {"agendapunt": id_, "versie": versie, "oud": oud, "nieuw": nieuw, "datum": datum, "waarom": ""}
