"""What the demo consists of, read as it is committed, for the tests about it."""

from datetime import date

from gebieden.demo.grenzen import read_codes, read_rijen
from gebieden.demo.signalen import read_peildatum
from gebieden.domein.agendapunt import Puntsoort, Staat, WachtOp
from gebieden.domein.gebied import Gebied, Gebiedsboom, build_gebiedsboom
from gebieden.domein.voortgang import Puntstand, Voortgang, determine_voortgang
from gebieden.instellingen import DATA

PEILDATUM = read_peildatum()
RIJEN = read_rijen(DATA / "agendapunten.csv")
BERICHTEN = read_rijen(DATA / "berichten.csv")
INITIATIEVEN = read_rijen(DATA / "initiatieven.csv")
INDELINGEN = read_rijen(DATA / "indelingen.csv")
STADSWIJKEN = [f"WK0361{nummer:02}" for nummer in (1, 2, 3, 4, 5, 6, 7, 8, 11)]


def get_laatste_rijen():
    """Return of every point the row that counts: in the latest version, or in no version yet."""
    laatste: dict[str, dict[str, str]] = {}
    for rij in RIJEN:
        if rij["id"] not in laatste or int(rij["versie"] or 0) > int(laatste[rij["id"]]["versie"] or 0):
            laatste[rij["id"]] = rij
    return list(laatste.values())


def get_gebiedsboom() -> Gebiedsboom:
    cbs = [Gebied(gebied.code, gebied.naam, gebied.niveau) for gebied in read_codes()]
    sets = [
        Gebied(
            rij["code"],
            rij["naam"],
            rij["soort"],
            frozenset(rij["bestaat_uit"].split(",")),
            date.fromisoformat(rij["geldig_vanaf"]),
        )
        for rij in INDELINGEN
    ]
    return build_gebiedsboom([*cbs, *sets], PEILDATUM)


PUNTEN = get_laatste_rijen()
BOOM = get_gebiedsboom()


def to_puntstand(rij):
    return Puntstand(
        id=rij["id"],
        gebied=rij["gebied"],
        staat=Staat(rij["staat"]),
        in_versie=bool(rij["versie"]),
        soort=Puntsoort(rij["soort"]) if rij["soort"] else None,
        wacht_op=WachtOp(rij["wacht_op"]) if rij["wacht_op"] else None,
        afgesproken_gereed=date.fromisoformat(rij["afgesproken_gereed"]) if rij["afgesproken_gereed"] else None,
        laatste=date.fromisoformat(rij["bijgewerkt_op"]),
    )


def determine_voortgang_van(code) -> Voortgang:
    return determine_voortgang([to_puntstand(r) for r in PUNTEN if BOOM.bevat(code, r["gebied"])], PEILDATUM)


def get_datums(rij, *kolommen):
    return [date.fromisoformat(rij[kolom]) for kolom in kolommen if rij[kolom]]
