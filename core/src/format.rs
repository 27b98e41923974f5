//! What a format is: how a document of it is recognised, and the grammar that reads it.

use crate::checks::Own;
use crate::grammar::label::LabelIndex;
use crate::outline::{Outline, Role};
use crate::record::Draft;

/// A document format: a family of reports that one grammar reads.
pub trait Format: Sync {
    /// Its name, its editions and its known gaps.
    fn info(&self) -> &'static FormatInfo;

    /// Reads a document of this format into a draft. Reads as much as it can, and records in the draft's evidence and
    /// diagnostics what could not be read.
    fn read(&self, doc: &Outline, draft: &mut Draft);

    /// The promises of its editions and the checks of its own, in addition to those for all formats.
    fn own(&self) -> Own {
        Own::default()
    }

    /// Whether a page that begins with these lines is the first page of a document of this format.
    fn begins(&self, lines: &[&str]) -> bool {
        let _ = lines;
        false
    }

    /// Whether a line of plain text belongs to a letterhead. Several such lines in a row are a text box, which can
    /// occur anywhere in the text.
    fn is_letterhead(&self, line: &str) -> bool {
        let _ = line;
        false
    }

    /// The offsets in a long line of plain text at which lines of the form begin, in order. Some texts have lost their
    /// line ends.
    fn line_starts(&self, line: &str) -> Vec<usize> {
        let _ = line;
        Vec::new()
    }

    /// Whether a line of plain text is one of the form's headings. In plain text nothing but the words shows it.
    fn is_heading(&self, line: &str) -> bool {
        let _ = line;
        false
    }
}

/// A format's facts.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct FormatInfo {
    /// Its id, for example `ofsted.ilacs.inspection`.
    pub id: &'static str,
    /// Its name for readers.
    pub title: &'static str,
    /// Code of the regulator that publishes it.
    pub regulator: &'static str,
    /// Its layouts.
    pub editions: &'static [Edition],
    /// Known gaps: what it can't read.
    pub known_gaps: &'static [&'static str],
    /// The phrases that distinguish it from other formats.
    #[serde(skip)]
    pub anchors: &'static [Anchor],
}

/// A layout of a format.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Edition {
    /// Its name in records.
    pub id: &'static str,
    /// The years of the documents in this layout.
    pub years: &'static str,
    /// What distinguishes it from the other editions.
    pub note: &'static str,
}

/// A phrase that speaks for a format (or, with a negative weight, against it).
#[derive(Debug, Clone, Copy)]
pub struct Anchor {
    /// Alternatives: any of these counts. They are matched like [`label`](fn@crate::grammar::label).
    pub phrases: &'static [&'static str],
    /// Where it must stand.
    pub place: Place,
    /// What it adds to the score; at [`THRESHOLD`] a document is taken to be of the format. A phrase with a negative
    /// weight must stand in a title or begin a sentence, because a letter may well mention last year's joint inspection
    /// in its text.
    pub weight: f32,
}

/// Where an anchor must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// In the opening: the first blocks of the document, without furniture.
    Opening,
    /// In a heading, or in a line that could be one.
    Heading,
    /// Anywhere in the body.
    Body,
}

/// The score from which a document counts as being of a format.
pub const THRESHOLD: f32 = 0.5;

/// The size of a document's opening: the maximum number of blocks, and of bytes after which no block is added.
const OPENING: (usize, usize) = (45, 3_500);

/// A format's claim to a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The format's id.
    pub format: &'static str,
    /// The sum of the weights of the anchors that were found, at most 1.
    pub score: f32,
    /// The anchors that were found, for display.
    pub reasons: Vec<String>,
}

/// The claims of formats, the strongest first; equal scores stay in the order of the list.
pub fn claims(formats: impl IntoIterator<Item = &'static FormatInfo>, doc: &Outline) -> Vec<Claim> {
    let texts = Texts::of(doc);
    strongest_first(formats.into_iter().map(|f| texts.claim(f)).collect())
}

/// Sorts claims; equal scores stay in their order.
pub(crate) fn strongest_first(mut claims: Vec<Claim>) -> Vec<Claim> {
    claims.sort_by(|a, b| b.score.total_cmp(&a.score));
    claims
}

/// The texts of a document in which anchors are searched for.
#[derive(Debug)]
pub struct Texts {
    opening: LabelIndex,
    headings: LabelIndex,
    body: LabelIndex,
}

impl Texts {
    /// Collects these texts from a document.
    pub fn of(doc: &Outline) -> Texts {
        let (mut opening, mut headings, mut body) = (String::new(), String::new(), String::new());
        for (i, block) in doc.blocks.iter().filter(|b| b.role != Role::Furniture).enumerate() {
            let text = block.text.as_str();
            if i < OPENING.0 && opening.len() < OPENING.1 {
                opening.push_str(text);
                opening.push(' ');
            }
            if matches!(block.role, Role::Heading(_)) || block.words < 20 {
                headings.push_str(text);
                headings.push('\n');
            }
            body.push_str(text);
            body.push('\n');
        }
        Texts {
            opening: LabelIndex::new(opening),
            headings: LabelIndex::new(headings),
            body: LabelIndex::new(body),
        }
    }

    /// Whether a phrase occurs in a place.
    pub fn has(&self, phrase: &str, place: Place) -> bool {
        let text = match place {
            Place::Opening => &self.opening,
            Place::Heading => &self.headings,
            Place::Body => &self.body,
        };
        text.contains(phrase)
    }

    /// The first of an anchor's phrases that occurs in its place.
    fn found(&self, anchor: &Anchor) -> Option<&'static str> {
        let stands = |phrase: &str| match anchor.place {
            Place::Opening if anchor.weight < 0.0 => self.opening.contains_opening(phrase),
            place => self.has(phrase, place),
        };
        anchor.phrases.iter().copied().find(|p| stands(p))
    }

    /// A format's claim to the document.
    pub fn claim(&self, info: &'static FormatInfo) -> Claim {
        let mut claim = Claim { format: info.id, score: 0.0, reasons: Vec::new() };
        for anchor in info.anchors {
            if let Some(phrase) = self.found(anchor) {
                claim.score += anchor.weight;
                claim.reasons.push(format!(
                    "{:+.2} “{phrase}” in the {}",
                    anchor.weight,
                    match anchor.place {
                        Place::Opening => "opening",
                        Place::Heading => "headings",
                        Place::Body => "body",
                    }
                ));
            }
        }
        claim.score = claim.score.clamp(0.0, 1.0);
        claim
    }
}
