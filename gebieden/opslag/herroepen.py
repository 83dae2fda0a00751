"""What was taken back: in every table of changes the row that takes back another names it in `herroept`."""

from functools import cache

from sqlalchemy import ColumnElement, Table, exists, or_


# Made once per table: making it costs more than asking it.
@cache
def is_herroepen(tabel: Table) -> ColumnElement[bool]:
    """Return the condition for a row that was taken back, or that takes back another: neither happened."""
    later = tabel.alias()
    return or_(tabel.c.herroept.is_not(None), exists().where(later.c.herroept == tabel.c.nummer))
