"""What holds per group of categories of signals, as a setting: sensitive or not, and the term of single signals."""

import json
from collections.abc import Mapping
from dataclasses import astuple
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from gebieden.domein.groepsregel import Groepsregel, is_gevoelige_naam
from gebieden.opslag import tabellen
from gebieden.opslag.database import get_instelling, set_instelling

_SLEUTEL: Final = "groepsregels"
_GEWIST: Final = "signalen_gewist_tot"


def load_groepsregels(conn: Connection) -> dict[str, Groepsregel]:
    """Return what holds for every group that has a category, by name.

    Where nobody set anything a group is sensitive when its name or that of one of its categories is.
    """
    per_groep: dict[str, list[str]] = {}
    for naam, groep in load_groep_van(conn).items():
        per_groep.setdefault(groep, [groep]).append(naam)
    bewaard = json.loads(get_instelling(conn, _SLEUTEL) or "{}")
    return {
        groep: Groepsregel(*bewaard[groep]) if groep in bewaard else Groepsregel(is_gevoelige_naam(namen))
        for groep, namen in sorted(per_groep.items(), key=lambda paar: (paar[0].casefold(), paar[0]))
    }


def load_groep_van(conn: Connection) -> dict[str, str]:
    """Return the group of every category that was ever stored, by name; one without a group is its own."""
    groep_van = {r.categorie: r.groep for r in conn.execute(select(tabellen.categoriegroep))}
    namen = conn.scalars(select(tabellen.signaalcategorie.c.naam).order_by(tabellen.signaalcategorie.c.naam))
    return {naam: groep_van.get(naam, naam) for naam in namen}


def store_groepsregels(conn: Connection, regels: Mapping[str, Groepsregel]) -> None:
    """Store what holds for these groups, in the open transaction; others keep what they have."""
    bewaard = json.loads(get_instelling(conn, _SLEUTEL) or "{}")
    bewaard |= {groep: astuple(regel) for groep, regel in regels.items()}
    set_instelling(conn, _SLEUTEL, json.dumps(bewaard, ensure_ascii=False))


def load_gewist_tot(conn: Connection) -> dict[str, date]:
    """Return per category up to which day its single signals were erased."""
    bewaard: dict[str, str] = json.loads(get_instelling(conn, _GEWIST) or "{}")
    return {naam: date.fromisoformat(dag) for naam, dag in bewaard.items()}


def store_gewist_tot(conn: Connection, tot: Mapping[str, date]) -> None:
    """Store up to which day single signals were erased, in the open transaction; it never goes back."""
    eerder = load_gewist_tot(conn)
    samen = eerder | {naam: max(dag, eerder.get(naam, dag)) for naam, dag in tot.items()}
    set_instelling(conn, _GEWIST, json.dumps({n: d.isoformat() for n, d in sorted(samen.items())}, ensure_ascii=False))
