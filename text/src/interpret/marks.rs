//! Marked content: structure elements, artifacts, layers (optional content) and replacement text.

use lopdf::{Dictionary, Object, decode_text_string};

use super::super::leftwards::by_place;
use super::super::lexer::Token;
use super::super::pdf::{number, resolve};
use super::operators::Pen;
use super::{Glyph, Interpreter, PageGlyphs, Run};

/// How deep marked content may nest.
const MAX_MARKS: usize = 1_024;

/// The properties that marked content gives to the glyphs in it.
#[derive(Clone, Copy, Default)]
pub(super) struct Mark {
    pub element: Option<u32>,
    pub artifact: bool,
    /// Belongs to a layer that is switched off.
    pub off: bool,
}

/// The marked-content sequences that are open.
#[derive(Default)]
pub(super) struct Marks {
    open: Vec<Mark>,
    /// How many sequences beyond the nesting limit are open; they are not kept.
    unkept: usize,
    /// Replacement texts: index of the first glyph that each replaces, depth of its sequence, and the text.
    replacements: Vec<(usize, usize, String)>,
}

impl Marks {
    pub fn now(&self) -> Mark {
        self.open.last().copied().unwrap_or_default()
    }

    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Closes the innermost sequence. If it has replacement text, that takes the place of its glyphs.
    pub fn end(&mut self, out: &mut PageGlyphs) {
        if self.unkept > 0 {
            self.unkept -= 1;
            return;
        }
        let depth = self.open.len();
        self.open.pop();
        if let Some((from, _, text)) = self.replacements.pop_if(|(_, at, _)| *at == depth) {
            replace(&mut out.glyphs, from, &text);
            // The replacement counts as one string; the strings it replaces are dropped.
            let begun = out.shows.iter().rposition(|at| *at as usize <= from).map_or(0, |last| last + 1);
            out.shows.truncate(begun);
        }
    }
}

/// The most characters that may replace one glyph: a ligature stands for three, a word drawn as a picture for some
/// dozens.
const MOST_FOR_A_GLYPH: usize = 200;

/// The longest replacement text, in bytes: many may be open at a time.
const MAX_ACTUAL_TEXT: usize = 8 << 10;

/// Replaces the glyphs from an index on with a text, distributed over their places.
fn replace(glyphs: &mut Vec<Glyph>, from: usize, text: &str) {
    let drawn: Vec<Glyph> = glyphs.get(from..).unwrap_or_default().to_vec();
    let Some(first) = drawn.first() else { return };
    glyphs.truncate(from);
    // A hyphen that is marked as not belonging to its word is one at a line end.
    let text = if text.is_empty() && drawn.len() == 1 && first.ch == '-' { "\u{ad}" } else { text };
    let rightwards = drawn.last().is_some_and(|last| last.x0 >= first.x0);
    let turned = by_place(text).filter(|_| rightwards);
    let text = turned.as_deref().unwrap_or(text);
    let count = text.chars().count();
    if count > drawn.len().saturating_mul(MOST_FOR_A_GLYPH) {
        // Too much text for so few glyphs: keep what the page shows.
        glyphs.extend(drawn);
        return;
    }
    for (i, ch) in text.chars().enumerate() {
        let (at, after) = (i * drawn.len() / count, (i + 1) * drawn.len() / count);
        let (Some(begin), Some(end)) = (drawn.get(at), drawn.get(after.max(at + 1) - 1)) else { continue };
        let one_line =
            end.angle == begin.angle && (end.base - begin.base).abs() < begin.size && end.x1 > begin.x0;
        let x1 = if one_line { end.x1 } else { begin.x1 };
        // Characters that share a glyph divide its width, beginning with the first one that falls on it.
        let first_on = |glyph: usize| (glyph * count).div_ceil(drawn.len());
        let sharing = first_on(at + 1).saturating_sub(first_on(at)).max(1) as f32;
        let before = i.saturating_sub(first_on(at)) as f32;
        let width = (x1 - begin.x0) / sharing;
        glyphs.push(Glyph {
            ch,
            x0: begin.x0 + width * before,
            x1: begin.x0 + width * (before + 1.0),
            ..*begin
        });
    }
}

impl<'a> Interpreter<'a> {
    /// Opens the sequence of a `BDC` or `BMC`; properties that it doesn't set are inherited from the enclosing one.
    pub(super) fn begin_mark(
        &self,
        op: &[u8],
        operands: &[Token],
        strings: &[u8],
        run: &Run<'_, 'a>,
        pen: &mut Pen,
        out: &PageGlyphs,
    ) {
        if pen.marks.open.len() >= MAX_MARKS {
            pen.marks.unkept += 1;
            return;
        }
        let mut mark = pen.marks.now();
        let tag = match operands.first() {
            Some(Token::Name(tag)) => *tag,
            _ => b"",
        };
        mark.artifact |= tag == b"Artifact";
        let properties = match operands.get(1) {
            Some(Token::Name(name)) if op == b"BDC" => self.resource(run.resources, b"Properties", name),
            _ => None,
        };
        if tag == b"OC" {
            mark.off |= properties.is_some_and(|p| self.layers.is_off(self.doc, p));
        }
        let properties = properties.and_then(|p| resolve(self.doc, p)?.as_dict().ok());
        let mcid = match properties {
            Some(d) => d.get(b"MCID").ok().and_then(|o| number(self.doc, o)),
            None => operands.windows(2).find_map(|pair| match pair {
                [Token::Name(b"MCID"), Token::Number(n)] => Some(*n),
                _ => None,
            }),
        };
        if let Some(mcid) = mcid {
            mark.element = run.tree.content.get(&(run.stream, mcid as i32)).copied().or(mark.element);
        }
        pen.marks.open.push(mark);
        if let Some(text) = self.actual_text(properties, operands, strings) {
            pen.marks.replacements.push((out.glyphs.len(), pen.marks.open.len(), text));
        }
    }

    /// The replacement text (`ActualText`).
    fn actual_text(
        &self,
        properties: Option<&Dictionary>,
        operands: &[Token],
        strings: &[u8],
    ) -> Option<String> {
        let bytes = match properties {
            Some(d) => resolve(self.doc, d.get(b"ActualText").ok()?)?.as_str().ok()?,
            None => operands.windows(2).find_map(|pair| match pair {
                [Token::Name(b"ActualText"), Token::String { start, end }] => {
                    strings.get(*start as usize..*end as usize)
                }
                _ => None,
            })?,
        };
        if bytes.len() > MAX_ACTUAL_TEXT {
            return None;
        }
        let text = decode_text_string(&Object::string_literal(bytes)).ok()?;
        Some(text.chars().filter(|c| !matches!(c, '\0' | '\u{feff}')).collect())
    }
}
