"""Logboek: who changed what, when and why; and what of it may never be written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gebieden.domein.gebruiker import Gebruiker
from gebieden.domein.rechten import Rol

# Free text may hold personal data and contact data are nothing else. They can be erased where they are stored, so
# they never enter the trail, which cannot be erased: only that they changed.
WISBAAR: Final = frozenset(
    [
        "tekst",
        "omschrijving",
        "titel",
        "naam",
        "aanmeldnaam",
        "trekker",
        "partners",
        "reden",
        "herkomst",
        "lon",
        "lat",
        "wie_besloot",
        "aan_wie",
        "wie_borgt",
        "wethouder",
        "vastgesteld_door",
        "partner",
        "toelichting",
        "met_wie",
        "andere_namen",
        "contactrol",
        "aanwezig",
        "eenheid_bijdrage",
        "resultaat",
        "bevestigd_door",
    ]
)
GEWIJZIGD: Final = "gewijzigd"
_MAX_LOGTEKENS: Final = 100


@dataclass(frozen=True, slots=True)
class Logregel:
    """One line of the audit trail.

    `veranderingen` maps a field to (old, new), or to None where only may be known that it changed.
    """

    nummer: int
    moment: datetime
    gebruiker: int | None
    rol: Rol
    via: str
    handeling: str
    soort: str
    id: str
    gebied: str | None
    veranderingen: Mapping[str, tuple[object, object] | None]
    waarom: str = ""

    @property
    def bericht(self) -> int | None:
        """The nummer of the row of `bericht` that this line is about, or None when it is about the object itself."""
        paar = self.veranderingen.get("bericht")
        return paar[1] if paar is not None and isinstance(paar[1], int) else None


def compose_veranderingen(
    oud: Mapping[str, object] | None, nieuw: Mapping[str, object] | None, *, is_besloten: bool = False
) -> dict[str, list[object] | str]:
    """Return per field that differs [old, new], and for an erasable field only that it changed.

    None for `oud` is something new, None for `nieuw` something removed. Of what who reads the trail may not read
    (`is_besloten`) that holds for every field.
    """
    oud, nieuw = oud or {}, nieuw or {}
    velden = [*oud, *(veld for veld in nieuw if veld not in oud)]
    return {
        veld: GEWIJZIGD if is_besloten or veld in WISBAAR else [_plain(oud.get(veld)), _plain(nieuw.get(veld))]
        for veld in velden
        if oud.get(veld) != nieuw.get(veld)
    }


def compose_logtekst(gebruiker: Gebruiker, handeling: str, soort: str, id_: str, via: str) -> str:
    """Return the line for the server's own log: no personal data, no text, and on one line whatever the id is."""
    wie = "iemand" if gebruiker.nummer is None else f"gebruiker {gebruiker.nummer}"
    return f"{wie} ({gebruiker.kijker.rol}) {handeling} {_flatten(soort)} {_flatten(id_)} via {via}"


def _flatten(tekst: str) -> str:
    return "".join(teken if teken.isprintable() else "?" for teken in tekst[:_MAX_LOGTEKENS])


def _plain(waarde: object) -> object:
    if waarde is None or isinstance(waarde, bool | int | float):
        return waarde
    if isinstance(waarde, list | tuple | set | frozenset):
        return [_plain(deel) for deel in (waarde if isinstance(waarde, list | tuple) else sorted(waarde, key=str))]
    return str(waarde)
