"""DOCX: headings, paragraphs and tables that a screen reader knows as such, in Dutch. Text is only ever text."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Final

from docx import Document
from docx.document import Document as Worddocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import _Row

from gebieden.domein.celtekst import clean_tekst
from gebieden.domein.taal import format_datum
from gebieden.rapport.inhoud import VERZONNEN_ZIN

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_AUTEUR: Final = "Gebiedsdashboard"
_TAAL: Final = "nl-NL"
_RAND: Final = Mm(20)


def build_document(
    titel: str, peildatum: date, herkomst: Iterable[tuple[str, str]], *, verzonnen: bool
) -> Worddocument:
    """Return an A4 document with its title and what it says about itself (`herkomst`: name, text); the rest follows.

    `verzonnen` puts that above every page.
    """
    document = Document()
    _set_eigenschappen(document, titel, peildatum)
    _set_taal(document)
    _set_blad(document, verzonnen)
    add_kop(document, titel, 1)
    regels = [("Let op", f"{VERZONNEN_ZIN}.")] if verzonnen else []
    for naam, tekst in [*regels, ("Peildatum", f"{format_datum(peildatum)}."), *herkomst]:
        alinea = document.add_paragraph()
        alinea.add_run(clean_tekst(f"{naam}: ")).bold = True
        alinea.add_run(clean_tekst(tekst))
    return document


def add_kop(document: Worddocument, tekst: str, niveau: int) -> None:
    """Add a heading; the title of the document is the only one of level 1."""
    document.add_heading(clean_tekst(tekst), niveau)


def add_alinea(document: Worddocument, tekst: str) -> None:
    """Add a paragraph."""
    document.add_paragraph(clean_tekst(tekst))


def add_tabel(document: Worddocument, kop: Sequence[str], rijen: Iterable[Sequence[str]]) -> None:
    """Add a table; its first row is its header, which comes back on every page."""
    tabel = document.add_table(rows=1, cols=len(kop), style="Table Grid")
    _fill_rij(tabel.rows[0], kop, "tblHeader")
    for cel in tabel.rows[0].cells:
        cel.paragraphs[0].runs[0].bold = True
    for rij in rijen:
        _fill_rij(tabel.add_row(), rij, "cantSplit")


def to_bytes(document: Worddocument) -> bytes:
    """Return the document as a file."""
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def _fill_rij(rij: _Row, cellen: Sequence[str], kenmerk: str) -> None:
    for cel, tekst in zip(rij.cells, cellen, strict=True):
        cel.paragraphs[0].add_run(clean_tekst(tekst))
    rij._tr.get_or_add_trPr().append(OxmlElement(f"w:{kenmerk}"))


def _set_eigenschappen(document: Worddocument, titel: str, peildatum: date) -> None:
    eigen = document.core_properties
    # The property can hold no more.
    eigen.title = clean_tekst(titel)[:255]
    eigen.author = eigen.last_modified_by = _AUTEUR
    eigen.comments = ""
    eigen.language = _TAAL
    eigen.created = eigen.modified = datetime.combine(peildatum, time.min, UTC)


def _set_taal(document: Worddocument) -> None:
    for taal in document.styles.element.iter(qn("w:lang")):
        taal.set(qn("w:val"), _TAAL)


def _set_blad(document: Worddocument, verzonnen: bool) -> None:
    deel = document.sections[0]
    deel.page_width, deel.page_height = Mm(210), Mm(297)
    deel.left_margin = deel.right_margin = deel.top_margin = deel.bottom_margin = _RAND
    if verzonnen:
        deel.header.paragraphs[0].text = VERZONNEN_ZIN
