"""What an import may not bring (back) in: signals that are older than the term of their category."""

from dataclasses import replace
from datetime import date

import numpy as np
from sqlalchemy import Connection

from gebieden.inlezen.bevindingen import build_sjabloon
from gebieden.inlezen.signalen import Signaalblok, Signaallezer
from gebieden.inlezen.veldfout import Veldfout
from gebieden.opslag.bewaartermijn import load_bewaargrenzen

_VERLOPEN = Veldfout(
    "bewaartermijn",
    "",
    "",
    "een datum binnen de termijn die op de pagina Gegevens staat",
    "Laat de rij weg. Klopt de datum niet, verbeter hem dan in het bronsysteem.",
)
_WAT = "de datum ligt voor de bewaartermijn van deze categorie. Het signaal is gewist, of hoort dat te zijn."
_ALTIJD = -(2**40)


class Bewaarzeef:
    """Refuses the rows of one import that are too old on the day `op`."""

    def __init__(self, conn: Connection, op: date, lezer: Signaallezer) -> None:
        grenzen = load_bewaargrenzen(conn, op)
        self._grenzen: dict[str | None, int] = {n: (grens - date(1970, 1, 1)).days for n, grens in grenzen.items()}
        self._lezer = lezer

    def sift(self, blok: Signaalblok) -> Signaalblok:
        """Return the block without rows that are too old; each of those gets a finding."""
        if not self._grenzen:
            return blok
        grens = np.array([self._grenzen.get(naam, _ALTIJD) for naam in blok.categorieen], dtype=np.int64)
        verlopen = blok.dagen < grens[blok.categorie] if len(blok.regels) else np.zeros(0, dtype=bool)
        if not verlopen.any():
            return blok
        sjabloon = build_sjabloon(_VERLOPEN, "datum", self._lezer.lezer.naam, _WAT)
        self._lezer.bevindingen.add_rijen(sjabloon, blok.regels[verlopen])
        velden = ("regels", "ids", "dagen", "categorie", "bron", "gebied")
        return replace(blok, **{veld: getattr(blok, veld)[~verlopen] for veld in velden})
