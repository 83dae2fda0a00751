"""Fields: what is read, what is refused, and that nothing ambiguous is guessed."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebieden.domein.thema import Thema
from gebieden.inlezen.velden import (
    Veldfout,
    parse_bedrag,
    parse_datum,
    parse_geheel,
    parse_getal,
    parse_ja_nee,
    parse_keuze,
    parse_lijst,
    parse_tekst,
    parse_titel,
)


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("31-12-2025", date(2025, 12, 31)),
        ("1-2-2025", date(2025, 2, 1)),
        ("01.02.2025", date(2025, 2, 1)),
        ("2025-02-01", date(2025, 2, 1)),
        (" 2025-2-1 ", date(2025, 2, 1)),
        ("1-2-2025 13:45", date(2025, 2, 1)),
        ("2025-02-01T23:59:59", date(2025, 2, 1)),
        ("2025-02-01 08:00:00", date(2025, 2, 1)),
        ("1995-05-15T22:00Z", date(1995, 5, 16)),
        ("1995-05-15 22:00:00+00", date(1995, 5, 16)),
        ("1995-05-15T21:59:59Z", date(1995, 5, 15)),
        ("2011-12-05T23:00:00Z", date(2011, 12, 6)),
        ("2026-08-08T07:26:07.228597123+00:00", date(2026, 8, 8)),
        ("2025-01-01T00:30:00+0500", date(2024, 12, 31)),
        ("31/12/2025", date(2025, 12, 31)),
        ("12/31/2025", date(2025, 12, 31)),
        ("05/05/2025", date(2025, 5, 5)),
        ("29-02-2024", date(2024, 2, 29)),
    ],
)
def test_datum_wordt_de_lokale_dag(tekst: str, verwacht: date) -> None:
    assert parse_datum(tekst) == verwacht


@pytest.mark.parametrize(
    ("tekst", "regelnaam"),
    [
        ("31-02-2025", "dag_bestaat_niet"),
        ("29-02-2025", "dag_bestaat_niet"),
        ("2025-02-30", "dag_bestaat_niet"),
        ("11-23-2023", "maand_bestaat_niet"),
        ("01/02/2025", "datum_dubbelzinnig"),
        ("11-23-23 13:42:59", "datum_zonder_eeuw"),
        ("1-2-25", "datum_zonder_eeuw"),
        ("45658", "datum_volgnummer"),
        ("2025", "geen_datum"),
        ("morgen", "geen_datum"),
        ("", "geen_datum"),
        ("2025-02-01T25:00", "geen_datum"),
        ("31-12-1899", "jaar_buiten_bereik"),
        ("01-01-2101", "jaar_buiten_bereik"),
        ("0001-01-01T00:00:00+14:00", "jaar_buiten_bereik"),
        ("9999-12-31T23:59:00-01:00", "jaar_buiten_bereik"),
    ],
)
def test_onzekere_of_onmogelijke_datum_wordt_geweigerd(tekst: str, regelnaam: str) -> None:
    with pytest.raises(Veldfout) as fout:
        parse_datum(tekst)
    assert fout.value.regelnaam == regelnaam
    assert fout.value.gevonden.startswith(tekst[:10])
    assert "31-12-2025" in fout.value.verwacht


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_elke_datum_komt_terug_in_elke_eenduidige_schrijfwijze(dag: date) -> None:
    assert parse_datum(dag.isoformat()) == dag
    assert parse_datum(f"{dag.day:02d}-{dag.month:02d}-{dag.year}") == dag
    assert parse_datum(f"{dag.day}-{dag.month}-{dag.year}") == dag


@given(st.integers(0, 4_000_000_000))
def test_utc_is_nooit_later_dan_de_lokale_dag_en_hoogstens_een_dag_eerder(seconden: int) -> None:
    moment = datetime.fromtimestamp(seconden, tz=UTC)
    lokaal = parse_datum(moment.isoformat())
    assert timedelta(0) <= lokaal - moment.date() <= timedelta(days=1)


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("€ 12.500", "12500"),
        ("1.234,56", "1234.56"),
        ("12,5", "12.5"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("1234.50", "1234.50"),
        ("12.5", "12.5"),
        ("1,234.50", "1234.50"),
        ("€ 750,-", "750"),
        ("1 250,00", "1250.00"),
        ("0", "0"),
        ("EUR 100", "100"),
    ],
)
def test_bedrag_in_nederlandse_schrijfwijze(tekst: str, verwacht: str) -> None:
    assert parse_bedrag(tekst) == Decimal(verwacht)


@pytest.mark.parametrize("tekst", ["12,500", "-5", "veel", "1.23.456", "1,2,3", "€", "PM", "1e3", "١٢", "12;5"])
def test_bedrag_dat_niet_zeker_is_wordt_geweigerd(tekst: str) -> None:
    with pytest.raises(Veldfout, match="geen bedrag"):
        parse_bedrag(tekst)


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_elk_bedrag_in_euro_met_punten_en_komma_komt_terug(euro: int, cent: int) -> None:
    tekst = f"€ {euro:,}".replace(",", ".") + f",{cent:02d}"
    assert parse_bedrag(tekst) == Decimal(euro) + Decimal(cent) / 100


@pytest.mark.parametrize(
    ("tekst", "vermoeden"),
    [("22-01-12", "22,1"), ("22-jan", "22,1"), ("2012-01-22", "22,1"), ("5-mrt-2024", "5,3"), ("1-2", "1,2")],
)
def test_datum_waar_een_getal_hoort_wordt_geweigerd_met_het_vermoede_getal(tekst: str, vermoeden: str) -> None:
    for parser in (parse_getal, parse_bedrag, parse_geheel):
        with pytest.raises(
            Veldfout, match=f"Excel heeft hier een datum van gemaakt; het was waarschijnlijk {vermoeden}"
        ):
            parser(tekst)


def test_getal_kent_geen_duizendtal() -> None:
    assert parse_getal("4.750") == 4.75
    assert parse_getal("52,6319") == 52.6319
    assert parse_getal("-0,5") == -0.5
    for fout in ("1.234,5", "nan", "inf", "", "1e5", "0x10"):
        with pytest.raises(Veldfout):
            parse_getal(fout)


def test_geheel_getal_heeft_grenzen() -> None:
    assert parse_geheel("361.0") == 361
    assert parse_geheel(" 3 ", minimum=1) == 3
    for fout in ("0", "-1", "1,5", "drie", ""):
        with pytest.raises(Veldfout):
            parse_geheel(fout, minimum=1)


@pytest.mark.parametrize("tekst", ["ja", "JA", " j ", "true", "1", "Waar", "Openbaar"])
def test_ja(tekst: str) -> None:
    assert parse_ja_nee(tekst) is True


@pytest.mark.parametrize("tekst", ["nee", "N", "False", "0", "onwaar", "intern", "niet-openbaar"])
def test_nee(tekst: str) -> None:
    assert parse_ja_nee(tekst) is False


def test_misschien_is_geen_ja_of_nee() -> None:
    with pytest.raises(Veldfout, match="geen ja of nee"):
        parse_ja_nee("misschien")


def test_keuze_negeert_hoofdletters_spaties_en_streepjes() -> None:
    for tekst in ("In uitvoering", "in_uitvoering", "IN-UITVOERING", " in  uitvoering "):
        assert parse_keuze(tekst, ["op_agenda", "in_uitvoering"]) == "in_uitvoering"


def test_onbekend_thema_noemt_het_dichtstbijzijnde() -> None:
    with pytest.raises(Veldfout, match="Bedoelt u 'sociaal'"):
        parse_keuze("sosiaal", Thema)
    with pytest.raises(Veldfout) as fout:
        parse_keuze("verkeer", Thema)
    assert "schoon, heel, veilig, sociaal, ondernemend" in fout.value.verwacht


def test_lijst_is_gescheiden_door_kommas_en_zonder_herhaling() -> None:
    assert parse_lijst("veilig, Schoon,,veilig , SCHOON") == ("veilig", "Schoon")
    assert parse_lijst("  ") == ()


def test_tekst_houdt_html_en_verliest_onzichtbare_tekens() -> None:
    assert parse_tekst("<b>Let op</b>\x00\x1b\u202e\r\nregel 2") == "<b>Let op</b>\nregel 2"
    assert parse_titel(" Bankje \n bij  de vijver ") == "Bankje bij de vijver"


def test_te_lange_titel_wordt_geweigerd_en_driehonderd_tekens_mag() -> None:
    assert len(parse_titel("a" * 300)) == 300
    with pytest.raises(Veldfout, match="301 tekens"):
        parse_titel("a" * 301)
