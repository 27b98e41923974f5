//! A calendar date.

use std::fmt;

/// A calendar date from 1900 to 2199; invalid dates can't be constructed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The date, if it exists.
    ///
    /// ```
    /// use findings_record::Date;
    ///
    /// assert_eq!(Date::new(2024, 2, 29).map(|d| d.to_string()).as_deref(), Some("2024-02-29"));
    /// assert_eq!(Date::new(2023, 2, 29), None);
    /// ```
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        (exists && (1900..=2199).contains(&year)).then_some(Self { year, month, day })
    }

    /// Parses ISO 8601 in the form "2018-11-15" only.
    pub fn from_iso(iso: &str) -> Option<Self> {
        let number =
            |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?;
        let (Some("-"), Some("-"), 10) = (iso.get(4..5), iso.get(7..8), iso.len()) else { return None };
        let part = |range| number(iso.get(range)?);
        Self::new(part(0..4)?, part(5..7)? as u8, part(8..10)? as u8)
    }

    /// The year, including its century.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The next day.
    ///
    /// ```
    /// use findings_record::Date;
    ///
    /// let last = Date::from_iso("2023-12-31").unwrap();
    /// assert_eq!(last.tomorrow().to_string(), "2024-01-01");
    /// ```
    pub fn tomorrow(self) -> Self {
        if self.day < days_in(self.year, self.month) {
            Self { day: self.day + 1, ..self }
        } else if self.month < 12 {
            Self { month: self.month + 1, day: 1, ..self }
        } else {
            Self { year: self.year + 1, month: 1, day: 1 }
        }
    }

    /// Days since 1 January 1970, as Parquet and Arrow count them.
    ///
    /// ```
    /// use findings_record::Date;
    ///
    /// assert_eq!(Date::new(1970, 2, 1).unwrap().days_since_1970(), 31);
    /// ```
    pub fn days_since_1970(self) -> i32 {
        // Counts in eras of 400 years, which all have the same number of days. The year starts in March here, so
        // that the leap day is its last.
        const DAYS_OF_ERA: i32 = 146_097;
        const DAYS_TO_1970: i32 = 719_468;
        let (month, day) = (i32::from(self.month), i32::from(self.day));
        let year = i32::from(self.year) - i32::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * DAYS_OF_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - DAYS_TO_1970
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let days = |iso: &str| Date::from_iso(iso).unwrap().days_since_1970();
        assert_eq!(days("2000-02-29"), 11_016);
        assert_eq!(days("2024-12-31"), 20_088);
        assert_eq!(days("1969-12-31"), -1);
        assert_eq!(days("2023-03-01") - days("2023-02-28"), 1);
        assert_eq!(days("2024-03-01") - days("2024-02-28"), 2);
    }
}
