//! The schemas that the workbench publishes, in addition to those of records.

use std::path::PathBuf;

use findings_core::schema::Published;

use crate::gold::{LABEL_SCHEMA_ID, Label};
use crate::regress::{REGRESS_SCHEMA_ID, RegressReport};
use crate::score::{SCORE_SCHEMA_ID, ScoreReport};
use crate::stress::{STRESS_SCHEMA_ID, StressReport};

/// All schemas of the workbench.
pub const SCHEMAS: &[Published] = &[
    Published::of::<Label>("gold-label", LABEL_SCHEMA_ID, "What a person read in a document"),
    Published::of::<ScoreReport>("score-report", SCORE_SCHEMA_ID, "How accurate records are"),
    Published::of::<RegressReport>("regress-report", REGRESS_SCHEMA_ID, "What changed between two runs"),
    Published::of::<StressReport>("stress-report", STRESS_SCHEMA_ID, "What records say of damaged documents"),
];

/// The workbench's files in the published folder, by their paths in it.
pub fn files() -> Vec<(PathBuf, String)> {
    SCHEMAS.iter().map(|s| (s.path(), format!("{:#}\n", s.schema()))).collect()
}
