"""Every package that the project needs, directly or in turn, is pinned and installed in that version."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PROJECT = Path(__file__).parents[2]
BESTANDEN = {
    "requirements.txt": [PROJECT / "requirements.txt"],
    "tests/requirements.txt": [PROJECT / "requirements.txt", PROJECT / "tests" / "requirements.txt"],
}


def normalize(naam: str) -> str:
    return re.sub(r"[-_.]+", "-", naam).lower()


def read_pins(paden: list[Path]) -> dict[str, str]:
    regels = [regel for pad in paden for regel in pad.read_text().splitlines() if regel and not regel.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9a-z.]*", regel) for regel in regels)
    return {normalize(naam): versie for naam, versie in (regel.split("==") for regel in regels)}


def collect_nodig(naam: str) -> set[str]:
    eisen = [Requirement(eis) for eis in distribution(naam).requires or ()]
    return {normalize(eis.name) for eis in eisen if eis.marker is None or eis.marker.evaluate({"extra": ""})}


@pytest.mark.parametrize("bestand", BESTANDEN)
def test_what_a_pinned_package_needs_is_pinned_too(bestand: str) -> None:
    pins = read_pins(BESTANDEN[bestand])
    ontbreekt = {naam: sorted(collect_nodig(naam) - pins.keys()) for naam in pins}
    assert {naam: wat for naam, wat in ontbreekt.items() if wat} == {}


def test_installed_versions_are_the_pinned_ones() -> None:
    pins = read_pins(BESTANDEN["tests/requirements.txt"])
    assert {naam: distribution(naam).version for naam in pins} == pins


def test_no_package_is_pinned_twice() -> None:
    regels = [r for pad in BESTANDEN["tests/requirements.txt"] for r in pad.read_text().splitlines() if "==" in r]
    namen = [normalize(regel.split("==")[0]) for regel in regels]
    assert sorted(namen) == sorted(set(namen))
