//! A record on its way from a plugin to the host.

use std::fmt;

use indexmap::IndexMap;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::record::{Evidence, Record};

const EVIDENCE: &str = "evidence";

/// A record as a plugin returns it: any JSON object with a member `evidence`.
///
/// Evidence is most of a record and has the same type in every schema, so it is kept typed: parsing it as JSON values
/// took most of the time of reading an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct PluginRecord {
    /// The record, with an empty object in place of its evidence.
    pub values: Value,
    /// JSON Pointer into the record → where the value was read. Empty if the record has no evidence.
    pub evidence: IndexMap<String, Evidence>,
}

impl PluginRecord {
    /// A record of a schema of the plugin's own.
    ///
    /// # Errors
    /// If it is not an object, or its evidence is not valid evidence.
    pub fn of(record: &impl Serialize) -> serde_json::Result<Self> {
        let mut values = serde_json::to_value(record)?;
        let object = values.as_object_mut().ok_or_else(|| Error::custom("a record is an object"))?;
        let evidence = object.get_mut(EVIDENCE).map(|e| std::mem::replace(e, Map::new().into()));
        Ok(Self { values, evidence: evidence.map(serde_json::from_value).transpose()?.unwrap_or_default() })
    }

    /// The record with its evidence put back.
    pub fn whole(self) -> Value {
        let Self { mut values, evidence } = self;
        if let Some(place) = values.get_mut(EVIDENCE) {
            *place = serde_json::to_value(evidence).unwrap_or_default();
        }
        values
    }
}

impl From<Record> for PluginRecord {
    fn from(mut record: Record) -> Self {
        let evidence = std::mem::take(&mut record.evidence);
        Self { values: serde_json::to_value(record).unwrap_or_default(), evidence }
    }
}

impl Serialize for PluginRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Value::Object(values) = &self.values else { return self.values.serialize(serializer) };
        let mut map = serializer.serialize_map(Some(values.len()))?;
        for (key, value) in values {
            if key == EVIDENCE {
                map.serialize_entry(key, &self.evidence)?;
            } else {
                map.serialize_entry(key, value)?;
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for PluginRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = PluginRecord;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a record, which is an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PluginRecord, A::Error> {
                let (mut values, mut evidence) = (Map::new(), IndexMap::new());
                while let Some(key) = map.next_key::<String>()? {
                    let value = if key == EVIDENCE {
                        evidence = map.next_value()?;
                        Map::new().into()
                    } else {
                        map.next_value()?
                    };
                    values.insert(key, value);
                }
                Ok(PluginRecord { values: values.into(), evidence })
            }
        }

        deserializer.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_record_crosses_with_its_members_in_their_order() {
        let evidence =
            json!({ "/b": { "status": "found", "spans": [{ "page": 2, "bbox": null }], "quote": "3" } });
        let whole = json!({ "b": 3, "evidence": evidence, "a": [1.5, null] });
        let record = PluginRecord::of(&whole).unwrap();
        assert_eq!((&record.values["evidence"], record.evidence.len()), (&json!({}), 1));
        let crossed = serde_json::to_string(&record).unwrap();
        assert_eq!(crossed, whole.to_string());
        let back: PluginRecord = serde_json::from_str(&crossed).unwrap();
        assert_eq!(back, record);
        assert_eq!(back.whole().to_string(), whole.to_string());
        assert!(PluginRecord::of(&3).is_err());
    }
}
