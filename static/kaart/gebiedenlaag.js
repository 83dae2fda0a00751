/* Gebiedenlaag: all areas of `grenzen.js` as one Leaflet layer on three canvases: fills, borders, marks (`merken.js`).
   Recolouring repaints the fills and the text; the borders stay as they are until the view changes. */
(function () {
  "use strict";

  var WERELD_M = 2 * 20037508.342789244;
  /* From this many areas in view on, fills are painted pixel by pixel: as fast for a country as for a town. */
  var VEEL_GEBIEDEN = 400;
  // And from this many on the borders too.
  var ZEER_VEEL_GEBIEDEN = 2000;

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
      var zichtbaar = this._listZichtbaar(beeld);
      if (this._isVeel(zichtbaar, VEEL_GEBIEDEN)) this._fillPunten(ctx, beeld);
      else this._fillVlakken(ctx, beeld, zichtbaar);
    },

    _listZichtbaar: function (beeld) {
      var zichtbaar = [];
      for (var g = 0; g < this._grenzen.aantal; g++) if (this._isZichtbaar(g, beeld)) zichtbaar.push(g);
      return zichtbaar;
    },

    _isVeel: function (zichtbaar, veel) {
      return zichtbaar.length >= veel && this._grenzen.aantal < 65535;
    },

    /* Which area each pixel of the canvas shows, for the view of now. */
    _getRaster: function (ctx, beeld) {
      if (!this._raster) {
        var d = ctx.canvas.width / beeld.breedte;
        this._raster = window.gebiedengrenzen.raster(
          this._grenzen, { schaal: beeld.schaal * d, dx: beeld.dx * d, dy: beeld.dy * d }, ctx.canvas.width, ctx.canvas.height
        );
      }
      return this._raster;
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
      var raster = this._getRaster(ctx, beeld);
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
      var zichtbaar = this._listZichtbaar(beeld);
      var maat = Math.sqrt((beeld.breedte * beeld.hoogte) / Math.max(zichtbaar.length, 1));
      var druk = Math.min(1, maat / 40);
      if (this._isVeel(zichtbaar, ZEER_VEEL_GEBIEDEN)) this._drawLijnpunten(ctx, beeld, druk);
      else this._strokeLijnen(ctx, beeld, zichtbaar, druk);
    },

    _strokeLijnen: function (ctx, beeld, zichtbaar, druk) {
      ctx.beginPath();
      for (var i = 0; i < zichtbaar.length; i++) this._traceGebied(ctx, zichtbaar[i], beeld);
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

    /* A border is where a pixel shows another area than the one to its left or above it. */
    _drawLijnpunten: function (ctx, beeld, druk) {
      var breedte = ctx.canvas.width;
      var raster = this._getRaster(ctx, beeld);
      var beelddata = ctx.createImageData(breedte, ctx.canvas.height);
      var punten = new Uint32Array(beelddata.data.buffer);
      var kleur = (readKleur(this._kleuren.lijn) & 0xffffff | Math.round(180 * druk + 20) << 24) >>> 0;
      for (var i = breedte; i < raster.length; i++) {
        if (raster[i] !== raster[i - 1] || raster[i] !== raster[i - breedte]) punten[i] = kleur;
      }
      ctx.putImageData(beelddata, 0, 0);
    }
  });
})();
