//! What a person should look at, and what a person found when looking.
//!
//! [`list`] has the values in doubt. [`sample()`] draws from those that are not, and [`report()`] says from a person's
//! answers how often what was not flagged is wrong.

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
