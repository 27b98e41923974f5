//! Lists below a heading that names who must act, which differs from report to report.

#![allow(missing_docs)]

#[path = "draft/shared.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod shared;

use findings_core::outline::Role;
use findings_core::plugin::PluginFormat;
use findings_core::text::LayerKind;
use findings_forms::FileFormat;
use findings_forms::draft::{Sample, draft};

use shared::{IDENTITY, sample};

const TOWNS: [&str; 5] = ["Thorpe Ness", "Little Marrow", "Ousby", "Great Hale Cross", "Wending"];

/// A report whose headings are printed in three sizes.
fn report(n: usize) -> Sample {
    let town = TOWNS[n];
    let text = format!(
        "Inspectorate of Libraries\n\nLibrary: {town} Library\n\nReaders: {}\n\nVisit on: {} May 2024\n\nFindings\n\n\
         Readers come from far away.\n\nRecommendations\n\n{town} Library should:\n\n1. open on {} more days.\n\n2. mend its roof.\n\n\
         The county should:\n\n3. lend more maps.\n\nAbout us\n\nWe are independent.\n",
        n + 21,
        n + 3,
        n + 2,
    );
    let mut sample = sample(&format!("{n}.txt"), &text);
    let document = &mut sample.document;
    (document.outline.kind, document.layer.kind) = (LayerKind::Native, LayerKind::Native);
    for block in &mut document.outline.blocks {
        match block.text.as_str() {
            "Findings" | "Recommendations" | "About us" => block.role = Role::Heading(2),
            text if text.ends_with("should:") => block.role = Role::Heading(4),
            _ => {}
        }
    }
    sample
}

#[test]
fn a_list_for_each_who_must_act_is_read_under_the_heading_above() {
    let samples: Vec<Sample> = (0..5).map(report).collect();
    let text = draft(&samples, IDENTITY).unwrap().text;
    assert_eq!(text.matches("into = \"/improvements\"").count(), 1, "{text}");
    let format = FileFormat::new("lists.format.toml", &text).unwrap();
    for (n, sample) in samples.into_iter().enumerate() {
        let record = format.record(sample.document).whole();
        let items: Vec<&str> = record["improvements"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|i| i["text"].as_str())
            .collect();
        assert_eq!(
            items,
            [&format!("open on {} more days.", n + 2), "mend its roof.", "lend more maps."],
            "{text}"
        );
    }
}
