"""`python -m gebieden gebruiker …`: who may sign in, from the server itself."""

import json

import pytest
from bouwstenen import NOORD, ZUID, write_grenzen
from opdrachtregel import build_opdracht, build_proces


@pytest.fixture
def opdracht(tmp_path):
    """Return the command line on a database with the small gemeente."""
    voer_uit = build_opdracht(tmp_path / "toets.sqlite")
    assert voer_uit("importeer", "gebieden", write_grenzen(tmp_path / "g.geojson")).status == 0
    return voer_uit


def lees(opdracht):
    return [
        {veld: waarde for veld, waarde in rij.items() if veld != "nummer"}
        for rij in json.loads(opdracht("gebruiker", "lijst", "--json").uit)
    ]


def test_the_first_beheer_is_added_to_an_empty_database(tmp_path):
    proces = build_proces(tmp_path / "leeg.sqlite")
    toegevoegd = proces("gebruiker", "toevoegen", "Bea@Alkmaar.nl", "--rol", "beheer", GEBIEDEN_MODUS="productie")
    assert (toegevoegd.status, toegevoegd.fout) == (0, "")
    assert "Gebruiker bea@alkmaar.nl is toegevoegd met de rol beheer." in toegevoegd.uit
    in_demo = proces("gebruiker", "lijst")
    assert in_demo.status == 2
    assert "van een productieomgeving" in in_demo.fout


def test_a_user_is_added_changed_listed_and_removed(opdracht):
    assert opdracht("gebruiker", "lijst").uit.startswith("Er zijn nog geen gebruikers.")
    codes = ("--gebied", f"{NOORD},{ZUID}", "--gebied", "GM0361")
    assert opdracht("gebruiker", "toevoegen", "o@x.nl", "--naam", "Ö. Oov", "--rol", "OOV", *codes).status == 0
    verwacht = {
        "aanmeldnaam": "o@x.nl",
        "naam": "Ö. Oov",
        "rol": "oov",
        "gebieden": ["GM0361", NOORD, ZUID],
        "actief": True,
        "is_aangemeld": False,
    }
    assert lees(opdracht) == [verwacht]
    assert opdracht("gebruiker", "wijzigen", "O@X.nl", "--gebied", NOORD, "--inactief").status == 0
    assert lees(opdracht) == [verwacht | {"gebieden": [NOORD], "actief": False}]
    assert opdracht("gebruiker", "wijzigen", "o@x.nl", "--rol", "raad", "--actief").status == 0
    assert lees(opdracht) == [verwacht | {"rol": "raad", "gebieden": []}]
    regel = opdracht("gebruiker", "lijst").uit.strip()
    assert regel == "o@x.nl (Ö. Oov): raad, actief, nog nooit aangemeld"
    assert opdracht("gebruiker", "verwijderen", "o@x.nl").status == 0
    assert lees(opdracht) == []


def test_the_last_beheer_can_be_removed_from_the_server_itself(opdracht):
    opdracht("gebruiker", "toevoegen", "bea", "--rol", "beheer")
    assert opdracht("gebruiker", "verwijderen", "bea").status == 0


@pytest.mark.parametrize(
    ("argumenten", "status", "woorden"),
    [
        (["toevoegen", "jan", "--rol", "gebiedsteam"], 2, "hoort ten minste één gebied"),
        (["toevoegen", "jan", "--rol", "gebiedsteam", "--gebied", "WK999999"], 2, "geen gebied met de code WK999999"),
        (["toevoegen", "jan", "--rol", "raad", "--gebied", NOORD], 2, "horen geen eigen gebieden"),
        (["toevoegen", "jan de vries", "--rol", "raad"], 2, "kan geen aanmeldnaam zijn"),
        (["toevoegen", "BEA", "--rol", "raad"], 2, "al een gebruiker met de aanmeldnaam bea"),
        (["wijzigen", "jan", "--rol", "raad"], 2, "geen gebruiker met de aanmeldnaam jan"),
        (["verwijderen", "jan"], 2, "geen gebruiker met de aanmeldnaam jan"),
        (["toevoegen", "jan"], 64, "dit ontbreekt: --rol"),
        (["toevoegen", "jan", "--rol", "publiek"], 64, "'publiek' is niet bekend"),
        (["wijzigen", "jan", "--actief", "--inactief"], 64, "kan niet samen met --actief"),
        ([], 64, "dit ontbreekt: OPDRACHT"),
        (["opheffen"], 64, "opdracht 'opheffen' bestaat niet"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(opdracht, argumenten, status, woorden):
    opdracht("gebruiker", "toevoegen", "bea", "--rol", "beheer")
    uitkomst = opdracht("gebruiker", *argumenten)
    assert uitkomst.status == status
    assert woorden in uitkomst.fout
    assert [rij["aanmeldnaam"] for rij in lees(opdracht)] == ["bea"]
