"""Overleg: walking the points of an area one by one, and the decision list that comes out of it."""

from gebieden.domein.rechten import Pagina
from gebieden.ui.gegevens import read_bron
from gebieden.ui.raamwerk import show_herkomst, show_opening
from gebieden.ui.toegang import guard

kijker = guard(Pagina.OVERLEG)
bron = read_bron()
peildatum = bron.vandaag
show_opening("Overleg", peildatum, kijker)
show_herkomst(bron, peildatum)
