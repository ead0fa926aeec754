//! A date and a time of day typed in parts: day, month, year, time.
//!
//! In: the four texts. Out: civil time as it is stored, `2023-07-28T10:30`, or which part cannot be read.
//! Whether the date exists, and the hour on the day the clocks change, is for [`crate::answers`] to say.

use crate::gather::Gather as _;
use crate::letters::Join as _;

/// What was typed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Parts<'a> {
    /// 1 to 31.
    pub day: &'a str,
    /// 1 to 12, or its English name, or the name's first three letters.
    pub month: &'a str,
    /// Four digits.
    pub year: &'a str,
    /// `10:30`, `10.30`, `1030`, `10:30am`, `10am`; nothing for a date alone.
    pub time: Option<&'a str>,
}

impl Parts<'_> {
    /// Everything that was typed, for quoting it in a message.
    pub fn typed(&self) -> String {
        let parts = [self.day, self.month, self.year, self.time.unwrap_or_default()];
        let there: Vec<&str> =
            parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).gather();
        there.joined(" ")
    }
}

/// A part that cannot be read, or is not there.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Part {
    /// The day.
    Day,
    /// The month.
    Month,
    /// The year.
    Year,
    /// The time of day.
    Time,
}

impl Part {
    /// The end of the part's id, after the field's id and a full stop.
    pub fn id(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Time => "time",
        }
    }

    /// The part with this id.
    pub fn parse(id: &str) -> Option<Self> {
        [Self::Day, Self::Month, Self::Year, Self::Time].into_iter().find(|part| part.id() == id)
    }
}

/// What the parts say together.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Joined {
    /// Nothing was typed in any part.
    Blank,
    /// These parts are missing or cannot be read.
    Unread(Vec<Part>),
    /// A date `2023-07-28`, with a time `2023-07-28T10:30`.
    Written(String),
}

/// Puts the parts together.
pub fn join(parts: &Parts<'_>) -> Joined {
    let texts = [parts.day, parts.month, parts.year, parts.time.unwrap_or_default()];
    if texts.iter().all(|text| text.trim().is_empty()) {
        return Joined::Blank;
    }
    let day = number(parts.day, 1..=2).filter(|day| (1..=31).contains(day));
    let (month, year) = (month(parts.month), number(parts.year, 4..=4));
    let time = parts.time.map(clock);
    let mut unread = Vec::new();
    for (wrong, part) in [
        (day.is_none(), Part::Day),
        (month.is_none(), Part::Month),
        (year.is_none(), Part::Year),
        (time == Some(None), Part::Time),
    ] {
        if wrong {
            unread.push(part);
        }
    }
    match (day, month, year, time) {
        (Some(day), Some(month), Some(year), None) => {
            Joined::Written(format!("{year:04}-{month:02}-{day:02}"))
        }
        (Some(day), Some(month), Some(year), Some(Some((hour, minute)))) => {
            Joined::Written(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"))
        }
        _ => Joined::Unread(unread),
    }
}

/// Takes a stored date or date and time apart, for showing it in inputs: day, month, year, time.
pub fn split(stored: &str) -> Option<[&str; 4]> {
    let (year, month, day) = (stored.get(..4)?, stored.get(5..7)?, stored.get(8..10)?);
    let plain = |text| str::strip_prefix(text, '0').unwrap_or(text);
    Some([plain(day), plain(month), year, stored.get(11..).unwrap_or_default()])
}

/// A number of digits alone, within these lengths.
fn number(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let text = text.trim();
    let digits = lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// The number of a month, 1 to 12.
fn month(text: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let asked = text.trim().to_ascii_lowercase();
    let named = NAMES
        .iter()
        .zip(1..)
        .find(|(name, _)| **name == asked || name.get(..3) == Some(asked.as_str()))
        .map(|(_, number)| number);
    named.or_else(|| number(&asked, 1..=2).filter(|month| (1..=12).contains(month)))
}

/// Hour 0 to 23 and minute 0 to 59.
///
/// Without “am” or “pm” the hour is of 24 and the minutes are needed, so that “10” is not guessed at.
fn clock(text: &str) -> Option<(u32, u32)> {
    let text = text.trim().to_ascii_lowercase();
    let half = [("am", 0), ("pm", 12)]
        .into_iter()
        .find_map(|(word, later)| text.strip_suffix(word).map(|rest| (rest.trim_end(), later)));
    let plain = half.map_or(text.as_str(), |(rest, _)| rest);
    let (hour, minute) = match plain.split_once([':', '.']) {
        Some((hour, minute)) => (number(hour, 1..=2)?, number(minute, 2..=2)?),
        None if plain.len() == 4 && plain.is_ascii() => {
            let (hour, minute) = plain.split_at(2);
            (number(hour, 2..=2)?, number(minute, 2..=2)?)
        }
        None if half.is_some() => (number(plain, 1..=2)?, 0),
        None => return None,
    };
    let hour = match half {
        None => Some(hour).filter(|hour| *hour < 24),
        Some((_, later)) => (1..=12).contains(&hour).then(|| (hour % 12).saturating_add(later)),
    };
    hour.filter(|_| minute < 60).map(|hour| (hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_the_ways_people_write_them() {
        let cases = [
            ("10:30", Some((10, 30))),
            ("10.30", Some((10, 30))),
            ("1030", Some((10, 30))),
            ("0905", Some((9, 5))),
            ("9:05", Some((9, 5))),
            ("00:00", Some((0, 0))),
            ("23:59", Some((23, 59))),
            ("10:30am", Some((10, 30))),
            ("10.30 AM", Some((10, 30))),
            ("1pm", Some((13, 0))),
            ("12am", Some((0, 0))),
            ("12:15 pm", Some((12, 15))),
            ("10", None),
            ("24:00", None),
            ("10:60", None),
            ("10:3", None),
            ("13pm", None),
            ("0am", None),
            ("+1:30", None),
            ("half past ten", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(clock(text), expected, "{text}");
        }
    }

    #[test]
    fn parts_are_put_together_and_taken_apart() {
        for month in ["7", "07", "July", "jul"] {
            let parts = Parts { day: "28", month, year: "2023", time: Some("10:30am") };
            assert_eq!(join(&parts), Joined::Written("2023-07-28T10:30".to_owned()), "{month}");
        }
        let date = Parts { day: "1", month: "1", year: "2024", time: None };
        assert_eq!(join(&date), Joined::Written("2024-01-01".to_owned()));
        assert_eq!(split("2023-07-08T09:05"), Some(["8", "7", "2023", "09:05"]));
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        assert_eq!(join(&Parts { time: Some(" "), ..Parts::default() }), Joined::Blank);
        let cases = [
            (Parts { day: "28", month: "7", year: "2023", time: Some("") }, vec![Part::Time]),
            (
                Parts { day: "32", month: "13", year: "23", time: Some("9:00") },
                vec![Part::Day, Part::Month, Part::Year],
            ),
            (
                Parts { day: "", month: "ju", year: "2023", time: None },
                vec![Part::Day, Part::Month],
            ),
        ];
        for (parts, wrong) in cases {
            assert_eq!(join(&parts), Joined::Unread(wrong), "{parts:?}");
        }
    }
}
