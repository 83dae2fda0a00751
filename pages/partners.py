"""Partners: the organisations of the gebiedsteam-plus, what they committed to, and what they could close today."""

from gebieden.domein.rechten import Pagina
from gebieden.ui.gegevens import read_bron
from gebieden.ui.raamwerk import show_herkomst, show_opening
from gebieden.ui.toegang import guard

kijker = guard(Pagina.PARTNERS)
bron = read_bron()
peildatum = bron.vandaag
show_opening("Partners", peildatum, kijker)
show_herkomst(bron, peildatum)
