"""Gebruiker: the person who looks or writes, as far as the application has to know."""

from dataclasses import dataclass

from gebieden.domein.rechten import BEHEERDER, IEDEREEN, Kijker


@dataclass(frozen=True, slots=True)
class Gebruiker:
    """A person with their role and areas.

    `nummer` is that of the table of users; None for nobody in particular: who is not signed in, demo's role
    picker, the command line. Logs and the audit trail know the number only. `naam` is for this person's own screen.
    """

    kijker: Kijker = IEDEREEN
    nummer: int | None = None
    naam: str = ""


OPDRACHTREGEL = Gebruiker(BEHEERDER, naam="opdrachtregel")
