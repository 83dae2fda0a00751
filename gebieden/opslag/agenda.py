"""Writing agendapunten, initiatieven and berichten as an import brings them: keyed, repeatable, with history."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import Column, Connection, Table, bindparam, delete, insert, select, update

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Agendapunt
from gebieden.domein.bericht import Berichtsoort
from gebieden.domein.fouten import Bevinding
from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruiker
from gebieden.domein.initiatief import INITIATIEF_MACHINE, Initiatief
from gebieden.opslag import tabellen
from gebieden.opslag.database import get_instelling, set_instelling
from gebieden.opslag.logboek import VIA_IMPORT, append_logregel
from gebieden.opslag.overgangen import Rij, Wijziging, save_overgangen
from gebieden.opslag.telling import Telling
from gebieden.opslag.verzettingen import load_datums, save_verzettingen
from gebieden.opslag.weggelaten import report_weggelaten

_VAN_TOESTAND = frozenset(["wie_besloot", "aan_wie", "bevestigd", "wie_borgt", "terugkijken_op"])
_VRIJ = _VAN_TOESTAND | {"eenheid", "wethouder"}
_BENODIGD = frozenset(["benodigd", "benodigd_pm"])


def save_agendapunten(
    conn: Connection,
    punten: Sequence[Agendapunt],
    op: date,
    *,
    door: Gebruiker = OPDRACHTREGEL,
    bestand: str = "",
    vrij: Collection[str] = (),
) -> tuple[Telling, list[Bevinding]]:
    """Store points under id + version and return what happened, with remarks: transitions that the table does not
    allow, and open points that a new version leaves out.

    `op` is the date of the import: a change of state is dated `bijgewerkt_op` when that went forward with it,
    or else `op`. `door` and `bestand` are who brought them in, from which file, for the audit trail. `vrij` are
    the fields, of those that a file may leave out, that it has; the others stay as they are.
    """
    if punten and get_instelling(conn, "geschiedenis_vanaf") is None:
        set_instelling(conn, "geschiedenis_vanaf", op.isoformat())
    _save_versies(conn, punten)
    rijen = [_to_puntrij(punt, vrij) for punt in punten]
    datums = load_datums(conn, {punt.id for punt in punten})
    telling, wijzigingen = _save_rijen(conn, tabellen.agendapunt, ("id", "versie"), rijen)
    _carry_velden(conn, [punt for punt in punten if (punt.versie or 0) not in datums[punt.id]], vrij)
    _save_levenstekens(conn, punten, wijzigingen)
    _log_wijzigingen(conn, Berichtsoort.AGENDAPUNT, wijzigingen, door, bestand)
    save_verzettingen(conn, punten, datums, wijzigingen, op)
    sprongen = save_overgangen(conn, AGENDAPUNT_MACHINE, wijzigingen, op)
    return telling, sprongen + report_weggelaten(conn, punten)


def save_initiatieven(
    conn: Connection,
    initiatieven: Sequence[Initiatief],
    op: date,
    *,
    door: Gebruiker = OPDRACHTREGEL,
    bestand: str = "",
) -> tuple[Telling, list[Bevinding]]:
    """Store initiatives under their id, as `save_agendapunten` does points."""
    rijen = [{**asdict(i), "themas": [str(t) for t in i.themas]} for i in initiatieven]
    telling, wijzigingen = _save_rijen(conn, tabellen.initiatief, ("id",), rijen)
    _log_wijzigingen(conn, Berichtsoort.INITIATIEF, wijzigingen, door, bestand)
    return telling, save_overgangen(conn, INITIATIEF_MACHINE, wijzigingen, op)


def _log_wijzigingen(
    conn: Connection, soort: str, wijzigingen: Iterable[Wijziging], door: Gebruiker, bestand: str
) -> None:
    for oud, nieuw in wijzigingen:
        versie = f"versie {nieuw['versie']}" if nieuw.get("versie") else ""
        waarom = ", ".join(deel for deel in (bestand, versie) if deel)
        plaats = {"via": VIA_IMPORT, "gebied": nieuw["gebied"], "waarom": waarom}
        append_logregel(conn, door, "gewijzigd", soort, nieuw["id"], oud=oud, nieuw=nieuw, **plaats)


def _to_puntrij(punt: Agendapunt, vrij: Collection[str]) -> Rij:
    # What a point costs is in no file.
    weg = {"versiedatum", "benodigd", *_VRIJ.difference(vrij)}
    return {
        **{veld: waarde for veld, waarde in asdict(punt).items() if veld not in weg},
        "versie": punt.versie or tabellen.ZONDER_VERSIE,
        "themas": [str(t) for t in punt.themas],
        "partners": list(punt.partners),
    }


def _carry_velden(conn: Connection, nieuw: Collection[Agendapunt], vrij: Collection[str]) -> None:
    """Give a point that is new in a version what the file does not hold, from the version before.

    What belongs to a state goes along where the state is the same.
    """
    if not nieuw:
        return
    tabel = tabellen.agendapunt
    mee = sorted(_BENODIGD | _VRIJ.difference(vrij))
    bekend: dict[str, dict[int, Rij]] = defaultdict(dict)
    for rij in conn.execute(select(tabel.c.id, tabel.c.versie, tabel.c.staat, *(tabel.c[k] for k in mee))).mappings():
        bekend[rij["id"]][rij["versie"]] = dict(rij)
    for punt in sorted(nieuw, key=lambda p: p.versie or 0):
        rijen, versie = bekend[punt.id], punt.versie or tabellen.ZONDER_VERSIE
        vorige = max((v for v in rijen if v < versie), default=None)
        if vorige is None:
            continue
        zelfde = rijen[vorige]["staat"] == rijen[versie]["staat"]
        waarden = {k: rijen[vorige][k] for k in mee if zelfde or k not in _VAN_TOESTAND}
        if any(rijen[versie][k] != waarde for k, waarde in waarden.items()):
            rijen[versie] |= waarden
            conn.execute(update(tabel).where(tabel.c.id == punt.id, tabel.c.versie == versie).values(waarden))


def _save_versies(conn: Connection, punten: Iterable[Agendapunt]) -> None:
    tabel = tabellen.agenda_versie
    bestaand = {(r.gebied, r.versie): r.datum for r in conn.execute(select(tabel))}
    for punt in punten:
        if punt.versie is None or punt.versiedatum is None:
            continue
        sleutel = (punt.gebied, punt.versie)
        if sleutel not in bestaand:
            conn.execute(insert(tabel).values(gebied=punt.gebied, versie=punt.versie, datum=punt.versiedatum))
        elif bestaand[sleutel] != punt.versiedatum:
            gezocht = (tabel.c.gebied == punt.gebied) & (tabel.c.versie == punt.versie)
            conn.execute(update(tabel).where(gezocht).values(datum=punt.versiedatum))
        bestaand[sleutel] = punt.versiedatum


def _save_rijen(
    conn: Connection, tabel: Table, sleutel: tuple[str, ...], rijen: Sequence[Rij]
) -> tuple[Telling, list[Wijziging]]:
    """Insert or update rows by key; return the count and the changed rows as (old, new) pairs."""
    if not rijen:
        return Telling(), []
    kolommen = [tabel.c[k] for k in rijen[0]]
    bestaand = {tuple(r[k] for k in sleutel): dict(r) for r in conn.execute(select(*kolommen)).mappings()}
    nieuw, wijzigingen, ongewijzigd = [], [], 0
    for rij in rijen:
        oud = bestaand.get(tuple(rij[k] for k in sleutel))
        if oud is None:
            nieuw.append(rij)
        elif oud == rij:
            ongewijzigd += 1
        else:
            wijzigingen.append((oud, rij))
    if nieuw:
        conn.execute(insert(tabel), nieuw)
    if wijzigingen:
        _update_rijen(conn, tabel, sleutel, kolommen, [rij for _, rij in wijzigingen])
    return Telling(len(nieuw), len(wijzigingen), ongewijzigd), wijzigingen


def _update_rijen(
    conn: Connection, tabel: Table, sleutel: tuple[str, ...], kolommen: list[Column], rijen: list[Rij]
) -> None:
    opdracht = update(tabel).values({k.name: bindparam(f"n_{k.name}") for k in kolommen if k.name not in sleutel})
    for veld in sleutel:
        opdracht = opdracht.where(tabel.c[veld] == bindparam(f"n_{veld}"))
    conn.execute(opdracht, [{f"n_{veld}": waarde for veld, waarde in rij.items()} for rij in rijen])


def _save_levenstekens(conn: Connection, punten: Iterable[Agendapunt], wijzigingen: Iterable[Wijziging]) -> None:
    tabel = tabellen.levensteken
    for oud, nieuw in wijzigingen:
        # An earlier date than before is a correction: the later one was never there.
        if oud["bijgewerkt_op"] and nieuw["bijgewerkt_op"] and nieuw["bijgewerkt_op"] < oud["bijgewerkt_op"]:
            onjuist = (tabel.c.agendapunt == nieuw["id"]) & (tabel.c.datum == oud["bijgewerkt_op"])
            conn.execute(delete(tabel).where(onjuist))
    bestaand = {(r.agendapunt, r.datum) for r in conn.execute(select(tabel))}
    ids = {p.id for p in punten}
    rijen = conn.execute(select(tabellen.agendapunt.c.id, tabellen.agendapunt.c.bijgewerkt_op).distinct())
    nieuw_gezien = {(r.id, r.bijgewerkt_op) for r in rijen if r.id in ids and r.bijgewerkt_op} - bestaand
    if nieuw_gezien:
        conn.execute(insert(tabel), [{"agendapunt": id_, "datum": datum} for id_, datum in sorted(nieuw_gezien)])
