"""What is kept beside the points of an agenda: steps, judgements, wishes, partners, agreements, meetings.

And the last bericht of a point is found in its index alone.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    create_bij_punt()
    create_bij_gebied()
    create_partners()
    create_overleg()
    create_bijwerking()
    op.drop_index("ix_bericht_object", "bericht")
    op.create_index("ix_bericht_object", "bericht", ["soort", "id", "datum", "ingetrokken"])


def create_bij_punt() -> None:
    create("stap", "agendapunt", text("soort"), text("titel"), day("afgesproken"), day("gedaan_op"))
    velden = [text("oordeel"), day("datum", False), text("herkomst"), sa.Column("aantal", sa.Integer)]
    create("oordeel", "agendapunt", *velden, long("toelichting"))
    create("afstemming", "agendapunt", text("mate"), day("datum", False), text("met_wie"), long("toelichting"))


def create_bij_gebied() -> None:
    velden = [text("bron"), text("titel"), day("datum", False), long("toelichting"), flag("openbaar")]
    create("wens", "gebied", *velden, series("punten"))
    velden = [text("soort"), text("titel"), series("themas"), text("herkomst"), day("datum", False)]
    create("kant", "gebied", *velden, long("toelichting"), flag("openbaar"))


def create_partners() -> None:
    create("partner", None, text("naam"), text("soort"), series("andere_namen"))
    create("inzet", "gebied", *refer("inzet", "partner"), text("contactrol"))
    velden = [text("titel"), text("staat"), series("partners"), day("getekend_op"), day("loopt_tot")]
    create("convenant", "gebied", *velden, long("toelichting"))
    velden = [text("thema"), text("titel"), text("stand"), text("agendapunt"), day("termijn"), long("toelichting")]
    create("afspraak", "gebied", *refer("afspraak", "partner"), *velden)


def create_overleg() -> None:
    create("overleg", "gebied", text("titel"), day("datum", False), long("aanwezig"), flag("is_afgesloten"))
    create("besluit", "gebied", *refer("besluit", "overleg"), long("tekst"), text("agendapunt"))


def create_bijwerking() -> None:
    op.create_table(
        "bijwerking",
        sa.Column("nummer", sa.Integer, nullable=False),
        text("sleutel"),
        text("tabel"),
        sa.Column("rij", sa.Integer, nullable=False),
        series("velden"),
        long("waarom"),
        sa.Column("gebruiker", sa.Integer),
        text("rol"),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("herroept", sa.Integer),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_bijwerking")),
        sa.UniqueConstraint("sleutel", name=op.f("uq_bijwerking_sleutel")),
        sa.UniqueConstraint("herroept", name=op.f("uq_bijwerking_herroept")),
        sa.ForeignKeyConstraint(["herroept"], ["bijwerking.nummer"], name=op.f("fk_bijwerking_herroept")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_bijwerking_rij"), "bijwerking", ["rij"])


def create(naam: str, bij: str | None, *delen: Any) -> None:
    sleutel = [] if bij is None else [text(bij)]
    op.create_table(
        naam,
        sa.Column("nummer", sa.Integer, nullable=False),
        *sleutel,
        *delen,
        day("sinds", False),
        sa.Column("ingetrokken", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("nummer", name=op.f(f"pk_{naam}")),
        sqlite_autoincrement=True,
    )
    if bij is not None:
        op.create_index(op.f(f"ix_{naam}_{bij}"), naam, [bij])


def text(naam: str) -> Any:
    return sa.Column(naam, sa.String, nullable=False)


def long(naam: str) -> Any:
    return sa.Column(naam, sa.Text, nullable=False)


def day(naam: str, mag_leeg: bool = True) -> Any:
    return sa.Column(naam, sa.Date, nullable=mag_leeg)


def flag(naam: str) -> Any:
    return sa.Column(naam, sa.Boolean, nullable=False)


def series(naam: str) -> Any:
    return sa.Column(naam, sa.JSON, nullable=False)


def refer(tabel: str, naam: str) -> list[Any]:
    kolom = sa.Column(naam, sa.Integer, nullable=False)
    return [kolom, sa.ForeignKeyConstraint([naam], [f"{naam}.nummer"], name=op.f(f"fk_{tabel}_{naam}"))]
