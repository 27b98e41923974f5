//! Reads an article into its record, with evidence.

use std::collections::BTreeMap;

use findings_plugin_sdk::record::{
    Diagnostic, Evidence, FormatRef, ProviderIds, Severity, Status, WordCount,
};
use findings_plugin_sdk::text::{Text, place_in};
use findings_plugin_sdk::{Document, areas};

use crate::article::{self, Article, Clutter};
use crate::record::{
    ArticleFigure, Council, EarlierInspection, PressArticle, Quote, ReportedInspection, SCHEMA_ID,
};
use crate::{figures, inspection, quotes};

/// Evidence by JSON Pointer.
type Notes = BTreeMap<String, Evidence>;

/// Reads an article.
pub fn read(doc: &Document, format: &str) -> PressArticle {
    let article = article::read(doc);
    let mut notes = Notes::new();
    let mut diagnostics = clutter(&article);
    // Headline and standfirst come first in the list of texts, then the paragraphs.
    let front: Vec<Text> = [&article.headline, &article.standfirst].into_iter().flatten().cloned().collect();
    let texts: Vec<Text> = front.iter().chain(&article.paragraphs).cloned().collect();
    note(&mut notes, "/headline", article.headline.as_ref().map(|t| t.evidence_all("headline")));
    note(&mut notes, "/standfirst", article.standfirst.as_ref().map(|t| t.evidence_all("standfirst")));
    for (i, p) in article.paragraphs.iter().enumerate() {
        notes.insert(format!("/paragraphs/{i}"), p.evidence_all("paragraph"));
    }
    let mut document = doc.info.clone();
    let words = |texts: &[Text]| texts.iter().map(|t| t.origins().len() as u32).sum::<u32>();
    let (front_words, sections) = (words(&front), words(&article.paragraphs));
    let total = document.words.total;
    let furniture = total.saturating_sub(front_words + sections);
    document.words = WordCount { total, sections, front: front_words, notes: 0, furniture, unread: 0 };
    let (inspection, earlier) = inspected(&texts, &mut notes);
    PressArticle {
        schema: SCHEMA_ID.into(),
        document,
        format: FormatRef { id: format.into(), edition: "web".into() },
        run: doc.run.clone(),
        headline: article.headline.as_ref().map(|t| t.as_str().to_owned()),
        standfirst: article.standfirst.as_ref().map(|t| t.as_str().to_owned()),
        paragraphs: article.paragraphs.iter().map(|p| p.as_str().to_owned()).collect(),
        provider: council(&texts, &mut notes, &mut diagnostics),
        inspection,
        earlier,
        quotes: quoted(&texts, front.len(), &mut notes, &mut diagnostics),
        figures: counted(&texts, &mut notes),
        evidence: notes,
        diagnostics,
    }
}

fn note(notes: &mut Notes, pointer: &str, evidence: Option<Evidence>) {
    let absent = || Evidence { status: Status::NotStated, ..Evidence::default() };
    notes.insert(pointer.to_owned(), evidence.unwrap_or_else(absent));
}

fn remark(code: &str, severity: Severity, path: &str, page: Option<u32>, message: String) -> Diagnostic {
    Diagnostic { severity, code: code.into(), path: Some(path.into()), message, page }
}

/// A diagnostic for each kind of clutter that was left out, with the number of lines.
fn clutter(article: &Article) -> Vec<Diagnostic> {
    let kinds = [Clutter::Advertisement, Clutter::Caption, Clutter::Appeal, Clutter::Byline];
    let counted = kinds.map(|k| (k, article.removed.iter().filter(|(c, _)| *c == k).count()));
    let said = counted.into_iter().filter(|(_, n)| *n > 0).map(|(kind, n)| {
        let message = format!("{n} lines were left out as {}", kind.name());
        remark("clutter-removed", Severity::Info, "/paragraphs", None, message)
    });
    said.collect()
}

fn council(texts: &[Text], notes: &mut Notes, diagnostics: &mut Vec<Diagnostic>) -> Option<Council> {
    let Some((area, (at, printed))) = inspection::area(texts) else {
        note(notes, "/provider", None);
        let message = "no council that the table of local authorities knows is named twice, or as a council";
        diagnostics.push(remark("area-not-found", Severity::Warning, "/provider", None, message.into()));
        return None;
    };
    notes.insert("/provider/name".into(), texts[at].evidence(printed, "provider.name"));
    for part in ["ids", "region", "kind"] {
        let looked_up =
            Evidence { status: Status::Derived, source: Some(areas::SOURCE.into()), ..Evidence::default() };
        notes.insert(format!("/provider/{part}"), looked_up);
    }
    let ids =
        ProviderIds { ons: area.ons.clone(), dfe: area.dfe.clone(), ofsted_urn: area.ofsted_urn.clone() };
    Some(Council {
        name: printed.into(),
        kind: "local-authority".into(),
        ids: Some(ids),
        region: area.region.clone(),
    })
}

fn inspected(texts: &[Text], notes: &mut Notes) -> (ReportedInspection, Vec<EarlierInspection>) {
    let (reported, before) = inspection::reported(texts);
    let mut take = |key: &str, place: Option<inspection::Place<'_>>| {
        note(
            notes,
            &format!("/inspection/{key}"),
            place.map(|(at, s)| texts[at].evidence(s, "inspection.told")),
        );
        place.map(|(_, s)| s.to_owned())
    };
    let regulator = inspection::regulator(texts);
    take("regulator", regulator.map(|(_, place)| place));
    let reported = ReportedInspection {
        regulator: regulator.map(|(code, _)| code.to_owned()),
        kind: take("type", reported.kind),
        month: take("month", reported.month),
        year: take("year", reported.year).and_then(|y| y.parse().ok()),
    };
    let earlier = before.iter().enumerate().map(|(i, e)| {
        notes.insert(format!("/earlier/{i}"), texts[e.text.0].evidence(e.text.1, "inspection.earlier"));
        EarlierInspection {
            kind: e.kind.to_owned(),
            month: e.month.to_owned(),
            year: e.year.and_then(|y| y.parse().ok()),
            text: e.text.1.to_owned(),
        }
    });
    (reported, earlier.collect())
}

fn quoted(texts: &[Text], front: usize, notes: &mut Notes, diagnostics: &mut Vec<Diagnostic>) -> Vec<Quote> {
    let mut out: Vec<Quote> = Vec::new();
    let mut last: Option<(usize, Option<String>)> = None;
    for (i, quotation) in quotes::find(texts).into_iter().enumerate() {
        let (Some((first, _)), Some((end_at, _))) = (quotation.pieces.first(), quotation.pieces.last())
        else {
            continue;
        };
        let (speaker, place) = speaker(texts, &quotation).unzip();
        // A quotation that continues in the same paragraph has the same speaker.
        let carried =
            last.as_ref().filter(|(at, _)| at == first && speaker.is_none()).and_then(|(_, s)| s.clone());
        let place = if carried.is_some() { Some(as_before()) } else { place };
        note(notes, &format!("/quotes/{i}/attributed_to"), place);
        let attributed_to = speaker.or(carried);
        last = Some((*end_at, attributed_to.clone()));
        let pieces: Vec<Text> = quotation.pieces.iter().map(|(at, r)| texts[*at].slice(r.clone())).collect();
        let text = Text::join(&pieces, " ");
        let pointer = format!("/quotes/{i}");
        if !quotation.closed {
            let message =
                "the quotation's end is not marked: it was taken to end with its paragraph".to_owned();
            let page = Some(text.page());
            diagnostics.push(remark("quote-unclosed", Severity::Warning, &pointer, page, message));
        }
        notes.insert(pointer, text.evidence_all("quote"));
        out.push(Quote {
            text: text.as_str().trim_end_matches(',').to_owned(),
            kind: quotes::kind(attributed_to.as_deref()).into(),
            attributed_to,
            paragraphs: quotation.pieces.iter().filter_map(|(at, _)| at.checked_sub(front)).collect(),
        });
    }
    out
}

/// The speaker, from the words before or after a quotation, with evidence.
fn speaker(texts: &[Text], quotation: &quotes::Quotation) -> Option<(String, Evidence)> {
    let ((first, from), (last, to)) = (quotation.pieces.first()?, quotation.pieces.last()?);
    let (first, last) = (&texts[*first], &texts[*last]);
    let before = first.as_str()[..from.start].trim_end_matches(['“', '"', '‘', '\'']);
    let after = if quotation.closed { &last.as_str()[to.end..] } else { "" };
    let name = quotes::speaker(before, after.trim_start_matches(['”', '"', '’', '\'']))?;
    let text = if place_in(first.as_str(), name).is_some() { first } else { last };
    Some((name.to_owned(), text.evidence(name, "quote.speaker")))
}

/// The evidence for a speaker taken from the previous quotation.
fn as_before() -> Evidence {
    let source = Some("the quotation before it in the paragraph".to_owned());
    Evidence { status: Status::Derived, source, ..Evidence::default() }
}

fn counted(texts: &[Text], notes: &mut Notes) -> Vec<ArticleFigure> {
    let all = texts.iter().flat_map(|t| figures::find(t).into_iter().map(move |f| (t, f)));
    let put = |(i, (text, figure)): (usize, (&Text, figures::Figure<'_>))| {
        notes.insert(format!("/figures/{i}"), text.evidence(figure.printed, "figure"));
        ArticleFigure { text: figure.printed.into(), value: figure.value, unit: figure.unit.into() }
    };
    all.enumerate().map(put).collect()
}
