"""What is kept beside the points, between its columns and its dataclass."""

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from gebieden.domein.veldregels import V


def read_velden(vorm: type[V], rij: Mapping[Any, Any]) -> V:
    """Return what a row holds of this form."""
    soort: Any = vorm
    return vorm(**{naam: _read(hint, rij[naam]) for naam, hint in _get_hints(soort).items()})


@cache
def _get_hints(vorm: type[Any]) -> dict[str, Any]:
    return get_type_hints(vorm)


def _read(hint: Any, waarde: Any) -> Any:
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], deel) for deel in waarde)
    return hint(waarde) if isinstance(hint, type) and issubclass(hint, Enum) else waarde
