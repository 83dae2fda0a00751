"""The transition tables, against the table of the design, word for word."""

import pytest

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Staat
from gebieden.domein.fouten import OvergangError
from gebieden.domein.initiatief import INITIATIEF_MACHINE, Initiatiefstaat
from gebieden.domein.overgangen import Richting
from gebieden.domein.rechten import Rol
from gebieden.domein.signaal import SIGNAAL_MACHINE, Signaalstaat

# `domein.md` section 3, as it stands there: from | forward | aside | back.
TABEL = """
voorgesteld | besproken, op_agenda | vervallen | –
besproken | op_agenda | vervallen | voorgesteld
op_agenda | in_voorbereiding, in_uitvoering | wacht_op, overgedragen, vervallen | –
in_voorbereiding | in_uitvoering | wacht_op, overgedragen, vervallen | op_agenda
in_uitvoering | gerealiseerd | wacht_op, overgedragen, vervallen | in_voorbereiding
gerealiseerd | geborgd | – | in_uitvoering
geborgd | – | – | in_uitvoering
overgedragen | – | – | in_uitvoering
vervallen | – | – | op_agenda
"""
RIJEN = [[cel.strip() for cel in regel.split("|")] for regel in TABEL.strip().splitlines()]
VELDEN = {
    "wacht_op": "geld",
    "aan_wie": "woningcorporatie",
    "bevestigd": False,
    "reden": "geen draagvlak",
    "wie_besloot": "college",
    "wie_borgt": "wijkbeheer",
    "terugkijken_op": "2027-01-01",
    "waarom": "toch nog niet klaar",
}


def _split(cel):
    return set() if cel == "–" else {naam.strip() for naam in cel.split(",")}


def _get(van, richting):
    return {s.naar for s in AGENDAPUNT_MACHINE.stappen[van] if s.richting is richting}


@pytest.mark.parametrize("rij", RIJEN, ids=lambda rij: rij[0])
def test_each_row_of_the_design_is_a_row_of_the_table(rij):
    van, vooruit, opzij, terug = rij
    assert _get(van, Richting.VOORUIT) == _split(vooruit)
    assert _get(van, Richting.OPZIJ) == _split(opzij)
    assert _get(van, Richting.TERUG) == _split(terug)


def test_the_table_has_the_rows_of_the_design_and_no_other():
    assert set(AGENDAPUNT_MACHINE.stappen) == {rij[0] for rij in RIJEN} | {"wacht_op"} == set(Staat)
    assert set(AGENDAPUNT_MACHINE.toestanden) == set(Staat)


@pytest.mark.parametrize("machine", [AGENDAPUNT_MACHINE, INITIATIEF_MACHINE, SIGNAAL_MACHINE], ids=lambda m: m.soort)
def test_every_state_has_two_names_a_row_and_steps_to_states_that_exist(machine):
    assert machine.toestanden.keys() == machine.stappen.keys()
    assert all(t.naam and t.publieke_naam for t in machine.toestanden.values())
    assert {s.naar for stappen in machine.stappen.values() for s in stappen} <= set(machine.toestanden)


def test_the_machines_have_the_states_of_the_design():
    assert set(INITIATIEF_MACHINE.toestanden) == set(Initiatiefstaat)
    assert set(SIGNAAL_MACHINE.toestanden) == set(Signaalstaat)


@pytest.mark.parametrize("kwam_van", ["op_agenda", "in_voorbereiding", "in_uitvoering"])
def test_a_waiting_point_goes_back_only_to_where_it_came_from(kwam_van):
    for naar in ("op_agenda", "in_voorbereiding", "in_uitvoering"):
        bezwaren = AGENDAPUNT_MACHINE.collect_bezwaren("wacht_op", naar, Rol.GEBIEDSREGISSEUR, {}, kwam_van)
        assert (bezwaren == []) is (naar == kwam_van)
        assert AGENDAPUNT_MACHINE.is_toegestaan("wacht_op", naar, kwam_van) is (naar == kwam_van)


def test_an_imported_waiting_point_goes_back_to_in_voorbereiding():
    toegestaan = [n for n in Staat if AGENDAPUNT_MACHINE.is_toegestaan("wacht_op", n)]
    assert toegestaan == ["in_voorbereiding", "overgedragen", "vervallen"]


def test_a_waiting_point_can_always_be_handed_over_or_dropped():
    for naar in ("overgedragen", "vervallen"):
        assert not AGENDAPUNT_MACHINE.collect_bezwaren("wacht_op", naar, Rol.GEBIEDSREGISSEUR, VELDEN, "op_agenda")


@pytest.mark.parametrize(
    ("van", "naar", "nodig"),
    [
        ("op_agenda", "wacht_op", {"wacht_op"}),
        ("op_agenda", "overgedragen", {"aan_wie", "bevestigd"}),
        ("op_agenda", "vervallen", {"reden", "wie_besloot"}),
        ("gerealiseerd", "geborgd", {"wie_borgt", "terugkijken_op"}),
        ("besproken", "voorgesteld", {"waarom"}),
        ("in_voorbereiding", "op_agenda", {"waarom"}),
        ("in_uitvoering", "in_voorbereiding", {"waarom"}),
        ("gerealiseerd", "in_uitvoering", {"waarom"}),
        ("geborgd", "in_uitvoering", {"waarom"}),
        ("overgedragen", "in_uitvoering", {"waarom"}),
        ("vervallen", "op_agenda", {"waarom"}),
        ("voorgesteld", "besproken", set()),
        ("in_uitvoering", "gerealiseerd", set()),
    ],
)
def test_a_step_needs_exactly_these_fields(van, naar, nodig):
    def ask(velden):
        return AGENDAPUNT_MACHINE.collect_bezwaren(van, naar, Rol.GEBIEDSREGISSEUR, velden)

    assert ask({veld: VELDEN[veld] for veld in nodig}) == []
    for veld in nodig:
        assert len(ask({v: VELDEN[v] for v in nodig - {veld}})) == 1
        assert len(ask({v: VELDEN[v] for v in nodig} | {veld: " "})) == 1


def test_not_confirmed_is_an_answer():
    velden = {"aan_wie": "corporatie", "bevestigd": False}
    assert AGENDAPUNT_MACHINE.collect_bezwaren("op_agenda", "overgedragen", Rol.GEBIEDSREGISSEUR, velden) == []


@pytest.mark.parametrize("rol", list(Rol))
def test_only_the_gebiedsregisseur_makes_transitions(rol):
    bezwaren = AGENDAPUNT_MACHINE.collect_bezwaren("voorgesteld", "op_agenda", rol, {})
    assert (bezwaren == []) is (rol is Rol.GEBIEDSREGISSEUR)


def test_a_refused_step_says_everything_that_is_wrong_with_it():
    with pytest.raises(OvergangError, match=r"rol raad mag .*'reden' nodig.*'wie besloot' nodig"):
        AGENDAPUNT_MACHINE.check_overgang("op_agenda", "vervallen", Rol.RAAD, {})
    with pytest.raises(
        OvergangError, match=r"Van voorgesteld naar geborgd kan niet\. Vanuit voorgesteld kan: besproken"
    ):
        AGENDAPUNT_MACHINE.check_overgang("voorgesteld", "geborgd", Rol.GEBIEDSREGISSEUR, VELDEN)
