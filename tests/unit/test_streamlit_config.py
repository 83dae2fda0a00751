"""The settings that keep visitors' data here, and colours that everybody can read."""

import tomllib
from pathlib import Path

import pytest

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())


def to_lichtheid(kleur: tuple[float, ...]) -> float:
    """Return the relative luminance of WCAG 2.2 of an RGB colour (0–255)."""
    lineair = [k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in (deel / 255 for deel in kleur)]
    return 0.2126 * lineair[0] + 0.7152 * lineair[1] + 0.0722 * lineair[2]


def determine_contrast(voor: tuple[float, ...], achter: tuple[float, ...]) -> float:
    donker, licht = sorted((to_lichtheid(voor), to_lichtheid(achter)))
    return (licht + 0.05) / (donker + 0.05)


def read_kleur(code: str) -> tuple[float, ...]:
    return tuple(bytes.fromhex(code.removeprefix("#")))


def test_contrast_of_black_on_white_is_21() -> None:
    assert determine_contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


@pytest.mark.parametrize("thema", ["light", "dark"])
@pytest.mark.parametrize("achtergrond", ["backgroundColor", "secondaryBackgroundColor"])
@pytest.mark.parametrize("tekst", ["textColor", "linkColor", "primaryColor"])
def test_text_is_readable_on_both_backgrounds(thema: str, achtergrond: str, tekst: str) -> None:
    kleuren = CONFIG["theme"][thema]
    assert determine_contrast(read_kleur(kleuren[tekst]), read_kleur(kleuren[achtergrond])) >= 4.5


@pytest.mark.parametrize("thema", ["light", "dark"])
@pytest.mark.parametrize("achtergrond", ["backgroundColor", "secondaryBackgroundColor"])
def test_captions_at_sixty_percent_are_readable(thema: str, achtergrond: str) -> None:
    kleuren = CONFIG["theme"][thema]
    voor, achter = read_kleur(kleuren["textColor"]), read_kleur(kleuren[achtergrond])
    bijschrift = tuple(0.6 * v + 0.4 * a for v, a in zip(voor, achter, strict=True))
    assert determine_contrast(bijschrift, achter) >= 4.5


def test_nothing_is_sent_to_others_and_no_detail_of_an_error_is_shown() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["showErrorLinks"] is False
    assert CONFIG["client"]["disableDataExport"] is True
    assert CONFIG["server"]["address"] == "localhost"
    assert "://" not in CONFIG["theme"]["font"] + CONFIG["theme"]["headingFont"]
