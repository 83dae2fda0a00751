"""The schema of the database, as SQLAlchemy tables. Geometry is WKB in EPSG:28992."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from gebieden.opslag.agendatabellen import ZONDER_VERSIE as ZONDER_VERSIE
from gebieden.opslag.agendatabellen import agenda_versie as agenda_versie
from gebieden.opslag.agendatabellen import agendapunt as agendapunt
from gebieden.opslag.agendatabellen import dekkingslijn as dekkingslijn
from gebieden.opslag.agendatabellen import levensteken as levensteken
from gebieden.opslag.agendatabellen import overgang as overgang
from gebieden.opslag.agendatabellen import verzetting as verzetting
from gebieden.opslag.agendatabellen import wijziging as wijziging
from gebieden.opslag.dossiertabellen import afspraak as afspraak
from gebieden.opslag.dossiertabellen import afstemming as afstemming
from gebieden.opslag.dossiertabellen import besluit as besluit
from gebieden.opslag.dossiertabellen import bijwerking as bijwerking
from gebieden.opslag.dossiertabellen import convenant as convenant
from gebieden.opslag.dossiertabellen import inzet as inzet
from gebieden.opslag.dossiertabellen import kant as kant
from gebieden.opslag.dossiertabellen import oordeel as oordeel
from gebieden.opslag.dossiertabellen import overleg as overleg
from gebieden.opslag.dossiertabellen import partner as partner
from gebieden.opslag.dossiertabellen import stap as stap
from gebieden.opslag.dossiertabellen import wens as wens
from gebieden.opslag.oovtabellen import aanpak as aanpak
from gebieden.opslag.oovtabellen import aanpakregistratie as aanpakregistratie
from gebieden.opslag.oovtabellen import beoordeling as beoordeling
from gebieden.opslag.oovtabellen import duiding as duiding
from gebieden.opslag.oovtabellen import levering as levering
from gebieden.opslag.oovtabellen import leveringcellen as leveringcellen
from gebieden.opslag.oovtabellen import registratiewijziging as registratiewijziging
from gebieden.opslag.oovtabellen import vermoeden as vermoeden
from gebieden.opslag.oovtabellen import weekbeeld as weekbeeld
from gebieden.opslag.oovtabellen import zaak as zaak
from gebieden.opslag.signaaltabellen import categoriegroep as categoriegroep
from gebieden.opslag.signaaltabellen import signaal as signaal
from gebieden.opslag.signaaltabellen import signaalbron as signaalbron
from gebieden.opslag.signaaltabellen import signaalcategorie as signaalcategorie
from gebieden.opslag.signaaltabellen import signaalgebied as signaalgebied
from gebieden.opslag.signaaltabellen import signaaltelling as signaaltelling
from gebieden.opslag.tabelbasis import Moment, metadata

SCHEMAVERSIE = 5
"""The number of the last migration in `gebieden.opslag.migraties`."""


instelling = Table(
    "instelling",
    metadata,
    Column("sleutel", String, primary_key=True),
    Column("waarde", String, nullable=False),
)

gebied = Table(
    "gebied",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("code", String, nullable=False, index=True),
    Column("naam", String, nullable=False),
    Column("niveau", String, nullable=False, index=True),
    Column("inwoners", Integer),
    Column("geldig_vanaf", Date),
    Column("geldig_tot", Date),
    Column("schematisch", Boolean, nullable=False, default=False),
    Column("geometrie", LargeBinary),
    UniqueConstraint("code", "geldig_vanaf"),
)

gebied_buurt = Table(
    "gebied_buurt",
    metadata,
    Column("gebied_nummer", Integer, ForeignKey("gebied.nummer", ondelete="CASCADE"), primary_key=True),
    Column("buurt", String, primary_key=True),
)

grenzenbestand = Table(
    "grenzenbestand",
    metadata,
    Column("hash", String, primary_key=True),
    Column("inhoud", LargeBinary, nullable=False),
)

initiatief = Table(
    "initiatief",
    metadata,
    Column("id", String, primary_key=True),
    Column("gebied", String, nullable=False, index=True),
    Column("titel", String, nullable=False),
    Column("omschrijving", Text, nullable=False, default=""),
    Column("themas", JSON, nullable=False),
    Column("staat", String, nullable=False),
    Column("aangevraagd", Numeric(12, 2)),
    Column("toegekend", Numeric(12, 2)),
    Column("ingediend_op", Date),
    Column("besluit_op", Date),
    Column("openbaar", Boolean, nullable=False, default=False),
)

bericht = Table(
    "bericht",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("soort", String, nullable=False),
    Column("id", String, nullable=False),
    Column("datum", Date, nullable=False),
    Column("tekst", Text, nullable=False),
    Column("openbaar", Boolean, nullable=False, default=False),
    # What came from a screen has all of these; what was imported has none. `sleutel` is drawn when the form is
    # opened, so that sending it twice stores it once.
    Column("sleutel", String, unique=True),
    Column("gebruiker", Integer),
    Column("rol", String),
    Column("vastgelegd_op", Moment),
    # A bericht is never overwritten: a correction is a row that follows another, and no row is followed twice.
    Column("corrigeert", Integer, ForeignKey("bericht.nummer"), unique=True),
    Column("ingetrokken", Boolean, nullable=False, default=False, server_default=false()),
    # With all that the last day of a bericht asks for, so that the rows themselves need not be read.
    Index("ix_bericht_object", "soort", "id", "datum", "ingetrokken"),
    sqlite_autoincrement=True,
)

# Who may sign in, and as what. `uitgever` and `onderwerp` (OpenID Connect's iss and sub) are filled in at the first
# sign-in; from then on those two say who it is, not the name that one signs in with.
gebruiker = Table(
    "gebruiker",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("aanmeldnaam", String, nullable=False, unique=True),
    Column("naam", String, nullable=False, default=""),
    Column("rol", String, nullable=False),
    Column("actief", Boolean, nullable=False, default=True),
    Column("uitgever", String),
    Column("onderwerp", String),
    UniqueConstraint("uitgever", "onderwerp"),
    sqlite_autoincrement=True,
)

gebruiker_gebied = Table(
    "gebruiker_gebied",
    metadata,
    Column("gebruiker", Integer, ForeignKey("gebruiker.nummer", ondelete="CASCADE"), primary_key=True),
    Column("gebied", String, primary_key=True),
)

# The audit trail. Append-only: triggers refuse update and delete. A person is a number here, so that who leaves
# can be erased from `gebruiker`; texts and contact data never enter it, only that they changed.
logboek = Table(
    "logboek",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("sleutel", String, nullable=False, unique=True),
    Column("moment", Moment, nullable=False, index=True),
    Column("gebruiker", Integer),
    Column("rol", String, nullable=False),
    Column("via", String, nullable=False),
    Column("handeling", String, nullable=False),
    Column("soort", String, nullable=False),
    Column("id", String, nullable=False),
    Column("gebied", String),
    Column("veranderingen", JSON, nullable=False),
    Column("waarom", Text, nullable=False, default=""),
    Index("ix_logboek_object", "soort", "id"),
)


def get_gegevenstabellen() -> list[Table]:
    """Return the tables that hold data of a gemeente, each after those that it refers to.

    Settings, who may sign in and what was done are not among them: those outlive the data.
    """
    blijft = (instelling, gebruiker, gebruiker_gebied, logboek)
    return [tabel for tabel in metadata.sorted_tables if tabel not in blijft]
