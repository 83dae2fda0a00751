"""A Word document says what it is, in Dutch, and holds text as text."""

import io
from datetime import date

from docx import Document

from gebieden.rapport.worddocument import add_alinea, add_kop, add_tabel, build_document, to_bytes

LADING = '<w:p>&amp; {{x}} =1+1\x00\x0b "<b>"'


def build(verzonnen: bool = True):
    document = build_document(f"Titel {LADING}", date(2026, 5, 20), [("Bron", LADING)], verzonnen=verzonnen)
    add_kop(document, "Kop", 2)
    add_alinea(document, "Een\r\ntwee")
    add_tabel(document, ["Wat", "Wie"], [[LADING, "b"], ["", "d"]])
    return Document(io.BytesIO(to_bytes(document)))


def test_headings_tables_and_text_are_read_back_as_they_were_meant():
    document = build()
    koppen = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    schoon = LADING.replace("\x00", "").replace("\x0b", "")
    assert koppen == [("Heading 1", f"Titel {schoon}"), ("Heading 2", "Kop")]
    assert [c.text for r in document.tables[0].rows for c in r.cells] == ["Wat", "Wie", schoon, "b", "", "d"]
    teksten = [p.text for p in document.paragraphs]
    assert {"Peildatum: 20 mei 2026.", f"Bron: {schoon}", "Een\ntwee"} <= set(teksten)


def test_it_is_dutch_by_the_application_and_its_table_has_a_header_row():
    document = build()
    eigen = document.core_properties
    assert (eigen.author, eigen.last_modified_by, eigen.language, eigen.comments) == (
        "Gebiedsdashboard", "Gebiedsdashboard", "nl-NL", "",
    )  # fmt: skip
    assert eigen.title.startswith("Titel <w:p>")
    assert set(document.styles.element.xpath("//w:lang/@w:val")) == {"nl-NL"}
    assert [len(rij._tr.xpath("./w:trPr/w:tblHeader")) for rij in document.tables[0].rows] == [1, 0, 0]
    assert round(document.sections[0].page_width.mm) == 210


def test_invented_data_are_marked_above_every_page_and_real_ones_are_not():
    for verzonnen in (True, False):
        document = build(verzonnen)
        assert ("Verzonnen" in document.sections[0].header.paragraphs[0].text) is verzonnen
        assert any("Verzonnen" in p.text for p in document.paragraphs) is verzonnen
