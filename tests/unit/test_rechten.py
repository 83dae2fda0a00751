"""Who sees and does what: every cell of the table of roles."""

import pytest
from bouwstenen import DWARS, GEMEENTE, NOORD, NOORD_A, PEILDATUM, ZUID, ZUID_A, build_boom, build_gebieden

from gebieden.domein.gebied import Gebied, build_gebiedsboom
from gebieden.domein.rechten import Handeling, Kijker, Pagina, Rol

BOOM = build_boom()
EIGEN = frozenset({NOORD})


@pytest.mark.parametrize("rol", list(Rol))
def test_text_of_public_points_is_for_all_and_of_others_for_all_but_publiek(rol):
    assert Kijker(rol, EIGEN).mag_tekst(openbaar=True)
    assert Kijker(rol, EIGEN).mag_tekst(openbaar=False) is (rol is not Rol.PUBLIEK)


# Role, then whether it may read a bericht: public in its own area, internal in its own area,
# public elsewhere, internal elsewhere.
BERICHTEN = [
    (Rol.PUBLIEK, True, False, True, False),
    (Rol.RAAD, True, False, True, False),
    (Rol.GEBIEDSTEAM, True, True, True, False),
    (Rol.GEBIEDSREGISSEUR, True, True, True, False),
    (Rol.OOV, True, False, True, False),
    (Rol.BEHEER, True, True, True, True),
]


@pytest.mark.parametrize(("rol", "eigen_openbaar", "eigen_intern", "elders_openbaar", "elders_intern"), BERICHTEN)
def test_berichten_are_read_as_the_table_says(rol, eigen_openbaar, eigen_intern, elders_openbaar, elders_intern):
    def mag(openbaar, gebied):
        return Kijker(rol, EIGEN).mag_bericht(openbaar, True, gebied, BOOM)

    assert (mag(True, NOORD), mag(False, NOORD)) == (eigen_openbaar, eigen_intern)
    assert (mag(True, ZUID), mag(False, ZUID)) == (elders_openbaar, elders_intern)


@pytest.mark.parametrize("rol", list(Rol))
def test_a_public_bericht_on_a_point_that_is_not_public_is_not_for_publiek(rol):
    assert Kijker(rol, EIGEN).mag_bericht(True, False, ZUID, BOOM) is (rol is not Rol.PUBLIEK)


@pytest.mark.parametrize("rol", [Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR])
def test_rights_for_an_area_hold_for_every_area_it_contains_and_no_other(rol):
    def mag(eigen, gebied):
        return Kijker(rol, frozenset({eigen})).mag_bericht(False, False, gebied, BOOM)

    assert mag(NOORD, NOORD_A)
    assert mag(GEMEENTE, ZUID_A)
    assert mag(DWARS, NOORD_A)
    assert mag(DWARS, ZUID_A)
    assert not mag(DWARS, NOORD)
    assert not mag(NOORD_A, NOORD)
    assert not mag(NOORD, ZUID_A)


def test_an_area_of_ones_own_gives_nothing_to_a_role_that_has_none():
    for rol in (Rol.PUBLIEK, Rol.RAAD, Rol.BEHEER):
        assert not Kijker(rol, EIGEN).is_eigen(NOORD, BOOM)
    for rol in (Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR, Rol.OOV):
        assert Kijker(rol, EIGEN).is_eigen(NOORD, BOOM)
        assert not Kijker(rol).is_eigen(NOORD, BOOM)
        assert not Kijker(rol, EIGEN).is_eigen("onbekend", BOOM)


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.parametrize("pagina", list(Pagina))
def test_every_page_is_for_everybody_but_those_of_beheer_of_partners_and_of_who_has_areas_to_work_in(rol, pagina):
    mogen = {
        Pagina.GEGEVENS: {Rol.BEHEER},
        Pagina.BEHEER: {Rol.BEHEER},
        Pagina.MIJNWERK: {Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR},
        Pagina.PARTNERS: set(Rol) - {Rol.PUBLIEK},
        Pagina.OVERLEG: set(Rol) - {Rol.PUBLIEK},
        Pagina.OCHTENDBEELD: {Rol.OOV, Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR},
        Pagina.VASTLEGGEN: {Rol.OOV},
        Pagina.BEOORDELEN: {Rol.OOV},
        Pagina.VROEGSIGNALEN: set(Rol) - {Rol.PUBLIEK},
        Pagina.AANPAKKEN: set(Rol) - {Rol.PUBLIEK},
        Pagina.STRUCTUUR: set(Rol) - {Rol.PUBLIEK},
    }.get(pagina, set(Rol))
    assert Kijker(rol).mag_pagina(pagina) is (rol in mogen)


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.parametrize("handeling", list(Handeling))
def test_teams_write_and_propose_regisseurs_run_the_agenda_and_all_else_is_for_beheer(rol, handeling):
    mogen = {
        Handeling.BERICHT_SCHRIJVEN: {Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR},
        Handeling.PUNT_VOORSTELLEN: {Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR},
        Handeling.PUNT_BEHEREN: {Rol.GEBIEDSREGISSEUR},
        Handeling.DEKKING: {Rol.GEBIEDSREGISSEUR},
        Handeling.CONVENANT: {Rol.GEBIEDSREGISSEUR},
        Handeling.SIGNAAL: {Rol.OOV},
        Handeling.AANPAK: {Rol.OOV},
    }.get(handeling, {Rol.BEHEER})
    assert Kijker(rol).mag(handeling) is (rol in mogen)


@pytest.mark.parametrize("rol", list(Rol))
def test_berichten_are_written_in_ones_own_areas_and_what_lies_in_them(rol):
    schrijver = rol in {Rol.GEBIEDSTEAM, Rol.GEBIEDSREGISSEUR}
    kijker = Kijker(rol, EIGEN)
    assert kijker.mag_in(Handeling.BERICHT_SCHRIJVEN, NOORD_A, BOOM) is schrijver
    assert not kijker.mag_in(Handeling.BERICHT_SCHRIJVEN, ZUID_A, BOOM)
    assert not Kijker(rol).mag_in(Handeling.BERICHT_SCHRIJVEN, NOORD, BOOM)


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.parametrize("eigen", [frozenset(), EIGEN, frozenset({DWARS, ZUID}), frozenset({"onbekend"})])
def test_ones_own_areas_as_a_list_are_those_that_are_ones_own(rol, eigen):
    kijker = Kijker(rol, eigen)
    assert kijker.list_eigen(BOOM) == {code for code in BOOM.gebieden if kijker.is_eigen(code, BOOM)}


def test_an_area_that_is_gone_is_still_ones_own():
    weg = Gebied("DP99", "Oud dorp", "dorp", frozenset({NOORD_A}), geldig_tot=PEILDATUM)
    boom = build_gebiedsboom([*build_gebieden(), weg], PEILDATUM)
    assert "DP99" in Kijker(Rol.GEBIEDSTEAM, EIGEN).list_eigen(boom)
    assert "DP99" not in Kijker(Rol.GEBIEDSTEAM, frozenset({ZUID})).list_eigen(boom)


def test_who_is_not_signed_in_is_publiek_without_an_area():
    assert Kijker() == Kijker(Rol.PUBLIEK, frozenset())
