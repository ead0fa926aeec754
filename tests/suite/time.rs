//! Civil time in London, instants, windows, words. Times are London civil time, with the instant beside.

use ia_returns::time::{
    Civil, Date, Instant, LocalTime, TimeError, Window, WindowState, YEARS, duration_words,
};
use proptest::prelude::*;

fn at(text: &str) -> Instant {
    Instant::parse(text).expect(text)
}

fn london(text: &str) -> Instant {
    LocalTime::parse(text).expect(text).instant().expect(text)
}

#[test]
fn a_window_takes_its_opening_second_and_not_its_closing_one() {
    // 28 July 2023 09:00 to 13:00 BST = 08:00Z to 12:00Z (letter PRN00617)
    let window = Window::new(london("2023-07-28T09:00"), london("2023-07-28T13:00")).unwrap();
    assert_eq!(window.opens().seconds(), 1_690_531_200);
    let cases = [
        ("2023-07-28T08:59:59+01:00", WindowState::Before),
        ("2023-07-28T09:00:00+01:00", WindowState::Open),
        ("2023-07-28T08:00:00Z", WindowState::Open),
        ("2023-07-28T12:59:59+01:00", WindowState::Open),
        ("2023-07-28T13:00:00+01:00", WindowState::Late),
        ("2023-07-28T12:00:00Z", WindowState::Late),
        ("2023-07-27T10:00:00+01:00", WindowState::Before),
    ];
    for (now, state) in cases {
        assert_eq!(window.state(at(now)), state, "{now}");
    }
    assert_eq!(WindowState::Late.name(), "late");
    assert_eq!(window.words(), "9:00am to 1:00pm BST on Friday 28 July 2023");
}

#[test]
fn a_window_across_a_clock_change_names_both_zones() {
    // 28 October 2023 09:00 BST to 30 October 2023 13:00 GMT: 53 hours
    let window = Window::new(london("2023-10-28T09:00"), london("2023-10-30T13:00")).unwrap();
    assert_eq!(window.closes().seconds() - window.opens().seconds(), 53 * 3600);
    assert_eq!(
        window.words(),
        "9:00am BST on Saturday 28 October 2023 to 1:00pm GMT on Monday 30 October 2023"
    );
}

#[test]
fn a_window_that_closes_before_it_opens_is_refused() {
    let (nine, one) = (london("2023-07-28T09:00"), london("2023-07-28T13:00"));
    assert_eq!(Window::new(one, nine), Err(TimeError::WindowOrder));
    assert_eq!(Window::new(nine, nine), Err(TimeError::WindowOrder));
}

#[test]
fn local_times_are_instants() {
    let cases = [
        // Summer
        ("2023-07-25T08:00", "2023-07-25T07:00:00Z"),
        ("2023-07-21T10:00", "2023-07-21T09:00:00Z"),
        // Winter: GMT
        ("2022-12-21T09:00", "2022-12-21T09:00:00Z"),
        ("2023-01-23T00:00", "2023-01-23T00:00:00Z"),
        // The night of 26 March 2023: 00:59 GMT is followed by 02:00 BST
        ("2023-03-26T00:59", "2023-03-26T00:59:00Z"),
        ("2023-03-26T02:00", "2023-03-26T01:00:00Z"),
        // The night of 29 October 2023: 00:59 BST … 02:00 GMT
        ("2023-10-29T00:59", "2023-10-28T23:59:00Z"),
        ("2023-10-29T02:00", "2023-10-29T02:00:00Z"),
    ];
    for (local, instant) in cases {
        assert_eq!(london(local), at(instant), "{local}");
        assert_eq!(at(instant).local().to_string(), local);
    }
}

#[test]
fn a_time_that_clocks_skip_is_named() {
    for text in ["2023-03-26T01:00", "2023-03-26T01:30", "2023-03-26T01:59"] {
        let local = LocalTime::parse(text).unwrap();
        let error = local.instant().unwrap_err();
        assert_eq!(error, TimeError::Gap { local });
        assert_eq!(
            error.to_string(),
            format!("{text} does not happen in London: the clocks go forward over it")
        );
    }
}

#[test]
fn a_time_that_clocks_show_twice_is_named_with_both_instants() {
    for text in ["2023-10-29T01:00", "2023-10-29T01:30", "2023-10-29T01:59"] {
        let local = LocalTime::parse(text).unwrap();
        let error = local.instant().unwrap_err();
        let first = at(&format!("{text}:00+01:00"));
        let second = at(&format!("{text}:00+00:00"));
        assert_eq!(error, TimeError::Overlap { local, first, second });
        assert_eq!(
            error.to_string(),
            format!("{text} happens twice in London: the clocks go back over it")
        );
    }
}

#[test]
fn an_hour_of_the_last_sunday_of_march_is_skipped_and_one_of_october_comes_twice() {
    let nights = [
        ("2022-03-27", "2022-10-30"),
        ("2023-03-26", "2023-10-29"),
        ("2024-03-31", "2024-10-27"),
        ("2025-03-30", "2025-10-26"),
        ("2026-03-29", "2026-10-25"),
        ("2027-03-28", "2027-10-31"),
    ];
    let times = ["00:00", "00:59", "01:00", "01:01", "01:30", "01:59", "02:00", "02:01"];
    for (march, october) in nights {
        for time in times {
            let named = time.starts_with("01:");
            let skipped = LocalTime::parse(&format!("{march}T{time}")).unwrap().instant();
            assert_eq!(matches!(skipped, Err(TimeError::Gap { .. })), named, "{march} {time}");
            let twice = LocalTime::parse(&format!("{october}T{time}")).unwrap().instant();
            assert_eq!(matches!(twice, Err(TimeError::Overlap { .. })), named, "{october} {time}");
        }
        for (day, before, after) in [(march, "GMT", "BST"), (october, "BST", "GMT")] {
            assert_eq!(london(&format!("{day}T00:59")).zone_words(), before, "{day}");
            assert_eq!(london(&format!("{day}T02:00")).zone_words(), after, "{day}");
        }
    }
}

#[test]
fn neither_a_window_nor_an_action_may_begin_or_end_in_such_an_hour() {
    for text in ["2023-03-26T01:00", "2023-10-29T01:00"] {
        let error = LocalTime::parse(text).unwrap().instant().unwrap_err();
        assert_eq!(error.remedy(), "Give a time at least an hour earlier or later on that day");
    }
    // The hours around it: 01:00 GMT to 03:00 BST is one hour, 00:30 BST to 02:30 GMT three.
    let hours = |from: &str, to: &str| (london(to).seconds() - london(from).seconds()) / 3600;
    assert_eq!(hours("2023-03-26T00:00", "2023-03-26T02:00"), 1);
    assert_eq!(hours("2023-10-29T00:30", "2023-10-29T02:30"), 3);
}

#[test]
fn windows_stand_on_bank_holidays_and_at_new_year_as_on_any_day() {
    for (opens, closes, words) in [
        // Summer bank holiday, 28 August 2023
        ("2023-08-28T09:00", "2023-08-28T13:00", "9:00am to 1:00pm BST on Monday 28 August 2023"),
        // Boxing Day to New Year’s Day
        (
            "2023-12-26T09:00",
            "2024-01-01T00:00",
            "9:00am GMT on Tuesday 26 December 2023 to midnight GMT on Monday 1 January 2024",
        ),
        // Leap day
        (
            "2024-02-29T09:00",
            "2024-02-29T12:00",
            "9:00am to midday GMT on Thursday 29 February 2024",
        ),
    ] {
        let window = Window::new(london(opens), london(closes)).unwrap();
        assert_eq!(window.words(), words);
        let second = |seconds: i64| Instant::from_seconds(seconds).unwrap();
        let (from, to) = (window.opens().seconds(), window.closes().seconds());
        let states = [from - 1, from, to - 1, to].map(|at| window.state(second(at)).name());
        assert_eq!(states, ["before", "open", "open", "late"], "{words}");
    }
}

#[test]
fn a_date_has_its_weekday() {
    for (date, weekday) in [
        ("2023-07-25", "Tuesday"),
        ("2023-07-28", "Friday"),
        ("2024-02-29", "Thursday"),
        ("2026-12-28", "Monday"),
        ("2000-01-01", "Saturday"),
    ] {
        let date = Date::parse(date).unwrap();
        assert_eq!(date.weekday(), weekday);
        assert_eq!(date.words(), format!("{weekday} {}", date.words_without_weekday()));
    }
}

#[test]
fn an_instant_has_one_text() {
    let cases = [
        ("2023-07-28T10:40:00+01:00", "2023-07-28T10:40:00+01:00"),
        ("2023-07-28T09:40:00Z", "2023-07-28T10:40:00+01:00"),
        ("2023-07-28T05:10:00-04:30", "2023-07-28T10:40:00+01:00"),
        ("2023-01-11T09:00:00Z", "2023-01-11T09:00:00+00:00"),
        ("2023-01-11T09:00:00-00:00", "2023-01-11T09:00:00+00:00"),
        // Both half-past-ones of 29 October 2023
        ("2023-10-29T00:30:00Z", "2023-10-29T01:30:00+01:00"),
        ("2023-10-29T01:30:00Z", "2023-10-29T01:30:00+00:00"),
        // A day ends earlier in summer
        ("2023-07-31T23:30:00Z", "2023-08-01T00:30:00+01:00"),
    ];
    for (text, london) in cases {
        assert_eq!(at(text).to_london_text(), london, "{text}");
        assert_eq!(at(london), at(text));
    }
}

#[test]
fn texts_that_are_not_instants_are_refused() {
    use TimeError as E;
    let cases = [
        ("", E::InstantForm),
        ("2023-07-28", E::InstantForm),
        ("2023-07-28T10:40:00", E::InstantForm),
        ("2023-07-28T10:40+01:00", E::InstantForm),
        ("2023-07-28T10:40:00.5Z", E::InstantForm),
        ("2023-07-28t10:40:00Z", E::InstantForm),
        ("2023-07-28T10:40:00z", E::InstantForm),
        ("2023-07-28 10:40:00Z", E::InstantForm),
        ("2023-07-28T10:40:00+0100", E::InstantForm),
        ("2023-07-28T10:40:00+01", E::InstantForm),
        ("2023-07-28T10:40:00+24:00", E::InstantForm),
        ("2023-07-28T10:40:00+01:60", E::InstantForm),
        ("2023-07-28T10:40:00Z ", E::InstantForm),
        ("+023-07-28T10:40:00Z", E::InstantForm),
        ("2023-07-28T1é:40:00Z", E::InstantForm),
        ("2023-02-29T10:40:00Z", E::NoSuchDate),
        ("2023-07-28T24:00:00Z", E::NoSuchTime),
        ("2023-06-30T23:59:60Z", E::NoSuchTime),
        ("1899-07-28T10:40:00Z", E::Year),
        ("2100-01-01T00:00:00Z", E::Year),
        ("2099-12-31T23:30:00-01:00", E::Year),
    ];
    for (text, error) in cases {
        assert_eq!(Instant::parse(text), Err(error), "{text}");
    }
    assert_eq!(Instant::from_seconds(i64::MAX), Err(E::Year));
    assert_eq!(Instant::from_seconds(i64::MIN), Err(E::Year));
}

#[test]
fn the_fraction_of_a_device_s_second_is_cut_off() {
    let cases = ["2023-07-28T09:40:59.999Z", "2023-07-28T10:40:59.1+01:00", "2023-07-28T09:40:59Z"];
    for text in cases {
        assert_eq!(Instant::parse_device(text), Ok(at("2023-07-28T09:40:59Z")), "{text}");
    }
    for text in ["2023-07-28T09:40:59.Z", "2023-07-28T09:40:59.5", "2023-07-28T09:40:59,5Z"] {
        assert_eq!(Instant::parse_device(text), Err(TimeError::InstantForm), "{text}");
    }
}

#[test]
fn texts_that_are_not_local_times_are_refused() {
    use TimeError as E;
    let cases = [
        ("2023-07-28T09:00:00", E::LocalForm),
        ("2023-07-28T09:00Z", E::LocalForm),
        ("2023-07-28 09:00", E::LocalForm),
        ("2023-07-28T9:00", E::LocalForm),
        ("2023-07-28T24:00", E::NoSuchTime),
        ("2023-07-28T09:60", E::NoSuchTime),
        ("2023-13-28T09:00", E::NoSuchDate),
        ("0001-01-01T09:00", E::Year),
    ];
    for (text, error) in cases {
        assert_eq!(LocalTime::parse(text), Err(error.clone()), "{text}");
        assert!(!error.remedy().is_empty());
    }
}

#[test]
fn a_day_has_a_number() {
    let cases =
        [("1970-01-01", 0), ("1969-12-31", -1), ("2023-07-25", 19_563), ("2024-02-29", 19_782)];
    for (text, days) in cases {
        let date = Date::parse(text).unwrap();
        assert_eq!(date.days(), days);
        assert_eq!(Date::from_days(days), Ok(date));
        assert_eq!(date.to_string(), text);
    }
    for text in ["2023-7-25", "2023-07-25 ", "20230725", "25/07/2023", "2023-07-2５"] {
        assert_eq!(Date::parse(text), Err(TimeError::DateForm), "{text}");
    }
    assert_eq!(Date::parse("2023-02-29"), Err(TimeError::NoSuchDate));
    assert_eq!(Date::parse("1900-02-29"), Err(TimeError::NoSuchDate));
    assert_eq!(Date::parse("2100-01-01"), Err(TimeError::Year));
    assert_eq!(Date::from_days(i32::MAX), Err(TimeError::Year));
    assert_eq!(Date::from_days(i32::MIN), Err(TimeError::Year));
}

#[test]
fn the_calendar_in_london_may_be_a_day_ahead_of_greenwich() {
    // 1 August 2023 00:30 BST = 31 July 23:30Z
    let instant = at("2023-07-31T23:30:07Z");
    assert_eq!(instant.date().to_string(), "2023-08-01");
    let expected =
        Civil { year: 2023, month: 8, day: 1, hour: 0, minute: 30, second: 7, offset: 3600 };
    assert_eq!(instant.civil(), expected);
}

#[test]
fn times_are_said_as_gov_uk_says_them() {
    let clock = [
        ("2023-07-28T00:00", "midnight"),
        ("2023-07-28T00:05", "12:05am"),
        ("2023-07-28T09:00", "9:00am"),
        ("2023-07-28T11:59", "11:59am"),
        ("2023-07-28T12:00", "midday"),
        ("2023-07-28T12:01", "12:01pm"),
        ("2023-07-28T13:00", "1:00pm"),
        ("2023-07-28T23:59", "11:59pm"),
    ];
    for (text, words) in clock {
        assert_eq!(london(text).clock_words(), words);
    }
    let days = [
        ("2023-07-28T09:00", "Friday 28 July 2023", "BST"),
        ("2022-12-21T09:00", "Wednesday 21 December 2022", "GMT"),
        ("2023-10-01T09:00", "Sunday 1 October 2023", "BST"),
        ("2024-02-29T09:00", "Thursday 29 February 2024", "GMT"),
        ("1944-07-01T09:00", "Saturday 1 July 1944", "BDST"),
    ];
    for (text, words, zone) in days {
        assert_eq!(london(text).date_words(), words);
        assert_eq!(london(text).zone_words(), zone);
    }
}

#[test]
fn lengths_of_time_are_said_in_two_units() {
    let cases = [
        (0, "less than a minute"),
        (59, "less than a minute"),
        (60, "1 minute"),
        (119, "1 minute"),
        (12_000, "3 hours 20 minutes"),
        (-12_000, "3 hours 20 minutes"),
        (3_600, "1 hour"),
        (3_661, "1 hour 1 minute"),
        (86_400, "1 day"),
        (86_460, "1 day"),
        (2 * 86_400 + 3_600, "2 days 1 hour"),
        (i64::MIN, "106751991167300 days 15 hours"),
    ];
    for (seconds, words) in cases {
        assert_eq!(duration_words(seconds), words);
    }
}

/// Whether London keeps summer time, worked out from the law instead of the zone database: from 01:00Z on
/// the last Sunday of March to 01:00Z on the last Sunday of October (Summer Time Order 2002 article 2).
fn summer(seconds: i64) -> bool {
    let year = at_seconds(seconds).civil().year;
    let change = |month: u32| {
        let last = Date::from_civil(year.try_into().unwrap(), month, 31).unwrap().days();
        // Day 0 was a Thursday, day 3 a Sunday.
        let sunday = last - (last - 3).rem_euclid(7);
        i64::from(sunday) * 86_400 + 3_600
    };
    (change(3)..change(10)).contains(&seconds)
}

fn at_seconds(seconds: i64) -> Instant {
    Instant::from_seconds(seconds).unwrap()
}

#[test]
fn every_clock_change_from_2002_on_is_the_law_s() {
    let first = at("2002-01-01T00:00:00Z").seconds();
    let last = at("2099-12-31T23:00:00Z").seconds();
    for seconds in (first..=last).step_by(3_600) {
        let offset = if summer(seconds) { 3_600 } else { 0 };
        assert_eq!(at_seconds(seconds).civil().offset, offset, "{}", at_seconds(seconds));
    }
}

proptest! {
    #[test]
    fn an_instant_is_read_back_from_its_text(seconds in -2_208_988_800_i64..4_102_444_800) {
        let instant = at_seconds(seconds);
        prop_assert_eq!(Instant::parse(&instant.to_london_text()), Ok(instant));
        prop_assert_eq!(Instant::parse_device(&instant.to_london_text()), Ok(instant));
        prop_assert!(YEARS.contains(&instant.civil().year));
    }

    #[test]
    fn a_local_time_that_is_an_instant_is_shown_by_the_clock_then(
        days in 0..47_000_i32, hour in 0..24_u32, minute in 0..60_u32,
    ) {
        let local = LocalTime::new(Date::from_days(days).unwrap(), hour, minute).unwrap();
        prop_assert_eq!(LocalTime::parse(&local.to_string()), Ok(local));
        if let Ok(instant) = local.instant() {
            prop_assert_eq!(instant.local(), local);
        }
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in "[0-9T:+Z.é-]{0,28}") {
        let _ = (Instant::parse(&text), Instant::parse_device(&text));
        let _ = (LocalTime::parse(&text), Date::parse(&text));
    }

    #[test]
    fn a_state_only_moves_forward(a in 0..10_000_i64, b in 0..10_000_i64, now in 0..20_000_i64) {
        let instant = at_seconds;
        if let Ok(window) = Window::new(instant(a), instant(b)) {
            prop_assert!(window.state(instant(now)) <= window.state(instant(now + 1)));
        }
    }
}
