//! The page with the chart: for each area a row for each judgement, with a dot for each inspection.

use std::fmt::Write as _;

use findings_core::grammar::Date;

use super::{History, Point};
use crate::page::escape;

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #1c1b19; --faint: #5d5a55; --line: #cfcac2; --ground: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece9e3; --faint: #a9a49b; --line: #45423c; --ground: #1a1917; } }
body { font: 1rem/1.45 system-ui, sans-serif; color: var(--ink); background: var(--ground); max-width: 70rem; margin: 1rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.1rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: .2rem; }
.chart { overflow-x: auto; } svg { width: 100%; min-width: 46rem; height: auto; display: block; } text { fill: var(--ink); font-size: 13px; } .faint { fill: var(--faint); font-size: 12px; }
line { stroke: var(--line); } circle { stroke: var(--ink); stroke-width: 1.2; }
";

/// Grades differ in lightness, so that they can be told apart in greyscale: darker is worse.
const GROUNDS: [&str; 4] = ["#e8f5e9", "#9ccc9f", "#e8a33d", "#8b1a1a"];

pub(super) fn page(history: &History) -> String {
    let mut areas: Vec<&str> = history.points.iter().map(|p| p.area.as_str()).collect();
    areas.dedup();
    let title = match areas.as_slice() {
        [one] => format!("Grades of {one} over time"),
        _ => "Grades over time".to_owned(),
    };
    let mut html = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        html,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"{}\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>",
        escape(findings_core::pipeline::TOOL),
        title = escape(&title),
    );
    for area in areas {
        let points: Vec<&Point> = history.points.iter().filter(|p| p.area == area).collect();
        let _ = writeln!(html, "<h2>{}</h2>", escape(area));
        chart(area, &points, &mut html);
        improvements(history, area, &mut html);
    }
    html.push_str("</body>\n</html>\n");
    html
}

const LEFT: f64 = 260.0;
const WIDTH: f64 = 1000.0;
const RIGHT: f64 = 110.0;
const ROW: f64 = 44.0;
const HEAD: f64 = 48.0;
/// Height of a text line and width of a letter, in the chart's units.
const LINE: f64 = 15.0;
const LETTER: f64 = 7.2;

fn days(iso: &str) -> f64 {
    Date::from_iso(iso).map_or(0.0, |d| f64::from(d.days_since_1970()))
}

fn chart(area: &str, points: &[&Point], html: &mut String) {
    let mut rows: Vec<&str> = Vec::new();
    for p in points {
        if !rows.contains(&p.judgement.as_str()) {
            rows.push(&p.judgement);
        }
    }
    let across = Axis::of(points);
    let height = HEAD + rows.len() as f64 * ROW;
    let _ = writeln!(
        html,
        "<div class=\"chart\"><svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"Grades of {} by inspection\">",
        escape(area)
    );
    inspections(points, &across, height, html);
    for (i, row) in rows.iter().enumerate() {
        let y = HEAD + i as f64 * ROW + ROW / 2.0;
        let _ = writeln!(html, "<text x=\"0\" y=\"{:.1}\">{}</text>", y + 4.0, escape(&words(row)));
        let mut dots: Vec<(f64, &Point)> =
            points.iter().filter(|p| p.judgement == *row).map(|p| (across.x(&p.date), *p)).collect();
        dots.sort_by(|a, b| a.0.total_cmp(&b.0));
        grades(&dots, y, html);
    }
    html.push_str("</svg></div>\n");
}

/// The time axis, in days: the first inspection on the left, the last on the right.
struct Axis {
    first: f64,
    last: f64,
}

impl Axis {
    fn of(points: &[&Point]) -> Self {
        let days = || points.iter().map(|p| days(&p.date));
        Self { first: days().fold(f64::INFINITY, f64::min), last: days().fold(f64::NEG_INFINITY, f64::max) }
    }

    fn x(&self, iso: &str) -> f64 {
        let span = self.last - self.first;
        let part = if span > 0.0 { (days(iso) - self.first) / span } else { 0.0 };
        LEFT + part * (WIDTH - LEFT - RIGHT)
    }
}

/// Draws a line for each day with an inspection, with its month above.
fn inspections(points: &[&Point], across: &Axis, height: f64, html: &mut String) {
    let mut dates: Vec<&str> = points.iter().map(|p| p.date.as_str()).collect();
    dates.sort_unstable();
    dates.dedup();
    let mut months = Lanes([f64::NEG_INFINITY; 2]);
    for date in dates {
        let at = across.x(date);
        let month = date.get(..7).unwrap_or(date);
        let y = 31.0 - LINE * months.of(at, month.len() as f64 * LETTER) as f64;
        let _ = writeln!(
            html,
            "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"36\" y2=\"{height}\"/><text class=\"faint\" x=\"{at:.1}\" y=\"{y}\">{month}</text>"
        );
    }
}

/// Draws the grades of a row, from left to right. The name of a grade that would cover the next dot goes above or
/// below.
fn grades(dots: &[(f64, &Point)], y: f64, html: &mut String) {
    let mut lanes = Lanes([f64::NEG_INFINITY; 2]);
    for (i, (at, p)) in dots.iter().enumerate() {
        let width = p.grade.len() as f64 * LETTER;
        let room = dots.get(i + 1).map_or(f64::INFINITY, |next| next.0 - at - 2.0 * BESIDE);
        let word = match width <= room {
            true => (at + BESIDE, y + 4.0),
            false => (at - 8.0, y + [-12.0, 21.0][lanes.of(*at, width)]),
        };
        dot(p, (*at, y), word, html);
    }
}

/// Distance from the centre of a dot to the word beside it.
const BESIDE: f64 = 12.0;

/// Where the last word on each of two lines ends.
struct Lanes([f64; 2]);

impl Lanes {
    /// The line for a word that begins at `x`: the first with room.
    fn of(&mut self, x: f64, width: f64) -> usize {
        let lane = self.0.iter().position(|end| *end < x).unwrap_or(0);
        self.0[lane] = x + width;
        lane
    }
}

/// A code in words.
fn words(code: &str) -> String {
    let word = |w| match w {
        "lscb" => "LSCB",
        "send" => "SEND",
        w => w,
    };
    code.split('-').map(word).collect::<Vec<_>>().join(" ")
}

fn dot(p: &Point, (x, y): (f64, f64), word: (f64, f64), html: &mut String) {
    let rank = p.rank.and_then(|r| usize::try_from(r - 1).ok());
    let ground = rank.and_then(|r| GROUNDS.get(r)).copied().unwrap_or("#ffffff");
    let grade = words(&p.grade);
    let title = format!("{}, {}, {}: {grade}", p.date, words(&p.kind), words(&p.judgement));
    let _ = writeln!(
        html,
        "<g><title>{}</title><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"8\" fill=\"{ground}\"/><text x=\"{:.1}\" y=\"{:.1}\">{}</text></g>",
        escape(&title),
        word.0,
        word.1,
        escape(&grade),
    );
}

/// The list of what was to be improved, the latest first.
fn improvements(history: &History, area: &str, html: &mut String) {
    let mut day = "";
    for item in history.improvements.iter().filter(|t| t.area == area) {
        if item.date != day {
            let close = if day.is_empty() { "" } else { "</ul>\n" };
            let _ = writeln!(html, "{close}<h3>To improve, {}</h3>\n<ul>", escape(&item.date));
            day = &item.date;
        }
        let _ = writeln!(html, "<li>{}</li>", escape(&item.text));
    }
    if !day.is_empty() {
        html.push_str("</ul>\n");
    }
}
