"""What the tests of reservekopie and herstel share: a database with something in every table, and what it holds."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, insert, select

from gebieden.opslag import tabellen
from gebieden.opslag.database import begin_schrijven

MOMENT = datetime(2026, 5, 12, 9, 30, 15, 123456, tzinfo=UTC)
SINDS: dict[str, Any] = {"sinds": date(2026, 4, 1)}
NOORD = {"gebied": "WK036101", **SINDS}
PUNT = {"agendapunt": "P1", "datum": date(2026, 4, 1), "toelichting": "", **SINDS}
BIJ_P1 = {"agendapunt": "P1", "toelichting": "", **NOORD}
GEHOORD = {"datum": date(2026, 4, 1), "toelichting": "", "openbaar": True, **NOORD}
OOV: dict[str, Any] = {"toelichting": "", "geen_persoon": False, "reden": "", "resultaat": ""}
# One row at least for every table that the small gemeente leaves empty, with every kind of value that there is.
RIJEN: dict[str, list[dict[str, Any]]] = {
    "instelling": [{"sleutel": "stilte_dagen", "waarde": "60"}],
    "grenzenbestand": [{"hash": "ab12", "inhoud": bytes(range(256)) * 40}],
    "agenda_versie": [{"gebied": "WK036101", "versie": 1, "datum": date(2026, 3, 1)}],
    "agendapunt": [
        {
            "id": f"P{n}",
            "versie": 1,
            "gebied": "WK036101",
            "titel": "Café 'De Ĳsbeer' – “nieuw”; 100%\n\tplein 🌳",
            "themas": ["schoon", "heel"],
            "partners": [],
            "staat": "op_agenda",
            "openbaar": n % 2 == 0,
            "afgesproken_gereed": date(2026, 12, 31) if n else None,
            "lon": 4.75 + n / 7,
            "lat": 52.63,
        }
        for n in range(3)
    ],
    "levensteken": [{"agendapunt": "P1", "datum": date(2026, 4, 1)}],
    "overgang": [
        {
            "soort": "agendapunt",
            "id": "P1",
            "van": "op_agenda",
            "naar": "wacht_op",
            "datum": date(2026, 4, 2),
            "wie": "via import",
            "rol": "beheer",
            "vastgelegd_op": MOMENT,
        }
    ],
    "dekkingslijn": [
        {
            "agendapunt": "P1",
            "bron": "fonds",
            "partner": "Het fonds",
            "vorm": "geld",
            "stand": "toegezegd",
            "bedrag": Decimal("9999999999.99"),
            "is_pm": False,
            "eenheid": "",
            "toelichting": "",
            "sinds": date(2026, 4, 1),
        }
    ],
    # Each with one that takes it back.
    "wijziging": [
        {
            "sleutel": f"w{n}",
            "agendapunt": "P1",
            "versie": 1,
            "handeling": "punt_gewijzigd",
            "velden": {"titel": ["Ouder", "Nieuwer"], "afgesproken_gereed": [None, "2026-12-31"]},
            "gebruiker": 1,
            "rol": "gebiedsregisseur",
            "vastgelegd_op": MOMENT,
            "herroept": herroept,
        }
        for n, herroept in ((1, None), (2, 1))
    ],
    "verzetting": [
        {"agendapunt": "P1", "versie": 1, "nieuw": date(2026, 12, 31), "datum": date(2026, 5, 1), "wijziging": 1},
        {"agendapunt": "P1", "versie": 1, "oud": date(2026, 12, 31), "datum": date(2026, 5, 1), "herroept": 1},
    ],
    "stap": [{"agendapunt": "P1", "soort": "mijlpaal", "titel": "Start", "afgesproken": date(2026, 9, 1), **SINDS}],
    "oordeel": [{"oordeel": "deels", "herkomst": "Inloop", **PUNT}],
    "afstemming": [{"mate": "deels", "met_wie": "De buurt", **PUNT}],
    "wens": [{"bron": "bewoner", "titel": "Bankje", "punten": ["P1"], **GEHOORD}],
    "kant": [{"soort": "sterk", "titel": "Groen", "themas": ["heel"], "herkomst": "Schouw", **GEHOORD}],
    "partner": [{"naam": "De woonstichting", "soort": "corporatie", "andere_namen": ["Woonst."], **SINDS}],
    "inzet": [{"partner": 1, "contactrol": "Wijkbeheerder", **NOORD}],
    "convenant": [{"titel": "Convenant", "staat": "in_overleg", "partners": [1], "toelichting": "", **NOORD}],
    "afspraak": [
        {"partner": 1, "thema": "heel", "titel": "Verf", "stand": "loopt", "agendapunt": "P1", "toelichting": ""}
        | NOORD
    ],
    "overleg": [
        {"titel": "Overleg", "datum": date(2026, 4, 1), "aanwezig": "Politie", "is_afgesloten": False, **NOORD}
    ],
    "besluit": [{"overleg": 1, "tekst": "Doen", "agendapunt": "P1", **NOORD}],
    "zaak": [{"naam": "Overlast bij het plein", "categorie": "jeugdoverlast", "staat": "volgen", **OOV, **NOORD}],
    "beoordeling": [{"signaal": "S1", "staat": "gebundeld", "ernst": "matig", "zaak": 1, **OOV, **NOORD}],
    "duiding": [
        {"maandag": date(2026, 3, 30), "venster": 4, "categorie": "jeugdoverlast", "oordeel": "verworpen"}
        | {"reden": "Een feest", "geen_persoon": False, **NOORD}
    ],
    "registratiewijziging": [
        {"datum": date(2026, 4, 1), "effect": "breuk", "categorie": "", "toelichting": "Nieuwe app"}
        | {"geen_persoon": False, **NOORD}
    ],
    "aanpak": [
        {"naam": "Toezicht", "soort": "toezicht", "categorie": "jeugdoverlast", "gebieden": ["BU03610101"]}
        | {"begin": date(2026, 4, 1), "verwachting": "minder meldingen", "weken": 26, "uitgesloten_weken": 8}
        | {"ring": [], "vergelijking": ["BU03610102"], "vergelijking_ring": [], "bevestigd": True, "partners": [1]}
        | {"toelichting": "", "geen_persoon": True, **NOORD}
    ],
    "aanpakregistratie": [
        {"aanpak": 1, "datum": date(2026, 3, 1), "moment": MOMENT, "ontwerp": {"weken": 26}, "vingerafdruk": "ab"}
    ],
    "vermoeden": [
        {"van": "WK036101", "naar": "BU03610102", "categorie": "jeugdoverlast", "vanaf": date(2026, 3, 1)}
        | {"oordeel": "aanwijzing", "bevestigd_door": "wijkagent", "toelichting": "", "geen_persoon": False, **NOORD}
    ],
    "levering": [{"datum": date(2026, 4, 1), "moment": MOMENT, "soort": "import", "aantal": 2}],
    "leveringcellen": [{"levering": 1, "kwartaal": 8104, "cellen": bytes(range(256))}],
    "weekbeeld": [{"maandag": date(2026, 3, 30), "sleutel": "ab", "gemaakt": MOMENT, "beeld": bytes(range(256))}],
    # One that takes back the other.
    "bijwerking": [
        {
            "sleutel": f"b{n}",
            "tabel": "stap",
            "rij": 1,
            "velden": {"titel": ["Ouder", "Nieuwer"]},
            "waarom": "",
            "rol": "gebiedsregisseur",
            "vastgelegd_op": MOMENT,
            "herroept": herroept,
        }
        for n, herroept in ((1, None), (2, 1))
    ],
    "initiatief": [
        {
            "id": "I1",
            "gebied": "WK036102",
            "titel": "Buurttuin",
            "themas": [],
            "staat": "ingediend",
            "aangevraagd": Decimal("1250.50"),
            "toegekend": Decimal("0.10"),
        }
    ],
    # The first says nothing of who wrote it; the third corrects the second.
    "bericht": [
        {"soort": "agendapunt", "id": "P1", "datum": date(2026, 5, n), "tekst": f"Tekst {n}", **meer}
        for n, meer in (
            (1, {}),
            (2, {"sleutel": "s2", "gebruiker": 1, "rol": "gebiedsteam", "vastgelegd_op": MOMENT}),
            (3, {"sleutel": "s3", "corrigeert": 2, "openbaar": True}),
        )
    ],
    "gebruiker": [{"aanmeldnaam": "a@b.nl", "rol": "gebiedsteam", "uitgever": "x", "onderwerp": "y"}],
    "gebruiker_gebied": [{"gebruiker": 1, "gebied": "WK036101"}],
    "logboek": [
        {
            "sleutel": f"l{n}",
            "moment": MOMENT,
            "gebruiker": 1,
            "rol": "gebiedsteam",
            "via": "scherm",
            "handeling": "bericht_geschreven",
            "soort": "agendapunt",
            "id": f"P{n}",
            "veranderingen": {"openbaar": [False, True], "tekst": "gewijzigd", "aantal": [None, 2.5]},
        }
        for n in (1, 2)
    ],
    "categoriegroep": [{"categorie": "zwerfvuil", "groep": "schoon"}],
    "signaalcategorie": [{"nummer": 1, "naam": "zwerfvuil"}],
    "signaalbron": [{"nummer": 1, "naam": "Signalen"}],
    "signaalgebied": [{"nummer": 1, "naam": "BU03610101"}],
    "signaal": [{"id": f"S{n:05d}", "dag": 20_000 + n, "categorie": 1, "bron": 1, "gebied": 1} for n in range(6_000)],
    "signaaltelling": [{"kwartaal": 8105, "aantal": 6_000, "cellen": b"\x00\x01\xff"}],
}


def fill_alles(engine: Engine) -> None:
    """Put something in every table."""
    with begin_schrijven(engine) as conn:
        for tabel in tabellen.metadata.sorted_tables:
            if rijen := RIJEN.get(tabel.name):
                # One by one: rows may leave out different columns.
                for rij in rijen if tabel.name != "signaal" else [rijen]:
                    conn.execute(insert(tabel), rij)


def load_inhoud(engine: Engine, *behalve: str) -> dict[str, list[str]]:
    """Return every row of every table as text, sorted; of the settings not the numbers that only go up."""
    with engine.connect() as conn:
        inhoud = {
            tabel.name: sorted(repr(tuple(rij)) for rij in conn.execute(select(tabel)))
            for tabel in tabellen.metadata.sorted_tables
            if tabel.name not in behalve
        }
    if "instelling" in inhoud:
        inhoud["instelling"] = [rij for rij in inhoud["instelling"] if "versie" not in rij]
    return inhoud
