"""Gebiedsdashboard: stand van de gebiedsagenda's, initiatieven en signalen op de kaart."""
