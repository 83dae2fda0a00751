"""Aanpakken: registered before looking, and what came of them."""

from gebieden.domein.rechten import Pagina
from gebieden.ui.aanpakgegevens import load_aanpakgegevens
from gebieden.ui.aanpakpagina import show_aanpakken
from gebieden.ui.gegevens import read_bron
from gebieden.ui.raamwerk import show_herkomst, show_opening
from gebieden.ui.toegang import guard
from gebieden.ui.vermoedens import show_vermoedens

kijker = guard(Pagina.AANPAKKEN)
bron = read_bron()
peildatum = bron.vandaag
gegevens = load_aanpakgegevens(bron, kijker)
show_opening("Aanpakken", peildatum, kijker)
show_aanpakken(gegevens)
show_vermoedens(gegevens)
show_herkomst(bron, peildatum)
