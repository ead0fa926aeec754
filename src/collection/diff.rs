//! What changed between two rounds, in words. Native only: for the person who copies last month's file.

use super::source::{Action, Due, Setting, Source};
use super::{Approval, Collection, UnknownSigner};
use crate::gather::Gather as _;
use crate::json::{Map, Value};
use crate::time::Window;

/// One difference: what it is about, and a sentence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference {
    /// What it is about: `title`, `action`, `return`, the id of a list, `parameters` …
    pub about: String,
    /// What was and what is.
    pub text: String,
}

/// Every difference between two collections, in the order in which they are written. `titles` are the templates' ids
/// and titles.
pub fn diff(old: &Collection, new: &Collection, titles: &[(&str, &str)]) -> Vec<Difference> {
    let mut found = Found { all: Vec::new(), titles };
    found.head(old.source(), new.source());
    found.actions(old, new);
    found.returns(old, new);
    found.lists(old.source(), new.source());
    found.parameters(old.source(), new.source());
    found.workbooks(old.source(), new.source());
    found.all
}

struct Found<'a> {
    all: Vec<Difference>,
    titles: &'a [(&'a str, &'a str)],
}

impl Found<'_> {
    /// A return, with its stage.
    fn named(&self, due: &Due) -> String {
        let title = self.titles.iter().find(|(id, _)| *id == due.template);
        let name = title.map_or(due.template.as_str(), |(_, title)| title);
        due.stage.map_or_else(|| name.to_owned(), |stage| format!("{name} ({stage})"))
    }

    fn say(&mut self, about: &str, text: String) {
        self.all.push(Difference { about: about.to_owned(), text });
    }

    /// Says what was and what is, where the two differ.
    fn now(&mut self, about: &str, what: &str, old: &str, new: &str) {
        if old != new {
            self.say(about, format!("{what}: {} is now {}", quoted(old), quoted(new)));
        }
    }

    fn head(&mut self, old: &Source, new: &Source) {
        for (about, what, was, is) in [
            ("id", "Id", &old.id, &new.id),
            ("title", "Title", &old.title, &new.title),
            ("reference", "Reference", &old.reference, &new.reference),
            ("source", "Source", &old.source, &new.source),
            ("classification", "Marking", &old.classification, &new.classification),
            ("organisations", "Organisation list", &old.organisations.id, &new.organisations.id),
            ("submit_to", "Where files go", &old.submit_to, &new.submit_to),
        ] {
            self.now(about, what, was, is);
        }
        let (was, is) = (&old.organisations, &new.organisations);
        if was.id == is.id && was.sha256 != is.sha256 {
            self.say("organisations", format!("Organisation list {}: its content changed", is.id));
        }
        self.now("practice", "Practice", yes_no(old.practice), yes_no(new.practice));
        self.now("approval", "Approval", approval(old.approval), approval(new.approval));
        let (was, is) = (unknown_signer(old.unknown_signer), unknown_signer(new.unknown_signer));
        self.now("unknown_signer", "Unknown senders", was, is);
    }

    fn actions(&mut self, old: &Collection, new: &Collection) {
        let all = |of: &Collection| -> Vec<(Action, String)> {
            let times = of.actions().iter().map(|(starts, ends)| Window::new(*starts, *ends));
            let words = times.map(|window| window.map(Window::words).unwrap_or_default());
            of.source().actions.iter().cloned().zip(words).gather()
        };
        let (old, new) = (all(old), all(new));
        for (action, words) in
            old.iter().filter(|(own, _)| !new.iter().any(|(n, _)| n.id == own.id))
        {
            let unions = action.unions.join(", ");
            self.say("action", format!("Action taken out: “{}” ({unions}), {words}", action.title));
        }
        for (action, words) in &new {
            let Some((was, before)) = old.iter().find(|(own, _)| own.id == action.id) else {
                let unions = action.unions.join(", ");
                self.say("action", format!("Action added: “{}” ({unions}), {words}", action.title));
                continue;
            };
            let what = format!("Action “{}”", action.title);
            self.now("action", &format!("{what}, title"), &was.title, &action.title);
            let (unions, now) = (was.unions.join(", "), action.unions.join(", "));
            self.now("action", &format!("{what}, unions"), &unions, &now);
            self.now("action", &format!("{what}, dates"), before, words);
            self.now("action", &format!("{what}, source"), &was.source, &action.source);
        }
    }

    fn returns(&mut self, old: &Collection, new: &Collection) {
        let window = |of: &Collection, due: &Due| {
            let window = of.due(&due.template, due.stage).and_then(|(_, window)| window);
            window.map_or_else(|| "always open".to_owned(), Window::words)
        };
        let same = |a: &Due, b: &Due| a.template == b.template && a.stage == b.stage;
        for due in &old.source().returns {
            if !new.source().returns.iter().any(|own| same(own, due)) {
                self.say("return", format!("No longer asked for: {}", self.named(due)));
            }
        }
        for due in &new.source().returns {
            let Some(was) = old.source().returns.iter().find(|own| same(own, due)) else {
                let owed = kinds(&due.owed_by);
                let text = format!(
                    "Newly asked for: {}, owed by {owed}, {}",
                    self.named(due),
                    window(new, due)
                );
                self.say("return", text);
                continue;
            };
            let what = self.named(due);
            for (part, before, now) in [
                ("window", window(old, was), window(new, due)),
                ("owed by", kinds(&was.owed_by), kinds(&due.owed_by)),
                ("open to", kinds(&was.open_to), kinds(&due.open_to)),
                ("marking", old.classification(was).to_owned(), new.classification(due).to_owned()),
                ("where files go", maybe(was.submit_to.as_ref()), maybe(due.submit_to.as_ref())),
                ("version of the template", was.version.clone(), due.version.clone()),
            ] {
                self.now("return", &format!("{what}, {part}"), &before, &now);
            }
            if was.version == due.version && was.sha256 != due.sha256 {
                self.say("return", format!("{what}: the template changed, and kept its version"));
            }
        }
    }

    fn lists(&mut self, old: &Source, new: &Source) {
        let mut names: Vec<&String> = old.lists.iter().map(|(name, _)| name).gather();
        names.extend(
            new.lists.iter().map(|(name, _)| name).filter(|name| old.list(name).is_empty()),
        );
        for name in names {
            self.list(name, old.list(name), new.list(name));
        }
    }

    fn list(&mut self, name: &str, old: &[Map], new: &[Map]) {
        let ids =
            |entries: &[Map]| -> Vec<String> { entries.iter().map(|e| text(e, "id")).gather() };
        let (before, now) = (ids(old), ids(new));
        let what = sentence(name);
        for entry in old.iter().filter(|entry| !now.contains(&text(entry, "id"))) {
            self.say(name, format!("{what}, taken out: “{}”", text(entry, "label")));
        }
        for entry in new {
            let id = text(entry, "id");
            let Some(was) = old.iter().find(|own| text(own, "id") == id) else {
                self.say(name, format!("{what}, added: “{}”", text(entry, "label")));
                continue;
            };
            let mut members: Vec<&String> = was.keys().chain(entry.keys()).gather();
            members.sort();
            members.dedup();
            for member in members {
                let part = format!("{what}, “{}”, {member}", text(was, "label"));
                self.now(name, &part, &text(was, member), &text(entry, member));
            }
        }
        let kept = |ids: &[String], of: &[String]| -> Vec<String> {
            ids.iter().filter(|id| of.contains(id)).cloned().gather()
        };
        if kept(&before, &now) != kept(&now, &before) {
            self.say(name, format!("{what}: in another order"));
        }
    }

    fn parameters(&mut self, old: &Source, new: &Source) {
        let value = |setting: &Setting| words(&setting.value);
        for (name, setting) in
            old.parameters.iter().filter(|(name, _)| new.parameter(name).is_none())
        {
            self.say("parameters", format!("Limit taken out: {name} ({})", value(setting)));
        }
        for (name, setting) in &new.parameters {
            let Some(was) = old.parameter(name) else {
                self.say("parameters", format!("Limit added: {name}, {}", value(setting)));
                continue;
            };
            self.now("parameters", &format!("Limit {name}"), &value(was), &value(setting));
            self.now("parameters", &format!("Limit {name}, source"), &was.source, &setting.source);
            let (before, now) = (maybe(was.since.as_ref()), maybe(setting.since.as_ref()));
            self.now("parameters", &format!("Limit {name}, holds from"), &before, &now);
        }
    }

    fn workbooks(&mut self, old: &Source, new: &Source) {
        let cells = |of: &Source| -> Vec<(String, String)> {
            let all = of.workbooks.iter();
            all.map(|own| (own.title.clone(), format!("{} {:?}", own.template, own.blocks)))
                .gather()
        };
        let (old, new) = (cells(old), cells(new));
        for (title, _) in old.iter().filter(|(title, _)| !new.iter().any(|(now, _)| now == title)) {
            self.say("workbook", format!("Workbook taken out: “{title}”"));
        }
        for (title, cells) in &new {
            match old.iter().find(|(was, _)| was == title) {
                None => self.say("workbook", format!("Workbook added: “{title}”")),
                Some((_, was)) if was != cells => {
                    self.say("workbook", format!("Workbook “{title}”: its cells changed"));
                }
                Some(_) => {}
            }
        }
    }
}

/// A text in quotes; nothing in words.
fn quoted(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { format!("“{text}”") }
}

fn yes_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

fn approval(value: Approval) -> &'static str {
    match value {
        Approval::Countersigned => "countersigned",
        Approval::Declared => "declared",
    }
}

fn unknown_signer(value: UnknownSigner) -> &'static str {
    match value {
        UnknownSigner::Count => "count",
        UnknownSigner::Hold => "hold",
    }
}

fn kinds(kinds: &[String]) -> String {
    if kinds.is_empty() { "nobody".to_owned() } else { kinds.join(", ") }
}

fn maybe(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

/// An id as words: `staff_groups` is “Staff groups”.
fn sentence(id: &str) -> String {
    let words = id.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn text(entry: &Map, member: &str) -> String {
    entry.get(member).map(words).unwrap_or_default()
}

/// A value of a collection as people write it.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(value) => yes_no(*value).to_owned(),
        Value::Array(items) => items.iter().map(words).gather().join(", "),
        other => crate::json::canonical(other),
    }
}
