"""The outcome of a scan as a file: the keys SaTScan's answers have in our reference cases, and how it was made."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from gebieden.analyse.clusterzoeker import Cluster


def render_scan(
    clusters: Sequence[Cluster], weken: Sequence[int], *, is_ruimtelijk: bool, verantwoording: Mapping[str, Any]
) -> bytes:
    """Return the clusters as JSON: the same input gives the same bytes. `weken` names the weeks that were counted."""
    lijst = [_compose_cluster(cluster, weken, is_ruimtelijk) for cluster in clusters]
    gegevens = {**verantwoording, "clusters": lijst}
    return (json.dumps(gegevens, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _compose_cluster(cluster: Cluster, weken: Sequence[int], is_ruimtelijk: bool) -> dict[str, Any]:
    eerste, laatste = (weken[nummer] for nummer in cluster.venster)
    return {
        "ids": list(cluster.leden),
        "time_frame": None if is_ruimtelijk else f"{eerste} to {laatste}",
        "cases": cluster.waargenomen,
        "expected": cluster.verwacht,
        "rel_risk": cluster.relatief,
        "llr": cluster.llr,
        "p": cluster.p,
        "recurrence": cluster.herhaling,
    }
