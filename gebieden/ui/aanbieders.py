"""Where one may sign in: the providers in Streamlit's secrets, checked before anybody presses a button."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

_VAN_AANBIEDER: Final = ("client_id", "client_secret", "server_metadata_url")
_TERUG: Final = "/oauth2callback"
_KORTSTE_GEHEIM: Final = 32


@dataclass(frozen=True, slots=True)
class Aanbieders:
    """The providers by name, `default` for the one without a name of its own; and what is wrong with them."""

    namen: tuple[str, ...] = ()
    bezwaar: str = ""

    @property
    def is_ingericht(self) -> bool:
        """Whether one can sign in."""
        return bool(self.namen) and not self.bezwaar


def read_aanbieders() -> Aanbieders:
    """Return the providers of the section [auth]; none when there is no such section."""
    try:
        deel = st.secrets.get("auth")
    except StreamlitSecretNotFoundError as fout:
        # Of a file that is absent Streamlit tells where it looked; of one that cannot be read, what is wrong.
        return Aanbieders() if "file_paths" in fout.exec_kwargs else Aanbieders(bezwaar="het bestand is niet te lezen")
    if deel is None:
        return Aanbieders()
    if not isinstance(deel, Mapping):
        return Aanbieders(bezwaar="[auth] is geen deel van het bestand maar een losse waarde")
    per_naam = _collect_aanbieders(deel)
    return Aanbieders(tuple(per_naam), next(_list_bezwaren(deel, per_naam), ""))


def is_beveiligd() -> bool:
    """Return whether people come here over https, as the address says to which a provider sends them back."""
    deel = st.secrets.get("auth") if read_aanbieders().is_ingericht else None
    return deel is not None and str(deel["redirect_uri"]).startswith("https://")


def _collect_aanbieders(deel: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    met_naam = {n: d for n, d in deel.items() if isinstance(d, Mapping) and n != "client_kwargs"}
    zonder_naam = {"default": deel} if any(sleutel in deel for sleutel in _VAN_AANBIEDER) else {}
    return {**zonder_naam, **met_naam}


def _list_bezwaren(deel: Mapping[str, Any], per_naam: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for sleutel in ("redirect_uri", "cookie_secret"):
        if not deel.get(sleutel):
            yield f"in [auth] ontbreekt {sleutel}"
    adres, geheim = str(deel.get("redirect_uri")), str(deel.get("cookie_secret"))
    if not adres.startswith(("http://", "https://")) or not adres.endswith(_TERUG):
        yield f"redirect_uri in [auth] is geen volledig adres dat eindigt op {_TERUG}"
    if len(geheim) < _KORTSTE_GEHEIM:
        yield f"cookie_secret in [auth] heeft {len(geheim)} tekens; verwacht: ten minste {_KORTSTE_GEHEIM}"
    if not per_naam:
        yield "in [auth] ontbreekt client_id"
    for naam, aanbieder in per_naam.items():
        waar = "[auth]" if naam == "default" else f"[auth.{naam}]"
        if "_" in naam:
            yield f"de naam {waar} heeft een laag streepje, en dat mag niet"
        for sleutel in _VAN_AANBIEDER:
            if not aanbieder.get(sleutel):
                yield f"in {waar} ontbreekt {sleutel}"
