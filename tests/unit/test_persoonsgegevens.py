"""Text that looks as if it is about a person is asked about; what is plainly not is left alone."""

import pytest

from gebieden.domein.beoordeling import Zaak, find_persoonsvragen
from gebieden.domein.persoonsgegevens import find_persoonlijk


@pytest.mark.parametrize(
    ("tekst", "soorten"),
    [
        ("Groep van tien bij het bankje, vuurwerk na 22.00 uur", []),
        ("Overlast bij Oudorperplein", ["een naam"]),
        ("Elke avond overlast. Brommers rijden door het park", []),
        ("Jan Jansen staat er weer", ["een naam"]),
        ("gezien: mevrouw de Vries", ["een naam"]),
        ("dhr. K. Bakker", ["een naam"]),
        ("J. van der Berg was erbij", ["een naam"]),
        ("vaak met Mohammed", ["een naam"]),
        ("bel 06-12345678", ["een telefoonnummer"]),
        ("06 12 34 56 78", ["een telefoonnummer"]),
        ("mail jan@voorbeeld.nl", ["een e-mailadres"]),
        ("scooter AB-12-CD", ["een kenteken"]),
        ("auto 12-ABC-3 en AB12CD", ["een kenteken"]),
        ("bus G-001-AA", ["een kenteken"]),
        ("1811 AB", ["een adres"]),
        ("op dorpsstraat 14", ["een adres"]),
        ("bij dorpsstraat", []),
        ("op nummer 12", ["een adres"]),
        ("kerkstr. 12", ["een adres"]),
        ("dorpsstraat, huisnr. 12", ["een adres"]),
        ("dorpsstraat12", ["een adres"]),
        ("overlast door JANSEN", ["een naam"]),
        ("dhr.jansen", ["een naam"]),
        ("een jongen genaamd jan", ["een naam"]),
        ("fam. jansen", ["een naam"]),
        ("jansen.nl", ["een webadres"]),
        ("zijn bsn is 12345", ["een nummer of geboortedatum"]),
        ("geb. 1-2-99", ["een nummer of geboortedatum"]),
        ("scooter F 123 BB", ["een kenteken"]),
        ("bel 06\u00ad1234\u00ad5678", ["een telefoonnummer"]),
        ("om 12 uur bij het gebouw, 3 keer in week 46", []),
        ("de heg is weg, 2 keer in 4 weken", []),
        ("AH en NS melden het ook", []),
        ("", []),
    ],
)
def test_what_looks_like_a_person_or_an_address_is_seen(tekst, soorten):
    assert find_persoonlijk(tekst) == soorten


def test_names_of_areas_are_no_persons_and_every_kind_is_asked_about_once():
    assert find_persoonlijk("Weer overlast bij De Mare en in Oudorp", ["Oudorp", "De Mare"]) == []
    assert find_persoonlijk("Bel Piet op 0612345678 of 0687654321, rijdt in XX-99-YY") == [
        "een telefoonnummer",
        "een kenteken",
        "een naam",
    ]


def test_a_text_is_held_back_until_its_writer_says_that_it_is_about_nobody():
    zaak = Zaak("Bij Albert Heijn", "jeugdoverlast")
    (vraag,) = find_persoonsvragen(zaak, ("naam", "toelichting"))
    assert "Naam van de zaak" in vraag
    assert "een naam" in vraag
    assert list(find_persoonsvragen(Zaak("Bij Albert Heijn", "jeugdoverlast", geen_persoon=True), ("naam",))) == []
