"""The schema as the first released program (Fundament) made it. Frozen: what changes later is a later migration."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    instelling = op.create_table(
        "instelling",
        sa.Column("sleutel", sa.String(), nullable=False),
        sa.Column("waarde", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sleutel", name=op.f("pk_instelling")),
    )
    op.bulk_insert(instelling, [{"sleutel": "gegevensversie", "waarde": "0"}])
    create_gebieden()
    create_agenda()
    create_signalen()


def create_gebieden() -> None:
    op.create_table(
        "gebied",
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("niveau", sa.String(), nullable=False),
        sa.Column("inwoners", sa.Integer()),
        sa.Column("geldig_vanaf", sa.Date()),
        sa.Column("geldig_tot", sa.Date()),
        sa.Column("schematisch", sa.Boolean(), nullable=False),
        sa.Column("geometrie", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_gebied")),
        sa.UniqueConstraint("code", "geldig_vanaf", name=op.f("uq_gebied_code_geldig_vanaf")),
    )
    op.create_index(op.f("ix_gebied_code"), "gebied", ["code"])
    op.create_index(op.f("ix_gebied_niveau"), "gebied", ["niveau"])
    op.create_table(
        "gebied_buurt",
        sa.Column("gebied_nummer", sa.Integer(), nullable=False),
        sa.Column("buurt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gebied_nummer"], ["gebied.nummer"], name=op.f("fk_gebied_buurt_gebied_nummer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("gebied_nummer", "buurt", name=op.f("pk_gebied_buurt")),
    )
    op.create_table(
        "grenzenbestand",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_grenzenbestand")),
    )


def create_agenda() -> None:
    op.create_table(
        "agenda_versie",
        sa.Column("gebied", sa.String(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("gebied", "versie", name=op.f("pk_agenda_versie")),
    )
    op.create_table(
        "agendapunt",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("gebied", sa.String(), nullable=False),
        sa.Column("titel", sa.String(), nullable=False),
        sa.Column("omschrijving", sa.Text(), nullable=False),
        sa.Column("themas", sa.JSON(), nullable=False),
        sa.Column("staat", sa.String(), nullable=False),
        sa.Column("soort", sa.String()),
        sa.Column("trekker", sa.String(), nullable=False),
        sa.Column("partners", sa.JSON(), nullable=False),
        sa.Column("afgesproken_gereed", sa.Date()),
        sa.Column("wacht_op", sa.String()),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("openbaar", sa.Boolean(), nullable=False),
        sa.Column("bijgewerkt_op", sa.Date()),
        sa.Column("herkomst", sa.String(), nullable=False),
        sa.Column("lon", sa.Float()),
        sa.Column("lat", sa.Float()),
        sa.CheckConstraint(
            "staat <> 'wacht_op' OR wacht_op IS NOT NULL", name=op.f("ck_agendapunt_wacht_op_heeft_reden")
        ),
        sa.PrimaryKeyConstraint("id", "versie", name=op.f("pk_agendapunt")),
    )
    op.create_index(op.f("ix_agendapunt_gebied"), "agendapunt", ["gebied"])
    op.create_table(
        "levensteken",
        sa.Column("agendapunt", sa.String(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("agendapunt", "datum", name=op.f("pk_levensteken")),
    )
    op.create_table(
        "overgang",
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("van", sa.String(), nullable=False),
        sa.Column("naar", sa.String(), nullable=False),
        sa.Column("wacht_op", sa.String()),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("wie", sa.String(), nullable=False),
        sa.Column("rol", sa.String(), nullable=False),
        sa.Column("waarom", sa.Text(), nullable=False),
        sa.Column("openbaar", sa.Boolean(), nullable=False),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_overgang")),
    )
    op.create_index("ix_overgang_object", "overgang", ["soort", "id"])
    op.create_table(
        "initiatief",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("gebied", sa.String(), nullable=False),
        sa.Column("titel", sa.String(), nullable=False),
        sa.Column("omschrijving", sa.Text(), nullable=False),
        sa.Column("themas", sa.JSON(), nullable=False),
        sa.Column("staat", sa.String(), nullable=False),
        sa.Column("aangevraagd", sa.Numeric(precision=12, scale=2)),
        sa.Column("toegekend", sa.Numeric(precision=12, scale=2)),
        sa.Column("ingediend_op", sa.Date()),
        sa.Column("besluit_op", sa.Date()),
        sa.Column("openbaar", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiatief")),
    )
    op.create_index(op.f("ix_initiatief_gebied"), "initiatief", ["gebied"])
    op.create_table(
        "bericht",
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("openbaar", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_bericht")),
    )
    op.create_index("ix_bericht_object", "bericht", ["soort", "id", "datum"])


def create_signalen() -> None:
    op.create_table(
        "categoriegroep",
        sa.Column("categorie", sa.String(), nullable=False),
        sa.Column("groep", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("categorie", name=op.f("pk_categoriegroep")),
    )
    op.create_table(
        "signaalcategorie",
        sa.Column("nummer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_signaalcategorie")),
        sa.UniqueConstraint("naam", name=op.f("uq_signaalcategorie_naam")),
    )
    op.create_table(
        "signaalbron",
        sa.Column("nummer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_signaalbron")),
        sa.UniqueConstraint("naam", name=op.f("uq_signaalbron_naam")),
    )
    op.create_table(
        "signaalgebied",
        sa.Column("nummer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_signaalgebied")),
        sa.UniqueConstraint("naam", name=op.f("uq_signaalgebied_naam")),
    )
    op.create_table(
        "signaal",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dag", sa.Integer(), nullable=False),
        sa.Column("categorie", sa.Integer(), nullable=False),
        sa.Column("bron", sa.Integer(), nullable=False),
        sa.Column("gebied", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signaal")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "signaaltelling",
        sa.Column("kwartaal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.Column("cellen", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kwartaal", name=op.f("pk_signaaltelling")),
    )
