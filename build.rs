//! Writes the table of London's clock changes that `src/time/london.rs` reads, from the zone database of chrono-tz.
#![allow(clippy::expect_used, reason = "a build stops where it cannot go on")]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use chrono::{DateTime, Offset as _, TimeZone as _};
use chrono_tz::Europe::London;

const HOUR: i64 = 3600;
/// 1900-01-01T00:00Z and 2100-01-01T00:00Z, the years that `src/time` reads.
const YEARS: std::ops::Range<i64> = -2_208_988_800..4_102_444_800;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let mut changes = vec![(YEARS.start / HOUR, hours_ahead(YEARS.start))];
    for hour in YEARS.start / HOUR..YEARS.end / HOUR {
        let ahead = hours_ahead(hour * HOUR);
        if changes.last().is_some_and(|(_, before)| *before != ahead) {
            changes.push((hour, ahead));
        }
    }
    let most = changes.iter().map(|(_, ahead)| *ahead).max().unwrap_or(0);
    assert!(most < 4, "London is four hours ahead of Greenwich: two bits do not hold it");
    let packed: Vec<i64> = changes.iter().map(|(hour, ahead)| hour * 4 + ahead).collect();

    let mut code = String::new();
    code += "/// Every change of London’s clocks: the hour since 1970-01-01T00:00Z from which it holds, times 4, plus how many\n";
    code += "/// hours they are ahead of Greenwich from then on.\n";
    code += "#[allow(clippy::unreadable_literal, reason = \"nobody reads them\")]\n";
    let _ = writeln!(code, "static CHANGES: [i32; {}] = {packed:?};", packed.len());
    let _ = writeln!(
        code,
        "/// The most hours that they are ever ahead.\nconst MOST_AHEAD: i32 = {most};"
    );
    let folder = env::var_os("OUT_DIR").expect("cargo names the folder");
    fs::write(PathBuf::from(folder).join("london.rs"), code).expect("write the table");
}

/// How far London is ahead of Greenwich at an instant. London has changed its clocks on the hour and by whole hours
/// in all the years that are read; the build stops if the database ever says otherwise.
fn hours_ahead(seconds: i64) -> i64 {
    let offset = |seconds| {
        let utc = DateTime::from_timestamp(seconds, 0).expect("a time within the years");
        i64::from(London.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc())
    };
    let ahead = offset(seconds);
    assert!(ahead == offset(seconds + HOUR - 1), "London changes its clocks within an hour");
    assert!(ahead >= 0 && ahead % HOUR == 0, "London is not whole hours ahead of Greenwich");
    ahead / HOUR
}
