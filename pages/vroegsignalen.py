"""Vroegsignalen: what stands out in a week, why, and what professionals said of it."""

from gebieden.domein.rechten import Pagina
from gebieden.ui.gegevens import read_bron
from gebieden.ui.raamwerk import show_herkomst, show_opening
from gebieden.ui.toegang import guard

kijker = guard(Pagina.VROEGSIGNALEN)
bron = read_bron()
peildatum = bron.vandaag
show_opening("Vroegsignalen", peildatum, kijker)
show_herkomst(bron, peildatum)
