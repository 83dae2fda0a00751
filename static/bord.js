// The board: a card is dragged to another column, or moved by the buttons on it. What may be moved where stands in the
// page; the server looks at it again. The board itself is plain HTML that the server draws anew after every move.

const BORD = ".bord";
let gesleept = null; // the card under the mouse
let laatste = null; // where the focus was: which card, and on what in it
let wasOpen = false;
let stop = () => {};

const getBord = () => document.querySelector(BORD);
const findKaart = (id) => [...document.querySelectorAll(`${BORD} .kaart`)].find((kaart) => kaart.dataset.id === id);
const listDoelen = (kaart) => (kaart.dataset.naar ?? "").split(" ").filter(Boolean);

function markKolommen(kaart) {
  getBord()?.classList.toggle("sleept", Boolean(kaart));
  for (const kolom of document.querySelectorAll(`${BORD} .kolom`)) {
    const staat = kolom.dataset.staat;
    const isEigen = kaart?.dataset.van === staat;
    const isDoel = Boolean(kaart) && listDoelen(kaart).includes(staat);
    kolom.classList.toggle("doel", isDoel);
    kolom.classList.toggle("dicht", Boolean(kaart) && !isDoel && !isEigen);
    kolom.classList.remove("boven");
  }
}

function onSleepBegin(gebeurtenis) {
  const kaart = gebeurtenis.target.closest?.(`${BORD} .kaart[data-naar]`);
  if (!kaart) return;
  gesleept = kaart;
  gebeurtenis.dataTransfer.effectAllowed = "move";
  gebeurtenis.dataTransfer.setData("text/plain", kaart.dataset.id);
  // Not at once: a page that changes while a drag begins ends it in some browsers.
  setTimeout(() => gesleept && markKolommen(gesleept));
}

function findDoel(gebeurtenis) {
  const kolom = gebeurtenis.target.closest?.(`${BORD} .kolom`);
  return gesleept && kolom && listDoelen(gesleept).includes(kolom.dataset.staat) ? kolom : null;
}

function onSleepOver(gebeurtenis) {
  const doel = findDoel(gebeurtenis);
  for (const kolom of document.querySelectorAll(`${BORD} .boven`)) if (kolom !== doel) kolom.classList.remove("boven");
  if (!doel) return;
  // What tells the browser that it may be dropped here.
  gebeurtenis.preventDefault();
  gebeurtenis.dataTransfer.dropEffect = "move";
  doel.classList.add("boven");
}

function onSleepEinde() {
  gesleept = null;
  markKolommen(null);
}

function noteFocus({ target }) {
  const kaart = target.closest?.(`${BORD} .kaart`);
  laatste = kaart && { id: kaart.dataset.id, opLink: target.matches("a") };
}

// The board was drawn anew: the focus is on the same card, wherever that is now.
function keepFocus() {
  if (gesleept && !gesleept.isConnected) onSleepEinde();
  // Nowhere, or on the part of the page that the board is in, which takes it when a mouse goes down.
  if (!laatste || !document.activeElement?.contains(getBord())) return;
  const kaart = findKaart(laatste.id);
  const veld = kaart?.querySelector(laatste.opLink ? "a" : "summary") ?? kaart?.querySelector("a");
  veld?.focus({ preventScroll: true });
  veld?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

const getVolgorde = ({ dataset }) => `${dataset.dag ?? "9999-12-31"} ${dataset.id}`;

function addAantal(kolom, verschil) {
  const aantal = kolom.querySelector(".aantal");
  aantal.textContent = Number(aantal.textContent) + verschil;
}

// The server has stored a move and its board is still on its way: the card goes ahead of it.
function moveVooruit() {
  const bord = getBord();
  const zet = document.querySelector(".verplaatst")?.dataset;
  if (!bord || !(Number(zet?.nummer) > Number(bord.dataset.nummer))) return;
  bord.dataset.nummer = zet.nummer;
  const kaart = findKaart(zet.id);
  const kolom = bord.querySelector(`.kolom[data-staat="${CSS.escape(zet.naar)}"]`);
  if (!kaart || !kolom || kolom.contains(kaart)) return;
  addAantal(kaart.closest(".kolom"), -1);
  addAantal(kolom, 1);
  kolom.classList.remove("leeg");
  kaart.classList.remove("bezig");
  kaart.dataset.van = zet.naar;
  const volgorde = getVolgorde(kaart);
  const lijst = kolom.querySelector(".kaarten");
  lijst.insertBefore(kaart, [...lijst.children].find((ander) => getVolgorde(ander) > volgorde) ?? null);
  // Where it may go from here, the board says.
  delete kaart.dataset.naar;
  kaart.removeAttribute("draggable");
}

function onToets(gebeurtenis) {
  const menu = gebeurtenis.target.closest?.(`${BORD} details.verplaats[open]`);
  if (gebeurtenis.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

function addKnop(lijst, staat) {
  const knop = document.createElement("button");
  knop.type = "button";
  knop.dataset.doel = staat;
  knop.textContent = document.querySelector(`${BORD} .kolom[data-staat="${staat}"] .naam`).textContent;
  lijst.appendChild(document.createElement("li")).append(knop);
}

// Before the browser unfolds it.
function fillMenu({ target }) {
  const menu = target.closest?.(`${BORD} .verplaats summary`)?.parentElement;
  const lijst = menu?.querySelector("ul:empty");
  if (lijst) for (const staat of listDoelen(menu.closest(".kaart"))) addKnop(lijst, staat);
}

function closeAndere({ target }) {
  if (!target.matches?.(`${BORD} details.verplaats`) || !target.open) return;
  for (const menu of document.querySelectorAll(`${BORD} details.verplaats[open]`)) if (menu !== target) menu.open = false;
}

// What was asked has been answered: the form is open and has the focus, or it is closed and its card has.
function showAntwoord({ open, bij }) {
  for (const kaart of document.querySelectorAll(`${BORD} .bezig`)) kaart.classList.remove("bezig");
  const veld = open && !wasOpen && document.querySelector(".st-key-bordformulier :is(input, textarea, button)");
  if (open) laatste = null;
  else if (wasOpen) laatste = { id: bij, opLink: false };
  if (veld) veld.focus();
  wasOpen = open;
}

export default function ({ data, parentElement, setTriggerValue }) {
  // Called again whenever `data` changes, and not told that the time before is over.
  stop();
  const einde = new AbortController();
  const luister = (naam, doe) => document.addEventListener(naam, doe, { capture: true, signal: einde.signal });

  // Announced by screen readers because the element stays and its text changes.
  const zeg = parentElement.querySelector("[role=status]") ?? document.createElement("div");
  zeg.setAttribute("role", "status");
  zeg.className = "vh";
  if (!zeg.isConnected) parentElement.append(zeg);
  zeg.textContent = data.melding;
  showAntwoord(data);

  const send = (kaart, naar) => {
    laatste = { id: kaart.dataset.id, opLink: false };
    kaart.classList.add("bezig");
    const nummer = Number(getBord().dataset.nummer);
    setTriggerValue("zet", { id: kaart.dataset.id, van: kaart.dataset.van, naar, nummer });
  };
  luister("dragstart", onSleepBegin);
  luister("dragover", onSleepOver);
  luister("drop", (gebeurtenis) => {
    const doel = findDoel(gebeurtenis);
    if (!doel) return;
    gebeurtenis.preventDefault();
    send(gesleept, doel.dataset.staat);
    onSleepEinde();
  });
  luister("dragend", onSleepEinde);
  luister("click", fillMenu);
  luister("click", ({ target }) => {
    const knop = target.closest?.(`${BORD} button`);
    if (knop?.dataset.doel) {
      const kaart = knop.closest(".kaart");
      kaart.querySelector("details.verplaats").open = false;
      send(kaart, knop.dataset.doel);
    } else if (knop?.dataset.meer) setTriggerValue("meer", knop.dataset.meer);
  });
  luister("focusin", noteFocus);
  luister("pointerdown", ({ target }) => target.closest?.(`${BORD} .kaart`) || (laatste = null));
  luister("keydown", onToets);
  luister("toggle", closeAndere);
  const kijk = new MutationObserver(() => {
    moveVooruit();
    keepFocus();
  });
  kijk.observe(document.body, { childList: true, subtree: true });
  keepFocus();
  stop = () => {
    einde.abort();
    kijk.disconnect();
  };
  return stop;
}
