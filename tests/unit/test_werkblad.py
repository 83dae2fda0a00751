"""The sheet to edit: what goes out comes back unchanged, and every kind of broken sheet says what to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from bouwstenen import PEILDATUM, build_punt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from gebieden.domein.agendapunt import Puntsoort, Staat, WachtOp
from gebieden.domein.fouten import InvoerError
from gebieden.domein.thema import Thema
from gebieden.domein.werkblad import BASISBLAD, BLAD, LIJSTBLAD
from gebieden.inlezen.werkblad import Bladinhoud, read_werkblad
from gebieden.rapport.inhoud import VERZONNEN_ZIN
from gebieden.rapport.werkblad import Werkblad, render_werkblad

NAMEN = {"WK036101": "Noord"}
PUNTEN = [
    build_punt(
        "P1", partners=("Politie", "Woonwaard"), afgesproken_gereed=date(2026, 12, 31), omschrijving="Een\ntwee"
    ),
    build_punt("P2", staat=Staat.WACHT_OP, wacht_op=WachtOp.GELD, soort=Puntsoort.GROOT_PUNT, themas=tuple(Thema)),
    build_punt("P3", staat=Staat.GEBORGD, wie_borgt="Wijkbeheer", terugkijken_op=date(2027, 1, 1), openbaar=False),
]
# What a spreadsheet might make something else of.
LASTIG = st.sampled_from(
    [
        "=1+1",
        "'=1+1",
        "+31",
        "-",
        "@x",
        "1.0",
        "0012",
        "1-2-2026",
        "ja",
        "WAAR",
        "_x0041_",
        "\n a\nb ",
        "\ta",
        '"',
        "😀",
    ]
)
TEKST = LASTIG | st.text(max_size=200) | st.text(alphabet="a\n\t\"'=<&", min_size=200, max_size=200)
DATUM = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.fixture
def map_(tmp_path: Path) -> Path:
    return tmp_path


def write(pad: Path, punten=PUNTEN, **velden) -> Path:
    werkblad = Werkblad(list(punten), NAMEN, ["Politie", "Woonwaard"], PEILDATUM, **velden)
    pad.write_bytes(render_werkblad(werkblad))
    return pad


def edit(map_: Path, wijzig: Callable[[openpyxl.Workbook, Worksheet], object], **velden) -> Bladinhoud:
    """Return what is read of the workbook after somebody did this to it."""
    pad = write(map_ / "agenda.xlsx", **velden)
    werkmap = openpyxl.load_workbook(pad)
    wijzig(werkmap, werkmap[BLAD])
    werkmap.save(pad)
    return read_werkblad(pad)


def find_kolom(blad: Worksheet, naam: str) -> int:
    return next(cel.column for cel in blad[1] if cel.value == naam)


def put(blad: Worksheet, rij: int, **cellen) -> None:
    """Fill cells by the name of their column, `thema_schoon` for `thema schoon`."""
    for naam, waarde in cellen.items():
        cel = blad.cell(rij, find_kolom(blad, naam.replace("_", " ")))
        cel.value = waarde


@settings(max_examples=12)
@given(data=st.data())
def test_what_is_read_back_unchanged_has_no_difference(tmp_path_factory, data):
    punten = [
        replace(
            PUNTEN[nummer % 3],
            id=f"P{nummer}",
            **{
                veld: data.draw(TEKST)
                for veld in ("titel", "omschrijving", "trekker", "reden", "wie_besloot", "eenheid", "herkomst")
            },
            partners=tuple(data.draw(st.lists(TEKST, max_size=9))),
            afgesproken_gereed=data.draw(DATUM),
            terugkijken_op=data.draw(DATUM),
            bevestigd=data.draw(st.sampled_from([None, True, False])),
        )
        for nummer in range(4)
    ]
    inhoud = read_werkblad(write(tmp_path_factory.mktemp("blad") / "a.xlsx", punten))
    assert (inhoud.regels, inhoud.bevindingen, inhoud.aantal) == ([], [], 4)


def test_a_workbook_that_another_program_saved_has_no_difference(map_):
    inhoud = edit(map_, lambda werkmap, blad: None)
    assert (inhoud.regels, inhoud.bevindingen) == ([], [])


def test_keys_and_headers_are_locked_and_what_may_change_has_its_drop_downs(map_):
    werkmap = openpyxl.load_workbook(write(map_ / "a.xlsx", verzonnen=True))
    blad = werkmap[BLAD]
    assert blad.protection.sheet
    assert not blad.protection.password
    assert not blad.protection.autoFilter
    for rij in blad.iter_rows(min_row=1, max_row=4):
        for cel in rij:
            is_sleutel = blad.cell(1, cel.column).value in ("id", "gebied", "verzonnen")
            assert cel.protection.locked == (cel.row == 1 or is_sleutel)
    keuzes = {blad.cell(1, next(iter(r.sqref.ranges)).min_col).value: r for r in blad.data_validations.dataValidation}
    assert "In uitvoering" in keuzes["staat"].formula1
    assert keuzes["thema schoon"].formula1 == '"ja,nee"'
    assert (keuzes["partner 1"].errorStyle, keuzes["partner 1"].formula1) == ("warning", f"'{LIJSTBLAD}'!$A$2:$A$3")
    assert keuzes["afgesproken gereed"].type == "date"
    assert (blad.freeze_panes, werkmap[LIJSTBLAD].sheet_state, werkmap[BASISBLAD].protection.sheet) == (
        "D2",
        "hidden",
        True,
    )
    assert blad.cell(2, find_kolom(blad, "verzonnen")).value == "verzonnen"
    assert VERZONNEN_ZIN in blad.oddHeader.center.text


def test_what_was_changed_is_read_with_what_was_seen(map_):
    def wijzig(_, blad):
        put(blad, 2, titel="=Anders", thema_veilig=" JA ", staat="in_uitvoering", afgesproken_gereed=date(2027, 1, 2))
        put(blad, 2, partner_1=None, partner_3="Nieuw", openbaar=False, waarom="Omdat", soort="Snelle actie")
        blad.cell(2, find_kolom(blad, "titel")).data_type = "s"
        blad.cell(2, find_kolom(blad, "titel")).value = "'=Anders"

    (regel,) = edit(map_, wijzig).regels
    anders = {veld: (regel.basis[veld], wens) for veld, wens in regel.wens.items() if wens != regel.basis[veld]}
    assert anders == {
        "titel": ("Titel van P1", "'=Anders"),
        "themas": ((Thema.SCHOON,), (Thema.SCHOON, Thema.VEILIG)),
        "soort": (None, Puntsoort.SNELLE_ACTIE),
        "staat": (Staat.OP_AGENDA, Staat.IN_UITVOERING),
        "partners": (("Politie", "Woonwaard"), ("Woonwaard", "Nieuw")),
        "afgesproken_gereed": (date(2026, 12, 31), date(2027, 1, 2)),
        "openbaar": (True, False),
    }
    assert (regel.id, regel.regel, regel.gebied, regel.waarom) == ("P1", 2, "WK036101 Noord", "Omdat")


def test_columns_and_rows_may_stand_in_another_order(map_):
    def wijzig(_, blad):
        titel = find_kolom(blad, "titel")
        waarden = [blad.cell(rij, titel).value for rij in range(1, 5)]
        blad.delete_cols(titel)
        for rij, waarde in enumerate(waarden, start=1):
            blad.cell(rij, blad.max_column + (rij == 1)).value = waarde
        for kolom in range(1, blad.max_column + 1):
            boven, onder = blad.cell(2, kolom), blad.cell(4, kolom)
            boven.value, onder.value = onder.value, boven.value
        blad.insert_rows(3, 5)

    inhoud = edit(map_, wijzig)
    assert (inhoud.regels, inhoud.bevindingen) == ([], [])


def test_every_fault_of_every_cell_is_told_and_the_other_rows_go_on(map_):
    def wijzig(_, blad):
        put(blad, 2, staat="bijna klaar", titel="x" * 201, afgesproken_gereed="31-2-2027", thema_heel="misschien")
        put(blad, 3, titel="Anders")

    inhoud = edit(map_, wijzig)
    assert [regel.id for regel in inhoud.regels] == ["P2"]
    assert [(b.regel, b.kolom) for b in inhoud.bevindingen] == [
        (2, "titel"), (2, "thema heel"), (2, "staat"), (2, "afgesproken gereed"),
    ]  # fmt: skip
    meldingen = " ".join(b.melding for b in inhoud.bevindingen)
    for woord in ("201 tekens", "'misschien' is geen ja of nee", "'bijna klaar' is niet bekend", "dag bestaat niet"):
        assert woord in meldingen


def _shift(_, blad):
    for rij in range(2, 5):
        blad.cell(rij, 1).value = f"P{rij % 3 + 1}"


@pytest.mark.parametrize(
    ("wijzig", "regels", "woorden"),
    [
        (lambda _, b: put(b, 2, titel="=1+1", trekker="=A1"), [2, 2], ["kolom titel", "staat een formule"]),
        # An error is read as an empty cell, and would empty the field.
        (lambda _, b: put(b, 2, titel="#N/A"), [2], ["kolom titel", "foutmelding van Excel"]),
        (lambda _, b: b.merge_cells("C2:C3"), [2, 3], ["cellen samengevoegd", "rij 3"]),
        (lambda _, b: put(b, 2, id="P2"), [2, 3], ["'P2' staat op meer dan één rij"]),
        (lambda _, b: put(b, 2, id="P9"), [2], ["'P9' ging niet mee in dit werkblad"]),
        (lambda _, b: put(b, 9, titel="Nieuw"), [9], ["Rij zonder id", "geen id"]),
        (lambda _, b: put(b, 2, gebied="WK036102 Zuid"), [2], ["'WK036102 Zuid' is veranderd", "'WK036101 Noord'"]),
        (_shift, [2, 3, 4], ["is de titel van punt", "verschoven"]),
        (lambda _, b: b.delete_rows(2), [None], ["1 punt van het werkblad staat niet meer", "P1", "verwijdert geen"]),
        (lambda w, _: w.create_sheet("Mijn lijst"), [None], ["blad 'Mijn lijst'", "niet gelezen"]),
        (
            lambda w, _: setattr(w.create_sheet("Geheim"), "sheet_state", "hidden"),
            [None],
            ["verborgen blad 'Geheim'", "niet gelezen"],
        ),
        (lambda _, b: b.cell(1, 60, "Eigen notitie"), [None], ["Eigen notitie", "niet gelezen"]),
    ],
)
def test_a_sheet_that_somebody_broke_says_where_and_changes_nothing(map_, wijzig, regels, woorden):
    inhoud = edit(map_, wijzig)
    assert inhoud.regels == []
    weg = [b.regel for b in inhoud.bevindingen if b.regelnaam != "rij_weg" or regels == [None]]
    assert weg == regels
    alles = " ".join(f"{b.melding} {b.herstel}" for b in inhoud.bevindingen)
    assert all(woord in alles for woord in woorden), alles


def _set_ver(_, blad):
    blad["XFD1048576"] = "x"


@pytest.mark.parametrize(
    ("wijzig", "woorden"),
    [
        (lambda _, b: b.delete_cols(find_kolom(b, "staat"), 2), ["ontbreken kolommen: staat, wacht op", "terug"]),
        (lambda _, b: setattr(b["C1"], "value", "naam"), ["ontbreken kolommen: titel", "naam"]),
        (lambda _, b: b.cell(1, 60, "Titel"), ["meer dan één keer: titel"]),
        (lambda w, _: w.remove(w[BASISBLAD]), ["Blad 'Zoals het was' ontbreekt", "Download"]),
        (lambda w, _: setattr(w[BASISBLAD]["C4"], "value", "x"), ["'Zoals het was'", "is veranderd", "Download"]),
        (lambda w, _: w[BASISBLAD].delete_rows(3), ["'Zoals het was'", "is veranderd"]),
        (lambda w, _: setattr(w[BASISBLAD]["B1"], "value", "gisteren"), ["'Zoals het was'", "is veranderd"]),
        (lambda w, _: w.remove(w[BLAD]), ["Blad 'Agenda' ontbreekt"]),
        (lambda _, b: setattr(b, "sheet_state", "hidden"), ["'Agenda'", "is verborgen", "zichtbaar"]),
        (_set_ver, ["te groot", "losse waarden"]),
    ],
)
def test_a_workbook_of_which_nothing_can_be_used_says_why(map_, wijzig, woorden):
    with pytest.raises(InvoerError) as gevangen:
        edit(map_, wijzig)
    assert all(woord in str(gevangen.value) for woord in woorden), str(gevangen.value)


def test_thousands_of_empty_rows_are_no_rows(map_):
    def wijzig(_, blad):
        for rij in range(5, 20_000, 10):
            blad.row_dimensions[rij].height = 20
        blad["A40000"].number_format = "0.00"
        put(blad, 2, titel="Anders")

    inhoud = edit(map_, wijzig)
    assert ([regel.id for regel in inhoud.regels], inhoud.bevindingen) == (["P1"], [])


@pytest.mark.parametrize(("naam", "woord"), [("a.csv", "geen .xlsx"), ("a.xlsx", "geen echte")])
def test_what_is_no_workbook_says_so(map_, naam, woord):
    pad = map_ / naam
    pad.write_bytes(b"id;titel\nP1;x\n")
    with pytest.raises(InvoerError, match=woord):
        read_werkblad(pad)
