//! The numbers that a document states about the area.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer};

/// A number that the section about the area states.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// Code of what is measured; `other` if no code fits, in which case `text` says what it is.
    pub measure: String,
    /// The number; null if it was recognised with too little confidence.
    pub value: Option<Amount>,
    /// What is counted: `children`, `homes`, `per-cent`, `per-10000`, …
    pub unit: String,
    /// What the document says of its precision: `fewer-than`, `about`, `over`.
    pub qualifier: Option<String>,
    /// The day, month or year it is for (ISO 8601, as far as printed), its own or the lead-in's.
    #[schemars(regex(pattern = r"^[0-9]{4}(-[0-9]{2}){0,2}$"))]
    pub as_of: Option<String>,
    /// The period it covers, in the document's words, its own or the lead-in's: "In the last 12 months".
    pub period: Option<String>,
    /// Index of the figure it is part of: those who live out of the area are part of the children looked after.
    pub part_of: Option<u32>,
    /// The rate per 10,000 children that is printed beside a count.
    pub rate_per_10000: Option<Amount>,
    /// What the document compares it with, in printed order.
    pub compare: Vec<Comparison>,
    /// The same at an earlier time.
    pub previous: Option<PreviousFigure>,
    /// The words it was read from, with the lead-in that names the measure.
    pub text: String,
}

/// The same measure elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// Code of the place: `england`, `region`, `statistical-neighbours`, …
    pub with: String,
    /// The number there, in the figure's unit if none is given here.
    pub value: Option<Amount>,
    /// Code of its unit, if it differs from the figure's: a count printed with its rate may be compared with other rates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// The same measure at an earlier time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PreviousFigure {
    /// The number, in the figure's unit.
    pub value: Option<Amount>,
    /// The rate per 10,000 children printed beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_per_10000: Option<Amount>,
    /// The day, month or year it is for (ISO 8601, as far as printed).
    #[schemars(regex(pattern = r"^[0-9]{4}(-[0-9]{2}){0,2}$"))]
    pub as_of: Option<String>,
    /// Whether the document prints no number but says that it was the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub same: bool,
    /// Whether the document prints the difference, from which the number was computed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub derived: bool,
}

/// A printed number. A whole one is written without a decimal point.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Deserialize)]
pub struct Amount(pub f64);

impl Amount {
    /// The whole number that it is, if it is one.
    fn whole(self) -> Option<i64> {
        // Whole numbers beyond this are not exact in an `f64`.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        (self.0.fract() == 0.0 && self.0.abs() < EXACT).then_some(self.0 as i64)
    }
}

impl From<f64> for Amount {
    fn from(value: f64) -> Self {
        Self(value)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.whole() {
            Some(whole) => whole.fmt(f),
            None => self.0.fmt(f),
        }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => to.serialize_i64(whole),
            None => to.serialize_f64(self.0),
        }
    }
}

impl JsonSchema for Amount {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_written_as_such() {
        for (value, text) in [(456.0, "456"), (0.0, "0"), (29.2, "29.2"), (1e300, "1e+300")] {
            assert_eq!(serde_json::to_string(&Amount(value)).unwrap(), text);
        }
        assert_eq!(serde_json::from_str::<Amount>("456").unwrap(), Amount(456.0));
        assert_eq!(Amount(13.5).to_string(), "13.5");
    }
}
