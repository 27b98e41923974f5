//! The days of an inspection or an investigation.

use findings_plugin_sdk::record::{Draft, Status};
use findings_plugin_sdk::text::Text;

use super::{put, put_all};
use crate::extension::{Extension, OtherInspection};
use crate::report::Report;
use crate::{letter, methods};

/// Reads the days of contact and on site, depending on the kind of report.
pub(super) fn days(report: &Report, letter: &letter::Read, draft: &mut Draft, ext: &mut Extension) {
    ext.letter_date = put(draft, "letter_date", letter.date.clone());
    let methods = report.section("METHOD").map_or(&[][..], |s| &s.lines);
    let of_inspection = ext.kind.ends_with("inspection");
    let (contacts, on_site) = if of_inspection {
        let found = methods::inspection_dates(methods);
        (None, if found.is_empty() { letter.completed.clone() } else { found })
    } else {
        let read = methods::contacts(methods);
        let none = read.contacts.is_empty();
        let on_site = if none { methods::in_sentences(methods) } else { read.on_site };
        let study = ext.kind.starts_with("licensing-study");
        (Some(read.contacts).filter(|_| !(study && none)), on_site)
    };
    ext.inspection_dates = put_all(draft, "inspection_dates", on_site);
    match contacts {
        Some(contacts) => ext.contact_dates = Some(put_all(draft, "contact_dates", contacts)),
        None => draft.absent("/extension/contact_dates", Status::NotApplicable),
    }
    ext.fire_inspection = other_inspection(methods, "FIRE", "fire_inspection", draft);
    ext.environmental_health_inspection =
        other_inspection(methods, "ENVIRONMENTAL", "environmental_health_inspection", draft);
}

fn other_inspection(lines: &[Text], word: &str, key: &str, draft: &mut Draft) -> Option<OtherInspection> {
    let Some((date, rating)) = methods::other_inspection(lines, word) else {
        draft.absent(format!("/extension/{key}"), Status::NotStated);
        return None;
    };
    let date = put(draft, &format!("{key}/date"), Some(date));
    Some(OtherInspection { date, rating: put(draft, &format!("{key}/rating"), rating) })
}
