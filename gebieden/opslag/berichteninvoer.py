"""Berichten as an import brings them: added, never overwritten; what was changed on a screen since is left alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import Connection, insert, select

from gebieden.domein.bericht import Bericht
from gebieden.domein.fouten import Bevinding, Ernst
from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruiker
from gebieden.domein.taal import format_datum
from gebieden.opslag.berichtketen import Berichtrij
from gebieden.opslag.logboek import VIA_IMPORT, append_logregel
from gebieden.opslag.onderwerpen import load_onderwerpen
from gebieden.opslag.tabellen import bericht as tabel
from gebieden.opslag.telling import Telling

Sleutel = tuple[str, str, date, str]
_KOLOMMEN: Final = ("soort", "id", "datum", "tekst", "openbaar")


@dataclass
class _Opgeslagen:
    """What is stored: by key the rows that hold, and the keys of what was corrected or withdrawn."""

    geldig: dict[Sleutel, list[Berichtrij]] = field(default_factory=lambda: defaultdict(list))
    vervangen: set[Sleutel] = field(default_factory=set)


def save_berichten(
    conn: Connection, berichten: Sequence[Bericht], *, door: Gebruiker = OPDRACHTREGEL, bestand: str = ""
) -> tuple[Telling, list[Bevinding]]:
    """Store berichten; the same text on the same date about the same object is one bericht.

    One that differs in `openbaar` only is corrected by a row that follows it. What was corrected or withdrawn on a
    screen stays as it is there, with a remark. `door` and `bestand` are who brought them in, from which file.
    """
    stand = _load_opgeslagen(conn)
    nieuw: list[Bericht] = []
    correcties: list[tuple[Berichtrij, Bericht]] = []
    gelaten: list[Bericht] = []
    for bericht in berichten:
        rijen = stand.geldig.get(_get_sleutel(bericht), [])
        if not rijen:
            (gelaten if _get_sleutel(bericht) in stand.vervangen else nieuw).append(bericht)
        elif all(rij.openbaar != bericht.openbaar for rij in rijen):
            if _is_op_scherm_veranderd(rijen[-1]):
                gelaten.append(bericht)
            else:
                correcties.append((rijen[-1], bericht))
    if nieuw:
        conn.execute(insert(tabel), [_to_rij(bericht) for bericht in nieuw])
    if correcties:
        _save_correcties(conn, correcties, door, bestand)
    telling = Telling(len(nieuw), len(correcties), len(berichten) - len(nieuw) - len(correcties))
    return telling, _report_gelaten(gelaten)


def _load_opgeslagen(conn: Connection) -> _Opgeslagen:
    stand = _Opgeslagen()
    rijen = conn.execute(select(tabel).order_by(tabel.c.nummer)).all()
    gevolgd = {rij.corrigeert for rij in rijen}
    for rij in rijen:
        if rij.nummer in gevolgd:
            stand.vervangen.add(_get_sleutel(rij))
        elif not rij.ingetrokken:
            stand.geldig[_get_sleutel(rij)].append(rij)
    return stand


def _get_sleutel(bericht: Bericht | Berichtrij) -> Sleutel:
    return (bericht.soort, bericht.id, bericht.datum, bericht.tekst)


def _is_op_scherm_veranderd(rij: Berichtrij) -> bool:
    """Return whether the last thing that happened to it is a correction on a screen: a file may be older than that."""
    return rij.corrigeert is not None and rij.sleutel is not None


def _to_rij(bericht: Bericht) -> dict[str, object]:
    return {kolom: getattr(bericht, kolom) for kolom in _KOLOMMEN}


def _save_correcties(
    conn: Connection, correcties: Sequence[tuple[Berichtrij, Bericht]], door: Gebruiker, bestand: str
) -> None:
    over = load_onderwerpen(conn, max(bericht.datum for _, bericht in correcties))
    for rij, bericht in correcties:
        waarden = {**_to_rij(bericht), "corrigeert": rij.nummer}
        nummer = conn.execute(insert(tabel).values(waarden).returning(tabel.c.nummer)).scalar_one()
        onderwerp = over.get((bericht.soort, bericht.id))
        append_logregel(
            conn,
            door,
            "bericht_gecorrigeerd",
            bericht.soort,
            bericht.id,
            via=VIA_IMPORT,
            gebied=onderwerp.gebied if onderwerp else None,
            oud={"bericht": rij.nummer, "openbaar": rij.openbaar},
            nieuw={"bericht": nummer, "openbaar": bericht.openbaar},
            waarom=bestand,
        )


def _report_gelaten(berichten: Iterable[Bericht]) -> list[Bevinding]:
    return [
        Bevinding(
            Ernst.LET_OP,
            "bericht_op_scherm_veranderd",
            f"Het bericht van {format_datum(b.datum)} bij {b.soort} {b.id} is op het scherm verbeterd of ingetrokken "
            "nadat het was ingelezen. De rij uit het bestand is niet overgenomen.",
            "Verbeter het bericht op het scherm als het toch moet worden zoals in het bestand.",
        )
        for b in berichten
    ]
