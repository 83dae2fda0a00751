"""The invented partners of the demo, their convenanten and what they promised; through the checks of any other."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection

from gebieden.domein.convenant import Afspraak, Afspraakstand, Convenant, Convenantstaat
from gebieden.domein.partner import Inzet, Partner, Partnersoort
from gebieden.domein.thema import Thema
from gebieden.domein.veldregels import V
from gebieden.opslag.dossiersoorten import AFSPRAAK, CONVENANT, INZET, PARTNER
from gebieden.opslag.dossierwerk import Dossiersoort, check_invulling, insert_stuk

Rij = Mapping[str, str]


def store_demopartners(conn: Connection, data: Path, op: date) -> None:
    """Store the partners with the areas that they work in (one row each), the convenanten and the commitments."""
    nummers: dict[str, int] = {}
    for rij in _read(data / "partners.csv"):
        if rij["naam"] not in nummers:
            partner = Partner(rij["naam"], Partnersoort(rij["soort"]), _split(rij["andere_namen"]))
            nummers[rij["naam"]] = _store(conn, PARTNER, "", partner, op)
        _store(conn, INZET, rij["gebied"], Inzet(nummers[rij["naam"]], rij["contactrol"]), op)
    for rij in _read(data / "convenanten.csv"):
        _store(conn, CONVENANT, rij["gebied"], _read_convenant(rij, nummers.__getitem__), op)
    for rij in _read(data / "afspraken.csv"):
        _store(conn, AFSPRAAK, rij["gebied"], _read_afspraak(rij, nummers[rij["partner"]]), op)


def _store(conn: Connection, soort: Dossiersoort[V], bij: str, velden: V, op: date) -> int:
    return insert_stuk(conn, soort, bij, check_invulling(conn, soort, velden), op)


def _read(bestand: Path) -> list[Rij]:
    rijen = pd.read_csv(bestand, sep=";", dtype=str, keep_default_na=False).to_dict("records")
    return [{str(kolom): str(cel) for kolom, cel in rij.items()} for rij in rijen]


def _read_convenant(rij: Rij, find: Callable[[str], int]) -> Convenant:
    return Convenant(
        titel=rij["titel"],
        staat=Convenantstaat(rij["staat"]),
        partners=tuple(map(find, _split(rij["partners"]))),
        getekend_op=_read_datum(rij["getekend_op"]),
        loopt_tot=_read_datum(rij["loopt_tot"]),
        toelichting=rij["toelichting"],
    )


def _read_afspraak(rij: Rij, partner: int) -> Afspraak:
    return Afspraak(
        partner=partner,
        thema=Thema(rij["thema"]),
        titel=rij["titel"],
        stand=Afspraakstand(rij["stand"]),
        agendapunt=rij["agendapunt"],
        termijn=_read_datum(rij["termijn"]),
        toelichting=rij["toelichting"],
    )


def _read_datum(tekst: str) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


def _split(tekst: str) -> tuple[str, ...]:
    return tuple(tekst.split(",")) if tekst else ()
