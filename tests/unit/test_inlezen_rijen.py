"""Agendapunten, initiatieven, berichten and indelingen: what a good row gives, and one fault per refusal."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gebieden.domein.agendapunt import Agendapunt, Puntsoort, Staat, WachtOp
from gebieden.domein.bericht import Bericht, Berichtsoort
from gebieden.domein.fouten import Ernst, InvoerError
from gebieden.domein.gebied import Gebied
from gebieden.domein.initiatief import Initiatief, Initiatiefstaat
from gebieden.domein.thema import Thema
from gebieden.inlezen.agendapunten import read_agendapunten
from gebieden.inlezen.berichten import read_berichten
from gebieden.inlezen.codelijst import Codelijst, Codelijstregel
from gebieden.inlezen.indeling import read_indeling
from gebieden.inlezen.initiatieven import read_initiatieven
from gebieden.inlezen.resultaat import Inleesresultaat

GEBIEDEN = {
    "GM0361": "Alkmaar",
    "WK036106": "De Mare",
    "BU03610604": "De Mare",
    "BU03610100": "Kooimeer",
    "BU03610101": "Dillenburg",
    "GB01": "Zuid en Centrum",
}
LIJST = Codelijst({"BU03610100": Codelijstregel("BU03610100", "Kooimeer", gebiednummer="0361000000000010")})
KOP = "id;gebied;versie;versiedatum;titel;themas;staat;openbaar"
GOED = "P1;WK036106;1;2025-03-01;Bankje;schoon;op_agenda;ja"

Schrijver = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Schrijver:
    def _write(*rijen: str, naam: str = "punten.csv") -> Path:
        pad = tmp_path / naam
        pad.write_text("\n".join(rijen) + "\n", encoding="utf-8")
        return pad

    return _write


def _check(resultaat: Inleesresultaat) -> Inleesresultaat:
    assert len(resultaat.records) + resultaat.dubbel + resultaat.aantal_afgekeurd == resultaat.aantal_rijen
    return resultaat


def _read_punten(pad: Path, **opties: Any) -> Inleesresultaat:
    return _check(read_agendapunten(pad, bekende_gebieden=GEBIEDEN, codelijst=LIJST, **opties))


def _punt(**velden: str) -> list[str]:
    """The header and one row: a good point with these cells instead."""
    kop = KOP.split(";")
    cellen = dict(zip(kop, GOED.split(";"), strict=True)) | velden
    return [";".join(cellen), ";".join(cellen.values())]


def _regelnamen(resultaat: Inleesresultaat) -> list[str]:
    return [b.regelnaam for b in resultaat.bevindingen]


def test_volledig_punt_wordt_helemaal_gelezen(write: Schrijver) -> None:
    pad = write(
        "id;gebied;versie;versiedatum;titel;omschrijving;themas;staat;soort;trekker;partners;afgesproken_gereed;wacht_op;"
        "reden;openbaar;bijgewerkt_op;herkomst;lon;lat",
        'P1; wk036106 ;3;01-03-2025;Bankje <b>;"Twee; regels";Veilig, schoon,veilig;Wacht op;Snelle actie;Gebiedsteam;'
        "politie, Woonwaard;31-12-2025;Geld;;ja;2025-05-12T23:30Z;bewonersavond;4,7532;52.6319",
    )
    resultaat = _read_punten(pad)
    assert resultaat.bevindingen == []
    assert resultaat.records == [
        Agendapunt(
            id="P1",
            gebied="WK036106",
            titel="Bankje <b>",
            themas=(Thema.SCHOON, Thema.VEILIG),
            staat=Staat.WACHT_OP,
            versie=3,
            versiedatum=date(2025, 3, 1),
            omschrijving="Twee; regels",
            soort=Puntsoort.SNELLE_ACTIE,
            trekker="Gebiedsteam",
            partners=("politie", "Woonwaard"),
            afgesproken_gereed=date(2025, 12, 31),
            wacht_op=WachtOp.GELD,
            openbaar=True,
            bijgewerkt_op=date(2025, 5, 13),
            herkomst="bewonersavond",
            lon=4.7532,
            lat=52.6319,
        )
    ]


def test_alleen_de_nodige_kolommen_zijn_verplicht_en_zonder_openbaar_is_een_punt_gesloten(write: Schrijver) -> None:
    resultaat = _read_punten(write("id;gebied;titel;themas;staat", "P1;GB01;Bankje;schoon;voorgesteld"))
    assert resultaat.records[0].openbaar is False
    assert resultaat.records[0].versie is None
    assert [(b.ernst, b.regelnaam) for b in resultaat.bevindingen] == [(Ernst.LET_OP, "openbaar_ontbreekt")]


def test_lege_cel_openbaar_wordt_een_keer_gemeld_met_het_aantal(write: Schrijver) -> None:
    kop, rij = _punt(openbaar="")
    resultaat = _read_punten(write(kop, rij, rij.replace("P1", "P2"), GOED.replace("P1", "P3")))
    assert [punt.openbaar for punt in resultaat.records] == [False, False, True]
    assert [b.melding for b in resultaat.bevindingen] == [
        "punten.csv: bij 2 rij(en) staat niet of ze openbaar zijn. Ze zijn niet-openbaar ingelezen."
    ]


@pytest.mark.parametrize(
    ("velden", "regelnaam", "deel"),
    [
        ({"id": ""}, "id_ontbreekt", "de cel is leeg"),
        ({"titel": " "}, "titel_ontbreekt", "de cel is leeg"),
        ({"titel": "\u200b"}, "titel_ontbreekt", "de cel is leeg"),
        ({"themas": ""}, "themas_ontbreekt", "de cel is leeg"),
        ({"themas": ","}, "themas_ontbreekt", "de cel is leeg"),
        ({"themas": "schoon,verkeer"}, "onbekend_thema", "'verkeer' is niet bekend"),
        ({"staat": "klaar"}, "onbekende_waarde", "'klaar' is niet bekend"),
        ({"staat": "wacht_op"}, "wacht_op_ontbreekt", "leeg en de staat is wacht_op"),
        ({"staat": "wacht_op", "wacht_op": "weer"}, "onbekende_waarde", "'weer' is niet bekend"),
        ({"staat": "vervallen"}, "reden_ontbreekt", "leeg en de staat is vervallen"),
        ({"staat": "overgedragen"}, "reden_ontbreekt", "leeg en de staat is overgedragen"),
        ({"versie": "0"}, "geen_geheel_getal", "'0' kan hier niet"),
        ({"versie": "1,5"}, "geen_geheel_getal", "'1,5' kan hier niet"),
        ({"versie": "22-jan"}, "excel_datum", "het was waarschijnlijk 22,1"),
        ({"versiedatum": ""}, "versiedatum_ontbreekt", "versie 1 van WK036106 is niet bekend"),
        ({"versiedatum": "31-02-2025"}, "dag_bestaat_niet", "'31-02-2025'"),
        ({"soort": "middelgroot"}, "onbekende_waarde", "'middelgroot'"),
        ({"openbaar": "misschien"}, "geen_ja_nee", "'misschien' is geen ja of nee"),
        ({"afgesproken_gereed": "01/02/2025"}, "datum_dubbelzinnig", "Amerikaans"),
        ({"bijgewerkt_op": "vorige week"}, "geen_datum", "'vorige week'"),
        ({"lon": "4,75"}, "plaats_half", "lat is leeg en de andere niet"),
        ({"lon": "52,6", "lat": "4,7"}, "plaats_buiten_nederland", "omgewisseld"),
        ({"lon": "111200", "lat": "516300"}, "plaats_buiten_nederland", "meters in RD"),
        ({"lon": "x", "lat": "52,6"}, "geen_getal", "'x' is geen getal"),
        ({"titel": "a" * 301}, "tekst_te_lang", "301 tekens"),
        ({"gebied": ""}, "gebied_ontbreekt", "de cel is leeg"),
        ({"gebied": "WK036199"}, "onbekend_gebied", "gebied 'WK036199' is niet bekend"),
        ({"gebied": "De Mare"}, "onbekend_gebied", "De Mare is WK036106 of BU03610604"),
    ],
)
def test_foute_cel_keurt_alleen_die_rij_af(write: Schrijver, velden: dict[str, str], regelnaam: str, deel: str) -> None:
    kop, rij = _punt(**velden)
    leeg = ";" * (kop.count(";") - KOP.count(";"))
    resultaat = _read_punten(write(kop, rij, GOED.replace("P1", "P2").replace(";1;", ";2;") + leeg))
    assert [punt.id for punt in resultaat.records] == ["P2"]
    (fout,) = resultaat.bevindingen
    assert (fout.ernst, fout.regelnaam, fout.regel) == (Ernst.AFGEKEURD, regelnaam, 2)
    assert deel in fout.melding
    assert "(rij 2 van punten.csv)" in fout.melding
    assert "Verwacht: " in fout.melding
    assert fout.herstel


def test_alle_fouten_van_een_rij_staan_in_het_verslag_en_de_rij_telt_een_keer(write: Schrijver) -> None:
    resultaat = _read_punten(write(*_punt(gebied="X9", themas="mooi", staat="weg", openbaar="?")))
    assert _regelnamen(resultaat) == ["onbekend_gebied", "onbekend_thema", "onbekende_waarde", "geen_ja_nee"]
    assert resultaat.aantal_afgekeurd == 1


def test_import_is_soepel_over_wat_een_overgang_wel_zou_eisen(write: Schrijver) -> None:
    for staat in ("geborgd", "gerealiseerd", "besproken"):
        assert _read_punten(write(*_punt(staat=staat))).bevindingen == []


def test_wacht_op_bij_een_andere_staat_is_niet_gebruikt_en_gemeld(write: Schrijver) -> None:
    resultaat = _read_punten(write(*_punt(wacht_op="geld")))
    assert resultaat.records[0].wacht_op is None
    assert _regelnamen(resultaat) == ["wacht_op_niet_gebruikt"]


def test_versiedatum_komt_van_een_andere_rij_van_dezelfde_versie(write: Schrijver) -> None:
    resultaat = _read_punten(write(KOP, GOED, "P2;wk036106;1;;Lamp;heel;geborgd;ja"))
    assert [punt.versiedatum for punt in resultaat.records] == [date(2025, 3, 1)] * 2


def test_versiedatum_komt_anders_van_wat_al_is_ingelezen(write: Schrijver) -> None:
    pad = write(*_punt(versiedatum=""))
    resultaat = _read_punten(pad, bekende_versies={("WK036106", 1): date(2025, 2, 2)})
    assert resultaat.records[0].versiedatum == date(2025, 2, 2)


def test_twee_datums_voor_een_versie_worden_geweigerd_met_beide_datums(write: Schrijver) -> None:
    resultaat = _read_punten(write(KOP, GOED, "P2;WK036106;1;2025-04-01;Lamp;heel;geborgd;ja"))
    assert resultaat.records == []
    assert _regelnamen(resultaat) == ["versiedatum_strijdig"] * 2
    assert "1 maart 2025 en 1 april 2025" in resultaat.bevindingen[0].melding


def test_nieuwe_datum_voor_een_bekende_versie_wordt_gemeld(write: Schrijver) -> None:
    resultaat = _read_punten(write(KOP, GOED), bekende_versies={("WK036106", 1): date(2025, 2, 2)})
    assert len(resultaat.records) == 1
    assert "krijgt de datum 1 maart 2025; dat was 2 februari 2025" in resultaat.bevindingen[0].melding


def test_versiedatum_zonder_versie_wordt_gemeld_en_niet_gebruikt(write: Schrijver) -> None:
    resultaat = _read_punten(write(*_punt(versie="")))
    assert (resultaat.records[0].versie, resultaat.records[0].versiedatum) == (None, None)
    assert _regelnamen(resultaat) == ["versiedatum_zonder_versie"]


def test_exacte_herhaling_is_dubbel_ook_in_een_andere_schrijfwijze(write: Schrijver) -> None:
    resultaat = _read_punten(write(KOP, GOED, "P1; wk036106;1;1-3-2025;Bankje;Schoon;Op de agenda;J"))
    assert (len(resultaat.records), resultaat.dubbel, resultaat.aantal_afgekeurd) == (1, 1, 0)


def test_zelfde_id_en_versie_met_andere_inhoud_wordt_geweigerd_en_een_andere_versie_niet(write: Schrijver) -> None:
    resultaat = _read_punten(
        write(KOP, GOED, GOED.replace("Bankje", "Lamp"), GOED.replace(";1;2025-03-01", ";2;2025-09-01"))
    )
    assert [(punt.id, punt.versie) for punt in resultaat.records] == [("P1", 1), ("P1", 2)]
    (fout,) = resultaat.bevindingen
    assert (fout.regelnaam, fout.regel) == ("dubbele_sleutel", 3)
    assert "staat al op rij 2 met een andere inhoud" in fout.melding


def test_registernummer_in_de_kolom_gebied_wordt_de_code(write: Schrijver) -> None:
    assert _read_punten(write(*_punt(gebied="0361000000000010"))).records[0].gebied == "BU03610100"


def test_bijna_goede_naam_in_de_kolom_gebied_noemt_de_code(write: Schrijver) -> None:
    (fout,) = _read_punten(write(*_punt(gebied="Dilenburg"))).bevindingen
    assert "Bedoelt u BU03610101 Dillenburg?" in fout.herstel


def test_zonder_gebieden_zegt_de_melding_wat_eerst_moet(write: Schrijver) -> None:
    (fout,) = read_agendapunten(write(KOP, GOED), bekende_gebieden={}, codelijst=LIJST).bevindingen
    assert "Lees eerst de gebieden in" in fout.herstel


def test_datum_van_excel_in_een_sleutel_of_getal_wordt_geweigerd(tmp_path: Path) -> None:
    pad = tmp_path / "punten.xlsx"
    with xlsxwriter.Workbook(pad, {"default_date_format": "d-m"}) as werkmap:
        blad = werkmap.add_worksheet()
        blad.write_row(0, 0, KOP.split(";"))
        blad.write_row(1, 0, [date(2025, 2, 1), "GB01", date(2012, 1, 22), "", "Bankje", "schoon", "op_agenda", True])
        blad.write_row(2, 0, [12, "GB01", 1, date(2025, 3, 1), "Lamp", "heel", "op_agenda", False])
    resultaat = _read_punten(pad)
    assert [(punt.id, punt.versie, punt.openbaar) for punt in resultaat.records] == [("12", 1, False)]
    assert [(b.regelnaam, b.kolom) for b in resultaat.bevindingen] == [("excel_datum", "id"), ("excel_datum", "versie")]
    assert "het was waarschijnlijk 22,1" in resultaat.bevindingen[1].melding


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["P1", "P2", ""]),
            st.sampled_from(["GB01", "De Mare", "WK036106"]),
            st.sampled_from(["", "1", "2", "x"]),
            st.sampled_from(["", "2025-03-01", "2025-04-01", "gisteren"]),
            st.sampled_from(["Bankje", "Lamp"]),
            st.sampled_from(["schoon", "mooi"]),
            st.sampled_from(["op_agenda", "vervallen"]),
            st.sampled_from(["ja", ""]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_elke_rij_is_aangenomen_dubbel_of_afgekeurd(write: Schrijver, rijen: list[tuple[str, ...]]) -> None:
    resultaat = _read_punten(write(KOP, *(";".join(rij) for rij in rijen)))
    assert resultaat.aantal_rijen == len(rijen)
    sleutels = [(punt.id, punt.versie) for punt in resultaat.records]
    assert len(sleutels) == len(set(sleutels))


def test_initiatief_met_bedragen_wordt_gelezen(write: Schrijver) -> None:
    pad = write(
        "id;gebied;titel;omschrijving;themas;staat;aangevraagd;toegekend;ingediend_op;besluit_op;openbaar",
        "I1;GB01;Moestuin;;sociaal;Bij de regiegroep;€ 1.250,50;;1-4-2025;;ja",
        "I2;GB01;Buurtfeest;;;concept;veel;0;;;nee",
    )
    resultaat = _check(read_initiatieven(pad, bekende_gebieden=GEBIEDEN, codelijst=LIJST))
    assert resultaat.records == [
        Initiatief(
            "I1",
            "GB01",
            "Moestuin",
            (Thema.SOCIAAL,),
            Initiatiefstaat.BIJ_REGIEGROEP,
            aangevraagd=Decimal("1250.50"),
            toegekend=None,
            ingediend_op=date(2025, 4, 1),
            openbaar=True,
        )
    ]
    assert [(b.regelnaam, b.regel, b.kolom) for b in resultaat.bevindingen] == [("geen_bedrag", 3, "aangevraagd")]


def _read_berichten(pad: Path) -> Inleesresultaat:
    bekend = {Berichtsoort.AGENDAPUNT: {"P1", "P2"}, Berichtsoort.INITIATIEF: {"I1"}}
    return _check(read_berichten(pad, bekende_ids=bekend))


def test_bericht_wordt_gelezen_en_een_herhaling_is_dubbel(write: Schrijver) -> None:
    rij = 'Agendapunt;P1;1-5-2025;"Regel 1\nregel 2";ja'
    resultaat = _read_berichten(write("soort;id;datum;tekst;openbaar", rij, rij, "initiatief;I1;2025-05-02;Ok;nee"))
    assert resultaat.records == [
        Bericht(Berichtsoort.AGENDAPUNT, "P1", date(2025, 5, 1), "Regel 1\nregel 2", True),
        Bericht(Berichtsoort.INITIATIEF, "I1", date(2025, 5, 2), "Ok", False),
    ]
    assert resultaat.dubbel == 1


@pytest.mark.parametrize(
    ("rij", "deel"),
    [
        ("agendapunt;P11;1-5-2025;x;ja", "agendapunt 'P11' is niet bekend. Bedoelt u 'P1'?"),
        ("agendapunt;I1;1-5-2025;x;ja", "Wel bestaat initiatief I1"),
        ("wens;P1;1-5-2025;x;ja", "'wens' is niet bekend"),
        ("agendapunt;P1;;x;ja", "de cel is leeg"),
        ("agendapunt;P1;1-5-2025;;ja", "de cel is leeg"),
    ],
)
def test_bericht_met_een_fout_wordt_geweigerd(write: Schrijver, rij: str, deel: str) -> None:
    resultaat = _read_berichten(write("soort;id;datum;tekst;openbaar", rij))
    assert resultaat.records == []
    assert deel in resultaat.bevindingen[0].melding


KOP_INDELING = "code;naam;soort;bestaat_uit;geldig_vanaf;geldig_tot"


def _read_indeling(pad: Path) -> Inleesresultaat:
    return _check(read_indeling(pad, bekende_gebieden=GEBIEDEN, codelijst=LIJST))


def test_indeling_is_een_verzameling_buurten(write: Schrijver) -> None:
    pad = write(KOP_INDELING, "GB02;Zuid;Gebied;bu03610100, BU03610101,BU03610100;2022-01-01;")
    assert _read_indeling(pad).records == [
        Gebied("GB02", "Zuid", "gebied", frozenset({"BU03610100", "BU03610101"}), date(2022, 1, 1), None)
    ]


@pytest.mark.parametrize(
    ("rij", "regelnaam", "deel"),
    [
        ("GB02;Zuid;gebied;BU03610100,BU99999999;;", "geen_bekende_buurt", "BU99999999 (niet bekend)"),
        ("GB02;Zuid;gebied;WK036106;;", "geen_bekende_buurt", "WK036106 De Mare (geen buurt)"),
        ("GB02;Zuid;gebied;;;", "bestaat_uit_ontbreekt", "de cel is leeg"),
        ("WK036106;Zuid;gebied;BU03610100;;", "code_van_cbs", "'WK036106' is een code van het CBS"),
        ("GB 02 (oud)!;Zuid;gebied;BU03610100;;", "geen_gebiedscode", "geen gebiedscode"),
        ("GB02;Zuid;wijk;BU03610100;;", "soort_kan_niet", "'wijk' kan hier geen soort zijn"),
        ("GB02;;gebied;BU03610100;;", "naam_ontbreekt", "de cel is leeg"),
        ("GB02;Zuid;gebied;BU03610100;1-1-2025;1-1-2024", "geldigheid_omgekeerd", "geldt tot 1-1-2024"),
    ],
)
def test_indeling_met_een_fout_wordt_geweigerd(write: Schrijver, rij: str, regelnaam: str, deel: str) -> None:
    resultaat = _read_indeling(write(KOP_INDELING, rij))
    assert resultaat.records == []
    assert [b.regelnaam for b in resultaat.bevindingen] == [regelnaam]
    assert deel in resultaat.bevindingen[0].melding


def test_buurt_in_twee_gebieden_van_dezelfde_soort_wordt_gemeld(write: Schrijver) -> None:
    rijen = ["A;Noord;gebied;BU03610100;;", "B;Zuid;gebied;BU03610100,BU03610101;;", "C;Dorp;dorp;BU03610100;;"]
    resultaat = _read_indeling(write(KOP_INDELING, *rijen))
    assert len(resultaat.records) == 3
    (melding,) = resultaat.bevindingen
    assert "buurt BU03610100 Kooimeer ligt in meer gebieden van soort gebied: A Noord en B Zuid" in melding.melding


def test_buurt_die_overgaat_naar_een_ander_gebied_wordt_niet_gemeld(write: Schrijver) -> None:
    rijen = ["A;Noord;gebied;BU03610100;2020-01-01;2024-01-01", "B;Zuid;gebied;BU03610100;2024-01-01;"]
    assert _read_indeling(write(KOP_INDELING, *rijen)).bevindingen == []


@pytest.mark.parametrize(
    ("lees", "ontbreekt"),
    [
        (lambda pad: read_agendapunten(pad, bekende_gebieden={}), "id, gebied, titel, themas, staat"),
        (lambda pad: read_initiatieven(pad, bekende_gebieden={}), "id, gebied, titel, staat"),
        (lambda pad: read_berichten(pad, bekende_ids={}), "soort, id, datum, tekst"),
        (lambda pad: read_indeling(pad, bekende_gebieden={}), "code, naam, soort, bestaat_uit"),
    ],
)
def test_bestand_van_iets_anders_noemt_alle_kolommen_die_ontbreken(
    write: Schrijver, lees: Callable[[Path], Inleesresultaat], ontbreekt: str
) -> None:
    with pytest.raises(InvoerError, match=ontbreekt):
        lees(write("foo;bar", "1;2"))
