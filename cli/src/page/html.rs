//! The page's HTML. All of it is here; the script only moves between values and places.

use std::collections::HashSet;
use std::fmt::Write as _;

use findings_core::Doubt;
use indexmap::IndexMap;
use serde_json::Value;

use super::Sheet;
use super::fields::{Field, Group, Place, Reader};
use super::text::{day, sentence, words};

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// What is shown, with a number for each entry of the evidence that something is read by.
struct View<'a> {
    reader: Reader<'a>,
    doubts: Vec<Doubt>,
    groups: Vec<Group>,
    /// The entries with places, their colour and whether they are in doubt.
    entries: IndexMap<String, (&'static str, bool)>,
}

impl<'a> View<'a> {
    fn new(record: &'a Value) -> Self {
        let reader = Reader::new(record);
        let doubts = findings_core::doubts_of_json(record);
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
        Self { reader, doubts, groups, entries }
    }

    fn number(&self, entry: Option<&str>) -> Option<usize> {
        self.entries.get_index_of(entry?)
    }
}

pub(super) fn page(record: &Value, sheets: &[Sheet]) -> String {
    let view = View::new(record);
    let (title, count) = (title(record), count(&view, sheets.len()));
    let mut html = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        html,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"{tool}\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; \
         style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header><h1>{title}</h1><p>{count}</p></header>\n<main>\n",
        tool = escape(findings_core::pipeline::TOOL),
        title = escape(&title),
        count = escape(&count),
    );
    html.push_str("<nav id=\"record\" aria-label=\"The record\">\n");
    html.push_str(FIND);
    doubts(&view, &mut html);
    for group in &view.groups {
        group_html(&view, group, &mut html);
    }
    html.push_str("</nav>\n<section id=\"pages\" aria-label=\"The document\" tabindex=\"0\">\n");
    for (sheet, n) in sheets.iter().zip(1..) {
        sheet_html(&view, sheet, n, &mut html);
    }
    html.push_str("</section>\n</main>\n");
    html.push_str(TOOLS);
    let _ = write!(html, "<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    html
}

const FIND: &str = "<p class=\"find\"><label>Find <input type=\"search\" id=\"find\" autocomplete=\"off\"></label></p>\n";
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
<dt><kbd>Esc</kbd></dt><dd>nothing chosen</dd></dl>\
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
    if view.doubts.is_empty() {
        return;
    }
    let _ = write!(
        html,
        "<details class=\"group doubts\" open><summary>To look at <span>({})</span></summary>\n<ul>\n",
        view.doubts.len()
    );
    for doubt in &view.doubts {
        let entry = view.reader.entry_of(&doubt.pointer);
        let field = view.groups.iter().flat_map(|g| &g.fields).find(|f| f.pointer == doubt.pointer);
        let label = field.map_or_else(|| sentence(&findings_tables::doubt::words(&doubt.pointer)), |f| f.label.clone());
        let quote = doubt.quote.as_deref().map_or(String::new(), |q| format!("<q>{}</q>", escape(&short(q))));
        let _ = write!(
            html,
            "<li><button type=\"button\" class=\"field doubt\"{} title=\"{}\"><b>{}</b><span>{}</span>{quote}</button></li>\n",
            aim(view, entry.as_deref(), doubt.page),
            escape(&doubt.pointer),
            escape(&label),
            escape(&sentence(&doubt.message)),
        );
    }
    html.push_str("</ul></details>\n");
}

/// What a button leads to: the boxes of an entry, or a page.
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
    // The text is long, and its page beside it.
    let open = if group.colour == "section" { "" } else { " open" };
    let _ = write!(
        html,
        "<details class=\"group {}\"{open}><summary>{} <span>({read})</span></summary>\n<ul>\n",
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
        let _ = write!(html, "<p class=\"absent\">{}</p>\n", escape(&absent.join(" · ")));
    }
    html.push_str("</details>\n");
}

fn field_html(view: &View<'_>, field: &Field, doubt: bool, html: &mut String) {
    let aim = aim(view, field.evidence.as_deref(), None);
    let class = if doubt { "field doubt" } else { "field" };
    let remark = field.remark.as_deref().or_else(|| aim.is_empty().then_some("no place"));
    let remark = remark.map_or(String::new(), |r| format!("<i>{}</i>", escape(r)));
    let _ = write!(
        html,
        "<li><button type=\"button\" class=\"{class}\"{aim} title=\"{}\"><b>{}</b><span>{}</span>{remark}</button></li>\n",
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
            let _ = write!(html, "</svg><figcaption>{n}</figcaption></figure>\n");
        }
        Sheet::Text(text) => {
            let text = escape(text);
            let _ = write!(html, "<figure class=\"page text\" id=\"p{n}\"><pre>{text}</pre><figcaption>{n}</figcaption></figure>\n");
        }
        Sheet::Missing(why) => {
            let why = escape(why);
            let _ = write!(html, "<figure class=\"page text\" id=\"p{n}\"><p>This page could not be drawn: {why}</p></figure>\n");
        }
    }
}

const HATCH: &str = "<defs><pattern id=\"hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
patternTransform=\"rotate(45)\"><rect width=\"2\" height=\"5\"/></pattern></defs>";

fn boxes(view: &View<'_>, page: u64, html: &mut String) {
    // A line's box touches the letters; a little air makes both readable.
    const AIR: f64 = 1.5;
    for (number, (entry, (colour, doubt))) in view.entries.iter().enumerate() {
        for Place { bbox, .. } in view.reader.places(entry).into_iter().filter(|p| p.page == page) {
            let Some([x0, top, x1, bottom]) = bbox else { continue };
            let doubt = if *doubt { " doubt" } else { "" };
            let _ = write!(
                html,
                "<rect class=\"{colour}{doubt}\" data-e=\"{number}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
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

/// Text as HTML, in elements and in attributes.
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
