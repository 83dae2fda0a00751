"""Values of columns as the journals hold them, in JSON, and back."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Date, Float, Numeric


def to_plat(waarde: Any) -> object:
    """Return a value as JSON holds it."""
    if isinstance(waarde, StrEnum):
        return str(waarde)
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, Decimal):
        # Amounts and quantities have two decimals where they are stored: written one way only.
        return f"{waarde:.2f}"
    return [to_plat(deel) for deel in waarde] if isinstance(waarde, list | tuple) else waarde


def from_plat(kolom: Column[Any], waarde: Any) -> Any:
    """Return a value as its column holds it, from what `to_plat` made of it."""
    soort = kolom.type
    if waarde and isinstance(soort, Date):
        return date.fromisoformat(waarde)
    return Decimal(waarde) if waarde and isinstance(soort, Numeric) and not isinstance(soort, Float) else waarde
