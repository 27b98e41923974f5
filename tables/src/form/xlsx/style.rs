//! Cell formats.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The formats of a workbook.
pub(super) struct Styles {
    pub(super) head: Format,
    pub(super) text: Format,
    pub(super) plain: Format,
    pub(super) date: Format,
    pub(super) link: Format,
    pub(super) title: Format,
    grades: Vec<(&'static [&'static str], Format)>,
}

impl Styles {
    pub(super) fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            head: top()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(0xE7_E6_E6))
                .set_border_bottom(FormatBorder::Thin),
            text: top().set_text_wrap(),
            plain: top(),
            date: top().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            link: top().set_hyperlink(),
            title: top().set_bold().set_font_size(14),
            grades: GRADES.iter().map(|g| (g.words, g.format(top()))).collect(),
        }
    }

    /// All formats.
    pub(super) fn all(&self) -> impl Iterator<Item = &Format> {
        let Self { head, text, plain, date, link, title, grades } = self;
        [head, text, plain, date, link, title].into_iter().chain(grades.iter().map(|(_, format)| format))
    }

    /// The format of a grade, given its code or its wording.
    pub(super) fn grade(&self, grade: &str) -> Option<&Format> {
        self.grades.iter().find(|(words, _)| words.contains(&grade)).map(|(_, format)| format)
    }
}

struct Grade {
    words: &'static [&'static str],
    ground: u32,
    white: bool,
}

impl Grade {
    fn format(&self, base: Format) -> Format {
        let format = base.set_background_color(Color::RGB(self.ground));
        if self.white { format.set_font_color(Color::White) } else { format }
    }
}

/// Colours from light to dark, the best grade first, so that they can be told apart without colour vision; the text
/// of the grade is in every cell.
const GRADES: &[Grade] = &[
    Grade { words: &["outstanding", "Outstanding", "typically-positive"], ground: 0xE8_F5_E9, white: false },
    Grade { words: &["good", "Good"], ground: 0xBF_DF_C2, white: false },
    Grade {
        words: &[
            "requires-improvement",
            "Requires improvement to be good",
            "adequate",
            "Adequate",
            "inconsistent",
        ],
        ground: 0xE8_A3_3D,
        white: false,
    },
    Grade { words: &["inadequate", "Inadequate", "systemic-failings"], ground: 0x8B_1A_1A, white: true },
];
