"""The tables of signals and of their counts."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from gebieden.opslag.tabelbasis import metadata

# Categories are free text; beheer may group them. A category without a row is its own group.
categoriegroep = Table(
    "categoriegroep",
    metadata,
    Column("categorie", String, primary_key=True),
    Column("groep", String, nullable=False),
)

# What signals say of category, source and area, once each. The rows below point here by number, without a
# foreign key: checking three of them took a third of the time that a million rows take, and only
# `opslag.signalen` writes them.
signaalcategorie = Table(
    "signaalcategorie",
    metadata,
    Column("nummer", Integer, primary_key=True, autoincrement=False),
    Column("naam", String, nullable=False, unique=True),
)

signaalbron = Table(
    "signaalbron",
    metadata,
    Column("nummer", Integer, primary_key=True, autoincrement=False),
    Column("naam", String, nullable=False, unique=True),
)

# The code of a buurt, or of a wijk where nothing finer was known.
signaalgebied = Table(
    "signaalgebied",
    metadata,
    Column("nummer", Integer, primary_key=True, autoincrement=False),
    Column("naam", String, nullable=False, unique=True),
)

# No coordinates, no text, no persons. `dag` counts days from 1 January 1970.
signaal = Table(
    "signaal",
    metadata,
    Column("id", String, primary_key=True),
    Column("dag", Integer, nullable=False),
    Column("categorie", Integer, nullable=False),
    Column("bron", Integer, nullable=False),
    Column("gebied", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Counts per area, category and ISO week within one quarter, as `opslag.signaaltelling` packs them: kept up in the
# transaction that changes `signaal`, for counting a million rows takes ten times as long as may be waited for.
signaaltelling = Table(
    "signaaltelling",
    metadata,
    Column("kwartaal", Integer, primary_key=True, autoincrement=False),
    Column("aantal", Integer, nullable=False),
    Column("cellen", LargeBinary, nullable=False),
)
