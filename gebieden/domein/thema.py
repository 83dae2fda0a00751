"""De vijf thema's van gebiedsgericht samenwerken (002)."""

from enum import StrEnum


class Thema(StrEnum):
    """One of the five themes, in the municipality's own order."""

    SCHOON = "schoon"
    HEEL = "heel"
    VEILIG = "veilig"
    SOCIAAL = "sociaal"
    ONDERNEMEND = "ondernemend"
