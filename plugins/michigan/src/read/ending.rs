//! The last section: the recommendation and the signatures.

use findings_plugin_sdk::record::{Draft, Status};
use findings_plugin_sdk::text::Text;

use super::{derived, put};
use crate::extension::{Extension, RecommendationPart, SignatoryPart};
use crate::report::Report;
use crate::{letter, recommendation};

/// Reads the recommendation and the signatures.
pub(super) fn last_section(report: &Report, letter: &letter::Read, draft: &mut Draft, ext: &mut Extension) {
    let read =
        report.last_section("RECOMMENDATION").map(|s| recommendation::read(&s.lines)).unwrap_or_default();
    match &read.text {
        Some(text) => recommended(text, draft, ext),
        None => {
            let path = "/extension/recommendation";
            draft.absent(path, Status::NotRead);
            let message = "no recommendation could be read";
            draft.warn("recommendation-not-read", Some(path), None, message);
        }
    }
    let consultant = read.signatures.iter().find(|s| !s.approves);
    let approval = read.signatures.iter().find(|s| s.approves);
    ext.report_date = put(draft, "report_date", consultant.and_then(|s| s.date.clone()));
    ext.approval_date = put(draft, "approval_date", approval.and_then(|s| s.date.clone()));
    let analyst = consultant.and_then(|s| s.name.clone()).or_else(|| letter.consultant.clone());
    ext.analyst_name = put(draft, "analyst_name", analyst);
    for (i, s) in read.signatures.into_iter().enumerate() {
        let at = |key: &str| format!("signatories/{i}/{key}");
        ext.signatories.push(SignatoryPart {
            name: put(draft, &at("name"), s.name),
            role: put(draft, &at("role"), s.role),
            date: put(draft, &at("date"), s.date),
        });
    }
}

/// Reads the recommendation, and what it means for the licence.
fn recommended(text: &Text, draft: &mut Draft, ext: &mut Extension) {
    let study = ext.kind.starts_with("licensing-study");
    let outcome = recommendation::outcome(text.as_str(), study);
    draft.note("/extension/recommendation/text", text.evidence_all("recommendation.text"));
    if let Some(outcome) = &outcome {
        let quote = text.evidence(outcome.words, "recommendation.outcome");
        let source = "the words of the recommendation";
        derived(draft, "recommendation/normalised".into(), Some(quote), source);
    } else {
        let path = "/extension/recommendation/normalised";
        draft.absent(path, Status::NotRead);
        let message = "what the recommendation means for the licence could not be read";
        draft.warn("recommendation-not-read", Some(path), None, message);
    }
    let detail = outcome.as_ref().and_then(|o| o.detail);
    if let Some(detail) = detail {
        draft.note("/extension/recommendation/detail", text.evidence(detail, "recommendation.status"));
    }
    ext.recommendation = Some(RecommendationPart {
        text: text.as_str().to_owned(),
        normalised: outcome.map(|o| o.code.into()),
        detail: detail.map(str::to_owned),
    });
}
