//! The page's HTML. It is complete without the script, which only moves between values and places.

use std::collections::HashSet;
use std::fmt::Write as _;

use findings_core::Doubt;
use findings_core::record::{Answer, all_doubts_of_json};
use indexmap::IndexMap;
use serde_json::Value;

use super::fields::{Field, Group, Place, Reader};
use super::pictures::DPI;
use super::text::{day, sentence, without_pointers, words};
use super::{Page, Review, Sheet};

/// The style sheet.
pub(crate) const STYLE: &str = include_str!("page.css");
/// The script for moving between values and places.
pub(crate) const SCRIPT: &str = include_str!("page.js");
/// The script for answering.
#[cfg(feature = "serve")]
pub(crate) const REVIEW_SCRIPT: &str = include_str!("review.js");

/// What is displayed, with an index of the evidence entries in use.
struct View<'a> {
    reader: Reader<'a>,
    doubts: Vec<Doubt>,
    /// The doubts that a person has answered.
    answered: Vec<(Doubt, Answer)>,
    groups: Vec<Group>,
    /// The entries with places: their colour, and whether they are in doubt.
    entries: IndexMap<String, (&'static str, bool)>,
}

impl<'a> View<'a> {
    fn new(record: &'a Value) -> Self {
        let reader = Reader::new(record);
        let (open, answered): (Vec<_>, Vec<_>) =
            all_doubts_of_json(record).into_iter().partition(|(_, answer)| *answer == Answer::Open);
        let doubts: Vec<Doubt> = open.into_iter().map(|(doubt, _)| doubt).collect();
        let groups = reader.groups();
        let mut entries = IndexMap::new();
        for group in &groups {
            for entry in group.fields.iter().filter_map(|f| f.evidence.as_ref()) {
                entries.entry(entry.clone()).or_insert((group.colour, false));
            }
        }
        for doubt in &doubts {
            if let Some(entry) = reader.entry_of(&doubt.pointer) {
                entries.entry(entry).or_insert(("more", false)).1 = true;
            }
        }
        Self { reader, doubts, answered, groups, entries }
    }

    fn number(&self, entry: Option<&str>) -> Option<usize> {
        self.entries.get_index_of(entry?)
    }
}

pub(super) fn page(page: &Page<'_>) -> String {
    let view = View::new(page.record);
    let title = title(page.record);
    let mut count = count(&view, page.sheets.len());
    if let Some(review) = page.review {
        count = format!("{count} · {}", review.progress);
    }
    let mut html = head(&title, page.review.map(|r| r.base.as_str()));
    // Writing to a String cannot fail.
    let _ = write!(html, "<header><h1>{}</h1><p>{}</p></header>\n<main>", escape(&title), escape(&count));
    html.push_str("<nav id=\"record\" aria-label=\"The record\">\n");
    if let Some(review) = page.review {
        answering(review, &mut html);
    }
    html.push_str(FIND);
    doubts(&view, &mut html);
    for group in &view.groups {
        group_html(&view, group, &mut html);
    }
    html.push_str("</nav>\n<section id=\"pages\" aria-label=\"The document\" tabindex=\"0\">\n");
    for (sheet, n) in page.sheets.iter().zip(1..) {
        sheet_html(&view, sheet, n, &mut html);
    }
    html.push_str("</section>\n</main>\n");
    let keys = if page.review.is_some() { ANSWER_KEYS } else { "" };
    html.push_str(&TOOLS.replace("<!--answers-->", keys));
    let _ = match page.review {
        None => writeln!(html, "<script>\n{SCRIPT}</script>\n</body>\n</html>"),
        Some(Review { base, .. }) => writeln!(
            html,
            "<script src=\"{base}/page.js\"></script>\n<script src=\"{base}/review.js\"></script>\n</body>\n</html>"
        ),
    };
    html
}

/// The head, and the beginning of the body. For a served page, HTTP headers say what a browser may load; a file
/// contains that itself, as well as its style sheet.
fn head(title: &str, base: Option<&str>) -> String {
    let style = match base {
        Some(base) => format!("<link rel=\"stylesheet\" href=\"{base}/page.css\">"),
        None => format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; \
             style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<style>\n{STYLE}</style>"
        ),
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"{tool}\">\n<title>{title}</title>\n{style}\n</head>\n<body>\n",
        tool = escape(findings_core::pipeline::TOOL),
        title = escape(title),
    )
}

/// The controls for answering.
fn answering(review: &Review, html: &mut String) {
    let Review { base, digest, next, .. } = review;
    let next = next.as_deref().unwrap_or_default();
    let _ = writeln!(
        html,
        "<section id=\"answer\" aria-label=\"Your answer\" data-base=\"{base}\" data-digest=\"{digest}\" data-next=\"{next}\">\n\
         {ANSWERS}<p><a href=\"{base}/documents\">All documents</a></p></section>"
    );
}

const ANSWERS: &str = "<p id=\"about\" aria-live=\"polite\">Choose a value, or press <kbd>n</kbd> for the first in doubt.</p>\n\
<p role=\"group\" aria-label=\"What is it?\"><button type=\"button\" data-do=\"accept\"><kbd>a</kbd> accept</button> \
<button type=\"button\" data-do=\"correct\"><kbd>c</kbd> correct</button> \
<button type=\"button\" data-do=\"withhold\"><kbd>w</kbd> withhold</button> \
<button type=\"button\" data-do=\"skip\"><kbd>s</kbd> skip</button> \
<button type=\"button\" data-do=\"undo\"><kbd>u</kbd> undo</button></p>\n\
<form id=\"correction\" hidden><label id=\"which\">Which <select id=\"part\"></select></label>\n\
<label>Correct value <span id=\"typed\"></span></label><p id=\"help-of\"></p>\n\
<p id=\"quoted\" aria-live=\"polite\">Drag over the words on the page that say so.</p>\n\
<button type=\"submit\">Save</button> <button type=\"button\" id=\"take-out\">Withhold</button> \
<button type=\"button\" id=\"cancel\">Cancel</button></form>\n<p id=\"fault\" role=\"alert\"></p>\n";
const ANSWER_KEYS: &str = "<dt><kbd>a</kbd></dt><dd>accept: the document says so</dd>\
<dt><kbd>c</kbd></dt><dd>correct: type what the document says</dd>\
<dt><kbd>w</kbd></dt><dd>withhold: no value is better than this one</dd>\
<dt><kbd>s</kbd> <kbd>u</kbd></dt><dd>skip; undo the last answer</dd>";

/// The list of a collection's documents.
#[cfg(feature = "serve")]
pub(crate) fn documents(base: &str, progress: &str, list: &str) -> String {
    let mut html = head("Documents", Some(base));
    let _ = write!(
        html,
        "<header><h1>Documents</h1><p>{}</p></header>\n<main class=\"documents\"><ol>\n{list}</ol></main>\n</body>\n</html>\n",
        escape(progress)
    );
    html
}

const FIND: &str =
    "<p class=\"find\"><label>Find <input type=\"search\" id=\"find\" autocomplete=\"off\"></label></p>\n";
const TOOLS: &str = "<svg id=\"line\" aria-hidden=\"true\"><path/></svg>\n\
<footer><span role=\"group\" aria-label=\"Zoom\"><button type=\"button\" id=\"smaller\" aria-label=\"Smaller\">−</button>\
<button type=\"button\" id=\"fit\">fit</button><button type=\"button\" id=\"larger\" aria-label=\"Larger\">+</button></span>\
<span class=\"keys\"><kbd>j</kbd> <kbd>k</kbd> value · <kbd>n</kbd> <kbd>p</kbd> doubt · <kbd>Enter</kbd> its place · \
<kbd>/</kbd> find · <kbd>?</kbd> help</span></footer>\n\
<dialog id=\"help\" aria-label=\"Keys\"><h2>Keys</h2><dl>\
<dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous value</dd>\
<dt><kbd>n</kbd> <kbd>p</kbd></dt><dd>next and previous doubt</dd>\
<dt><kbd>Enter</kbd></dt><dd>to the place of a value on its page</dd>\
<dt><kbd>/</kbd></dt><dd>find in the record</dd>\
<dt><kbd>+</kbd> <kbd>-</kbd> <kbd>0</kbd></dt><dd>larger, smaller, as wide as the window</dd>\
<dt><kbd>Esc</kbd></dt><dd>nothing chosen</dd><!--answers--></dl>\
<form method=\"dialog\"><button>Close</button></form></dialog>\n";

/// "Focused visit · Ashmoor · 24 April 2023 to 5 May 2023"
fn title(record: &Value) -> String {
    let text = |pointer: &str| record.pointer(pointer).and_then(Value::as_str);
    let kind = text("/inspection/type").map(|t| sentence(&words(t)));
    let dates = match (text("/inspection/start"), text("/inspection/end")) {
        (Some(start), Some(end)) if start != end => Some(format!("{} to {}", day(start), day(end))),
        (start, end) => start.or(end).map(day),
    };
    let parts: Vec<String> =
        [kind, text("/provider/name").map(str::to_owned), dates].into_iter().flatten().collect();
    match parts.is_empty() {
        true => text("/headline").or(text("/document/source")).unwrap_or("A document").to_owned(),
        false => parts.join(" · "),
    }
}

fn count(view: &View<'_>, pages: usize) -> String {
    let values = view.groups.iter().flat_map(|g| &g.fields).filter(|f| f.value.is_some()).count();
    let pages = if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") };
    match view.doubts.len() {
        0 => format!("nothing in doubt · {values} values · {pages}"),
        n => format!("{n} to look at · {values} values · {pages}"),
    }
}

fn doubts(view: &View<'_>, html: &mut String) {
    let open = view.doubts.iter().map(|d| doubt(view, d, "doubt", &sentence(&d.message)));
    list("doubts\" open", "To look at", open.collect(), html);
    let said = |(d, answer): &(Doubt, Answer)| doubt(view, d, "answered", &sentence(answer.as_str()));
    list("answered\"", "Answered", view.answered.iter().map(said).collect(), html);
}

fn list(class: &str, title: &str, items: Vec<String>, html: &mut String) {
    if !items.is_empty() {
        let _ = writeln!(
            html,
            "<details class=\"group {class}><summary>{title} <span>({})</span></summary>\n<ul>\n{}</ul></details>",
            items.len(),
            items.concat()
        );
    }
}

fn doubt(view: &View<'_>, doubt: &Doubt, class: &str, message: &str) -> String {
    let entry = view.reader.entry_of(&doubt.pointer);
    let field = view.groups.iter().flat_map(|g| &g.fields).find(|f| f.pointer == doubt.pointer);
    let label =
        field.map_or_else(|| sentence(&findings_tables::doubt::words(&doubt.pointer)), |f| f.label.clone());
    let value = field
        .and_then(|f| f.value.clone())
        .or_else(|| findings_tables::doubt::value(view.reader.record(), &doubt.pointer));
    let value = match value {
        Some(value) => format!("<strong>{}</strong>", escape(&short(&value))),
        None if doubt.pointer.is_empty() => String::new(),
        None => "<strong class=\"none\">no value</strong>".to_owned(),
    };
    let quote = doubt.quote.as_deref().map_or(String::new(), |q| format!("<q>{}</q>", escape(&short(q))));
    format!(
        "<li><button type=\"button\" class=\"field {class}\"{} title=\"{}\"><b>{}</b>{value}<span>{}</span>{quote}</button></li>\n",
        aim(view, entry.as_deref(), doubt.page),
        escape(&doubt.pointer),
        escape(&label),
        escape(&without_pointers(message)),
    )
}

/// The target of a button: the boxes of an entry, or a page.
fn aim(view: &View<'_>, entry: Option<&str>, page: Option<u32>) -> String {
    let place = entry.and_then(|e| view.reader.places(e).first().copied());
    let number = view.number(entry).filter(|_| place.is_some());
    let page = place.map(|p| p.page).or(page.map(u64::from));
    let number = number.map_or(String::new(), |n| format!(" data-e=\"{n}\""));
    let quote = place.filter(|p| p.bbox.is_none()).and_then(|_| view.reader.quote(entry?));
    let quote = quote.map_or(String::new(), |q| format!(" data-q=\"{}\"", escape(q)));
    format!("{number}{}{quote}", page.map_or(String::new(), |p| format!(" data-p=\"{p}\"")))
}

fn group_html(view: &View<'_>, group: &Group, html: &mut String) {
    let read = group.fields.iter().filter(|f| f.value.is_some()).count();
    // The text is long, and its page is beside it.
    let open = if group.colour == "section" { "" } else { " open" };
    let _ = writeln!(
        html,
        "<details class=\"group {}\"{open}><summary>{} <span>({read})</span></summary>\n<ul>",
        group.colour, group.title
    );
    let doubtful: HashSet<&str> = view.doubts.iter().map(|d| d.pointer.as_str()).collect();
    for field in group.fields.iter().filter(|f| f.value.is_some()) {
        field_html(view, field, doubtful.contains(field.pointer.as_str()), html);
    }
    html.push_str("</ul>\n");
    let absent = group.fields.iter().filter(|f| f.value.is_none());
    let absent: Vec<String> =
        absent.map(|f| format!("{} {}", f.label, f.remark.as_deref().unwrap_or("not read"))).collect();
    if !absent.is_empty() {
        let _ = writeln!(html, "<p class=\"absent\">{}</p>", escape(&absent.join(" · ")));
    }
    html.push_str("</details>\n");
}

fn field_html(view: &View<'_>, field: &Field, doubt: bool, html: &mut String) {
    let aim = aim(view, field.evidence.as_deref(), None);
    let class = if doubt { "field doubt" } else { "field" };
    let remark = field.remark.as_deref().or_else(|| aim.is_empty().then_some("no place"));
    let remark = remark.map_or(String::new(), |r| format!("<i>{}</i>", escape(r)));
    let _ = writeln!(
        html,
        "<li><button type=\"button\" class=\"{class}\"{aim} title=\"{}\"><b>{}</b><span>{}</span>{remark}</button></li>",
        escape(&field.pointer),
        escape(&field.label),
        escape(field.value.as_deref().unwrap_or_default()),
    );
}

fn sheet_html(view: &View<'_>, sheet: &Sheet, n: u64, html: &mut String) {
    match sheet {
        Sheet::Picture(picture) => {
            let (w, h) = (picture.width, picture.height);
            let _ = write!(
                html,
                "<figure class=\"page\" id=\"p{n}\" style=\"aspect-ratio:{w}/{h}\">\
                 <img alt=\"Page {n} as it is printed\" decoding=\"async\" src=\"data:image/png;base64,{}\">\
                 <svg viewBox=\"0 0 {w} {h}\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{HATCH}",
                picture.base64(),
            );
            boxes(view, n, html);
            let _ = writeln!(html, "</svg><figcaption>{n}</figcaption></figure>");
        }
        Sheet::Linked(address) => {
            // The size of the page is known only when it is drawn; the script then sets the box.
            let _ = write!(
                html,
                "<figure class=\"page linked\" id=\"p{n}\">\
                 <img alt=\"Page {n} as it is printed\" decoding=\"async\" loading=\"lazy\" src=\"{address}\" data-dpi=\"{DPI}\">\
                 <svg viewBox=\"0 0 595 842\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{HATCH}",
            );
            boxes(view, n, html);
            let _ = writeln!(html, "</svg><figcaption>{n}</figcaption></figure>");
        }
        Sheet::Text(text) => {
            let text = escape(text);
            let _ = writeln!(
                html,
                "<figure class=\"page text\" id=\"p{n}\"><pre>{text}</pre><figcaption>{n}</figcaption></figure>"
            );
        }
        Sheet::Missing(why) => {
            let why = escape(why);
            let _ = writeln!(
                html,
                "<figure class=\"page text\" id=\"p{n}\"><p>This page could not be drawn: {why}</p></figure>"
            );
        }
    }
}

const HATCH: &str = "<defs><pattern id=\"hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
patternTransform=\"rotate(45)\"><rect width=\"2\" height=\"5\"/></pattern></defs>";

fn boxes(view: &View<'_>, page: u64, html: &mut String) {
    // A line's box touches the letters, so leave some space around it.
    const AIR: f64 = 1.5;
    // Several figures from one sentence share a place; drawn on top of each other they would look selected.
    let mut drawn = HashSet::new();
    for (number, (entry, (colour, doubt))) in view.entries.iter().enumerate() {
        for Place { bbox, .. } in view.reader.places(entry).into_iter().filter(|p| p.page == page) {
            let Some([x0, top, x1, bottom]) = bbox else { continue };
            let doubt = if *doubt { " doubt" } else { "" };
            let again = if drawn.insert([x0, top, x1, bottom].map(f64::to_bits)) { "" } else { " again" };
            let _ = write!(
                html,
                "<rect class=\"{colour}{doubt}{again}\" data-e=\"{number}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
                x0 - AIR,
                top - AIR,
                x1 - x0 + 2.0 * AIR,
                bottom - top + 2.0 * AIR,
            );
        }
    }
}

fn short(text: &str) -> String {
    const MOST: usize = 120;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// Escapes text for HTML elements and attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
