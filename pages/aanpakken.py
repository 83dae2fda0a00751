"""Aanpakken: registered before looking, and what came of them."""

from gebieden.domein.rechten import Pagina
from gebieden.ui.gegevens import read_bron
from gebieden.ui.raamwerk import show_herkomst, show_opening
from gebieden.ui.toegang import guard

kijker = guard(Pagina.AANPAKKEN)
bron = read_bron()
peildatum = bron.vandaag
show_opening("Aanpakken", peildatum, kijker)
show_herkomst(bron, peildatum)
