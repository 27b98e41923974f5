//! The items of an article (headline, paragraphs), and the clutter of the web page between them.

use findings_plugin_sdk::Document;
use findings_plugin_sdk::grammar::{contains_label, label};
use findings_plugin_sdk::outline::Role;
use findings_plugin_sdk::text::{LayerKind, Text};

/// If any line is longer than this, the text isn't wrapped, and each line is a paragraph.
const UNWRAPPED: usize = 120;

/// Parts of the page that don't belong to the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clutter {
    /// "Hide Ad", "Advertisement".
    Advertisement,
    /// A picture's caption: printed twice, or concatenated with itself.
    Caption,
    /// An appeal to subscribe, register or follow.
    Appeal,
    /// Author and time of publication.
    Byline,
}

impl Clutter {
    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Advertisement => "marks of advertisements",
            Self::Caption => "picture captions",
            Self::Appeal => "appeals to subscribe",
            Self::Byline => "bylines and times of publication",
        }
    }
}

/// An article.
#[derive(Debug, Default)]
pub struct Article {
    /// The first line.
    pub headline: Option<Text>,
    /// The sentence below it, if it is set apart.
    pub standfirst: Option<Text>,
    /// The remaining text, without clutter.
    pub paragraphs: Vec<Text>,
    /// What was left out, by kind.
    pub removed: Vec<(Clutter, Text)>,
}

/// `article = headline [standfirst caption] *(paragraph / clutter)`
pub fn read(doc: &Document) -> Article {
    let items = items(doc);
    let clutter = clutter(&items);
    let mut article = Article::default();
    let set_apart = |at: usize| {
        // Only a caption or a byline separates the standfirst from the article.
        matches!(clutter.get(at + 1), Some(Some(Clutter::Caption | Clutter::Byline)))
    };
    for (at, item) in items.into_iter().enumerate() {
        match clutter[at] {
            Some(kind) => article.removed.push((kind, item)),
            None if article.headline.is_none() => article.headline = Some(item),
            None if article.standfirst.is_none() && article.paragraphs.is_empty() && set_apart(at) => {
                article.standfirst = Some(item);
            }
            None => article.paragraphs.push(item),
        }
    }
    article
}

/// The items of the page: lines of a text that isn't wrapped, otherwise blocks.
fn items(doc: &Document) -> Vec<Text> {
    let lines = || doc.layer.pages.iter().flat_map(|p| p.lines.iter().map(move |l| (p.number, l)));
    let unwrapped =
        doc.layer.kind == LayerKind::PlainText && lines().any(|(_, l)| l.text().len() > UNWRAPPED);
    if !unwrapped {
        let body = doc.outline.blocks.iter().filter(|b| b.role != Role::Furniture);
        return body.map(|b| b.text.clone()).filter(|t| !t.is_empty()).collect();
    }
    let mut items: Vec<Text> = Vec::new();
    for (number, (page, line)) in lines().enumerate() {
        let mut text = Text::default();
        text.push_line(page, number as u32, line);
        match items.last_mut() {
            Some(last) if line.same_row => last.push_text(" ", &text),
            _ => items.push(text),
        }
    }
    items
}

/// The kind of clutter of each item, if it is clutter.
fn clutter(items: &[Text]) -> Vec<Option<Clutter>> {
    let mut out: Vec<Option<Clutter>> = items.iter().map(|t| kind(t.as_str())).collect();
    for (at, item) in items.iter().enumerate() {
        let Some(caption) = doubled(item.as_str()) else { continue };
        out[at] = Some(Clutter::Caption);
        for beside in [at.checked_sub(1), Some(at + 1)].into_iter().flatten() {
            if items.get(beside).is_some_and(|t| t.as_str() == caption) {
                out[beside] = Some(Clutter::Caption);
            }
        }
    }
    for at in 1..items.len() {
        if out[at].is_none() && out[at - 1].is_none() && items[at].as_str() == items[at - 1].as_str() {
            (out[at - 1], out[at]) = (Some(Clutter::Caption), Some(Clutter::Caption));
        }
    }
    out
}

fn kind(text: &str) -> Option<Clutter> {
    const ADVERTISEMENTS: &[&str] = &[
        "hide ad",
        "advertisement",
        "advertisement - continue reading below",
        "article continues below",
        "ad",
    ];
    const APPEALS: &[&str] = &[
        "thanks for reading",
        "digital subscription",
        "subscribe to",
        "subscribe now",
        "sign up to",
        "sign up for",
        "our newsletter",
        "support our journalism",
        "become a member",
        "follow us on",
        "download our app",
        "register for free",
    ];
    let lower = text.trim().trim_end_matches(['.', ':']).to_lowercase();
    if ADVERTISEMENTS.contains(&lower.as_str()) {
        return Some(Clutter::Advertisement);
    }
    let quoted = text.contains(['“', '"', '”']);
    if !quoted && APPEALS.iter().any(|a| contains_label(text, a)) {
        return Some(Clutter::Appeal);
    }
    let short = text.split(' ').count() <= 12;
    let dated = text.contains(|c: char| c.is_ascii_digit());
    let published = ["Published", "Updated", "Last updated", "First published"];
    let timed = dated && published.iter().any(|p| label(p)(text).is_ok());
    let by = text.strip_prefix("By ").is_some_and(|n| n.starts_with(char::is_uppercase) && !n.ends_with('.'));
    (short && (timed || by)).then_some(Clutter::Byline)
}

/// One half of a text that consists of the same words twice.
///
/// "Services have room for improvement, says OfstedServices have room for improvement, says Ofsted"
fn doubled(text: &str) -> Option<&str> {
    let text = text.trim();
    let middle = text.len() / 2;
    let cut = (middle.saturating_sub(1)..=middle + 1).filter(|m| text.is_char_boundary(*m));
    let halves = cut.map(|m| text.split_at(m)).map(|(a, b)| (a.trim(), b.trim()));
    halves.filter(|(a, b)| a == b && a.len() > 15).map(|(a, _)| a).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    #[test]
    fn captions_run_together() {
        assert_snapshot!(doubled("Services must improve, says OfstedServices must improve, says Ofsted").unwrap_or("-"), @"Services must improve, says Ofsted");
        assert_snapshot!(doubled("Services must improve. Services must improve.").unwrap_or("-"), @"Services must improve.");
        assert!(doubled("Services must improve and they did not improve").is_none());
    }

    #[test]
    fn clutter_of_a_page() {
        let of = |t: &str| format!("{:?}", kind(t));
        assert_snapshot!(of("Hide Ad"), @"Some(Advertisement)");
        assert_snapshot!(of("Thanks for reading. A digital subscription is £1."), @"Some(Appeal)");
        assert_snapshot!(of("Published 24th Nov 2020, 16:00 GMT"), @"Some(Byline)");
        assert_snapshot!(of("By Ann Lee"), @"Some(Byline)");
        assert_snapshot!(of("By October the council had acted."), @"None");
        assert_snapshot!(of("“We sign up to this,” she said."), @"None");
    }
}
