//! Days: inside the action, whole or not, on the weekday they say, bank holidays named.

use super::wording::weekdays;
use crate::collection::Collection;
use crate::collection::author::calendar::Calendar;
use crate::json::{Map, Value};
use crate::template::{Fault, Step, way};
use crate::time::{Date, Instant, LocalTime, MONTHS, WEEKDAYS};

pub(super) fn lint(collection: &Collection, calendar: &Calendar) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (list, entries) in &collection.source().lists {
        let mut days = Vec::new();
        for (number, entry) in entries.iter().enumerate() {
            let text = |name: &str| entry.get(name).and_then(|value| value.as_str());
            // Any entry with a date is a day; a date that is none is found where the template asks for it.
            let Some(date) = text("date").and_then(|date| Date::parse(date).ok()) else { continue };
            let way = way!["lists", list.as_str(), number].to_vec();
            let day = Day { collection, entry, date, way };
            day.lint(calendar, &mut faults);
            days.push(day);
        }
        uncovered(collection, list, &days, &mut faults);
    }
    faults
}

/// One entry with a date.
struct Day<'a> {
    collection: &'a Collection,
    entry: &'a Map,
    date: Date,
    way: Vec<Step>,
}

impl Day<'_> {
    fn text(&self, name: &str) -> &str {
        self.entry.get(name).and_then(|value| value.as_str()).unwrap_or_default()
    }

    fn fault(&self, member: &str, message: String, help: impl Into<String>) -> Fault {
        let mut way = self.way.clone();
        if self.entry.contains_key(member) {
            way.push(member.into());
        }
        Fault::new(&way, message, help)
    }

    /// Whether this day belongs to the action with this id.
    fn is_of(&self, id: &str) -> bool {
        let named = self.entry.get("actions").and_then(|value| value.as_array());
        named.is_none_or(|ids| ids.is_empty() || ids.iter().any(|own| own.as_str() == Some(id)))
    }

    /// Start and end of the actions that this day belongs to and that touch it.
    fn actions(&self) -> Vec<(Instant, Instant)> {
        let Some((starts, ends)) = span(self.date) else { return Vec::new() };
        let actions = self.collection.source().actions.iter().zip(self.collection.actions());
        actions
            .filter(|(action, times)| self.is_of(&action.id) && times.0 < ends && starts < times.1)
            .map(|(_, times)| *times)
            .collect()
    }

    fn lint(&self, calendar: &Calendar, faults: &mut Vec<Fault>) {
        let words = self.date.words();
        let actions = self.actions();
        if actions.is_empty() {
            let help = "Mend the date or the action’s start and end, or take the day out.";
            faults.push(self.fault("date", format!("{words} is outside every action"), help));
        } else {
            self.whole(&actions, faults);
        }
        self.label(faults);
        if !calendar.covers(self.date) {
            let help = "Add the bank holidays of that year to calendar/england.toml.";
            faults.push(self.fault(
                "date",
                format!("the calendar does not speak for {words}"),
                help,
            ));
        }
        let said = [self.text("label"), self.text("note")].concat().to_lowercase();
        if let Some(name) = calendar.holiday(self.date).filter(|_| !said.contains("bank holiday")) {
            let message =
                format!("{words} is a bank holiday ({name}), and neither label nor note says so");
            faults.push(self.fault("note", message, "Add to the note: “This is a bank holiday.”"));
        }
    }

    /// `whole` says whether the action lasts from midnight to midnight.
    fn whole(&self, actions: &[(Instant, Instant)], faults: &mut Vec<Fault>) {
        let Some((starts, ends)) = span(self.date) else { return };
        let Some(said) = self.entry.get("whole").and_then(Value::as_bool) else { return };
        let lasts = actions.iter().all(|times| times.0 <= starts && ends <= times.1);
        let words = self.date.words();
        if said && !lasts {
            let message = format!("the action does not last the whole of {words}");
            let help = "Write whole = false, and say in the note which shifts count.";
            faults.push(self.fault("whole", message, help));
        } else if !said && lasts {
            let message = format!("the action lasts the whole of {words}");
            faults.push(self.fault("whole", message, "Write whole = true."));
        }
    }

    /// The label must not name another weekday, day or month: labels are copied from the last round.
    fn label(&self, faults: &mut Vec<Fault>) {
        let label = self.text("label");
        let own = self.date.words();
        // A date written out in full is looked at with all other wording.
        if !weekdays(label).is_empty() {
            return;
        }
        let names =
            |word: &&str| label.split_whitespace().any(|said| said.trim_matches(',') == *word);
        if let Some(said) =
            WEEKDAYS.iter().find(|word| names(word) && **word != self.date.weekday())
        {
            let message =
                format!("the label says {said}, and {} is a {}", self.date, self.date.weekday());
            faults.push(self.fault("label", message, format!("Write “{own}”.")));
        } else if MONTHS.iter().any(names) {
            let day = self.date.words_without_weekday();
            let day = day.rsplit_once(' ').map_or(day.as_str(), |(day, _)| day);
            if !format!(" {label} ").contains(&format!(" {day} ")) {
                let message = format!("the label names another day than {}", self.date);
                faults.push(self.fault("label", message, format!("Write “{own}”.")));
            }
        }
    }
}

/// Dates that an action touches and that a list of days leaves out. Only lists that say of each day whether it is whole
/// promise to have them all.
fn uncovered(collection: &Collection, list: &str, days: &[Day<'_>], faults: &mut Vec<Fault>) {
    if !days.iter().any(|day| day.entry.contains_key("whole")) {
        return;
    }
    let actions = collection.source().actions.iter().zip(collection.actions());
    for (number, (action, (starts, ends))) in actions.enumerate() {
        let mut date = Some(starts.date());
        while let Some(own) = date.filter(|own| span(*own).is_some_and(|(start, _)| start < *ends))
        {
            if !days.iter().any(|day| day.date == own && day.is_of(&action.id)) {
                let message = format!("the action touches {}, which is not in {list}", own.words());
                let help = format!("Add it to [[{list}]], or mend the action’s start and end.");
                faults.push(Fault::new(way!["action", number], message, help));
            }
            date = Date::from_days(own.days() + 1).ok();
        }
    }
}

/// Midnight to midnight in London. Clocks never change at midnight there.
fn span(date: Date) -> Option<(Instant, Instant)> {
    let midnight = |date| LocalTime::new(date, 0, 0).and_then(LocalTime::instant).ok();
    Some((midnight(date)?, midnight(Date::from_days(date.days() + 1).ok()?)?))
}
