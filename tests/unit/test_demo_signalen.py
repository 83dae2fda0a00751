"""The invented signals: exactly what the maker makes, equal for everybody, and nothing to find but what was planted."""

import math
from collections import Counter
from datetime import date, timedelta

import pytest

from gebieden.demo.grenzen import Gebiedscode, read_codes, read_rijen
from gebieden.demo.signalen import (
    BEDRIJVENGEBIEDEN,
    BESTAND_SIGNALEN,
    CATEGORIEEN,
    UITBRAKEN,
    determine_jaarverwachting,
    determine_seizoen,
    list_weken,
    make_signalen,
    read_peildatum,
)
from gebieden.domein.codes import determine_ouder
from gebieden.instellingen import DATA

SIGNALEN = read_rijen(BESTAND_SIGNALEN)
BUURTEN = {gebied.code: gebied for gebied in read_codes() if gebied.niveau == "buurt"}
WOONBUURTEN = {code: buurt for code, buurt in BUURTEN.items() if code not in BEDRIJVENGEBIEDEN}
PER_BUURT = Counter(rij["gebied"] for rij in SIGNALEN)
GEPLANT = Counter[str]()
for _uitbraak in UITBRAKEN:
    GEPLANT[_uitbraak.buurt] += _uitbraak.aantal
JAREN = 261 * 7 / 365.25


def get_maandag(rij):
    datum = date.fromisoformat(rij["datum"])
    return datum - timedelta(days=datum.weekday())


def determine_overschrijdingskans(aantal, verwacht):
    """Return P(Poisson(verwacht) >= aantal)."""
    kans_kleiner = sum(math.exp(-verwacht) * verwacht**k / math.factorial(k) for k in range(aantal))
    return 1 - kans_kleiner


def list_vensters(weken, breedte=4):
    """Yield (buurt, category, last Monday, signals, expected) of every window of `breedte` weeks with signals."""
    per_week = Counter((rij["gebied"], rij["categorie"], get_maandag(rij)) for rij in SIGNALEN)
    for categorie in CATEGORIEEN:
        seizoen = [categorie.aandeel * determine_seizoen(categorie, week) for week in weken]
        for code, buurt in BUURTEN.items():
            verwacht_per_week = determine_jaarverwachting(buurt) * 7 / 365.25
            aantallen = [per_week[code, categorie.naam, week] for week in weken]
            for eind in range(breedte, len(weken) + 1):
                if aantal := sum(aantallen[eind - breedte : eind]):
                    verwacht = verwacht_per_week * sum(seizoen[eind - breedte : eind])
                    yield code, categorie.naam, weken[eind - 1], aantal, verwacht


def test_the_committed_signals_are_what_the_maker_makes():
    assert BESTAND_SIGNALEN.read_text(encoding="utf-8") == make_signalen()


def test_the_peildatum_is_a_fixed_monday():
    assert read_peildatum() == date(2026, 11, 16)
    assert read_peildatum().weekday() == 0


def test_five_whole_years_of_weeks_end_on_the_day_before_the_peildatum():
    weken = list_weken(read_peildatum())
    assert (weken[0], weken[-1], len(weken)) == (date(2021, 11, 15), date(2026, 11, 9), 261)
    assert {get_maandag(rij) for rij in SIGNALEN} == set(weken)
    assert min(rij["datum"] for rij in SIGNALEN) >= "2021-11-15"
    assert max(rij["datum"] for rij in SIGNALEN) == "2026-11-15"


def test_a_year_has_about_six_thousand_signals_in_a_small_file():
    per_jaar = Counter(rij["datum"][:4] for rij in SIGNALEN)
    assert all(5_700 <= per_jaar[jaar] <= 6_300 for jaar in ("2022", "2023", "2024", "2025"))
    assert BESTAND_SIGNALEN.stat().st_size <= 1_600_000


def test_ids_are_unique_and_in_order_of_date():
    assert [int(rij["id"]) for rij in SIGNALEN] == list(range(10001, 10001 + len(SIGNALEN)))
    assert [rij["datum"] for rij in SIGNALEN] == sorted(rij["datum"] for rij in SIGNALEN)


def test_signals_fall_in_known_buurten_categories_and_sources():
    assert set(PER_BUURT) <= set(BUURTEN)
    assert {rij["categorie"] for rij in SIGNALEN} == {categorie.naam for categorie in CATEGORIEEN}
    assert {rij["bron"] for rij in SIGNALEN} == {"bewoner", "wijkteam", "politie", "handhaving", "ondernemer"}


def test_the_shares_of_the_categories_add_up_to_one():
    assert math.isclose(sum(categorie.aandeel for categorie in CATEGORIEEN), 1)


@pytest.mark.parametrize(
    ("code", "inwoners", "hectare", "per_jaar"),
    # Worked by hand: 2,180 × 0.045 = 98.1; 36 × 1.4 = 50.4 (its 890 inhabitants do not count); unknown counts as none.
    [("BU03610100", 2180, 33, 98.1), ("BU03610803", 890, 36, 50.4), ("BU03610999", None, 50, 0.0)],
)
def test_the_expectation_counts_inhabitants_or_in_business_areas_hectares(code, inwoners, hectare, per_jaar):
    gebied = Gebiedscode(code, "buurt", "x", None, inwoners, hectare)
    assert determine_jaarverwachting(gebied) == pytest.approx(per_jaar)


def test_residential_buurten_have_equal_rates_per_inhabitant():
    inwoners = sum(buurt.inwoners for buurt in WOONBUURTEN.values())
    totaal = sum(PER_BUURT[code] for code in WOONBUURTEN)
    verwacht = {code: totaal * buurt.inwoners / inwoners for code, buurt in WOONBUURTEN.items()}
    chi_kwadraat = sum((PER_BUURT[code] - verwacht[code]) ** 2 / verwacht[code] for code in WOONBUURTEN)
    # 62 buurten leave 61 degrees of freedom; 80 is the 95 % point of chance alone.
    assert chi_kwadraat < 80
    assert totaal / inwoners / JAREN == pytest.approx(0.045, rel=0.02)


def test_no_wijk_has_more_signals_per_inhabitant_than_another():
    per_wijk: dict[str, list[int]] = {}
    for code, buurt in WOONBUURTEN.items():
        telling = per_wijk.setdefault(determine_ouder(code), [0, 0])
        telling[0] += PER_BUURT[code]
        telling[1] += buurt.inwoners
    per_duizend = {wijk: 1000 * aantal / inwoners / JAREN for wijk, (aantal, inwoners) in per_wijk.items()}
    assert len(per_duizend) == 11
    assert all(43 < waarde < 47 for waarde in per_duizend.values()), per_duizend


def test_business_areas_have_equal_rates_per_hectare_apart_from_the_outbreaks():
    per_hectare = {c: (PER_BUURT[c] - GEPLANT[c]) / BUURTEN[c].oppervlakte_ha / JAREN for c in BEDRIJVENGEBIEDEN}
    assert all(waarde == pytest.approx(1.4, rel=0.1) for waarde in per_hectare.values()), per_hectare


def test_categories_fall_alike_in_residential_and_business_areas():
    for groep in (set(WOONBUURTEN), BEDRIJVENGEBIEDEN):
        telling = Counter(rij["categorie"] for rij in SIGNALEN if rij["gebied"] in groep)
        for categorie in CATEGORIEEN:
            assert telling[categorie.naam] / telling.total() == pytest.approx(categorie.aandeel, abs=0.02)


def test_there_is_a_season():
    geluid = Counter(rij["datum"][5:7] for rij in SIGNALEN if rij["categorie"] == "geluidsoverlast")
    zomer, winter = sum(geluid[m] for m in ("06", "07", "08")), sum(geluid[m] for m in ("12", "01", "02"))
    # From 1 + 0.45 cos: about 1.40 in the middle of summer against 0.60 in winter.
    assert 1.8 < zomer / winter < 2.8


def test_outbreaks_are_planted_in_business_areas_only():
    assert {uitbraak.buurt for uitbraak in UITBRAKEN} <= BEDRIJVENGEBIEDEN
    assert all(uitbraak.begin.weekday() == 0 for uitbraak in UITBRAKEN)
    assert all(uitbraak.begin + timedelta(weeks=uitbraak.weken) <= read_peildatum() for uitbraak in UITBRAKEN)


def test_planted_outbreaks_stand_out_and_chance_makes_nothing_like_them():
    kleinste_kans: dict[tuple[str, str], float] = {}
    for code, categorie, _, aantal, verwacht in list_vensters(list_weken(read_peildatum())):
        if aantal > verwacht:
            kans = determine_overschrijdingskans(aantal, verwacht)
            kleinste_kans[code, categorie] = min(kans, kleinste_kans.get((code, categorie), 1.0))
    geplant = {(uitbraak.buurt, uitbraak.categorie) for uitbraak in UITBRAKEN}
    assert max(kleinste_kans[plek] for plek in geplant) < 1e-5
    assert min(kans for plek, kans in kleinste_kans.items() if plek not in geplant) > 1e-3


def test_two_outbreaks_are_going_on_at_the_peildatum():
    laatste = list_weken(read_peildatum())[-1]
    lopend = {
        (code, categorie)
        for code, categorie, week, aantal, verwacht in list_vensters(list_weken(read_peildatum()))
        if week == laatste and aantal > verwacht and determine_overschrijdingskans(aantal, verwacht) < 1e-5
    }
    assert lopend == {("BU03610803", "jeugdoverlast"), ("BU03610209", "vernieling")}


def test_the_planted_outbreaks_are_listed_in_the_leesmij():
    regels = (DATA / "LEESMIJ.md").read_text(encoding="utf-8").splitlines()
    for uitbraak in UITBRAKEN:
        regel = next(r for r in regels if r.startswith(f"| {uitbraak.buurt}") and f"| {uitbraak.categorie} |" in r)
        assert regel.endswith(f"| {uitbraak.aantal} |")
        assert f"| {uitbraak.begin.day} " in regel
