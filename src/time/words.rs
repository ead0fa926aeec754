//! Times in words, as GOV.UK writes them.

use super::{Date, Instant, LocalTime, Window};

/// The days of the week, from Monday.
pub const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The months, from January.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Date {
    /// `Friday 28 July 2023`.
    pub fn words(self) -> String {
        format!("{} {}", self.weekday(), self.words_without_weekday())
    }

    /// `28 July 2023`.
    pub fn words_without_weekday(self) -> String {
        let [year, month, day] = self.civil();
        let month = usize::try_from(month - 1).ok().and_then(|place| MONTHS.get(place));
        format!("{day} {} {year}", month.copied().unwrap_or_default())
    }

    /// `Friday`.
    pub fn weekday(self) -> &'static str {
        // 1 January 1970 was a Thursday.
        let weekday = usize::try_from((self.days() + 3).rem_euclid(7)).unwrap_or_default();
        WEEKDAYS.get(weekday).copied().unwrap_or_default()
    }
}

impl LocalTime {
    /// `9:00am`, `1:00pm`; `midnight` and `midday`, because few people agree on 12am.
    pub fn clock_words(self) -> String {
        let (hour, minute) = (self.hour(), self.minute());
        if (hour, minute) == (0, 0) {
            return "midnight".to_owned();
        }
        if (hour, minute) == (12, 0) {
            return "midday".to_owned();
        }
        let half = if hour < 12 { "am" } else { "pm" };
        let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
        format!("{hour}:{minute:02}{half}")
    }
}

impl Instant {
    /// The day in London: `Friday 28 July 2023`.
    pub fn date_words(self) -> String {
        self.date().words()
    }

    /// The time in London, seconds cut off: `9:00am`, `1:00pm`, `midday`, `midnight`.
    pub fn clock_words(self) -> String {
        self.local().clock_words()
    }

    /// Which time London keeps: `BST` in summer, else `GMT`. Never leave a time without it where a
    /// reader abroad, or a traveller's laptop, could take it for another.
    pub fn zone_words(self) -> &'static str {
        match self.offset() {
            0 => "GMT",
            3600 => "BST",
            // 1941 to 1947
            _ => "BDST",
        }
    }
}

impl Window {
    /// `9:00am to 1:00pm BST on Friday 28 July 2023`, or both days in full when they differ.
    pub fn words(self) -> String {
        let (opens, closes) = (self.opens(), self.closes());
        let (from, to) = (opens.clock_words(), closes.clock_words());
        let (first_zone, zone) = (opens.zone_words(), closes.zone_words());
        let (first_day, day) = (opens.date_words(), closes.date_words());
        if opens.date() == closes.date() && first_zone == zone {
            format!("{from} to {to} {zone} on {day}")
        } else {
            format!("{from} {first_zone} on {first_day} to {to} {zone} on {day}")
        }
    }
}

/// A length of time in words, from its seconds; the sign is left out. Two units at most and the rest
/// cut off: `3 hours 20 minutes`, `2 days 1 hour`, `1 minute`, `less than a minute`.
pub fn duration_words(seconds: i64) -> String {
    let minutes = seconds.unsigned_abs() / 60;
    let (days, hours) = (minutes / 1440, minutes / 60 % 24);
    let parts = if days > 0 {
        [(days, "day"), (hours, "hour")]
    } else {
        [(hours, "hour"), (minutes % 60, "minute")]
    };
    let mut words = String::new();
    for (count, unit) in parts.iter().filter(|(count, _)| *count > 0) {
        let several = if *count == 1 { "" } else { "s" };
        let space = if words.is_empty() { "" } else { " " };
        words += &[space, &count.to_string(), " ", unit, several].concat();
    }
    if words.is_empty() { "less than a minute".to_owned() } else { words }
}
