"""Counts per week as they were known on a day, ready to be judged: of all areas, unsuppressed, so for no screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from gebieden.analyse.volledigheid import Volledigheid, Volledigheidsregels, learn_volledigheid, mark_onvolledig
from gebieden.analyse.weekpanel import Weekpanel, build_weekpanel
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.registratie import Registratieeffect, Registratiewijziging, list_uitsluitingen
from gebieden.opslag import tabellen
from gebieden.opslag.database import get_instelling
from gebieden.opslag.gebieden import load_gebiedsboom
from gebieden.opslag.leveringen import Levering, find_levering, load_delen, load_geleverd, load_leveringen
from gebieden.opslag.signaalpublicatie import load_gebiedsnummers, load_groepen
from gebieden.opslag.signaaltelling import determine_maandag, determine_week

NIVEAUS: Final = ("gemeente", "wijk", "buurt")
WACHTDAGEN: Final = "wachtdagen_meldingen"
"""The setting of how many days after its Sunday a week is held back as long as too few deliveries teach that."""

Getallen = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Vroeginvoer:
    """What a week is judged from: one panel per level, all of the same delivery, and what is known of its data.

    `laatste` is the Monday of the newest week that is complete enough to be judged, None when there is none.
    """

    levering: Levering
    panels: Mapping[str, Weekpanel]
    volledigheid: Volledigheid
    wijzigingen: tuple[Registratiewijziging, ...]
    boom: Gebiedsboom
    laatste: date | None


def load_vroeginvoer(conn: Connection, peildatum: date) -> Vroeginvoer | None:
    """Return the counts of whole weeks before the peildatum as they were known on it; None without any signal.

    Before the first delivery its data are used: what was known then is not known any more.
    """
    nummer = find_levering(conn, peildatum)
    if nummer is None:
        return None
    levering = next(lev for lev in load_leveringen(conn) if lev.nummer == nummer)
    cellen = load_geleverd(conn, nummer)
    tot = int(determine_week((peildatum - date(1970, 1, 1)).days))
    cellen = cellen[cellen["week"] < tot]
    if not len(cellen):
        return None
    boom = load_gebiedsboom(conn, peildatum)
    weken = np.arange(int(cellen["week"].min()), tot)
    maandagen = determine_maandag(weken)
    volledigheid = _learn(conn, nummer, weken)
    # Where the delivery came after the peildatum, nobody knows what was there on the day itself.
    leverdag = np.datetime64(min(levering.datum, peildatum) if levering.datum <= peildatum else peildatum)
    onvolledig = mark_onvolledig(maandagen, leverdag, volledigheid)
    wijzigingen = _load_wijzigingen(conn, peildatum)
    groepen, groep_van = load_groepen(conn)
    codes = load_gebiedsnummers(conn)
    panels = {}
    for niveau in NIVEAUS:
        gebieden = sorted(g.code for g in boom.filter_niveau(niveau))
        tellingen = _count(cellen, weken, _list_plaatsen(codes, gebieden, boom), len(gebieden), groep_van, len(groepen))
        houders = {code: boom.get_houders(code) for code in gebieden}
        uit = list_uitsluitingen(wijzigingen, gebieden, groepen, maandagen.astype(object).tolist(), houders)
        panels[niveau] = build_weekpanel(
            niveau, gebieden, groepen, maandagen, tellingen, onvolledig=onvolledig, uitsluitingen=uit
        )
    heel = np.flatnonzero(~onvolledig)
    laatste = maandagen[heel[-1]].astype(object) if len(heel) else None
    return Vroeginvoer(levering, panels, volledigheid, wijzigingen, boom, laatste)


def _list_plaatsen(codes: Mapping[int, str], gebieden: Sequence[str], boom: Gebiedsboom) -> dict[int, int]:
    """Return per stored area (by number) its place among these areas, which all are of one level."""
    plaats = {code: nummer for nummer, code in enumerate(gebieden)}
    return {
        nummer: plaats[houder]
        for nummer, code in codes.items()
        for houder in boom.get_houders(code)
        if houder in plaats
    }


def _count(
    cellen: npt.NDArray[np.void],
    weken: Getallen,
    plaatsen: Mapping[int, int],
    aantal: int,
    groep_van: Mapping[int, int],
    groepen: int,
) -> Getallen:
    plek = _build_opzoeklijst(plaatsen)
    telt = (cellen["gebied"] < len(plek)) & (plek[np.minimum(cellen["gebied"], len(plek) - 1)] >= 0)
    deel = cellen[telt]
    tellingen = np.zeros((aantal, groepen, len(weken)), dtype=np.int64)
    groep = _build_opzoeklijst(groep_van)
    plekken = (plek[deel["gebied"]], groep[deel["categorie"]], deel["week"] - weken[0])
    np.add.at(tellingen, plekken, deel["aantal"])
    return tellingen


def _build_opzoeklijst(paren: Mapping[int, int]) -> Getallen:
    lijst = np.full(max(paren, default=0) + 1, -1, dtype=np.int64)
    lijst[list(paren)] = list(paren.values())
    return lijst


def _learn(conn: Connection, tot_en_met: int, weken: Getallen) -> Volledigheid:
    """Return how fast weeks fill up, from what each delivery added."""
    dagen: list[date] = []
    standen: list[Getallen] = []
    stand = np.zeros(len(weken), dtype=np.int64)
    for levering, cellen in load_delen(conn, tot_en_met):
        binnen = (cellen["week"] >= weken[0]) & (cellen["week"] <= weken[-1])
        np.add.at(stand, cellen["week"][binnen] - weken[0], cellen["aantal"][binnen])
        if dagen and dagen[-1] == levering.datum:
            standen[-1] = stand.copy()
            continue
        dagen.append(levering.datum)
        standen.append(stand.copy())
    wachtdagen = get_wachtdagen(conn)
    regels = Volledigheidsregels(dagen_onbekend=wachtdagen)
    return learn_volledigheid(
        np.array(dagen, dtype="datetime64[D]"),
        np.array(standen, dtype=np.int64).reshape(len(dagen), len(weken)),
        determine_maandag(weken),
        regels,
    )


def get_wachtdagen(conn: Connection) -> int:
    """Return how many days a week is held back as long as too few deliveries teach that."""
    bewaard = get_instelling(conn, WACHTDAGEN)
    return Volledigheidsregels().dagen_onbekend if bewaard is None else int(bewaard)


def _load_wijzigingen(conn: Connection, peildatum: date) -> tuple[Registratiewijziging, ...]:
    tabel = tabellen.registratiewijziging
    # Recorded by then as well: what was written down later was not known on the day.
    vraag = select(tabel).where(~tabel.c.ingetrokken, tabel.c.datum <= peildatum, tabel.c.sinds <= peildatum)
    return tuple(
        Registratiewijziging(
            rij.datum,
            Registratieeffect(rij.effect),
            rij.toelichting,
            rij.gebied,
            rij.categorie or None,
            rij.tot,
        )
        for rij in conn.execute(vraag.order_by(tabel.c.datum, tabel.c.nummer))
    )


def list_weken(invoer: Vroeginvoer, aantal: int) -> list[date]:
    """Return the Mondays of the last weeks that can be judged, oldest first, no more than `aantal`."""
    if invoer.laatste is None:
        return []
    eerste = invoer.panels[NIVEAUS[0]].maandagen[0].astype(object)
    weken = [invoer.laatste - timedelta(weeks=terug) for terug in reversed(range(aantal))]
    return [maandag for maandag in weken if maandag >= eerste]
