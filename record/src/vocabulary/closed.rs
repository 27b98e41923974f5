//! The lists that the schema closes: a new code requires a new version of the schema.

use super::CodeList;

/// Why a document produced no record: the codes of [`crate::ErrorCode`].
pub const ERRORS: CodeList = CodeList {
    name: "errors",
    paths: &["/error/code"],
    codes: &[
        ("not-found", "There is no such file"),
        ("unreadable", "The file exists but could not be read"),
        ("not-a-report-file", "The file is not a PDF, text or image; for example, a web page saved as .pdf"),
        ("encrypted", "The PDF is locked with a password"),
        ("damaged", "The PDF is damaged beyond repair"),
        ("no-text", "The document has pages but no text"),
        ("too-large", "The file is larger than the limit"),
        ("timed-out", "Reading took longer than the limit"),
        ("unknown-format", "The document has none of the formats that findings knows"),
        ("invalid-record", "The record does not follow its schema: a bug in findings"),
        ("plugin-failed", "A plugin failed on the document"),
        ("internal", "A bug in findings; other documents are not affected"),
    ],
    in_force: &[],
    closed: true,
};

/// Whether a value was read, and if not, why: the codes of [`crate::Status`].
pub const EVIDENCE_STATUSES: CodeList = CodeList {
    name: "evidence-statuses",
    paths: &["/evidence/*/status"],
    codes: &[
        ("found", "It was read"),
        ("derived", "It was looked up or computed from what was read"),
        ("not-stated", "The document has no such thing"),
        ("not-applicable", "This format never has it"),
        ("illegible", "It is there but illegible"),
        ("conflicting", "The document contradicts itself"),
        ("not-read", "It seems to be there, but the grammar could not read it"),
        (
            "corrected",
            "A person corrected it; quote and place are those that the person marked, or else those that were read",
        ),
    ],
    in_force: &[],
    closed: true,
};

/// Severity of a diagnostic: the codes of [`crate::Severity`].
pub const SEVERITIES: CodeList = CodeList {
    name: "severities",
    paths: &["/diagnostics/*/severity"],
    codes: &[
        ("info", "Nothing is wrong"),
        ("warning", "A value may be wrong or missing"),
        ("error", "A part of the document could not be read"),
    ],
    in_force: &[],
    closed: true,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorCode;

    #[test]
    fn the_errors_are_those_of_the_type() {
        let codes: Vec<&str> = ERRORS.codes.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, ErrorCode::ALL.map(ErrorCode::as_str));
    }

    /// The list and the type's schema name the same codes.
    #[test]
    fn closed_lists_are_those_of_the_schema() {
        let schema = crate::schema::find("inspection-report").unwrap().schema();
        for (list, name) in [(EVIDENCE_STATUSES, "Status"), (SEVERITIES, "Severity")] {
            let definition = &schema["$defs"][name];
            let of = definition.get("oneOf").or(definition.get("enum")).and_then(|v| v.as_array()).unwrap();
            let codes: Vec<&str> = of.iter().map(|v| v.get("const").unwrap_or(v).as_str().unwrap()).collect();
            let listed: Vec<&str> = list.codes.iter().map(|(code, _)| *code).collect();
            assert_eq!(listed, codes, "{name}");
        }
    }
}
