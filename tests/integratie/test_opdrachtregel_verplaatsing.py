"""`analyse wdd` and `analyse wdq`: the published answers, what is hidden, and every fault of a file in one go."""

import json
from pathlib import Path

import pytest

from tests.integratie.opdrachtregel import build_opdracht

REFERENTIE = Path(__file__).parents[1] / "referentie"


@pytest.fixture
def opdracht(tmp_path):
    return build_opdracht(tmp_path / "geen.sqlite")


@pytest.mark.parametrize("methode", ["wdd", "wdq"])
def test_the_answers_equal_the_reference(opdracht, tmp_path, methode):
    bron = REFERENTIE / f"{methode}_cases.json"
    assert opdracht("analyse", methode, bron, "--uitvoer", tmp_path / "uit.json").status == 0
    antwoorden = json.loads((tmp_path / "uit.json").read_text(encoding="utf-8"))["cases"]
    gevallen = json.loads(bron.read_text(encoding="utf-8"))["cases"]
    assert [a["id"] for a in antwoorden] == [g["id"] for g in gevallen]
    for geval, antwoord in zip(gevallen, antwoorden, strict=True):
        assert antwoord.keys() == {"id", *geval["expected"]}
        for sleutel, waarde in geval["expected"].items():
            ook_goed = waarde if isinstance(waarde, str) else pytest.approx(waarde, rel=1e-9, abs=1e-9)
            assert antwoord[sleutel] == ook_goed, (geval["id"], sleutel)


def _run(opdracht, tmp_path, methode, inhoud):
    bron = tmp_path / "in.json"
    bron.write_bytes(inhoud if isinstance(inhoud, bytes) else json.dumps(inhoud).encode())
    uitkomst = opdracht("analyse", methode, bron, "--uitvoer", tmp_path / "uit.json")
    uit = tmp_path / "uit.json"
    return uitkomst, json.loads(uit.read_text(encoding="utf-8"))["cases"] if uit.exists() else None


def test_the_quotient_is_hidden_unless_the_target_did_better(opdracht, tmp_path):
    basis = {"Rb": 10, "Db": 5, "Da": 9, "Cb": 100, "Ca": 100}
    gevallen = [{"id": f"Ra {ra}", "input": {**basis, "Ra": ra}} for ra in (9, 10, 20)]
    _, antwoorden = _run(opdracht, tmp_path, "wdq", {"cases": gevallen})
    assert [a["WDQ"] for a in antwoorden] == [-4.0, None, None]
    assert [a["WDQ_fraction"] for a in antwoorden] == ["-4", None, None]
    assert antwoorden[2]["success"] == 0.1


def test_every_fault_is_named_and_nothing_is_written(opdracht, tmp_path):
    gevallen = [
        {"id": "a", "input": {"control": [1, -2], "treated": [1.5, "x"], "disp_control": [1, 2], "foo": 3}},
        {"id": "a", "input": {"control": [1], "alpha": 1}, "expected": {"Zz": 1}},
        5,
        {"id": "\ud800", "input": 3},
    ]
    uitkomst, antwoorden = _run(opdracht, tmp_path, "wdd", {"cases": gevallen})
    assert (uitkomst.status, antwoorden) == (2, None)
    for stuk in ("gevonden -2", "gevonden 1.5", 'gevonden "x"', '"disp_control" alleen', '"foo" is onbekend'):
        assert 'Geval 1 ("a")' in uitkomst.fout
        assert stuk in uitkomst.fout
    for stuk in ('"treated" ontbreekt', "een lijst van 2", '"alpha"', '"Zz"', "Geval 3 is 5", "Geval 4", "twee keer"):
        assert stuk in uitkomst.fout
    assert "Traceback" not in uitkomst.fout


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        (b"", "leeg"),
        (b"{", "geen geldige JSON"),
        (b"\xff\xfe", "geen UTF-8"),
        (b"[" * 100_000, "te diep"),
        (b'{"cases": []}', "geen lijst met gevallen"),
        (b'{"cases": [{"id": "a", "input": {"control": [NaN, 1], "treated": [1, 1e400]}}]}', "gevonden Infinity"),
        (b'{"cases": [{"id": "a", "id": "b", "input": {"control": [1, 1], "treated": [1, 1]}}]}', "meer dan"),
    ],
    ids=["leeg", "stuk", "codering", "diep", "zonder", "oneindig", "dubbel"],
)
def test_a_file_that_is_no_list_of_cases_is_refused_in_dutch(opdracht, tmp_path, inhoud, melding):
    uitkomst, antwoorden = _run(opdracht, tmp_path, "wdd", inhoud)
    assert (uitkomst.status, antwoorden) == (2, None)
    assert melding in uitkomst.fout


def test_the_input_is_never_overwritten(opdracht, tmp_path):
    bron = tmp_path / "in.json"
    bron.write_bytes((REFERENTIE / "wdd_cases.json").read_bytes())
    assert opdracht("analyse", "wdd", bron, "--uitvoer", bron).status == 2
    assert bron.read_bytes() == (REFERENTIE / "wdd_cases.json").read_bytes()
