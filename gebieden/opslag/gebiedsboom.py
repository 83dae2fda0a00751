"""The tree of areas as it was last committed, kept per database: whoever writes a single thing asks for it again."""

from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Pool

from gebieden.domein.gebied import Gebiedsboom
from gebieden.opslag.database import get_toestand
from gebieden.opslag.gebieden import load_gebiedsboom

_Sleutel = tuple[int, date]
_LAATSTE: WeakKeyDictionary[Pool, tuple[_Sleutel, Gebiedsboom]] = WeakKeyDictionary()


def get_gebiedsboom(conn: Connection, peildatum: date) -> Gebiedsboom:
    """Return the tree on the peildatum; not for a transaction that has changed areas itself."""
    sleutel = (get_toestand(conn).versies.gebieden, peildatum)
    bewaard = _LAATSTE.get(conn.engine.pool)
    if bewaard is None or bewaard[0] != sleutel:
        bewaard = _LAATSTE[conn.engine.pool] = (sleutel, load_gebiedsboom(conn, peildatum))
    return bewaard[1]
