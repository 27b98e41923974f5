//! Imitates what happens to copies of documents in people's hands. Copies are made from a document's text or bytes.

/// A copy with the complete content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// Line ends of old Macintosh files.
    CarriageReturns,
    /// Line ends of Windows.
    Windows,
    /// A blank line after every line.
    DoubleSpaced,
    /// Every line quoted as in an e-mail.
    Quoted,
    /// Quoted, with the header of an e-mail above.
    Forwarded,
    /// UTF-8 read as Windows-1252 and saved again.
    Misread,
    /// UTF-16 with a byte order mark.
    Wide,
    /// Non-breaking spaces.
    HardSpaces,
    /// Question marks in place of bullets.
    QuestionMarks,
    /// An e-mail on a page of its own before the document.
    MailBefore,
    /// An e-mail on a page of its own after it.
    MailAfter,
}

/// A copy that has lost content, or has it in a different order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lossy {
    /// The first two pages are swapped.
    Swapped,
    /// The first page is missing.
    Beheaded,
    /// Every page twice.
    Doubled,
}

/// The header and text of an e-mail.
const MAIL: &str = "From: Committee Services <committee@example.org>\nSent: 14 March 2024 09:12\nTo: Members\n\
Subject: FW: report\n\nDear all,\nPlease find attached the report for the meeting on 21 March 2024.\nKind regards,\n\
Committee Services\n";

impl Keeping {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::CarriageReturns,
        Self::Windows,
        Self::DoubleSpaced,
        Self::Quoted,
        Self::Forwarded,
        Self::Misread,
        Self::Wide,
        Self::HardSpaces,
        Self::QuestionMarks,
        Self::MailBefore,
        Self::MailAfter,
    ];

    /// The copy of a text whose pages end with form feeds.
    pub fn of(self, text: &str) -> Vec<u8> {
        let quoted = || text.split('\n').map(|l| format!("> {l}")).collect::<Vec<_>>().join("\n");
        match self {
            Self::CarriageReturns => text.replace('\n', "\r"),
            Self::Windows => text.replace('\n', "\r\n"),
            Self::DoubleSpaced => text.replace('\n', "\n\n"),
            Self::Quoted => quoted(),
            Self::Forwarded => format!("{MAIL}\n{}", quoted()),
            Self::Misread => text.bytes().map(windows_1252).collect(),
            Self::Wide => {
                return std::iter::once(0xfeff)
                    .chain(text.encode_utf16())
                    .flat_map(u16::to_le_bytes)
                    .collect();
            }
            Self::HardSpaces => text.replace(' ', "\u{a0}"),
            Self::QuestionMarks => text.replace('\u{2022}', "?"),
            Self::MailBefore => format!("{MAIL}\u{c}{text}"),
            Self::MailAfter => format!("{text}{MAIL}\u{c}"),
        }
        .into_bytes()
    }
}

impl Lossy {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Swapped, Self::Beheaded, Self::Doubled];

    /// The copy of a text whose pages end with form feeds.
    pub fn of(self, text: &str) -> Vec<u8> {
        let mut pages: Vec<&str> = text.split_inclusive('\u{c}').collect();
        match self {
            Self::Swapped => pages.swap(0, 1),
            Self::Beheaded => drop(pages.remove(0)),
            Self::Doubled => pages = pages.iter().flat_map(|p| [*p, *p]).collect(),
        }
        pages.concat().into_bytes()
    }
}

/// The character for a byte in Windows-1252.
fn windows_1252(byte: u8) -> char {
    const HIGH: &[char; 32] = &[
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}
