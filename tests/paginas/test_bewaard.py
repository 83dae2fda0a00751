"""What is kept between runs: a change of any part shows at once, to every role, and nobody gets another's answer."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Engine, func, insert, select, update

from gebieden.domein.rechten import Kijker, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.database import Deel, begin_schrijven
from gebieden.opslag.gebieden import load_gebiedsboom
from gebieden.opslag.lezen import load_berichten, load_initiatieven, load_punten
from gebieden.opslag.signaaltabel import load_signaaltabel
from gebieden.opslag.stand import load_agendastand
from gebieden.ui import gegevens
from gebieden.ui.gegevens import read_bron

pytestmark = pytest.mark.beide_databases
PEILDATUM = date(2026, 11, 16)
KIJKERS = [
    Kijker(rol, eigen)
    for rol in Rol
    for eigen in (
        (frozenset({"GB01"}), frozenset({"GB03"})) if rol not in (Rol.PUBLIEK, Rol.RAAD, Rol.BEHEER) else (frozenset(),)
    )
]
LEZERS: dict[str, Callable] = {
    "boom": lambda bron, kijker: gegevens.get_boom(bron, PEILDATUM),
    "stand": lambda bron, kijker: gegevens.get_stand(bron, PEILDATUM),
    "voortgang": lambda bron, kijker: gegevens.get_voortgang(bron, PEILDATUM, None),
    "punten": lambda bron, kijker: gegevens.get_punten(bron, PEILDATUM, kijker),
    "initiatieven": lambda bron, kijker: gegevens.get_initiatieven(bron, kijker),
    "berichten": lambda bron, kijker: gegevens.get_berichten(bron, PEILDATUM, kijker),
    "grenzen": lambda bron, kijker: gegevens.get_grenzen(bron, PEILDATUM, "wijk"),
    "kwartalen": lambda bron, kijker: gegevens.get_kwartalen(bron, PEILDATUM),
    "signalen": lambda bron, kijker: gegevens.get_signaaltabel(
        bron, PEILDATUM, kijker, gegevens.get_kwartalen(bron, PEILDATUM)[0], None
    ),
}
# Which of them may change when somebody writes in a part; all others must be the very same object.
RAAKT = {
    Deel.GEBIEDEN: {"boom", "voortgang", "berichten", "grenzen", "signalen"},
    Deel.AGENDA: {"stand", "voortgang", "punten", "initiatieven", "berichten"},
    Deel.SIGNALEN: {"kwartalen", "signalen"},
    Deel.OOV: set(),
    Deel.INSTELLINGEN: {"stand", "voortgang", "signalen"},
    Deel.GEBRUIKERS: set(),
}


def read_alles(kijker: Kijker) -> dict[str, object]:
    bron = read_bron()
    return {naam: lees(bron, kijker) for naam, lees in LEZERS.items()}


def load_alles(engine: Engine, kijker: Kijker) -> dict[str, object]:
    """Return what a viewer must be shown, read from the database itself."""
    with engine.connect() as conn:
        boom = load_gebiedsboom(conn, PEILDATUM)
        kwartaal = gegevens.get_kwartalen(read_bron(), PEILDATUM)[0]
        return {
            "boom": boom,
            "stand": load_agendastand(conn, PEILDATUM),
            "punten": load_punten(conn, kijker, PEILDATUM),
            "initiatieven": load_initiatieven(conn, kijker),
            "berichten": load_berichten(conn, kijker, boom, PEILDATUM),
            "signalen": load_signaaltabel(conn, kijker, boom, PEILDATUM, kwartaal, None),
        }


@pytest.mark.parametrize("deel", Deel)
def test_a_write_throws_away_what_it_touches_and_nothing_else(eigen_database, deel):
    kijker = Kijker(Rol.GEBIEDSTEAM, frozenset({"GB01"}))
    eerder = read_alles(kijker)
    with begin_schrijven(eigen_database, deel):
        pass
    later = read_alles(kijker)
    assert {naam for naam in LEZERS if later[naam] is not eerder[naam]} == RAAKT[deel]


def change_gebied(conn: Connection) -> None:
    conn.execute(update(tabellen.gebied).where(tabellen.gebied.c.code == "WK036101").values(naam="Anders"))


def change_punt(conn: Connection) -> None:
    conn.execute(update(tabellen.agendapunt).where(tabellen.agendapunt.c.id == "AP001").values(openbaar=False))
    conn.execute(update(tabellen.initiatief).where(tabellen.initiatief.c.id == "BI002").values(openbaar=False))


def change_bericht(conn: Connection) -> None:
    rij = {"soort": "agendapunt", "id": "AP001", "datum": PEILDATUM, "tekst": "Nieuw.", "openbaar": True}
    conn.execute(insert(tabellen.bericht).values(rij))


def change_signalen(conn: Connection) -> None:
    conn.execute(update(tabellen.signaaltelling).values(kwartaal=tabellen.signaaltelling.c.kwartaal - 1))


def change_drempel(conn: Connection) -> None:
    for sleutel, waarde in (("onderdrukkingsdrempel", "50"), ("stilte_dagen", "1")):
        conn.execute(insert(tabellen.instelling).values(sleutel=sleutel, waarde=waarde))


@pytest.mark.parametrize(
    ("deel", "change"),
    [
        (Deel.GEBIEDEN, change_gebied),
        (Deel.AGENDA, change_punt),
        (Deel.AGENDA, change_bericht),
        (Deel.SIGNALEN, change_signalen),
        (Deel.INSTELLINGEN, change_drempel),
    ],
)
def test_every_role_sees_a_change_at_once_and_what_that_role_may_see(eigen_database, deel, change):
    for kijker in KIJKERS:
        read_alles(kijker)
    with begin_schrijven(eigen_database, deel) as conn:
        change(conn)
    verwacht = {kijker: load_alles(eigen_database, kijker) for kijker in KIJKERS}
    # Mixed up on purpose: forth and back, so that every role comes after every other.
    for kijker in [*KIJKERS, *reversed(KIJKERS)]:
        getoond = read_alles(kijker)
        assert getoond["boom"].gebieden == verwacht[kijker]["boom"].gebieden
        assert {naam: getoond[naam] for naam in verwacht[kijker] if naam != "boom"} == {
            naam: wat for naam, wat in verwacht[kijker].items() if naam != "boom"
        }


def test_the_changes_of_these_tests_are_changes(eigen_database):
    """A change that changes nothing would prove nothing."""
    kijker = Kijker(Rol.GEBIEDSTEAM, frozenset({"GB01"}))
    for deel, change, wat in (
        (Deel.GEBIEDEN, change_gebied, "boom"),
        (Deel.AGENDA, change_bericht, "berichten"),
        (Deel.SIGNALEN, change_signalen, "kwartalen"),
        (Deel.INSTELLINGEN, change_drempel, "signalen"),
    ):
        eerder = read_alles(kijker)[wat]
        with begin_schrijven(eigen_database, deel) as conn:
            change(conn)
        assert read_alles(kijker)[wat] != eerder, wat


def test_an_earlier_peildatum_has_an_answer_of_its_own(eigen_database):
    bron = read_bron()
    kijker = Kijker(Rol.RAAD)
    toen = PEILDATUM - timedelta(days=200)
    assert gegevens.get_berichten(bron, toen, kijker) != gegevens.get_berichten(bron, PEILDATUM, kijker)
    with eigen_database.connect() as conn:
        assert conn.scalar(select(func.count()).select_from(tabellen.bericht).where(tabellen.bericht.c.datum > toen))
