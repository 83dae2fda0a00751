"""The decision list of a meeting: what it says per point, and the Word document of it."""

import io
from datetime import date

from bouwstenen import PEILDATUM, build_punt
from docx import Document

from gebieden.domein.agendapunt import Staat, WachtOp
from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.besluitenlijst import Actie, Gebeurd, Puntwijziging, Regel, Regelsoort, compose_besluitenlijst
from gebieden.domein.overleg import Besluit, Overleg
from gebieden.domein.punt import Punt
from gebieden.domein.stap import Stap, Stapsoort
from gebieden.rapport.besluitenlijst import Verslag, render_besluitenlijst

MEI = date(2026, 5, 20)
GEBEURD = Gebeurd(
    wijzigingen=(
        Puntwijziging("P1", {"staat": ["op_agenda", "in_uitvoering"]}),
        Puntwijziging("P1", {"afgesproken_gereed": ["2026-06-01", "2026-09-01"], "trekker": ["a", "b"]}),
        Puntwijziging("P1", {"staat": ["in_uitvoering", "wacht_op"], "wacht_op": [None, "geld"]}),
        Puntwijziging("P1", {"stand": [None, "gevraagd"]}, is_punt=False),
        Puntwijziging(
            "P2", {"staat": ["voorgesteld", "vervallen"], "reden": ["", "Te duur"], "wie_besloot": ["", "B"]}
        ),
        Puntwijziging("P9", {"titel": ["a", "b"]}),
    ),
    besluiten=(Besluit(1, "Wij gaan verven.", "P1"), Besluit(1, "Volgende keer buiten."), Besluit(1, "Weg", "P9")),
    berichten=(
        Bericht(Berichtsoort.AGENDAPUNT, "P1", MEI, "Intern nieuws"),
        Bericht(Berichtsoort.AGENDAPUNT, "P1", MEI, "Voor iedereen", openbaar=True),
    ),
    acties=(
        Actie("P1", Stap(Stapsoort.DEELSTAP, "Offerte", afgesproken=MEI), True),
        Actie("P2", Stap(Stapsoort.MIJLPAAL, "Start", gedaan_op=MEI), False),
    ),
)


def test_per_point_the_list_says_what_was_decided_changed_agreed_and_reported():
    lijst = compose_besluitenlijst(["P2", "P1", "P3"], GEBEURD)
    assert list(lijst.per_punt) == ["P2", "P1"]
    assert lijst.per_punt["P1"] == (
        Regel(Regelsoort.BESLUIT, "Wij gaan verven."),
        Regel(Regelsoort.STAND, "Op de agenda → In uitvoering → Wacht op geld"),
        Regel(Regelsoort.DATUM, "1 juni 2026 → 1 september 2026"),
        Regel(Regelsoort.OVERIG, "trekker en wie wat betaalt"),
        Regel(Regelsoort.ACTIE, "Offerte, afgesproken op 20 mei 2026"),
        Regel(Regelsoort.INTERN, "20 mei 2026: Intern nieuws"),
        Regel(Regelsoort.BERICHT, "20 mei 2026: Voor iedereen"),
    )
    assert lijst.per_punt["P2"] == (
        Regel(Regelsoort.STAND, "Voorgesteld → Vervallen (reden: Te duur; besloten door B)"),
        Regel(Regelsoort.STAP, "Start, gedaan op 20 mei 2026"),
    )
    assert lijst.algemeen == ("Volgende keer buiten.", "Weg (punt P9)")
    assert lijst.niet_behandeld == ("P3",)


def test_a_new_point_says_so_and_a_date_that_is_dropped_too():
    gebeurd = Gebeurd(
        wijzigingen=(
            Puntwijziging("P1", {"staat": [None, "voorgesteld"], "titel": [None, "x"], "trekker": [None, ""]}),
            Puntwijziging("P1", {"afgesproken_gereed": ["2026-06-01", None]}),
            Puntwijziging("P1", {"staat": ["gerealiseerd", "geborgd"], "terugkijken_op": [None, "2027-01-02"]}),
        )
    )
    stand, datum = compose_besluitenlijst(["P1"], gebeurd).per_punt["P1"]
    assert stand.tekst == "nieuw → Voorgesteld → Gerealiseerd → Geborgd (terugkijken op 2 januari 2027)"
    assert datum.tekst == "1 juni 2026 → geen datum"


def test_the_document_holds_the_whole_list_and_says_what_it_is():
    namen = {"P1": Staat.WACHT_OP, "P2": Staat.VERVALLEN, "P3": Staat.OP_AGENDA}
    punten = {
        id_: Punt(build_punt(id_, staat=staat, wacht_op=WachtOp.GELD if id_ == "P1" else None), True, None)
        for id_, staat in namen.items()
    }
    lijst = compose_besluitenlijst(list(punten), GEBEURD)
    for dicht, stand in ((False, "voorlopig"), (True, "afgesloten")):
        overleg = Overleg("Gebiedsoverleg <b>Noord</b>", MEI, "Politie\nCorporatie", dicht)
        verslag = Verslag(3, "WK036101", "Noord", overleg, lijst, punten)
        inhoud = render_besluitenlijst(verslag, PEILDATUM, "https://x/overleg?overleg=3", verzonnen=not dicht)
        document = Document(io.BytesIO(inhoud))
        koppen = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
        assert koppen == [
            ("Heading 1", "Besluitenlijst Gebiedsoverleg <b>Noord</b>"),
            ("Heading 2", "Algemene besluiten"),
            ("Heading 2", "Per punt"),
            ("Heading 3", "Titel van P1 (P1)"),
            ("Heading 3", "Titel van P2 (P2)"),
            ("Heading 2", "Niet behandeld"),
        ]
        assert any(p.text.startswith(f"Stand van deze lijst: {stand}") for p in document.paragraphs)
        assert "Aanwezig: Politie\nCorporatie" in [p.text for p in document.paragraphs]
        assert "Telling: 2 van 3 punten behandeld, en 2 algemene besluiten." in [p.text for p in document.paragraphs]
        rijen = [[cel.text for cel in rij.cells] for tabel in document.tables for rij in tabel.rows]
        assert ["Bericht (intern)", "20 mei 2026: Intern nieuws"] in rijen
        assert ["Titel van P3 (P3)", "Op de agenda"] in rijen
        assert len(rijen) == 3 + 8 + 3 + 2
        voet = document.sections[0].footer.paragraphs[0].text
        assert "Peildatum 20 mei 2026" in voet
        assert "https://x/overleg?overleg=3" in voet
        assert ("Verzonnen" in voet) is not dicht
