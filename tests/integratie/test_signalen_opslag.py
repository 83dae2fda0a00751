"""Signals in the database: the four counts, twice the same file, a killed import, and the kept-up counts."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from bouwstenen import PEILDATUM
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, func, insert, select
from voorbeelden import check_voorbeelden

from gebieden.domein.fouten import Ernst, InvoerError, RechtenError
from gebieden.domein.kwartaal import Kwartaal
from gebieden.domein.rechten import Kijker, Rol
from gebieden.inlezen import blokken
from gebieden.opslag import tabellen
from gebieden.opslag.database import begin_schrijven, get_versies
from gebieden.opslag.dossierlezen import load_stukken
from gebieden.opslag.gebieden import save_gebieden
from gebieden.opslag.leveringen import load_geleverd, sum_cellen
from gebieden.opslag.oovsoorten import BEOORDELING
from gebieden.opslag.signaaltelling import load_cellen, load_kwartaalnummers
from gebieden.opslag.signaalweken import load_tellingen
from gebieden.opslag.signalen import Signaalimport, import_signalen
from gebieden.opslag.telling import Telling
from tests.unit.signaalgebieden import BUURTEN, build_boom, build_grenzen, list_gebieden

KOP = "id;datum;categorie;bron;gebied\n"
OOV = Kijker(Rol.OOV, frozenset({"GM0361"}))


@pytest.fixture
def engine(engine: Engine) -> Engine:
    with begin_schrijven(engine) as conn:
        save_gebieden(conn, list_gebieden())
    return engine


def _import(engine: Engine, pad: Path, rijen: list[str], *, droog: bool = False) -> Signaalimport:
    pad.write_text(KOP + "".join(f"{rij}\n" for rij in rijen), encoding="utf-8")
    with begin_schrijven(engine, droog=droog) as conn:
        return import_signalen(conn, pad, build_grenzen(), build_boom(), PEILDATUM)


def _load_inhoud(conn: Connection) -> dict[str, tuple[date, str, str, str]]:
    s, c, b, g = tabellen.signaal, tabellen.signaalcategorie, tabellen.signaalbron, tabellen.signaalgebied
    vraag = (
        select(s.c.id, s.c.dag, c.c.naam, b.c.naam, g.c.naam)
        .join(c, c.c.nummer == s.c.categorie)
        .join(b, b.c.nummer == s.c.bron)
        .join(g, g.c.nummer == s.c.gebied)
    )
    return {r[0]: (date(1970, 1, 1) + timedelta(days=r[1]), r[2], r[3], r[4]) for r in conn.execute(vraag)}


def _check_tellingen(conn: Connection) -> None:
    """The kept-up counts are those of the rows themselves."""
    inhoud = _load_inhoud(conn)
    verwacht = Counter(
        (gebied, categorie, dag - timedelta(days=dag.weekday())) for dag, categorie, _, gebied in inhoud.values()
    )
    cellen = sum_cellen(load_cellen(conn))
    geleverd = load_geleverd(conn, conn.scalar(select(func.max(tabellen.levering.c.nummer))) or 0)
    assert geleverd.tolist() == cellen.tolist(), "the deliveries add up to the counts"
    gevonden = load_tellingen(conn, OOV, build_boom())
    assert {(r.gebied, r.groep, r.maandag.date()): r.aantal for r in gevonden.itertuples()} == dict(verwacht)
    per_kwartaal = Counter(dag.year * 4 + (dag.month - 1) // 3 for dag, *_ in inhoud.values())
    assert load_kwartaalnummers(conn) == sorted(per_kwartaal)
    for volgnummer, aantal in per_kwartaal.items():
        kwartaal = Kwartaal(volgnummer // 4, volgnummer % 4 + 1)
        assert load_cellen(conn, vanaf=kwartaal, tot_en_met=kwartaal)["aantal"].sum() == aantal


def test_only_id_day_category_source_and_area_are_stored(engine: Engine, tmp_path: Path) -> None:
    _import(engine, tmp_path / "a.csv", ["1;2025-03-31;geluid;boa;BU03610101"])
    with engine.connect() as conn:
        assert _load_inhoud(conn) == {"1": (date(2025, 3, 31), "geluid", "boa", "BU03610101")}
    assert set(tabellen.signaal.c.keys()) == {"id", "dag", "categorie", "bron", "gebied"}


def test_the_same_file_twice_changes_nothing_the_second_time(engine: Engine, tmp_path: Path) -> None:
    rijen = [f"{i};2025-03-{i % 28 + 1:02d};geluid;boa;{BUURTEN[i % 6]}" for i in range(50)]
    eerste = _import(engine, tmp_path / "a.csv", rijen)
    with engine.connect() as conn:
        voor = (_load_inhoud(conn), list(conn.execute(select(tabellen.signaaltelling))))
    tweede = _import(engine, tmp_path / "a.csv", rijen)
    with engine.connect() as conn:
        assert (_load_inhoud(conn), list(conn.execute(select(tabellen.signaaltelling)))) == voor
    assert (eerste.telling, eerste.afgekeurd) == (Telling(ingelezen=50), 0)
    assert (tweede.telling, tweede.afgekeurd) == (Telling(ongewijzigd=50), 0)


def test_a_known_id_with_other_content_is_updated_and_moves_the_counts(engine: Engine, tmp_path: Path) -> None:
    _import(engine, tmp_path / "a.csv", ["1;2025-03-31;geluid;boa;BU03610101", "2;2025-03-31;geluid;boa;BU03610101"])
    uitkomst = _import(
        engine, tmp_path / "b.csv", ["2;2025-04-01;drugs;politie;BU03610102", "1;2025-03-31;geluid;boa;BU03610101"]
    )
    assert uitkomst.telling == Telling(bijgewerkt=1, ongewijzigd=1)
    with engine.connect() as conn:
        assert _load_inhoud(conn)["2"] == (date(2025, 4, 1), "drugs", "politie", "BU03610102")
        _check_tellingen(conn)


@pytest.mark.parametrize("blok", [1, 2, 100])
def test_of_an_id_twice_in_a_file_the_first_row_counts(
    engine: Engine, tmp_path: Path, blok: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blokken, "BLOK_BYTES", 40 * blok)
    _import(engine, tmp_path / "a.csv", ["1;2025-01-01;oud;boa;BU03610101"])
    uitkomst = _import(
        engine,
        tmp_path / "b.csv",
        [
            "1;2025-01-01;geluid;boa;BU03610101",
            "2;2025-01-01;geluid;boa;BU03610101",
            "1;2025-01-01;geluid;boa;BU03610101",
            "1;2025-01-02;geluid;boa;BU03610101",
            "2;2025-01-01;drugs;boa;BU03610101",
            "2; 1-1-2025 ;geluid;boa;bu03610101",
        ],
    )
    assert uitkomst.telling == Telling(ingelezen=1, bijgewerkt=1, ongewijzigd=2)
    assert uitkomst.afgekeurd == 2
    dubbel = [(b.regel, b.kolom, b.regelnaam) for b in uitkomst.bevindingen]
    assert dubbel == [(5, "id", "dubbele_sleutel"), (6, "id", "dubbele_sleutel")]
    with engine.connect() as conn:
        assert {id_: rij[1] for id_, rij in _load_inhoud(conn).items()} == {"1": "geluid", "2": "geluid"}
        _check_tellingen(conn)


def _bereken(
    bestaand: dict[str, tuple[str, ...]], rijen: list[tuple[str, ...]]
) -> tuple[dict[str, tuple[str, ...]], Counter[str]]:
    """Return what must be stored and counted, one row at a time."""
    inhoud, gezien, telling = dict(bestaand), dict[str, tuple[str, ...]](), Counter[str]()
    for id_, *kenmerken in rijen:
        rij = tuple(kenmerken)
        if id_ in gezien:
            telling["ongewijzigd" if gezien[id_] == rij else "afgekeurd"] += 1
            continue
        gezien[id_] = rij
        telling["ingelezen" if id_ not in inhoud else "ongewijzigd" if inhoud[id_] == rij else "bijgewerkt"] += 1
        inhoud[id_] = rij
    return inhoud, telling


RIJ = st.tuples(
    st.sampled_from([f"s{i}" for i in range(8)]),
    st.sampled_from(["2024-12-30", "2025-03-31", "2025-04-01"]),
    st.sampled_from(["geluid", "drugs"]),
    st.sampled_from(["boa", "politie"]),
    st.sampled_from(BUURTEN[:2]),
)


def test_any_files_give_what_one_row_at_a_time_gives(
    tmp_path: Path, engine: Engine, maak_database: Callable[..., Engine], leeg_sjabloon: str
) -> None:
    def check(bestanden: list[list[tuple[str, ...]]], blok: int) -> None:
        _check_bestanden(maak_database(leeg_sjabloon), tmp_path, bestanden, blok)

    bestanden = st.lists(st.lists(RIJ, max_size=14), min_size=1, max_size=3)
    check_voorbeelden(engine, 25, check, bestanden, st.sampled_from([1, 3, 1000]))


def _check_bestanden(engine: Engine, map_: Path, bestanden: list[list[tuple[str, ...]]], blok: int) -> None:
    verwacht: dict[str, tuple[str, ...]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blokken, "BLOK_BYTES", 40 * blok)
        for rijen in bestanden:
            with engine.connect() as conn:
                begin = {i: (d.isoformat(), *rest) for i, (d, *rest) in _load_inhoud(conn).items()}
            verwacht, telling = _bereken(begin, rijen)
            uitkomst = _import(engine, map_ / "proef.csv", [";".join(rij) for rij in rijen])
            t = uitkomst.telling
            gevonden = {"ingelezen": t.ingelezen, "bijgewerkt": t.bijgewerkt, "ongewijzigd": t.ongewijzigd}
            assert Counter({**gevonden, "afgekeurd": uitkomst.afgekeurd}) == telling
            assert uitkomst.aantal_rijen == len(rijen)
            assert uitkomst.afgekeurd == len({b.regel for b in uitkomst.bevindingen if b.ernst is Ernst.AFGEKEURD})
    with engine.connect() as conn:
        assert {i: (d.isoformat(), *rest) for i, (d, *rest) in _load_inhoud(conn).items()} == verwacht
        _check_tellingen(conn)
    engine.dispose()


def test_a_killed_import_leaves_everything_as_it_was(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blokken, "BLOK_BYTES", 100)
    _import(engine, tmp_path / "a.csv", ["1;2025-01-01;geluid;boa;BU03610101"])
    with engine.connect() as conn:
        voor = (get_versies(conn).totaal, _load_inhoud(conn), list(conn.execute(select(tabellen.signaaltelling))))
    pad = tmp_path / "b.csv"
    pad.write_text(KOP + "".join(f"{i};2025-02-01;nieuw;boa;BU03610102\n" for i in range(40)), encoding="utf-8")
    gehoord: list[float] = []

    def kill(aandeel: float, _tekst: str) -> None:
        gehoord.append(aandeel)
        if len(gehoord) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), begin_schrijven(engine) as conn:
        import_signalen(conn, pad, build_grenzen(), build_boom(), PEILDATUM, melder=kill)
    with engine.connect() as conn:
        na = (get_versies(conn).totaal, _load_inhoud(conn), list(conn.execute(select(tabellen.signaaltelling))))
        assert na == voor
        assert conn.scalar(select(func.count()).select_from(tabellen.signaalcategorie)) == 1


def test_a_file_that_turns_out_unusable_halfway_stores_nothing(engine: Engine, tmp_path: Path) -> None:
    pad = tmp_path / "a.csv"
    pad.write_text(f'{KOP}1;2025-01-01;geluid;boa;BU03610101\n2;2025-01-01;"geluid;boa;BU03610101\n', encoding="utf-8")
    with pytest.raises(InvoerError, match="aanhalingsteken"), begin_schrijven(engine) as conn:
        import_signalen(conn, pad, build_grenzen(), build_boom(), PEILDATUM)
    with engine.connect() as conn:
        assert _load_inhoud(conn) == {}


def test_a_dry_import_counts_and_stores_nothing(engine: Engine, tmp_path: Path) -> None:
    uitkomst = _import(engine, tmp_path / "a.csv", ["1;2025-01-01;geluid;boa;BU03610101"], droog=True)
    assert uitkomst.telling == Telling(ingelezen=1)
    with engine.connect() as conn:
        assert _load_inhoud(conn) == {}
        assert load_kwartaalnummers(conn) == []


def test_progress_goes_up_to_one(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blokken, "BLOK_BYTES", 200)
    pad = tmp_path / "a.csv"
    pad.write_text(KOP + "".join(f"{i};2025-02-01;a;boa;BU03610102\n" for i in range(60)), encoding="utf-8")
    gehoord: list[tuple[float, str]] = []
    with begin_schrijven(engine) as conn:
        import_signalen(conn, pad, build_grenzen(), build_boom(), PEILDATUM, melder=lambda *wat: gehoord.append(wat))
    aandelen = [aandeel for aandeel, _ in gehoord]
    assert aandelen == sorted(aandelen)
    assert gehoord[-1] == (1.0, "60 signalen gelezen")


def test_every_refused_row_is_in_the_findings_however_many(engine: Engine, tmp_path: Path) -> None:
    rijen = [f"{i};2025-01-01;geluid;boa;BU9" for i in range(150_000)]
    uitkomst = _import(engine, tmp_path / "a.csv", rijen)
    assert uitkomst.afgekeurd == len(uitkomst.bevindingen) == 150_000
    assert [uitkomst.bevindingen[i].regel for i in (0, 74_999, -1)] == [2, 75_001, 150_001]
    assert [b.regel for b in uitkomst.bevindingen[10:12]] == [12, 13]


@pytest.fixture
def gevuld(engine: Engine, tmp_path: Path) -> Engine:
    toeval = np.random.default_rng(1)
    dagen = (np.datetime64("2024-01-01") + toeval.integers(0, 730, 3000)).astype(str)
    rijen = [f"{i};{dag};{'abc'[i % 3]};boa;{toeval.choice([*BUURTEN, 'WK036101'])}" for i, dag in enumerate(dagen)]
    _import(engine, tmp_path / "gevuld.csv", rijen)
    return engine


def test_counts_for_a_filter_are_those_of_the_rows(gevuld: Engine) -> None:
    boom = build_boom()
    vanaf, tot = date(2024, 3, 30), date(2025, 1, 2)
    gebieden = {"WK036101", "BU03610101", "GB01", "GM0361"}
    with gevuld.connect() as conn:
        gevonden = load_tellingen(conn, OOV, boom, gebieden=gebieden, groepen={"a", "c"}, vanaf=vanaf, tot=tot)
        verwacht: Counter[tuple[str, str, date]] = Counter()
        for dag, categorie, _, plek in _load_inhoud(conn).values():
            maandag = dag - timedelta(days=dag.weekday())
            if vanaf <= maandag < tot and categorie in "ac":
                verwacht.update((g, categorie, maandag) for g in gebieden if boom.bevat(g, plek))
    assert {(r.gebied, r.groep, r.maandag.date()): r.aantal for r in gevonden.itertuples()} == dict(verwacht)
    assert list(gevonden.columns) == ["gebied", "groep", "maandag", "aantal"]
    pd.testing.assert_frame_equal(gevonden, gevonden.sort_values(["gebied", "groep", "maandag"], ignore_index=True))


def test_groups_add_their_categories_up(gevuld: Engine) -> None:
    with begin_schrijven(gevuld) as conn:
        conn.execute(
            tabellen.categoriegroep.insert(),
            [{"categorie": "a", "groep": "samen"}, {"categorie": "b", "groep": "samen"}],
        )
        per_groep = load_tellingen(conn, OOV, build_boom()).groupby("groep", observed=True)["aantal"].sum()
    assert per_groep.to_dict() == {"samen": 2000, "c": 1000}


@pytest.mark.parametrize(
    ("kijker", "gebieden"),
    [
        *((Kijker(rol, frozenset({"GM0361"})), None) for rol in Rol if rol is not Rol.OOV),
        (Kijker(Rol.OOV, frozenset({"WK036101"})), {"GM0361"}),
        (Kijker(Rol.OOV, frozenset({"WK036101"})), {"GB01"}),
        (Kijker(Rol.OOV, frozenset()), {"BU03610101"}),
    ],
)
def test_weekly_counts_are_for_oov_in_its_own_areas_only(
    gevuld: Engine, kijker: Kijker, gebieden: set[str] | None
) -> None:
    with gevuld.connect() as conn, pytest.raises(RechtenError):
        load_tellingen(conn, kijker, build_boom(), gebieden=gebieden)


def test_oov_gets_its_own_areas_only(gevuld: Engine) -> None:
    with gevuld.connect() as conn:
        tellingen = load_tellingen(conn, Kijker(Rol.OOV, frozenset({"WK036101"})), build_boom())
    assert set(tellingen["gebied"].unique()) == {"WK036101", "BU03610101", "BU03610102", "BU03610103"}


def test_what_was_said_of_a_signal_goes_with_it_to_another_area(engine: Engine, tmp_path: Path) -> None:
    een, ander = BUURTEN[:2]
    velden = {"staat": "beoordeeld", "ernst": "licht", "toelichting": "bij het bankje", "geen_persoon": False}
    velden |= {"reden": "", "resultaat": "", "sinds": date(2026, 1, 1)}
    for plaats in (een, ander):
        _import(engine, tmp_path / "s.csv", [f"S1;2026-01-01;lawaai;boa;{plaats}"])
        with engine.begin() as conn:
            if plaats == een:
                conn.execute(insert(tabellen.beoordeling).values(velden | {"signaal": "S1", "gebied": een}))
            for code in (een, ander):
                stukken = load_stukken(conn, BEOORDELING, Kijker(Rol.OOV, frozenset({code})), PEILDATUM)
                assert bool(stukken) is (code == plaats)
