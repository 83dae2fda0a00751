"""Two processes behind nginx as it is shipped, on one PostgreSQL, with sign-in at a real provider."""

import re
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from aanbieder import Aanbieder, run_aanbieder, turn_productie
from bezoek import Bezoeker
from kaart_proef import WORTEL
from playwright.sync_api import Locator, expect
from postgres import Cluster
from replicas import Replica, find_poortpaar, run_nginx, run_replicas
from sqlalchemy import Engine, select

from gebieden.demo.bouwen import build_demo
from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruikersgegevens
from gebieden.domein.rechten import Rol
from gebieden.opslag import tabellen
from gebieden.opslag.database import open_database
from gebieden.opslag.gebruikersbeheer import add_gebruiker

GEBIED = "WK036106"
AGENDA = WORTEL / "data/agendapunten.csv"
PERSONEN = {
    "ria": Gebruikersgegevens("Ria de Regisseur", Rol.GEBIEDSREGISSEUR, frozenset({GEBIED})),
    "tom": Gebruikersgegevens("Tom van het Team", Rol.GEBIEDSTEAM, frozenset({GEBIED})),
    "bea": Gebruikersgegevens("Bea Beheer", Rol.BEHEER),
}
# What the browser itself reports, in whichever document it is.
LUISTER = (
    "addEventListener('securitypolicyviolation', v => console.error('GEWEIGERD', v.violatedDirective, v.blockedURI))"
)
GEHAALD = "performance.getEntriesByType('resource').map(r => r.name.split('/grenzen/')[1]).filter(Boolean)"
# fail_timeout in replicas.conf, and a bit.
VERTROUWEN_MS = 5_500


@pytest.fixture(scope="module")
def engine(cluster: Cluster) -> Iterator[Engine]:
    engine = open_database(cluster.create())
    build_demo(engine)
    yield turn_productie(engine)
    engine.dispose()


@pytest.fixture(scope="module")
def aanbieder(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Iterator[Aanbieder]:
    with run_aanbieder(tmp_path_factory.mktemp("aanbieder")) as aanbieder:
        for naam, gegevens in PERSONEN.items():
            aanbieder.zet(naam, email=f"{naam}@alkmaar.nl", email_verified=True)
            add_gebruiker(engine, OPDRACHTREGEL, f"{naam}@alkmaar.nl", gegevens, via="opdrachtregel")
        yield aanbieder


@pytest.fixture(scope="module")
def poort() -> int:
    return find_poortpaar()


@pytest.fixture(scope="module")
def replicas(
    tmp_path_factory: pytest.TempPathFactory, engine: Engine, aanbieder: Aanbieder, poort: int
) -> Iterator[tuple[Replica, Replica]]:
    map_ = tmp_path_factory.mktemp("replicas")
    geheimen = aanbieder.write_geheimen(map_ / "secrets.toml", f"https://localhost:{poort}")
    omgeving = {
        "GEBIEDEN_MODUS": "productie",
        "GEBIEDEN_DATABASE": engine.url.render_as_string(hide_password=False),
        "STREAMLIT_SECRETS_FILES": str(geheimen),
    }
    with run_replicas(map_, **omgeving) as replicas:
        yield replicas


@pytest.fixture(scope="module")
def adres(tmp_path_factory: pytest.TempPathFactory, replicas: tuple[Replica, Replica], poort: int) -> Iterator[str]:
    with run_nginx(tmp_path_factory.mktemp("nginx"), [replica.poort for replica in replicas], poort) as adres:
        yield adres


@pytest.fixture
def bezoek(ontvang: Callable[..., Bezoeker], adres: str) -> Callable[..., Bezoeker]:
    """Return a function that lets a visitor in at this process, and signs them in when they have a name."""

    def kom(replica: Replica, naam: str | None = None, pad: str = "/") -> Bezoeker:
        bezoeker = ontvang(adres, ignore_https_errors=True)
        send_to(bezoeker, replica)
        bezoeker.open(pad)
        return bezoeker.meld_aan(naam) if naam else bezoeker

    return kom


def send_to(bezoeker: Bezoeker, replica: Replica) -> None:
    """Let a visitor have been at this process last."""
    koekje = {"name": "gebieden_replica", "value": str(replica.poort), "url": bezoeker.adres}
    bezoeker.page.context.add_cookies([{**koekje, "secure": True, "httpOnly": True, "sameSite": "Lax"}])


def find_plaats(bezoeker: Bezoeker) -> int:
    """Return the port of the process where a visitor's session is, as the websocket said."""
    return next(int(k["value"]) for k in bezoeker.page.context.cookies() if k["name"] == "gebieden_replica")


def find_punt(engine: Engine, plaats: int = 0) -> str:
    """Return the address of a public point in the area of those who write here."""
    tabel = tabellen.agendapunt
    with engine.connect() as conn:
        vraag = select(tabel.c.id).where(tabel.c.gebied == GEBIED, tabel.c.openbaar).distinct().order_by(tabel.c.id)
        return f"/punt?soort=agendapunt&id={conn.scalars(vraag).all()[plaats]}"


def count_berichten(engine: Engine, tekst: str) -> int:
    with engine.connect() as conn:
        return len(conn.execute(select(tabellen.bericht).where(tabellen.bericht.c.tekst == tekst)).all())


def tekstvak(bezoeker: Bezoeker) -> Locator:
    return bezoeker.hoofd.get_by_label("Wat is er gebeurd of afgesproken?")


def schrijf(bezoeker: Bezoeker, tekst: str) -> None:
    tekstvak(bezoeker).fill(tekst)
    bezoeker.hoofd.get_by_role("button", name="Opslaan", exact=True).click()
    expect(bezoeker.hoofd.get_by_text(re.compile("^Opgeslagen"))).to_be_visible()


def lees(bezoeker: Bezoeker, tekst: str) -> Locator:
    return bezoeker.hoofd.locator(".bericht, .berichten").get_by_text(tekst, exact=True)


def test_who_is_signed_in_at_one_process_is_signed_in_at_the_other(bezoek, replicas) -> None:
    een, ander = replicas
    bezoeker = bezoek(een, "ria")
    expect(bezoeker.zijbalk).to_contain_text("Ria de Regisseur")
    assert find_plaats(bezoeker) == een.poort
    send_to(bezoeker, ander)
    bezoeker.open("/agenda")
    expect(bezoeker.zijbalk).to_contain_text("Ria de Regisseur")
    assert find_plaats(bezoeker) == ander.poort


def test_a_session_stays_with_its_process(bezoek, replicas) -> None:
    for replica in replicas:
        bezoeker = bezoek(replica)
        for pad in ("/agenda", "/signalen", "/"):
            bezoeker.open(pad)
            assert find_plaats(bezoeker) == replica.poort


def test_boundaries_that_one_process_made_are_served_by_the_other(bezoek, replicas) -> None:
    een, ander = replicas
    (naam,) = bezoek(een, pad="/?niveau=buurt").kaart().evaluate(GEHAALD)
    # Nobody has asked the other for this map yet.
    inhoud = [urllib.request.urlopen(f"{r.adres}/grenzen/{naam}", timeout=20).read() for r in replicas]
    assert inhoud[0] == inhoud[1]
    assert len(inhoud[0]) > 1000
    assert bezoek(ander, pad="/?niveau=buurt").kaart().evaluate(GEHAALD) == [naam]


def test_what_is_written_at_one_process_shows_at_the_other_within_ten_seconds(bezoek, replicas, engine) -> None:
    punt = find_punt(engine)
    schrijver, lezer = bezoek(replicas[0], "ria", punt), bezoek(replicas[1], "tom", punt)
    schrijf(schrijver, "De buurt heeft zaterdag samen geplant.")
    expect(lees(lezer, "De buurt heeft zaterdag samen geplant.")).to_be_visible(timeout=10_000)
    assert (find_plaats(schrijver), find_plaats(lezer)) == tuple(r.poort for r in replicas)
    assert count_berichten(engine, "De buurt heeft zaterdag samen geplant.") == 1


def test_nobody_loses_anything_when_a_process_is_killed(bezoek, replicas, engine) -> None:
    een, ander = replicas
    bezoeker = bezoek(een, "ria", find_punt(engine, 1))
    assert find_plaats(bezoeker) == een.poort
    schrijf(bezoeker, "Dit was al opgeslagen.")
    tekstvak(bezoeker).press_sequentially("Dit stond er half")
    een.stop(plotseling=True)
    expect(bezoeker.page.get_by_test_id("stApp")).to_have_attribute("data-test-connection-state", "CONNECTED")
    bezoeker.wacht()
    assert find_plaats(bezoeker) == ander.poort
    expect(bezoeker.zijbalk).to_contain_text("Ria de Regisseur")
    expect(lees(bezoeker, "Dit was al opgeslagen.")).to_be_visible()
    expect(tekstvak(bezoeker)).to_have_value("Dit stond er half")
    tekstvak(bezoeker).press_sequentially(" en is afgemaakt.")
    bezoeker.hoofd.get_by_role("button", name="Opslaan", exact=True).click()
    expect(lees(bezoeker, "Dit stond er half en is afgemaakt.")).to_be_visible()
    for tekst in ("Dit was al opgeslagen.", "Dit stond er half en is afgemaakt."):
        assert count_berichten(engine, tekst) == 1

    nieuw = bezoek(een)
    assert find_plaats(nieuw) == ander.poort
    een.start()
    bezoeker.open("/agenda")
    assert find_plaats(bezoeker) == ander.poort
    send_to(nieuw, een)
    nieuw.page.wait_for_timeout(VERTROUWEN_MS)
    nieuw.open("/agenda")
    assert find_plaats(nieuw) == een.poort


def test_no_page_asks_for_what_the_policy_refuses_and_the_map_paints(bezoek, replicas) -> None:
    bezoeker = bezoek(replicas[0], "bea")
    klachten: list[str] = []
    bezoeker.page.on("console", lambda m: klachten.extend(re.findall("GEWEIGERD.*|.*Content Security.*", m.text)))
    bezoeker.page.context.add_init_script(LUISTER)
    bezoeker.open("/").kaart()
    links = bezoeker.page.get_by_test_id("stSidebarNav").get_by_role("link")
    paginas = [str(link.get_attribute("href")) for link in links.all()]
    assert len(paginas) >= 8
    for pagina in [*paginas, "/gebied?code=WK036108", "/agenda?vorm=tabel", "/agenda?vorm=tijdlijn"]:
        bezoeker.open(pagina.removeprefix(bezoeker.adres))
    bezoeker.open("/gegevens").page.locator("input[type=file]").first.set_input_files(AGENDA)
    expect(bezoeker.hoofd.get_by_text(AGENDA.name)).to_be_visible()
    bezoeker.wacht()
    assert klachten == []
