//! The kinds of repairs, with their names in diagnostics.

/// What a repair undoes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RepairKind {
    /// Letters mistaken for similar ones: "chlldren".
    ConfusedLetters,
    /// Words that lost the space between them: "thelocal".
    JoinedWords,
    /// A word cut by a space: "chi ldren".
    SplitWord,
    /// A number cut by a space: "1 9 June", "June 20 18".
    SplitNumber,
    /// A compound without its hyphen: "multiagency".
    LostHyphen,
    /// Letters in place of digits: "2Ol9".
    LettersForDigits,
    /// A paragraph that lost its number, which follows from the numbers around it.
    LostNumber,
    /// Dates that have lost the text between them: "16 January 20179 February 2017".
    DatesRunTogether,
    /// A dash between two days that became another character: "14 ? 15 May".
    LostDash,
    /// A list mark that became another character, or was lost where another sentence begins a line.
    LostBullet,
    /// A footnote mark that is an ordinary number in the text.
    RaisedMark,
    /// A comma in place of a full stop.
    CommaForFullStop,
    /// A full stop in place of a comma, in an address or inside a sentence.
    FullStopForComma,
    /// A name that is spelt more plausibly elsewhere in the text.
    NameAsElsewhere,
    /// A name that is on no list, but would be if one letter were read otherwise.
    NameAsListed,
    /// A hyphen that the typesetter inserted at the end of a line.
    LineEndHyphen,
    /// A quotation mark that the PDF encodes as a digit.
    DigitForQuote,
    /// Markdown emphasis around words.
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
            Self::NameAsListed => "name-as-listed",
            Self::LineEndHyphen => "line-end-hyphen",
            Self::DigitForQuote => "digit-for-quote",
            Self::MarkdownEmphasis => "markdown-emphasis",
        }
    }
}
