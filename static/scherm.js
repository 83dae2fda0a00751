// What the browser does itself: it keeps what was typed and not saved, keeps open what was unfolded, and follows a
// link within the site without loading the page anew. Works beside Streamlit, by plain events on the document.

const VAK = '[class*="st-key-concept_"]';
const VELDEN = 'textarea, input[type="text"][aria-label]';
const KEUZES = 'input[type="radio"]';
const aangeraakt = new WeakSet();
const pogingen = new WeakMap();
const uitgeklapt = new Set();
let laatsteFocus = null;
let herstelt = false;

const getNaam = (vak) => /st-key-(concept_[0-9a-f]+)/.exec(vak.className)?.[1];

function readConcept(naam) {
  try {
    return JSON.parse(sessionStorage.getItem(naam));
  } catch {
    return null;
  }
}

// Per field by its label; the key that the form was opened with is one of them.
function saveConcept(vak) {
  const velden = {};
  for (const veld of vak.querySelectorAll(VELDEN)) velden[veld.ariaLabel] = veld.value;
  const tekst = vak.querySelector("textarea");
  if (!tekst || (!tekst.value && !readConcept(getNaam(vak)))) return;
  const keuzes = [...vak.querySelectorAll(KEUZES)].map((keuze) => keuze.checked);
  try {
    sessionStorage.setItem(getNaam(vak), JSON.stringify({ velden, keuzes }));
  } catch {
    // A full or forbidden store: the text is still on the screen.
  }
}

// React listens to the event and compares with what it last wrote itself, so write past it.
function setWaarde(veld, waarde) {
  const keer = (pogingen.get(veld) ?? 0) + 1;
  if (veld.value === waarde || keer > 20) return;
  pogingen.set(veld, keer);
  setTimeout(onVerandering, 300);
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(veld), "value").set.call(veld, waarde);
  veld.dispatchEvent(new Event("input", { bubbles: true }));
}

// A field is as it was kept, until the person touches it. Looked at more than once: React may set it back at first.
function restoreConcept(vak) {
  const concept = vak.querySelector("[data-klaar]") && readConcept(getNaam(vak));
  if (!concept) return;
  const keuzes = [...vak.querySelectorAll(KEUZES)];
  herstelt = true;
  for (const veld of vak.querySelectorAll(`${VELDEN}, ${KEUZES}`)) {
    if (aangeraakt.has(veld)) continue;
    const waarde = concept.velden[veld.ariaLabel];
    if (veld.type === "radio") concept.keuzes[keuzes.indexOf(veld)] && !veld.checked && veld.click();
    else if (waarde !== undefined) setWaarde(veld, waarde);
  }
  herstelt = false;
}

// The server names the keys of forms that it has stored: what was typed in those can be forgotten.
function dropOpgeslagen(merk) {
  const sleutels = merk.dataset.klaar.split(" ").filter(Boolean);
  for (const naam of sleutels.length ? Object.keys(sessionStorage) : []) {
    const waarden = naam.startsWith("concept_") ? Object.values(readConcept(naam)?.velden ?? {}) : [];
    if (waarden.some((waarde) => sleutels.some((sleutel) => waarde.startsWith(sleutel)))) sessionStorage.removeItem(naam);
  }
}

function keepFocus() {
  if (document.activeElement !== document.body || !laatsteFocus || laatsteFocus.isConnected) return;
  const id = laatsteFocus.closest("details[id]")?.id;
  if (id) document.getElementById(id)?.querySelector("summary")?.focus({ preventScroll: true });
}

function onVerandering() {
  for (const merk of document.querySelectorAll(`${VAK} [data-klaar]`)) dropOpgeslagen(merk);
  for (const vak of document.querySelectorAll(VAK)) restoreConcept(vak);
  for (const id of uitgeklapt) {
    const blok = document.getElementById(id);
    if (blok && !blok.open) blok.open = true;
  }
  keepFocus();
}

function onInvoer(gebeurtenis) {
  const vak = gebeurtenis.target.closest?.(VAK);
  if (!vak || herstelt) return;
  for (const veld of vak.querySelectorAll(`${VELDEN}, ${KEUZES}`)) aangeraakt.add(veld);
  // After the event: a choice is made by then.
  setTimeout(() => vak.isConnected && saveConcept(vak));
}

function onKlik(gebeurtenis) {
  const { button, metaKey, ctrlKey, shiftKey, altKey } = gebeurtenis;
  const link = gebeurtenis.target.closest?.("a.binnen[href]");
  if (!link || button || metaKey || ctrlKey || shiftKey || altKey) return;
  gebeurtenis.preventDefault();
  // What the browser does at "back" too, and Streamlit listens to.
  history.pushState(null, "", link.href);
  dispatchEvent(new PopStateEvent("popstate"));
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}

document.addEventListener("input", onInvoer, true);
document.addEventListener("click", onInvoer, true);
document.addEventListener("click", onKlik);
document.addEventListener("focusin", ({ target }) => (laatsteFocus = target), true);
document.addEventListener(
  "toggle",
  ({ target }) => target.id && uitgeklapt[target.open ? "add" : "delete"](target.id),
  true,
);
new MutationObserver(onVerandering).observe(document, { childList: true, subtree: true });
