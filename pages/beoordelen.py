"""Signalen beoordelen: single signals, judged and bundled into matters."""

from gebieden.domein.rechten import Pagina
from gebieden.ui.gegevens import read_bron
from gebieden.ui.raamwerk import show_herkomst, show_opening
from gebieden.ui.toegang import guard

kijker = guard(Pagina.BEOORDELEN)
bron = read_bron()
peildatum = bron.vandaag
show_opening("Signalen beoordelen", peildatum, kijker)
show_herkomst(bron, peildatum)
