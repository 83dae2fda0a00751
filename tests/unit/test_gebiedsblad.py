"""The print sheet: everything escaped, points in their order, and what does not fit is counted, not lost."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gebieden.domein.agendapunt import Agendapunt, Staat, WachtOp
from gebieden.domein.thema import Thema
from gebieden.domein.voortgang import Categorie
from gebieden.opslag.lezen import Punt
from gebieden.rapport.bladindeling import KOPPEN, Bladpunt, compose_bladpunten, fit_groepen, group_punten
from gebieden.rapport.gebiedsblad import Bladinitiatief, Bladtelling, Gebiedsblad, render_gebiedsblad
from gebieden.rapport.kaartje import compose_kaartje

PEILDATUM = date(2026, 5, 12)
BLAD = Gebiedsblad(
    naam="Overdie",
    hoort_bij="Ligt in Alkmaar",
    zin="Agenda 1 maart 2026 (versie 3), 1 punt: 1 loopt.",
    punten=(Bladpunt("Speeltuin", Categorie.LOOPT, bij="veilig"),),
    peildatum=PEILDATUM,
    bron="Gebiedsdashboard",
    adres="http://localhost:8501/gebied?code=WK036101&thema=veilig",
    uitleg="http://localhost:8501/uitleg",
    verzonnen=True,
)
PUNTEN = st.lists(
    st.builds(
        Bladpunt, st.text(max_size=250), st.sampled_from(Categorie), st.booleans(), st.booleans(), st.text(max_size=90)
    ),
    max_size=60,
)


class Lezer(HTMLParser):
    """Collects the elements of a document and the attributes that could run or load something."""

    def __init__(self) -> None:
        super().__init__()
        self.elementen: list[str] = []
        self.attributen: list[tuple[str, str | None]] = []
        self.tekst = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elementen.append(tag)
        self.attributen.extend(attrs)

    def handle_data(self, data: str) -> None:
        self.tekst += data


def read_html(html: str) -> Lezer:
    lezer = Lezer()
    lezer.feed(html)
    return lezer


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'&amp;<b>", "</style></svg><iframe>"]
)
def test_no_text_becomes_markup(payload: str) -> None:
    blad = Gebiedsblad(
        naam=payload,
        hoort_bij=payload,
        zin=payload,
        punten=(Bladpunt(payload, Categorie.LOOPT, bij=payload),),
        peildatum=PEILDATUM,
        bron=payload,
        adres=f"http://localhost/{payload}",
        uitleg=payload,
        verzonnen=True,
        initiatieven=(Bladinitiatief(payload, payload),),
        telling=Bladtelling(payload, (payload,), ((payload, payload),), payload),
        kaartje=compose_kaartje(shapely.box(0, 0, 1, 1)),
    )
    lezer, gewoon = read_html(render_gebiedsblad(blad)), read_html(render_gebiedsblad(replace(blad, naam="x")))
    assert lezer.elementen == gewoon.elementen
    assert not {"script", "img", "iframe", "b", "button", "input"} & set(lezer.elementen)
    assert not [naam for naam, _ in lezer.attributen if naam.startswith("on") or naam == "src"]
    # naam (title, h1), hoort_bij, zin, titel, bij, initiatief (2), telling (5: kop, kolom, two cells, noot),
    # bron, adres, uitleg.
    assert lezer.tekst.count(payload) == 16


def test_only_web_addresses_become_links() -> None:
    blad = replace(BLAD, adres="javascript:alert(1)")
    assert [w for naam, w in read_html(render_gebiedsblad(blad)).attributen if naam == "href"] == [BLAD.uitleg]


def test_the_sheet_says_when_from_where_and_that_it_is_invented() -> None:
    tekst = read_html(render_gebiedsblad(BLAD)).tekst
    for deel in ("Overdie", BLAD.zin, "Stand van 12 mei 2026", "Bron: Gebiedsdashboard", BLAD.adres, BLAD.uitleg):
        assert deel in tekst
    assert tekst.lower().count("verzonnen gegevens") == 2
    assert "erzonnen" not in render_gebiedsblad(replace(BLAD, verzonnen=False))


def test_nothing_is_asked_of_another_place() -> None:
    html = render_gebiedsblad(replace(BLAD, kaartje=compose_kaartje(shapely.box(0, 0, 1, 1))))
    assert "url(" not in html
    assert "@import" not in html
    assert not {"link", "script", "img"} & set(read_html(html).elementen)


def test_an_area_without_points_says_so() -> None:
    assert "Voor Overdie is nog geen agenda met punten ingelezen." in render_gebiedsblad(replace(BLAD, punten=()))


def test_groups_come_in_the_agreed_order_and_late_points_stand_apart() -> None:
    punten = [
        Bladpunt("klaar", Categorie.AFGEROND),
        Bladpunt("loopt", Categorie.LOOPT),
        Bladpunt("loopt, te laat", Categorie.LOOPT, te_laat=True),
        Bladpunt("vervallen", Categorie.VERVALLEN),
        Bladpunt("wacht, te laat", Categorie.WACHT, te_laat=True),
        Bladpunt("onbekend", Categorie.ONBEKEND),
        Bladpunt("overgedragen", Categorie.OVERGEDRAGEN),
        Bladpunt("voorstel", Categorie.VOORSTEL, nieuw=True),
        Bladpunt("nieuw", Categorie.LOOPT, nieuw=True),
        Bladpunt("begint nog", Categorie.NIET_BEGONNEN),
    ]
    groepen = group_punten(punten)
    assert [(g.kop, [p.titel for p in g.punten], g.elders) for g in groepen] == [
        ("Wacht", ["wacht, te laat"], 0),
        ("Over de afgesproken datum", ["loopt, te laat"], 0),
        ("Stand onbekend", ["onbekend"], 0),
        ("Loopt", ["loopt"], 1),
        ("Nog niet begonnen", ["begint nog"], 0),
        ("Klaar", ["klaar"], 0),
        ("Nieuw sinds de vastgestelde versie", ["nieuw"], 0),
        ("Voorstellen", ["voorstel"], 0),
        ("Overgedragen", ["overgedragen"], 0),
        ("Gaat niet door", ["vervallen"], 0),
    ]


@given(PUNTEN, st.floats(0, 60))
def test_every_point_is_shown_or_counted_and_the_lines_are_never_exceeded(
    punten: list[Bladpunt], regels: float
) -> None:
    groepen = group_punten(punten)
    assert sum(groep.aantal for groep in groepen) == len(punten)
    indeling = fit_groepen(groepen, regels)
    getoond = [punt for groep in indeling.groepen for punt in groep.punten]
    assert len(getoond) + indeling.weggelaten == len(punten)
    assert getoond == [punt for groep in groepen for punt in groep.punten][: len(getoond)]
    assert indeling.regels <= max(regels, 1)


def test_every_category_has_a_heading() -> None:
    assert set(Categorie) <= set(KOPPEN)


def test_what_is_left_out_is_counted_with_where_to_find_it() -> None:
    blad = replace(BLAD, punten=tuple(Bladpunt(f"punt {n}", Categorie.LOOPT) for n in range(100)))
    lezer = read_html(render_gebiedsblad(blad))
    # 48 lines, less one heading of a line and a half and the line that says how many more there are.
    assert lezer.elementen.count("li") == 45
    assert "Loopt (100)" in lezer.tekst
    assert f"… en nog 55 punten, zie {BLAD.adres}" in lezer.tekst


def test_a_point_says_what_it_waits_for_when_it_was_due_and_how_old_the_news_is() -> None:
    basis = Agendapunt(
        "A1", "WK036101", "Fietsenrek", (Thema.VEILIG, Thema.HEEL), Staat.WACHT_OP, wacht_op=WachtOp.GELD
    )
    laat = replace(basis, afgesproken_gereed=date(2026, 4, 1), trekker="Team Noord")
    loopt = replace(laat, staat=Staat.IN_UITVOERING, wacht_op=None)
    punten = [Punt(laat, True, date(2026, 5, 11)), Punt(loopt, True, date(2026, 5, 11)), Punt(loopt, False, None)]
    assert [(p.categorie, p.te_laat, p.nieuw, p.bij) for p in compose_bladpunten(punten, PEILDATUM, 90)] == [
        (
            Categorie.WACHT,
            True,
            False,
            "wacht op geld · afgesproken: 1 april 2026 · gisteren · veilig, heel · Team Noord",
        ),
        (Categorie.LOOPT, True, False, "loopt · afgesproken: 1 april 2026 · gisteren · veilig, heel · Team Noord"),
        (
            Categorie.ONBEKEND,
            True,
            True,
            "stand onbekend · afgesproken: 1 april 2026 · nog geen bericht · veilig, heel · Team Noord",
        ),
    ]


def test_the_map_has_the_area_in_the_middle_and_north_up() -> None:
    kaartje = compose_kaartje(
        shapely.box(1000, 2000, 1100, 2050), [shapely.box(1100, 2000, 5000, 2050)], schematisch=True
    )
    # 100 m wide plus a quarter on both sides makes 150 m in 100 units.
    assert sorted(kaartje.vlak.strip("MZ").split("L")) == ["16.7 33.3", "16.7 66.7", "83.3 33.3", "83.3 66.7"]
    assert sorted(kaartje.buren[0].strip("MZ").split("L")) == ["100.0 33.3", "100.0 66.7", "83.3 33.3", "83.3 66.7"]
    assert "Schematische grenzen" in render_gebiedsblad(replace(BLAD, kaartje=kaartje))


def test_a_neighbour_out_of_sight_is_left_out_and_holes_are_kept() -> None:
    ring = shapely.box(0, 0, 90, 90).difference(shapely.box(30, 30, 60, 60))
    kaartje = compose_kaartje(ring, [shapely.box(10_000, 0, 10_001, 1)])
    assert kaartje.buren == ()
    assert kaartje.vlak.count("M") == 2
