(function () {
  'use strict';
  var all = function (s, r) { return Array.prototype.slice.call((r || document).querySelectorAll(s)); };
  var one = function (s) { return document.querySelector(s); };
  var nav = one('#record'), pages = one('#pages'), path = one('#line path');
  var fields = all('.field'), chosen = null;
  var calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

  function boxes(e) { return e === undefined ? [] : all('rect[data-e="' + e + '"]', pages); }
  function shown(f) { return !f.closest('[hidden]'); }

  // The words of a text file are found again by their quote, however its lines break.
  function markWords(field) {
    all('mark', pages).forEach(function (m) { m.replaceWith(document.createTextNode(m.textContent)); });
    all('.page pre', pages).forEach(function (p) { p.normalize(); });
    var page = document.getElementById('p' + field.dataset.p), pre = page && page.querySelector('pre');
    if (!pre || !field.dataset.q || !pre.firstChild) return null;
    var words = field.dataset.q.trim().split(/\s+/).map(function (w) { return w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'); });
    var found = new RegExp(words.join('\\s+')).exec(pre.textContent);
    if (!found) return null;
    var range = document.createRange(), mark = document.createElement('mark');
    range.setStart(pre.firstChild, found.index);
    range.setEnd(pre.firstChild, found.index + found[0].length);
    range.surroundContents(mark);
    return mark;
  }

  function drawLine() {
    var box = chosen && boxes(chosen.dataset.e)[0];
    if (!box || !shown(chosen)) { path.setAttribute('d', ''); return; }
    var a = chosen.getBoundingClientRect(), b = box.getBoundingClientRect();
    var n = nav.getBoundingClientRect(), p = pages.getBoundingClientRect();
    var y1 = a.top + a.height / 2, y2 = b.top + b.height / 2;
    if (y1 < n.top || y1 > n.bottom || y2 < p.top || y2 > p.bottom) { path.setAttribute('d', ''); return; }
    var x1 = a.right, x2 = b.left, m = (x1 + x2) / 2;
    path.setAttribute('d', 'M' + x1 + ',' + y1 + 'C' + m + ',' + y1 + ' ' + m + ',' + y2 + ' ' + x2 + ',' + y2);
  }

  function into(element, block) {
    if (element) element.scrollIntoView({ block: block, inline: 'nearest', behavior: calm ? 'auto' : 'smooth' });
  }

  function choose(field, toPlace, toField) {
    all('.on').forEach(function (x) { x.classList.remove('on'); });
    fields.forEach(function (f) { f.removeAttribute('aria-current'); });
    chosen = field;
    if (!field) { drawLine(); return; }
    document.dispatchEvent(new CustomEvent('chosen', { detail: field }));
    field.classList.add('on');
    field.setAttribute('aria-current', 'true');
    var places = boxes(field.dataset.e);
    places.forEach(function (b) { b.classList.add('on'); });
    var words = places.length ? null : markWords(field);
    if (toPlace) into(places[0] || words || document.getElementById('p' + field.dataset.p), places[0] || words ? 'center' : 'start');
    if (toField) { field.closest('details').open = true; into(field, 'nearest'); field.focus({ preventScroll: true }); }
    drawLine();
  }

  function hot(e, on) {
    all('[data-e="' + e + '"]').forEach(function (x) { x.classList.toggle('hot', on); });
  }

  fields.forEach(function (f) {
    f.addEventListener('click', function () { choose(f, true, false); });
    ['mouseenter', 'focus'].forEach(function (w) { f.addEventListener(w, function () { if (f.dataset.e) hot(f.dataset.e, true); }); });
    ['mouseleave', 'blur'].forEach(function (w) { f.addEventListener(w, function () { if (f.dataset.e) hot(f.dataset.e, false); }); });
  });
  pages.addEventListener('mouseover', function (ev) { if (ev.target.dataset.e) hot(ev.target.dataset.e, true); });
  pages.addEventListener('mouseout', function (ev) { if (ev.target.dataset.e) hot(ev.target.dataset.e, false); });
  pages.addEventListener('click', function (ev) {
    var e = ev.target.dataset.e;
    if (e === undefined) return;
    var of = fields.filter(function (f) { return f.dataset.e === e && shown(f); });
    // What is in doubt stands twice: the value's own line is the nearer one.
    choose(of[of.length - 1], false, true);
  });

  function step(list, by) {
    list = list.filter(shown);
    if (!list.length) return;
    var at = list.indexOf(chosen);
    choose(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length], true, true);
  }
  function doubts() { return all('.group.doubts .field'); }
  function open() { return fields.filter(function (f) { return f.closest('details').open; }); }

  var zoom = 1;
  function scale(z) { zoom = Math.min(4, Math.max(.25, z)); pages.style.setProperty('--zoom', zoom); requestAnimationFrame(drawLine); }
  one('#smaller').addEventListener('click', function () { scale(zoom / 1.25); });
  one('#larger').addEventListener('click', function () { scale(zoom * 1.25); });
  one('#fit').addEventListener('click', function () { scale(1); });

  var find = one('#find');
  find.addEventListener('input', function () {
    var words = find.value.toLowerCase().trim();
    all('#record li').forEach(function (li) { li.hidden = words !== '' && li.textContent.toLowerCase().indexOf(words) < 0; });
    all('#record details').forEach(function (d) {
      var none = words !== '' && !d.querySelector('li:not([hidden])');
      d.hidden = none;
      if (words !== '' && !none) d.open = true;
    });
    drawLine();
  });

  document.addEventListener('keydown', function (ev) {
    if (ev.ctrlKey || ev.metaKey || ev.altKey) return;
    if (ev.target === find) { if (ev.key === 'Escape') { find.value = ''; find.dispatchEvent(new Event('input')); find.blur(); } return; }
    var help = one('#help');
    if (help.open || ev.target.matches('input, select, textarea')) return;
    var keys = {
      j: function () { step(open(), 1); }, k: function () { step(open(), -1); },
      n: function () { step(doubts(), 1); }, p: function () { step(doubts(), -1); },
      '/': function () { find.focus(); }, '?': function () { help.showModal(); },
      '+': function () { scale(zoom * 1.25); }, '-': function () { scale(zoom / 1.25); }, '0': function () { scale(1); },
      Escape: function () { choose(null); }
    };
    if (keys[ev.key]) { ev.preventDefault(); keys[ev.key](); }
  });
  [nav, pages, window].forEach(function (x) { x.addEventListener('scroll', drawLine, { passive: true }); });
  window.addEventListener('resize', drawLine);
  nav.addEventListener('toggle', drawLine, true);

  // A page that is drawn when asked for has its size then; boxes are in points.
  all('.linked img', pages).forEach(function (img) {
    function fit() {
      if (!img.naturalWidth) return;
      var w = img.naturalWidth * 72 / img.dataset.dpi, h = img.naturalHeight * 72 / img.dataset.dpi;
      img.parentNode.style.aspectRatio = w + '/' + h;
      img.parentNode.querySelector('svg').setAttribute('viewBox', '0 0 ' + w + ' ' + h);
      drawLine();
    }
    img.addEventListener('load', fit);
    fit();
  });
  window.findings = { choose: choose, doubts: doubts, fields: fields, chosen: function () { return chosen; } };
}());
