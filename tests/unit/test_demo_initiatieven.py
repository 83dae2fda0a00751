"""The invented initiatives and berichten: possible dates, possible money, and consistent with the points."""

import re
from collections import Counter
from decimal import Decimal

from demoset import BERICHTEN, BOOM, INITIATIEVEN, PEILDATUM, PUNTEN, RIJEN, get_datums

from gebieden.domein.initiatief import Initiatiefstaat


def test_every_bericht_is_about_something_that_exists():
    bekend = {"agendapunt": {r["id"] for r in PUNTEN}, "initiatief": {r["id"] for r in INITIATIEVEN}}
    assert all(rij["id"] in bekend[rij["soort"]] for rij in BERICHTEN)
    assert all(len(rij["tekst"]) > 10 for rij in BERICHTEN)
    assert len({(r["soort"], r["id"], r["datum"], r["tekst"]) for r in BERICHTEN}) == len(BERICHTEN)


def test_bijgewerkt_op_is_the_last_bericht_or_a_later_transition():
    laatste: dict[str, str] = {}
    for rij in BERICHTEN:
        if rij["soort"] == "agendapunt":
            laatste[rij["id"]] = max(rij["datum"], laatste.get(rij["id"], ""))
    verschil = [rij["id"] for rij in PUNTEN if rij["bijgewerkt_op"] != laatste[rij["id"]]]
    assert all(rij["bijgewerkt_op"] >= laatste[rij["id"]] for rij in PUNTEN)
    assert 5 <= len(verschil) <= 15


def test_some_points_and_berichten_are_not_public():
    assert sum(rij["openbaar"] == "nee" for rij in PUNTEN) == 8
    intern = [rij for rij in BERICHTEN if rij["openbaar"] == "nee"]
    assert len(intern) == 25
    assert all(rij["openbaar"] == "nee" for rij in BERICHTEN if rij["tekst"].startswith("Intern:"))
    assert {rij["openbaar"] for rij in [*RIJEN, *BERICHTEN, *INITIATIEVEN]} == {"ja", "nee"}


def test_initiatives_are_spread_over_the_wijken():
    per_wijk = Counter(
        wijk.code for rij in INITIATIEVEN for wijk in BOOM.filter_niveau("wijk") if BOOM.bevat(wijk.code, rij["gebied"])
    )
    assert all(4 <= per_wijk[wijk.code] <= 7 for wijk in BOOM.filter_niveau("wijk"))


def test_money_and_dates_of_an_initiative_fit_its_state():
    besloten = set(list(Initiatiefstaat)[8:13]) | {Initiatiefstaat.BEZWAAR}
    for rij in INITIATIEVEN:
        assert re.fullmatch(r"\d+,\d\d", rij["aangevraagd"])
        assert (rij["staat"] == Initiatiefstaat.CONCEPT) == (not rij["ingediend_op"]), rij["titel"]
        assert (rij["staat"] in besloten) == bool(rij["besluit_op"]) == bool(rij["toegekend"]), rij["titel"]
        datums = get_datums(rij, "ingediend_op", "besluit_op")
        assert datums == sorted(datums) and all(datum <= PEILDATUM for datum in datums)
        if rij["toegekend"]:
            gevraagd, toegekend = (Decimal(rij[k].replace(",", ".")) for k in ("aangevraagd", "toegekend"))
            assert 0 <= toegekend <= gevraagd <= 5000


def test_berichten_on_an_initiative_come_after_it_was_submitted():
    ingediend = {rij["id"]: rij["ingediend_op"] for rij in INITIATIEVEN}
    for rij in BERICHTEN:
        if rij["soort"] == "initiatief":
            assert ingediend[rij["id"]] and ingediend[rij["id"]] <= rij["datum"]
