"""The reference cases of early warning, as arrays; `farrington_juist` is R glm, by `farrington_juist.R` beside it."""

from pathlib import Path

import numpy as np
import pandas as pd

REFERENTIE = Path(__file__).resolve().parents[1] / "referentie"


def load_reeksen() -> tuple[list[str], np.ndarray]:
    """Return the names and the (3, 416) counts."""
    tabel = pd.read_csv(REFERENTIE / "weekly_series.csv")
    namen = list(dict.fromkeys(tabel["series"]))
    return namen, np.array([tabel[tabel["series"] == naam]["observed"] for naam in namen])


def load_verwacht(bestand: str) -> pd.DataFrame:
    """Return the answers in a file."""
    return pd.read_csv(REFERENTIE / bestand)


def pick(tabel: pd.DataFrame, kolom: str, namen: list[str]) -> np.ndarray:
    """Return one column as (series, weeks)."""
    return np.array([tabel[tabel["series"] == naam][kolom] for naam in namen], dtype=float)
