"""The invented partners of the demo: as many as the LEESMIJ says, organisations and roles only, marked as invented."""

import csv
import re

import pytest
from demoset import BOOM, PUNTEN
from test_demo_agenda import PERSOON

from gebieden.domein.convenant import Convenantstaat
from gebieden.domein.partner import Inzet, find_contactfouten
from gebieden.instellingen import DATA


def read(naam: str) -> list[dict[str, str]]:
    with (DATA / f"{naam}.csv").open(encoding="utf-8") as bestand:
        return list(csv.DictReader(bestand, delimiter=";"))


def test_there_is_as_much_as_the_leesmij_says():
    partners = read("partners")
    aantallen = [
        len({rij["naam"] for rij in partners}),
        len(partners),
        len(read("convenanten")),
        len(read("afspraken")),
    ]
    assert aantallen == [8, 13, 2, 5]
    leesmij = (DATA / "LEESMIJ.md").read_text(encoding="utf-8")
    for regel in ("8 partners en de 13 gebieden", "2 gebiedsconvenanten", "5 afspraken"):
        assert regel in leesmij


@pytest.mark.parametrize("naam", ["partners", "convenanten", "afspraken"])
def test_there_are_no_persons_and_every_area_and_point_exists(naam):
    rijen = read(naam)
    assert not [cel for rij in rijen for cel in rij.values() if PERSOON.search(cel)]
    assert {rij["gebied"] for rij in rijen} <= set(BOOM.gebieden)
    assert {rij.get("agendapunt", "") for rij in rijen} <= {"", *(p["id"] for p in PUNTEN)}
    assert not [rij for rij in rijen if list(find_contactfouten(Inzet(1, rij.get("contactrol", ""))))]


def test_what_was_agreed_is_marked_as_invented():
    rijen = read("convenanten") + read("afspraken")
    assert all(re.match(r"verzonnen \(demo\)", rij["toelichting"]) for rij in rijen)
    assert {rij["staat"] for rij in read("convenanten")} == {Convenantstaat.LOPEND, Convenantstaat.IN_OVERLEG}
