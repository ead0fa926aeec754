//! How far London's clocks are ahead of Greenwich.
//!
//! The law is chrono-tz's, the IANA database: `build.rs` asks it for every change of London's clocks within
//! [`super::YEARS`] and writes them into the table here, so that the engine carries 1.5 KB instead of the database's 11.
//! A new law is a new version of chrono-tz; `tests/suite/london.rs` holds what this answers against it.

use super::{Instant, LocalTime, TimeError};

include!(concat!(env!("OUT_DIR"), "/london.rs"));

/// How far London is ahead of Greenwich at an instant, in hours.
pub(super) fn hours_ahead(seconds: i64) -> i32 {
    let hour = i32::try_from(seconds.div_euclid(3600)).unwrap_or_default();
    let after = CHANGES.partition_point(|change| change >> 2 <= hour);
    let now = after.checked_sub(1).and_then(|place| CHANGES.get(place));
    now.map_or(0, |change| change & 3)
}

/// The instant at which London's clocks show a time.
///
/// # Errors
///
/// [`TimeError::Gap`] and [`TimeError::Overlap`] on the two days when clocks change.
pub(super) fn instant(local: LocalTime) -> Result<Instant, TimeError> {
    // Every instant at which clocks that are so many hours ahead would show it, the first of them first.
    let mut found = None;
    for ahead in (0..=MOST_AHEAD).rev() {
        let seconds = local.seconds() - i64::from(ahead) * 3600;
        if hours_ahead(seconds) == ahead {
            let instant = Instant::from_seconds(seconds)?;
            if let Some(first) = found {
                return Err(TimeError::Overlap { local, first, second: instant });
            }
            found = Some(instant);
        }
    }
    found.ok_or(TimeError::Gap { local })
}
