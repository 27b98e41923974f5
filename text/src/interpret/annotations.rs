//! Annotations and form fields: their appearance is part of the page's text.

use lopdf::{Dictionary, Object, Stream, decode_text_string};

use super::super::objects::Objects;
use super::super::pdf::{PageRef, catalogue, number, rectangle, resolve};
use super::state::{Matrix, State, extent, times};
use super::{Glyph, Interpreter, PageGlyphs, Run};

/// How many annotations of a page are read.
const MAX_ANNOTATIONS: usize = 2_000;
/// Flags of an annotation that is not displayed: Hidden and NoView.
const UNSEEN: u32 = 1 << 1 | 1 << 5;
/// Flag of a choice field that is a drop-down menu: only the chosen value is visible.
const COMBO: u32 = 1 << 17;
/// Flag of a text field that masks its value.
const PASSWORD: u32 = 1 << 13;
/// How many options of a list are read.
const MAX_CHOICES: usize = 1_000;
/// The most characters of a value that is written without an appearance.
const MAX_VALUE: usize = 20_000;

impl<'a> Interpreter<'a> {
    /// Draws the annotations of a page: the appearance of each or, without one, its value.
    pub(super) fn annotations(
        &mut self,
        page: &PageRef<'a>,
        run: &Run<'_, 'a>,
        ctm: Matrix,
        out: &mut PageGlyphs,
    ) {
        let list = page.dict.get(b"Annots").ok().and_then(|o| resolve(self.doc, o)?.as_array().ok());
        for object in list.into_iter().flatten().take(MAX_ANNOTATIONS) {
            if self.exhausted {
                break;
            }
            if let Some(Object::Dictionary(annotation)) = resolve(self.doc, object) {
                self.annotation(annotation, run, ctm, out);
            }
        }
    }

    fn annotation(
        &mut self,
        annotation: &'a Dictionary,
        run: &Run<'_, 'a>,
        ctm: Matrix,
        out: &mut PageGlyphs,
    ) {
        let get = |key: &[u8]| annotation.get(key).ok().and_then(|o| resolve(self.doc, o));
        let flags = get(b"F").and_then(|o| number(self.doc, o)).unwrap_or(0.0) as u32;
        let subtype = get(b"Subtype").and_then(|o| o.as_name().ok()).unwrap_or_default();
        let off = annotation.get(b"OC").is_ok_and(|oc| self.layers.is_off(self.doc, oc));
        if flags & UNSEEN != 0 || matches!(subtype, b"Popup" | b"Link") || off {
            return;
        }
        let Some(place) = get(b"Rect").and_then(|o| rectangle(self.doc, o)) else { return };
        let run = Run { note: true, ..*run };
        let before = out.glyphs.len();
        let appearance = self.appearance(annotation);
        if let Some(form) = appearance {
            let box_ = form.dict.get(b"BBox").ok().and_then(|o| rectangle(self.doc, resolve(self.doc, o)?));
            let from = extent(self.matrix(form), box_.unwrap_or(place));
            // The appearance's box is scaled to fit the annotation's rectangle (ISO 32000-1, 12.5.5).
            let scale = |i: usize| (place[i + 2] - place[i]) / (from[i + 2] - from[i]).max(0.01);
            let (sx, sy) = (scale(0), scale(1));
            let fit = [sx, 0.0, 0.0, sy, place[0] - from[0] * sx, place[1] - from[1] * sy];
            self.form(form, &run, &State::new(times(fit, ctm)), out);
        }
        if let Some(value) = self.written(annotation, subtype, appearance, out.glyphs.get(before..)) {
            out.glyphs.truncate(before);
            out.shows.retain(|at| (*at as usize) < before);
            self.write(&value, extent(ctm, place), out);
        }
    }

    /// The text, if any, that replaces what an annotation's appearance has drawn.
    fn written(
        &self,
        annotation: &'a Dictionary,
        subtype: &[u8],
        appearance: Option<&Stream>,
        drawn: Option<&[Glyph]>,
    ) -> Option<String> {
        let drawn = drawn.unwrap_or_default();
        match subtype {
            // The appearance of a list seldom shows its options: viewers draw them.
            b"Widget" if drawn.is_empty() && self.is_list(annotation) => self.choices(annotation),
            // If appearances are to be regenerated, the present one may show an old value.
            b"Widget" if appearance.is_some() && self.redraws && self.is_plain_text(annotation) => {
                let is_shown =
                    |value: &String| letters(value.chars()).eq(letters(drawn.iter().map(|g| g.ch)));
                self.field_value(annotation).and_then(text).filter(|value| !is_shown(value))
            }
            _ if appearance.is_some() => None,
            b"FreeText" => annotation.get(b"Contents").ok().and_then(|o| text(resolve(self.doc, o)?)),
            b"Widget" => self.field_value(annotation).and_then(text),
            _ => None,
        }
    }

    /// The normal appearance; if there are several, the one for the annotation's state.
    fn appearance(&self, annotation: &'a Dictionary) -> Option<&'a Stream> {
        let all = resolve(self.doc, annotation.get(b"AP").ok()?)?.as_dict().ok()?;
        match resolve(self.doc, all.get(b"N").ok()?)? {
            Object::Stream(form) => Some(form),
            Object::Dictionary(states) => {
                let state = resolve(self.doc, annotation.get(b"AS").ok()?)?.as_name().ok()?;
                resolve(self.doc, states.get(state).ok()?)?.as_stream().ok()
            }
            _ => None,
        }
    }

    /// The value of a text or choice field.
    fn field_value(&self, annotation: &'a Dictionary) -> Option<&'a Object> {
        let value = self.of_field(annotation, b"V")?;
        matches!(self.of_field(annotation, b"FT")?.as_name(), Ok(b"Tx" | b"Ch")).then_some(value)
    }

    /// Whether a field is a list box, which shows more than the chosen option.
    fn is_list(&self, annotation: &'a Dictionary) -> bool {
        self.is_field(annotation, b"Ch", COMBO)
    }

    /// Whether a field shows its value in plain text.
    fn is_plain_text(&self, annotation: &'a Dictionary) -> bool {
        self.is_field(annotation, b"Tx", PASSWORD)
    }

    /// Whether a field is of the given kind and lacks the given flag.
    fn is_field(&self, annotation: &'a Dictionary, kind: &[u8], unset: u32) -> bool {
        let flags = self.of_field(annotation, b"Ff").and_then(|o| number(self.doc, o)).unwrap_or(0.0);
        let is_kind = |o: &Object| o.as_name().is_ok_and(|name| name == kind);
        self.of_field(annotation, b"FT").is_some_and(is_kind) && flags as u32 & unset == 0
    }

    /// The options of a list, one per line.
    fn choices(&self, annotation: &'a Dictionary) -> Option<String> {
        let all = self.of_field(annotation, b"Opt")?.as_array().ok()?;
        let shown = |choice| match resolve(self.doc, choice)? {
            // Export value and displayed text.
            Object::Array(pair) => text(resolve(self.doc, pair.get(1)?)?),
            choice => text(choice),
        };
        Some(all.iter().take(MAX_CHOICES).filter_map(shown).collect::<Vec<_>>().join("\n"))
    }

    /// An entry of a field, its own or inherited from a parent field.
    fn of_field(&self, annotation: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        let mut field = annotation;
        for _ in 0..8 {
            if let Some(value) = field.get(key).ok().and_then(|o| resolve(self.doc, o)) {
                return Some(value);
            }
            field = resolve(self.doc, field.get(b"Parent").ok()?)?.as_dict().ok()?;
        }
        None
    }

    /// Writes a value into a box without an appearance, one line of text per line of the value, in a size that fits
    /// the height.
    fn write(&mut self, text: &str, [x0, top, x1, bottom]: [f32; 4], out: &mut PageGlyphs) {
        let lines: Vec<&str> = text.split(['\r', '\n']).filter(|l| !l.trim().is_empty()).collect();
        let size = ((bottom - top) / lines.len().max(1) as f32 * 0.8).clamp(1.0, 12.0);
        let mut left = MAX_VALUE;
        for (n, line) in lines.iter().enumerate() {
            let count = line.chars().count().max(1);
            let step = ((x1 - x0) / count as f32).min(size * 0.5);
            let taken = self.afford(count.min(left));
            out.shows.push(out.glyphs.len() as u32);
            out.glyphs.extend(line.chars().take(taken).enumerate().map(|(i, ch)| {
                let from = x0 + step * i as f32;
                let base = top + size * (n as f32 + 1.0);
                Glyph { ch, x0: from, x1: from + step, base, size, note: true, ..Glyph::default() }
            }));
            left -= taken;
            if left == 0 || self.exhausted {
                break;
            }
        }
    }
}

/// Whether a document asks viewers to regenerate the appearances of its fields from their values.
pub(super) fn asks_for_appearances(doc: &Objects) -> bool {
    let form = catalogue(doc).and_then(|catalogue| resolve(doc, catalogue.get(b"AcroForm").ok()?));
    let asks = form.and_then(|form| resolve(doc, form.as_dict().ok()?.get(b"NeedAppearances").ok()?));
    matches!(asks, Some(Object::Boolean(true)))
}

/// The letters and digits of a text.
fn letters(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    text.filter(|c| c.is_alphanumeric())
}

fn text(value: &Object) -> Option<String> {
    decode_text_string(value).ok()
}
