"""The audit trail: every write leaves a line, nothing that may be erased is in it, and beheer finds it."""

import logging
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from bouwstenen import NOORD, PEILDATUM, ZUID, build_punt, write_agenda, write_csv, write_grenzen
from schrijvers import add_gebruiker, dump_log, read_log
from sqlalchemy import insert, update

from gebieden.domein.agendapunt import Staat
from gebieden.domein.fouten import BotsingError, InvoerError, RechtenError
from gebieden.domein.gebruiker import OPDRACHTREGEL, Gebruiker
from gebieden.domein.initiatief import Initiatief, Initiatiefstaat
from gebieden.domein.rechten import BEHEERDER, Kijker, Rol
from gebieden.inlezen.grenzen import read_gebieden
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten, save_initiatieven
from gebieden.opslag.beheer import load_instellingen, save_categoriegroepen, save_instellingen
from gebieden.opslag.database import begin_schrijven
from gebieden.opslag.groepsregels import load_groep_van
from gebieden.opslag.invoer import Invoer, import_bestand, save_opgehaald
from gebieden.opslag.logboek import Zoekvraag, append_logregel, count_logboek, search_logboek
from gebieden.rapport.tabellen import build_uitvoer
from gebieden.rapport.uitvoer import render_uitvoer

NU = {"stilte_dagen": 90, "onderdrukkingsdrempel": 5, "wachtdagen_meldingen": 14}


@pytest.fixture
def serverlog(caplog):
    """What the server's own log gets, wherever its lines go."""
    logger = logging.getLogger("gebieden.logboek")
    was = logger.propagate
    logger.propagate = False
    logger.addHandler(caplog.handler)
    caplog.set_level(logging.INFO, logger.name)
    yield caplog
    logger.removeHandler(caplog.handler)
    logger.propagate = was


def _append(engine, handeling="gewijzigd", soort="agendapunt", id_="P1", wie=OPDRACHTREGEL, **rest):
    with begin_schrijven(engine) as conn:
        append_logregel(conn, wie, handeling, soort, id_, **{"via": "scherm", **rest})


def _search(engine, **zoek):
    return [r.id for r in read_log(engine, **zoek)]


def test_a_line_comes_back_as_it_was_written(engine):
    wie = add_gebruiker(engine, Rol.GEBIEDSREGISSEUR)
    oud = {"staat": "op_agenda", "themas": ["heel"], "trekker": "Jan", "datum": PEILDATUM, "bedrag": Decimal("1.50")}
    nieuw = oud | {"staat": "loopt", "themas": ["heel", "veilig"], "trekker": "Piet", "bedrag": None}
    _append(engine, wie=wie, gebied=NOORD, oud=oud, nieuw=nieuw, waarom="Zo besloten.")
    (regel,) = read_log(engine)
    assert (regel.gebruiker, regel.rol, regel.gebied) == (wie.nummer, Rol.GEBIEDSREGISSEUR, NOORD)
    assert regel.veranderingen == {
        "staat": ("op_agenda", "loopt"),
        "themas": (["heel"], ["heel", "veilig"]),
        "trekker": None,
        "bedrag": ("1.50", None),
    }
    assert regel.moment.tzinfo is not None
    assert regel.waarom == "Zo besloten."


def test_every_line_has_a_key_of_its_own(engine):
    for _ in range(3):
        _append(engine)
    with engine.connect() as conn:
        sleutels = conn.scalars(tabellen.logboek.select().with_only_columns(tabellen.logboek.c.sleutel)).all()
    assert len(set(sleutels)) == 3


def test_a_change_that_fails_leaves_no_line_and_nothing_in_the_servers_log(engine, serverlog):
    with pytest.raises(RuntimeError, match="halverwege"), begin_schrijven(engine) as conn:
        append_logregel(conn, OPDRACHTREGEL, "gewijzigd", "agendapunt", "P1", via="scherm")
        raise RuntimeError("halverwege")
    with begin_schrijven(engine, droog=True) as conn:
        append_logregel(conn, OPDRACHTREGEL, "gewijzigd", "agendapunt", "P1", via="scherm")
    assert (read_log(engine), serverlog.messages) == ([], [])


def test_the_servers_log_says_who_did_what_once_it_is_committed(engine, serverlog):
    wie = add_gebruiker(engine)
    with begin_schrijven(engine) as conn:
        append_logregel(conn, wie, "gewijzigd", "agendapunt", "AP-003", via="scherm", nieuw={"tekst": "Jan belde"})
        assert serverlog.messages == []
    assert serverlog.messages == [f"gebruiker {wie.nummer} (gebiedsteam) gewijzigd agendapunt AP-003 via scherm"]


def test_an_id_cannot_forge_a_line_in_the_servers_log(engine, serverlog):
    _append(engine, id_="P1\ngebruiker 1 (beheer)\x1b[2J\u2028gewijzigd" + "x" * 500)
    (regel,) = serverlog.messages
    assert regel.startswith("iemand (beheer) gewijzigd agendapunt P1?gebruiker 1 (beheer)?[2J?gewijzigdxxx")
    assert regel.isprintable()
    assert len(regel) < 200


@pytest.fixture
def regels(engine):
    """Six lines, each different from the others in one thing."""
    wie = add_gebruiker(engine, Rol.GEBIEDSTEAM)
    _append(engine, id_="A", gebied=NOORD, waarom="50% minder overlast")
    _append(engine, id_="B", wie=wie, gebied=NOORD)
    _append(engine, id_="C", gebied=ZUID)
    _append(engine, id_="D", soort="initiatief")
    _append(engine, id_="E", via="import")
    _append(engine, id_="F", handeling="ingelezen")
    return wie


def test_lines_are_found_by_each_thing_that_they_say(engine, regels):
    assert _search(engine) == list("ABCDEF")
    assert _search(engine, gebruiker=regels.nummer) == ["B"]
    assert _search(engine, rol=Rol.GEBIEDSTEAM) == ["B"]
    assert _search(engine, gebieden=(NOORD,)) == ["A", "B"]
    assert _search(engine, gebieden=(NOORD, ZUID)) == ["A", "B", "C"]
    assert _search(engine, soort="initiatief") == ["D"]
    assert _search(engine, via="import") == ["E"]
    assert _search(engine, handeling="ingelezen") == ["F"]
    assert _search(engine, id="C") == _search(engine, id="C\x00") == ["C"]
    assert _search(engine, soort="agendapunt", gebieden=(ZUID,), via="import") == []


def test_text_is_looked_for_in_id_and_reason_as_it_stands(engine, regels):
    assert _search(engine, tekst="OVERLAST") == ["A"]
    assert _search(engine, tekst="50%") == ["A"]
    assert _search(engine, tekst="0%m") == []
    assert _search(engine, tekst="_") == []
    assert _search(engine, tekst=" e ") == ["A", "E"]
    assert _search(engine, tekst="\x00") == list("ABCDEF")


def test_the_last_day_of_a_period_counts(engine, regels):
    vandaag = date.today()
    assert len(_search(engine, vanaf=vandaag, tot_en_met=vandaag)) == 6
    assert _search(engine, vanaf=vandaag + timedelta(days=1)) == []
    assert _search(engine, tot_en_met=vandaag - timedelta(days=1)) == []


def test_pages_follow_each_other_newest_first_also_when_lines_come_in_between(engine, regels):
    with engine.connect() as conn:
        eerste = search_logboek(conn, BEHEERDER, Zoekvraag(aantal=4))
        assert count_logboek(conn, BEHEERDER, Zoekvraag()) == 6
    _append(engine, id_="G")
    with engine.connect() as conn:
        tweede = search_logboek(conn, BEHEERDER, Zoekvraag(aantal=4, voor=eerste[-1].nummer))
    assert ["".join(r.id for r in blad) for blad in (eerste, tweede)] == ["FEDC", "BA"]


def _import(engine, soort, pad, wie=OPDRACHTREGEL, **keuzes):
    return import_bestand(engine, wie, Invoer(soort, pad), PEILDATUM, **keuzes)


def test_an_import_is_one_line_with_its_counts_and_one_per_point_that_changed(gemeente, tmp_path):
    _import(gemeente, "agendapunten", write_agenda(tmp_path / "a.csv", {"id": "P1"}, {"id": "P2"}))
    anders = {"titel": "Mevrouw De Vries", "staat": "vervallen", "reden": "Zij wil niet meer"}
    stuk = {"id": "P3", "staat": "bestaat niet"}
    pad = write_agenda(tmp_path / "b.csv", {"id": "P1"}, {"id": "P2", **anders}, stuk)
    wie = add_gebruiker(gemeente, Rol.BEHEER)
    _import(gemeente, "agendapunten", pad, wie)
    eerste, punt, tweede = read_log(gemeente)
    assert (eerste.handeling, eerste.via, eerste.soort, eerste.id) == (
        "ingelezen",
        "opdrachtregel",
        "agendapunten",
        "a.csv",
    )
    assert (eerste.gebruiker, eerste.rol) == (None, Rol.BEHEER)
    assert eerste.veranderingen["ingelezen"] == (None, 2)
    assert (punt.handeling, punt.via, punt.id, punt.gebied) == ("gewijzigd", "import", "P2", NOORD)
    assert punt.veranderingen == {"titel": None, "staat": ("op_agenda", "vervallen"), "reden": None}
    assert (punt.gebruiker, punt.waarom) == (wie.nummer, "b.csv, versie 1")
    assert (tweede.via, tweede.gebruiker) == ("scherm", wie.nummer)
    assert {veld: nieuw for veld, (_, nieuw) in tweede.veranderingen.items()} == {
        "ingelezen": 0,
        "bijgewerkt": 1,
        "ongewijzigd": 1,
        "afgekeurd": 1,
    }
    assert "Vries" not in dump_log(gemeente)
    assert "Zij wil" not in dump_log(gemeente)


def test_the_path_of_a_file_is_not_in_the_trail(gemeente, tmp_path):
    _import(gemeente, "agendapunten", write_agenda(tmp_path / "a.csv", {"id": "P1"}))
    assert str(tmp_path) not in dump_log(gemeente)


def test_a_dry_import_leaves_no_line(gemeente, tmp_path):
    _import(gemeente, "agendapunten", write_agenda(tmp_path / "a.csv", {"id": "P1"}), droog=True)
    assert read_log(gemeente) == []


def test_signals_are_one_line_whatever_their_number(gemeente, tmp_path):
    rijen = [
        {"id": f"S{n}", "datum": "2026-03-02", "categorie": "lawaai", "gebied": "BU03610101", "bron": "boa"}
        for n in range(40)
    ]
    _import(gemeente, "signalen", write_csv(tmp_path / "s.csv", rijen[0], rijen))
    (regel,) = read_log(gemeente)
    assert (regel.soort, regel.id, regel.veranderingen["ingelezen"]) == ("signalen", "s.csv", (None, 40))


def test_an_initiative_that_changes_is_a_line_without_its_text(gemeente):
    initiatief = Initiatief("I1", NOORD, "Moestuin", (), Initiatiefstaat.INGEDIEND, aangevraagd=Decimal("100.00"))
    anders = replace(initiatief, titel="Tuin van Jan", aangevraagd=Decimal("250.00"))
    with begin_schrijven(gemeente) as conn:
        save_initiatieven(conn, [initiatief], PEILDATUM)
        save_initiatieven(conn, [anders], PEILDATUM)
    (regel,) = read_log(gemeente)
    assert (regel.soort, regel.id, regel.veranderingen) == (
        "initiatief",
        "I1",
        {"titel": None, "aangevraagd": ("100.00", "250.00")},
    )


def test_fetched_boundaries_are_a_line(engine, tmp_path):
    resultaat = read_gebieden(write_grenzen(tmp_path / "g.geojson", NOORD), niveau=None, bestand="PDOK 2025")
    save_opgehaald(engine, add_gebruiker(engine, Rol.BEHEER), resultaat)
    (regel,) = read_log(engine)
    assert (regel.handeling, regel.soort, regel.id, regel.via) == ("opgehaald", "gebieden", "PDOK 2025", "scherm")


def test_who_lost_the_role_of_beheer_imports_fetches_and_sets_nothing(gemeente, tmp_path):
    wie = add_gebruiker(gemeente, Rol.BEHEER)
    with begin_schrijven(gemeente) as conn:
        conn.execute(update(tabellen.gebruiker).values(rol=Rol.RAAD))
    pad = write_grenzen(tmp_path / "g.geojson", NOORD)
    for handeling in (
        lambda: _import(gemeente, "gebieden", pad, wie),
        lambda: save_opgehaald(gemeente, wie, read_gebieden(pad)),
        lambda: save_instellingen(gemeente, wie, NU, NU | {"stilte_dagen": 30}),
        lambda: save_categoriegroepen(gemeente, wie, {}, {"a": "b"}),
    ):
        with pytest.raises(RechtenError):
            handeling()
    assert read_log(gemeente) == []


def test_thresholds_are_set_at_once_and_are_one_line(engine):
    wie = add_gebruiker(engine, Rol.BEHEER)
    save_instellingen(engine, wie, NU, {"stilte_dagen": 60, "onderdrukkingsdrempel": 10})
    save_instellingen(engine, wie, NU | {"stilte_dagen": 60}, NU | {"stilte_dagen": 60})
    (regel,) = read_log(engine)
    assert (regel.soort, regel.id, regel.gebruiker) == ("instelling", "instellingen", wie.nummer)
    assert regel.veranderingen == {"stilte_dagen": (90, 60), "onderdrukkingsdrempel": (5, 10)}


def test_every_threshold_out_of_bounds_is_named_and_none_is_stored(engine):
    with pytest.raises(InvoerError, match=r"Stilte dagen: 0 kan niet.*Onderdrukkingsdrempel: 4 kan niet"):
        save_instellingen(engine, OPDRACHTREGEL, NU, {"stilte_dagen": 0, "onderdrukkingsdrempel": 4})
    with engine.connect() as conn:
        assert load_instellingen(conn) == NU


def test_two_who_set_different_thresholds_both_get_theirs_and_the_same_one_is_a_clash(engine):
    save_instellingen(engine, OPDRACHTREGEL, NU, NU | {"stilte_dagen": 60})
    save_instellingen(engine, OPDRACHTREGEL, NU, NU | {"onderdrukkingsdrempel": 10})
    with pytest.raises(BotsingError) as botsing:
        save_instellingen(engine, OPDRACHTREGEL, NU, {"stilte_dagen": 30, "onderdrukkingsdrempel": 20})
    assert [(v.veld, v.nu, v.wens) for v in botsing.value.velden] == [
        ("stilte_dagen", 60, 30),
        ("onderdrukkingsdrempel", 10, 20),
    ]
    with engine.connect() as conn:
        assert load_instellingen(conn) == NU | {"stilte_dagen": 60, "onderdrukkingsdrempel": 10}


def test_groups_change_one_by_one_and_a_clash_is_told(engine):
    with begin_schrijven(engine) as conn:
        namen = [{"nummer": n, "naam": naam} for n, naam in enumerate(("lawaai", "vuil"))]
        conn.execute(insert(tabellen.signaalcategorie), namen)
    basis = {"lawaai": "lawaai", "vuil": "vuil"}
    save_categoriegroepen(engine, OPDRACHTREGEL, basis, basis | {"lawaai": "overlast"})
    save_categoriegroepen(engine, OPDRACHTREGEL, basis, basis | {"vuil": " overlast "})
    with engine.connect() as conn:
        assert load_groep_van(conn) == {"lawaai": "overlast", "vuil": "overlast"}
    with pytest.raises(BotsingError):
        save_categoriegroepen(engine, OPDRACHTREGEL, basis, basis | {"lawaai": "geluid"})
    nu = {"lawaai": "overlast", "vuil": "overlast"}
    save_categoriegroepen(engine, OPDRACHTREGEL, nu, nu | {"vuil": ""})
    with engine.connect() as conn:
        assert load_groep_van(conn) == {"lawaai": "overlast", "vuil": "vuil"}
    assert [r.veranderingen for r in read_log(engine)] == [
        {"lawaai": ("lawaai", "overlast")},
        {"vuil": ("vuil", "overlast")},
        {"vuil": ("overlast", "vuil")},
    ]


def _export(engine, formaat="csv", kijker=BEHEERDER):
    with engine.connect() as conn:
        return render_uitvoer(build_uitvoer(conn, "logboek", kijker, PEILDATUM), formaat)


def test_the_trail_is_exported_with_its_formulas_defused(engine):
    _append(
        engine, id_="=1+1", waarom="@SOM(A1)", oud={"staat": "op_agenda", "themas": ["heel"], "titel": "a"}, nieuw={}
    )
    tekst = _export(engine).decode("utf-8-sig")
    assert "'=1+1;" in tekst
    assert "'@SOM(A1)" in tekst
    assert "staat: op_agenda → leeg; themas: heel → leeg; titel: gewijzigd" in tekst
    assert "Logboek: Wie wat wanneer heeft veranderd" in tekst
    assert _export(engine, "xlsx")


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol is not Rol.BEHEER])
def test_nobody_but_beheer_exports_the_trail(engine, rol):
    with pytest.raises(RechtenError, match="logboek lezen mag niet"):
        _export(engine, kijker=Kijker(rol, frozenset({NOORD})))


def test_a_point_that_an_import_leaves_as_it_is_has_no_line(gemeente):
    with begin_schrijven(gemeente) as conn:
        save_agendapunten(conn, [build_punt("P1"), build_punt("P2")], PEILDATUM)
        save_agendapunten(conn, [build_punt("P1"), build_punt("P2", staat=Staat.IN_UITVOERING)], PEILDATUM)
    (regel,) = read_log(gemeente)
    assert regel.id == "P2"


def test_demos_beheer_works_on_a_screen_and_the_command_line_does_not(gemeente, tmp_path):
    pad = write_agenda(tmp_path / "a.csv", {"id": "P1"})
    _import(gemeente, "agendapunten", pad, Gebruiker(BEHEERDER))
    _import(gemeente, "agendapunten", pad, OPDRACHTREGEL)
    assert [r.via for r in read_log(gemeente)] == ["scherm", "opdrachtregel"]
