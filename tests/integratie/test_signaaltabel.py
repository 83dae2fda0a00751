"""Counts per quarter by role: who sees which rows, and that what is hidden is hidden everywhere."""

from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine

from gebieden.analyse.tabelaudit import Publicatieset, audit_bereik, build_gemeentesommen
from gebieden.domein.gebied import Gebied
from gebieden.domein.groepsregel import Groepsregel
from gebieden.domein.kwartaal import Kwartaal, determine_kwartaal, parse_kwartaal
from gebieden.domein.rechten import Kijker, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.database import begin_schrijven, set_instelling
from gebieden.opslag.gebieden import load_gebiedsboom, save_gebieden
from gebieden.opslag.groepsregels import store_groepsregels
from gebieden.opslag.signaalpublicatie import load_publicaties
from gebieden.opslag.signaaltabel import (
    AFGESCHERMD,
    Signaaltabel,
    load_kwartalen,
    load_signaaltabel,
    load_signaaltabellen_uitvoer,
)
from gebieden.opslag.signalen import import_signalen
from gebieden.rapport.tabellen import build_uitvoer
from gebieden.ui.signaalbeeld import compose_bladtelling
from tests.unit.signaalgebieden import BUURTEN, WIJKEN, build_boom, build_grenzen, list_gebieden

PEILDATUM = date(2025, 8, 15)
K2 = Kwartaal(2025, 2)
# Per buurt: a, b, c in the second quarter of 2025.
AANTALLEN = {
    "BU03610101": (3, 20, 30),
    "BU03610102": (12, 18, 25),
    "BU03610103": (40, 9, 14),
    "BU03610201": (22, 31, 17),
    "BU03610202": (16, 8, 45),
    "BU03610301": (2, 19, 28),
}


@pytest.fixture
def engine(engine: Engine, tmp_path: Path) -> Engine:
    with begin_schrijven(engine) as conn:
        save_gebieden(conn, list_gebieden())
    _fill(
        engine, tmp_path, [(c, k, n, "2025-05-01") for c, r in AANTALLEN.items() for k, n in zip("abc", r, strict=True)]
    )
    return engine


def _fill(engine: Engine, map_: Path, cellen: list[tuple[str, str, int, str]]) -> None:
    pad = map_ / "signalen.csv"
    rijen = [f"{c}-{k}-{d}-{i};{d};{k};boa;{c}" for c, k, n, d in cellen for i in range(n)]
    pad.write_text("id;datum;categorie;bron;gebied\n" + "\n".join(rijen), encoding="utf-8")
    with begin_schrijven(engine) as conn:
        uitkomst = import_signalen(conn, pad, build_grenzen(), build_boom(), PEILDATUM)
    assert uitkomst.telling.ingelezen == len(rijen)


def _load(engine: Engine, kijker: Kijker, gebied: str | None = None, kwartaal: Kwartaal = K2) -> Signaaltabel:
    with engine.connect() as conn:
        return load_signaaltabel(conn, kijker, load_gebiedsboom(conn, PEILDATUM), PEILDATUM, kwartaal, gebied)


def _codes(tabel: Signaaltabel) -> set[str]:
    return {rij.code for rij in tabel.rijen}


G, W = {"GM0361"}, set(WIJKEN)
EIGEN_GB01 = frozenset({"GB01"})  # Buurten 0102 and 0103 of wijk 01, and 0201 of wijk 02: no wijk wholly.
EIGEN_WIJK = frozenset({"WK036102"})
IN_GB01, IN_WIJK = set(BUURTEN[1:4]), set(BUURTEN[3:5])
MATRIX = [
    (Rol.PUBLIEK, EIGEN_GB01, G),
    (Rol.RAAD, EIGEN_GB01, G | W),
    (Rol.BEHEER, EIGEN_GB01, G | W),
    (Rol.GEBIEDSTEAM, frozenset(), G | W),
    (Rol.GEBIEDSTEAM, EIGEN_GB01, G | W | IN_GB01),
    (Rol.GEBIEDSREGISSEUR, EIGEN_WIJK, G | W | IN_WIJK),
    (Rol.OOV, EIGEN_GB01, G | W | IN_GB01),
    (Rol.OOV, EIGEN_WIJK, G | W | IN_WIJK),
    (Rol.OOV, frozenset({"GM0361"}), G | W | set(BUURTEN)),
]


@pytest.mark.parametrize(("rol", "eigen", "codes"), MATRIX)
def test_each_role_sees_its_levels(engine: Engine, rol: Rol, eigen: frozenset[str], codes: set[str]) -> None:
    assert _codes(_load(engine, Kijker(rol, eigen))) == codes


@pytest.mark.parametrize(
    ("gebied", "codes"),
    [
        ("GM0361", G | W | set(BUURTEN)),
        ("WK036101", G | {"WK036101"} | set(BUURTEN[:3])),
        ("BU03610102", G | {"WK036101", "BU03610102"}),
        ("GB01", G | {"WK036101", "WK036102"} | IN_GB01),
        ("DORP1", G | {"WK036102", "BU03610202"}),
    ],
)
def test_a_page_about_an_area_shows_its_wijken_and_buurten_and_no_sum_of_its_own(
    engine: Engine, gebied: str, codes: set[str]
) -> None:
    assert _codes(_load(engine, Kijker(Rol.GEBIEDSTEAM, frozenset({"GM0361"})), gebied)) == codes
    assert _codes(_load(engine, Kijker(Rol.PUBLIEK), gebied)) == G


def test_totals_and_columns(engine: Engine) -> None:
    tabel = _load(engine, Kijker(Rol.OOV, frozenset({"GM0361"})))
    assert tabel.kolommen == ("a", "b", "c", "totaal")
    cellen = {rij.code: rij.cellen for rij in tabel.rijen}
    assert cellen["BU03610101"] == (3, 20, 30, 53)
    assert cellen["WK036101"] == (55, 47, 69, 171)
    assert cellen["GM0361"] == (95, 105, 159, 359)
    assert tabel.drempel == 5
    assert "boa" in tabel.bron
    assert "kleiner dan 5" in tabel.definitie


def test_hidden_is_the_same_for_everybody_but_oov_at_home(engine: Engine) -> None:
    with engine.connect() as conn:
        (publicatie,) = load_publicaties(conn, K2)
    dicht = {rij.code: rij.dicht for rij in publicatie.rijen}
    waar = {rij.code: rij.aantallen for rij in publicatie.rijen}
    assert sum(map(sum, dicht.values())) >= 8
    for rol, eigen in product(Rol, (frozenset[str](), EIGEN_GB01, EIGEN_WIJK, frozenset({"GM0361"}))):
        kijker = Kijker(rol, eigen)
        for rij in _load(engine, kijker).rijen:
            is_thuis = rol is Rol.OOV and kijker.is_eigen(rij.code, build_boom())
            assert rij.is_volledig is is_thuis
            verborgen = (False,) * 4 if is_thuis else dicht[rij.code]
            assert rij.cellen == tuple(None if d else n for n, d in zip(waar[rij.code], verborgen, strict=True))


def test_oov_sees_a_wijk_that_is_only_partly_its_own_as_raad(engine: Engine) -> None:
    raad = {rij.code: rij.cellen for rij in _load(engine, Kijker(Rol.RAAD)).rijen}
    oov = {rij.code: rij.cellen for rij in _load(engine, Kijker(Rol.OOV, EIGEN_GB01)).rijen}
    assert {code: oov[code] for code in G | W} == raad
    assert None in raad["WK036103"]


def test_a_running_quarter_is_not_published_to_anybody(engine: Engine, tmp_path: Path) -> None:
    _fill(engine, tmp_path, [("BU03610101", "a", 50, "2025-08-01"), ("BU03610101", "a", 50, "2024-12-31")])
    for rol in Rol:
        tabel = _load(engine, Kijker(rol, frozenset({"GM0361"})), kwartaal=Kwartaal(2025, 3))
        assert tabel.rijen == ()
        assert "1 oktober 2025" in tabel.melding
    with engine.connect() as conn:
        assert load_kwartalen(conn, PEILDATUM) == [K2, Kwartaal(2024, 4)]
        assert load_kwartalen(conn, date(2025, 6, 30)) == [Kwartaal(2024, 4)]
        assert load_kwartalen(conn, date(2025, 7, 1)) == [K2, Kwartaal(2024, 4)]


def test_a_quarter_without_signals_says_so(engine: Engine) -> None:
    tabel = _load(engine, Kijker(Rol.RAAD), kwartaal=Kwartaal(2023, 1))
    assert (tabel.rijen, tabel.melding) == ((), "Over het 1e kwartaal 2023 zijn geen signalen ingelezen.")


def test_a_later_peildatum_or_another_tree_does_not_change_the_table(engine: Engine) -> None:
    voor = _load(engine, Kijker(Rol.RAAD))
    with begin_schrijven(engine) as conn:
        save_gebieden(conn, [Gebied("BU03610104", "Nieuw", "buurt", geldig_vanaf=date(2025, 7, 1))])
    assert _load(engine, Kijker(Rol.RAAD)) == voor


def test_signals_of_which_only_the_wijk_is_known_have_a_row_of_their_own(engine: Engine, tmp_path: Path) -> None:
    _fill(engine, tmp_path, [("WK036101", "a", 7, "2025-05-01")])
    cellen = {rij.code: rij.cellen for rij in _load(engine, Kijker(Rol.OOV, frozenset({"GM0361"}))).rijen}
    assert cellen["WK036101 zonder buurt"] == (7, 0, 0, 7)
    assert cellen["WK036101"] == (62, 47, 69, 178)
    assert "WK036101 zonder buurt" not in _codes(_load(engine, Kijker(Rol.GEBIEDSTEAM, EIGEN_GB01)))
    assert "WK036101 zonder buurt" in _codes(_load(engine, Kijker(Rol.GEBIEDSTEAM, frozenset({"WK036101"}))))


def test_the_threshold_is_a_setting(engine: Engine) -> None:
    with begin_schrijven(engine) as conn:
        set_instelling(conn, "onderdrukkingsdrempel", "1000")
    tabel = _load(engine, Kijker(Rol.RAAD))
    assert tabel.drempel == 1000
    assert all(cel is None for rij in tabel.rijen for cel in rij.cellen)


def test_groups_are_the_columns(engine: Engine) -> None:
    with begin_schrijven(engine) as conn:
        conn.execute(tabellen.categoriegroep.insert(), [{"categorie": k, "groep": "Overlast"} for k in "ab"])
    tabel = _load(engine, Kijker(Rol.PUBLIEK))
    assert (tabel.kolommen, tabel.rijen[0].cellen) == (("c", "Overlast", "totaal"), (159, 200, 359))


@pytest.mark.parametrize("rol", list(Rol))
def test_the_export_has_exactly_the_cells_of_the_page(engine: Engine, tmp_path: Path, rol: Rol) -> None:
    _fill(engine, tmp_path, [("BU03610101", "a", 50, "2025-08-01"), ("BU03610101", "a", 50, "2025-02-01")])
    kijker = Kijker(rol, EIGEN_GB01)
    with engine.connect() as conn:
        boom = load_gebiedsboom(conn, PEILDATUM)
        rijen = load_signaaltabellen_uitvoer(conn, kijker, boom, PEILDATUM)
    assert [r["kwartaal"] for r in rijen] == sorted((r["kwartaal"] for r in rijen), reverse=True)
    assert {r["kwartaal"] for r in rijen} == {"2025-K1", "2025-K2"}
    for kwartaal in (Kwartaal(2025, 1), K2):
        tabel = _load(engine, kijker, kwartaal=kwartaal)
        verwacht = [
            (rij.code, kolom, AFGESCHERMD if cel is None else cel)
            for rij in tabel.rijen
            for kolom, cel in zip(tabel.kolommen, rij.cellen, strict=True)
        ]
        assert [(r["code"], r["categorie"], r["aantal"]) for r in rijen if r["kwartaal"] == kwartaal.code] == verwacht


def _collect(engine: Engine, kijkers: list[Kijker]) -> dict[tuple[str, str], int | None]:
    """Return everything that these people together see of the quarter, on every page and in every export."""
    gezien: dict[tuple[str, str], int | None] = {}

    def add(code: str, kolom: str, cel: int | str | None) -> None:
        getal = None if cel == AFGESCHERMD else cel
        assert gezien.setdefault((code, kolom), getal) == getal, "the same number reads differently elsewhere"

    with engine.connect() as conn:
        boom = load_gebiedsboom(conn, PEILDATUM)
        for kijker in kijkers:
            for gebied in (None, "GM0361", "GB01", "DORP1", *WIJKEN, *BUURTEN):
                tabel = load_signaaltabel(conn, kijker, boom, PEILDATUM, K2, gebied)
                blad = compose_bladtelling(tabel)
                for nummer, rij in enumerate(tabel.rijen):
                    for kolom, cel in zip(tabel.kolommen, rij.cellen, strict=True):
                        add(rij.code, kolom, cel)
                    assert blad is not None
                    assert blad.rijen[nummer][1:] == tuple(AFGESCHERMD if c is None else str(c) for c in rij.cellen)
            for rij in build_uitvoer(conn, "signalen", kijker, PEILDATUM).frame.to_dict("records"):
                if rij["kwartaal"] == K2.code:
                    add(rij["code"], rij["categorie"], rij["aantal"])
    return gezien


def test_all_pages_and_exports_of_everybody_together_leave_every_hidden_count_its_range(engine: Engine) -> None:
    with begin_schrijven(engine) as conn:
        store_groepsregels(conn, {"b": Groepsregel(is_gevoelig=True)})
    kijkers = [Kijker(rol, eigen) for rol in Rol if rol is not Rol.OOV for eigen in (EIGEN_GB01, frozenset({"GM0361"}))]
    gezien = _collect(engine, [*kijkers, Kijker(Rol.OOV, frozenset())])
    codes = ["GM0361", *WIJKEN, *BUURTEN]
    assert set(gezien) == set(product(codes, ("a", "b", "c", "totaal")))
    wijk_van = [WIJKEN.index("WK" + code[2:8]) for code in BUURTEN]
    tellingen = np.array([AANTALLEN.get(code, (0, 0, 0)) for code in BUURTEN])
    sommen = build_gemeentesommen(wijk_van, 3)
    dicht = np.array([gezien[plek] is None for plek in product(codes, ("a", "b", "c", "totaal"))])
    waar = sommen @ tellingen.ravel()
    assert [gezien[p] for p in product(codes, ("a", "b", "c", "totaal")) if gezien[p] is not None] == waar[
        ~dicht
    ].tolist()
    bereik = audit_bereik(Publicatieset(sommen[~dicht], waar[~dicht]), sommen[dicht])
    nodig = np.tile([5, 10, 5, 5], len(codes))
    assert ((bereik[:, 1] - bereik[:, 0]) >= nodig[dicht]).all()
    assert dicht[waar < nodig].all()
    assert not dicht.all()


def test_an_empty_database_has_no_table(maak_database: Callable[..., Engine], leeg_sjabloon: str) -> None:
    with maak_database(leeg_sjabloon).connect() as conn:
        boom = load_gebiedsboom(conn, PEILDATUM)
        assert load_kwartalen(conn, PEILDATUM) == []
        assert load_signaaltabellen_uitvoer(conn, Kijker(), boom, PEILDATUM) == []


def test_what_raad_sees_of_random_quarters_never_shows_a_small_count(engine: Engine, tmp_path: Path) -> None:
    toeval = np.random.default_rng(2)
    for jaar in range(2015, 2021):
        cellen = [
            (c, k, int(n), f"{jaar}-02-01") for c in BUURTEN for k, n in zip("abc", toeval.poisson(6, 3), strict=True)
        ]
        _fill(engine, tmp_path, cellen)
    for jaar in range(2015, 2021):
        tabel = _load(engine, Kijker(Rol.GEBIEDSTEAM, frozenset({"GM0361"})), kwartaal=Kwartaal(jaar, 1))
        getoond = [cel for rij in tabel.rijen for cel in rij.cellen if cel is not None]
        assert min(getoond) >= 5
        wijken = np.array([[cel is None for cel in rij.cellen[:-1]] for rij in tabel.rijen if rij.niveau == "wijk"])
        assert 1 not in wijken.sum(axis=0)
        assert 1 not in wijken.sum(axis=1)


@pytest.mark.parametrize(
    ("dag", "kwartaal", "code"),
    [
        (date(2025, 1, 1), Kwartaal(2025, 1), "2025-K1"),
        (date(2025, 3, 31), Kwartaal(2025, 1), "2025-K1"),
        (date(2025, 12, 31), Kwartaal(2025, 4), "2025-K4"),
    ],
)
def test_quarters_and_their_codes(dag: date, kwartaal: Kwartaal, code: str) -> None:
    assert determine_kwartaal(dag) == kwartaal == parse_kwartaal(code.lower())
    assert kwartaal.code == code
    assert kwartaal.begin <= dag < kwartaal.eind_tot


@pytest.mark.parametrize("tekst", ["", "2025", "2025-K5", "2025-K0", "25-K1", "2025-k1; drop"])
def test_what_is_no_quarter_is_none(tekst: str) -> None:
    assert parse_kwartaal(tekst) is None
