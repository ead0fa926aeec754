//! Days of the Gregorian calendar as numbers, and numbers as days: they count from 1 January 1970.

const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in(year: i32, month: i32) -> i32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The number of 1 January of a year. Leap days are counted in the years before; 719,162 is the count for 1970 itself.
pub(super) const fn days_to_year(year: i32) -> i32 {
    let past = year - 1;
    past * 365 + past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400) - 719_162
}

/// The number of a day, month and day from 1, in a year of at most four digits; none where there is no such day.
pub(crate) fn days_to(year: i32, month: i32, day: i32) -> Option<i32> {
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return None;
    }
    let mut days = days_to_year(year) + day - 1;
    for earlier in 1..month {
        days += days_in(year, earlier);
    }
    Some(days)
}

/// Year, month and day of a number, within [`super::YEARS`].
pub(super) fn civil(days: i32) -> [i32; 3] {
    // As if every year were a leap year, so that it is this year or the one after it.
    let first = *super::YEARS.start();
    let mut year = first + (days - days_to_year(first)) / 366;
    if days >= days_to_year(year + 1) {
        year += 1;
    }
    let (mut month, mut day) = (1, days - days_to_year(year) + 1);
    while day > days_in(year, month) {
        day -= days_in(year, month);
        month += 1;
    }
    [year, month, day]
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike as _, NaiveDate};

    use super::*;
    use crate::time::YEARS;

    #[test]
    fn days_are_those_of_the_calendar_of_chrono() {
        let first = NaiveDate::from_ymd_opt(0, 1, 1).unwrap();
        for day in first.iter_days().take_while(|day| day.year() < 10_000) {
            let parts =
                [day.year(), day.month().try_into().unwrap(), day.day().try_into().unwrap()];
            let [year, month, number] = parts;
            assert_eq!(days_to(year, month, number), Some(day.to_epoch_days()), "{day}");
            if YEARS.contains(&year) {
                assert_eq!(civil(day.to_epoch_days()), parts, "{day}");
            }
        }
    }
}
