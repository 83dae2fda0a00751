"""The structural map by role: who sees which class, rate and count, and that no class gives away a hidden count."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from sqlalchemy import Engine

from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.gebied import Gebied, build_gebiedsboom
from gebieden.domein.groepsregel import Groepsregel
from gebieden.domein.kwartaal import Kwartaal
from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.structuur import Structuurbeeld, Structuurklasse, list_hele_jaren
from gebieden.domein.structuurzin import compose_moranzin
from gebieden.opslag.database import begin_schrijven
from gebieden.opslag.gebieden import load_gebiedsboom, save_gebieden
from gebieden.opslag.groepsregels import store_groepsregels
from gebieden.opslag.signaaltabel import load_signaaltabel
from gebieden.opslag.signalen import import_signalen
from gebieden.opslag.structuur import load_structuurbeeld

PEILDATUM = date(2026, 2, 1)
# Seven rows (wijken) of six buurten, a kilometre square each; 1,000 people live in every buurt but two.
CODES = [f"BU0361{w:02}{b:02}" for w in range(1, 8) for b in range(1, 7)]
HOEK = {f"BU0361{w:02}{b:02}" for w in (1, 2, 3) for b in (1, 2, 3)}
ONBEKEND, WEINIG = "BU03610506", "BU03610406"
INWONERS = dict.fromkeys(CODES, 1000) | {ONBEKEND: None, WEINIG: 40}
Y, Z = "BU03610705", "BU03610706"
ALLES = frozenset({"GM0361"})
NOORD, ZUID = frozenset({"WK036101"}), frozenset({"WK036107"})
Telling = Callable[[str, int], tuple[int, int]]


def count(code: str, kwartaal: int) -> tuple[int, int]:
    """Return reports of categories a and b: many in a corner, and two small counts in the second quarter."""
    if code in (Y, Z) and kwartaal == 2:
        return (2, 6) if code == Z else (3, 6)
    return (30 if code in HOEK else 6 + CODES.index(code) % 3), 6


def count_anders(code: str, kwartaal: int) -> tuple[int, int]:
    """Return the same, but for one report of another category in either of two buurten: no sum changes."""
    a, b = count(code, kwartaal)
    verschil = {Z: 1, Y: -1}.get(code, 0) if kwartaal == 2 else 0
    return a + verschil, b - verschil


def fill(engine: Engine, map_: Path, tel: Telling = count) -> None:
    gebieden = [
        Gebied("GM0361", "Alkmaar", "gemeente"),
        *(Gebied(f"WK0361{w:02}", f"Wijk {w}", "wijk") for w in range(1, 8)),
        *(Gebied(code, f"Buurt {code[-4:]}", "buurt", inwoners=INWONERS[code]) for code in CODES),
    ]
    vlakken = [shapely.box(x, -y, x + 1000, 1000 - y) for y in range(0, 7000, 1000) for x in range(0, 6000, 1000)]
    rijen = [
        f"{code}-{k}-{soort}-{i};2025-{3 * k - 1:02}-10;{soort};boa;{code}"
        for code in CODES
        for k in range(1, 5)
        for soort, aantal in zip("ab", tel(code, k), strict=True)
        for i in range(aantal)
    ]
    pad = map_ / "signalen.csv"
    pad.write_text("id;datum;categorie;bron;gebied\n" + "\n".join(rijen), encoding="utf-8")
    grenzen = gpd.GeoDataFrame({"code": CODES, "naam": CODES}, geometry=vlakken, crs="EPSG:28992")
    with begin_schrijven(engine) as conn:
        save_gebieden(conn, gebieden, {(c, None): v.wkb for c, v in zip(CODES, vlakken, strict=True)})
        uitkomst = import_signalen(conn, pad, grenzen, build_gebiedsboom(gebieden, PEILDATUM), PEILDATUM)
    assert uitkomst.telling.ingelezen == len(rijen)


def load(engine: Engine, rol: Rol, eigen: frozenset[str] = frozenset(), groep: str | None = None) -> Structuurbeeld:
    with engine.connect() as conn:
        boom = load_gebiedsboom(conn, PEILDATUM)
        return load_structuurbeeld(conn, Kijker(rol, eigen), boom, PEILDATUM, 2025, groep)


def list_openbaar(engine: Engine, groep: str) -> list[tuple[str, list[int | None]]]:
    """Return what is published of all buurten per quarter, as all teams together see it."""
    with engine.connect() as conn:
        boom = load_gebiedsboom(conn, PEILDATUM)
        kijker = Kijker(Rol.GEBIEDSTEAM, ALLES)
        return [
            (rij.code, [cel for kolom, cel in zip(tabel.kolommen, rij.cellen, strict=True) if kolom == groep])
            for k in range(1, 5)
            for tabel in [load_signaaltabel(conn, kijker, boom, PEILDATUM, Kwartaal(2025, k))]
            for rij in tabel.rijen
        ]


def test_oov_sees_classes_with_counts_in_its_own_areas_only(engine, tmp_path):
    fill(engine, tmp_path)
    beeld = load(engine, Rol.OOV, NOORD)
    rijen = {rij.code: rij for rij in beeld.buurten}
    assert set(rijen) == {code for code in CODES if code.startswith("BU036101")}
    hoek = rijen["BU03610101"]
    # Four quarters of 30 and 6 reports, for 1,000 people.
    assert (hoek.klasse, hoek.aantal, hoek.cijfer) == (Structuurklasse.HOOG_HOOG, 144, 144.0)
    # Its neighbours in the next wijk are not its own: a smoothed rate would give away their sum.
    assert hoek.gevlakt is None
    assert beeld.moran > 0
    assert "vaker bij elkaar" in compose_moranzin(beeld)
    alles = {rij.code: rij for rij in load(engine, Rol.OOV, ALLES).buurten}
    assert alles["BU03610101"].gevlakt == pytest.approx(144, abs=5)
    assert alles[ONBEKEND].reden == "het aantal inwoners is onbekend"
    assert "minder dan 100 mensen" in alles[WEINIG].reden
    assert {alles[code].klasse for code in (ONBEKEND, WEINIG)} == {Structuurklasse.TE_WEINIG}


def test_a_team_sees_classes_without_numbers_and_the_council_no_buurt_at_all(engine, tmp_path):
    fill(engine, tmp_path)
    team = {rij.code: rij for rij in load(engine, Rol.GEBIEDSTEAM, ALLES, "a").buurten}
    assert team["BU03610101"].klasse is Structuurklasse.HOOG_HOOG
    assert team[Z].klasse is None
    assert all(rij.aantal is rij.cijfer is rij.gevlakt is rij.inwoners is None for rij in team.values())
    raad = load(engine, Rol.RAAD)
    assert raad.buurten == ()
    wijken = {wijk.naam: wijk for wijk in raad.wijken}
    # Wijk 1: per quarter three times 30, then 6 and the like (+0, +1, +2), and six times 6: 90 + 21 + 36, times four.
    assert (wijken["Wijk 1"].aantal, wijken["Wijk 1"].inwoners) == (588, 6000)
    assert wijken["Wijk 1"].cijfer == pytest.approx(98.0)
    assert wijken["Wijk 5"].cijfer is None
    assert load(engine, Rol.GEBIEDSTEAM).buurten == load(engine, Rol.OOV).buurten == ()


def test_what_others_see_depends_on_published_numbers_only(engine, maak_database, leeg_sjabloon, tmp_path):
    ander = maak_database(leeg_sjabloon)
    fill(engine, tmp_path)
    fill(ander, tmp_path, count_anders)
    assert list_openbaar(engine, "a") == list_openbaar(ander, "a")
    for rol, eigen in ((Rol.GEBIEDSTEAM, ALLES), (Rol.GEBIEDSREGISSEUR, ZUID), (Rol.RAAD, frozenset())):
        assert load(engine, rol, eigen, "a") == load(ander, rol, eigen, "a")
    assert load(engine, Rol.OOV, ZUID, "a").buurten != load(ander, Rol.OOV, ZUID, "a").buurten


def test_a_sensitive_group_hides_from_ten_down(engine, tmp_path):
    fill(engine, tmp_path)
    with begin_schrijven(engine) as conn:
        store_groepsregels(conn, {"a": Groepsregel(is_gevoelig=True)})
    beeld = load(engine, Rol.GEBIEDSTEAM, ALLES, "a")
    assert {rij.klasse for rij in beeld.buurten if rij.code not in HOEK | {WEINIG}} == {None}
    assert "te weinig gebieden" in beeld.reden
    assert load(engine, Rol.OOV, ALLES, "a").reden == ""


def test_only_whole_years_and_only_who_may(engine, tmp_path):
    fill(engine, tmp_path)
    with pytest.raises(RechtenError):
        load(engine, Rol.PUBLIEK)
    with pytest.raises(InvoerError, match="categorie"):
        load(engine, Rol.RAAD, groep="onzin")
    with engine.connect() as conn, pytest.raises(InvoerError, match="heel jaar"):
        boom = load_gebiedsboom(conn, PEILDATUM)
        load_structuurbeeld(conn, Kijker(Rol.RAAD), boom, date(2025, 12, 31), 2025)
    assert list_hele_jaren([Kwartaal(2024, 4), *(Kwartaal(2025, n) for n in (4, 3, 2, 1)), Kwartaal(2026, 1)]) == [2025]
