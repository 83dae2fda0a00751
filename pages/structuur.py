"""Structuur: where there are more or fewer reports year after year."""

from gebieden.domein.rechten import Pagina
from gebieden.ui.gegevens import read_bron
from gebieden.ui.raamwerk import show_herkomst, show_opening
from gebieden.ui.toegang import guard

kijker = guard(Pagina.STRUCTUUR)
bron = read_bron()
peildatum = bron.vandaag
show_opening("Structuur", peildatum, kijker)
show_herkomst(bron, peildatum)
