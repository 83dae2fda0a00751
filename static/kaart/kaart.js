/* Gebiedenkaart: one map per frame. `start` makes it, `toon` brings it to a new state (gebieden/kaart/kaartbeeld.py). */
(function () {
  "use strict";

  var MAX_ZOOM = 19;
  var map, laag, kleuren, tegels, tip, bronregel;
  var beeld = null;
  var geladen = null;
  var gevraagd = null;
  var kleuringen = 0;
  var laatsteSleutel = null;
  var zelfVerplaatst = false;
  var aanHetPassen = false;

  function createElement(soort, klasse, tekst) {
    var element = document.createElement(soort);
    if (klasse) element.className = klasse;
    if (tekst) element.textContent = tekst;
    return element;
  }

  /* Colours come as `k4:3b75a3ffffff rand:ffffff …` per theme (gebieden/kaart/kleuren.py). */
  function decodeKleuren(woorden) {
    var stelling = { klassen: {} };
    woorden.split(" ").forEach(function (woord) {
      var delen = woord.split(":");
      var inkt = delen[1].slice(6);
      if (inkt) stelling.klassen[delen[0].slice(1)] = ["#" + delen[1].slice(0, 6), "#" + inkt];
      else stelling[delen[0]] = "#" + delen[1];
    });
    return stelling;
  }

  function start(id, gegeven) {
    kleuren = gegeven;
    var grof = window.matchMedia && window.matchMedia("(pointer: coarse)").matches;
    map = L.map(id, {
      center: [52.1, 5.3], zoom: 7, minZoom: 5, maxZoom: MAX_ZOOM, zoomSnap: 0.1,
      zoomControl: false, attributionControl: false,
      // The page must keep scrolling under a wheel or a finger that happens to be on the map.
      scrollWheelZoom: false, dragging: !grof
    });
    var vak = map.getContainer();
    vak.setAttribute("role", "region");
    vak.setAttribute("aria-label", "Kaart van de gebieden. Dezelfde gegevens staan in de lijst bij de kaart.");
    L.control.zoom({ zoomInTitle: "Inzoomen", zoomOutTitle: "Uitzoomen" }).addTo(map);
    addTerugknop();
    bronregel = addBronregel();
    laag = new GebiedenLaag();
    tip = L.tooltip({ className: "gebied-tip", direction: "top", offset: [0, -6], opacity: 1 });
    bindMuis();
    watchOmgeving(vak);
    nameFrame();
    return map;
  }

  function addTerugknop() {
    var Terugknop = L.Control.extend({
      options: { position: "topleft" },
      onAdd: function () {
        var balk = L.DomUtil.create("div", "leaflet-bar leaflet-control");
        var knop = L.DomUtil.create("a", "kaart-terug", balk);
        knop.href = "#";
        knop.title = "Hele kaart tonen";
        knop.setAttribute("role", "button");
        knop.setAttribute("aria-label", "Hele kaart tonen");
        L.DomEvent.disableClickPropagation(balk);
        L.DomEvent.on(knop, "click", function (gebeurtenis) {
          L.DomEvent.preventDefault(gebeurtenis);
          zelfVerplaatst = false;
          fitKaart();
        });
        return balk;
      }
    });
    new Terugknop().addTo(map);
  }

  function addBronregel() {
    var regel = createElement("div", "kaart-bron");
    var Bron = L.Control.extend({ options: { position: "bottomright" }, onAdd: function () { return regel; } });
    new Bron().addTo(map);
    return regel;
  }

  function bindMuis() {
    map.on("mousemove", function (e) { pointAt(laag.findGebied(e.latlng), e.latlng); });
    map.on("mouseout", function () {
      pointAt(-1);
      map.scrollWheelZoom.disable();
    });
    map.on("click", function (e) {
      map.scrollWheelZoom.enable();
      var gebied = laag.findGebied(e.latlng);
      pointAt(gebied, e.latlng);
      reportKlik(gebied);
    });
    map.on("dragstart zoomstart", function () { if (!aanHetPassen) zelfVerplaatst = true; });
  }

  function pointAt(gebied, latlng) {
    laag.setAanwijzing(gebied);
    map.getContainer().style.cursor = gebied >= 0 ? "pointer" : "";
    if (gebied < 0 || !beeld) {
      map.closeTooltip(tip);
      return;
    }
    if (tip.gebied !== gebied || tip.sleutel !== beeld.s) {
      tip.gebied = gebied;
      tip.sleutel = beeld.s;
      tip.setContent(buildTip(gebied));
    }
    tip.setLatLng(latlng);
    map.openTooltip(tip);
  }

  function buildTip(gebied) {
    var inhoud = createElement("div");
    var kop = createElement("div", "gebied-tip-kop", laag.grenzen().namen[gebied]);
    kop.appendChild(createElement("span", "gebied-tip-niveau", laag.grenzen().niveaus[gebied]));
    inhoud.appendChild(kop);
    inhoud.appendChild(createElement("div", "", describeStand(gebied)));
    var ernaast = describeBij(gebied);
    if (ernaast) inhoud.appendChild(createElement("div", "", "Niet meegeteld: " + ernaast));
    if (beeld.f) inhoud.appendChild(createElement("div", "gebied-tip-filter", beeld.f));
    return inhoud;
  }

  function describeStand(gebied) {
    var teller = beeld.tellers[gebied];
    var noemer = beeld.noemers[gebied];
    if (beeld.k[gebied] === "9") return beeld.i + ": " + beeld.u;
    if (noemer === "0") return beeld.z.charAt(0).toUpperCase() + beeld.z.slice(1);
    if (beeld.c) return beeld.i + ": " + beeld.c[beeld.k[gebied] - 1];
    return beeld.i + ": " + teller + " van " + noemer + " " + beeld.e[noemer === "1" ? 0 : 1];
  }

  function describeBij(gebied) {
    return beeld.w.map(function (woord, i) {
      return beeld.ernaast[i][gebied] ? beeld.ernaast[i][gebied] + "× " + woord : "";
    }).filter(Boolean).join(", ");
  }

  function labelStand(gebied) {
    if (gebied in beeld.l) return beeld.l[gebied];
    if (beeld.k[gebied] === "9") return "onbekend";
    if (beeld.noemers[gebied] === "0") return "geen";
    return beeld.tellers[gebied] + " van " + beeld.noemers[gebied];
  }

  /* Outside all areas the code is empty: some pages say something about that. */
  function reportKlik(gebied) {
    if (gebied >= 0) laag.setSelectie(gebied);
    var code = gebied >= 0 ? laag.grenzen().codes[gebied] : "";
    // The number makes every click a new value, so that Python can tell a click from a rerun.
    window.Streamlit.setComponentValue({ klik: { code: code, nummer: Date.now() } });
  }

  /* Called by the delta. Returns an empty layer, because streamlit-folium adds and removes what a delta makes. */
  function toon(nieuw) {
    nieuw.tellers = nieuw.t.split(",");
    nieuw.noemers = nieuw.n.split(",");
    nieuw.ernaast = nieuw.x.map(function (aantallen) { return aantallen.split(","); });
    beeld = nieuw;
    bronregel.textContent = beeld.tegels ? beeld.b + " · " + beeld.tegels.bron : beeld.b;
    setTegels(beeld.tegels);
    if (geladen === beeld.g) applyBeeld();
    else if (gevraagd !== beeld.g) loadGrenzen(beeld.g, 1);
    window.feature_group = [];
    return L.layerGroup();
  }

  function loadGrenzen(url, poging) {
    gevraagd = url;
    document.body.dataset.grenzen = "bezig";
    fetch(url).then(function (antwoord) {
      if (!antwoord.ok) throw new Error(String(antwoord.status));
      return antwoord.json();
    }).then(function (bestand) {
      if (gevraagd === url) acceptGrenzen(url, bestand);
    }, function () {
      if (gevraagd !== url) return;
      if (poging < 3) window.setTimeout(loadGrenzen, 500 * poging, url, poging + 1);
      else showStoring();
    });
  }

  function acceptGrenzen(url, bestand) {
    var eerder = laag.grenzen() && laag.getKader(-1);
    laag.setGrenzen(bestand);
    geladen = url;
    tip.gebied = -1;
    laag.setAanwijzing(-1);
    if (!eerder || !isZelfdeKader(eerder, laag.getKader(-1))) zelfVerplaatst = false;
    setTheme();
    // Fitted first, so that the areas are painted once.
    if (!zelfVerplaatst) fitKaart();
    applyBeeld();
    if (!map.hasLayer(laag)) laag.addTo(map);
    afterPaint(function () { document.body.dataset.grenzen = "klaar"; });
  }

  function isZelfdeKader(a, b) {
    var marge = 0.02 * Math.abs(a.getNorth() - a.getSouth());
    return b && Math.abs(a.getNorth() - b.getNorth()) < marge && Math.abs(a.getSouth() - b.getSouth()) < marge &&
      Math.abs(a.getEast() - b.getEast()) < 2 * marge && Math.abs(a.getWest() - b.getWest()) < 2 * marge;
  }

  function applyBeeld() {
    var codes = laag.grenzen().codes;
    var focus = beeld.focus === null ? -1 : codes.indexOf(beeld.focus);
    laag.setStand({
      klassen: beeld.k, labels: labelStand, focus: focus,
      selectie: beeld.sel === null ? -1 : codes.indexOf(beeld.sel)
    });
    if (beeld.s === laatsteSleutel) return;
    laatsteSleutel = beeld.s;
    afterPaint(function () { document.body.dataset.kleuring = String(++kleuringen); });
  }

  /* Runs in the frame that shows what was just painted; a hidden page gets no frames, so it does not wait for one. */
  function afterPaint(stap) {
    var klaar = false;
    function once() {
      if (klaar) return;
      klaar = true;
      stap();
    }
    window.requestAnimationFrame(once);
    window.setTimeout(once, 250);
  }

  function fitKaart() {
    var focus = beeld && beeld.focus !== null ? laag.grenzen().codes.indexOf(beeld.focus) : -1;
    var kader = laag.grenzen() && laag.getKader(focus);
    if (!kader || !map.getSize().x) return;
    aanHetPassen = true;
    map.fitBounds(focus >= 0 ? kader.pad(0.35) : kader, { animate: false, padding: [10, 10] });
    map.setMaxBounds(laag.getKader(-1).pad(0.5));
    aanHetPassen = false;
  }

  function setTegels(gegeven) {
    laag.setDoorzichtig(Boolean(gegeven));
    if (gegeven && !tegels) {
      tegels = L.tileLayer(gegeven.url, { minZoom: 6, maxNativeZoom: 19, maxZoom: MAX_ZOOM, className: "kaart-tegels" });
      tegels.addTo(map);
    } else if (!gegeven && tegels) {
      map.removeLayer(tegels);
      tegels = null;
    }
  }

  function watchOmgeving(vak) {
    new ResizeObserver(function () {
      var vorige = map.getSize();
      map.invalidateSize({ pan: false });
      if (!vorige.equals(map.getSize()) && !zelfVerplaatst && geladen) fitKaart();
    }).observe(vak);
    window.Streamlit.events.addEventListener(window.Streamlit.RENDER_EVENT, setTheme);
    // A change that came while the scripts were loading was not shown; this asks for the latest state again.
    window.setTimeout(function () { window.Streamlit.setComponentReady(); }, 0);
  }

  function isDonker() {
    var kleur = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g);
    return Boolean(kleur) && 0.299 * kleur[0] + 0.587 * kleur[1] + 0.114 * kleur[2] < 128;
  }

  function setTheme() {
    var stelling = isDonker() ? "donker" : "licht";
    if (document.body.dataset.kleurstelling === stelling && laag.heeftKleuren()) return;
    document.body.dataset.kleurstelling = stelling;
    laag.setKleuren(decodeKleuren(kleuren[stelling]));
  }

  function nameFrame() {
    document.documentElement.lang = "nl";
    document.title = "Kaart van de gebieden";
    if (window.frameElement) window.frameElement.title = "Kaart van de gebieden";
  }

  function showStoring() {
    document.body.dataset.grenzen = "fout";
    var melding = createElement("p", "kaart-storing",
      "De grenzen op de kaart konden niet worden geladen. Vernieuw de pagina. Blijft dit gebeuren, meld het dan aan beheer. " +
      "De lijst bij de kaart werkt gewoon.");
    melding.setAttribute("role", "alert");
    map.getContainer().appendChild(melding);
  }

  window.gebiedenkaart = { start: start, toon: toon };
})();
