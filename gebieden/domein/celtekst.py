"""Text in a cell of a file: what no file can hold, and text that a spreadsheet would take for a formula.

`defuse_formule` and `restore_formule` are each other's inverse, so that a file that is written and
read again holds the same text.
"""

import re

# Not allowed in XML 1.0, and so not in xlsx; NUL and lone surrogates break other formats too.
_ONTOELAATBAAR = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ONZICHTBAAR = re.compile("[\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Excel and LibreOffice also start a formula after white space, and with the wide forms of these signs.
_FORMULE = re.compile(
    "'*(?:[\t\r\n]|[\\s\u200b-\u200f\u2060\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b])"
)


def clean_tekst(tekst: str) -> str:
    """Return the text without the control characters that no spreadsheet or XML file can hold.

    Every line ends in a line feed: a carriage return does not survive a workbook.
    """
    return _ONTOELAATBAAR.sub("", tekst).replace("\r\n", "\n").replace("\r", "\n")


def clean_invoer(tekst: str) -> str:
    """Return what somebody wrote as it was meant: without white space around it; line breaks within stay.

    Control characters and invisible direction marks go: they mean nothing and can disguise what is written.
    """
    return _ONZICHTBAAR.sub("", clean_tekst(tekst)).strip()


def defuse_formule(tekst: str) -> str:
    """Return the text with an apostrophe before it when a spreadsheet would take it for a formula."""
    return f"'{tekst}" if _FORMULE.match(tekst) else tekst


def restore_formule(tekst: str) -> str:
    """Return the text that `defuse_formule` was given; any other text as it is."""
    return tekst[1:] if tekst.startswith("'") and _FORMULE.match(tekst, 1) else tekst
