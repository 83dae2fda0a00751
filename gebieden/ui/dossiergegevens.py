"""What the pages read of what is kept beside the points; never cached, so that what was written is there at once."""

from collections.abc import Collection
from datetime import date

from gebieden.domein.rechten import Kijker
from gebieden.domein.veldregels import V
from gebieden.opslag.dossierlezen import Datumwijziging, Stuk, load_datumwijzigingen, load_stukken
from gebieden.opslag.dossierwerk import Dossiersoort
from gebieden.ui.gegevens import open_engine


def load_stukken_van(
    soort: Dossiersoort[V], kijker: Kijker, peildatum: date, bij: Collection[str] | None = None
) -> list[Stuk[V]]:
    """Return what of this kind this viewer may see, as `load_stukken` does."""
    with open_engine().connect() as conn:
        return load_stukken(conn, soort, kijker, peildatum, bij)


def load_datumwijzigingen_van(
    soort: Dossiersoort[V], veld: str, nummers: Collection[int]
) -> dict[int, list[Datumwijziging]]:
    """Return per number every time that a date of it was changed and that still holds, oldest first."""
    with open_engine().connect() as conn:
        return load_datumwijzigingen(conn, soort, veld, nummers)
