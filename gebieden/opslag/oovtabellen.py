"""The tables of what is kept of signals: how they were judged, matters, aanpakken, warnings, and every delivery."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from gebieden.opslag.dossiertabellen import build_dossiertabel
from gebieden.opslag.tabelbasis import Moment, metadata

zaak = build_dossiertabel(
    "zaak",
    "gebied",
    Column("naam", String, nullable=False),
    Column("categorie", String, nullable=False),
    Column("staat", String, nullable=False),
    Column("toelichting", Text, nullable=False),
    Column("geen_persoon", Boolean, nullable=False),
    Column("reden", String, nullable=False),
    Column("resultaat", String, nullable=False),
)

# Only of signals of which somebody said something: the others are binnengekomen.
beoordeling = build_dossiertabel(
    "beoordeling",
    "gebied",
    Column("signaal", String, nullable=False, index=True),
    Column("staat", String, nullable=False),
    Column("ernst", String, nullable=False),
    Column("zaak", Integer, ForeignKey("zaak.nummer")),
    Column("toelichting", Text, nullable=False),
    Column("geen_persoon", Boolean, nullable=False),
    Column("reden", String, nullable=False),
    Column("resultaat", String, nullable=False),
)

duiding = build_dossiertabel(
    "duiding",
    "gebied",
    Column("maandag", Date, nullable=False),
    Column("venster", Integer, nullable=False),
    Column("categorie", String, nullable=False),
    Column("oordeel", String, nullable=False),
    Column("zaak", Integer, ForeignKey("zaak.nummer")),
    Column("reden", String, nullable=False),
    Column("geen_persoon", Boolean, nullable=False),
)

registratiewijziging = build_dossiertabel(
    "registratiewijziging",
    "gebied",
    Column("datum", Date, nullable=False),
    Column("effect", String, nullable=False),
    Column("categorie", String, nullable=False),
    Column("tot", Date),
    Column("toelichting", Text, nullable=False),
    Column("geen_persoon", Boolean, nullable=False),
)

aanpak = build_dossiertabel(
    "aanpak",
    "gebied",
    Column("naam", String, nullable=False),
    Column("soort", String, nullable=False),
    Column("categorie", String, nullable=False),
    Column("gebieden", JSON, nullable=False),
    Column("begin", Date, nullable=False),
    Column("verwachting", String, nullable=False),
    Column("weken", Integer, nullable=False),
    Column("uitgesloten_weken", Integer, nullable=False),
    Column("ring", JSON, nullable=False),
    Column("vergelijking", JSON, nullable=False),
    Column("vergelijking_ring", JSON, nullable=False),
    Column("bevestigd", Boolean, nullable=False),
    Column("eind", Date),
    Column("partners", JSON, nullable=False),
    Column("toelichting", Text, nullable=False),
    Column("geen_persoon", Boolean, nullable=False),
)

# About the area that something moved from: `gebied` and `van` are the same.
vermoeden = build_dossiertabel(
    "vermoeden",
    "gebied",
    Column("van", String, nullable=False),
    Column("naar", String, nullable=False),
    Column("categorie", String, nullable=False),
    Column("vanaf", Date, nullable=False),
    Column("tot", Date),
    Column("oordeel", String, nullable=False),
    Column("bevestigd_door", String, nullable=False),
    Column("toelichting", Text, nullable=False),
    Column("geen_persoon", Boolean, nullable=False),
)

# When the design of an aanpak was fixed, and what it was: a trigger refuses every change. `datum` is the
# application's day, `moment` the clock's.
aanpakregistratie = Table(
    "aanpakregistratie",
    metadata,
    Column("aanpak", Integer, ForeignKey("aanpak.nummer"), primary_key=True, autoincrement=False),
    Column("datum", Date, nullable=False),
    Column("moment", Moment, nullable=False),
    Column("ontwerp", JSON, nullable=False),
    Column("vingerafdruk", String, nullable=False),
)

# Every write of signals, so that what was known on a day can be counted again: `datum` is the application's day.
levering = Table(
    "levering",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("datum", Date, nullable=False, index=True),
    Column("moment", Moment, nullable=False),
    Column("soort", String, nullable=False),
    Column("aantal", Integer, nullable=False),
    sqlite_autoincrement=True,
)

# What a delivery changed in the counts of a quarter: cells as in `signaaltelling`, packed, counts below zero for what
# was taken out.
leveringcellen = Table(
    "leveringcellen",
    metadata,
    Column("levering", Integer, ForeignKey("levering.nummer"), primary_key=True, autoincrement=False),
    Column("kwartaal", Integer, primary_key=True, autoincrement=False),
    Column("cellen", LargeBinary, nullable=False),
)

# What was worked out for a week, packed JSON; `sleutel` says from which data, settings and method.
weekbeeld = Table(
    "weekbeeld",
    metadata,
    Column("maandag", Date, primary_key=True),
    Column("sleutel", String, primary_key=True),
    Column("gemaakt", Moment, nullable=False),
    Column("beeld", LargeBinary, nullable=False),
)
