//! What a person should look at, and what a person found when looking.
//!
//! [`list`] gives the values in doubt. [`sample()`] draws from the others, and [`report()`] computes from a person's
//! answers how often values that were not flagged are wrong.

mod answer;
mod interval;
mod list;
mod report;
mod sample;

pub use answer::Answer;
pub use interval::clopper_pearson;
pub use list::{Listed, list, table};
pub use report::{AnswerReport, FieldRate, Rate, report};
pub use sample::{Drawn, Question, sample};
