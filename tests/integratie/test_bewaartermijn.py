"""Retention: what is too old is erased, stays counted, and does not come back."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select

from gebieden.__main__ import main
from gebieden.domein.fouten import InvoerError, RechtenError
from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruiker
from gebieden.domein.groepsregel import Groepsregel
from gebieden.domein.kwartaal import Kwartaal
from gebieden.domein.rechten import Kijker, Rol
from gebieden.opslag import tabellen
from gebieden.opslag.beheer import save_groepsregels
from gebieden.opslag.bewaartermijn import erase_oude_signalen
from gebieden.opslag.database import begin_schrijven
from gebieden.opslag.gebieden import save_gebieden
from gebieden.opslag.groepsregels import load_groepsregels
from gebieden.opslag.signaalpublicatie import load_publicaties
from gebieden.opslag.signalen import Signaalimport, import_signalen
from tests.unit.signaalgebieden import build_boom, build_grenzen, list_gebieden

VANDAAG = date(2026, 3, 1)
OUD, NET_OUD, NET_NIET = "2020-05-01", "2024-02-28", "2024-03-01"


@pytest.fixture
def engine(engine: Engine, tmp_path: Path) -> Engine:
    with begin_schrijven(engine) as conn:
        save_gebieden(conn, list_gebieden())
    _import(engine, tmp_path)
    return engine


def _import(engine: Engine, map_: Path) -> Signaalimport:
    """Import the same file: of each of two categories a signal per day, and six old ones."""
    pad = map_ / "signalen.csv"
    rijen = [f"{k}-{d};{d};{k};boa;BU03610101" for k in ("lawaai", "zeden") for d in (OUD, NET_OUD, NET_NIET)]
    rijen += [f"lawaai-{i};{OUD};lawaai;boa;BU03610102" for i in range(6)]
    pad.write_text("id;datum;categorie;bron;gebied\n" + "\n".join(rijen), encoding="utf-8")
    with begin_schrijven(engine) as conn:
        return import_signalen(conn, pad, build_grenzen(), build_boom(), VANDAAG)


def _set(engine: Engine, **jaren: int | None) -> None:
    with engine.connect() as conn:
        basis = load_groepsregels(conn)
    wens = {groep: Groepsregel(basis[groep].is_gevoelig, jaar) for groep, jaar in jaren.items()}
    save_groepsregels(engine, OPDRACHTREGEL, {groep: basis[groep] for groep in wens}, wens)


def _list_ids(engine: Engine) -> set[str]:
    with engine.connect() as conn:
        return set(conn.scalars(select(tabellen.signaal.c.id)))


def test_nothing_is_erased_as_long_as_nobody_decided(engine: Engine) -> None:
    regels = erase_oude_signalen(engine, OPDRACHTREGEL, VANDAAG)
    assert {(r.categorie, r.jaren, r.gewist, r.blijft) for r in regels} == {
        ("lawaai", None, 0, 9),
        ("zeden", None, 0, 3),
    }
    assert len(_list_ids(engine)) == 12


def test_what_is_older_goes_with_what_was_said_of_it_and_stays_counted(engine: Engine) -> None:
    _set(engine, lawaai=2)
    velden = {"gebied": "BU03610101", "staat": "bevestigd", "ernst": "", "toelichting": "", "geen_persoon": True}
    velden |= {"reden": "", "resultaat": "", "sinds": VANDAAG}
    with begin_schrijven(engine) as conn:
        conn.execute(insert(tabellen.beoordeling), [velden | {"signaal": f"lawaai-{d}"} for d in (OUD, NET_NIET)])
        (voor,) = load_publicaties(conn, Kwartaal(2020, 2))
    droog = erase_oude_signalen(engine, OPDRACHTREGEL, VANDAAG, droog=True)
    assert len(_list_ids(engine)) == 12
    # 29 February does not count: from 1 March 2024 on it is kept.
    assert erase_oude_signalen(engine, OPDRACHTREGEL, VANDAAG) == droog
    assert {(r.categorie, r.gewist, r.blijft) for r in droog} == {("lawaai", 8, 1), ("zeden", 0, 3)}
    assert _list_ids(engine) == {f"lawaai-{NET_NIET}", *(f"zeden-{d}" for d in (OUD, NET_OUD, NET_NIET))}
    with engine.connect() as conn:
        assert conn.scalars(select(tabellen.beoordeling.c.signaal)).all() == [f"lawaai-{NET_NIET}"]
        assert load_publicaties(conn, Kwartaal(2020, 2)) == [voor]
        regel = conn.execute(select(tabellen.logboek).where(tabellen.logboek.c.handeling == "gewist")).one()
    assert (regel.soort, regel.id, regel.via) == ("signaal", "bewaartermijn", "opdrachtregel")
    assert regel.veranderingen == {"lawaai": [None, "8, van vóór 2024-03-01"]}


def test_what_was_erased_is_refused_and_counted_once_also_when_the_term_gets_longer(
    engine: Engine, tmp_path: Path
) -> None:
    _set(engine, lawaai=2)
    erase_oude_signalen(engine, OPDRACHTREGEL, VANDAAG)
    for jaren in (2, 20, None):
        _set(engine, lawaai=jaren)
        uitkomst = _import(engine, tmp_path)
        assert (uitkomst.afgekeurd, uitkomst.telling.ongewijzigd, uitkomst.telling.ingelezen) == (8, 4, 0)
        assert {b.regelnaam for b in uitkomst.bevindingen} == {"bewaartermijn"}
    with engine.connect() as conn:
        assert conn.scalar(select(func.sum(tabellen.signaaltelling.c.aantal))) == 12


def test_a_term_is_whole_years_and_only_beheer_may_erase(engine: Engine) -> None:
    with pytest.raises(InvoerError, match="van 1 tot en met 30"):
        _set(engine, lawaai=0)
    for rol in (Rol.OOV, Rol.PUBLIEK):
        with pytest.raises(RechtenError):
            erase_oude_signalen(engine, Gebruiker(Kijker(rol, frozenset({"GM0361"}))), VANDAAG)


def test_sensitive_groups_are_known_by_name_until_somebody_says_otherwise(engine: Engine) -> None:
    with engine.connect() as conn:
        assert {groep: r.is_gevoelig for groep, r in load_groepsregels(conn).items()} == {
            "lawaai": False,
            "zeden": True,
        }
        (publicatie,) = load_publicaties(conn, Kwartaal(2020, 2))
    assert publicatie.drempels == (5, 10)
    save_groepsregels(
        engine, OPDRACHTREGEL, {"zeden": Groepsregel(is_gevoelig=True)}, {"zeden": Groepsregel(is_gevoelig=False)}
    )
    with engine.connect() as conn:
        assert load_publicaties(conn, Kwartaal(2020, 2))[0].drempels == (5, 5)


def test_the_command_says_what_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GEBIEDEN_DATABASE", f"sqlite:///{tmp_path / 'leeg.sqlite'}")
    rapport = tmp_path / "rapport.json"
    assert main(["bewaartermijn", "--droog", "--rapport", str(rapport)]) == 0
    assert "Alleen geteld" in capsys.readouterr().out
    assert rapport.read_text(encoding="utf-8") == "[]"
