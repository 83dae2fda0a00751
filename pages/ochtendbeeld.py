"""Ochtendbeeld: what is new since yesterday, what stands out, what runs, and what waits."""

from gebieden.domein.rechten import Pagina
from gebieden.ui.gegevens import read_bron
from gebieden.ui.ochtendbeeld import compose_ochtendblad, show_ochtendblad
from gebieden.ui.raamwerk import show_herkomst, show_opening
from gebieden.ui.toegang import guard

kijker = guard(Pagina.OCHTENDBEELD)
bron = read_bron()
peildatum = bron.vandaag
blad = compose_ochtendblad(bron, peildatum, kijker)
show_opening(f"Ochtendbeeld {blad.waar}", peildatum, kijker)
show_ochtendblad(blad)
show_herkomst(bron, peildatum)
