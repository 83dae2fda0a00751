/* Grenzen: the boundary file of gebieden/kaart/geometrie.py, decoded, and the questions that a map asks it.
   Coordinates are grid steps from `oorsprong`, y downwards; an area is the index of its code. */
(function () {
  "use strict";

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

  /* Which area each pixel shows: 0 for none, else index + 1. `beeld` says where the grid lies on the pixels. */
  function rasterGebieden(grenzen, beeld, breedte, hoogte) {
    var gebieden = new Uint16Array(breedte * hoogte);
    var rijen = [];
    for (var y = 0; y < hoogte; y++) rijen.push([]);
    for (var g = 0; g < grenzen.aantal; g++) {
      var boven = Math.max(0, Math.ceil(grenzen.kader[4 * g + 1] * beeld.schaal + beeld.dy - 0.5));
      var onder = Math.min(hoogte - 1, Math.floor(grenzen.kader[4 * g + 3] * beeld.schaal + beeld.dy - 0.5));
      if (boven > onder) continue;
      crossRijen(grenzen, g, beeld, boven, onder, rijen);
      for (y = boven; y <= onder; y++) {
        fillRij(gebieden, y * breedte, breedte, rijen[y], g + 1);
        rijen[y].length = 0;
      }
    }
    return gebieden;
  }

  function crossRijen(grenzen, g, beeld, boven, onder, rijen) {
    for (var r = grenzen.gebiedBegin[g]; r < grenzen.gebiedBegin[g + 1]; r++) {
      var tot = grenzen.ringBegin[r + 1];
      for (var p = grenzen.ringBegin[r], vorige = tot - 1; p < tot; vorige = p++) {
        var y1 = grenzen.y[vorige] * beeld.schaal + beeld.dy - 0.5;
        var y2 = grenzen.y[p] * beeld.schaal + beeld.dy - 0.5;
        var van = Math.max(boven, Math.ceil(Math.min(y1, y2)));
        // A row that lies exactly on the lower end belongs to the next edge, so that it counts once.
        var laatste = Math.min(onder, Math.ceil(Math.max(y1, y2)) - 1);
        if (van > laatste) continue;
        var x1 = grenzen.x[vorige] * beeld.schaal + beeld.dx;
        var helling = (grenzen.x[p] * beeld.schaal + beeld.dx - x1) / (y2 - y1);
        for (var y = van; y <= laatste; y++) rijen[y].push(x1 + (y - y1) * helling);
      }
    }
  }

  function fillRij(gebieden, begin, breedte, snijpunten, nummer) {
    snijpunten.sort(function (a, b) { return a - b; });
    for (var i = 0; i + 1 < snijpunten.length; i += 2) {
      var van = Math.max(0, Math.round(snijpunten[i]));
      var tot = Math.min(breedte, Math.round(snijpunten[i + 1]));
      if (tot > van) gebieden.fill(nummer, begin + van, begin + tot);
    }
  }

  /* Index of the area at a place in grid steps, or -1. */
  function findGebied(grenzen, x, y) {
    var k = grenzen.kader;
    for (var g = 0; g < grenzen.aantal; g++) {
      if (x < k[4 * g] || y < k[4 * g + 1] || x > k[4 * g + 2] || y > k[4 * g + 3]) continue;
      var links = crossRingen(grenzen, g, y).filter(function (snijpunt) { return snijpunt < x; });
      if (links.length % 2) return g;
    }
    return -1;
  }

  window.gebiedengrenzen = {
    decode: decodeGrenzen, findPlek: findPlek, findGebied: findGebied, raster: rasterGebieden
  };
})();
