"""`analyse scan` on the command line: files in, JSON out, and every fault of a file in one answer."""

import json
from pathlib import Path

import pytest

from gebieden.__main__ import main

REFERENTIE = Path(__file__).parents[1] / "referentie"
GEBIEDEN = "id,x,y,pop\nA,0,0,100\nB,1000,0,200\nC,0,1000,300\n"
TELLINGEN = "id,t,count\n" + "".join(f"{code},{week},{week}\n" for code in "ABC" for week in (1, 2))


def run(map_: Path, gebieden: str | Path, tellingen: str | Path, *opties: str, soort: str = "ruimtelijk") -> int:
    paden = []
    for naam, inhoud in (("gebieden.csv", gebieden), ("tellingen.csv", tellingen)):
        paden.append(inhoud if isinstance(inhoud, Path) else map_ / naam)
        if isinstance(inhoud, str):
            (map_ / naam).write_text(inhoud)
    uit = ["--uitvoer", str(map_ / "uit.json")]
    return main(["analyse", "scan", *map(str, paden), "--soort", soort, *uit, *opties])


def test_the_outcome_has_the_keys_of_the_reference_and_the_same_bytes_twice(tmp_path):
    bronnen = REFERENTIE / "scan_own_areas.csv", REFERENTIE / "scan_own_counts.csv"
    verwacht = json.loads((REFERENTIE / "scan_expected.json").read_text())["own_st_prosp"]["clusters"]
    bytes_ = []
    for _ in range(2):
        assert run(tmp_path, *bronnen, "--prospectief", soort="ruimte-tijd") == 0
        bytes_.append((tmp_path / "uit.json").read_bytes())
    gevonden = json.loads(bytes_[0])["clusters"]
    assert bytes_[0] == bytes_[1]
    assert [list(c) for c in gevonden] == [list(c) for c in verwacht]
    assert [(c["ids"], c["time_frame"]) for c in gevonden] == [(c["ids"], c["time_frame"]) for c in verwacht]
    assert [c["llr"] for c in gevonden] == pytest.approx([c["llr"] for c in verwacht], abs=1e-6)


def test_the_permutation_scan_needs_no_population_and_starts_at_any_week(tmp_path):
    zonder = "\n".join(regel.rpartition(",")[0] for regel in GEBIEDEN.splitlines())
    assert run(tmp_path, zonder, TELLINGEN, soort="permutatie") == 0
    assert json.loads((tmp_path / "uit.json").read_text())["clusters"] == []


@pytest.mark.parametrize(
    ("gebieden", "tellingen", "meldingen"),
    [
        (GEBIEDEN.replace("pop", "volk"), TELLINGEN.replace("A,1,1", "A,1,-5"), ["kolom ontbreekt", "pop", "'-5'"]),
        (GEBIEDEN.replace("B,1000", "B,oost"), TELLINGEN, ["rij 3 van gebieden.csv", "kolom x", "'oost'"]),
        (GEBIEDEN.replace("C,", "A,"), TELLINGEN.replace("C,", "A,"), ["'A' staat er al", "week 1 van A staat er al"]),
        (GEBIEDEN.replace("300", "-3").replace("200", "9" * 400), TELLINGEN, ["'-3' kan hier niet", "'9999"]),
        (GEBIEDEN.replace("300", "0"), TELLINGEN, ["gebied C: pop is 0 en er zijn meldingen"]),
        (GEBIEDEN, TELLINGEN.replace("A,1,1", "A,1,-1"), ["rij 2 van tellingen.csv", "kolom count", "'-1'"]),
        (
            GEBIEDEN,
            TELLINGEN.replace("A,1,1", "A,1,1.5").replace("B,2,2", "B,2,veel").replace("C,1,1", "D,1,1"),
            ["'1.5'", "'veel'", "'D' is niet bekend", "gebied C: geen telling voor t 1"],
        ),
        (GEBIEDEN, TELLINGEN.replace("B,2,2\n", ""), ["gebied B: geen telling voor t 2"]),
        (GEBIEDEN, TELLINGEN.replace("C,2,2", "C,999999,2"), ["tot en met 999999 is te groot"]),
        (GEBIEDEN, "id,t,count\n", ["geen rijen"]),
        (GEBIEDEN, "", ["leeg"]),
    ],
)
def test_every_fault_of_a_file_is_said_in_dutch_and_nothing_is_written(
    tmp_path, capsys, gebieden, tellingen, meldingen
):
    assert run(tmp_path, gebieden, tellingen) == 2
    fout = capsys.readouterr().err
    assert [melding for melding in meldingen if melding not in fout] == []
    assert "Traceback" not in fout
    assert not (tmp_path / "uit.json").exists()


def test_letters_in_an_unknown_encoding_and_an_impossible_outcome_are_refused(tmp_path, capsys):
    raar = tmp_path / "raar.csv"
    raar.write_bytes("id,x,y,pop\né".encode() + "é\x81,0,0,1\n".encode("latin-1"))
    assert run(tmp_path, raar, TELLINGEN) == 2
    assert run(tmp_path, GEBIEDEN, TELLINGEN, "--prospectief") == 2
    assert run(tmp_path, GEBIEDEN, TELLINGEN, "--uitvoer", str(tmp_path / "weg" / "uit.json")) == 2
    assert run(tmp_path, GEBIEDEN, TELLINGEN, "--uitvoer", str(tmp_path / "tellingen.csv")) == 2
    fout = capsys.readouterr().err
    assert all(wat in fout for wat in ("UTF-8", "--prospectief kan niet", "bestaat niet", "is ook de invoer"))
    assert (tmp_path / "tellingen.csv").read_text() == TELLINGEN
