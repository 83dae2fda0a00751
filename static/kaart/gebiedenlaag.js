/* Gebiedenlaag: all areas of `grenzen.js` as one Leaflet layer on three canvases: fills, borders, marks with text.
   Recolouring repaints the fills and the text; the borders stay as they are until the view changes. */
(function () {
  "use strict";

  var WERELD_M = 2 * 20037508.342789244;
  var LETTERS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
  var LETTER_NAAM = "11.5px " + LETTERS;
  var LETTER_LABEL = "600 12.5px " + LETTERS;
  var TEKST_HOOGTE = 15;
  var TEKEN_MAAT = 11;

  /* From this many areas in view on, fills are painted pixel by pixel: as fast for a country as for a town. */
  var VEEL_GEBIEDEN = 400;

  function drawTegel(maat, vulling, teken) {
    var tegel = document.createElement("canvas");
    tegel.width = tegel.height = maat;
    var ctx = tegel.getContext("2d");
    ctx.fillStyle = vulling[0];
    ctx.fillRect(0, 0, maat, maat);
    ctx.fillStyle = ctx.strokeStyle = vulling[1];
    teken(ctx);
    return {
      maat: maat, patroon: ctx.createPattern(tegel, "repeat"),
      punten: new Uint32Array(ctx.getImageData(0, 0, maat, maat).data.buffer)
    };
  }

  function drawArcering(ctx) {
    ctx.lineWidth = 1;
    ctx.beginPath();
    for (var d = -8; d <= 8; d += 8) { ctx.moveTo(d - 1, 9); ctx.lineTo(d + 9, -1); }
    ctx.stroke();
  }

  function drawStippen(ctx) {
    ctx.fillRect(2, 2, 1.2, 1.2);
    ctx.fillRect(7, 7, 1.2, 1.2);
  }

  function readKleur(hex) {
    var getal = parseInt(hex.slice(1), 16);
    return (255 << 24 | (getal & 255) << 16 | getal & 65280 | getal >> 16) >>> 0;
  }

  window.GebiedenLaag = L.Renderer.extend({
    options: { padding: 0.15 },

    setGrenzen: function (bestand) {
      this._grenzen = window.gebiedengrenzen.decode(bestand);
      this._raster = null;
      this._breedtes = {};
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
      this._tegels = { 0: drawTegel(10, kleuren.klassen[0], drawStippen), 9: drawTegel(8, kleuren.klassen[9], drawArcering) };
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
      return window.gebiedengrenzen.findGebied(
        grenzen,
        (m.x + WERELD_M / 2) / grenzen.raster - grenzen.oorsprong[0],
        (WERELD_M / 2 - m.y) / grenzen.raster - grenzen.oorsprong[1]
      );
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
      this._raster = null;
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
      var zichtbaar = [];
      for (var g = 0; g < this._grenzen.aantal; g++) if (this._isZichtbaar(g, beeld)) zichtbaar.push(g);
      if (zichtbaar.length < VEEL_GEBIEDEN || this._grenzen.aantal > 65534) this._fillVlakken(ctx, beeld, zichtbaar);
      else this._fillPunten(ctx, beeld);
    },

    /* How solid an area is painted: neighbours of the focus are pale, and a background shines through. */
    _dekking: function (g) {
      var buur = this._stand.focus >= 0 && this._stand.focus !== g;
      return (buur ? 0.35 : 1) * (this._doorzichtig ? 0.75 : 1);
    },

    _fillVlakken: function (ctx, beeld, zichtbaar) {
      var groepen = {};
      zichtbaar.forEach(function (g) {
        var groep = this._stand.klassen[g] + this._dekking(g);
        (groepen[groep] = groepen[groep] || []).push(g);
      }, this);
      for (var groep in groepen) {
        ctx.globalAlpha = Number(groep.slice(1));
        ctx.fillStyle = this._tegels[groep[0]] ? this._tegels[groep[0]].patroon : this._kleuren.klassen[groep[0]][0];
        ctx.beginPath();
        for (var i = 0; i < groepen[groep].length; i++) this._traceGebied(ctx, groepen[groep][i], beeld);
        ctx.fill();
      }
      ctx.globalAlpha = 1;
    },

    _fillPunten: function (ctx, beeld) {
      var breedte = ctx.canvas.width;
      var hoogte = ctx.canvas.height;
      var d = breedte / beeld.breedte;
      var opPunten = { schaal: beeld.schaal * d, dx: beeld.dx * d, dy: beeld.dy * d };
      var raster = this._raster = this._raster || window.gebiedengrenzen.raster(this._grenzen, opPunten, breedte, hoogte);
      var kleuren = this._listKleuren();
      var beelddata = ctx.createImageData(breedte, hoogte);
      var punten = new Uint32Array(beelddata.data.buffer);
      for (var y = 0, i = 0; y < hoogte; y++) {
        for (var x = 0; x < breedte; x++, i++) {
          var gebied = raster[i];
          if (!gebied) continue;
          var tegel = kleuren.tegels[gebied];
          punten[i] = tegel ? tegel.punten[(y / d | 0) % tegel.maat * tegel.maat + (x / d | 0) % tegel.maat] & kleuren.waas[gebied]
            : kleuren.vol[gebied];
        }
      }
      ctx.putImageData(beelddata, 0, 0);
    },

    _listKleuren: function () {
      var aantal = this._grenzen.aantal;
      var perKlasse = {};
      for (var klasse in this._kleuren.klassen) perKlasse[klasse] = readKleur(this._kleuren.klassen[klasse][0]);
      var lijst = { vol: new Uint32Array(aantal + 1), waas: new Uint32Array(aantal + 1), tegels: new Array(aantal + 1) };
      for (var g = 0; g < aantal; g++) {
        var waas = (Math.round(255 * this._dekking(g)) << 24 | 0xffffff) >>> 0;
        lijst.waas[g + 1] = waas;
        lijst.vol[g + 1] = perKlasse[this._stand.klassen[g]] & waas;
        lijst.tegels[g + 1] = this._tegels[this._stand.klassen[g]];
      }
      return lijst;
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
      ctx.lineWidth = Math.max(0.25, 0.8 * druk);
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
      if (this._isKleiner(g, TEKEN_MAAT + 3, beeld)) return null;
      var buur = this._stand.focus >= 0 && this._stand.focus !== g;
      var label = buur ? "" : this._stand.labels(g);
      var regels = [{ tekst: this._grenzen.namen[g], letter: LETTER_NAAM }];
      if (label) regels.push({ tekst: label, letter: LETTER_LABEL });
      for (; regels.length; regels = regels.slice(1)) {
        var breedte = 0;
        for (var i = 0; i < regels.length; i++) breedte = Math.max(breedte, this._measureTekst(ctx, regels[i]));
        var plek = this._findPlek(g, breedte + 8, regels.length * TEKST_HOOGTE + 3, beeld);
        if (plek) return { gebied: g, regels: regels, x: plek.x, y: plek.y };
      }
      plek = this._findPlek(g, TEKEN_MAAT + 3, TEKEN_MAAT + 3, beeld);
      return plek && !buur ? { gebied: g, regels: [], x: plek.x, y: plek.y } : null;
    },

    _isKleiner: function (g, maat, beeld) {
      var k = this._grenzen.kader;
      return (k[4 * g + 2] - k[4 * g]) * beeld.schaal < maat || (k[4 * g + 3] - k[4 * g + 1]) * beeld.schaal < maat;
    },

    _measureTekst: function (ctx, regel) {
      var sleutel = regel.letter + regel.tekst;
      if (!(sleutel in this._breedtes)) {
        ctx.font = regel.letter;
        this._breedtes[sleutel] = ctx.measureText(regel.tekst).width;
      }
      return this._breedtes[sleutel];
    },

    /* Rather a spot with air around it, else one that just fits. */
    _findPlek: function (g, breedte, hoogte, beeld) {
      var zoek = window.gebiedengrenzen.findPlek;
      return zoek(this._grenzen, g, (breedte + 12) / beeld.schaal, (hoogte + 14) / beeld.schaal) ||
        zoek(this._grenzen, g, breedte / beeld.schaal, hoogte / beeld.schaal);
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
