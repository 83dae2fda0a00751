"""A regisseur runs the agenda: every change is checked and kept, and can be taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from bouwstenen import NOORD, PEILDATUM, ZUID, build_punt
from databases import dump_inhoud
from schrijvers import add_gebruiker, draw_sleutel, dump_log, place, read_log
from sqlalchemy import select

from gebieden.domein.agendapunt import Puntsoort, Staat, WachtOp
from gebieden.domein.fouten import BotsingError, InvoerError, OvergangError
from gebieden.domein.puntovergang import Puntovergang, Toestandsvelden
from gebieden.domein.puntvelden import Puntvelden, get_puntvelden
from gebieden.domein.rechten import BEHEERDER, Rol
from gebieden.domein.stap import Stap, Stapsoort
from gebieden.domein.terugblik import Borging, Terugblik, get_borging
from gebieden.domein.thema import Thema
from gebieden.opslag import tabellen
from gebieden.opslag.agenda import save_agendapunten
from gebieden.opslag.database import begin_schrijven
from gebieden.opslag.dossier import add_stuk
from gebieden.opslag.dossiersoorten import STAP
from gebieden.opslag.lezen import load_punten
from gebieden.opslag.punten import change_punt, create_punt, look_back, move_punt
from gebieden.opslag.puntgevolgen import find_kwam_van
from gebieden.opslag.puntherroeping import find_ongedaan_punt, undo_wijziging
from gebieden.opslag.stand import load_agendastand, load_laatste
from gebieden.opslag.verzettingen import Verzetting, load_verzettingen

NIEUW = Puntvelden("Meer licht in het park", (Thema.VEILIG, Thema.HEEL), trekker="Wijkbeheer")
GISTEREN = PEILDATUM - timedelta(days=1)
JUNI, JULI = date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture
def regisseur(agenda):
    return add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR)


def find(engine, id_="P1", peildatum=PEILDATUM):
    with engine.connect() as conn:
        return next(p for p in load_punten(conn, BEHEERDER, peildatum) if p.punt.id == id_)


def move(engine, wie, van, naar, id_="P1", datum=PEILDATUM, sleutel=None, **velden):
    buiten = {naam: velden.pop(naam) for naam in ("waarom", "openbaar") if naam in velden}
    overgang = Puntovergang(van, naar, datum, Toestandsvelden(**velden), **buiten)
    return move_punt(engine, wie, id_, overgang, sleutel=sleutel or draw_sleutel(), op=PEILDATUM)


def change(engine, wie, id_="P1", basis=None, sleutel=None, waarom="", **velden):
    basis = basis or get_puntvelden(find(engine, id_).punt)
    wens = replace(basis, **velden)
    return change_punt(engine, wie, id_, basis, wens, sleutel=sleutel or draw_sleutel(), op=PEILDATUM, waarom=waarom)


def undo(engine, wie, id_="P1"):
    with engine.connect() as conn:
        eigen = find_ongedaan_punt(conn, wie, id_)
    assert eigen is not None
    return undo_wijziging(engine, wie, id_, eigen.nummer, sleutel=draw_sleutel(), op=PEILDATUM)


def load_verzet(engine, id_="P1", peildatum=PEILDATUM):
    with engine.connect() as conn:
        return load_verzettingen(conn, peildatum, [id_]).get(id_, [])


def test_a_new_point_is_a_proposal_in_no_version_and_was_not_there_yesterday(agenda, regisseur):
    id_ = create_punt(agenda, regisseur, NOORD, NIEUW, sleutel="f1", op=PEILDATUM).id
    punt = find(agenda, id_)
    assert (punt.punt.staat, punt.punt.versie, punt.in_versie) == (Staat.VOORGESTELD, None, False)
    assert get_puntvelden(punt.punt) == replace(NIEUW, themas=(Thema.HEEL, Thema.VEILIG))
    with agenda.connect() as conn:
        assert id_ not in {p.punt.id for p in load_punten(conn, BEHEERDER, GISTEREN)}


def test_a_form_that_is_sent_twice_makes_one_point(agenda, regisseur):
    een = create_punt(agenda, regisseur, NOORD, NIEUW, sleutel="f1", op=PEILDATUM)
    twee = create_punt(agenda, regisseur, NOORD, NIEUW, sleutel="f1", op=PEILDATUM)
    drie = create_punt(agenda, regisseur, NOORD, NIEUW, sleutel="f2", op=PEILDATUM)
    assert (een.id, een.was_er_al, twee.was_er_al) == (twee.id, False, True)
    assert drie.id != een.id


def test_every_fault_of_a_new_point_is_told_at_once_and_nothing_is_stored(agenda, regisseur):
    voor = dump_inhoud(agenda)
    fout = Puntvelden("  \u200b ", (), trekker="x" * 201, afgesproken_gereed=date(1899, 1, 1))
    with pytest.raises(InvoerError) as gevangen:
        create_punt(agenda, regisseur, NOORD, fout, sleutel="f1", op=PEILDATUM)
    for woord in ("titel is leeg", "geen thema", "201 tekens", "1 januari 1899", "niets opgeslagen"):
        assert woord in str(gevangen.value)
    assert dump_inhoud(agenda) == voor


def test_a_changed_field_is_stored_and_the_rest_stays(agenda, regisseur):
    voor = find(agenda).punt
    change(
        agenda, regisseur, titel=" Ander opschrift ", soort=Puntsoort.GROOT_PUNT, partners=("Politie", "Politie", "")
    )
    na = find(agenda).punt
    assert na == replace(voor, titel="Ander opschrift", soort=Puntsoort.GROOT_PUNT, partners=("Politie",))


def test_a_changed_title_is_no_news_of_the_point(agenda, regisseur):
    voor = find(agenda).laatste
    change(agenda, regisseur, titel="Anders", afgesproken_gereed=JUNI)
    assert find(agenda).laatste == voor


def test_what_two_people_change_apart_both_stays_and_together_is_a_conflict(agenda, regisseur):
    ander = add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR)
    basis = get_puntvelden(find(agenda).punt)
    change(agenda, ander, basis=basis, trekker="Groenbeheer")
    change(agenda, regisseur, basis=basis, titel="Anders")
    assert (find(agenda).punt.trekker, find(agenda).punt.titel) == ("Groenbeheer", "Anders")
    voor = dump_inhoud(agenda)
    with pytest.raises(BotsingError) as gevangen:
        change(agenda, regisseur, basis=basis, trekker="Wijkbeheer", titel="Anders")
    assert [(b.veld, b.nu, b.wens) for b in gevangen.value.velden] == [("trekker", "Groenbeheer", "Wijkbeheer")]
    assert dump_inhoud(agenda) == voor


def test_an_agreed_date_that_moves_is_counted_and_an_earlier_peildatum_has_the_old_one(agenda, regisseur):
    change(agenda, regisseur, afgesproken_gereed=JUNI)
    assert load_verzet(agenda) == [Verzetting(None, JUNI, PEILDATUM)]
    change(agenda, regisseur, afgesproken_gereed=JULI, waarom="De aannemer kan niet eerder.")
    change(agenda, regisseur, titel="Anders")
    verzet = load_verzet(agenda)
    assert verzet == [Verzetting(None, JUNI, PEILDATUM), Verzetting(JUNI, JULI, PEILDATUM)]
    assert sum(v.is_verzet for v in verzet) == 1
    assert find(agenda, peildatum=GISTEREN).punt.afgesproken_gereed is None
    assert find(agenda).punt.afgesproken_gereed == JULI
    undo(agenda, regisseur)
    undo(agenda, regisseur)
    assert load_verzet(agenda) == [Verzetting(None, JUNI, PEILDATUM)]
    assert find(agenda).punt.afgesproken_gereed == JUNI


def test_an_import_that_moves_a_date_counts_too_within_a_version_and_between_two(agenda):
    with begin_schrijven(agenda) as conn:
        save_agendapunten(conn, [build_punt(afgesproken_gereed=JUNI)], PEILDATUM)
    assert load_verzet(agenda) == [Verzetting(None, JUNI, PEILDATUM)]
    tweede = build_punt(versie=2, versiedatum=date(2026, 5, 10), afgesproken_gereed=JULI)
    with begin_schrijven(agenda) as conn:
        save_agendapunten(conn, [tweede], PEILDATUM)
    assert load_verzet(agenda) == [Verzetting(JUNI, JULI, date(2026, 5, 10)), Verzetting(None, JUNI, PEILDATUM)]
    with begin_schrijven(agenda) as conn:
        save_agendapunten(conn, [tweede], PEILDATUM)
    assert len(load_verzet(agenda)) == 2


def test_an_import_leaves_alone_what_no_file_holds(agenda, regisseur):
    change(agenda, regisseur, eenheid="Stadswerk", wethouder="Wethouder wonen")
    with begin_schrijven(agenda) as conn:
        save_agendapunten(conn, [build_punt(titel="Uit het bestand")], PEILDATUM)
    punt = find(agenda).punt
    assert (punt.titel, punt.eenheid, punt.wethouder) == ("Uit het bestand", "Stadswerk", "Wethouder wonen")


def test_a_point_moves_along_the_table_and_keeps_what_its_state_asks_for(agenda, regisseur):
    move(agenda, regisseur, Staat.OP_AGENDA, Staat.IN_VOORBEREIDING)
    move(agenda, regisseur, Staat.IN_VOORBEREIDING, Staat.WACHT_OP, wacht_op=WachtOp.GELD)
    assert (find(agenda).punt.wacht_op, find(agenda).laatste) == (WachtOp.GELD, PEILDATUM)
    move(agenda, regisseur, Staat.WACHT_OP, Staat.IN_VOORBEREIDING)
    assert find(agenda).punt.wacht_op is None
    move(agenda, regisseur, Staat.IN_VOORBEREIDING, Staat.IN_UITVOERING)
    move(agenda, regisseur, Staat.IN_UITVOERING, Staat.GEREALISEERD)
    move(agenda, regisseur, Staat.GEREALISEERD, Staat.GEBORGD, wie_borgt="Wijkbeheer", terugkijken_op=JULI)
    punt = find(agenda).punt
    assert (punt.staat, punt.wie_borgt, punt.terugkijken_op) == (Staat.GEBORGD, "Wijkbeheer", JULI)
    assert find(agenda, peildatum=GISTEREN).punt.staat is Staat.OP_AGENDA


@pytest.mark.parametrize(
    ("naar", "velden", "woorden"),
    [
        (Staat.GEREALISEERD, {}, ["Van op_agenda naar gerealiseerd kan niet"]),
        (Staat.WACHT_OP, {}, ["'wacht op' nodig"]),
        (Staat.VERVALLEN, {"reden": "  "}, ["'reden' nodig", "'wie besloot' nodig"]),
        (Staat.OVERGEDRAGEN, {"aan_wie": "De provincie"}, ["'bevestigd' nodig"]),
        (Staat.IN_UITVOERING, {"datum": PEILDATUM + timedelta(days=1)}, ["21 mei 2026", "tot en met 20 mei 2026"]),
    ],
)
def test_what_the_table_does_not_allow_is_refused_with_the_reason(agenda, regisseur, naar, velden, woorden):
    voor = dump_inhoud(agenda)
    with pytest.raises(OvergangError) as gevangen:
        move(agenda, regisseur, Staat.OP_AGENDA, naar, **velden)
    assert all(woord in str(gevangen.value) for woord in woorden)
    assert dump_inhoud(agenda) == voor


def test_a_step_back_costs_a_reason_and_no_step_is_dated_before_the_one_before(agenda, regisseur):
    move(agenda, regisseur, Staat.OP_AGENDA, Staat.IN_VOORBEREIDING)
    with pytest.raises(OvergangError, match="'waarom' nodig"):
        move(agenda, regisseur, Staat.IN_VOORBEREIDING, Staat.OP_AGENDA)
    with pytest.raises(OvergangError, match="van 20 mei 2026 \\(de verandering hiervoor"):
        move(agenda, regisseur, Staat.IN_VOORBEREIDING, Staat.IN_UITVOERING, datum=GISTEREN)
    move(agenda, regisseur, Staat.IN_VOORBEREIDING, Staat.OP_AGENDA, waarom="Te vroeg begonnen.")
    assert find(agenda).punt.staat is Staat.OP_AGENDA


def test_who_moves_a_point_that_somebody_else_moved_meanwhile_hears_that(agenda, regisseur):
    move(agenda, regisseur, Staat.OP_AGENDA, Staat.IN_UITVOERING)
    with pytest.raises(OvergangError, match="intussen van op_agenda naar in_uitvoering"):
        move(agenda, add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR), Staat.OP_AGENDA, Staat.VERVALLEN)


def test_the_same_move_sent_twice_is_one_move(agenda, regisseur):
    for _ in range(2):
        uitkomst = move(agenda, regisseur, Staat.OP_AGENDA, Staat.IN_UITVOERING, sleutel="f1")
    assert uitkomst.was_er_al
    assert [r.handeling for r in read_log(agenda, id="P1") if r.handeling == "staat_veranderd"] == ["staat_veranderd"]


def test_taking_back_a_move_restores_everything_and_is_no_news(agenda, regisseur):
    move(agenda, regisseur, Staat.OP_AGENDA, Staat.WACHT_OP, wacht_op=WachtOp.PARTNER)
    with agenda.connect() as conn:
        voor = find(agenda), load_agendastand(conn, PEILDATUM), load_laatste(conn, PEILDATUM)
        assert find_kwam_van(conn, "P1", 1) is Staat.OP_AGENDA
    ander = add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR)
    move(agenda, ander, Staat.WACHT_OP, Staat.VERVALLEN, reden="Te duur", wie_besloot="Het college", openbaar=True)
    undo(agenda, ander)
    with agenda.connect() as conn:
        assert (find(agenda), load_agendastand(conn, PEILDATUM), load_laatste(conn, PEILDATUM)) == voor
        assert find_kwam_van(conn, "P1", 1) is Staat.OP_AGENDA
    assert find(agenda, peildatum=GISTEREN).punt.staat is Staat.OP_AGENDA


def test_a_point_looks_no_fresher_for_a_move_that_was_taken_back(agenda, regisseur):
    voor = find(agenda).laatste
    move(agenda, regisseur, Staat.OP_AGENDA, Staat.IN_UITVOERING)
    assert find(agenda).laatste == PEILDATUM
    undo(agenda, regisseur)
    assert find(agenda).laatste == voor


TERUGBLIK = Terugblik("De banken zijn heel.", Borging("De wijkraad", date(2026, 12, 1)))


def look(engine, wie, terugblik=TERUGBLIK, basis=None, sleutel=None):
    basis = basis or get_borging(find(engine).punt)
    return look_back(engine, wie, "P1", basis, terugblik, sleutel=sleutel or draw_sleutel(), op=PEILDATUM)


def test_who_looks_back_agrees_when_to_look_again_and_it_can_be_read_and_taken_back(agenda, regisseur):
    with pytest.raises(OvergangError, match="Dit punt is op_agenda"):
        look(agenda, regisseur)
    move(agenda, regisseur, Staat.OP_AGENDA, Staat.IN_UITVOERING)
    move(agenda, regisseur, Staat.IN_UITVOERING, Staat.GEREALISEERD)
    move(agenda, regisseur, Staat.GEREALISEERD, Staat.GEBORGD, wie_borgt="Beheer", terugkijken_op=JUNI)
    voor = find(agenda)
    for _ in range(2):
        uitkomst = look(agenda, regisseur, basis=get_borging(voor.punt), sleutel="terug")
    assert uitkomst.was_er_al
    assert find(agenda).punt == replace(voor.punt, wie_borgt="De wijkraad", terugkijken_op=date(2026, 12, 1))
    regel = read_log(agenda, id="P1")[-1]
    assert (regel.handeling, regel.waarom) == ("teruggekeken", "De banken zijn heel.")
    assert regel.veranderingen == {"wie_borgt": None, "terugkijken_op": ("2026-06-01", "2026-12-01")}
    with pytest.raises(InvoerError, match="Iemand anders"):
        look(agenda, regisseur, basis=get_borging(voor.punt))
    undo(agenda, regisseur)
    assert find(agenda) == voor


def test_every_fault_of_a_look_back_is_told_at_once_and_only_the_regisseur_may(agenda, regisseur):
    voor = find(agenda)
    with pytest.raises(InvoerError) as gevangen:
        look(agenda, regisseur, Terugblik(" ", Borging("x" * 501, PEILDATUM)))
    for woord in ("wat er is gezien", "501 tekens", "een dag na 20 mei 2026"):
        assert woord in str(gevangen.value)
    for wie in (add_gebruiker(agenda, Rol.GEBIEDSTEAM), add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR, ZUID)):
        with pytest.raises(PermissionError):
            look(agenda, wie)
    assert find(agenda) == voor
    assert read_log(agenda, id="P1", handeling="teruggekeken") == []


def test_what_somebody_else_changed_since_cannot_be_taken_back(agenda, regisseur):
    change(agenda, regisseur, titel="Van mij")
    change(agenda, add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR), titel="Van een ander")
    with pytest.raises(InvoerError, match="nog eens veranderd"):
        undo(agenda, regisseur)
    assert find(agenda).punt.titel == "Van een ander"


def test_a_proposal_can_be_withdrawn_by_who_made_it_until_something_is_done_with_it(agenda, team):
    voor = dump_inhoud(agenda)["agendapunt"]
    id_ = create_punt(agenda, team, NOORD, NIEUW, sleutel=draw_sleutel(), op=PEILDATUM).id
    undo(agenda, team, id_)
    assert dump_inhoud(agenda)["agendapunt"] == voor
    tweede = create_punt(agenda, team, NOORD, NIEUW, sleutel=draw_sleutel(), op=PEILDATUM).id
    assert tweede != id_
    move(agenda, add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR), Staat.VOORGESTELD, Staat.BESPROKEN, tweede)
    with pytest.raises(InvoerError, match=r"al iets gedaan|nog eens veranderd"):
        undo(agenda, team, tweede)
    derde = create_punt(agenda, team, NOORD, NIEUW, sleutel=draw_sleutel(), op=PEILDATUM).id
    stap = Stap(Stapsoort.DEELSTAP, "Offerte vragen")
    hoe = {"sleutel": draw_sleutel(), "op": PEILDATUM}
    add_stuk(agenda, add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR), STAP, derde, stap, **hoe)
    with pytest.raises(InvoerError, match="al iets gedaan"):
        undo(agenda, team, derde)


def test_no_text_enters_the_audit_trail(agenda, regisseur):
    geheim = "geheimzinnig"
    velden = dict.fromkeys(("titel", "omschrijving", "trekker", "eenheid", "wethouder", "herkomst"), geheim)
    id_ = create_punt(
        agenda,
        regisseur,
        NOORD,
        replace(NIEUW, **velden | {"eenheid": ""}, partners=(geheim,)),
        sleutel="f",
        op=PEILDATUM,
    ).id
    move(agenda, regisseur, Staat.VOORGESTELD, Staat.VERVALLEN, id_, reden=geheim, wie_besloot=geheim)
    assert geheim not in dump_log(agenda)


def test_a_point_of_no_agenda_any_more_cannot_be_changed(agenda, regisseur):
    with begin_schrijven(agenda) as conn:
        save_agendapunten(conn, [build_punt("P9", versie=2, versiedatum=date(2026, 5, 1))], PEILDATUM)
    basis = get_puntvelden(build_punt("P1"))
    for id_ in ("P1", "P404", "P\x00"):
        with pytest.raises(InvoerError, match="bestaat niet of staat niet meer op de agenda"):
            change_punt(agenda, regisseur, id_, basis, basis, sleutel=draw_sleutel(), op=PEILDATUM)


def test_replaying_the_journal_gives_the_present_state(agenda, regisseur):
    id_ = create_punt(agenda, regisseur, NOORD, NIEUW, sleutel="f", op=PEILDATUM).id
    move(agenda, regisseur, Staat.VOORGESTELD, Staat.OP_AGENDA, id_)
    change(agenda, regisseur, id_, titel="Anders", afgesproken_gereed=JUNI)
    move(agenda, regisseur, Staat.OP_AGENDA, Staat.WACHT_OP, id_, wacht_op=WachtOp.BESLUIT)
    undo(agenda, regisseur, id_)
    place(agenda, regisseur)
    journaal, punt = tabellen.wijziging, tabellen.agendapunt
    with agenda.connect() as conn:
        nu = dict(conn.execute(select(punt).where(punt.c.id == id_)).mappings().one())
        stand: dict[str, object] = {}
        for rij in conn.execute(select(journaal).where(journaal.c.agendapunt == id_).order_by(journaal.c.nummer)):
            assert all(stand.get(veld) == oud for veld, (oud, _) in rij.velden.items() if veld in stand)
            stand |= {veld: nieuw for veld, (_, nieuw) in rij.velden.items()}
    assert {veld: str(nu[veld]) for veld in stand} == {veld: str(waarde) for veld, waarde in stand.items()}


def test_only_the_regisseur_of_the_area_runs_its_agenda(agenda):
    for rol in Rol:
        if rol in (Rol.PUBLIEK, Rol.GEBIEDSREGISSEUR):
            continue
        wie = add_gebruiker(agenda, rol)
        with pytest.raises(PermissionError, match="mag niet als"):
            move(agenda, wie, Staat.OP_AGENDA, Staat.IN_UITVOERING)
        with pytest.raises(PermissionError, match="mag niet als"):
            change(agenda, wie, titel="Anders")
    elders = add_gebruiker(agenda, Rol.GEBIEDSREGISSEUR, ZUID)
    with pytest.raises(PermissionError, match="buiten uw eigen gebied"):
        move(agenda, elders, Staat.OP_AGENDA, Staat.IN_UITVOERING)
    with pytest.raises(PermissionError, match="buiten uw eigen gebied"):
        create_punt(agenda, elders, NOORD, NIEUW, sleutel="f", op=PEILDATUM)
    assert find(agenda).punt.staat is Staat.OP_AGENDA
