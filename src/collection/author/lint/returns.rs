//! Who completes what, at which marking, and until when a limit holds.

use crate::collection::author::organisations::KINDS;
use crate::collection::{Collection, Due};
use crate::template::{Fault, Step, way};
use crate::time::Date;

/// The markings, lowest first.
const MARKINGS: [&str; 2] = ["OFFICIAL", "OFFICIAL-SENSITIVE"];

/// The returns that name weak services or harm: never below OFFICIAL-SENSITIVE (XE03). Their own rules say so too; here
/// the author hears it before anybody has answered anything.
const SENSITIVE: [&str; 2] = ["self_assessment", "learning"];

pub(super) fn lint(collection: &Collection) -> Vec<Fault> {
    let source = collection.source();
    let mut faults = Vec::new();
    marking(way!["classification"], &source.classification, &mut faults);
    for (number, due) in source.returns.iter().enumerate() {
        if let Some(own) = &due.classification {
            marking(way!["return", number, "classification"], own, &mut faults);
        }
        if SENSITIVE.contains(&due.template.as_str())
            && collection.classification(due) == MARKINGS[0]
        {
            faults.push(Fault::new(
                way!["return", number],
                format!("{} is marked OFFICIAL (XE03)", due.template),
                "Write classification = \"OFFICIAL-SENSITIVE\" in this [[return]].",
            ));
        }
        kinds(number, due, &mut faults);
    }
    practice(collection, &mut faults);
    actions(collection, &mut faults);
    parameters(collection, &mut faults);
    faults
}

fn marking(way: &[Step], text: &str, faults: &mut Vec<Fault>) {
    if !MARKINGS.contains(&text) {
        let help = format!("Write {}.", MARKINGS.join(" or "));
        faults.push(Fault::new(way, format!("there is no marking “{text}”"), help));
    }
}

fn kinds(number: usize, due: &Due, faults: &mut Vec<Fault>) {
    let lists = [("owed_by", &due.owed_by), ("open_to", &due.open_to)];
    for (name, list) in lists {
        for (at, kind) in
            list.iter().enumerate().filter(|(_, kind)| !KINDS.contains(&kind.as_str()))
        {
            let help = format!("Write any of {}.", KINDS.join(", "));
            let message = format!("there is no kind of organisation “{kind}”");
            faults.push(Fault::new(way!["return", number, name, at], message, help));
        }
    }
    if let Some(at) = due.open_to.iter().position(|kind| due.owed_by.contains(kind)) {
        faults.push(Fault::new(
            way!["return", number, "open_to", at],
            "this kind of organisation is in owed_by too",
            "Take it out of one of the two.",
        ));
    }
    if due.owed_by.is_empty() && due.open_to.is_empty() {
        faults.push(Fault::new(
            way!["return", number],
            format!("nobody completes {}", due.template),
            "Say who in owed_by or open_to.",
        ));
    }
}

/// Nobody must take practice for the real thing, nor the other way round.
fn practice(collection: &Collection, faults: &mut Vec<Fault>) {
    let source = collection.source();
    let titled = source.title.to_lowercase().contains("practice");
    if source.practice && !titled {
        let help = "Say in the title that it is for practice and that the figures go nowhere.";
        faults.push(Fault::new(
            way!["title"],
            "the title does not say that this is practice",
            help,
        ));
    }
    if titled && !source.practice {
        let help = "Write practice = true, or choose another title.";
        faults.push(Fault::new(
            way!["practice"],
            "the title says practice, and practice is false",
            help,
        ));
    }
}

fn actions(collection: &Collection, faults: &mut Vec<Fault>) {
    let source = collection.source();
    for (number, action) in source.actions.iter().enumerate() {
        let mut before = source.actions.iter().take(number);
        if before.any(|other| other.id == action.id) {
            faults.push(Fault::new(
                way!["action", number, "id"],
                format!("the id “{}” is used twice", action.id),
                "Give each action its own id.",
            ));
        }
    }
    let known = |id: &str| source.actions.iter().any(|action| action.id == id);
    for (list, entries) in &source.lists {
        for (number, entry) in entries.iter().enumerate() {
            let named = entry.get("actions").and_then(|value| value.as_array());
            for (at, id) in named.into_iter().flatten().enumerate() {
                if let Some(id) = id.as_str().filter(|id| !known(id)) {
                    faults.push(Fault::new(
                        way!["lists", list.as_str(), number, "actions", at],
                        format!("there is no action “{id}”"),
                        "Name the id of an [[action]].",
                    ));
                }
            }
        }
    }
}

/// A limit that came later than the action was not a limit then.
fn parameters(collection: &Collection, faults: &mut Vec<Fault>) {
    let last = collection.actions().iter().map(|(_, ends)| ends.date()).max();
    for (name, setting) in &collection.source().parameters {
        let Some(since) = &setting.since else { continue };
        let way = way!["parameters", name.as_str(), "since"].to_vec();
        match Date::parse(since) {
            Err(error) => {
                let message = format!("“{since}” is {error}");
                faults.push(Fault::new(&way, message, format!("{}.", error.remedy())));
            }
            Ok(since) if last.is_some_and(|last| since > last) => {
                let message = format!("“{name}” holds from {since}, which is after the action");
                faults.push(Fault::new(
                    &way,
                    message,
                    "Give the value that held on the dates of the action.",
                ));
            }
            Ok(_) => {}
        }
    }
}
