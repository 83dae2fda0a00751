"""The kansenlijst as a sheet: everything that is asked is in it, under its own heading, and it says what it is."""

import io
from datetime import date

import pytest
from docx import Document

from gebieden.analyse.kansenlijst import DEFINITIE, Kans, Kanssoort
from gebieden.domein.thema import Thema
from gebieden.rapport.kansenlijst import render_kansenlijst

LADING = "<b>plof</b>\x07 =1+1"
KANSEN = [
    Kans(Kanssoort.WACHT, "P1", LADING, "NO", (Thema.HEEL, Thema.VEILIG), "Wacht.", ("Politie",)),
    Kans(Kanssoort.GAT, "P2", "Tuin", "NO", (Thema.HEEL,), "Gat: € 5 van € 9.", (), ("Politie",)),
    Kans(Kanssoort.GAT, "P3", "Bank", "ZU", (Thema.HEEL,), "Gat: € 1 van € 9.", ("Fonds", "Politie")),
]


def render(kansen=KANSEN, partner="Politie", verzonnen=True):
    inhoud = render_kansenlijst(
        kansen, partner, "Noord, alle thema's", {"NO": "Noord"}, date(2026, 5, 20), "de bron", verzonnen=verzonnen
    )
    return Document(io.BytesIO(inhoud))


def test_every_row_is_there_under_the_heading_of_its_kind():
    document = render()
    koppen = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert koppen == ["Kansenlijst voor Politie", "Wacht op een partner (1)", "Een gat in het geld (2)"]
    assert [[[cel.text for cel in rij.cells] for rij in tabel.rows[1:]] for tabel in document.tables] == [
        [["<b>plof</b> =1+1 (P1)", "Noord; heel, veilig", "Wacht.", "Politie"]],
        [
            ["Tuin (P2)", "Noord; heel", "Gat: € 5 van € 9.", "niemand genoemd; Politie werkt in dit gebied"],
            ["Bank (P3)", "ZU; heel", "Gat: € 1 van € 9.", "Fonds, Politie"],
        ],
    ]
    assert document.tables[0].rows[0].cells[0].text == "Punt"


@pytest.mark.parametrize("verzonnen", [True, False])
def test_it_says_for_whom_from_what_and_whether_it_is_invented(verzonnen):
    teksten = [p.text for p in render(verzonnen=verzonnen).paragraphs]
    assert ("Let op: Verzonnen gegevens (demo)." in teksten) is verzonnen
    for regel in (
        "Peildatum: 20 mei 2026.",
        "Partner: Politie",
        "Keuze: Noord, alle thema's",
        "Bron: de bron",
        f"Definitie: {DEFINITIE}",
    ):
        assert regel in teksten


def test_an_empty_list_says_so():
    document = render([], None)
    assert document.paragraphs[-1].text == "Er is niets dat hierbij past."
    assert document.paragraphs[0].text == "Kansenlijst"
