"""Running an agenda on the screen: what a state asks for, what was changed, and how often the agreed date moved."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for naam in ("wie_besloot", "aan_wie", "wie_borgt", "eenheid", "wethouder"):
        op.add_column("agendapunt", sa.Column(naam, sa.String, nullable=False, server_default=sa.text("''")))
    op.add_column("agendapunt", sa.Column("bevestigd", sa.Boolean))
    op.add_column("agendapunt", sa.Column("terugkijken_op", sa.Date))
    op.add_column("agendapunt", sa.Column("sinds", sa.Date))
    with op.batch_alter_table("agenda_versie") as versie:
        versie.add_column(sa.Column("vastgesteld_door", sa.String, nullable=False, server_default=sa.text("''")))
        versie.add_column(sa.Column("vastgelegd_op", sa.DateTime(timezone=True)))
        versie.add_column(sa.Column("sleutel", sa.String))
        versie.create_unique_constraint(op.f("uq_agenda_versie_sleutel"), ["sleutel"])
    op.add_column("agendapunt", sa.Column("benodigd", sa.Numeric(12, 2)))
    op.add_column("agendapunt", sa.Column("benodigd_pm", sa.Boolean, nullable=False, server_default=sa.false()))
    create_dekkingslijn()
    create_wijziging()
    create_verzetting()
    with op.batch_alter_table("overgang") as overgang:
        overgang.add_column(sa.Column("wijziging", sa.Integer))
        overgang.add_column(sa.Column("herroept", sa.Integer))
        overgang.add_column(sa.Column("kopie_van", sa.Integer))
        overgang.create_unique_constraint(op.f("uq_overgang_herroept"), ["herroept"])
        overgang.create_foreign_key(op.f("fk_overgang_wijziging"), "wijziging", ["wijziging"], ["nummer"])
        overgang.create_foreign_key(op.f("fk_overgang_herroept"), "overgang", ["herroept"], ["nummer"])
        overgang.create_foreign_key(op.f("fk_overgang_kopie_van"), "overgang", ["kopie_van"], ["nummer"])
    derive_verzettingen()


def create_dekkingslijn() -> None:
    op.create_table(
        "dekkingslijn",
        sa.Column("nummer", sa.Integer, nullable=False),
        sa.Column("agendapunt", sa.String, nullable=False),
        sa.Column("bron", sa.String, nullable=False),
        sa.Column("jaar", sa.Integer),
        sa.Column("partner", sa.String, nullable=False),
        sa.Column("vorm", sa.String, nullable=False),
        sa.Column("stand", sa.String, nullable=False),
        sa.Column("bedrag", sa.Numeric(12, 2)),
        sa.Column("is_pm", sa.Boolean, nullable=False),
        sa.Column("hoeveelheid", sa.Numeric(12, 2)),
        sa.Column("eenheid", sa.String, nullable=False),
        sa.Column("toelichting", sa.Text, nullable=False),
        sa.Column("sinds", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_dekkingslijn")),
        sa.CheckConstraint("bedrag IS NULL OR NOT is_pm", name=op.f("ck_dekkingslijn_bedrag_of_pm")),
        sa.CheckConstraint("(vorm = 'geld') = (hoeveelheid IS NULL)", name=op.f("ck_dekkingslijn_geld_of_hoeveelheid")),
        sa.CheckConstraint(
            "vorm = 'geld' OR (bedrag IS NULL AND NOT is_pm)", name=op.f("ck_dekkingslijn_geen_bedrag_voor_uren")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dekkingslijn_agendapunt"), "dekkingslijn", ["agendapunt"])


def create_wijziging() -> None:
    op.create_table(
        "wijziging",
        sa.Column("nummer", sa.Integer, nullable=False),
        sa.Column("sleutel", sa.String, nullable=False),
        sa.Column("agendapunt", sa.String, nullable=False),
        sa.Column("versie", sa.Integer, nullable=False),
        sa.Column("handeling", sa.String, nullable=False),
        sa.Column("velden", sa.JSON, nullable=False),
        sa.Column("waarom", sa.Text, nullable=False),
        sa.Column("gebruiker", sa.Integer),
        sa.Column("rol", sa.String, nullable=False),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("herroept", sa.Integer),
        sa.Column("dekkingslijn", sa.Integer),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_wijziging")),
        sa.UniqueConstraint("sleutel", name=op.f("uq_wijziging_sleutel")),
        sa.UniqueConstraint("herroept", name=op.f("uq_wijziging_herroept")),
        sa.ForeignKeyConstraint(["herroept"], ["wijziging.nummer"], name=op.f("fk_wijziging_herroept")),
        sa.ForeignKeyConstraint(["dekkingslijn"], ["dekkingslijn.nummer"], name=op.f("fk_wijziging_dekkingslijn")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_wijziging_agendapunt"), "wijziging", ["agendapunt"])


def create_verzetting() -> None:
    op.create_table(
        "verzetting",
        sa.Column("nummer", sa.Integer, nullable=False),
        sa.Column("agendapunt", sa.String, nullable=False),
        sa.Column("versie", sa.Integer, nullable=False),
        sa.Column("oud", sa.Date),
        sa.Column("nieuw", sa.Date),
        sa.Column("datum", sa.Date, nullable=False),
        sa.Column("waarom", sa.Text, nullable=False),
        sa.Column("wijziging", sa.Integer),
        sa.Column("herroept", sa.Integer),
        sa.Column("kopie_van", sa.Integer),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_verzetting")),
        sa.UniqueConstraint("herroept", name=op.f("uq_verzetting_herroept")),
        sa.ForeignKeyConstraint(["wijziging"], ["wijziging.nummer"], name=op.f("fk_verzetting_wijziging")),
        sa.ForeignKeyConstraint(["herroept"], ["verzetting.nummer"], name=op.f("fk_verzetting_herroept")),
        sa.ForeignKeyConstraint(["kopie_van"], ["verzetting.nummer"], name=op.f("fk_verzetting_kopie_van")),
    )
    op.create_index(op.f("ix_verzetting_agendapunt"), "verzetting", ["agendapunt"])


def derive_verzettingen() -> None:
    """Note where the agreed date of a point differs between one version of its agenda and the next."""
    punt = sa.table("agendapunt", *map(sa.column, ("id", "versie", "gebied")), sa.column("afgesproken_gereed", sa.Date))
    versie = sa.table("agenda_versie", *map(sa.column, ("gebied", "versie")), sa.column("datum", sa.Date))
    verzetting = sa.table(
        "verzetting",
        *map(sa.column, ("agendapunt", "versie", "waarom")),
        *(sa.column(naam, sa.Date) for naam in ("oud", "nieuw", "datum")),
    )
    vraag = (
        sa.select(punt, versie.c.datum)
        .join(versie, sa.and_(versie.c.gebied == punt.c.gebied, versie.c.versie == punt.c.versie))
        .order_by(punt.c.id, punt.c.versie)
    )
    rijen = []
    vorige = None
    for rij in op.get_bind().execute(vraag):
        if vorige and vorige.id == rij.id and vorige.afgesproken_gereed != rij.afgesproken_gereed:
            data = {"oud": vorige.afgesproken_gereed, "nieuw": rij.afgesproken_gereed, "datum": rij.datum}
            rijen.append({"agendapunt": rij.id, "versie": rij.versie, "waarom": "", **data})
        vorige = rij
    op.bulk_insert(verzetting, rijen)
