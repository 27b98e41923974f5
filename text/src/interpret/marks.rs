//! Marked content: structure elements, artifacts, layers, and text that stands for what is drawn.

use lopdf::{Dictionary, Object, decode_text_string};

use super::super::leftwards::by_place;
use super::super::lexer::Token;
use super::super::pdf::{number, resolve};
use super::operators::Pen;
use super::{Glyph, Interpreter, PageGlyphs, Run};

/// How deep marked content may nest.
const MAX_MARKS: usize = 1_024;

/// The marked content that glyphs stand in.
#[derive(Clone, Copy, Default)]
pub(super) struct Mark {
    pub element: Option<u32>,
    pub artifact: bool,
    /// Of a layer that is switched off.
    pub off: bool,
}

/// The marked content that is open.
#[derive(Default)]
pub(super) struct Marks {
    open: Vec<Mark>,
    /// Marks that were not kept, for they were too deep.
    unkept: usize,
    /// What stands for the glyphs from an index on, and the depth of its mark.
    replacements: Vec<(usize, usize, String)>,
}

impl Marks {
    pub fn now(&self) -> Mark {
        self.open.last().copied().unwrap_or_default()
    }

    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Ends the innermost mark, and puts the text that it gives into the place of the glyphs in it.
    pub fn end(&mut self, out: &mut PageGlyphs) {
        if self.unkept > 0 {
            self.unkept -= 1;
            return;
        }
        let depth = self.open.len();
        self.open.pop();
        if let Some((from, _, text)) = self.replacements.pop_if(|(_, at, _)| *at == depth) {
            replace(&mut out.glyphs, from, &text);
            // What stands there now is one string; those that were drawn there are no more.
            let begun = out.shows.iter().rposition(|at| *at as usize <= from).map_or(0, |last| last + 1);
            out.shows.truncate(begun);
        }
    }
}

/// The characters that stand for one glyph at most: a ligature has three, a word drawn as a picture some dozens.
const MOST_FOR_A_GLYPH: usize = 200;

/// How long a text that stands for what is drawn may be, in bytes: many may be open at a time.
const MAX_ACTUAL_TEXT: usize = 8 << 10;

/// Puts the characters of a text into the places of the glyphs from an index on.
fn replace(glyphs: &mut Vec<Glyph>, from: usize, text: &str) {
    let drawn: Vec<Glyph> = glyphs.get(from..).unwrap_or_default().to_vec();
    let Some(first) = drawn.first() else { return };
    glyphs.truncate(from);
    // A hyphen that is no part of its word is one at the end of a line.
    let text = if text.is_empty() && drawn.len() == 1 && first.ch == '-' { "\u{ad}" } else { text };
    let rightwards = drawn.last().is_some_and(|last| last.x0 >= first.x0);
    let turned = by_place(text).filter(|_| rightwards);
    let text = turned.as_deref().unwrap_or(text);
    let count = text.chars().count();
    if count > drawn.len().saturating_mul(MOST_FOR_A_GLYPH) {
        // So much text stands in the place of no glyph: what is drawn is what a page shows.
        glyphs.extend(drawn);
        return;
    }
    for (i, ch) in text.chars().enumerate() {
        let (at, after) = (i * drawn.len() / count, (i + 1) * drawn.len() / count);
        let (Some(begin), Some(end)) = (drawn.get(at), drawn.get(after.max(at + 1) - 1)) else { continue };
        let one_line =
            end.angle == begin.angle && (end.base - begin.base).abs() < begin.size && end.x1 > begin.x0;
        let x1 = if one_line { end.x1 } else { begin.x1 };
        // Several characters in the place of one glyph share it: those from the first one that falls on it.
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
    /// The marked content that `BDC` or `BMC` opens; what it does not say it has from the one around it.
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

    /// The text that stands for what is drawn.
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
