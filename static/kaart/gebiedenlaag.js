/* Gebiedenlaag: all areas as one Leaflet layer on three canvases: fills, borders, and marks with text.
   Recolouring repaints the fills and the text; the borders stay as they are until the view changes. */
(function () {
  "use strict";

  var WERELD_M = 2 * 20037508.342789244;
  var ONBEKEND = 9;
  var LETTERS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
  var TEKST_HOOGTE = 15;
  var TEKEN_MAAT = 11;

  /* The file of gebieden/kaart/geometrie.py as typed arrays: points relative to `oorsprong`, in grid steps. */
  function decodeGrenzen(bestand) {
    var aantal = bestand.codes.length;
    var punten = bestand.stappen.length / 2;
    var x = new Int32Array(punten);
    var y = new Int32Array(punten);
    for (var p = 0, px = 0, py = 0; p < punten; p++) {
      x[p] = px += bestand.stappen[2 * p];
      y[p] = py += bestand.stappen[2 * p + 1];
    }
    var ringBegin = new Int32Array(bestand.punten.length + 1);
    for (var r = 0; r < bestand.punten.length; r++) ringBegin[r + 1] = ringBegin[r] + bestand.punten[r];
    var gebiedBegin = new Int32Array(aantal + 1);
    for (var g = 0; g < aantal; g++) gebiedBegin[g + 1] = gebiedBegin[g] + bestand.ringen[g];
    var grenzen = {
      aantal: aantal, codes: bestand.codes, namen: bestand.namen, niveaus: bestand.niveaus,
      raster: bestand.raster_m, oorsprong: bestand.oorsprong,
      x: x, y: y, ringBegin: ringBegin, gebiedBegin: gebiedBegin, kader: new Float64Array(4 * aantal)
    };
    for (g = 0; g < aantal; g++) measureKader(grenzen, g);
    return grenzen;
  }

  function measureKader(grenzen, g) {
    var kader = [Infinity, Infinity, -Infinity, -Infinity];
    var tot = grenzen.ringBegin[grenzen.gebiedBegin[g + 1]];
    for (var p = grenzen.ringBegin[grenzen.gebiedBegin[g]]; p < tot; p++) {
      kader[0] = Math.min(kader[0], grenzen.x[p]);
      kader[1] = Math.min(kader[1], grenzen.y[p]);
      kader[2] = Math.max(kader[2], grenzen.x[p]);
      kader[3] = Math.max(kader[3], grenzen.y[p]);
    }
    grenzen.kader.set(kader, 4 * g);
  }

  /* Where a horizontal line lies inside an area, as sorted pairs of x. */
  function crossRingen(grenzen, g, hoogte) {
    var snijpunten = [];
    for (var r = grenzen.gebiedBegin[g]; r < grenzen.gebiedBegin[g + 1]; r++) {
      var van = grenzen.ringBegin[r];
      var tot = grenzen.ringBegin[r + 1];
      for (var p = van, vorige = tot - 1; p < tot; vorige = p++) {
        var y1 = grenzen.y[vorige];
        var y2 = grenzen.y[p];
        if ((y1 > hoogte) === (y2 > hoogte)) continue;
        var x1 = grenzen.x[vorige];
        snijpunten.push(x1 + ((hoogte - y1) / (y2 - y1)) * (grenzen.x[p] - x1));
      }
    }
    return snijpunten.sort(function (a, b) { return a - b; });
  }

  function intersectStukken(a, b) {
    var uit = [];
    for (var i = 0; i + 1 < a.length; i += 2) {
      for (var j = 0; j + 1 < b.length; j += 2) {
        var van = Math.max(a[i], b[j]);
        var tot = Math.min(a[i + 1], b[j + 1]);
        if (tot > van) uit.push(van, tot);
      }
    }
    return uit;
  }

  /* The middle of the best free spot for a box of this size (grid steps) inside an area, or null. */
  function findPlek(grenzen, g, breedte, hoogte) {
    var boven = grenzen.kader[4 * g + 1];
    var onder = grenzen.kader[4 * g + 3];
    if (grenzen.kader[4 * g + 2] - grenzen.kader[4 * g] < breedte || onder - boven < hoogte) return null;
    var beste = null;
    for (var stap = 0; stap < 11; stap++) {
      var y = boven + hoogte / 2 + (onder - boven - hoogte) * (stap / 10);
      var stukken = crossRingen(grenzen, g, y);
      stukken = intersectStukken(stukken, crossRingen(grenzen, g, y - hoogte / 2));
      stukken = intersectStukken(stukken, crossRingen(grenzen, g, y + hoogte / 2));
      for (var i = 0; i < stukken.length; i += 2) {
        var ruimte = stukken[i + 1] - stukken[i];
        if (ruimte < breedte) continue;
        var score = Math.min(ruimte, 3 * breedte) - Math.abs(stap - 5) * 0.12 * breedte;
        if (!beste || score > beste.score) beste = { score: score, x: (stukken[i] + stukken[i + 1]) / 2, y: y };
      }
    }
    return beste;
  }

  function buildArcering(vulling) {
    var tegel = document.createElement("canvas");
    tegel.width = tegel.height = 8;
    var ctx = tegel.getContext("2d");
    ctx.fillStyle = vulling[0];
    ctx.fillRect(0, 0, 8, 8);
    ctx.strokeStyle = vulling[1];
    ctx.lineWidth = 1;
    ctx.beginPath();
    for (var d = -8; d <= 8; d += 8) { ctx.moveTo(d - 1, 9); ctx.lineTo(d + 9, -1); }
    ctx.stroke();
    return ctx.createPattern(tegel, "repeat");
  }

  function buildStippen(vulling) {
    var tegel = document.createElement("canvas");
    tegel.width = tegel.height = 10;
    var ctx = tegel.getContext("2d");
    ctx.fillStyle = vulling[0];
    ctx.fillRect(0, 0, 10, 10);
    ctx.fillStyle = vulling[1];
    ctx.fillRect(2, 2, 1.2, 1.2);
    ctx.fillRect(7, 7, 1.2, 1.2);
    return ctx.createPattern(tegel, "repeat");
  }

  window.GebiedenLaag = L.Renderer.extend({
    options: { padding: 0.15 },

    setGrenzen: function (bestand) {
      this._grenzen = decodeGrenzen(bestand);
      this._stand = null;
    },

    grenzen: function () { return this._grenzen; },

    heeftKleuren: function () { return Boolean(this._kleuren); },

    /* stand: {klassen: digits as text, labels: function from index to text, focus: index or -1, selectie: index or -1} */
    setStand: function (stand) {
      var zelfdeBeeld = this._stand && this._stand.focus === stand.focus;
      this._stand = stand;
      this._plekken = null;
      if (!this._bounds) return;
      this._paintVlakken();
      if (!zelfdeBeeld) this._paintLijnen();
      this._paintMerken();
    },

    setSelectie: function (selectie) {
      if (!this._stand || this._stand.selectie === selectie) return;
      this._stand.selectie = selectie;
      this._paintMerken();
    },

    setAanwijzing: function (gebied) {
      if (this._aangewezen === gebied) return;
      this._aangewezen = gebied;
      this._paintMerken();
    },

    setKleuren: function (kleuren) {
      this._kleuren = kleuren;
      this._patronen = {
        0: buildStippen(kleuren.klassen[0]),
        9: buildArcering(kleuren.klassen[ONBEKEND])
      };
      this._paint();
    },

    setDoorzichtig: function (doorzichtig) {
      if (this._doorzichtig === doorzichtig) return;
      this._doorzichtig = doorzichtig;
      this._paint();
    },

    /* Bounds of one area, or of all of them, as Leaflet wants them. */
    getKader: function (gebied) {
      var k = [Infinity, Infinity, -Infinity, -Infinity];
      var grenzen = this._grenzen;
      for (var g = 0; g < grenzen.aantal; g++) {
        if (gebied >= 0 && g !== gebied) continue;
        k[0] = Math.min(k[0], grenzen.kader[4 * g]);
        k[1] = Math.min(k[1], grenzen.kader[4 * g + 1]);
        k[2] = Math.max(k[2], grenzen.kader[4 * g + 2]);
        k[3] = Math.max(k[3], grenzen.kader[4 * g + 3]);
      }
      return k[0] > k[2] ? null : L.latLngBounds(this._toLatLng(k[0], k[3]), this._toLatLng(k[2], k[1]));
    },

    /* Index of the area at a place, or -1. */
    findGebied: function (latlng) {
      var grenzen = this._grenzen;
      if (!grenzen) return -1;
      var m = L.Projection.SphericalMercator.project(latlng);
      var x = (m.x + WERELD_M / 2) / grenzen.raster - grenzen.oorsprong[0];
      var y = (WERELD_M / 2 - m.y) / grenzen.raster - grenzen.oorsprong[1];
      var k = grenzen.kader;
      for (var g = 0; g < grenzen.aantal; g++) {
        if (x < k[4 * g] || y < k[4 * g + 1] || x > k[4 * g + 2] || y > k[4 * g + 3]) continue;
        var links = crossRingen(grenzen, g, y).filter(function (snijpunt) { return snijpunt < x; });
        if (links.length % 2) return g;
      }
      return -1;
    },

    _toLatLng: function (x, y) {
      var grenzen = this._grenzen;
      return L.Projection.SphericalMercator.unproject(L.point(
        (x + grenzen.oorsprong[0]) * grenzen.raster - WERELD_M / 2,
        WERELD_M / 2 - (y + grenzen.oorsprong[1]) * grenzen.raster
      ));
    },

    _initContainer: function () {
      this._container = L.DomUtil.create("div", "gebiedenlaag");
      this._doeken = ["vlakken", "lijnen", "merken"].map(function (naam) {
        return L.DomUtil.create("canvas", "gebiedenlaag-" + naam, this._container).getContext("2d");
      }, this);
    },

    _destroyContainer: function () {
      L.DomUtil.remove(this._container);
      delete this._container;
    },

    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._plekken = null;
      this._paint();
    },

    _paint: function () {
      if (!this._bounds || !this._stand || !this._kleuren) return;
      this._paintVlakken();
      this._paintLijnen();
      this._paintMerken();
    },

    /* From grid steps to pixels on the canvas, for the view of now. */
    _measureBeeld: function () {
      var grenzen = this._grenzen;
      var schaal = (grenzen.raster * 256 * Math.pow(2, this._zoom)) / WERELD_M;
      var hoek = this._map.getPixelOrigin().add(this._bounds.min);
      var grootte = this._bounds.getSize();
      return {
        schaal: schaal,
        dx: grenzen.oorsprong[0] * schaal - hoek.x,
        dy: grenzen.oorsprong[1] * schaal - hoek.y,
        breedte: grootte.x, hoogte: grootte.y
      };
    },

    _clearDoek: function (nummer, beeld) {
      var ctx = this._doeken[nummer];
      var dichtheid = Math.min(window.devicePixelRatio || 1, 2);
      var breedte = Math.round(beeld.breedte * dichtheid);
      var hoogte = Math.round(beeld.hoogte * dichtheid);
      if (ctx.canvas.width !== breedte || ctx.canvas.height !== hoogte) {
        ctx.canvas.width = breedte;
        ctx.canvas.height = hoogte;
        ctx.canvas.style.width = beeld.breedte + "px";
        ctx.canvas.style.height = beeld.hoogte + "px";
      }
      ctx.setTransform(dichtheid, 0, 0, dichtheid, 0, 0);
      ctx.clearRect(0, 0, beeld.breedte, beeld.hoogte);
      return ctx;
    },

    _isZichtbaar: function (g, beeld) {
      var k = this._grenzen.kader;
      return k[4 * g] * beeld.schaal + beeld.dx < beeld.breedte && k[4 * g + 2] * beeld.schaal + beeld.dx > 0 &&
        k[4 * g + 1] * beeld.schaal + beeld.dy < beeld.hoogte && k[4 * g + 3] * beeld.schaal + beeld.dy > 0;
    },

    /* Adds an area to the current path; points less than half a pixel from the one before are left out. */
    _traceGebied: function (ctx, g, beeld) {
      var grenzen = this._grenzen;
      var x = grenzen.x;
      var y = grenzen.y;
      var genoeg = 0.5 / beeld.schaal;
      for (var r = grenzen.gebiedBegin[g]; r < grenzen.gebiedBegin[g + 1]; r++) {
        var van = grenzen.ringBegin[r];
        var tot = grenzen.ringBegin[r + 1];
        ctx.moveTo(x[van] * beeld.schaal + beeld.dx, y[van] * beeld.schaal + beeld.dy);
        for (var p = van + 1, laatste = van; p < tot; p++) {
          if (Math.abs(x[p] - x[laatste]) + Math.abs(y[p] - y[laatste]) < genoeg) continue;
          ctx.lineTo(x[p] * beeld.schaal + beeld.dx, y[p] * beeld.schaal + beeld.dy);
          laatste = p;
        }
        ctx.closePath();
      }
    },

    _paintVlakken: function () {
      var beeld = this._measureBeeld();
      var ctx = this._clearDoek(0, beeld);
      var perKlasse = {};
      for (var g = 0; g < this._grenzen.aantal; g++) {
        if (!this._isZichtbaar(g, beeld)) continue;
        var sleutel = this._stand.klassen[g] + (this._stand.focus >= 0 && this._stand.focus !== g ? "buur" : "");
        (perKlasse[sleutel] = perKlasse[sleutel] || []).push(g);
      }
      for (sleutel in perKlasse) {
        var klasse = sleutel[0];
        ctx.globalAlpha = (sleutel.length > 1 ? 0.35 : 1) * (this._doorzichtig ? 0.75 : 1);
        ctx.fillStyle = this._patronen[klasse] || this._kleuren.klassen[klasse][0];
        ctx.beginPath();
        for (var i = 0; i < perKlasse[sleutel].length; i++) this._traceGebied(ctx, perKlasse[sleutel][i], beeld);
        ctx.fill();
      }
      ctx.globalAlpha = 1;
    },

    _paintLijnen: function () {
      var beeld = this._measureBeeld();
      var ctx = this._clearDoek(1, beeld);
      var zichtbaar = 0;
      ctx.beginPath();
      for (var g = 0; g < this._grenzen.aantal; g++) {
        if (!this._isZichtbaar(g, beeld)) continue;
        this._traceGebied(ctx, g, beeld);
        zichtbaar++;
      }
      var druk = Math.min(1, Math.sqrt((beeld.breedte * beeld.hoogte) / Math.max(zichtbaar, 1)) / 40);
      ctx.lineJoin = "round";
      ctx.strokeStyle = this._kleuren.rand;
      if (druk > 0.5) {
        ctx.lineWidth = 2.6 * druk;
        ctx.stroke();
      }
      ctx.strokeStyle = this._kleuren.lijn;
      ctx.lineWidth = Math.max(0.25, 0.9 * druk);
      ctx.stroke();
    },

    _paintMerken: function () {
      if (!this._bounds || !this._stand || !this._kleuren) return;
      var beeld = this._measureBeeld();
      var ctx = this._clearDoek(2, beeld);
      if (this._aangewezen >= 0) this._strokeOmtrek(ctx, this._aangewezen, beeld, this._kleuren.lijn, 2.4);
      if (this._stand.focus >= 0) this._strokeOmtrek(ctx, this._stand.focus, beeld, this._kleuren.lijn, 3);
      if (this._stand.selectie >= 0) {
        this._strokeOmtrek(ctx, this._stand.selectie, beeld, this._kleuren.rand, 7);
        this._strokeOmtrek(ctx, this._stand.selectie, beeld, this._kleuren.selectie, 4);
      }
      this._plekken = this._plekken || this._placeTeksten(ctx, beeld);
      this._plekken.forEach(function (plek) { this._drawTekst(ctx, plek, beeld); }, this);
    },

    _strokeOmtrek: function (ctx, g, beeld, kleur, breedte) {
      ctx.beginPath();
      this._traceGebied(ctx, g, beeld);
      ctx.lineJoin = "round";
      ctx.strokeStyle = kleur;
      ctx.lineWidth = breedte;
      ctx.stroke();
    },

    /* What fits in each area: name and label, else the label, else the sign of its class. */
    _placeTeksten: function (ctx, beeld) {
      var plekken = [];
      for (var g = 0; g < this._grenzen.aantal; g++) {
        if (!this._isZichtbaar(g, beeld)) continue;
        var plek = this._placeTekst(ctx, g, beeld);
        if (plek) plekken.push(plek);
      }
      return plekken;
    },

    _placeTekst: function (ctx, g, beeld) {
      var buur = this._stand.focus >= 0 && this._stand.focus !== g;
      var label = buur ? "" : this._stand.labels(g);
      var regels = [{ tekst: this._grenzen.namen[g], letter: "11.5px " + LETTERS }];
      if (label) regels.push({ tekst: label, letter: "600 12.5px " + LETTERS });
      for (; regels.length; regels = regels.slice(1)) {
        var breedte = 0;
        for (var i = 0; i < regels.length; i++) {
          ctx.font = regels[i].letter;
          breedte = Math.max(breedte, ctx.measureText(regels[i].tekst).width);
        }
        var plek = this._findPlek(g, breedte + 8, regels.length * TEKST_HOOGTE + 3, beeld);
        if (plek) return { gebied: g, regels: regels, x: plek.x, y: plek.y };
      }
      plek = this._findPlek(g, TEKEN_MAAT + 3, TEKEN_MAAT + 3, beeld);
      return plek && !buur ? { gebied: g, regels: [], x: plek.x, y: plek.y } : null;
    },

    _findPlek: function (g, breedte, hoogte, beeld) {
      return findPlek(this._grenzen, g, breedte / beeld.schaal, hoogte / beeld.schaal);
    },

    _drawTekst: function (ctx, plek, beeld) {
      var vulling = this._kleuren.klassen[this._stand.klassen[plek.gebied]];
      var x = plek.x * beeld.schaal + beeld.dx;
      var y = plek.y * beeld.schaal + beeld.dy - ((plek.regels.length - 1) * TEKST_HOOGTE) / 2;
      if (!plek.regels.length) {
        this._drawTeken(ctx, Number(this._stand.klassen[plek.gebied]), x, y, vulling[1]);
        return;
      }
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      ctx.lineWidth = 3;
      ctx.strokeStyle = vulling[0];
      ctx.fillStyle = this._stand.focus >= 0 && this._stand.focus !== plek.gebied ? this._kleuren.lijn : vulling[1];
      if (ctx.fillStyle === this._kleuren.lijn) ctx.strokeStyle = this._kleuren.rand;
      plek.regels.forEach(function (regel, i) {
        ctx.font = regel.letter;
        ctx.strokeText(regel.tekst, x, y + i * TEKST_HOOGTE);
        ctx.fillText(regel.tekst, x, y + i * TEKST_HOOGTE);
      });
    },

    /* A disc that fills up with the class; patterned areas need no sign. */
    _drawTeken: function (ctx, klasse, x, y, inkt) {
      if (klasse < 1 || klasse > 5) return;
      var straal = TEKEN_MAAT / 2 - 1;
      ctx.strokeStyle = ctx.fillStyle = inkt;
      ctx.lineWidth = 1.1;
      ctx.beginPath();
      ctx.arc(x, y, straal, 0, 2 * Math.PI);
      ctx.stroke();
      if (klasse === 1) return;
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.arc(x, y, straal, -Math.PI / 2, -Math.PI / 2 + ((klasse - 1) / 4) * 2 * Math.PI);
      ctx.fill();
    }
  });
})();
