"""Files of signals as municipalities make them: every shape that must read, and one broken row per refusal."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gebieden.domein.fouten import Bevinding, Ernst, InvoerError
from gebieden.inlezen import blokken, signalen
from gebieden.inlezen.signalen import Signaallezer
from tests.unit.signaalgebieden import BUURTEN, ZUIDWEST, build_boom, build_grenzen

KOP = "id;datum;categorie;bron;gebied"
Rij = tuple[int, str, date, str, str, str]


def _write(map_: Path, tekst: str | bytes, naam: str = "signalen.csv") -> Path:
    pad = map_ / naam
    pad.write_bytes(tekst if isinstance(tekst, bytes) else tekst.encode())
    return pad


def _read(pad: Path, **keuzes: Any) -> tuple[list[Rij], list[Bevinding], int]:
    lezer = Signaallezer(pad, build_grenzen(), build_boom(), **keuzes)
    rijen: list[Rij] = []
    for b in lezer:
        dagen = np.asarray(b.dagen, dtype="datetime64[D]").astype(object)
        for i in range(len(b.regels)):
            namen = (b.categorieen[b.categorie[i]], b.bronnen[b.bron[i]], b.gebieden[b.gebied[i]])
            rijen.append((int(b.regels[i]), b.ids[i], dagen[i], *(str(naam) for naam in namen)))
    return rijen, list(lezer.bevindingen), lezer.aantal_rijen


def _regels(bevindingen: list[Bevinding], ernst: Ernst = Ernst.AFGEKEURD) -> list[tuple[int | None, str | None, str]]:
    return [(b.regel, b.kolom, b.regelnaam) for b in bevindingen if b.ernst is ernst]


def test_a_plain_file_reads(tmp_path: Path) -> None:
    pad = _write(tmp_path, f"{KOP}\n7;2025-03-31;geluid;boa;BU03610101\n8;1-4-2025;drugs;;bu03610202\n")
    rijen, bevindingen, aantal = _read(pad)
    assert rijen == [
        (2, "7", date(2025, 3, 31), "geluid", "boa", "BU03610101"),
        (3, "8", date(2025, 4, 1), "drugs", "onbekend", "BU03610202"),
    ]
    assert aantal == 2
    assert _regels(bevindingen, Ernst.LET_OP) == [(None, "bron", "bron_ontbreekt")]


@pytest.mark.parametrize("teken", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("aanhaling", ["", '"'])
def test_every_dialect_reads_the_same(tmp_path: Path, teken: str, encoding: str, aanhaling: str) -> None:
    velden = [["bron", "gebied", "id", "categorie", "datum"], ["café", "BU03610101", "0012", "geluid", "05-06-2025"]]
    tekst = "\r\n".join(teken.join(f"{aanhaling}{veld}{aanhaling}" for veld in rij) for rij in velden)
    rijen, _, aantal = _read(_write(tmp_path, tekst.encode(encoding)))
    assert (rijen, aantal) == ([(2, "0012", date(2025, 6, 5), "geluid", "café", "BU03610101")], 1)


@pytest.mark.parametrize("aanhaling", ["", '"'])
def test_what_is_no_data_row_is_read_past_and_told(tmp_path: Path, aanhaling: str) -> None:
    tekst = (
        f"Overzicht OOV\n\n{KOP};reporter;kleur\n{aanhaling}1{aanhaling};2025-01-01;a;b;BU03610101;Jan;rood\n\n"
        ";;;;;;\n2;2025-01-02;a;b;BU03610101;;\n\nBron: gemeente Alkmaar\nexport van gisteren\n"
    )
    rijen, bevindingen, aantal = _read(_write(tmp_path, tekst))
    assert [rij[:2] for rij in rijen] == [(4, "1"), (7, "2")]
    assert aantal == 2
    assert _regels(bevindingen) == []
    meldingen = {b.regelnaam: b.melding for b in bevindingen}
    assert "2 rij(en) boven de kop" in meldingen["titelregels"]
    assert "2 lege rij(en)" in meldingen["lege_rijen"]
    assert "reporter, kleur" in meldingen["extra_kolommen"]
    assert meldingen["kolommen_over_personen"].count("reporter") == 1
    assert "kleur" not in meldingen["kolommen_over_personen"]
    assert "rij 10" in meldingen["voetregel"]
    assert "Jan" not in " ".join(meldingen.values())


@pytest.mark.parametrize("aanhaling", ["", '"'])
def test_rows_of_a_wrong_width_are_refused_with_their_number(tmp_path: Path, aanhaling: str) -> None:
    tekst = (
        f"{KOP}\n{aanhaling}1{aanhaling};2025-01-01;a;b;BU03610101\n2;2025-01-01;a\n"
        "3;2025-01-01;a;b;BU03610101;x\n4;2025-01-01;a;b;BU03610101;;\n"
    )
    rijen, bevindingen, aantal = _read(_write(tmp_path, tekst))
    assert [rij[0] for rij in rijen] == [2, 5]
    assert _regels(bevindingen) == [(3, None, "te_weinig_velden"), (4, None, "te_veel_velden")]
    assert aantal == 4
    assert bevindingen[0].melding == "Rij 3 van signalen.csv heeft 3 velden. De kop heeft er 5."


REFUSALS = [
    (";2025-01-01;a;b;BU03610101", "id", "id_ontbreekt"),
    (f"{'x' * 81};2025-01-01;a;b;BU03610101", "id", "tekst_te_lang"),
    ("1;;a;b;BU03610101", "datum", "datum_ontbreekt"),
    ("1;31-02-2025;a;b;BU03610101", "datum", "dag_bestaat_niet"),
    ("1;01/02/2025;a;b;BU03610101", "datum", "datum_dubbelzinnig"),
    ("1;45678;a;b;BU03610101", "datum", "datum_volgnummer"),
    ("1;1-2-25;a;b;BU03610101", "datum", "datum_zonder_eeuw"),
    ("1;1825-01-01;a;b;BU03610101", "datum", "jaar_buiten_bereik"),
    ("1;2025-01-01;;b;BU03610101", "categorie", "categorie_ontbreekt"),
    (f"1;2025-01-01;{'lange tekst ' * 9};b;BU03610101", "categorie", "tekst_te_lang"),
    ("1;2025-01-01;a;b;BU03619999", "gebied", "onbekend_gebied"),
    ("1;2025-01-01;a;b;Wijk 01", "gebied", "onbekend_gebied"),
    ("1;2025-01-01;a;b;GM0361", "gebied", "gebied_te_groot"),
    ("1;2025-01-01;a;b;GB01", "gebied", "gebied_te_groot"),
    ("1;2025-01-01;a;b;", None, "plaats_ontbreekt"),
]


@pytest.mark.parametrize(("rij", "kolom", "regelnaam"), REFUSALS, ids=[r[2] + str(i) for i, r in enumerate(REFUSALS)])
def test_a_faulty_row_is_refused_by_rule_and_not_by_content(
    tmp_path: Path, rij: str, kolom: str | None, regelnaam: str
) -> None:
    rijen, bevindingen, aantal = _read(_write(tmp_path, f"{KOP}\nx;2025-01-01;a;b;BU03610101\n{rij}\n"))
    assert [r[0] for r in rijen] == [2]
    assert _regels(bevindingen) == [(3, kolom, regelnaam)]
    assert aantal == 2
    (bevinding,) = [b for b in bevindingen if b.regel == 3]
    assert bevinding.waarde is None
    assert bevinding.herstel
    assert bevinding.melding.startswith("Signaal (rij 3 van signalen.csv)")
    inhoud = [veld for veld in rij.split(";") if len(veld) > 1 and veld != "2025-01-01"]
    assert not any(veld in bevinding.melding for veld in inhoud if veld != "BU03610101")


def test_a_row_with_three_faults_has_three_findings_and_counts_once(tmp_path: Path) -> None:
    rijen, bevindingen, aantal = _read(_write(tmp_path, f"{KOP}\n1;31-02-2025;;b;BU9\n"))
    assert (rijen, aantal) == ([], 1)
    assert [b.regelnaam for b in bevindingen] == ["dag_bestaat_niet", "categorie_ontbreekt", "onbekend_gebied"]


def test_a_dorp_of_one_buurt_and_a_wijk_of_one_buurt_are_that_buurt(tmp_path: Path) -> None:
    rijen, _, _ = _read(
        _write(tmp_path, f"{KOP}\n1;2025-01-01;a;b;dorp1\n2;2025-01-01;a;b;WK036103\n3;2025-01-01;a;b;WK036101\n")
    )
    assert [rij[5] for rij in rijen] == ["BU03610202", "BU03610301", "WK036101"]


def test_codes_without_their_letters_are_understood(tmp_path: Path) -> None:
    rijen, _, _ = _read(_write(tmp_path, f"{KOP}\n1;2025-01-01;a;b; 03610101 \n2;2025-01-01;a;b;036101\n"))
    assert [rij[5] for rij in rijen] == ["BU03610101", "WK036101"]


def test_rd_points_get_their_buurt_and_outside_the_distance(tmp_path: Path) -> None:
    x, y = ZUIDWEST
    tekst = (
        "id;datum;categorie;x;y\n"
        f"1;2025-01-01;a;{x + 500:.1f};{y + 500:.1f}\n"
        f"2;2025-01-01;a;{x + 1000:.0f};{y + 500:.0f}\n"
        f"3;2025-01-01;a;{x - 1234:.0f};{y + 500:.0f}\n"
        f"4;2025-01-01;a;{str(x + 1500).replace('.', ',')};{y + 1:.0f}\n"
    )
    rijen, bevindingen, _ = _read(_write(tmp_path, tekst))
    assert [(rij[1], rij[5]) for rij in rijen] == [("1", "BU03610101"), ("2", "BU03610101"), ("4", "BU03610102")]
    (buiten,) = [b for b in bevindingen if b.regel]
    assert (buiten.regel, buiten.kolom, buiten.regelnaam) == (4, "x", "punt_buiten_gebieden")
    assert "1.234 m van het dichtstbijzijnde (BU03610101 Buurt 0101)" in buiten.melding


POINT_REFUSALS = [
    ("4.7;", "lat", "plaats_half"),
    (";52.6", "lon", "plaats_half"),
    (";", None, "plaats_ontbreekt"),
    ("52.6;4.7", "lon", "plaats_buiten_nederland"),
    ("111000;516000", "lon", "plaats_buiten_nederland"),
    ("vier;52.6", "lon", "geen_getal"),
    ("4.7;22-jan", "lat", "excel_datum"),
    ("4.7;NaN", "lat", "geen_getal"),
    ("4.9;52.6", "lon", "punt_buiten_gebieden"),
]


@pytest.mark.parametrize(("punt", "kolom", "regelnaam"), POINT_REFUSALS)
def test_a_faulty_point_is_refused(tmp_path: Path, punt: str, kolom: str | None, regelnaam: str) -> None:
    rijen, bevindingen, _ = _read(_write(tmp_path, f"id;datum;categorie;lon;lat\n1;2025-01-01;a;{punt}\n"))
    assert rijen == []
    assert _regels(bevindingen) == [(2, kolom, regelnaam)]


def test_a_code_goes_before_a_point_and_degrees_before_rd(tmp_path: Path) -> None:
    x, y = ZUIDWEST
    tekst = (
        "id;datum;categorie;gebied;lon;lat;x;y\n"
        f"1;2025-01-01;a;BU03610202;;;{x + 500};{y + 500}\n"
        f"2;2025-01-01;a;;;;{x + 500};{y + 500}\n"
    )
    rijen, _, _ = _read(_write(tmp_path, tekst))
    assert [rij[5] for rij in rijen] == ["BU03610202", "BU03610101"]


def test_mapped_columns_and_times_with_a_zone_are_local_days(tmp_path: Path) -> None:
    tekst = (
        "nr,category,moment,plek\n1,a,2025-06-30T22:30:00.123+00:00,BU03610101\n2,a,2025-12-31T22:59:59Z,BU03610101\n"
    )
    kolommen = {"id": "nr", "datum": "moment", "gebied": "plek"}
    rijen, _, _ = _read(_write(tmp_path, tekst), kolommen=kolommen)
    assert [rij[2] for rij in rijen] == [date(2025, 7, 1), date(2025, 12, 31)]


def test_many_times_are_read_as_the_single_ones_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    momenten = [f"2025-{m:02d}-{d:02d}T{u:02d}:30:00+00:00" for m in (3, 7, 10) for d in (26, 30) for u in range(24)]
    momenten += ["2025-02-30T10:00:00Z", "1850-01-01T10:00:00Z", "2025-01-01", "2025-05-05 23:30", "9-9-2025"]
    tekst = "id;datum;categorie;gebied\n" + "".join(f"{i};{m};a;BU03610101\n" for i, m in enumerate(momenten))
    een_voor_een = _read(_write(tmp_path, tekst))
    monkeypatch.setattr("gebieden.inlezen.reeksen._VEEL_WAARDEN", 1)
    assert _read(tmp_path / "signalen.csv") == een_voor_een
    assert len(een_voor_een[0]) == len(momenten) - 2


HEADERS = [
    ("datum;categorie;gebied", "id"),
    ("id;categorie;gebied", "datum"),
    ("id;datum;gebied", "categorie"),
    ("id;datum;categorie", "waar een signaal was"),
    ("id;datum;categorie;lon", "lon, maar niet lat"),
    ("id;datum;categorie;y", "y, maar niet x"),
]


@pytest.mark.parametrize(("kop", "wat"), HEADERS)
def test_a_file_without_a_needed_column_is_unusable(tmp_path: Path, kop: str, wat: str) -> None:
    with pytest.raises(InvoerError, match=wat):
        _read(_write(tmp_path, f"{kop}\n1;2;3\n"))


def test_free_text_in_the_column_for_categories_is_not_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signalen, "MAX_CATEGORIEEN", 3)
    tekst = KOP + "".join(f"\n{i};2025-01-01;verhaal {i};b;BU03610101" for i in range(4))
    with pytest.raises(InvoerError, match="verschillende waarden"):
        _read(_write(tmp_path, tekst))


@pytest.mark.parametrize("tekst", [KOP, f"{KOP}\n", f"{KOP}\r\n\r\n"])
def test_a_file_with_a_header_only_has_no_rows(tmp_path: Path, tekst: str) -> None:
    assert _read(_write(tmp_path, tekst)) == ([], [], 0)


def test_a_workbook_reads_and_its_dates_in_number_columns_are_refused(tmp_path: Path) -> None:
    pad = tmp_path / "signalen.xlsx"
    x, y = ZUIDWEST
    with xlsxwriter.Workbook(pad) as werkmap:
        datum = werkmap.add_format({"num_format": "dd-mm-yyyy"})
        blad = werkmap.add_worksheet()
        blad.write_row(0, 0, ["Signalen 2025"])
        blad.write_row(1, 0, ["id", "datum", "categorie", "x", "y"])
        for rij in (2, 3):
            blad.write_row(rij, 0, [rij, "", "geluid", x + 1500.5, y + 10])
            blad.write_datetime(rij, 1, date(2025, 5, 1), datum)
        blad.write_datetime(3, 3, date(2025, 1, 22), datum)
    rijen, bevindingen, aantal = _read(pad)
    assert rijen == [(3, "2", date(2025, 5, 1), "geluid", "onbekend", "BU03610102")]
    assert aantal == 2
    assert _regels(bevindingen)[0] == (4, "x", "excel_datum")
    assert {b.regel for b in bevindingen if b.ernst is Ernst.AFGEKEURD} == {4}


VELD = st.sampled_from(
    ["", "1", "2", "2025-01-01", "31-02-2025", "geluid", "Bron: x", "een zin", "BU03610101", "BU9", " "]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rijen=st.lists(st.lists(VELD, min_size=0, max_size=6), max_size=12), blok=st.sampled_from([1, 3, 100]))
def test_the_fast_reader_and_the_careful_one_agree_in_any_block_size(
    tmp_path: Path, rijen: list[list[str]], blok: int
) -> None:
    regels = [";".join(rij) for rij in rijen]
    snel = _write(tmp_path, "\n".join([KOP, *regels, ""]), "snel.csv")
    # The quoted header makes the whole file go the careful way.
    langzaam = _write(tmp_path, "\n".join([KOP.replace("bron", '"bron"'), *regels, ""]), "langzaam.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blokken, "BLOK_RIJEN", blok)
        patch.setattr(blokken, "BLOK_BYTES", 60 * blok)
        een = _read(snel, bestand="x.csv")
        twee = _read(langzaam, bestand="x.csv")
    patch_vrij = _read(snel, bestand="x.csv")
    assert een == twee
    assert een[0] == patch_vrij[0]
    assert sorted(map(str, een[1])) == sorted(map(str, patch_vrij[1]))
    afgekeurd = {b.regel for b in een[1] if b.ernst is Ernst.AFGEKEURD}
    assert len(een[0]) + len(afgekeurd) == een[2]


def test_the_codes_of_the_blocks_are_the_areas(tmp_path: Path) -> None:
    tekst = KOP + "".join(f"\n{i};2025-01-01;a;b;{code}" for i, code in enumerate(BUURTEN))
    rijen, _, _ = _read(_write(tmp_path, tekst))
    assert [rij[5] for rij in rijen] == list(BUURTEN)


GEHEIM = "Piet Geheim"
OVER_PERSONEN = [
    *("reporter", "text", "notes", "email", "e-mailadres", "reporter__email", "reporter.phone", "text_extra"),
    *("assigned_user_email", "location__address_text", "location.address.openbare_ruimte", "status__user"),
    *("status__text", "notes__0__text", "created_by", "extra_properties", "attachments__0__file"),
    *("naam melder", "Aangever", "verdachte", "getuige_1", "kenteken", "huisnummer", "Toedracht", "betrokkenen"),
]


def _read_ook_fout(pad: Path, **keuzes: Any) -> str:
    """Return everything that reading a file gives: rows and findings, or why it could not be used."""
    try:
        return repr(_read(pad, **keuzes))
    except InvoerError as fout:
        return str(fout)


@pytest.mark.parametrize("uitgang", ["csv", "xlsx"])
def test_columns_about_persons_are_dropped_and_named_and_their_content_is_nowhere(tmp_path: Path, uitgang: str) -> None:
    kop = ["id", "created_at", "category__main", "source", "location__buurt_code", *OVER_PERSONEN]
    rijen = [["7", "2025-03-31", "overlast", "app", "BU03610101"], ["8", "onleesbaar", "overlast", "app", "BU03610101"]]
    rijen = [[*rij, *(f"{GEHEIM} {n}" for n in range(len(OVER_PERSONEN)))] for rij in rijen]
    if uitgang == "csv":
        regels = [[f'"{cel}"' for cel in rij] for rij in [kop, *rijen]]
        pad = _write(tmp_path, "\n".join(",".join(rij) for rij in regels))
    else:
        pad = tmp_path / "signalen.xlsx"
        with xlsxwriter.Workbook(pad) as werkmap:
            blad = werkmap.add_worksheet()
            for nummer, rij in enumerate([kop, *rijen]):
                blad.write_row(nummer, 0, rij)
    gelezen, bevindingen, _ = _read(pad)
    assert [rij[1:] for rij in gelezen] == [("7", date(2025, 3, 31), "overlast", "app", "BU03610101")]
    (melding,) = [b.melding for b in bevindingen if b.regelnaam == "kolommen_over_personen"]
    assert [naam for naam in OVER_PERSONEN if naam not in melding] == []
    assert GEHEIM not in repr([*bevindingen])


@pytest.mark.parametrize(
    "inhoud",
    [
        f"{KOP};text\n1;2025-01-01;a;b;BU03610101;{GEHEIM}\nwoont hier {GEHEIM}\n",
        f"{KOP};text\n1;2025-01-01;a;b;BU03610101;x\n\n{GEHEIM} belde\n",
        f"{KOP}\n1;{GEHEIM};a;b;BU03610101\n{GEHEIM};2025-01-01;a;b;{GEHEIM}\n",
        f"1;2025-01-01;a;b;BU03610101;{GEHEIM}\n2;2025-01-01;a;b;BU03610101;{GEHEIM}\n",
        f'{KOP};text\n1;2025-01-01;a;b;BU03610101;"{GEHEIM}\n',
    ],
    ids=["run-on text", "line under it", "in other cells", "no header", "open quote"],
)
def test_a_broken_file_does_not_say_who_is_in_it(tmp_path: Path, inhoud: str) -> None:
    gelezen = _read_ook_fout(_write(tmp_path, inhoud))
    # What may be kept is the id, that is not among what is said about rows.
    assert GEHEIM not in gelezen.replace(f"'{GEHEIM}', ", "")


@pytest.mark.parametrize("kolom", ["reporter__email", "text", "notities"])
def test_a_column_about_persons_cannot_be_chosen_as_category_or_source(tmp_path: Path, kolom: str) -> None:
    pad = _write(tmp_path, f"{KOP};{kolom}\n1;2025-01-01;a;b;BU03610101;{GEHEIM}\n")
    for doel in ("categorie", "bron"):
        with pytest.raises(InvoerError, match="gaat over personen"):
            _read(pad, kolommen={doel: kolom})
    rijen, _, _ = _read(
        _write(tmp_path, "id;datum;category_name;gebied\n1;2025-01-01;a;BU03610101"),
        kolommen={"categorie": "category_name"},
    )
    assert len(rijen) == 1


def test_contact_data_in_a_cell_that_is_kept_refuses_the_row_without_repeating_it(tmp_path: Path) -> None:
    tekst = f"{KOP}\n1;2025-01-01;bel 06-12345678;b;BU03610101\n2;2025-01-01;a;piet@geheim.nl;BU03610101\n"
    rijen, bevindingen, _ = _read(_write(tmp_path, tekst))
    assert rijen == []
    assert _regels(bevindingen) == [(2, "categorie", "lijkt_persoonsgegeven"), (3, "bron", "lijkt_persoonsgegeven")]
    assert "geheim" not in repr([*bevindingen]) and "0612" not in repr([*bevindingen]).replace("-", "")
