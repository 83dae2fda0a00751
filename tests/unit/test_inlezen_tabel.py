"""Tables as municipalities make them: every shape that must read, and one broken file per refusal."""

import csv
import datetime as dt
import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gebieden.domein.celtekst import defuse_formule
from gebieden.domein.fouten import Ernst, InvoerError
from gebieden.inlezen import bestand as bestandsgrenzen
from gebieden.inlezen.kolommen import Celsoort, Kolom
from gebieden.inlezen.tabel import Tabel, read_koppen, read_tabel

SCHEMA = (
    Kolom("id", verplicht=True, soort=Celsoort.WAARDE, synoniemen=("nummer",)),
    Kolom("titel", verplicht=True, synoniemen=("naam", "omschrijving van het punt")),
    Kolom("datum", soort=Celsoort.DATUM),
    Kolom("bedrag", soort=Celsoort.WAARDE),
)


def _write(map_: Path, inhoud: str | bytes, naam: str = "punten.csv") -> Path:
    pad = map_ / naam
    pad.write_bytes(inhoud if isinstance(inhoud, bytes) else inhoud.encode())
    return pad


def _read(pad: Path, **opties: Any) -> Tabel:
    return read_tabel(pad, schema=SCHEMA, **opties)


def _write_werkmap(map_: Path, bladen: dict[str, list[list[object]]], naam: str = "punten.xlsx") -> Path:
    pad = map_ / naam
    with xlsxwriter.Workbook(pad, {"default_date_format": "dd-mm-yyyy"}) as werkmap:
        for bladnaam, rijen in bladen.items():
            blad = werkmap.add_worksheet(bladnaam)
            for nummer, rij in enumerate(rijen):
                blad.write_row(nummer, 0, rij)
    return pad


def _is_toevallig_utf8(inhoud: bytes) -> bool:
    """Windows-1252 such as `é€€` that is also UTF-8: nobody can tell them apart, and UTF-8 goes first."""
    try:
        return not inhoud.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("teken", [",", ";", "\t"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    waarden=st.lists(
        st.tuples(
            st.text("abcXYZ019", min_size=1, max_size=6),
            st.text("aé€ë ,;\t\"'\n-.5%<>=", max_size=12).map(str.strip),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_wat_in_een_csv_gaat_komt_er_in_elke_schrijfwijze_weer_uit(
    tmp_path: Path, encoding: str, teken: str, waarden: list[tuple[str, str]]
) -> None:
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=teken, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    schrijver.writerow(["id", "titel"])
    schrijver.writerows([defuse_formule(cel) for cel in rij] for rij in waarden)
    inhoud = uit.getvalue().encode(encoding)
    assume(encoding != "cp1252" or not _is_toevallig_utf8(inhoud))
    tabel = _read(_write(tmp_path, inhoud))
    assert tabel.scheidingsteken == teken
    assert tabel.aantal_rijen == len(waarden)
    assert list(tabel.frame.itertuples(index=False, name=None)) == waarden


def test_titelregels_lege_rijen_en_bron_worden_niet_meegeteld_maar_wel_gemeld(tmp_path: Path) -> None:
    pad = _write(
        tmp_path,
        'Agendapunten Overdie\n"Peildatum: 1 mei"\n\nid;titel;wijk\n1;Bank;Overdie\n;;\n2;Lamp;Overdie\n\n'
        '"Bron: gemeente"\n',
    )
    tabel = _read(pad)
    assert tabel.aantal_rijen == 2
    assert tabel.frame.index.tolist() == [5, 7]
    meldingen = {b.regelnaam: b.melding for b in tabel.bevindingen}
    assert "3 rij(en) boven de kop" in meldingen["titelregels"]
    assert "1 lege rij(en)" in meldingen["lege_rijen"]
    assert "rij 9 onder de tabel overgeslagen: 'Bron: gemeente'" in meldingen["voetregel"]
    assert meldingen["extra_kolommen"].endswith("wijk.")
    assert {b.ernst for b in tabel.bevindingen} == {Ernst.LET_OP}


def test_afgebroken_laatste_rij_is_geen_voetregel(tmp_path: Path) -> None:
    tabel = _read(_write(tmp_path, "id;titel;datum\n1;Bank;\n2\n"))
    assert tabel.aantal_rijen == 2
    assert [(b.regelnaam, b.regel) for b in tabel.bevindingen] == [("te_weinig_velden", 3)]


def test_zin_onder_een_lege_rij_is_een_voetregel_en_een_los_nummer_niet(tmp_path: Path) -> None:
    assert _read(_write(tmp_path, "id;titel\n1;Bank\n\nGemaakt door team West\nop 1 mei\n")).aantal_rijen == 1
    assert _read(_write(tmp_path, "id;titel\n1;Bank\n\n2\n")).aantal_rijen == 2


def test_kop_met_regeleinden_spaties_en_hoofdletters_wordt_herkend(tmp_path: Path) -> None:
    tabel = _read(_write(tmp_path, 'NUMMER ;"Omschrijving\nvan het  punt\n"\n 7 ; Bank \n'))
    assert tabel.frame.to_dict("index") == {2: {"id": "7", "titel": "Bank"}}


def test_komma_in_een_decimaal_getal_breekt_een_kommabestand_niet(tmp_path: Path) -> None:
    tabel = _read(_write(tmp_path, 'id,titel,bedrag\n1,"Bank, groen","12,5"\n'))
    assert tabel.scheidingsteken == ","
    assert tabel.frame.loc[2].tolist() == ["1", "Bank, groen", "12,5"]


def test_sep_regel_van_excel_is_geen_kop(tmp_path: Path) -> None:
    tabel = _read(_write(tmp_path, "sep=;\nid;titel\n1;Bank\n"))
    assert tabel.frame["titel"].tolist() == ["Bank"]


def test_rij_met_te_veel_velden_wordt_alleen_zelf_geweigerd(tmp_path: Path) -> None:
    tabel = _read(_write(tmp_path, "id;titel\n1;Bank;groen\n2;Lamp;\n3;Boom\n"))
    assert tabel.aantal_rijen == 3
    assert tabel.frame["id"].tolist() == ["2", "3"]
    (fout,) = tabel.bevindingen
    assert (fout.ernst, fout.regelnaam, fout.regel) == (Ernst.AFGEKEURD, "te_veel_velden", 2)
    assert "heeft 3 velden. De kop heeft er 2" in fout.melding


def test_alle_ontbrekende_kolommen_staan_in_een_melding(tmp_path: Path) -> None:
    pad = _write(tmp_path, "datum;wijk\n1-1-2025;Overdie\n")
    with pytest.raises(InvoerError) as fout:
        _read(pad)
    for deel in ("punten.csv", "id, titel", "Gevonden: datum, wijk", "--kolommen id=…,titel=…"):
        assert deel in str(fout.value)


def test_bestand_zonder_enige_bekende_kolom_zegt_wat_er_wel_staat(tmp_path: Path) -> None:
    with pytest.raises(InvoerError, match="Gevonden: foo, bar"):
        _read(_write(tmp_path, "foo;bar\n1;2\n"))


def test_kolommen_wijst_een_andere_naam_aan(tmp_path: Path) -> None:
    pad = _write(tmp_path, "Volgnr;Wat;titel\n1;Bank;x\n")
    tabel = _read(pad, kolommen={"id": "volgnr", "titel": "Wat"})
    assert tabel.frame.loc[2].to_dict() == {"id": "1", "titel": "Bank"}
    assert tabel.kop.extra == ("titel",)


def test_kolommen_met_onbekende_bron_of_onbekend_doel_wordt_geweigerd(tmp_path: Path) -> None:
    pad = _write(tmp_path, "id;titel\n1;Bank\n")
    with pytest.raises(InvoerError, match=r"Kolom 'Wat' uit --kolommen titel=Wat staat niet in punten.csv"):
        _read(pad, kolommen={"titel": "Wat"})
    with pytest.raises(InvoerError, match=r"'kleur'.*Links van '=' kan staan: id, titel, datum, bedrag"):
        _read(pad, kolommen={"kleur": "titel"})


def test_dubbele_kolomnaam_wordt_geweigerd(tmp_path: Path) -> None:
    with pytest.raises(InvoerError, match="meer dan één kolom voor 'titel': titel, Titel"):
        _read(_write(tmp_path, "id;titel;Titel\n1;a;b\n"))


def test_eigen_naam_gaat_voor_een_synoniem(tmp_path: Path) -> None:
    tabel = _read(_write(tmp_path, "nummer;id;titel\n9;1;Bank\n"))
    assert tabel.frame["id"].tolist() == ["1"]
    assert tabel.kop.extra == ("nummer",)


def test_leeg_bestand_en_bestand_met_alleen_witregels_worden_geweigerd(tmp_path: Path) -> None:
    with pytest.raises(InvoerError, match=r"punten\.csv is leeg"):
        _read(_write(tmp_path, ""))
    with pytest.raises(InvoerError, match="geen enkele gevulde rij"):
        _read(_write(tmp_path, "\n\n ; ;\n"))


def test_kop_zonder_rijen_is_een_tabel_met_nul_rijen(tmp_path: Path) -> None:
    assert _read(_write(tmp_path, "id;titel\n")).aantal_rijen == 0


def test_ontbrekend_bestand_en_map_worden_geweigerd(tmp_path: Path) -> None:
    with pytest.raises(InvoerError, match="bestaat niet"):
        _read(tmp_path / "weg.csv")
    with pytest.raises(InvoerError, match="is een map"):
        _read(tmp_path)


def test_bestand_zonder_leesrecht_wordt_geweigerd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pad = _write(tmp_path, "id;titel\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InvoerError, match="mag niet gelezen worden"):
        _read(pad)


def test_te_groot_bestand_wordt_geweigerd_voor_het_gelezen_is(tmp_path: Path) -> None:
    pad = _write(tmp_path, "id;titel\n1;Bank\n")
    with pytest.raises(InvoerError, match="te groot"):
        bestandsgrenzen.check_bestand(pad, limiet_bytes=5)


@pytest.mark.parametrize(
    ("inhoud", "gevonden"),
    [
        (b"id;titel\n1;a\x00b\n", "tekens met waarde 0"),
        (b"%PDF-1.7 enzovoort", "een PDF"),
        (b"PK\x03\x04rest", "een zip- of Excelbestand"),
    ],
)
def test_binair_bestand_wordt_geweigerd(tmp_path: Path, inhoud: bytes, gevonden: str) -> None:
    with pytest.raises(InvoerError, match=gevonden):
        _read(_write(tmp_path, inhoud))


def test_utf8_en_cp1252_door_elkaar_wordt_geweigerd(tmp_path: Path) -> None:
    with pytest.raises(InvoerError, match="CSV UTF-8"):
        _read(_write(tmp_path, "id;titel\n1;café\n".encode() + "2;één\n".encode("cp1252")))


def test_niet_gesloten_aanhalingsteken_wordt_geweigerd_met_de_rij(tmp_path: Path) -> None:
    with pytest.raises(InvoerError, match="aanhalingsteken niet op of na rij 3"):
        _read(_write(tmp_path, 'id;titel\n1;Bank\n2;"Lamp\n3;Boom\n'))


def test_werkmap_geeft_getallen_zonder_nul_en_datums_als_iso(tmp_path: Path) -> None:
    pad = _write_werkmap(
        tmp_path,
        {
            "Blad1": [
                ["id", "titel", "datum", "bedrag"],
                [361, "Bank", dt.date(2025, 5, 16), 1.234],
                ["002", "x", 45658, 12],
            ]
        },
    )
    tabel = _read(pad)
    assert tabel.frame.loc[2].tolist() == ["361", "Bank", "2025-05-16", "1,234"]
    assert tabel.frame.loc[3].tolist() == ["002", "x", "2025-01-01", "12"]
    assert tabel.blad == "Blad1"


def test_jaartal_in_een_datumkolom_van_een_werkmap_wordt_geen_datum(tmp_path: Path) -> None:
    tabel = _read(_write_werkmap(tmp_path, {"B": [["id", "titel", "datum"], [1, "Bank", 2025]]}))
    assert tabel.frame.loc[2, "datum"] == "2025"


def test_datum_in_een_sleutelkolom_van_een_werkmap_wordt_onthouden(tmp_path: Path) -> None:
    tabel = _read(
        _write_werkmap(tmp_path, {"B": [["id", "titel", "bedrag"], [dt.date(2025, 2, 1), "x", dt.date(2012, 1, 22)]]})
    )
    assert tabel.datumcellen == {(2, "id"), (2, "bedrag")}


def test_het_blad_met_de_kop_wordt_gelezen_en_de_andere_worden_genoemd(tmp_path: Path) -> None:
    pad = _write_werkmap(
        tmp_path, {"Toelichting": [["titel"], ["lees dit"]], "Punten": [["Titel boven"], ["id", "titel"], [1, "Bank"]]}
    )
    tabel = _read(pad)
    assert tabel.blad == "Punten"
    assert tabel.frame.index.tolist() == [3]
    assert any(b.regelnaam == "andere_bladen" and "Toelichting" in b.melding for b in tabel.bevindingen)


def test_meer_passende_bladen_vraagt_om_laag(tmp_path: Path) -> None:
    pad = _write_werkmap(tmp_path, {"2024": [["id", "titel"], [1, "a"]], "2025": [["id", "titel"], [2, "b"]]})
    with pytest.raises(InvoerError, match=r'passen meer bladen: 2024, 2025.*--laag "2024"'):
        _read(pad)
    assert _read(pad, laag="2025").frame["titel"].tolist() == ["b"]
    with pytest.raises(InvoerError, match="Blad '2026' staat niet in werkmap"):
        _read(pad, laag="2026")


@pytest.mark.parametrize("naam", ["kapot.xlsx", "kapot.xls", "kapot.ods"])
def test_kapotte_werkmap_wordt_geweigerd(tmp_path: Path, naam: str) -> None:
    for inhoud in (b"geen werkmap", b"PK\x03\x04rest"):
        with pytest.raises(InvoerError, match="beschadigd"):
            _read(_write(tmp_path, inhoud, naam))


def test_werkmap_met_wachtwoord_wordt_geweigerd(tmp_path: Path) -> None:
    with pytest.raises(InvoerError, match="wachtwoord"):
        _read(_write(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "geheim.xlsx"))


def test_werkmap_die_tot_iets_enorms_uitpakt_wordt_geweigerd(tmp_path: Path) -> None:
    pad = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("xl/worksheets/sheet1.xml", b"0" * (30 * 1024**2))
    with pytest.raises(InvoerError, match="keer zo groot"):
        _read(pad)


def test_werkmap_met_een_waarde_in_de_verste_hoek_wordt_geweigerd(tmp_path: Path) -> None:
    pad = tmp_path / "hoek.xlsx"
    with xlsxwriter.Workbook(pad) as werkmap:
        blad = werkmap.add_worksheet()
        blad.write_row(0, 0, ["id", "titel"])
        blad.write(1_048_575, 16_383, "verdwaald")
    with pytest.raises(InvoerError, match="losse waarden"):
        _read(pad)


def _write_ods(pad: Path, rijen: str) -> Path:
    naamruimten = " ".join(
        f'xmlns:{naam}="urn:oasis:names:tc:opendocument:xmlns:{naam}:1.0"' for naam in ("office", "table", "text")
    )
    with zipfile.ZipFile(pad, "w") as archief:
        archief.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archief.writestr("META-INF/manifest.xml", '<?xml version="1.0" encoding="UTF-8"?><manifest/>')
        archief.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {naamruimten}><office:body>'
            f'<office:spreadsheet><table:table table:name="Punten">{rijen}</table:table></office:spreadsheet>'
            "</office:body></office:document-content>",
        )
    return pad


def _ods_cel(soort: str, waarde: str, tekst: str) -> str:
    return f'<table:table-cell office:value-type="{soort}" {waarde}><text:p>{tekst}</text:p></table:table-cell>'


def test_ods_wordt_gelezen_ook_met_de_lege_rest_van_het_blad(tmp_path: Path) -> None:
    kop = "".join(_ods_cel("string", "", naam) for naam in ("id", "titel", "datum"))
    rij = (
        _ods_cel("float", 'office:value="361"', "361")
        + _ods_cel("string", "", "Café")
        + _ods_cel("date", 'office:date-value="2025-05-16"', "16-05-25")
    )
    leeg = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048574">{leeg}</table:table-row>'
    rijen = f"<table:table-row>{kop}</table:table-row><table:table-row>{rij}</table:table-row>{rest}"
    tabel = _read(_write_ods(tmp_path / "punten.ods", rijen))
    assert (tabel.blad, tabel.frame.loc[2].tolist()) == ("Punten", ["361", "Café", "2025-05-16"])


def test_ods_waarin_een_waarde_eindeloos_herhaald_wordt_wordt_geweigerd(tmp_path: Path) -> None:
    cel = _ods_cel("string", 'table:number-columns-repeated="1000"', "x")
    rijen = f'<table:table-row table:number-rows-repeated="1000000">{cel}</table:table-row>'
    with pytest.raises(InvoerError, match="1000000000 cellen: te groot"):
        _read(_write_ods(tmp_path / "bom.ods", rijen))


def _write_xls(pad: Path, rijen: list[list[str | float]]) -> None:
    """Write a minimal old-style workbook: BIFF8 records in an OLE container of 512-byte sectors."""

    def record(nummer: int, inhoud: bytes) -> bytes:
        return struct.pack("<HH", nummer, len(inhoud)) + inhoud

    def bof(soort: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, soort, 0, 0, 0, 0))

    cellen = b""
    for r, rij in enumerate(rijen):
        for k, waarde in enumerate(rij):
            plaats = struct.pack("<HHH", r, k, 0)
            if isinstance(waarde, str):
                cellen += record(0x0204, plaats + struct.pack("<HB", len(waarde), 1) + waarde.encode("utf-16-le"))
            else:
                cellen += record(0x0203, plaats + struct.pack("<d", waarde))
    globaal = bof(0x0005)
    begin_blad = len(globaal) + 4 + 8 + 4 + 4
    globaal += record(0x0085, struct.pack("<IBBBB", begin_blad, 0, 0, 4, 0) + b"Blad") + record(0x000A, b"")
    stroom = (globaal + bof(0x0010) + cellen + record(0x000A, b"")).ljust(4096, b"\0")

    def ingang(naam: str, soort: int, kind: int, begin: int, lengte: int) -> bytes:
        tekst = naam.encode("utf-16-le")
        return (
            tekst.ljust(64, b"\0")
            + struct.pack("<HBB3i", len(tekst) + 2, soort, 1, -1, -1, kind)
            + b"\0" * 36
            + struct.pack("<iII", begin, lengte, 0)
        )

    map_ = ingang("Root Entry", 5, 1, -2, 0) + ingang("Workbook", 2, -1, 2, len(stroom)) + b"\0" * 256
    fat = struct.pack("<10i", -3, -2, 3, 4, 5, 6, 7, 8, 9, -2).ljust(512, b"\xff")
    kop = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    kop += struct.pack("<IIiIIiIiI", 0, 1, 1, 0, 4096, -2, 0, -2, 0) + struct.pack("<i", 0)
    pad.write_bytes(kop.ljust(512, b"\xff") + fat + map_ + stroom)


def test_xls_wordt_gelezen(tmp_path: Path) -> None:
    pad = tmp_path / "punten.xls"
    _write_xls(pad, [["id", "titel", "datum", "bedrag"], [361.0, "Café", 45658.0, 12.5]])
    tabel = _read(pad)
    assert tabel.blad == "Blad"
    assert tabel.frame.loc[2].tolist() == ["361", "Café", "2025-01-01", "12,5"]


def test_koppen_zijn_op_te_vragen_ook_als_verplichte_kolommen_ontbreken(tmp_path: Path) -> None:
    kop = read_koppen(_write(tmp_path, "Export\nVolgnr;Titel\n1;Bank\n"), schema=SCHEMA)
    assert kop.namen == ("Volgnr", "Titel")
    assert kop.plaatsen == {"titel": 1}
