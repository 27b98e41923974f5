//! The area that was inspected: printed name, short name, identifiers.

use crate::areas::{self, Area};
use crate::grammar::Date;
use crate::grammar::label::find_label;
use crate::outline::Outline;
use crate::record::{CurrentIds, Draft, Evidence, Found, ProviderIds, Record, Status, Successor};

/// The table that identifiers come from, as named in evidence.
const SOURCE: &str = "local-authorities.csv";

/// Sets the provider from the name in the title. Call it after the dates are set, because the identifiers are those in
/// force when the inspection began.
pub fn set(draft: &mut Draft, printed: Option<Found<String>>) {
    draft.absent("/provider/successors", Status::NotApplicable);
    let Some(Found { value: printed, evidence }) = printed else {
        for field in ["name", "printed", "ids", "region"] {
            draft.absent(format!("/provider/{field}"), Status::NotRead);
        }
        let message = "no title or subject names an area that could be read";
        draft.warn("provider-not-read", Some("/provider/name"), None, message);
        return;
    };
    let page = evidence.spans.first().map(|s| s.page);
    let began = draft.record.inspection.start.as_deref().and_then(Date::from_iso);
    let own = areas::short_name(&printed);
    let exact = areas::resolve_exact(&printed, began).or_else(|| areas::resolve_exact(own, began));
    let area = exact.or_else(|| areas::resolve(own, began));
    // A name that only resembles an area's is kept as printed: it may be another's.
    let name = exact.map_or(own, |a| a.short.as_str()).to_owned();
    draft.note("/provider/name", of_name(&name, &printed, &evidence));
    draft.note("/provider/printed", evidence);
    match (exact, area) {
        (Some(_), _) => {}
        (None, Some(near)) => {
            let near = &near.short;
            let message = format!(
                "“{name}” is not in the table of local authorities; the identifiers are those of {near}, the only one that comes near"
            );
            draft.warn("area-name-doubtful", Some("/provider/ids"), page, message);
        }
        (None, None) => {
            let message = format!(
                "“{name}” is not in the table of local authorities: the record has no identifiers for it"
            );
            draft.warn("area-not-found", Some("/provider/name"), page, message);
        }
    }
    match area {
        Some(area) => set_area(draft, area),
        None => {
            draft.absent("/provider/ids", Status::NotRead);
            draft.absent("/provider/region", Status::NotRead);
        }
    }
    draft.record.provider.name = Some(name);
    draft.record.provider.printed = Some(printed);
}

/// Sets the identifiers and the region of an area, and its identifiers today.
fn set_area(draft: &mut Draft, area: &Area) {
    draft.record.provider.ids = Some(ProviderIds {
        ons: area.ons.clone(),
        dfe: area.dfe.clone(),
        ofsted_urn: area.ofsted_urn.clone(),
    });
    draft.derived("/provider/ids", SOURCE);
    draft.record.provider.region = area.region.clone();
    draft.derived("/provider/region", SOURCE);
    set_today(draft, area);
}

/// Corrects a misspelt name if the document contains the area's own name elsewhere: "Boiton" in a report on Bolton. The
/// printed name is kept, and the correction is recorded as a repair.
pub fn put_right(record: &mut Record, outline: &Outline) {
    let began = record.inspection.start.as_deref().and_then(Date::from_iso);
    let provider = &mut record.provider;
    let Some((name, printed)) = provider.name.as_mut().zip(provider.printed.as_deref()) else { return };
    let own = areas::short_name(printed);
    if [printed, own].iter().any(|n| areas::resolve_exact(n, began).is_some()) {
        return;
    }
    let Some(area) = areas::resolve(own, began).filter(|a| a.short != *name) else { return };
    let said = |text: &str| find_label(text, &area.short).is_some();
    if !outline.blocks.iter().any(|b| said(b.text.as_str())) {
        return;
    }
    if let Some(evidence) = record.evidence.get_mut("/provider/name") {
        evidence.repairs.get_or_insert_default().push(format!("{name} → {}", area.short));
    }
    name.clone_from(&area.short);
}

/// Sets the codes in force today, or the successors of an area that was abolished.
fn set_today(draft: &mut Draft, area: &Area) {
    let provider = &mut draft.record.provider;
    provider.ids_current = area.today().map(|now| CurrentIds { ons: now.ons.clone(), dfe: now.dfe.clone() });
    provider.successors = area
        .successors()
        .map(|next| Successor { name: next.short.clone(), ons: next.ons.clone(), dfe: next.dfe.clone() })
        .collect();
    for (pointer, there) in [
        ("/provider/ids_current", provider.ids_current.is_some()),
        ("/provider/successors", !provider.successors.is_empty()),
    ] {
        match there {
            true => draft.derived(pointer, SOURCE),
            false => draft.absent(pointer, Status::NotApplicable),
        }
    }
}

/// The evidence of the short name: found if the printed name contains it, otherwise derived from the table.
fn of_name(name: &str, printed: &str, evidence: &Evidence) -> Evidence {
    let rule = Some("provider.short-name".to_owned());
    if printed.contains(name) {
        return Evidence { rule, ..evidence.clone() };
    }
    Evidence { rule, status: Status::Derived, source: Some(SOURCE.to_owned()), ..evidence.clone() }
}
