//! London's clocks, held against the IANA database as chrono-tz has it: the table that `build.rs` writes is neither
//! stale nor short, and what is read from it is what chrono-tz says.

use chrono::{DateTime, Datelike as _, Duration, LocalResult, NaiveDateTime, Offset as _};
use chrono::{TimeZone as _, Timelike as _};
use chrono_tz::Europe::London;
use ia_returns::time::{Civil, Date, Instant, LocalTime, TimeError};

/// 1900-01-01T00:00Z, and the second before 2100-01-01T00:00Z.
const FIRST: i64 = -2_208_988_800;
const LAST: i64 = 4_102_444_799;

fn utc(seconds: i64) -> NaiveDateTime {
    DateTime::from_timestamp(seconds, 0).unwrap().naive_utc()
}

fn offset(seconds: i64) -> i32 {
    London.offset_from_utc_datetime(&utc(seconds)).fix().local_minus_utc()
}

/// What chrono-tz says that London shows at an instant.
fn civil(seconds: i64) -> Civil {
    let shown = London.from_utc_datetime(&utc(seconds));
    Civil {
        year: shown.year(),
        month: shown.month(),
        day: shown.day(),
        hour: shown.hour(),
        minute: shown.minute(),
        second: shown.second(),
        offset: offset(seconds),
    }
}

/// What chrono-tz says when London shows a time.
fn instant(local: LocalTime, naive: NaiveDateTime) -> Result<Instant, TimeError> {
    let at = |time: DateTime<chrono_tz::Tz>| Instant::from_seconds(time.timestamp());
    match London.from_local_datetime(&naive) {
        LocalResult::Single(time) => at(time),
        LocalResult::Ambiguous(first, second) => {
            Err(TimeError::Overlap { local, first: at(first)?, second: at(second)? })
        }
        LocalResult::None => Err(TimeError::Gap { local }),
    }
}

/// Every second from which London is otherwise ahead of Greenwich than before.
fn changes() -> Vec<i64> {
    let quarters = (FIRST..=LAST).step_by(900);
    let mut before = offset(FIRST);
    let mut changes = Vec::new();
    for seconds in quarters {
        let now = offset(seconds);
        if now != before {
            let earlier = seconds - 899..=seconds;
            changes.push(earlier.into_iter().find(|at| offset(*at) == now).unwrap());
            before = now;
        }
    }
    changes
}

fn assert_shown(seconds: i64) {
    assert_eq!(Instant::from_seconds(seconds).unwrap().civil(), civil(seconds), "{seconds}");
}

fn assert_instant(naive: NaiveDateTime) {
    let days = naive.date().to_epoch_days();
    let local =
        LocalTime::new(Date::from_days(days).unwrap(), naive.hour(), naive.minute()).unwrap();
    assert_eq!(local.instant(), instant(local, naive), "{naive}");
}

#[test]
fn every_change_of_the_clocks_is_the_database_s_to_the_second_and_to_the_minute() {
    let changes = changes();
    assert!(changes.len() > 300, "two a year since 1916: {}", changes.len());
    for change in changes {
        for seconds in [change - 1, change, change + 1] {
            assert_shown(seconds);
        }
        // Five hours of minutes: what is skipped, what comes twice, and what is beside it.
        for minute in -120..180 {
            assert_instant(utc(change) + Duration::minutes(minute));
        }
    }
}

#[test]
fn every_quarter_of_an_hour_is_the_database_s() {
    for seconds in (FIRST..=LAST).step_by(900) {
        assert_eq!(
            Instant::from_seconds(seconds).unwrap().civil().offset,
            offset(seconds),
            "{seconds}"
        );
        assert_instant(utc(seconds));
    }
    // All that is shown, at times of day that are never the same.
    for seconds in (FIRST..=LAST).step_by(7_919) {
        assert_shown(seconds);
    }
}

#[test]
fn the_first_and_the_last_second_are_read_and_none_outside() {
    for seconds in [FIRST, LAST] {
        assert_shown(seconds);
    }
    for seconds in [FIRST - 1, LAST + 1] {
        assert_eq!(Instant::from_seconds(seconds), Err(TimeError::Year));
    }
    for (text, read) in [
        ("1900-01-01T00:00", Ok(FIRST)),
        ("2099-12-31T23:59", Ok(LAST - 59)),
        ("1899-12-31T23:59", Err(TimeError::Year)),
        ("2100-01-01T00:00", Err(TimeError::Year)),
    ] {
        let instant = LocalTime::parse(text).and_then(LocalTime::instant);
        assert_eq!(instant.map(Instant::seconds), read, "{text}");
    }
}
