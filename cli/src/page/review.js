// What a person says of values. Every answer is kept by the server at once; the page is then asked for again, so that it
// always shows what is kept.
(function () {
  'use strict';
  var one = function (s) { return document.querySelector(s); };
  var panel = one('#answer'), form = one('#correction'), part = one('#part'), typed = one('#typed'), fault = one('#fault');
  var base = panel.dataset.base, digest = panel.dataset.digest, page = window.findings;
  var pages = one('#pages'), quoted = one('#quoted'), hint = quoted.textContent;
  // `marked` is where the words of the quote stand; `frame` is drawn over them.
  var parts = [], busy = false, marked = null, frame = null;

  function post(what, body) {
    var request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    return fetch(base + '/' + what, request).then(function (response) {
      return response.json().then(function (answer) {
        if (!response.ok) throw new Error(answer.fault || 'The answer was not saved.');
        return answer;
      });
    });
  }

  function tell(error) { busy = false; fault.textContent = error.message; }
  // The panel has another height: the line from a value to its place begins elsewhere.
  function redraw() { window.dispatchEvent(new Event('resize')); }
  function close() { form.hidden = true; fault.textContent = ''; unmark(); pages.classList.remove('quoting'); redraw(); }
  function unmark() { marked = null; quoted.textContent = hint; if (frame) frame.rect.remove(); frame = null; }
  // Another hash alone does not make a browser ask for the page again.
  function go(address) {
    var same = address.split('#')[0] === location.pathname;
    location.assign(address);
    if (same) location.reload();
  }
  function at(document, hash) { return base + '/document/' + document + '#' + hash; }
  function nextDocument() { location.assign(panel.dataset.next ? at(panel.dataset.next, 'd0') : base + '/documents'); }

  function need() {
    var field = page.chosen();
    if (!field) fault.textContent = 'Choose a value first.';
    return field;
  }

  function say(said, where, value) {
    var field = need();
    if (!field || busy) return;
    busy = true;
    var index = page.doubts().indexOf(field);
    var saying = { digest: digest, pointer: field.title, said: said, at: where, value: value, marked: said === 'correct' ? marked : null };
    post('answer', saying).then(function () {
      go(at(digest, index < 0 ? 'at=' + encodeURIComponent(field.title) : 'd' + index));
    }).catch(tell);
  }

  function input(p) {
    var box;
    if (p.choices.length || p.kind === 'truth') {
      box = document.createElement('select');
      (p.kind === 'truth' ? [['true', 'yes'], ['false', 'no']] : p.choices).forEach(function (c) { box.add(new Option(c[0] + ' – ' + c[1], c[0])); });
    } else {
      box = document.createElement(p.kind === 'text' ? 'textarea' : 'input');
      if (p.kind === 'date') { box.placeholder = 'YYYY-MM-DD'; box.inputMode = 'numeric'; }
      if (p.kind === 'text') box.rows = 3;
    }
    if (p.value !== null) box.value = p.value;
    typed.replaceChildren(box);
    one('#help-of').textContent = p.help;
    one('#take-out').hidden = !p.may_be_absent;
    return box;
  }

  function open(then) {
    var field = need();
    if (!field) return;
    fault.textContent = '';
    post('parts', { digest: digest, pointer: field.title }).then(function (answer) {
      parts = answer.parts;
      if (!parts.length) throw new Error('This can\u2019t be typed as a whole. Choose a value below it, if the record has one.');
      then();
    }).catch(tell);
  }

  function correct() {
    open(function () {
      part.replaceChildren.apply(part, parts.map(function (p, i) { return new Option(p.label + (p.value === null ? '' : ': ' + p.value), i); }));
      one('#which').hidden = parts.length < 2;
      form.hidden = false;
      unmark();
      pages.classList.add('quoting');
      var box = input(parts[0]);
      redraw();
      (parts.length < 2 ? box : part).focus();
      if (box.select) box.select();
    });
  }

  function withhold() {
    open(function () { if (parts.length === 1) say('withhold', parts[0].pointer); else correct(); });
  }

  function skip() {
    var list = page.doubts(), i = list.indexOf(page.chosen());
    close();
    if (i + 1 < list.length) page.choose(list[i + 1], true, true); else nextDocument();
  }

  function undo() {
    post('undo', {}).then(function (answer) { go(at(answer.digest, 'at=' + encodeURIComponent(answer.pointer))); }).catch(tell);
  }

  // The words in a frame over a printed page, or those chosen in a text, are the quote; where they come to a value, it is typed.
  function quote(where) {
    var p = parts[part.value || 0];
    marked = null;
    fault.textContent = '';
    post('quote', { digest: digest, at: p.pointer, marked: where }).then(function (answer) {
      if (form.hidden) return;
      marked = where;
      var words = document.createElement('q');
      words.textContent = answer.quote;
      quoted.replaceChildren('Page ' + where.page + ': ', words);
      if (answer.value !== null) typed.firstChild.value = answer.value;
      typed.firstChild.focus();
      redraw();
    }).catch(function (error) { unmark(); tell(error); });
  }

  function place(ev) { return new DOMPoint(ev.clientX, ev.clientY).matrixTransform(frame.svg.getScreenCTM().inverse()); }
  function numberOf(page) { return Number(page.id.slice(1)); }

  function draw(ev) {
    var to = place(ev), from = frame.from;
    frame.box = [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y)];
    var sides = { x: frame.box[0], y: frame.box[1], width: frame.box[2] - frame.box[0], height: frame.box[3] - frame.box[1] };
    Object.keys(sides).forEach(function (side) { frame.rect.setAttribute(side, sides[side]); });
  }

  pages.addEventListener('pointerdown', function (ev) {
    var page = ev.target.closest('.page'), svg = page && page.querySelector('svg');
    if (form.hidden || ev.button || !svg) return;
    ev.preventDefault();
    unmark();
    frame = { svg: svg, page: numberOf(page), rect: document.createElementNS(svg.namespaceURI, 'rect'), drawn: true };
    frame.rect.setAttribute('class', 'frame');
    svg.append(frame.rect);
    frame.from = place(ev);
    pages.setPointerCapture(ev.pointerId);
  });
  pages.addEventListener('pointermove', function (ev) { if (frame && frame.drawn) draw(ev); });
  pages.addEventListener('pointerup', function (ev) {
    if (frame && frame.drawn) {
      draw(ev);
      frame.drawn = false;
      if (frame.box[2] - frame.box[0] > 2 && frame.box[3] - frame.box[1] > 2) quote({ page: frame.page, frame: frame.box });
      else unmark();
      return;
    }
    var page = ev.target.closest('.page.text'), words = String(getSelection()).trim();
    if (!form.hidden && page && words) quote({ page: numberOf(page), words: words });
  });
  pages.addEventListener('pointercancel', function () { if (frame && frame.drawn) unmark(); });

  var does = { accept: function () { say('accept'); }, correct: correct, withhold: withhold, skip: skip, undo: undo };
  var keys = { a: 'accept', c: 'correct', w: 'withhold', s: 'skip', u: 'undo' };
  panel.addEventListener('click', function (ev) {
    var button = ev.target.closest('[data-do]');
    if (button) does[button.dataset.do]();
  });
  part.addEventListener('change', function () { unmark(); input(parts[part.value]); });
  form.addEventListener('submit', function (ev) {
    ev.preventDefault();
    say('correct', parts[part.value || 0].pointer, typed.firstChild.value);
  });
  one('#take-out').addEventListener('click', function () { say('withhold', parts[part.value || 0].pointer); });
  function cancel() { close(); var field = page.chosen(); if (field) field.focus(); }
  one('#cancel').addEventListener('click', cancel);
  document.addEventListener('keydown', function (ev) {
    if (ev.key === 'Escape' && !form.hidden) { ev.preventDefault(); cancel(); return; }
    if (ev.ctrlKey || ev.metaKey || ev.altKey || one('#help').open || ev.target.matches('input, select, textarea')) return;
    if (keys[ev.key]) { ev.preventDefault(); does[keys[ev.key]](); }
  });
  document.addEventListener('chosen', function (ev) {
    close();
    var label = document.createElement('b');
    label.textContent = ev.detail.querySelector('b').textContent;
    one('#about').replaceChildren(label, ' ' + ev.detail.querySelector('span').textContent);
  });

  // Where the last answer, or the address, leads.
  var hash = decodeURIComponent(location.hash.slice(1));
  if (/^d\d+$/.test(hash)) {
    var doubts = page.doubts();
    if (doubts.length) page.choose(doubts[Math.min(Number(hash.slice(1)), doubts.length - 1)], true, true);
    else nextDocument();
  } else if (hash.indexOf('at=') === 0) {
    var field = page.fields.filter(function (f) { return f.title === hash.slice(3); })[0];
    if (field) page.choose(field, true, true);
  }
}());
