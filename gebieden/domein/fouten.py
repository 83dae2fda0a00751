"""Fouten en bevindingen, in gewoon Nederlands.

GebiedenError
├── InvoerError (ValueError)        het bestand als geheel is onbruikbaar
│   └── CrsError (ValueError)       coördinatenstelsel ontbreekt of wordt niet ondersteund
├── OpslagError (RuntimeError)      de database kan niet gelezen of beschreven worden
├── RechtenError (PermissionError)  deze rol mag dit niet zien of doen
├── OvergangError (ValueError)      deze statusovergang is niet toegestaan
└── BotsingError (RuntimeError)     iemand anders heeft intussen hetzelfde veranderd

A message is a sentence in the order what, where, found, expected, how to repair.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum


class GebiedenError(Exception):
    """Base of every error whose text may be shown to a user as it is."""


class InvoerError(ValueError, GebiedenError):
    """A file that cannot be used as a whole."""


class CrsError(InvoerError):
    """A coordinate reference system that is missing or unsupported."""


class OpslagError(RuntimeError, GebiedenError):
    """A database that cannot be read, written or trusted."""


class RechtenError(PermissionError, GebiedenError):
    """Something this role may not see or do."""


class OvergangError(ValueError, GebiedenError):
    """A state transition that the table does not allow or that misses a required field."""


@dataclass(frozen=True, slots=True)
class Veldbotsing:
    """A field that two people changed at once: what both began with, what is stored now, what this one wants."""

    veld: str
    basis: object
    nu: object
    wens: object


class BotsingError(RuntimeError, GebiedenError):
    """Somebody else changed the same fields first; nothing was stored.

    `velden` are the fields to decide on; `nu` holds all fields as they are stored now, to start again from.
    """

    def __init__(self, boodschap: str, velden: Sequence[Veldbotsing], nu: Mapping[str, object]) -> None:
        super().__init__(boodschap)
        self.velden = tuple(velden)
        self.nu = dict(nu)


class Ernst(StrEnum):
    """What a finding did to its row."""

    AFGEKEURD = "afgekeurd"
    HERSTELD = "hersteld"
    LET_OP = "let_op"


@dataclass(frozen=True, slots=True)
class Bevinding:
    """One fault or remark about a file, with everything a person needs to repair it.

    `regel` is the row number as a person counts it in the file: the header is row 1 of a table, and
    the first feature of a boundary file is row 1. None when the finding is about the file as a whole.
    `regelnaam` names the rule (lower snake_case), `melding` is the whole sentence, `herstel` the repair.
    """

    ernst: Ernst
    regelnaam: str
    melding: str
    herstel: str
    regel: int | None = None
    kolom: str | None = None
    waarde: str | None = None

    def to_dict(self) -> dict[str, str | int | None]:
        """Return the finding as plain values, for a report file or a table."""
        return asdict(self)
