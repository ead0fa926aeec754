//! Dates and moments written in an expression. Only literals: this module knows no time zone.

use crate::time::days_to;

/// Days from 1970-01-01 to a date written `2023-07-25`; `None` where there is no such day.
pub(super) fn date(text: &str) -> Option<i32> {
    if text.len() != 10 || text.get(4..5)? != "-" || text.get(7..8)? != "-" {
        return None;
    }
    let part = |at| i32::try_from(digits(text.get(at)?)?).ok();
    days_to(part(0..4)?, part(5..7)?, part(8..10)?)
}

/// Seconds from 1970-01-01T00:00Z to a moment written `2023-07-28T09:00+01:00`, seconds optional,
/// offset (`Z` or `±hh:mm`) required: RFC 3339 section 5.6 without fractions and leap seconds.
pub(super) fn moment(text: &str) -> Option<i64> {
    let days = i64::from(date(text.get(..10)?)?);
    if text.get(10..11)? != "T" || text.get(13..14)? != ":" {
        return None;
    }
    let hour = below(text.get(11..13)?, 24)?;
    let minute = below(text.get(14..16)?, 60)?;
    let rest = text.get(16..)?;
    let (second, zone) = match rest.strip_prefix(':') {
        Some(rest) => (below(rest.get(..2)?, 60)?, rest.get(2..)?),
        None => (0, rest),
    };
    Some(days * 86_400 + hour * 3_600 + minute * 60 + second - offset(zone)?)
}

fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    if zone.len() != 6 || zone.get(3..4)? != ":" {
        return None;
    }
    let seconds = below(zone.get(1..3)?, 24)? * 3_600 + below(zone.get(4..6)?, 60)? * 60;
    match zone.get(..1)? {
        "+" => Some(seconds),
        "-" => Some(-seconds),
        _ => None,
    }
}

fn below(text: &str, limit: i64) -> Option<i64> {
    digits(text).filter(|number| *number < limit)
}

fn digits(text: &str) -> Option<i64> {
    // `parse` alone would take a sign.
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_agree_with_the_calendar_of_chrono() {
        let first = chrono::NaiveDate::from_ymd_opt(0, 1, 1).unwrap();
        for day in first.iter_days().take_while(|day| day.to_string().len() == 10) {
            let since = day.signed_duration_since(chrono::NaiveDate::default()).num_days();
            assert_eq!(date(&day.to_string()).map(i64::from), Some(since), "{day}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2023-04-31",
            "2023-00-10",
            "2023-13-01",
            "2023-01-00",
            "2023-1-01",
            "23-01-01",
            "2023/01/01",
            "+023-01-01",
            "2023-01-1 ",
            "2023-07-25T",
            "",
            "25-07-2023",
            "2023-07-2é",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn moments_need_an_offset() {
        // 2023-07-28T08:00:00Z
        let nine_in_summer = 1_690_531_200;
        for text in [
            "2023-07-28T09:00+01:00",
            "2023-07-28T09:00:00+01:00",
            "2023-07-28T08:00Z",
            "2023-07-28T02:30:00-05:30",
        ] {
            assert_eq!(moment(text), Some(nine_in_summer), "{text}");
        }
        for text in [
            "2023-07-28T09:00",
            "2023-07-28 09:00Z",
            "2023-07-28T24:00Z",
            "2023-07-28T09:60Z",
            "2023-07-28T09:00:60Z",
            "2023-07-28T09:00:00.5Z",
            "2023-07-28T09:00+0100",
            "2023-07-28",
            "2023-07-28T09:00+01:00x",
            "2023-07-28T0é:00Z",
            "2023-07-28T09:00é1:00",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
