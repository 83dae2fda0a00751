"""Where the real files are; without that folder the tests that need them are not collected."""

import os
from pathlib import Path

import pytest

VOORBEELDDATA = Path(
    os.environ.get("GEBIEDEN_VOORBEELDDATA") or Path(__file__).resolve().parents[2].parent / "shared" / "data"
)

collect_ignore = [] if VOORBEELDDATA.is_dir() else ["test_echte_bestanden.py", "test_echte_signalen.py"]


@pytest.fixture
def voorbeelddata() -> Path:
    """Return the folder with real files."""
    return VOORBEELDDATA
