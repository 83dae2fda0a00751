"""Settings of the process, read from environment variables. What a user sets lives in the database."""

import os
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from gebieden.domein.fouten import InvoerError

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / "data"
# As long as Streamlit's cookie lives.
_LANGSTE_AANMELDDUUR = 720
STANDAARD_DATABASE = f"sqlite:///{PROJECT / '.opslag' / 'gebieden.sqlite'}"


class Modus(StrEnum):
    """How the application runs: `demo` on invented data with a role picker, `productie` closed by default."""

    DEMO = "demo"
    PRODUCTIE = "productie"


@dataclass(frozen=True, slots=True)
class Instellingen:
    """Where the data are and how the application runs."""

    database: str = STANDAARD_DATABASE
    modus: Modus = Modus.DEMO


@dataclass(frozen=True, slots=True)
class Aanmeldinstellingen:
    """How people sign in: for how long, and which claim holds their aanmeldnaam (empty: see `read_identiteit`)."""

    duur: timedelta = timedelta(hours=10)
    claim: str = ""


def read_instellingen() -> Instellingen:
    """Return the settings from `GEBIEDEN_DATABASE` and `GEBIEDEN_MODUS`; raise InvoerError on an unknown modus."""
    modus = os.environ.get("GEBIEDEN_MODUS", "").strip().lower() or Modus.DEMO
    if modus not in set(Modus):
        raise InvoerError(
            f"De omgevingsvariabele GEBIEDEN_MODUS heeft de waarde '{modus}'. "
            f"Verwacht: {' of '.join(Modus)}. Pas de variabele aan, of haal hem weg (dan is het demo)."
        )
    return Instellingen(os.environ.get("GEBIEDEN_DATABASE", "").strip() or STANDAARD_DATABASE, Modus(modus))


def read_aanmeldinstellingen() -> Aanmeldinstellingen:
    """Return the settings from `GEBIEDEN_AANMELDDUUR` and `GEBIEDEN_AANMELDCLAIM`; raise InvoerError on no duration."""
    tekst = os.environ.get("GEBIEDEN_AANMELDDUUR", "").strip()
    claim = os.environ.get("GEBIEDEN_AANMELDCLAIM", "").strip()
    if not tekst:
        return Aanmeldinstellingen(claim=claim)
    try:
        uren = float(tekst.replace(",", "."))
    except ValueError:
        uren = 0
    if not 0 < uren <= _LANGSTE_AANMELDDUUR:
        raise InvoerError(
            f"De omgevingsvariabele GEBIEDEN_AANMELDDUUR heeft de waarde '{tekst}'. Verwacht: een aantal uren, "
            f"meer dan 0 en hoogstens {_LANGSTE_AANMELDDUUR}. Pas de variabele aan, of haal hem weg (dan is het 10)."
        )
    return Aanmeldinstellingen(timedelta(hours=uren), claim)
