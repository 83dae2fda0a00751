"""Signals recorded, judged, bundled and taken out; who may; what was known on a day; an aanpak that is fixed."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from bouwstenen import NOORD, NOORD_A, NOORD_B, PEILDATUM, ZUID, ZUID_A
from schrijvers import add_gebruiker, draw_sleutel, dump_log, read_log
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from gebieden.domein.aanpak import Aanpak, Aanpaksoort
from gebieden.domein.beoordeling import (
    Duiding,
    Duidingsoordeel,
    Registratiemelding,
    Signaalinvoer,
    Zaak,
    Zwaarte,
)
from gebieden.domein.fouten import GebiedenError, InvoerError, OvergangError, RechtenError
from gebieden.domein.gebruiker import OPDRACHTREGEL
from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.registratie import Registratieeffect
from gebieden.domein.signaal import Signaalstaat
from gebieden.domein.vermoeden import Vermoeden, Vermoedensoordeel
from gebieden.opslag import tabellen
from gebieden.opslag.bewaartermijn import erase_oude_signalen
from gebieden.opslag.dossier import add_stuk, change_stuk, undo_stuk, withdraw_stuk
from gebieden.opslag.dossierlezen import load_stukken
from gebieden.opslag.gebieden import load_gebiedsboom
from gebieden.opslag.leveringen import find_levering, load_geleverd, load_leveringen, sum_cellen
from gebieden.opslag.oovsoorten import AANPAK, BEOORDELING, DUIDING, REGISTRATIE, VERMOEDEN, ZAAK
from gebieden.opslag.signaalinvoer import enter_signaal, withdraw_signaal
from gebieden.opslag.signaallijst import load_signalen
from gebieden.opslag.signaaloordelen import Groepsoordeel, judge_signalen
from gebieden.opslag.signaaltelling import load_cellen

INVOER = Signaalinvoer(PEILDATUM, "jeugdoverlast", NOORD_A, "bewoner", Zwaarte.MATIG, "groep bij het bankje")
OORDEEL = Groepsoordeel(Signaalstaat.BEOORDEELD)
PLAN = Aanpak("Toezicht", Aanpaksoort.TOEZICHT, "jeugdoverlast", (NOORD_A,), PEILDATUM, vergelijking=(ZUID_A,))

VERMOED = Vermoeden(NOORD_A, NOORD_B, "jeugdoverlast", date(2026, 5, 1), Vermoedensoordeel.AANWIJZING)


@pytest.fixture
def oov(gemeente):
    return add_gebruiker(gemeente, Rol.OOV, NOORD)


@pytest.fixture
def neem_op(gemeente, oov):
    def neem(invoer=INVOER, wie=None, sleutel=None):
        return enter_signaal(gemeente, wie or oov, invoer, sleutel=sleutel or draw_sleutel(), op=PEILDATUM).nummer

    return neem


def _load(engine, kijker):
    with engine.connect() as conn:
        boom = load_gebiedsboom(conn, PEILDATUM)
        return load_signalen(conn, kijker, boom, date(2020, 1, 1), date(2030, 1, 1))


def _count(engine):
    with engine.connect() as conn:
        return int(load_cellen(conn)["aantal"].sum())


def test_a_recorded_signal_is_counted_once_and_read_back_as_it_was_typed(gemeente, oov, neem_op):
    sleutel = draw_sleutel()
    nummer = neem_op(sleutel=sleutel)
    assert neem_op(sleutel=sleutel) == nummer
    (regel,) = _load(gemeente, oov.kijker)
    assert (regel.datum, regel.categorie, regel.bron, regel.gebied) == (PEILDATUM, "jeugdoverlast", "bewoner", NOORD_A)
    assert regel.staat is Signaalstaat.BINNENGEKOMEN
    assert regel.beoordeling.velden.ernst is Zwaarte.MATIG
    assert _count(gemeente) == 1


def test_a_withdrawn_signal_counts_nowhere_and_an_imported_one_stays(gemeente, oov, neem_op):
    nummer = neem_op()
    sleutel = draw_sleutel()
    for _ in range(2):
        withdraw_signaal(gemeente, oov, nummer, sleutel=sleutel, op=PEILDATUM)
    assert _load(gemeente, oov.kijker) == []
    assert _count(gemeente) == 0
    with pytest.raises(InvoerError, match="al ingetrokken"):
        withdraw_signaal(gemeente, oov, nummer, sleutel=draw_sleutel(), op=PEILDATUM)
    # What was said of it is not kept for ever: it has no date any more by which it could grow old.
    erase_oude_signalen(gemeente, OPDRACHTREGEL, PEILDATUM)
    with gemeente.connect() as conn:
        assert conn.execute(select(tabellen.beoordeling)).all() == []
        assert conn.execute(select(tabellen.bijwerking)).all() == []


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.OOV])
def test_nobody_else_records_or_reads_single_signals(gemeente, neem_op, rol):
    neem_op()
    ander = add_gebruiker(gemeente, rol, NOORD)
    with pytest.raises(RechtenError):
        neem_op(wie=ander)
    # Who may not judge hears the same of a signal that is there and of one that is not.
    with pytest.raises(RechtenError):
        judge_signalen(gemeente, ander, ["is er niet"], OORDEEL, sleutel=draw_sleutel(), op=PEILDATUM)
    with pytest.raises(RechtenError):
        _load(gemeente, Kijker(rol, frozenset({NOORD})))
    with gemeente.connect() as conn:
        assert load_stukken(conn, BEOORDELING, Kijker(rol, frozenset({NOORD})), PEILDATUM) == []
    assert _count(gemeente) == 1


def test_another_area_is_not_ones_own(gemeente, oov, neem_op):
    zuid = add_gebruiker(gemeente, Rol.OOV, ZUID)
    nummer = neem_op()
    assert _load(gemeente, zuid.kijker) == []
    with pytest.raises(RechtenError):
        neem_op(wie=zuid)
    oordeel = _load(gemeente, oov.kijker)[0].beoordeling.velden
    # Nor where it lies, by trying numbers one after another.
    with pytest.raises(RechtenError, match="mag niet hier"):
        change_stuk(
            gemeente,
            zuid,
            BEOORDELING,
            nummer,
            oordeel,
            replace(oordeel, staat="beoordeeld"),
            sleutel=draw_sleutel(),
            op=PEILDATUM,
        )
    with pytest.raises(RechtenError):
        judge_signalen(gemeente, zuid, [oordeel.signaal], OORDEEL, sleutel=draw_sleutel(), op=PEILDATUM)
    # Nor by judging it anew as if it lay in one's own.
    with gemeente.begin() as conn:
        conn.execute(update(tabellen.beoordeling).values(ingetrokken=True))
    with pytest.raises(RechtenError, match="ander gebied"):
        add_stuk(gemeente, zuid, BEOORDELING, ZUID_A, oordeel, sleutel=draw_sleutel(), op=PEILDATUM)


@pytest.mark.parametrize(
    ("invoer", "wat"),
    [
        (replace(INVOER, datum=date(2026, 5, 21)), "moet nog komen"),
        (replace(INVOER, categorie="iets anders"), "keuze uit de lijst"),
        (replace(INVOER, bron="de buurman"), "keuze uit de lijst"),
        (replace(INVOER, gebied="GM0361"), "geen buurt"),
        (replace(INVOER, toelichting="bel 06-12345678"), "telefoonnummer"),
        (replace(INVOER, toelichting="x" * 301), "hoogstens"),
    ],
)
def test_what_cannot_be_recorded_is_said_and_not_stored(gemeente, invoer, wat):
    overal = add_gebruiker(gemeente, Rol.OOV, "GM0361")
    with pytest.raises(InvoerError, match=wat):
        enter_signaal(gemeente, overal, invoer, sleutel=draw_sleutel(), op=PEILDATUM)
    assert _count(gemeente) == 0


def test_who_says_that_it_is_about_nobody_may_keep_the_text_and_the_trail_never_has_it(gemeente, neem_op):
    neem_op(replace(INVOER, toelichting="bij Albert Heijn", geen_persoon=True))
    assert "Heijn" not in dump_log(gemeente)


def test_the_trail_of_what_beheer_may_not_read_says_only_who_changed_what_and_when(gemeente, oov, neem_op):
    nummer = neem_op()
    velden = _load(gemeente, oov.kijker)[0].beoordeling.velden
    anders = replace(velden, staat=Signaalstaat.BEOORDEELD)
    args = {"sleutel": draw_sleutel(), "op": PEILDATUM, "waarom": "weer onrust"}
    change_stuk(gemeente, oov, BEOORDELING, nummer, velden, anders, **args)
    duiding = Duiding(date(2026, 5, 11), 4, "jeugdoverlast", Duidingsoordeel.VERWORPEN, reden="een feest")
    add_stuk(gemeente, oov, DUIDING, NOORD_A, duiding, sleutel=draw_sleutel(), op=PEILDATUM)
    regels = [regel for regel in read_log(gemeente) if regel.soort in ("beoordeling", "duiding")]
    assert len(regels) == 3
    assert {(regel.gebied, regel.waarom) for regel in regels} == {(None, "")}
    assert {waarde for regel in regels for waarde in regel.veranderingen.values()} == {None}


def test_a_reason_and_a_change_in_registering_are_asked_about_persons_too(gemeente, oov, neem_op):
    nummer = neem_op()
    velden = _load(gemeente, oov.kijker)[0].beoordeling.velden
    anders = replace(velden, ernst=Zwaarte.LICHT)
    for doe in (
        lambda: change_stuk(
            gemeente,
            oov,
            BEOORDELING,
            nummer,
            velden,
            anders,
            sleutel=draw_sleutel(),
            op=PEILDATUM,
            waarom="zegt mevrouw de Vries",
        ),
        lambda: add_stuk(
            gemeente,
            oov,
            REGISTRATIE,
            NOORD_A,
            Registratiemelding(date(2026, 1, 1), Registratieeffect.BREUK, toelichting="bel 06-12345678"),
            sleutel=draw_sleutel(),
            op=PEILDATUM,
        ),
    ):
        with pytest.raises(InvoerError, match="geen personen"):
            doe()


def test_a_matter_of_elsewhere_takes_no_signal_in(gemeente, oov, neem_op):
    zuid = add_gebruiker(gemeente, Rol.OOV, ZUID)
    args = {"sleutel": draw_sleutel(), "op": PEILDATUM}
    zaak = add_stuk(gemeente, zuid, ZAAK, ZUID_A, Zaak("Overlast bij het plein", "jeugdoverlast"), **args).nummer
    duiding = Duiding(date(2026, 5, 11), 4, "jeugdoverlast", Duidingsoordeel.GEBUNDELD, zaak)
    with pytest.raises(RechtenError, match="ander gebied"):
        add_stuk(gemeente, oov, DUIDING, NOORD_A, duiding, sleutel=draw_sleutel(), op=PEILDATUM)


def test_signals_are_bundled_into_a_matter_that_goes_through_its_states(gemeente, oov, neem_op):
    def change(soort, nummer, oud, waarom="", **nieuw):
        wens = replace(oud, **nieuw)
        change_stuk(gemeente, oov, soort, nummer, oud, wens, sleutel=draw_sleutel(), op=PEILDATUM, waarom=waarom)
        return wens

    zaak = add_stuk(
        gemeente,
        oov,
        ZAAK,
        NOORD_A,
        Zaak("Overlast bij het plein", "jeugdoverlast"),
        sleutel=draw_sleutel(),
        op=PEILDATUM,
    ).nummer
    for _ in range(2):
        nummer = neem_op()
        velden = next(r.beoordeling.velden for r in _load(gemeente, oov.kijker) if r.beoordeling.nummer == nummer)
        with pytest.raises(OvergangError):
            change(BEOORDELING, nummer, velden, staat=Signaalstaat.GEBUNDELD, zaak=zaak)
        velden = change(BEOORDELING, nummer, velden, staat=Signaalstaat.BEOORDEELD)
        with pytest.raises(InvoerError, match="hoort bij één zaak"):
            change(BEOORDELING, nummer, velden, staat=Signaalstaat.GEBUNDELD)
        change(BEOORDELING, nummer, velden, staat=Signaalstaat.GEBUNDELD, zaak=zaak)
    with gemeente.connect() as conn:
        boom = load_gebiedsboom(conn, PEILDATUM)
        assert len(load_signalen(conn, oov.kijker, boom, date(2020, 1, 1), date(2030, 1, 1), zaak=zaak)) == 2
    with pytest.raises(InvoerError, match="nog 2 signalen"):
        withdraw_stuk(gemeente, oov, ZAAK, zaak, sleutel=draw_sleutel(), op=PEILDATUM)
    velden = change(ZAAK, zaak, Zaak("Overlast bij het plein", "jeugdoverlast"), staat=Signaalstaat.IN_AANPAK)
    velden = change(ZAAK, zaak, velden, staat=Signaalstaat.VOLGEN)
    with pytest.raises(OvergangError, match="resultaat"):
        change(ZAAK, zaak, velden, staat=Signaalstaat.GESLOTEN)
    velden = change(ZAAK, zaak, velden, staat=Signaalstaat.GESLOTEN, resultaat="Het is rustig")
    with pytest.raises(OvergangError, match="waarom"):
        change(ZAAK, zaak, velden, staat=Signaalstaat.HEROPEND, reden="weer onrustig")
    change(ZAAK, zaak, velden, "weer onrustig", staat=Signaalstaat.HEROPEND, reden="weer onrustig")


@pytest.mark.parametrize("rol", list(Rol))
def test_matters_are_for_the_team_of_the_area_aanpakken_for_all_but_publiek(gemeente, oov, rol):
    def add(soort, velden):
        add_stuk(gemeente, oov, soort, NOORD_A, velden, sleutel=draw_sleutel(), op=PEILDATUM)

    add(ZAAK, Zaak("Overlast bij het plein", "jeugdoverlast"))
    add(DUIDING, Duiding(date(2026, 5, 11), 4, "jeugdoverlast", Duidingsoordeel.VERWORPEN, reden="een feest"))
    add(REGISTRATIE, Registratiemelding(date(2026, 1, 1), Registratieeffect.BREUK, toelichting="nieuwe app"))
    add(AANPAK, PLAN)
    add(VERMOEDEN, VERMOED)
    team = {Rol.OOV, Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR}
    ziet = {
        ZAAK: team,
        DUIDING: {Rol.OOV},
        REGISTRATIE: team | {Rol.RAAD, Rol.BEHEER},
        AANPAK: team | {Rol.RAAD, Rol.BEHEER},
    }
    with gemeente.connect() as conn:
        for soort, rollen in ziet.items():
            assert bool(load_stukken(conn, soort, Kijker(rol, frozenset({NOORD})), PEILDATUM)) is (rol in rollen)
            elders = load_stukken(conn, soort, Kijker(rol, frozenset({ZUID})), PEILDATUM)
            assert bool(elders) is (rol in rollen and soort.is_overal)


def test_what_was_known_on_a_day_can_be_counted_again(gemeente, oov, neem_op):
    neem_op()
    with gemeente.begin() as conn:
        conn.execute(update(tabellen.levering).values(datum=date(2026, 5, 1)))
    with gemeente.connect() as conn:
        toen = load_geleverd(conn, find_levering(conn, date(2026, 5, 10))).tobytes()
    neem_op()
    neem_op(replace(INVOER, categorie="jeugdoverlast", datum=date(2026, 1, 1)))
    with gemeente.connect() as conn:
        assert load_geleverd(conn, find_levering(conn, date(2026, 5, 10))).tobytes() == toen
        assert [lev.aantal for lev in load_leveringen(conn)] == [1, 1, 1]
        # Before the first delivery nothing was known: that one is the best there is.
        assert find_levering(conn, date(2020, 1, 1)) == find_levering(conn, date(2026, 5, 10))
        nu = load_geleverd(conn, find_levering(conn, PEILDATUM))
        assert nu.tolist() == sum_cellen(load_cellen(conn)).tolist()
        assert np.array_equal(nu["aantal"], [1, 2])


def test_a_registered_aanpak_is_fixed_and_its_registration_cannot_be_changed(gemeente, oov):
    def change(nummer, oud, **nieuw):
        change_stuk(gemeente, oov, AANPAK, nummer, oud, replace(oud, **nieuw), sleutel=draw_sleutel(), op=PEILDATUM)
        return replace(oud, **nieuw)

    nummer = add_stuk(gemeente, oov, AANPAK, NOORD_A, PLAN, sleutel=draw_sleutel(), op=PEILDATUM).nummer
    plan = change(nummer, PLAN, weken=13)
    plan = change(nummer, plan, bevestigd=True)
    with gemeente.connect() as conn:
        rij = conn.execute(select(tabellen.aanpakregistratie)).one()
    assert (rij.aanpak, rij.datum, rij.vingerafdruk) == (nummer, PEILDATUM, plan.vingerafdruk)
    assert rij.ontwerp["weken"] == 13
    for nieuw in ({"weken": 26}, {"bevestigd": False}, {"vergelijking": (NOORD_B,)}, {"begin": date(2026, 1, 1)}):
        with pytest.raises(InvoerError, match="ligt sindsdien vast"):
            change(nummer, plan, **nieuw)
    with pytest.raises(GebiedenError):
        undo_stuk(gemeente, oov, AANPAK, nummer, sleutel=draw_sleutel(), op=PEILDATUM)
    with pytest.raises(InvoerError, match="blijft staan"):
        withdraw_stuk(gemeente, oov, AANPAK, nummer, sleutel=draw_sleutel(), op=PEILDATUM)
    change(nummer, plan, eind=date(2026, 12, 31))
    with pytest.raises(DBAPIError, match="ligt vast"), gemeente.begin() as conn:
        conn.execute(update(tabellen.aanpakregistratie).values(datum=date(2020, 1, 1)))
    (regel,) = read_log(gemeente, handeling="aanpak_geregistreerd")
    assert plan.vingerafdruk in str(regel)


def test_the_same_design_has_the_same_fingerprint_whatever_the_order():
    heen = replace(PLAN, gebieden=(NOORD_A, NOORD_B))
    assert heen.vingerafdruk == replace(heen, gebieden=(NOORD_B, NOORD_A)).vingerafdruk
    assert heen.vingerafdruk == replace(heen, naam="Anders", eind=PEILDATUM).vingerafdruk
    assert heen.vingerafdruk != replace(heen, weken=25).vingerafdruk


@pytest.mark.parametrize(
    ("plan", "wat"),
    [
        (replace(PLAN, ring=(NOORD_A,)), "Haal een van beide weg"),
        (replace(PLAN, weken=3), "van 4 tot en met 52"),
        (replace(PLAN, uitgesloten_weken=0), "geheel getal|heel getal|van 8"),
        (replace(PLAN, gebieden=("BU99999999",)), "bestaat niet"),
        (replace(PLAN, vergelijking=(), bevestigd=True), "Zonder vergelijkingsbuurten"),
        (replace(PLAN, ring=(NOORD_B,), bevestigd=True), "eigen vergelijkingsbuurten"),
        (replace(PLAN, eind=date(2020, 1, 1)), "eindigt voordat"),
        (replace(PLAN, naam="Jan Jansen volgen"), "een naam"),
    ],
)
def test_a_plan_that_does_not_fit_together_is_not_stored(gemeente, oov, plan, wat):
    with pytest.raises(InvoerError, match=wat):
        add_stuk(gemeente, oov, AANPAK, NOORD_A, plan, sleutel=draw_sleutel(), op=PEILDATUM)


def test_an_aanpak_lies_in_the_own_areas_what_it_is_compared_with_may_lie_elsewhere(gemeente, oov):
    with pytest.raises(RechtenError, match="niet in uw eigen gebieden"):
        elders = replace(PLAN, gebieden=(NOORD_A, ZUID_A), vergelijking=())
        add_stuk(gemeente, oov, AANPAK, NOORD_A, elders, sleutel=draw_sleutel(), op=PEILDATUM)
    with gemeente.connect() as conn:
        assert load_stukken(conn, AANPAK, oov.kijker, PEILDATUM) == []
    add_stuk(gemeente, oov, AANPAK, NOORD_A, PLAN, sleutel=draw_sleutel(), op=PEILDATUM)


@pytest.mark.parametrize(
    ("vermoeden", "wat"),
    [
        (replace(VERMOED, naar=NOORD_A), "dezelfde buurt"),
        (replace(VERMOED, naar="BU99999999"), "bestaat niet"),
        (replace(VERMOED, tot=date(2026, 4, 1)), "voor de dag 'Vanaf'"),
        (replace(VERMOED, vanaf=date(2027, 1, 1)), "moet nog komen"),
        (replace(VERMOED, van=NOORD_B, naar=NOORD_A), "blijft dezelfde"),
        (replace(VERMOED, bevestigd_door="Jan Jansen"), "een naam"),
    ],
)
def test_a_suspicion_that_does_not_fit_together_is_not_stored(gemeente, oov, vermoeden, wat):
    with pytest.raises(InvoerError, match=wat):
        add_stuk(gemeente, oov, VERMOEDEN, NOORD_A, vermoeden, sleutel=draw_sleutel(), op=PEILDATUM)
