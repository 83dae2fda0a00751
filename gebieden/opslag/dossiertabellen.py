"""The tables of what is kept beside the points of an agenda: each row about a point, about an area, or about neither.

Nothing is deleted: what no longer holds is withdrawn (`ingetrokken`). What was changed is in `bijwerking`.
"""

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, String, Table, Text, false

from gebieden.opslag.tabelbasis import Moment, metadata


def build_dossiertabel(naam: str, bij: str | None, *kolommen: Column[Any]) -> Table:
    """Return a table of which the rows are `bij` an agendapunt (its id), an area (its code), or nothing."""
    sleutel = [] if bij is None else [Column(bij, String, nullable=False, index=True)]
    return Table(
        naam,
        metadata,
        Column("nummer", Integer, primary_key=True),
        *sleutel,
        *kolommen,
        # From which day it is there; before that day it counts nowhere.
        Column("sinds", Date, nullable=False),
        Column("ingetrokken", Boolean, nullable=False, default=False, server_default=false()),
        sqlite_autoincrement=True,
    )


stap = build_dossiertabel(
    "stap",
    "agendapunt",
    Column("soort", String, nullable=False),
    Column("titel", String, nullable=False),
    Column("afgesproken", Date),
    Column("gedaan_op", Date),
)

oordeel = build_dossiertabel(
    "oordeel",
    "agendapunt",
    Column("oordeel", String, nullable=False),
    Column("datum", Date, nullable=False),
    Column("herkomst", String, nullable=False),
    Column("aantal", Integer),
    Column("toelichting", Text, nullable=False),
)

afstemming = build_dossiertabel(
    "afstemming",
    "agendapunt",
    Column("mate", String, nullable=False),
    Column("datum", Date, nullable=False),
    Column("met_wie", String, nullable=False),
    Column("toelichting", Text, nullable=False),
)

wens = build_dossiertabel(
    "wens",
    "gebied",
    Column("bron", String, nullable=False),
    Column("titel", String, nullable=False),
    Column("datum", Date, nullable=False),
    Column("toelichting", Text, nullable=False),
    Column("openbaar", Boolean, nullable=False),
    Column("punten", JSON, nullable=False),
)

kant = build_dossiertabel(
    "kant",
    "gebied",
    Column("soort", String, nullable=False),
    Column("titel", String, nullable=False),
    Column("themas", JSON, nullable=False),
    Column("herkomst", String, nullable=False),
    Column("datum", Date, nullable=False),
    Column("toelichting", Text, nullable=False),
    Column("openbaar", Boolean, nullable=False),
)

partner = build_dossiertabel(
    "partner",
    None,
    Column("naam", String, nullable=False),
    Column("soort", String, nullable=False),
    Column("andere_namen", JSON, nullable=False),
)

inzet = build_dossiertabel(
    "inzet",
    "gebied",
    Column("partner", Integer, ForeignKey("partner.nummer"), nullable=False),
    Column("contactrol", String, nullable=False),
)

convenant = build_dossiertabel(
    "convenant",
    "gebied",
    Column("titel", String, nullable=False),
    Column("staat", String, nullable=False),
    Column("partners", JSON, nullable=False),
    Column("getekend_op", Date),
    Column("loopt_tot", Date),
    Column("toelichting", Text, nullable=False),
)

afspraak = build_dossiertabel(
    "afspraak",
    "gebied",
    Column("partner", Integer, ForeignKey("partner.nummer"), nullable=False),
    Column("thema", String, nullable=False),
    Column("titel", String, nullable=False),
    Column("stand", String, nullable=False),
    Column("agendapunt", String, nullable=False),
    Column("termijn", Date),
    Column("toelichting", Text, nullable=False),
)

overleg = build_dossiertabel(
    "overleg",
    "gebied",
    Column("titel", String, nullable=False),
    Column("datum", Date, nullable=False),
    Column("aanwezig", Text, nullable=False),
    Column("is_afgesloten", Boolean, nullable=False),
)

besluit = build_dossiertabel(
    "besluit",
    "gebied",
    Column("overleg", Integer, ForeignKey("overleg.nummer"), nullable=False),
    Column("tekst", Text, nullable=False),
    Column("agendapunt", String, nullable=False),
)

# Everything that was written in these tables on a screen, as [old, new] per field. Unlike the audit trail it holds
# texts, and so it can be erased. `sleutel` is drawn when the form is opened.
bijwerking = Table(
    "bijwerking",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("sleutel", String, nullable=False, unique=True),
    Column("tabel", String, nullable=False),
    Column("rij", Integer, nullable=False, index=True),
    Column("velden", JSON, nullable=False),
    Column("waarom", Text, nullable=False),
    Column("gebruiker", Integer),
    Column("rol", String, nullable=False),
    Column("vastgelegd_op", Moment, nullable=False),
    Column("herroept", Integer, ForeignKey("bijwerking.nummer"), unique=True),
    sqlite_autoincrement=True,
)
