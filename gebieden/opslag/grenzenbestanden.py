"""Boundary files as the browser fetches them, stored once under the hash of their content."""

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import IntegrityError

from gebieden.opslag.tabellen import grenzenbestand
from gebieden.opslag.verbinding import as_schrijver


def save_grenzenbestand(engine: Engine, hash_: str, inhoud: bytes) -> None:
    """Store a boundary file under its hash, unless it is there. Not a write of data: no gegevensversie goes up."""
    with engine.connect() as conn:
        if conn.scalar(select(grenzenbestand.c.hash).where(grenzenbestand.c.hash == hash_)):
            return
    try:
        with as_schrijver(engine).begin() as conn:
            conn.execute(insert(grenzenbestand).values(hash=hash_, inhoud=inhoud))
    except IntegrityError:
        # Somebody else stored the same content in the meantime.
        return


def load_grenzeninhoud(conn: Connection, hash_: str) -> bytes | None:
    """Return the gzipped content of a boundary file, or None."""
    return conn.scalar(select(grenzenbestand.c.inhoud).where(grenzenbestand.c.hash == hash_))
