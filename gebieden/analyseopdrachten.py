"""`python -m gebieden analyse …`: the methods for an analyst, without the screen; each method adds its own parser."""

import argparse
from collections.abc import Callable
from typing import Any

from gebieden.vroegopdrachten import add_ears, add_farrington

# Each entry gets the sub-parsers of `analyse` and adds one command (with `set_defaults(voer_uit=…)`).
METHODEN: tuple[Callable[["argparse._SubParsersAction[Any]"], None], ...] = (
    add_farrington,
    add_ears,
)
