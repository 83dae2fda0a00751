"""A small gemeente with points on its agendas, and somebody who may write at them."""

import pytest
from schrijvers import add_gebruiker, add_punten
from sqlalchemy import Engine

from gebieden.domein.gebruiker import Gebruiker


@pytest.fixture
def agenda(gemeente: Engine) -> Engine:
    """Return a database with the small gemeente and some points on its agendas."""
    add_punten(gemeente)
    return gemeente


@pytest.fixture
def team(agenda: Engine) -> Gebruiker:
    """Return a member of a gebiedsteam that may write at some of those points."""
    return add_gebruiker(agenda)
