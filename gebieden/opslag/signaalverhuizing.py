"""What was said of a signal goes with it to another area: who may read and change it goes by the area."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select, update

from gebieden.opslag import tabellen


def move_beoordelingen(conn: Connection, ids: Sequence[str], gebieden: Sequence[int]) -> None:
    """Give the judgements of these signals (ids) the area (its number) that the signal has now."""
    if not ids:
        return
    tabel, gebied = tabellen.beoordeling, tabellen.signaalgebied
    codes = {rij.nummer: rij.naam for rij in conn.execute(select(gebied))}
    wijziging = update(tabel).where(tabel.c.signaal == bindparam("id")).values(gebied=bindparam("naar"))
    conn.execute(wijziging, [{"id": id_, "naar": codes[nummer]} for id_, nummer in zip(ids, gebieden, strict=True)])
