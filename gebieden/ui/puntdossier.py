"""What is kept beside an agendapunt, in one order: steps, afstemming, what residents think, where it comes from."""

from datetime import date

from gebieden.domein.rechten import Handeling, Kijker
from gebieden.ui.afstemmingen import show_afstemming
from gebieden.ui.gegevens import Bron, get_boom
from gebieden.ui.oordelen import show_oordeel
from gebieden.ui.puntpagina import Blad
from gebieden.ui.stappen import show_stappen
from gebieden.ui.wensen import show_afkomst


def show_puntdossier(bron: Bron, peildatum: date, kijker: Kijker, blad: Blad) -> None:
    """Draw it for an agendapunt; its regisseur keeps it here. Nothing for an initiative."""
    if blad.punt is None:
        return
    mag = kijker.mag_in(Handeling.PUNT_BEHEREN, blad.gebied, get_boom(bron, peildatum))
    show_stappen(peildatum, kijker, blad.id, mag=mag)
    show_afstemming(peildatum, kijker, blad.id, mag=mag)
    show_oordeel(peildatum, kijker, blad.punt, mag=mag)
    show_afkomst(bron, peildatum, kijker, blad.punt)
