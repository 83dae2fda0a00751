"""The tables of the agendas: versions, points, their changes of state, and everything that was changed on a screen."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    String,
    Table,
    Text,
    false,
    text,
)

from gebieden.opslag.tabelbasis import Moment, metadata

ZONDER_VERSIE = 0


agenda_versie = Table(
    "agenda_versie",
    metadata,
    Column("gebied", String, primary_key=True),
    Column("versie", Integer, primary_key=True),
    Column("datum", Date, nullable=False),
    # Of a version that was established on a screen; `sleutel` is drawn when the form is opened.
    Column("vastgesteld_door", String, nullable=False, default="", server_default=text("''")),
    Column("vastgelegd_op", Moment),
    Column("sleutel", String, unique=True),
)

agendapunt = Table(
    "agendapunt",
    metadata,
    Column("id", String, primary_key=True),
    Column("versie", Integer, primary_key=True, default=ZONDER_VERSIE),
    Column("gebied", String, nullable=False, index=True),
    Column("titel", String, nullable=False),
    Column("omschrijving", Text, nullable=False, default=""),
    Column("themas", JSON, nullable=False),
    Column("staat", String, nullable=False),
    Column("soort", String),
    Column("trekker", String, nullable=False, default=""),
    Column("partners", JSON, nullable=False),
    Column("afgesproken_gereed", Date),
    Column("wacht_op", String),
    Column("reden", Text, nullable=False, default=""),
    # What a state asks for when it is entered; empty in every other state.
    Column("wie_besloot", String, nullable=False, default="", server_default=text("''")),
    Column("aan_wie", String, nullable=False, default="", server_default=text("''")),
    Column("bevestigd", Boolean),
    Column("wie_borgt", String, nullable=False, default="", server_default=text("''")),
    Column("terugkijken_op", Date),
    Column("eenheid", String, nullable=False, default="", server_default=text("''")),
    Column("wethouder", String, nullable=False, default="", server_default=text("''")),
    # What it costs: an amount, PM, or neither, which is not known.
    Column("benodigd", Numeric(12, 2)),
    Column("benodigd_pm", Boolean, nullable=False, default=False, server_default=false()),
    Column("openbaar", Boolean, nullable=False, default=False),
    Column("bijgewerkt_op", Date),
    # From which day it is there, for what was made on a screen; before that day it counts nowhere.
    Column("sinds", Date),
    Column("herkomst", String, nullable=False, default=""),
    Column("lon", Float),
    Column("lat", Float),
    CheckConstraint("staat <> 'wacht_op' OR wacht_op IS NOT NULL", name="wacht_op_heeft_reden"),
)

# Every date on which a point is known to have had a bericht or transition, so that an earlier
# peildatum still finds the one before the last.
levensteken = Table(
    "levensteken",
    metadata,
    Column("agendapunt", String, primary_key=True),
    Column("datum", Date, primary_key=True),
)

overgang = Table(
    "overgang",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("soort", String, nullable=False),
    Column("id", String, nullable=False),
    Column("versie", Integer, nullable=False, default=ZONDER_VERSIE),
    Column("van", String, nullable=False),
    Column("naar", String, nullable=False),
    # What the object waited for before this change: an earlier peildatum still has to tell.
    Column("wacht_op", String),
    Column("datum", Date, nullable=False),
    Column("wie", String, nullable=False),
    Column("rol", String, nullable=False),
    Column("waarom", Text, nullable=False, default=""),
    Column("openbaar", Boolean, nullable=False, default=False),
    Column("vastgelegd_op", Moment, nullable=False),
    # What was done on a screen has a row in `wijziging`. A change of state that was taken back is followed by one in
    # the other direction, of the same day, that names it; neither counts as news of the point.
    Column("wijziging", Integer, ForeignKey("wijziging.nummer")),
    Column("herroept", Integer, ForeignKey("overgang.nummer"), unique=True),
    # A version that is established takes the history of its points along, so that every version has all of it. Who
    # counts what happened to a point, whatever the version, leaves copies out.
    Column("kopie_van", Integer, ForeignKey("overgang.nummer")),
    Index("ix_overgang_object", "soort", "id"),
)

# Everything that was changed of a point on a screen: what undoing goes back to. Unlike the audit trail it holds texts,
# and so it can be erased. `velden` maps a field to [old, new]; `sleutel` is drawn when the form is opened.
wijziging = Table(
    "wijziging",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("sleutel", String, nullable=False, unique=True),
    Column("agendapunt", String, nullable=False, index=True),
    Column("versie", Integer, nullable=False),
    Column("handeling", String, nullable=False),
    Column("velden", JSON, nullable=False),
    Column("waarom", Text, nullable=False, default=""),
    Column("gebruiker", Integer),
    Column("rol", String, nullable=False),
    Column("vastgelegd_op", Moment, nullable=False),
    Column("herroept", Integer, ForeignKey("wijziging.nummer"), unique=True),
    # The contribution that `velden` are of; empty where they are those of the point itself.
    Column("dekkingslijn", Integer, ForeignKey("dekkingslijn.nummer")),
    sqlite_autoincrement=True,
)

# Every time that the agreed date of a point moved. What was taken back is followed by one that names it.
verzetting = Table(
    "verzetting",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("agendapunt", String, nullable=False, index=True),
    Column("versie", Integer, nullable=False),
    Column("oud", Date),
    Column("nieuw", Date),
    Column("datum", Date, nullable=False),
    Column("waarom", Text, nullable=False, default=""),
    Column("wijziging", Integer, ForeignKey("wijziging.nummer")),
    Column("herroept", Integer, ForeignKey("verzetting.nummer"), unique=True),
    Column("kopie_van", Integer, ForeignKey("verzetting.nummer")),
)

# Who pays or does which part of a point. Never deleted: what does not come is in the stand `ingetrokken`.
dekkingslijn = Table(
    "dekkingslijn",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("agendapunt", String, nullable=False, index=True),
    Column("bron", String, nullable=False),
    Column("jaar", Integer),
    Column("partner", String, nullable=False),
    Column("vorm", String, nullable=False),
    Column("stand", String, nullable=False),
    Column("bedrag", Numeric(12, 2)),
    Column("is_pm", Boolean, nullable=False),
    Column("hoeveelheid", Numeric(12, 2)),
    Column("eenheid", String, nullable=False),
    Column("toelichting", Text, nullable=False),
    # From which day it is there; before that day it counts nowhere.
    Column("sinds", Date, nullable=False),
    CheckConstraint("bedrag IS NULL OR NOT is_pm", name="bedrag_of_pm"),
    CheckConstraint("(vorm = 'geld') = (hoeveelheid IS NULL)", name="geld_of_hoeveelheid"),
    CheckConstraint("vorm = 'geld' OR (bedrag IS NULL AND NOT is_pm)", name="geen_bedrag_voor_uren"),
    sqlite_autoincrement=True,
)
