"""What the workbook to edit says about itself, in plain Dutch."""

from datetime import date
from typing import Final

from gebieden.domein.agendapunt import AGENDAPUNT_MACHINE, Staat
from gebieden.domein.taal import format_aantal, format_datum
from gebieden.domein.werkblad import BASISBLAD, BLAD

_UITLEG: Final = (
    ("Wat is dit?", "De punten van de agenda zoals ze in het dashboard staan, om in Excel te bewerken."),
    (
        "Wat kan ik veranderen?",
        f"Op het blad {BLAD} alles behalve de kolommen id en gebied. Kies uit de lijst waar er een lijst is. Een "
        "partner die niet in de lijst staat, mag u typen: Excel vraagt dan of u het zeker weet.",
    ),
    (
        "Thema's",
        "Zet ja bij elk thema dat bij het punt hoort, en nee bij de andere. Een punt heeft minstens één thema.",
    ),
    ("Staat", "Niet elke stap mag. Vanuit elke staat kan het volgende:"),
    (
        "Waarom",
        "De reden van uw wijziging. Bij een stap terug is die nodig, anders mag hij leeg blijven. Noem geen namen.",
    ),
    ("Datums", "Typ een datum als 31-12-2026. Een leeg vak betekent: geen datum afgesproken."),
    ("Een rij weghalen", "Dat mag, maar het verwijdert geen punt: het punt blijft zoals het is."),
    ("Een nieuw punt", "Dat kan niet hier. Gebruik 'Punt voorstellen' op de pagina Agenda."),
    (
        "Terug naar het dashboard",
        "Bewaar het bestand als .xlsx en kies het op de pagina Agenda bij 'In Excel bewerken'. U ziet eerst wat er "
        "verandert en kiest per punt. Wat intussen in het dashboard is veranderd, wordt niet zomaar overschreven.",
    ),
    (
        "Beveiliging",
        f"De koppen en de kolommen id en gebied zijn op slot, zonder wachtwoord. Laat het blad '{BASISBLAD}' met rust: "
        "daaraan ziet het dashboard wat u hebt veranderd.",
    ),
)


def compose_uitleg(op: date, aantal: int, weggelaten: int) -> list[tuple[str, str]]:
    """Return the lines of the explanation, each with its heading; `weggelaten` counts what is not in the file."""
    regels = [("Stand van", f"{format_datum(op)}; {format_aantal(aantal, 'punt', 'punten')}")]
    if weggelaten:
        liggen = "ligt" if weggelaten == 1 else "liggen"
        zin = f"{format_aantal(weggelaten, 'punt', 'punten')} van uw selectie {liggen} buiten uw eigen gebied."
        regels.append(("Niet in dit bestand", zin))
    for kop, tekst in _UITLEG:
        regels.append((kop, tekst))
        if kop == "Staat":
            regels += [("", _describe_stappen(staat)) for staat in Staat]
    return regels


def _describe_stappen(staat: Staat) -> str:
    toestanden = AGENDAPUNT_MACHINE.toestanden
    namen = []
    for stap in AGENDAPUNT_MACHINE.stappen[staat]:
        vraagt = ", ".join(veld.replace("_", " ") for veld in toestanden[stap.naar].verplicht)
        namen.append(toestanden[stap.naar].naam + (f" (vul in: {vraagt})" if vraagt else ""))
    return f"{toestanden[staat].naam} → {' / '.join(namen)}"
