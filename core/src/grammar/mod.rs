//! Token parsers that all formats share: nom parsers over the text of a block.
//!
//! Grammars never see coordinates. A parser takes a `&str` and returns the value and the remaining input. Values that
//! need evidence are slices of the input, whose place [`Text::range_of`](crate::text::Text::range_of) finds. Only
//! [`label`](mod@label) tolerates misspellings.

pub mod address;
pub mod address_line;
pub mod date;
pub mod date_ranges;
pub(crate) mod fraction;
pub mod given_names;
pub mod grade;
pub mod grade_sentence;
pub mod inspectors;
pub mod joint_address;
pub mod label;
pub mod number;
pub mod person;
pub mod postcode;
pub mod reference;
mod scan;
pub mod sentence;
pub mod team;
mod words;

#[cfg(test)]
mod agreement;

pub use crate::record::Date;
pub use date::{DateProblem, MONTH_NAMES, MONTHS, MonthYear, date, month_year};
pub use date_ranges::{DateRanges, date_ranges};
pub use grade::{Grade, Graded, grade, heading_grade};
pub use grade_sentence::grade_sentence;
pub use inspectors::{Inspector, inspector_list, inspector_sentence};
pub use label::{any_label, contains_label, label};
pub use person::{Person, is_organisation, is_person_like, may_be_person, person};
pub use scan::{Hit, find, find_all};
pub use words::{ends_open, has_role_word, is_title};

/// The result of a token parser: the remaining input and the value.
pub type ParseResult<'a, T> = nom::IResult<&'a str, T>;
