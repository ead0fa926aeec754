//! What people read in a collection.

use crate::collection::Source;
use crate::template::{Fault, Step, way, wording};
use crate::time::{Date, WEEKDAYS};

pub(super) fn lint(source: &Source) -> Vec<Fault> {
    let mut faults = of_text(way!["title"], &source.title);
    faults.extend(of_text(way!["submit_to"], &source.submit_to));
    for (number, action) in source.actions.iter().enumerate() {
        faults.extend(of_text(way!["action", number, "title"], &action.title));
    }
    for (number, workbook) in source.workbooks.iter().enumerate() {
        for (name, text) in [("title", &workbook.title), ("note", &workbook.note)] {
            faults.extend(of_text(way!["workbook", number, name], text));
        }
    }
    for (list, entries) in &source.lists {
        for (number, entry) in entries.iter().enumerate() {
            for (name, value) in entry.iter().filter(|(name, _)| name.as_str() != "id") {
                let text = value.as_str().unwrap_or_default();
                faults.extend(of_text(way!["lists", list.as_str(), number, name.as_str()], text));
            }
        }
    }
    faults
}

/// What is wrong with one text that people read.
pub(in crate::collection::author) fn of_text(way: &[Step], text: &str) -> Vec<Fault> {
    let mut faults: Vec<Fault> = wording::complaints(text)
        .into_iter()
        .map(|(message, help)| Fault::new(way, message, help))
        .collect();
    faults.extend(weekdays(text).into_iter().map(|(said, date)| {
        let message =
            format!("{} is a {}, not a {said}", date.words_without_weekday(), date.weekday());
        Fault::new(way, message, format!("Write “{}”, or mend the date.", date.words()))
    }));
    faults
}

/// Dates written out in full, like “Friday 28 July 2023”, that fall on another weekday.
pub(super) fn weekdays(text: &str) -> Vec<(&'static str, Date)> {
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    let wrong = |four: &[String]| {
        let [weekday, rest @ ..] = four else { return None };
        let said = WEEKDAYS.into_iter().find(|name| name == weekday)?;
        let date = written(rest)?;
        (date.weekday() != said).then_some((said, date))
    };
    words.windows(4).filter_map(wrong).collect()
}

/// The date that day, month and year in words say.
fn written(words: &[String]) -> Option<Date> {
    let [day, _, year] = words else { return None };
    let (day, year) = (day.parse().ok()?, year.parse().ok()?);
    let of_month = |month| Date::from_civil(year, month, day).ok();
    (1..=12).filter_map(of_month).find(|date| date.words_without_weekday() == words.join(" "))
}
