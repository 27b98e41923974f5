//! Finds replacements for the words of a line.

use super::super::RepairKind;
use super::super::shapes::{
    camel_parts, day_and_word, inner_capitals, is_address, like, number_of, of_letterhead,
};
use super::{COMMON, LITTLE, NAME, SPACE, UNKNOWN, USUAL, Words, cost_of, has_shape, parts};
use crate::cut::Cut;
use crate::text::Word;
use crate::text::confusion;

/// A word with a rank below this is among the very commonest ("The", "In"), and more likely than any name.
const FIRST: u32 = 10;

/// The replacement for some words of a line.
pub(in crate::repair) struct Replacement {
    /// How many words it replaces.
    pub taken: usize,
    /// The new words, at least one.
    pub words: Vec<String>,
    /// The damage that it undoes.
    pub kind: RepairKind,
}

impl Words {
    /// The replacement for the words at the start of a slice; `None` if the first word stays as it is.
    pub(in crate::repair) fn replacement(
        &self,
        words: &[Word],
        before: Option<&Word>,
    ) -> Option<Replacement> {
        let text = words[0].text.as_str();
        if is_address(text) {
            return None;
        }
        let (prefix, core, suffix) = parts(text);
        if core.is_empty() {
            return None;
        }
        if let Some(fixed) = self.fixed(core, words.get(1), before) {
            return Some(one(format!("{prefix}{fixed}{suffix}"), RepairKind::ConfusedLetters));
        }
        let single = core.chars().all(char::is_alphanumeric);
        if single
            && suffix.is_empty()
            && let Some(joined) = words.get(1).and_then(|next| self.joined(core, &next.text))
        {
            return Some(Replacement {
                taken: 2,
                words: vec![format!("{prefix}{joined}")],
                kind: RepairKind::SplitWord,
            });
        }
        // Must come before confused letters: "5and 6 September" would become "Sand".
        if let Some((day, rest)) = day_and_word(core) {
            let words = vec![format!("{prefix}{day}"), format!("{rest}{suffix}")];
            return Some(Replacement { taken: 1, words, kind: RepairKind::JoinedWords });
        }
        if let Some(compound) = self.vocabulary.compound(&core.to_lowercase()) {
            let compound = like(compound, core);
            return Some(one(format!("{prefix}{compound}{suffix}"), RepairKind::LostHyphen));
        }
        if !single {
            return self.replace_pieces(prefix, core, suffix);
        }
        // Beside another capitalised word it may be a name, which must not be turned into another word.
        let capital = |w: &Word| w.text.starts_with(char::is_uppercase);
        let beside = before.is_some_and(|w| capital(w) && w.text.ends_with(char::is_alphabetic))
            || suffix.is_empty() && words.get(1).is_some_and(capital);
        let name = core.starts_with(char::is_uppercase) && has_shape(core) && beside;
        self.replace_single([prefix, core, suffix], before, name)
    }

    /// A word that its neighbour gives away: in a letterhead, in a place named after a saint, or a number.
    fn fixed(&self, core: &str, next: Option<&Word>, before: Option<&Word>) -> Option<String> {
        if core == "5t" {
            let place = |w: &Word| self.vocabulary.is_proper(&parts(&w.text).1.to_lowercase());
            return next.is_some_and(place).then(|| "St".to_owned());
        }
        if let Some(number) = number_of(core) {
            return Some(number);
        }
        // A greeting begins its line, and a name follows.
        let greets = before.is_none() && next.is_some_and(|w| starts_upper(&w.text));
        if greets && core != "Dear" && confusion::skeleton(core) == confusion::skeleton("Dear") {
            return Some("Dear".to_owned());
        }
        let crown = next.is_some_and(|w| w.text.starts_with("Majest"));
        if crown
            && let Some(word) =
                ["His", "Her"].into_iter().find(|w| confusion::skeleton(w) == confusion::skeleton(core))
        {
            return (word != core).then(|| word.to_owned());
        }
        of_letterhead(core, &before?.text).map(str::to_owned)
    }

    /// Repairs a word of letters and digits only: confused letters, or two words run together. `name`: it may be a
    /// name.
    fn replace_single(
        &self,
        [prefix, core, suffix]: [&str; 3],
        before: Option<&Word>,
        name: bool,
    ) -> Option<Replacement> {
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
                return Some(Replacement { taken: 1, words, kind: RepairKind::JoinedWords });
            }
            if let Some(plain) = inner_capitals(core) {
                return Some(one(format!("{prefix}{plain}{suffix}"), RepairKind::ConfusedLetters));
            }
        }
        // A short name may happen to consist of two words ("Jonas"): such names stay as they are.
        let name_like = core.starts_with(char::is_uppercase) && core.chars().count() <= 8;
        let split = if name_like { None } else { self.segments(core) };
        let whole = |w: &String| w.len() > 3 || matches!(w.as_str(), "of" | "the" | "for" | "and");
        let split = split.filter(|(words, _)| !name || words.iter().all(whole));
        let split_cost = split.as_ref().map_or(UNKNOWN, |(_, cost)| *cost);
        if let Some((word, cost)) = fix
            && cost <= split_cost
        {
            // "ln" inside a sentence was "in", not "In".
            let within = before.is_some_and(|w| w.text.ends_with(|c: char| c.is_lowercase() || c == ','));
            let word = match word.strip_prefix('I').filter(|_| within && core.starts_with('l')) {
                Some(rest) if rest.len() < 4 && rest.chars().all(char::is_lowercase) => format!("i{rest}"),
                _ => word,
            };
            return Some(one(format!("{prefix}{word}{suffix}"), RepairKind::ConfusedLetters));
        }
        let split = split.filter(|(_, cost)| *cost < UNKNOWN + SPACE).map(|(words, _)| words);
        let mut words = split.or_else(|| self.two_listed(core))?;
        words[0].insert_str(0, prefix);
        if let Some(last) = words.last_mut() {
            last.push_str(suffix);
        }
        Some(Replacement { taken: 1, words, kind: RepairKind::JoinedWords })
    }

    /// Whether a repair only inserts or removes one space, and turns something that is not a word into common words,
    /// one of them a short function word. Such a repair needs no other sign of damage.
    pub(in crate::repair) fn is_plain(&self, words: &[Word], replacement: &Replacement) -> bool {
        let seen: String = words.head(replacement.taken).iter().map(|w| w.text.as_str()).collect();
        let letters = seen.trim_end_matches(['.', ',', ';', ':']);
        let same = seen == replacement.words.concat() && letters.bytes().all(|b| b.is_ascii_lowercase());
        let within =
            |word: &str, most: u32| word.len() > 1 && self.listed(word).is_some_and(|c| c <= cost_of(most));
        let mut made = replacement.words.iter().map(|w| parts(w).1);
        let common = same && made.clone().all(|w| within(w, COMMON));
        match replacement.kind {
            RepairKind::JoinedWords => {
                common
                    && replacement.words.len() == 2
                    && made.any(|w| LITTLE.contains(&w))
                    && self.repeated(letters).is_none()
            }
            RepairKind::SplitWord => common,
            _ => false,
        }
    }

    /// Whether a possible name may be replaced: by a name, a repeated word, or a common word that OCR typically
    /// misreads this way.
    fn may_be_name(&self, seen: &str, read: &str) -> bool {
        let lower = read.to_lowercase();
        let proper = self.vocabulary.is_proper(&lower) || self.repeated(read).is_some();
        let mut usual = false;
        confusion::readings(seen, 1, &mut |w, unlikely| usual |= w == read && unlikely <= 1.0);
        let first = || self.vocabulary.rank(&lower, false).is_some_and(|r| r < FIRST);
        proper || usual && (read.len() > 4 || first())
    }

    /// Repairs each part of a word with punctuation inside it: "decislon-makinq", "chi1dren’s",
    /// "practice.The", "the‘front", "Children’sServices".
    fn replace_pieces(&self, prefix: &str, core: &str, suffix: &str) -> Option<Replacement> {
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
        let kind = if apart { RepairKind::JoinedWords } else { RepairKind::ConfusedLetters };
        (fixed || apart).then_some(Replacement { taken: 1, words: out, kind })
    }

    /// The replacement for a part of a word, given the text before it: one word or two; none if it stays.
    fn piece(&self, piece: &str, before: &str) -> Option<Vec<String>> {
        let possessive = before.ends_with(['\u{2019}', '\'']);
        let word = piece.strip_prefix('s').filter(|w| possessive && w.starts_with(char::is_uppercase));
        if let Some(word) = word.filter(|w| self.known(w).is_some()) {
            return Some(vec!["s".to_owned(), word.to_owned()]);
        }
        if self.known(piece).is_some() {
            return None;
        }
        let whole = |word: &str| {
            let known = self.known(word).map(|_| word.to_owned());
            known.or_else(|| self.reading(word).map(|(read, _)| read))
        };
        // "children’sservices", "authority’sarranqements"
        let behind = piece.strip_prefix('s').filter(|w| possessive && w.len() > 4).and_then(whole);
        if let Some(word) = behind {
            return Some(vec!["s".to_owned(), word]);
        }
        // "ofCbildren’s"
        let little =
            LITTLE.iter().find_map(|l| piece.strip_prefix(l).filter(|w| w.len() > 3 && starts_upper(w)));
        if let Some((word, behind)) = little.and_then(|w| Some((whole(w)?, w))) {
            return Some(vec![piece.head(piece.len() - behind.len()).to_owned(), word]);
        }
        let apart = || self.two_long(piece).or_else(|| Some(self.beside_little(piece)?.0));
        self.reading(piece).map(|(word, _)| vec![word]).or_else(apart)
    }

    /// Whether the punctuation after a part of a word ends the word, and a new word follows.
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

    /// Two long words that ran together.
    fn two_long(&self, piece: &str) -> Option<Vec<String>> {
        let words = self.segments(piece).filter(|(_, cost)| *cost < UNKNOWN + SPACE).map(|(words, _)| words);
        let words = words.filter(|words| words.len() == 2 && words.iter().all(|w| w.len() > 4));
        words.or_else(|| self.two_listed(piece))
    }

    /// Two words that are really one: "chi ldren", "a ction", "C hildren’s", "G odfrey".
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
        // A capital starts a new word: a given name and a surname are two words.
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
        // "to 5t" is not a rare word that was split.
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
}

fn starts_upper(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn one(word: String, kind: RepairKind) -> Replacement {
    Replacement { taken: 1, words: vec![word], kind }
}
