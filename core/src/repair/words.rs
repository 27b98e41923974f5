//! Words with confused letters, words that have run together, words that have come apart.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::shapes::{camel_parts, day_and_word, inner_capitals, is_address, like, number_of, of_letterhead};
use super::vocabulary::Vocabulary;
use crate::cut::Cut;
use crate::text::confusion;
use crate::text::{TextLayer, Word};

/// What an unknown word costs; a word's cost is the logarithm of its rank.
const UNKNOWN: f32 = 15.0;
/// What an undone confusion costs.
const CONFUSION: f32 = 3.0;
/// What a space that is set or taken away costs.
const SPACE: f32 = 1.5;
/// A second reading this near to the first makes both uncertain.
const NEAR: f32 = 0.8;
/// A word of a rank below this is one of the most usual.
const USUAL: u32 = 100;
/// Words that begin or end no compound: "theplan" is two words, "inpatient" is one.
const LITTLE: &[&str] = &[
    "and", "are", "as", "at", "be", "been", "by", "for", "from", "has", "have", "is", "not", "of", "or",
    "that", "the", "their", "they", "this", "to", "was", "were", "who", "with",
];
/// A word of a rank above this is too rare to be made out of a name or of words run together.
const COMMON: u32 = 5_200;

/// The rank of a listed surname.
const NAME: u32 = 5_000;
/// A word of so many letters that begins with a capital may be two words, neither of them very common: names are shorter.
const LONG: usize = 13;

/// A word that another one stands for, and what it costs.
type Reading = (String, f32);
/// Words that have run together, and what they cost.
type Segments = (Vec<String>, f32);

/// Knows words: the vocabulary's, and those that the document repeats.
pub(super) struct Words {
    vocabulary: &'static Vocabulary,
    counts: FxHashMap<String, u32>,
    /// What was worked out: damage repeats itself, and neighbours are asked for one another.
    readings: Memory<(String, usize), Reading>,
    segments: Memory<String, Segments>,
}

/// What was found, or that nothing was, by what was asked.
type Memory<Asked, Found> = RefCell<FxHashMap<Asked, Option<Found>>>;

/// What became of some words of a line.
pub(super) struct Mended {
    /// How many words of the line it takes the place of.
    pub taken: usize,
    /// The words, at least one.
    pub words: Vec<String>,
    /// The repair's name.
    pub name: &'static str,
}

impl Words {
    /// The words of a document.
    pub(super) fn of(layer: &TextLayer) -> Words {
        let mut counts: FxHashMap<String, u32> = FxHashMap::default();
        for word in words(layer) {
            let core = parts(&word.text).1;
            if core.len() > 3 && core.chars().all(char::is_alphabetic) && has_shape(core) {
                *counts.entry(core.to_lowercase()).or_default() += 1;
            }
        }
        Words {
            vocabulary: Vocabulary::get(),
            counts,
            readings: RefCell::default(),
            segments: RefCell::default(),
        }
    }

    /// The share of a document's words that no list has.
    pub(super) fn unknown_share(&self, layer: &TextLayer) -> f32 {
        let (mut all, mut unknown) = (0u32, 0u32);
        for word in words(layer) {
            let core = parts(&word.text).1;
            if core.chars().next().is_some_and(|c| c.is_lowercase() || c.is_numeric())
                && !is_address(&word.text)
            {
                all += 1;
                unknown += u32::from(
                    core.split(|c: char| !c.is_alphanumeric())
                        .any(|p| p.len() > 1 && self.listed(p).is_none()),
                );
            }
        }
        unknown as f32 / all.max(1) as f32
    }

    /// What becomes of the words at the start of a slice; none where the first stays as it is.
    pub(super) fn mend(&self, words: &[Word], before: Option<&Word>) -> Option<Mended> {
        let text = words[0].text.as_str();
        if is_address(text) {
            return None;
        }
        let (prefix, core, suffix) = parts(text);
        if core.is_empty() {
            return None;
        }
        if let Some(fixed) = self.fixed(core, words.get(1), before) {
            return Some(one(format!("{prefix}{fixed}{suffix}"), "confused-letters"));
        }
        let single = core.chars().all(char::is_alphanumeric);
        if single
            && suffix.is_empty()
            && let Some(joined) = words.get(1).and_then(|next| self.joined(core, &next.text))
        {
            return Some(Mended { taken: 2, words: vec![format!("{prefix}{joined}")], name: "split-word" });
        }
        // Before letters are doubted: "5and 6 September" would be read as "Sand".
        if let Some((day, rest)) = day_and_word(core) {
            let words = vec![format!("{prefix}{day}"), format!("{rest}{suffix}")];
            return Some(Mended { taken: 1, words, name: "joined-words" });
        }
        if let Some(compound) = self.vocabulary.compound(&core.to_lowercase()) {
            let compound = like(compound, core);
            return Some(one(format!("{prefix}{compound}{suffix}"), "lost-hyphen"));
        }
        if !single {
            return self.mend_pieces(prefix, core, suffix);
        }
        // Beside another word with a capital it may be a name, which is not made into other words.
        let capital = |w: &Word| w.text.starts_with(char::is_uppercase);
        let beside = before.is_some_and(|w| capital(w) && w.text.ends_with(char::is_alphabetic))
            || suffix.is_empty() && words.get(1).is_some_and(capital);
        let name = core.starts_with(char::is_uppercase) && has_shape(core) && beside;
        self.mend_single([prefix, core, suffix], before, name)
    }

    /// A word that its neighbour tells: of a letterhead, of a saint's place, or a number.
    fn fixed(&self, core: &str, next: Option<&Word>, before: Option<&Word>) -> Option<String> {
        if core == "5t" {
            let place = |w: &Word| self.vocabulary.is_proper(&parts(&w.text).1.to_lowercase());
            return next.is_some_and(place).then(|| "St".to_owned());
        }
        if let Some(number) = number_of(core) {
            return Some(number);
        }
        of_letterhead(core, &before?.text).map(str::to_owned)
    }

    /// A word of letters and digits alone: one with other letters, or two that stick together. `name`: it may be one.
    fn mend_single(
        &self,
        [prefix, core, suffix]: [&str; 3],
        before: Option<&Word>,
        name: bool,
    ) -> Option<Mended> {
        let fix = self.reading(core);
        let is_dearer = |known: f32| fix.as_ref().is_none_or(|(_, cost)| *cost + SPACE > known);
        if self.known(core).is_some_and(is_dearer) {
            return None;
        }
        let fix = fix.filter(|(word, _)| !name || self.may_be_name(core, word));
        if fix.is_none() {
            let listed = |part: &str| self.listed(part).is_some();
            if let Some((a, b)) = camel_parts(core).filter(|(a, b)| listed(a) || listed(b)) {
                let plain = |part: &str| inner_capitals(part).unwrap_or_else(|| part.to_owned());
                let words = vec![format!("{prefix}{}", plain(a)), format!("{}{suffix}", plain(b))];
                return Some(Mended { taken: 1, words, name: "joined-words" });
            }
            if let Some(plain) = inner_capitals(core) {
                return Some(one(format!("{prefix}{plain}{suffix}"), "confused-letters"));
            }
        }
        // A short name may happen to be two words ("Jonas"): such names are left as they are.
        let name_like = core.starts_with(char::is_uppercase) && core.chars().count() <= 8;
        let split = if name_like { None } else { self.segments(core) };
        let whole = |w: &String| w.len() > 3 || matches!(w.as_str(), "of" | "the" | "for");
        let split = split.filter(|(words, _)| !name || words.iter().all(whole));
        let split_cost = split.as_ref().map_or(UNKNOWN, |(_, cost)| *cost);
        if let Some((word, cost)) = fix
            && cost <= split_cost
        {
            // "ln" within a sentence was "in", not "In".
            let within = before.is_some_and(|w| w.text.ends_with(|c: char| c.is_lowercase() || c == ','));
            let word = match word.strip_prefix('I').filter(|_| within && core.starts_with('l')) {
                Some(rest) if rest.len() < 4 && rest.chars().all(char::is_lowercase) => format!("i{rest}"),
                _ => word,
            };
            return Some(one(format!("{prefix}{word}{suffix}"), "confused-letters"));
        }
        let (mut words, _) = split.filter(|(_, cost)| *cost < UNKNOWN + SPACE)?;
        words[0].insert_str(0, prefix);
        if let Some(last) = words.last_mut() {
            last.push_str(suffix);
        }
        Some(Mended { taken: 1, words, name: "joined-words" })
    }

    /// Whether a repair sets or takes away one space and nothing else, and makes words that are all common, one of them
    /// a little word, of what is none: such a repair needs no other sign of damage.
    pub(super) fn is_plain(&self, words: &[Word], mended: &Mended) -> bool {
        let seen: String = words[..mended.taken].iter().map(|w| w.text.as_str()).collect();
        let letters = seen.trim_end_matches(['.', ',', ';', ':']);
        let same = seen == mended.words.concat() && letters.bytes().all(|b| b.is_ascii_lowercase());
        let within =
            |word: &str, most: u32| word.len() > 1 && self.listed(word).is_some_and(|c| c <= cost_of(most));
        let mut made = mended.words.iter().map(|w| parts(w).1);
        let common = same && made.clone().all(|w| within(w, COMMON));
        match mended.name {
            "joined-words" => {
                common
                    && mended.words.len() == 2
                    && made.any(|w| LITTLE.contains(&w))
                    && self.repeated(letters).is_none()
            }
            "split-word" => common,
            _ => false,
        }
    }

    /// Whether a word that may be a name may be read as another: as a name, a repeated word, or a common word from
    /// which OCR makes what stands there.
    fn may_be_name(&self, seen: &str, read: &str) -> bool {
        let lower = read.to_lowercase();
        let proper = self.vocabulary.is_proper(&lower) || self.repeated(read).is_some();
        let mut usual = false;
        confusion::readings(seen, 1, &mut |w, unlikely| usual |= w == read && unlikely <= 1.0);
        proper || usual && read.len() > 4
    }

    /// The parts of a word with marks inside it, each mended by itself: "decislon-makinq", "chi1dren’s",
    /// "practice.The", "the‘front", "Children’sServices".
    fn mend_pieces(&self, prefix: &str, core: &str, suffix: &str) -> Option<Mended> {
        let mut out = vec![prefix.to_owned()];
        let mut rest = core;
        let (mut fixed, mut apart) = (false, false);
        while !rest.is_empty() {
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            let mark_end = after.find(char::is_alphanumeric).unwrap_or(after.len());
            let (mark, next) = after.split_at(mark_end);
            let words = self.piece(piece, out.last().map_or("", String::as_str));
            let known = words.is_none() && self.known(piece).is_some();
            fixed |= words.is_some();
            apart |= words.as_ref().is_some_and(|w| w.len() > 1);
            let mut words = words.unwrap_or_else(|| vec![piece.to_owned()]).into_iter();
            let at = out.len() - 1;
            out[at].push_str(&words.next().unwrap_or_default());
            out.extend(words);
            let opens = mark.starts_with(['\u{2018}', '\u{201c}']) && piece.len() > 1 && known;
            if opens {
                out.push(String::new());
            }
            let at = out.len() - 1;
            out[at].push_str(mark);
            let ends = !opens && self.ends_word(piece, known, mark, next);
            if ends {
                out.push(String::new());
            }
            apart |= opens || ends;
            rest = next;
        }
        let at = out.len() - 1;
        out[at].push_str(suffix);
        let name = if apart { "joined-words" } else { "confused-letters" };
        (fixed || apart).then_some(Mended { taken: 1, words: out, name })
    }

    /// What a part of a word is made into, behind what stands before it: another one, or two; none where it stays.
    fn piece(&self, piece: &str, before: &str) -> Option<Vec<String>> {
        let possessive = before.ends_with(['\u{2019}', '\'']);
        let word = piece.strip_prefix('s').filter(|w| possessive && w.starts_with(char::is_uppercase));
        if let Some(word) = word.filter(|w| self.known(w).is_some()) {
            return Some(vec!["s".to_owned(), word.to_owned()]);
        }
        if self.known(piece).is_some() {
            return None;
        }
        self.reading(piece).map(|(word, _)| vec![word]).or_else(|| self.two_long(piece))
    }

    /// Whether the mark behind a part of a word ends it, and a word of its own comes next.
    fn ends_word(&self, piece: &str, known: bool, mark: &str, next: &str) -> bool {
        let left_known = piece.len() > 2 && known || piece.len() > 3;
        let end = next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len());
        let right = next.head(end);
        mark.ends_with(['.', ',', ';', ':', ')', '?'])
            && left_known
            && right.chars().count() > 1
            && self.known(right).is_some()
            && !right.starts_with(char::is_numeric)
    }

    /// Two long words that have run together.
    fn two_long(&self, piece: &str) -> Option<Vec<String>> {
        let (words, _) = self.segments(piece).filter(|(_, cost)| *cost < UNKNOWN + SPACE)?;
        (words.len() == 2 && words.iter().all(|w| w.len() > 4)).then_some(words)
    }

    /// Two words that are one: "chi ldren", "a ction", "C hildren’s", "G odfrey".
    fn joined(&self, a: &str, next: &str) -> Option<String> {
        let (prefix, b, suffix) = parts(next);
        let (b, ending) = b.split_at(b.find(['\u{2019}', '\'']).unwrap_or(b.len()));
        if !prefix.is_empty() || b.is_empty() || b.chars().any(|c| !c.is_alphanumeric()) {
            return None;
        }
        let numeric = |s: &str| s.chars().all(char::is_numeric);
        if numeric(a) || numeric(b) || b.chars().any(char::is_uppercase) && a.len() + b.len() < 3 {
            return None;
        }
        if b.chars().skip(1).any(char::is_uppercase) {
            return None;
        }
        // A capital begins a word: a given name and its surname are two.
        if b.starts_with(char::is_uppercase) && a.chars().chain(b.chars()).any(char::is_lowercase) {
            return None;
        }
        let (known_a, known_b) = (self.known(a), self.known(b));
        let both = format!("{a}{b}");
        if let (Some(_), Some(_)) = (known_a, known_b) {
            return None;
        }
        let best = |s: &str, known: Option<f32>| {
            known
                .into_iter()
                .chain(self.reading(s).map(|r| r.1))
                .chain(self.segments(s).map(|r| r.1))
                .fold(UNKNOWN, f32::min)
        };
        let apart = best(a, known_a) + best(b, known_b);
        let (word, cost) = match self.known(&both) {
            Some(cost) => (both, cost),
            None if self.is_name(&both) => (both, cost_of(NAME)),
            None => self.reading(&both)?,
        };
        // "to 5t" is no rare word in two.
        if known_a.is_some_and(|c| c < cost_of(USUAL)) && cost > cost_of(COMMON) {
            return None;
        }
        (cost + SPACE + 1.5 < apart).then(|| format!("{word}{ending}{suffix}"))
    }

    fn is_name(&self, word: &str) -> bool {
        word.starts_with(char::is_uppercase)
            && has_shape(word)
            && self.vocabulary.is_surname(&word.to_lowercase())
    }

    /// What a word costs by the lists alone.
    fn listed(&self, word: &str) -> Option<f32> {
        if !word.chars().any(char::is_alphabetic) {
            return Some(3.0);
        }
        if word.chars().any(char::is_numeric) {
            return self.is_code(word).then_some(5.0);
        }
        if !word.is_ascii() {
            return Some(9.0);
        }
        let capital = word.starts_with(char::is_uppercase);
        if word.chars().count() == 1 {
            return (matches!(word, "a" | "I") || capital).then_some(3.5);
        }
        if !has_shape(word) {
            return None;
        }
        let lower = word.to_lowercase();
        match self.vocabulary.rank(&lower, capital) {
            Some(rank) => Some(cost_of(rank)),
            None if word.len() <= 6 && word.chars().all(char::is_uppercase) => Some(8.0),
            None => None,
        }
    }

    /// What a word costs; a word that the document repeats is known, if no more frequent one can have been meant.
    fn known(&self, word: &str) -> Option<f32> {
        self.listed(word).or_else(|| {
            let count = self.repeated(word)?;
            let better = |c: u32| c >= 4 * count;
            let mut meant = false;
            confusion::readings(word, 1, &mut |w, _| {
                meant |= has_shape(w)
                    && (self.listed(w).is_some_and(|c| c < 9.5)
                        || self.counts.get(&w.to_lowercase()).copied().is_some_and(better));
            });
            (!meant).then(|| cost_of(6_000 / count))
        })
    }

    /// How often the document has an unlisted word, if often enough.
    fn repeated(&self, word: &str) -> Option<u32> {
        let least = if word.starts_with(char::is_uppercase) { 2 } else { 3 };
        self.counts.get(&word.to_lowercase()).copied().filter(|n| *n >= least && has_shape(word))
    }

    /// A code, an ordinal, a word with a footnote's mark: letters and digits that belong together.
    fn is_code(&self, word: &str) -> bool {
        let letters: String = word.chars().filter_map(confusion::capital).collect::<String>().to_lowercase();
        let damaged = letters.len() == word.len() && self.vocabulary.rank(&letters, true).is_some();
        let code =
            !damaged && word.len() <= 5 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let ordinal = digits.len() < word.len()
            && matches!(digits, "st" | "nd" | "rd" | "th" | "s" | "am" | "pm" | "m");
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let marks = word.len() - letters.len();
        let bare = letters.chars().all(char::is_alphabetic);
        let marked = letters.len() > 3 && (1..=2).contains(&marks) && bare && self.listed(letters).is_some();
        code || ordinal || marked
    }

    /// The word that another one stands for, if there is one only.
    fn reading(&self, word: &str) -> Option<(String, f32)> {
        let most = match word.len() {
            ..4 => 1,
            4..9 => 2,
            _ => 3,
        };
        self.reading_within(word, most)
    }

    fn reading_within(&self, word: &str, most: usize) -> Option<(String, f32)> {
        if word.len() < 2 || word.len() > 24 {
            return None;
        }
        let key = (word.to_owned(), most);
        if let Some(known) = self.readings.borrow().get(&key) {
            return known.clone();
        }
        let found = self.find_reading(word, most);
        self.readings.borrow_mut().insert(key, found.clone());
        found
    }

    fn find_reading(&self, word: &str, most: usize) -> Option<(String, f32)> {
        let name = word.starts_with(char::is_uppercase);
        let shaped = has_shape(word);
        let mut best: Option<(String, f32)> = None;
        let mut second = f32::INFINITY;
        confusion::readings(word, most, &mut |w, unlikely| {
            if !has_shape(w) || w.chars().any(|c| !c.is_alphabetic()) {
                return;
            }
            let lower = w.to_lowercase();
            let capital = w.starts_with(char::is_uppercase);
            let rank =
                self.vocabulary.rank(&lower, capital).filter(|r| !name || !shaped || *r <= COMMON + 2_000);
            let counted = self.repeated(w).filter(|n| *n > 1).map(|n| 4_000 / n);
            let Some(rank) = rank.into_iter().chain(counted).min() else { return };
            let cost = cost_of(rank) + CONFUSION * unlikely;
            match &mut best {
                Some((word, least)) if word.to_lowercase() == lower => {
                    if cost < *least {
                        (*word, *least) = (w.to_owned(), cost);
                    }
                }
                Some((word, least)) if cost < *least => {
                    second = *least;
                    (*word, *least) = (w.to_owned(), cost);
                }
                Some(_) => second = second.min(cost),
                None => best = Some((w.to_owned(), cost)),
            }
        });
        best.filter(|(_, cost)| second - cost >= NEAR && *cost < UNKNOWN)
    }

    /// Words that have run together: two or three common words, one of them with a confusion at most.
    fn segments(&self, word: &str) -> Option<(Vec<String>, f32)> {
        if !word.is_ascii() || word.len() < 3 || word.len() > 40 {
            return None;
        }
        if let Some(known) = self.segments.borrow().get(word) {
            return known.clone();
        }
        let found = self.find_segments(word);
        self.segments.borrow_mut().insert(word.to_owned(), found.clone());
        found
    }

    fn find_segments(&self, word: &str) -> Option<(Vec<String>, f32)> {
        let mut best: Option<(Vec<String>, f32)> = None;
        for at in 1..word.len() {
            let (a, b) = word.split_at(at);
            let Some((left, left_cost)) = self.segment(a) else { continue };
            let right = self
                .segment(b)
                .map(|(w, c)| (vec![w], c))
                .or_else(|| (b.len() > 4).then(|| self.two(b)).flatten());
            let Some((right, right_cost)) = right else { continue };
            let cost = left_cost + right_cost + SPACE;
            // A name is not taken apart: one of the parts must be among the very common words.
            let camel = a.ends_with(char::is_lowercase) && b.starts_with(char::is_uppercase) && b.len() > 2;
            let small = left_cost.min(right_cost) < cost_of(150);
            let long = word.len() >= LONG && a.len() > 4 && b.len() > 4;
            if !camel && word.starts_with(char::is_uppercase) && !small && !long {
                continue;
            }
            if best.as_ref().is_none_or(|(_, c)| cost < *c) {
                best = Some((std::iter::once(left).chain(right).collect(), cost));
            }
        }
        best
    }

    fn two(&self, word: &str) -> Option<(Vec<String>, f32)> {
        (1..word.len())
            .filter_map(|at| {
                let (a, b) = word.split_at(at);
                let (x, y) = (self.common(a)?, self.common(b)?);
                Some((vec![a.to_owned(), b.to_owned()], x + y + SPACE))
            })
            .min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// A part of words run together.
    fn segment(&self, word: &str) -> Option<(String, f32)> {
        let exact = self.common(word).map(|c| (word.to_owned(), c));
        exact.or_else(|| {
            let fix = (word.len() > 3).then(|| self.reading_within(word, 1)).flatten()?;
            let rank = self.vocabulary.rank(&fix.0.to_lowercase(), fix.0.starts_with(char::is_uppercase));
            rank.is_some_and(|r| r < COMMON).then_some(fix)
        })
    }

    /// The cost of a word that is common enough for its length.
    fn common(&self, word: &str) -> Option<f32> {
        let capital = word.starts_with(char::is_uppercase);
        let most = match word.len() {
            1 => return matches!(word, "a" | "I").then_some(4.5),
            2 => 130,
            3 => 1_300,
            _ => COMMON,
        };
        if word.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        if !has_shape(word) {
            return None;
        }
        let rank = self.vocabulary.rank(&word.to_lowercase(), capital)?;
        let proper = capital && self.vocabulary.is_proper(&word.to_lowercase());
        let repeated = self.counts.get(&word.to_lowercase()).copied().unwrap_or(0) > 3;
        (rank <= most || proper || repeated && word.len() > 3).then(|| cost_of(rank.min(20_000)))
    }
}

fn one(word: String, name: &'static str) -> Mended {
    Mended { taken: 1, words: vec![word], name }
}

fn cost_of(rank: u32) -> f32 {
    ((rank + 20) as f32).ln()
}

fn words(layer: &TextLayer) -> impl Iterator<Item = &Word> {
    layer.pages.iter().flat_map(|p| &p.lines).flat_map(|l| &l.words)
}

/// A word's marks before, itself, and its marks after.
pub(super) fn parts(word: &str) -> (&str, &str, &str) {
    let core = word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '|');
    let prefix = word.head(word.len() - core.len());
    let trimmed = core.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '|');
    (prefix, trimmed, core.tail(trimmed.len()))
}

/// Whether a word's capitals stand as in print: none, the first, all, or as in "McLean".
pub(super) fn has_shape(word: &str) -> bool {
    let rest =
        word.strip_prefix("Mc").or(word.strip_prefix("Mac")).or(word.strip_prefix("De")).unwrap_or(word);
    let mut chars = rest.chars();
    let first = chars.next().is_some_and(char::is_uppercase);
    let uppers = chars.clone().filter(|c| c.is_uppercase()).count();
    uppers == 0 || first && uppers == chars.count()
}
