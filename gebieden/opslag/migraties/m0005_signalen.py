"""What is kept of signals: judgements, matters, aanpakken, warnings, changes in registering, and every delivery.

What was stored before becomes the first delivery.
"""

import zlib
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    instelling = sa.table("instelling", sa.column("sleutel", sa.String), sa.column("waarde", sa.String))
    op.bulk_insert(instelling, [{"sleutel": "versie_oov", "waarde": "0"}])
    create_zaken()
    create_aanpakken()
    create_leveringen()
    keep_bestaand()
    op.create_table(
        "weekbeeld",
        sa.Column("maandag", sa.Date, nullable=False),
        text("sleutel"),
        moment("gemaakt"),
        sa.Column("beeld", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("maandag", "sleutel", name=op.f("pk_weekbeeld")),
    )


def create_zaken() -> None:
    slot = [long("toelichting"), flag("geen_persoon"), text("reden"), text("resultaat")]
    create("zaak", text("naam"), text("categorie"), text("staat"), *slot)
    slot = [long("toelichting"), flag("geen_persoon"), text("reden"), text("resultaat")]
    create("beoordeling", text("signaal"), text("staat"), text("ernst"), *refer_zaak("beoordeling"), *slot)
    op.create_index(op.f("ix_beoordeling_signaal"), "beoordeling", ["signaal"])
    velden = [day("maandag", False), number("venster"), text("categorie"), text("oordeel"), *refer_zaak("duiding")]
    create("duiding", *velden, text("reden"), flag("geen_persoon"))
    velden = [day("datum", False), text("effect"), text("categorie"), day("tot"), long("toelichting")]
    create("registratiewijziging", *velden, flag("geen_persoon"))


def create_aanpakken() -> None:
    create(
        "aanpak",
        *(text(naam) for naam in ("naam", "soort", "categorie")),
        series("gebieden"),
        day("begin", False),
        text("verwachting"),
        number("weken"),
        number("uitgesloten_weken"),
        *(series(naam) for naam in ("ring", "vergelijking", "vergelijking_ring")),
        flag("bevestigd"),
        day("eind"),
        series("partners"),
        long("toelichting"),
        flag("geen_persoon"),
    )
    create(
        "vermoeden",
        *(text(naam) for naam in ("van", "naar", "categorie")),
        day("vanaf", False),
        day("tot"),
        *(text(naam) for naam in ("oordeel", "bevestigd_door")),
        long("toelichting"),
        flag("geen_persoon"),
    )
    op.create_table(
        "aanpakregistratie",
        sa.Column("aanpak", sa.Integer, nullable=False, autoincrement=False),
        day("datum", False),
        moment("moment"),
        series("ontwerp"),
        text("vingerafdruk"),
        sa.PrimaryKeyConstraint("aanpak", name=op.f("pk_aanpakregistratie")),
        sa.ForeignKeyConstraint(["aanpak"], ["aanpak.nummer"], name=op.f("fk_aanpakregistratie_aanpak")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER aanpakregistratie_vast BEFORE UPDATE ON aanpakregistratie "
            "BEGIN SELECT RAISE(ABORT, 'aanpakregistratie: ligt vast'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION weiger_aanpakregistratie() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'aanpakregistratie: ligt vast' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER aanpakregistratie_vast BEFORE UPDATE ON aanpakregistratie "
        "FOR EACH STATEMENT EXECUTE FUNCTION weiger_aanpakregistratie()"
    )


def create_leveringen() -> None:
    op.create_table(
        "levering",
        number("nummer"),
        day("datum", False),
        moment("moment"),
        text("soort"),
        number("aantal"),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_levering")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_levering_datum"), "levering", ["datum"])
    op.create_table(
        "leveringcellen",
        sa.Column("levering", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("kwartaal", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("cellen", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("levering", "kwartaal", name=op.f("pk_leveringcellen")),
        sa.ForeignKeyConstraint(["levering"], ["levering.nummer"], name=op.f("fk_leveringcellen_levering")),
    )


def keep_bestaand() -> None:
    """Make one delivery of the counts that are there."""
    conn = op.get_bind()
    naam_en_type = {"kwartaal": sa.Integer, "aantal": sa.Integer, "cellen": sa.LargeBinary}
    telling = sa.table("signaaltelling", *(sa.column(naam, soort) for naam, soort in naam_en_type.items()))
    rijen = conn.execute(sa.select(telling)).all()
    if not rijen:
        return
    nu = datetime.now(UTC)
    levering = sa.table(
        "levering",
        sa.column("nummer", sa.Integer),
        sa.column("datum", sa.Date),
        sa.column("moment", sa.DateTime(timezone=True)),
        sa.column("soort", sa.String),
        sa.column("aantal", sa.Integer),
    )
    waarden = {"datum": nu.date(), "moment": nu, "soort": "eerder", "aantal": sum(rij.aantal for rij in rijen)}
    nummer = conn.execute(sa.insert(levering).values(waarden).returning(levering.c.nummer)).scalar_one()
    cellen = sa.table(
        "leveringcellen",
        sa.column("levering", sa.Integer),
        sa.column("kwartaal", sa.Integer),
        sa.column("cellen", sa.LargeBinary),
    )
    op.bulk_insert(
        cellen,
        [{"levering": nummer, "kwartaal": rij.kwartaal, "cellen": zlib.compress(rij.cellen)} for rij in rijen],
    )


def create(naam: str, *delen: Any) -> None:
    op.create_table(
        naam,
        number("nummer"),
        text("gebied"),
        *delen,
        day("sinds", False),
        sa.Column("ingetrokken", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("nummer", name=op.f(f"pk_{naam}")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f(f"ix_{naam}_gebied"), naam, ["gebied"])


def refer_zaak(tabel: str) -> list[Any]:
    kolom = sa.Column("zaak", sa.Integer)
    return [kolom, sa.ForeignKeyConstraint(["zaak"], ["zaak.nummer"], name=op.f(f"fk_{tabel}_zaak"))]


def text(naam: str) -> Any:
    return sa.Column(naam, sa.String, nullable=False)


def long(naam: str) -> Any:
    return sa.Column(naam, sa.Text, nullable=False)


def day(naam: str, mag_leeg: bool = True) -> Any:
    return sa.Column(naam, sa.Date, nullable=mag_leeg)


def flag(naam: str) -> Any:
    return sa.Column(naam, sa.Boolean, nullable=False)


def number(naam: str) -> Any:
    return sa.Column(naam, sa.Integer, nullable=False)


def series(naam: str) -> Any:
    return sa.Column(naam, sa.JSON, nullable=False)


def moment(naam: str) -> Any:
    return sa.Column(naam, sa.DateTime(timezone=True), nullable=False)
