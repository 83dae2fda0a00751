"""`analyse onderdruk`: a table in, what is hidden out, and every fault in a file said at once."""

import json
from pathlib import Path

import pytest

from gebieden.__main__ import main

DRIE = {"table": [[12, 3, 20], [2, 4, 9], [15, 8, 11]], "row_totals": [35, 15, 34], "col_totals": [29, 15, 40]}


def _run(map_: Path, inhoud: object, *keuzes: str) -> tuple[int, Path]:
    tabel, uit = map_ / "tabel.json", map_ / "uit.json"
    tabel.write_text(inhoud if isinstance(inhoud, str) else json.dumps(inhoud), encoding="utf-8")
    return main(["analyse", "onderdruk", str(tabel), "--uitvoer", str(uit), *keuzes]), uit


def test_the_reference_table_hides_one_number_besides(tmp_path: Path) -> None:
    status, uit = _run(tmp_path, DRIE, "--drempel", "5")
    assert status == 0
    assert json.loads(uit.read_text(encoding="utf-8")) == {
        "suppressed": [[0, 0], [0, 1], [1, 0], [1, 1]],
        "attack": [[0, 0, 8, 14], [0, 1, 1, 7], [1, 0, 0, 6], [1, 1, 0, 6]],
    }


def test_a_range_that_cannot_be_wider_is_said_and_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, uit = _run(tmp_path, {"table": [[3, 0]], "row_totals": [3]})
    assert status == 0
    assert json.loads(uit.read_text(encoding="utf-8"))["attack"] == [[0, 0, 0, 3], [0, 1, 0, 3]]
    assert "Rij 1, kolom 1 is uit te rekenen van 0 tot en met 3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("inhoud", "zinnen"),
    [
        ("", ["is leeg"]),
        ("[1", ["geen geldige JSON"]),
        ("[]", ["geen object"]),
        ({"row_totals": [1]}, ['"table" ontbreekt']),
        ({"table": [[1, 2]]}, ['"row_totals" ontbreekt']),
        (
            {"table": [[3, -1, 2.5], ["x", 4], [1, 2, True]], "row_totals": [4, 4], "col_totalen": [1]},
            ["is -1", "is 2.5", "Rij 2 van de tabel heeft 2", "is 'x'", "is True", "Verwacht: 3, voor", "col_totalen"],
        ),
        ({"table": [[3, 2], [9, 9]], "row_totals": [5, 19]}, ["is 19. Verwacht: 18, de som van rij 2"]),
        (DRIE | {"col_totals": [29, 15, 41]}, ["is 41. Verwacht: 40, de som van kolom 3"]),
        (DRIE | {"row_totals": "veel", "col_totals": [None, 11, 40]}, ['"row_totals" ontbreekt', "None"]),
        ({"table": [[10**9]], "row_totals": [10**9]}, ["1000000000"]),
    ],
)
def test_every_fault_is_said_in_dutch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], inhoud: object, zinnen: list[str]
) -> None:
    status, uit = _run(tmp_path, inhoud)
    fout = capsys.readouterr().err
    assert status == 2
    assert not uit.exists()
    assert [zin for zin in zinnen if zin not in fout] == []


def test_a_threshold_below_one_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as einde:
        _run(tmp_path, DRIE, "--drempel", "0")
    assert einde.value.code == 64
