/* Merken: what Gebiedenlaag draws over fills and borders: outlines, names, labels and signs. */
(function () {
  "use strict";

  var LETTERS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
  var LETTER_NAAM = "11.5px " + LETTERS;
  var LETTER_LABEL = "600 12.5px " + LETTERS;
  var TEKST_HOOGTE = 15;
  var TEKEN_MAAT = 11;

  window.GebiedenLaag.include({
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
