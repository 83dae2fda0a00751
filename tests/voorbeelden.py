"""How many examples a property of the storage gets: on PostgreSQL each takes several times as long."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis.strategies import SearchStrategy, tuples
from sqlalchemy import Engine

OP_POSTGRES = 4


def check_voorbeelden(engine: Engine, aantal: int, check: Callable[..., None], *soorten: SearchStrategy) -> None:
    """Check so many examples on SQLite, and a few on PostgreSQL."""

    @settings(max_examples=aantal if engine.dialect.name == "sqlite" else OP_POSTGRES)
    @given(tuples(*soorten))
    def probeer(voorbeeld: tuple[object, ...]) -> None:
        check(*voorbeeld)

    probeer()
