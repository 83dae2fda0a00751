"""Visitors without a browser: they speak Streamlit's own protocol over a websocket, as its page does.

What they imitate: the state of the widgets that they changed travels with every request, filters stand in the address,
messages that were kept are named and not sent again, and a fragment with a clock of its own is asked for at its time.
"""

import asyncio
import json
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

GEDULD_S: Final = 30.0
_GELUKT: Final = ForwardMsg.FINISHED_SUCCESSFULLY
_FRAGMENT_GELUKT: Final = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY


@dataclass(frozen=True, slots=True)
class Plek:
    """An element where it stands: in which run it was drawn last, and in which fragment."""

    element: Element
    run: str
    fragment: str


class Bezoeker:
    """One visitor with one open page. `fouten` are what went wrong on the screen or on the line."""

    def __init__(self, verbinding: ClientConnection) -> None:
        self.verbinding = verbinding
        self.plekken: dict[tuple[int, ...], Plek] = {}
        self.paginas: dict[str, str] = {}
        self.pagina, self.getekend = "", ""
        self.adres = ""
        self.waarden: dict[str, WidgetState] = {}
        self.bewaard: dict[str, ForwardMsg] = {}
        self.klokken: dict[str, tuple[float, asyncio.Task[None]]] = {}
        self.fouten: list[str] = []
        self.run, self.fragmenten = "", frozenset[str]()
        self.klaar = asyncio.Condition()
        self.lezer = asyncio.create_task(self._lees())

    async def open(self, pagina: str, adres: str, voorwaarde: Callable[["Bezoeker"], bool]) -> None:
        """Come in by an address; `pagina` is the path of a page, empty for the first."""
        self.adres = adres
        await self._vraag(pagina_naam=pagina)
        await self.wacht_tot(voorwaarde)

    async def ga_naar(self, pagina: str, adres: str, tekst: str) -> None:
        """Follow a link within the site, to a page that shows this text."""
        self.adres, self.pagina, self.getekend = adres, self.paginas[pagina], ""
        await self._vraag()
        await self.wacht_tot(lambda bezoeker: bezoeker.is_op(pagina) and bezoeker.toont(tekst))

    def is_op(self, pagina: str) -> bool:
        """Return whether this page is on the screen."""
        return self.getekend == self.paginas.get(pagina)

    async def kies(self, label: str, keuze: str, voorwaarde: Callable[["Bezoeker"], bool]) -> None:
        """Choose in a select box; with a key for the address it comes to stand there."""
        plek = self.find("selectbox", label)
        vak = plek.element.selectbox
        self._zet(WidgetState(id=vak.id, string_value=keuze))
        if vak.query_param_key:
            delen = {naam: waarde for naam, waarde in parse_qsl(self.adres) if naam != vak.query_param_key}
            standaard = vak.options[vak.default] if vak.HasField("default") else None
            self.adres = urlencode(delen | ({} if keuze == standaard else {vak.query_param_key: keuze}))
        await self._vraag(plek.fragment)
        await self.wacht_tot(voorwaarde)

    async def verstuur(self, knop: str, velden: dict[str, str], voorwaarde: Callable[["Bezoeker"], bool]) -> None:
        """Fill these text areas and press the button of their form; every other text field goes as it stands."""
        plek = self.find("button", knop)
        formulier = plek.element.button.form_id
        for ander in list(self.plekken.values()):
            soort = ander.element.WhichOneof("type")
            if soort in ("text_area", "text_input"):
                veld = getattr(ander.element, soort)
                if veld.form_id == formulier:
                    self._zet(WidgetState(id=veld.id, string_value=velden.get(veld.label, veld.default)))
        await self._vraag(plek.fragment, WidgetState(id=plek.element.button.id, trigger_value=True))
        await self.wacht_tot(voorwaarde)

    def find(self, soort: str, label: str) -> Plek:
        """Return the first element of this kind with this label; raise LookupError when it is not on the screen."""
        for _, plek in sorted(self.plekken.items()):
            if plek.element.WhichOneof("type") == soort and getattr(plek.element, soort).label.startswith(label):
                return plek
        raise LookupError(f"Op het scherm staat geen {soort} '{label}'.")

    def toont(self, tekst: str) -> bool:
        """Return whether this text stands on the screen."""
        return any(tekst.encode() in plek.element.SerializeToString() for plek in self.plekken.values())

    def get_titel(self) -> str:
        """Return the title of the page."""
        return next((p.element.heading.body for _, p in sorted(self.plekken.items()) if p.element.heading.body), "")

    async def wacht_tot(self, voorwaarde: Callable[["Bezoeker"], bool]) -> None:
        """Wait until a run is over after which this holds; raise TimeoutError when that takes too long."""
        async with asyncio.timeout(GEDULD_S), self.klaar:
            while True:
                if not self.lezer.done():
                    await self.klaar.wait()
                if self.lezer.done():
                    raise ConnectionError("De verbinding is weg.") from self.lezer.exception()
                if voorwaarde(self):
                    return

    async def sluit(self) -> None:
        """Leave."""
        self._stop_klokken()
        self.lezer.cancel()
        with suppress(asyncio.CancelledError):
            await self.lezer
        await self.verbinding.close()

    def _zet(self, stand: WidgetState) -> None:
        self.waarden[stand.id] = stand

    async def _vraag(
        self, fragment: str = "", *druk: WidgetState, vanzelf: bool = False, pagina_naam: str = ""
    ) -> None:
        bericht = BackMsg()
        vraag = bericht.rerun_script
        vraag.query_string, vraag.page_script_hash, vraag.page_name = self.adres, self.pagina, pagina_naam
        vraag.fragment_id, vraag.is_auto_rerun = fragment, vanzelf
        vraag.widget_states.widgets.extend([*self.waarden.values(), *druk])
        vraag.cached_message_hashes.extend(self.bewaard)
        vraag.context_info.timezone, vraag.context_info.locale = "Europe/Amsterdam", "nl-NL"
        await self.verbinding.send(bericht.SerializeToString())

    async def _lees(self) -> None:
        try:
            async for rauw in self.verbinding:
                bericht = ForwardMsg()
                bericht.ParseFromString(rauw if isinstance(rauw, bytes) else rauw.encode())
                await self._verwerk(bericht)
        except ConnectionClosed as fout:
            self.fouten.append(f"verbinding: {fout}")
        finally:
            async with self.klaar:
                self.klaar.notify_all()

    async def _verwerk(self, bericht: ForwardMsg) -> None:
        if bericht.metadata.cacheable:
            self.bewaard[bericht.hash] = bericht
        soort = bericht.WhichOneof("type")
        if soort == "ref_hash":
            self._teken(bericht, self.bewaard[bericht.ref_hash])
        elif soort == "delta":
            self._teken(bericht, bericht)
        elif soort == "new_session":
            self._begin(bericht)
        elif soort == "navigation":
            self.paginas = {p.url_pathname: p.page_script_hash for p in bericht.navigation.app_pages}
            self.pagina = bericht.navigation.page_script_hash
        elif soort == "page_info_changed":
            self.adres = bericht.page_info_changed.query_string
        elif soort == "auto_rerun":
            self._stel_klok(bericht.auto_rerun.fragment_id, bericht.auto_rerun.interval)
        elif soort == "script_finished":
            await self._eindig(bericht.script_finished)

    def _begin(self, bericht: ForwardMsg) -> None:
        self.run = bericht.metadata.run.script_run_id
        self.fragmenten = frozenset(bericht.metadata.run.fragment_ids)
        if not self.fragmenten:
            self._stop_klokken()
            self.pagina = bericht.new_session.page_script_hash

    def _teken(self, kop: ForwardMsg, inhoud: ForwardMsg) -> None:
        if inhoud.delta.WhichOneof("type") != "new_element":
            return
        element = inhoud.delta.new_element
        self.plekken[tuple(kop.metadata.delta_path)] = Plek(element, self.run, inhoud.delta.fragment_id)

    async def _eindig(self, hoe: int) -> None:
        if hoe not in (_GELUKT, _FRAGMENT_GELUKT):
            return
        oud = {plaats for plaats, plek in self.plekken.items() if self._is_weg(plek)}
        self.plekken = {plaats: plek for plaats, plek in self.plekken.items() if plaats not in oud}
        if not self.fragmenten:
            self.getekend = self.pagina
            aanwezig = set(self._list_ids())
            self.waarden = {id_: stand for id_, stand in self.waarden.items() if id_ in aanwezig}
        self.fouten.extend(self._list_fouten())
        async with self.klaar:
            self.klaar.notify_all()

    def _is_weg(self, plek: Plek) -> bool:
        return plek.run != self.run and (not self.fragmenten or plek.fragment in self.fragmenten)

    def _list_ids(self) -> Iterator[str]:
        for plek in self.plekken.values():
            element = plek.element
            yield getattr(getattr(element, element.WhichOneof("type") or "empty"), "id", "")

    def _list_fouten(self) -> Iterator[str]:
        for plek in self.plekken.values():
            soort = plek.element.WhichOneof("type")
            if soort == "exception":
                yield f"uitzondering: {plek.element.exception.message}"
            elif soort == "alert" and plek.element.alert.format == Alert.ERROR:
                yield f"melding: {plek.element.alert.body}"

    def _stel_klok(self, fragment: str, elke_s: float) -> None:
        if fragment in self.klokken and self.klokken[fragment][0] == elke_s:
            return
        if fragment in self.klokken:
            self.klokken[fragment][1].cancel()
        self.klokken[fragment] = (elke_s, asyncio.create_task(self._tik(fragment, elke_s)))

    async def _tik(self, fragment: str, elke_s: float) -> None:
        with suppress(ConnectionClosed):
            while True:
                await asyncio.sleep(elke_s)
                await self._vraag(fragment, vanzelf=True)

    def _stop_klokken(self) -> None:
        for _, taak in self.klokken.values():
            taak.cancel()
        self.klokken = {}


def build_koekjes(geheim: str, herkomst: str, claims: dict[str, Any]) -> dict[str, str]:
    """Return the cookies of somebody who signed in: Streamlit signs them with the secret that all processes share."""
    inhoud = {"is_logged_in": True, "origin": herkomst, "iat": int(time.time()), **claims}
    aangemeld = create_signed_value(geheim, "_streamlit_user", json.dumps(inhoud)).decode()
    return {"_streamlit_xsrf": generate_xsrf_token_string(), "_streamlit_user": aangemeld}


async def verbind(herkomst: str, koekjes: dict[str, str]) -> Bezoeker:
    """Return a visitor at this origin (`http://localhost:8501`), with these cookies."""
    tls = ssl.create_default_context() if herkomst.startswith("https:") else None
    if tls is not None:
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    merken = [Subprotocol(merk) for merk in ("streamlit", koekjes.get("_streamlit_xsrf", "")) if merk]
    verbinding = await connect(
        f"ws{herkomst.removeprefix('http')}/_stcore/stream",
        ssl=tls,
        origin=herkomst,
        subprotocols=merken,
        additional_headers={"Cookie": "; ".join(f"{naam}={waarde}" for naam, waarde in koekjes.items())},
        max_size=None,
        compression=None,
        open_timeout=GEDULD_S,
    )
    return Bezoeker(verbinding)
