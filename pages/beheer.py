"""Beheer: who may sign in, and who changed what."""

from gebieden.domein.rechten import Pagina
from gebieden.ui.gebruikerspagina import show_gebruikers
from gebieden.ui.gegevens import get_boom, read_bron
from gebieden.ui.raamwerk import show_herkomst, show_opening
from gebieden.ui.toegang import determine_gebruiker, guard

kijker = guard(Pagina.BEHEER)
bron = read_bron()
show_opening("Gebruikers beheren", bron.vandaag, kijker)
show_gebruikers(determine_gebruiker(), get_boom(bron, bron.vandaag))
show_herkomst(bron, bron.vandaag)
