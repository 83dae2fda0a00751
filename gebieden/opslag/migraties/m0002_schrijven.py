"""People, the audit trail, corrections of berichten, and a number for each part of the data."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_DELEN = ("gebieden", "agenda", "signalen", "instellingen", "gebruikers")


def upgrade() -> None:
    instelling = sa.table("instelling", sa.column("sleutel", sa.String), sa.column("waarde", sa.String))
    op.bulk_insert(instelling, [{"sleutel": f"versie_{deel}", "waarde": "0"} for deel in _DELEN])
    extend_bericht()
    create_gebruikers()
    create_logboek()
    if op.get_bind().dialect.name == "sqlite":
        close_logboek_sqlite()
    else:
        close_logboek_postgresql()


def extend_bericht() -> None:
    # The audit trail says which bericht by its number: never a second one of the same.
    with op.batch_alter_table("bericht", table_kwargs={"sqlite_autoincrement": True}) as bericht:
        bericht.add_column(sa.Column("sleutel", sa.String))
        bericht.add_column(sa.Column("gebruiker", sa.Integer))
        bericht.add_column(sa.Column("rol", sa.String))
        bericht.add_column(sa.Column("vastgelegd_op", sa.DateTime(timezone=True)))
        bericht.add_column(sa.Column("corrigeert", sa.Integer))
        bericht.add_column(sa.Column("ingetrokken", sa.Boolean, nullable=False, server_default=sa.false()))
        bericht.create_unique_constraint(op.f("uq_bericht_sleutel"), ["sleutel"])
        bericht.create_unique_constraint(op.f("uq_bericht_corrigeert"), ["corrigeert"])
        bericht.create_foreign_key(op.f("fk_bericht_corrigeert"), "bericht", ["corrigeert"], ["nummer"])


def create_gebruikers() -> None:
    op.create_table(
        "gebruiker",
        sa.Column("nummer", sa.Integer, nullable=False),
        sa.Column("aanmeldnaam", sa.String, nullable=False),
        sa.Column("naam", sa.String, nullable=False),
        sa.Column("rol", sa.String, nullable=False),
        sa.Column("actief", sa.Boolean, nullable=False),
        sa.Column("uitgever", sa.String),
        sa.Column("onderwerp", sa.String),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_gebruiker")),
        sa.UniqueConstraint("aanmeldnaam", name=op.f("uq_gebruiker_aanmeldnaam")),
        sa.UniqueConstraint("uitgever", "onderwerp", name=op.f("uq_gebruiker_uitgever_onderwerp")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "gebruiker_gebied",
        sa.Column("gebruiker", sa.Integer, nullable=False),
        sa.Column("gebied", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("gebruiker", "gebied", name=op.f("pk_gebruiker_gebied")),
        sa.ForeignKeyConstraint(
            ["gebruiker"], ["gebruiker.nummer"], name=op.f("fk_gebruiker_gebied_gebruiker"), ondelete="CASCADE"
        ),
    )


def create_logboek() -> None:
    op.create_table(
        "logboek",
        sa.Column("nummer", sa.Integer, nullable=False),
        sa.Column("sleutel", sa.String, nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gebruiker", sa.Integer),
        sa.Column("rol", sa.String, nullable=False),
        sa.Column("via", sa.String, nullable=False),
        sa.Column("handeling", sa.String, nullable=False),
        sa.Column("soort", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("gebied", sa.String),
        sa.Column("veranderingen", sa.JSON, nullable=False),
        sa.Column("waarom", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_logboek")),
        sa.UniqueConstraint("sleutel", name=op.f("uq_logboek_sleutel")),
    )
    op.create_index(op.f("ix_logboek_moment"), "logboek", ["moment"])
    op.create_index("ix_logboek_object", "logboek", ["soort", "id"])


def close_logboek_sqlite() -> None:
    """Refuse every change of a row that is there; INSERT OR REPLACE deletes without asking a trigger on delete."""
    weiger = "BEGIN SELECT RAISE(ABORT, 'logboek: er kan alleen iets bij'); END"
    is_er_al = "EXISTS (SELECT 1 FROM logboek WHERE nummer = NEW.nummer OR sleutel = NEW.sleutel)"
    op.execute(f"CREATE TRIGGER logboek_geen_update BEFORE UPDATE ON logboek {weiger}")
    op.execute(f"CREATE TRIGGER logboek_geen_delete BEFORE DELETE ON logboek {weiger}")
    op.execute(f"CREATE TRIGGER logboek_geen_replace BEFORE INSERT ON logboek WHEN {is_er_al} {weiger}")


def close_logboek_postgresql() -> None:
    """Refuse every change of a row that is there, also where triggers are off for replication."""
    op.execute(
        "CREATE FUNCTION weiger_logboek() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'logboek: er kan alleen iets bij' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER logboek_alleen_erbij BEFORE UPDATE OR DELETE OR TRUNCATE ON logboek "
        "FOR EACH STATEMENT EXECUTE FUNCTION weiger_logboek()"
    )
    op.execute("ALTER TABLE logboek ENABLE ALWAYS TRIGGER logboek_alleen_erbij")
