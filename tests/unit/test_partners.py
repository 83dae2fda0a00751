"""Partners: names that mean one organisation, what it could close, and the matrix of a convenant. Counted by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from bouwstenen import DWARS, NOORD, PEILDATUM, ZUID, ZUID_A, build_boom, build_punt

from gebieden.analyse.convenantmatrix import Cel, Thematekort, build_matrix, list_tekorten
from gebieden.analyse.kansenlijst import (
    Kanssoort,
    Keuze,
    Samenwerking,
    collect_kansen,
    describe_wie,
    list_organisaties,
    select_kansen,
)
from gebieden.analyse.register import INGETROKKEN_PARTNER, Naamgebruik, build_register, collect_gebruik
from gebieden.domein.agendapunt import Staat, WachtOp
from gebieden.domein.bedrag import ONBEKEND, PM, Bedrag
from gebieden.domein.convenant import (
    Afspraak,
    Afspraakstand,
    Convenant,
    Convenantstaat,
    check_convenantstap,
    find_convenantfouten,
    is_over_termijn,
    list_mogelijk,
)
from gebieden.domein.dekking import Bron, Dekkingslijn, Lijnstand, Puntdekking, Vorm, determine_dekking
from gebieden.domein.fouten import OvergangError
from gebieden.domein.partner import Inzet, Partner, Partnersoort, find_contactfouten, find_naamfouten
from gebieden.domein.punt import Punt
from gebieden.domein.thema import Thema

BOOM = build_boom()
CORPORATIE = Partner("De Woonstichting", Partnersoort.CORPORATIE, ("woonst.", "Stichting  Wonen"))
POLITIE = Partner("Politie", Partnersoort.POLITIE)
REGISTER = build_register({1: CORPORATIE, 2: POLITIE})
GISTEREN, MORGEN = date(2026, 5, 19), date(2026, 5, 21)


def punt(id_: str, *partners: str, **velden) -> Punt:
    return Punt(build_punt(id_, **{"staat": Staat.IN_UITVOERING, "partners": partners} | velden), True, GISTEREN)


def lijn(partner: str, stand: Lijnstand, bedrag: str = "100") -> Dekkingslijn:
    return Dekkingslijn(Bron.ANDERS, Vorm.GELD, stand, Bedrag(Decimal(bedrag)), partner=partner)


def dekking(id_: str, benodigd: Bedrag, *lijnen: Dekkingslijn, gebied: str = NOORD) -> Puntdekking:
    return Puntdekking(id_, gebied, ("schoon",), lijnen, determine_dekking(benodigd, lijnen))


# P1 needs 1.000 and has 100, P2 waits for a partner, P3 is done, P4 is PM, P5 is not known.
PUNTEN = [
    punt("P1", "DE  WOONSTICHTING", "Buurthuis"),
    punt("P2", "politie", staat=Staat.WACHT_OP, wacht_op=WachtOp.PARTNER, themas=(Thema.VEILIG,)),
    punt("P3", "Politie", staat=Staat.GEREALISEERD),
    punt("P4", gebied=ZUID),
    punt("P5", "buurthuis", gebied=ZUID),
]
DEKKINGEN = {
    "P1": dekking(
        "P1", Bedrag(Decimal(1000)), lijn("woonst.", Lijnstand.TOEGEZEGD), lijn("Fonds", Lijnstand.GEVRAAGD, "50")
    ),
    "P3": dekking("P3", Bedrag(Decimal(10)), lijn("Fonds", Lijnstand.GEVRAAGD)),
    "P4": dekking("P4", PM, lijn("Provincie", Lijnstand.INGETROKKEN), gebied=ZUID),
    "P5": dekking("P5", ONBEKEND, gebied=ZUID),
}
LAAT = Afspraak(2, Thema.VEILIG, "Inloopuur", termijn=GISTEREN)
AFSPRAKEN = [
    (NOORD, LAAT),
    (NOORD, replace(LAAT, termijn=PEILDATUM)),
    (NOORD, replace(LAAT, stand=Afspraakstand.NAGEKOMEN)),
]
SAMEN = Samenwerking(REGISTER, BOOM, [(2, NOORD), (2, DWARS)], AFSPRAKEN)


def collect(keuze: Keuze | None = None):
    return select_kansen(collect_kansen(SAMEN, PUNTEN, DEKKINGEN, PEILDATUM), keuze or Keuze(), BOOM)


def test_a_name_is_a_name_whatever_its_capitals_white_space_or_letters():
    for naam in ("de woonstichting", "DE\xa0WOONSTICHTING ", "Woonst.", "stichting wonen"):
        assert REGISTER.find(naam) == 1
    assert REGISTER.find("Woonstichting") is None
    assert REGISTER.noem(9) == INGETROKKEN_PARTNER


def test_who_is_named_is_counted_once_per_point_and_who_is_not_known_stands_apart():
    genoemd, onbekend = collect_gebruik(REGISTER, PUNTEN, DEKKINGEN)
    # P1 names the corporatie twice; the withdrawn contribution of the province names nobody.
    assert genoemd == {1: ("P1",), 2: ("P2", "P3")}
    assert onbekend == [Naamgebruik("Buurthuis", ("P1", "P5")), Naamgebruik("Fonds", ("P1", "P3"))]


@pytest.mark.parametrize(
    "nieuw",
    [
        replace(POLITIE, naam="  de WOONSTICHTING"),
        replace(POLITIE, naam="Wonen", andere_namen=("WOONST.",)),
        replace(POLITIE, naam="stichting wonen"),
        replace(POLITIE, andere_namen=("POLITIE",)),
    ],
)
def test_no_name_is_that_of_two(nieuw):
    assert len(list(find_naamfouten(nieuw, [CORPORATIE]))) == 1
    assert list(find_naamfouten(POLITIE, [CORPORATIE])) == []


@pytest.mark.parametrize("contact", ["jan@woonst.nl", "piet＠x", "06-12345678", "(072) 54 88 88", "+31 6 1234 5678"])
def test_a_contact_is_a_role_and_no_address_or_number(contact):
    (fout,) = find_contactfouten(Inzet(1, contact))
    assert "Verwacht: een rol" in fout


@pytest.mark.parametrize("contact", ["", "Wijkagent", "wijkbeheerder 2e team", "gebiedsconsulent (ma-wo)"])
def test_a_role_is_taken(contact):
    assert list(find_contactfouten(Inzet(1, contact))) == []


def test_everything_that_can_be_closed_is_on_the_list_once_and_nothing_that_is_done():
    assert [(k.soort, k.id, k.genoemd, k.werken) for k in collect()] == [
        (Kanssoort.AFSPRAAK, "", ("Politie",), ()),
        (Kanssoort.WACHT, "P2", ("Politie",), ()),
        (Kanssoort.GEVRAAGD, "P1", ("Fonds",), ()),
        (Kanssoort.GAT, "P1", ("De Woonstichting", "Buurthuis", "Fonds"), ("Politie",)),
        (Kanssoort.PM, "P4", (), ()),
        (Kanssoort.ONBEKEND, "P5", ("buurthuis",), ()),
    ]
    vragen = {k.soort: k.vraag for k in collect()}
    assert vragen[Kanssoort.GAT] == "Gat: € 900 van € 1.000 die nodig is (deels gedekt)."
    assert vragen[Kanssoort.AFSPRAAK] == "Afspraak: Inloopuur. Uiterlijk op 19 mei 2026, nu nog toegezegd."


def test_a_partner_sees_where_it_is_named_and_the_gaps_where_it_works():
    kansen = collect(Keuze(partner="Politie"))
    assert [k.soort for k in kansen] == [Kanssoort.AFSPRAAK, Kanssoort.WACHT, Kanssoort.GAT]
    assert describe_wie(kansen[2], "Politie").endswith("Fonds; Politie werkt in dit gebied")
    assert [k.id for k in collect(Keuze(partner="Fonds"))] == ["P1", "P1"]
    # However it is written at a point: one organisation, one choice.
    assert list_organisaties(REGISTER, collect()) == ["Buurthuis", "De Woonstichting", "Fonds", "Politie"]
    assert [k.id for k in collect(Keuze(partner="Buurthuis"))] == ["P1", "P5"]


def test_theme_and_area_narrow_the_list():
    assert [k.id for k in collect(Keuze(gebied=ZUID))] == ["P4", "P5"]
    assert [k.id for k in collect(Keuze(thema=Thema.VEILIG))] == ["", "P2"]
    assert collect(Keuze(gebied=ZUID_A)) == []


def test_a_commitment_is_past_its_term_the_day_after_and_only_while_open():
    assert is_over_termijn(LAAT, PEILDATUM)
    assert not is_over_termijn(replace(LAAT, termijn=PEILDATUM), PEILDATUM)
    assert not is_over_termijn(replace(LAAT, termijn=None), PEILDATUM)
    for stand in (Afspraakstand.NAGEKOMEN, Afspraakstand.NIET_NAGEKOMEN):
        assert not is_over_termijn(replace(LAAT, stand=stand), PEILDATUM)


def test_the_matrix_has_a_row_for_everybody_who_does_something_and_counts_every_theme_of_a_point():
    punten = [punt("P1", "woonst.", themas=(Thema.HEEL, Thema.SCHOON)), punt("P2", "POLITIE", staat=Staat.VERVALLEN)]
    matrix = build_matrix(REGISTER, (), [LAAT], punten, {})
    assert list(matrix) == [1, 2]
    assert matrix[1][Thema.HEEL] == matrix[1][Thema.SCHOON] == Cel((), ("P1",))
    assert {t: c for t, c in matrix[2].items() if c != Cel()} == {Thema.VEILIG: Cel((LAAT,), ())}
    assert list(build_matrix(REGISTER, [2], [], [], {})) == [2]


def test_a_theme_without_commitment_is_told_with_how_many_points_have_a_partner():
    punten = [punt("P1", "iemand"), punt("P2"), punt("P3", themas=(Thema.HEEL,)), punt("P4", themas=(Thema.VEILIG,))]
    assert list_tekorten([LAAT], punten, {}) == [Thematekort(Thema.SCHOON, 2, 1), Thematekort(Thema.HEEL, 1, 0)]
    niet = replace(LAAT, stand=Afspraakstand.NIET_NAGEKOMEN)
    assert list_tekorten([niet], punten, {})[-1] == Thematekort(Thema.VEILIG, 1, 0)


def test_a_convenant_goes_along_its_table_with_what_that_asks():
    oud = Convenant("C", Convenantstaat.IN_OVERLEG)
    getekend = replace(oud, staat=Convenantstaat.ONDERTEKEND, getekend_op=PEILDATUM)
    lopend = replace(getekend, staat=Convenantstaat.LOPEND, loopt_tot=MORGEN)
    check_convenantstap(oud, getekend, "")
    check_convenantstap(getekend, oud, "Nog een keer lezen")
    for van, naar, waarom, nodig in (
        (oud, replace(getekend, getekend_op=None), "", "'getekend op' nodig"),
        (oud, lopend, "", "kan niet"),
        (getekend, oud, "", "'waarom' nodig"),
        (lopend, replace(lopend, staat=Convenantstaat.BEEINDIGD), "", "'waarom' nodig"),
        (lopend, replace(lopend, staat=Convenantstaat.VERLENGD), "", "liep al tot 21 mei 2026"),
    ):
        with pytest.raises(OvergangError, match=nodig):
            check_convenantstap(van, naar, waarom)
    assert list_mogelijk(oud) == ("in_overleg", "ondertekend", "in_voorbereiding")
    assert Convenantstaat.BEEINDIGD not in list_mogelijk(None)


def test_a_convenant_that_is_signed_says_when_and_ends_after_that():
    getekend = Convenant("C", Convenantstaat.LOPEND, getekend_op=PEILDATUM, loopt_tot=GISTEREN)
    assert ["voor de dag van ondertekenen" in fout for fout in find_convenantfouten(getekend)] == [True]
    assert len(list(find_convenantfouten(Convenant("C", Convenantstaat.VERLENGD)))) == 2
    assert list(find_convenantfouten(Convenant("C", Convenantstaat.IN_OVERLEG))) == []
