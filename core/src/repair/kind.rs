//! The kinds of repairs, by the names that diagnostics have for them.

/// What a repair undoes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RepairKind {
    /// Letters that look like others: "chlldren".
    ConfusedLetters,
    /// Words that lost the space between them: "thelocal".
    JoinedWords,
    /// A word that a space has cut: "chi ldren".
    SplitWord,
    /// A number that a space has cut: "1 9 June", "June 20 18".
    SplitNumber,
    /// A compound without its hyphen: "multiagency".
    LostHyphen,
    /// Letters where digits were: "2Ol9".
    LettersForDigits,
    /// A paragraph that lost its number, which the row of numbers around it says.
    LostNumber,
    /// Dates that lost what stood between them: "16 January 20179 February 2017".
    DatesRunTogether,
    /// A dash between two days that became another character: "14 ? 15 May".
    LostDash,
    /// A list mark that became another character.
    LostBullet,
    /// A footnote's mark that stands in the text as a number.
    RaisedMark,
    /// A comma where a sentence ends.
    CommaForFullStop,
    /// A full stop inside an address.
    FullStopForComma,
    /// A name that is spelt better elsewhere in the text.
    NameAsElsewhere,
    /// A typesetter's hyphen at the end of a line.
    LineEndHyphen,
    /// A quotation mark that a PDF calls a digit.
    DigitForQuote,
    /// The marks that Markdown sets around words.
    MarkdownEmphasis,
}

impl RepairKind {
    /// Its name in diagnostics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ConfusedLetters => "confused-letters",
            Self::JoinedWords => "joined-words",
            Self::SplitWord => "split-word",
            Self::SplitNumber => "split-number",
            Self::LostHyphen => "lost-hyphen",
            Self::LettersForDigits => "letters-for-digits",
            Self::LostNumber => "lost-number",
            Self::DatesRunTogether => "dates-run-together",
            Self::LostDash => "lost-dash",
            Self::LostBullet => "lost-bullet",
            Self::RaisedMark => "raised-mark",
            Self::CommaForFullStop => "comma-for-full-stop",
            Self::FullStopForComma => "full-stop-for-comma",
            Self::NameAsElsewhere => "name-as-elsewhere",
            Self::LineEndHyphen => "line-end-hyphen",
            Self::DigitForQuote => "digit-for-quote",
            Self::MarkdownEmphasis => "markdown-emphasis",
        }
    }
}
