//! The area that was inspected: printed name, short name, identifiers.

use crate::areas;
use crate::grammar::Date;
use crate::record::{Draft, Evidence, Found, ProviderIds, Status};

/// Name of the table that identifiers come from, as evidence gives it.
const SOURCE: &str = "local-authorities.csv";

/// Sets the provider from the name that the title prints. Call it after the dates are set: the identifiers are
/// those in force when the inspection began.
pub fn set(draft: &mut Draft, printed: Option<Found<String>>) {
    draft.absent("/provider/successors", Status::NotApplicable);
    let Some(Found { value: printed, evidence }) = printed else {
        draft.absent("/provider/name", Status::NotRead);
        draft.absent("/provider/printed", Status::NotRead);
        draft.absent("/provider/ids", Status::NotRead);
        draft.absent("/provider/region", Status::NotRead);
        return;
    };
    let name = areas::short_name(&printed).to_owned();
    let page = evidence.spans.first().map(|s| s.page);
    draft.note("/provider/name", Evidence { rule: Some("provider.short-name".into()), ..evidence.clone() });
    draft.note("/provider/printed", evidence);
    let began = draft.record.inspection.start.as_deref().and_then(Date::from_iso);
    let area = areas::resolve(&name, began).or_else(|| areas::resolve(&printed, began));
    match area {
        Some(area) => {
            draft.record.provider.ids = Some(ProviderIds {
                ons: area.ons.clone(),
                dfe: area.dfe.clone(),
                ofsted_urn: area.ofsted_urn.clone(),
            });
            draft.derived("/provider/ids", SOURCE);
            draft.record.provider.region = area.region.clone();
            draft.derived("/provider/region", SOURCE);
        }
        None => {
            draft.absent("/provider/ids", Status::NotRead);
            draft.absent("/provider/region", Status::NotRead);
            draft.warn(
                "area-not-found",
                Some("/provider/name"),
                page,
                format!(
                    "“{name}” is not in the table of local authorities: the record has no identifiers for it"
                ),
            );
        }
    }
    draft.record.provider.name = Some(name);
    draft.record.provider.printed = Some(printed);
}
