"""Which areas lie beside each other, also where a border was sketched and does not match to the centimetre."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import shapely

SPLEET_M: Final = 5.0
"""Areas no further apart than this touch: borders from different sources leave slivers between them."""


def find_nabijen(vormen: Mapping[str, shapely.Geometry], spleet_m: float = SPLEET_M) -> dict[str, frozenset[str]]:
    """Return per area (code) the codes of its queen neighbours: one shared point is enough, or a gap up to `spleet_m`.

    Geometries in metres (EPSG:28992). No area is its own neighbour.
    """
    codes = list(vormen)
    vlakken = np.array(list(vormen.values()), dtype=object)
    paren = shapely.STRtree(vlakken).query(vlakken, predicate="dwithin", distance=spleet_m).T.tolist() if codes else []
    buren: dict[str, set[str]] = {code: set() for code in codes}
    for een, ander in paren:
        if een != ander:
            buren[codes[een]].add(codes[ander])
    return {code: frozenset(namen) for code, namen in buren.items()}
