"""Stub until the audit trail of SCHRIJVEN is merged."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Connection, insert

from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.logboek import compose_veranderingen
from gebieden.opslag import tabellen


def append_logregel(
    conn: Connection,
    gebruiker: Gebruiker,
    handeling: str,
    soort: str,
    id_: str,
    *,
    via: str,
    gebied: str | None = None,
    oud: Mapping[str, object] | None = None,
    nieuw: Mapping[str, object] | None = None,
    waarom: str = "",
) -> None:
    """Add one line to the audit trail."""
    conn.execute(
        insert(tabellen.logboek).values(
            sleutel=uuid4().hex,
            moment=datetime.now(UTC),
            gebruiker=gebruiker.nummer,
            rol=gebruiker.kijker.rol,
            via=via,
            handeling=handeling,
            soort=soort,
            id=id_,
            gebied=gebied,
            veranderingen=compose_veranderingen(oud, nieuw),
            waarom=waarom,
        )
    )
