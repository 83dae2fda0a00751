"""Single signals: for oov in its own areas, and for nobody else."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, and_, select

from gebieden.domein.beoordeling import Beoordeling
from gebieden.domein.fouten import RechtenError
from gebieden.domein.gebied import Gebiedsboom
from gebieden.domein.rechten import Kijker, Rol
from gebieden.domein.signaal import Signaalstaat
from gebieden.opslag import tabellen
from gebieden.opslag.dossierlezen import Stuk
from gebieden.opslag.dossierwaarden import read_velden

_NUL = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Signaalregel:
    """One signal, with what was said of it if anything was."""

    id: str
    datum: date
    categorie: str
    bron: str
    gebied: str
    beoordeling: Stuk[Beoordeling] | None

    @property
    def staat(self) -> Signaalstaat:
        """Its state: binnengekomen as long as nobody said anything."""
        return self.beoordeling.velden.staat if self.beoordeling else Signaalstaat.BINNENGEKOMEN


def load_signalen(
    conn: Connection, kijker: Kijker, boom: Gebiedsboom, vanaf: date, tot: date, *, zaak: int | None = None
) -> list[Signaalregel]:
    """Return the signals of these days (`tot` not included) in this person's own areas, newest first.

    `zaak` narrows it to those of a matter. Raise RechtenError for anybody but oov.
    """
    if kijker.rol is not Rol.OOV:
        raise RechtenError("Losse signalen zijn alleen voor de rol oov, in het eigen gebied.")
    s, oordeel = tabellen.signaal, tabellen.beoordeling
    namen = [tabellen.signaalcategorie, tabellen.signaalbron, tabellen.signaalgebied]
    categorie, bron, gebied = namen
    nummers = {r.nummer: r.naam for r in conn.execute(select(gebied)) if kijker.is_eigen(r.naam, boom)}
    vraag = (
        select(s.c.id, s.c.dag, s.c.gebied.label("plaats"), categorie.c.naam, bron.c.naam.label("van"), oordeel)
        .join(categorie, categorie.c.nummer == s.c.categorie)
        .join(bron, bron.c.nummer == s.c.bron)
        .outerjoin(oordeel, and_(oordeel.c.signaal == s.c.id, ~oordeel.c.ingetrokken))
        .where(s.c.dag >= (vanaf - _NUL).days, s.c.dag < (tot - _NUL).days)
    )
    if zaak is not None:
        # Those few by their id first: otherwise every signal there ever was is gone through.
        erbij = oordeel.alias()
        vraag = vraag.where(oordeel.c.zaak == zaak, s.c.id.in_(select(erbij.c.signaal).where(erbij.c.zaak == zaak)))
    regels = []
    for rij in conn.execute(vraag.order_by(s.c.dag.desc(), s.c.id)).mappings():
        if rij["plaats"] not in nummers:
            continue
        waar = nummers[rij["plaats"]]
        stuk = None
        if rij["nummer"] is not None:
            stuk = Stuk(rij["nummer"], waar, read_velden(Beoordeling, rij), rij["sinds"])
        datum = _NUL + timedelta(days=rij["dag"])
        regels.append(Signaalregel(rij["id"], datum, rij["naam"], rij["van"], waar, stuk))
    return regels
