"""Warnings as somebody may know them: what was worked out of all areas, and who gets which part of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from gebieden.analyse.vroegsignaal import Vroegregels, Weekoordelen, list_vroegsignalen
from gebieden.domein.beoordeling import VENSTERS, Duiding
from gebieden.domein.fouten import RechtenError
from gebieden.domein.groepsregel import DREMPEL_GEVOELIG
from gebieden.domein.kwartaal import Kwartaal, determine_kwartaal
from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.registratie import list_opmerkingen
from gebieden.domein.taal import start_zin
from gebieden.domein.vroegsignaal import Vroegsignaal
from gebieden.domein.vroegsignaalzin import compose_afgeschermde_zin, compose_vroegsignaalzin
from gebieden.domein.vroegzicht import TEAM, Drempels, Zichtbaar, select_zichtbaar
from gebieden.opslag.dossierlezen import Stuk, load_stukken
from gebieden.opslag.groepsregels import load_groepsregels
from gebieden.opslag.oovsoorten import DUIDING
from gebieden.opslag.signaalpublicatie import get_drempel, load_publicaties
from gebieden.opslag.signaaltelling import load_kwartalen
from gebieden.opslag.weekbeelden import TERUG, get_regels, judge_niveau, list_opvallend, load_bewaard
from gebieden.opslag.weekpanelen import NIVEAUS, Vroeginvoer, list_weken, load_vroeginvoer

REEKSWEKEN: Final = 26


@dataclass(frozen=True)
class Weekstand:
    """The last week that can be judged, of all areas and unsuppressed: read it with the functions here only."""

    invoer: Vroeginvoer
    maandag: date
    regels: Vroegregels
    drempels: Drempels
    oordelen: Mapping[str, Weekoordelen]
    dicht: frozenset[tuple[str, str, Kwartaal]] = frozenset()

    def is_dicht(self, signaal: Vroegsignaal) -> bool:
        """Return whether a quarter of the window of this warning was published without its count.

        That the count is at least the threshold would then say which of the hidden numbers are small.
        """
        begin = signaal.maandag - timedelta(weeks=signaal.venster - 1)
        kwartalen = {determine_kwartaal(dag) for dag in (begin, signaal.maandag + timedelta(days=6))}
        return any((signaal.gebied, signaal.categorie, kwartaal) in self.dicht for kwartaal in kwartalen)


@dataclass(frozen=True, slots=True)
class Reekspunt:
    """One week of a series: what was reported, and what was expected of it (None for not known)."""

    maandag: date
    waargenomen: int | None
    verwacht: float | None
    laag: int | None
    hoog: int | None


@dataclass(frozen=True, slots=True)
class Volledigheidsstand:
    """How whole the data are: weeks held back (Mondays), days a week waits, and whether that was learnt."""

    wachtend: tuple[date, ...]
    dagen: int
    is_geleerd: bool
    levering: date


def load_weekstand(conn: Connection, peildatum: date) -> Weekstand | Volledigheidsstand | None:
    """Return the verdicts on the last week; how whole the data are when no week is, None without any signal."""
    invoer = load_vroeginvoer(conn, peildatum)
    if invoer is None:
        return None
    if invoer.laatste is None:
        return _describe_volledigheid(invoer)
    regels = get_regels(conn)
    oordelen = {niveau: judge_niveau(invoer, niveau, [invoer.laatste], regels) for niveau in NIVEAUS}
    dicht = frozenset(_list_dicht(conn, peildatum, invoer.laatste))
    return Weekstand(invoer, invoer.laatste, regels, load_drempels_van(conn), oordelen, dicht)


def _list_dicht(conn: Connection, peildatum: date, laatste: date) -> Iterator[tuple[str, str, Kwartaal]]:
    """Yield which area and category is hidden in which published quarter, as far as warnings reach back."""
    vanaf = laatste - timedelta(weeks=TERUG + max(VENSTERS))
    for kwartaal in load_kwartalen(conn, peildatum):
        if kwartaal.eind_tot <= vanaf:
            continue
        for publicatie in load_publicaties(conn, kwartaal):
            for rij in publicatie.rijen:
                # The total, which is the last, has no warnings.
                for groep, is_dicht in zip(publicatie.groepen, rij.dicht, strict=False):
                    if is_dicht:
                        yield rij.code, groep, kwartaal


def load_drempels_van(conn: Connection) -> Drempels:
    """Return under which counts nothing is told to others than oov."""
    drempel = get_drempel(conn)
    gevoelig = frozenset(groep for groep, regel in load_groepsregels(conn).items() if regel.is_gevoelig)
    return Drempels(drempel, max(drempel, DREMPEL_GEVOELIG), gevoelig)


def describe_volledigheid(stand: Weekstand) -> Volledigheidsstand:
    """Return how whole the data are. The same for everybody."""
    return _describe_volledigheid(stand.invoer)


def _describe_volledigheid(invoer: Vroeginvoer) -> Volledigheidsstand:
    maandagen: list[date] = invoer.panels[NIVEAUS[0]].maandagen.astype(object).tolist()
    wachtend = tuple(m for m in maandagen if invoer.laatste is None or m > invoer.laatste)
    volledigheid = invoer.volledigheid
    return Volledigheidsstand(wachtend, volledigheid.vanaf_dagen, volledigheid.is_geleerd, invoer.levering.datum)


def list_zichtbaar(stand: Weekstand, kijker: Kijker) -> list[Zichtbaar]:
    """Return what this person may know of the week, the rarest first within a level: gemeente, wijk, buurt."""
    signalen = [s for niveau in NIVEAUS for s in list_opvallend(stand.oordelen[niveau], stand.maandag)]
    return _select(stand, kijker, signalen)


def list_beide(stand: Weekstand, kijker: Kijker, gebied: str, categorie: str) -> list[Zichtbaar]:
    """Return the verdict on one series, whatever it is, per window. Raise RechtenError for others than its oov."""
    oordelen = stand.oordelen[check_reeks(stand, kijker, gebied)]
    alle = list_vroegsignalen(oordelen, oordelen.panel.find_week(stand.maandag))
    return [Zichtbaar(s, True) for s in alle if (s.gebied, s.categorie) == (gebied, categorie)]


def check_reeks(stand: Weekstand, kijker: Kijker, gebied: str) -> str:
    """Return the level of an area that lies in the own areas of this oov; raise RechtenError for everybody else."""
    niveau = next((n for n in NIVEAUS if gebied in stand.oordelen[n].panel.gebieden), None)
    if niveau is None or kijker.rol is not Rol.OOV or not kijker.is_eigen(gebied, stand.invoer.boom):
        raise RechtenError("De reeks van een gebied is alleen voor de rol oov, in het eigen gebied.")
    return niveau


def judge_reeksen(stand: Weekstand, niveau: str) -> Weekoordelen:
    """Return the verdicts of one level on the weeks that a chart shows: of all areas, so for `list_reeks` only."""
    return judge_niveau(stand.invoer, niveau, list_weken(stand.invoer, REEKSWEKEN), stand.regels)


def list_reeks(
    stand: Weekstand, kijker: Kijker, oordelen: Weekoordelen, gebied: str, categorie: str
) -> list[Reekspunt]:
    """Return the last weeks of one series, oldest first. Raise RechtenError as `check_reeks` does."""
    check_reeks(stand, kijker, gebied)
    punten = []
    for week in oordelen.weken.tolist():
        for s in list_vroegsignalen(oordelen, week):
            if (s.gebied, s.categorie, s.venster) == (gebied, categorie, 1):
                punten.append(Reekspunt(s.maandag, s.waargenomen, s.verwacht, s.laag, s.hoog))
    return punten


def compose_zin(stand: Weekstand, zichtbaar: Zichtbaar) -> str:
    """Return the reason of a verdict as this person may know it, beginning with a capital."""
    return start_zin(_compose_zin(stand, zichtbaar))


def _compose_zin(stand: Weekstand, zichtbaar: Zichtbaar) -> str:
    signaal = zichtbaar.signaal
    naam = get_naam(stand, signaal.gebied)
    houders = {signaal.gebied: stand.invoer.boom.get_houders(signaal.gebied)}
    opmerkingen = list_opmerkingen(
        stand.invoer.wijzigingen, signaal.gebied, signaal.categorie, signaal.maandag, houders
    )
    if not zichtbaar.met_aantal:
        return compose_afgeschermde_zin(signaal, naam, grens_onterecht=stand.regels.q, opmerkingen=opmerkingen)
    return compose_vroegsignaalzin(
        signaal,
        naam,
        reeksen=_count_reeksen(stand, signaal),
        grens_onterecht=stand.regels.q,
        opmerkingen=opmerkingen,
    )


def get_naam(stand: Weekstand, gebied: str) -> str:
    """Return what an area is called; its code where it is not there any more."""
    bekend = stand.invoer.boom.gebieden.get(gebied)
    return bekend.naam if bekend else gebied


def _count_reeksen(stand: Weekstand, signaal: Vroegsignaal) -> int:
    niveau = next(n for n in NIVEAUS if signaal.gebied in stand.oordelen[n].panel.gebieden)
    return int(stand.oordelen[niveau].vensters[signaal.venster].reeksen[0])


def load_eerdere(conn: Connection, stand: Weekstand, kijker: Kijker) -> dict[date, list[Zichtbaar]]:
    """Return per kept week (Monday) of the last two years what this person may know of it, oldest week first.

    A week is there when it was kept at every level; one without anything to tell is empty.
    """
    vanaf, tot = stand.maandag - timedelta(weeks=TERUG - 1), stand.maandag + timedelta(weeks=1)
    per_niveau = [load_bewaard(conn, niveau, stand.regels, vanaf, tot) for niveau in NIVEAUS]
    weken = sorted(set.intersection(*(set(bewaard) for bewaard in per_niveau)))
    return {
        maandag: _select(stand, kijker, [s for bewaard in per_niveau for s in bewaard[maandag]]) for maandag in weken
    }


def load_duidingen(conn: Connection, stand: Weekstand, kijker: Kijker, peildatum: date) -> list[Stuk[Duiding]]:
    """Return what was said of the warnings in this person's own areas, oldest first.

    The team of the area gets it with a warning that it may know, and not of any other.
    """
    if kijker.rol not in TEAM:
        return load_stukken(conn, DUIDING, kijker, peildatum)
    per_week = {**load_eerdere(conn, stand, kijker), stand.maandag: list_zichtbaar(stand, kijker)}
    bekend = {(m, z.signaal.gebied, z.signaal.categorie) for m, deel in per_week.items() for z in deel}
    stukken = load_stukken(conn, DUIDING, Kijker(Rol.OOV, kijker.eigen), peildatum)
    return [stuk for stuk in stukken if (stuk.velden.maandag, stuk.bij, stuk.velden.categorie) in bekend]


def _select(stand: Weekstand, kijker: Kijker, signalen: Sequence[Vroegsignaal]) -> list[Zichtbaar]:
    gekozen = select_zichtbaar(signalen, kijker, stand.invoer.boom, stand.drempels)
    return [z for z in gekozen if z.met_aantal or not stand.is_dicht(z.signaal)]
