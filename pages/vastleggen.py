"""Signaal vastleggen: one signal, in half a minute, on a phone."""

from gebieden.domein.rechten import Pagina
from gebieden.ui.gegevens import read_bron
from gebieden.ui.raamwerk import show_herkomst, show_opening
from gebieden.ui.toegang import guard

kijker = guard(Pagina.VASTLEGGEN)
bron = read_bron()
peildatum = bron.vandaag
show_opening("Signaal vastleggen", peildatum, kijker)
show_herkomst(bron, peildatum)
