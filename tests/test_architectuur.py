"""The house: which way the arrows point, and how large a room may be."""

import ast
import re
import sys
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
PAKKET = PROJECT / "gebieden"
MODULES = sorted(PAKKET.rglob("*.py"))
PAGINAS = sorted((PROJECT / "pages").glob("*.py"))
# Along the line of the data; a room may import from itself and from what stands in its row.
MAG = {
    "domein": set(),
    "inlezen": {"domein"},
    "analyse": {"domein"},
    "opslag": {"domein", "inlezen", "analyse"},
    "kaart": {"domein", "analyse"},
    "rapport": {"domein", "analyse", "opslag"},
    "demo": {"domein", "inlezen", "analyse", "opslag"},
    "ui": {"domein", "inlezen", "analyse", "opslag", "kaart", "rapport", "demo"},
}
VERBODEN_NAMEN = re.compile(r"utils?|helpers?|common|manager|service|misc")
EIGEN_ADRESSEN = re.compile(r"https?://(?:[\w.-]+\.)?(?:pdok\.nl|cbs\.nl|kadaster\.nl|localhost|127\.0\.0\.1)\b")
# Names of formats, not addresses that anything fetches.
NAMEN_VAN_FORMATEN = re.compile(
    r"https?://(?:www\.)?(?:w3\.org|opengis\.net|schemas\.|json-schema\.org|leafletjs\.com)"
)


def _name(pad: Path) -> str:
    return pad.relative_to(PROJECT).as_posix()


@cache
def _parse(pad: Path) -> ast.Module:
    return ast.parse(pad.read_text(encoding="utf-8"))


def _collect_imports(pad: Path) -> set[str]:
    """Return the full names of the modules that a file imports, anywhere in it."""
    gevonden = set()
    for knoop in ast.walk(_parse(pad)):
        if isinstance(knoop, ast.Import):
            gevonden |= {naam.name for naam in knoop.names}
        elif isinstance(knoop, ast.ImportFrom):
            assert knoop.level == 0, f"{_name(pad)}: relatieve import"
            gevonden |= {knoop.module or "", *(f"{knoop.module}.{naam.name}" for naam in knoop.names)}
    return gevonden


def _get_kamer(pad: Path) -> str:
    return pad.parent.name if pad.parent.parent == PAKKET else ""


def _get_derden(pad: Path) -> set[str]:
    return {naam.partition(".")[0] for naam in _collect_imports(pad)} - {"gebieden"} - sys.stdlib_module_names


@pytest.mark.parametrize("pad", [m for m in MODULES if _get_kamer(m)], ids=_name)
def test_imports_point_one_way(pad):
    kamer = _get_kamer(pad)
    eigen = {naam.split(".")[1] for naam in _collect_imports(pad) if naam.startswith("gebieden.")}
    kamers = {naam for naam in eigen if (PAKKET / naam).is_dir()}
    assert kamers <= MAG[kamer] | {kamer}


@pytest.mark.parametrize("pad", sorted((PAKKET / "domein").glob("*.py")), ids=_name)
def test_the_domain_knows_nothing_but_python_and_itself(pad):
    assert _get_derden(pad) == set()
    assert not {n for n in _collect_imports(pad) if n.startswith("gebieden.") and not n.startswith("gebieden.domein")}
    assert not {"os", "pathlib", "io", "sqlite3", "urllib"} & {n.partition(".")[0] for n in _collect_imports(pad)}


@pytest.mark.parametrize("pad", [m for m in MODULES if _get_kamer(m) in {"domein", "analyse"}], ids=_name)
def test_no_rule_looks_at_the_clock(pad):
    klokken = {"today", "now", "utcnow", "time", "monotonic", "localtime", "gmtime"}
    aanroepen = {
        knoop.func.attr
        for knoop in ast.walk(_parse(pad))
        if isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Attribute)
    }
    assert not aanroepen & klokken


@pytest.mark.parametrize("pad", MODULES, ids=_name)
def test_streamlit_lives_in_the_screens_only(pad):
    if _get_kamer(pad) != "ui":
        assert not {naam for naam in _get_derden(pad) if naam.startswith("streamlit")}


@pytest.mark.parametrize("pad", [*MODULES, *PAGINAS, PROJECT / "app.py"], ids=_name)
def test_folium_lives_in_the_map_only(pad):
    if _get_kamer(pad) != "kaart" and pad != PAKKET / "ui" / "kaartvenster.py":
        assert not _get_derden(pad) & {"folium", "branca", "streamlit_folium", "xyzservices"}


@pytest.mark.parametrize("pad", MODULES, ids=_name)
def test_a_module_fits_on_a_few_screens(pad):
    assert len(pad.read_text(encoding="utf-8").splitlines()) <= 250


@pytest.mark.parametrize("pad", PAGINAS, ids=_name)
def test_a_page_is_a_thin_script(pad):
    assert len(pad.read_text(encoding="utf-8").splitlines()) <= 80


@pytest.mark.parametrize("pad", [*MODULES, *PAGINAS], ids=_name)
def test_nothing_has_a_name_that_says_nothing(pad):
    assert not VERBODEN_NAMEN.fullmatch(pad.stem)
    assert not VERBODEN_NAMEN.fullmatch(pad.parent.name)


@pytest.mark.parametrize("pad", [*MODULES, *PAGINAS, PROJECT / "app.py"], ids=_name)
def test_nothing_is_silenced(pad):
    tekst = pad.read_text(encoding="utf-8")
    assert not re.search(r"#\s*(noqa|type:\s*ignore)|except\s*:|except\s+(Base)?Exception\b|filterwarnings", tekst)


@pytest.mark.parametrize("pad", sorted((PROJECT / "tests").rglob("*.py")), ids=_name)
def test_no_test_is_left_out(pad):
    genoemd = {
        knoop.attr if isinstance(knoop, ast.Attribute) else knoop.id
        for knoop in ast.walk(_parse(pad))
        if isinstance(knoop, ast.Attribute | ast.Name)
    }
    assert not genoemd & {"skip", "skipif", "xfail", "importorskip"}


def _list_bestanden() -> list[Path]:
    eigen = [*MODULES, *PAGINAS, PROJECT / "app.py", *(PROJECT / ".streamlit").glob("*.toml")]
    return eigen + [
        p for p in (PROJECT / "static").rglob("*") if p.suffix in {".js", ".css", ".html"} and "vendor" not in p.parts
    ]


@pytest.mark.parametrize("pad", _list_bestanden(), ids=_name)
def test_no_third_party_is_ever_asked_for_anything(pad):
    adressen = re.findall(r"""https?://\w[^\s"'<>)]+""", pad.read_text(encoding="utf-8"))
    assert [a for a in adressen if not (EIGEN_ADRESSEN.match(a) or NAMEN_VAN_FORMATEN.match(a))] == []
