//! Sections, fields, columns and tables: the members that each kind needs, and those it cannot have.

use super::super::fault::{Fault, Step, way};
use super::super::source::{Field, FieldKind, Source};
use super::rules::is_rule_id;
use super::{longer, once};
use std::collections::BTreeSet;

/// The purposes of an input that ask for the person who fills it in, as HTML names them (WCAG 2.2, 1.3.5).
const PURPOSES: [&str; 12] = [
    "additional-name",
    "email",
    "family-name",
    "given-name",
    "honorific-prefix",
    "honorific-suffix",
    "name",
    "nickname",
    "organization",
    "organization-title",
    "tel",
    "username",
];

pub(super) fn lint(source: &Source, faults: &mut Vec<Fault>) {
    for (s, section) in source.sections.iter().enumerate() {
        if section.title.trim().is_empty() {
            let help = "Give it the heading that people read.";
            faults.push(Fault::new(way!["section", s, "title"], "a section without a title", help));
        }
        let mut ids = BTreeSet::new();
        for (f, field) in section.fields.iter().enumerate() {
            let way = way!["section", s, "field", f].to_vec();
            once(&mut ids, &field.id, &longer(&way, way!["id"]), faults);
            let mut look = Look { field, way: &way, faults };
            look.common();
            if field.kind == FieldKind::Table {
                table(field, &way, faults);
            } else {
                look.no_table();
            }
        }
    }
}

struct Look<'a> {
    field: &'a Field,
    way: &'a [Step],
    faults: &'a mut Vec<Fault>,
}

impl Look<'_> {
    fn say(&mut self, member: &str, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault::new(&longer(self.way, way![member]), message, help));
    }

    /// What is the same for a question, a column and a table.
    fn common(&mut self) {
        let field = self.field;
        if field.label.trim().is_empty() {
            self.say("label", format!("“{}” has no label", field.id), "Say what is asked.");
        }
        if !field.guidance.iter().any(|text| !text.trim().is_empty()) {
            let message = format!("“{}” has no guidance", field.label);
            self.say("guidance", message, "Say what to count or answer, and what not.");
        }
        self.filled();
        self.options();
        self.bounds();
        if field.required && field.required_when.is_some() {
            self.say(
                "required_when",
                "required always, and under a condition",
                "Keep required = true, or the condition.",
            );
        }
        let purpose = field.autocomplete.as_str();
        if !purpose.is_empty() && !PURPOSES.contains(&purpose) {
            let help = format!("Write one of {}, or leave it out.", PURPOSES.join(", "));
            self.say("autocomplete", format!("autocomplete is “{purpose}”"), help);
        }
        let same = field.short.trim() == field.label.trim();
        if !field.short.is_empty() && (same || field.short.trim().is_empty()) {
            let help = "Give a heading of two or three words, or leave it out.";
            self.say("short", "a short heading that says no other than the label", help);
        }
    }

    fn filled(&mut self) {
        let field = self.field;
        if field.prefill.is_some() && field.default.is_some() {
            self.say(
                "default",
                "both prefill and default",
                "Keep prefill where nobody types the answer, default where people can change it.",
            );
        }
        let is_table = field.kind == FieldKind::Table;
        if field.carry && (is_table || field.prefill.is_some()) {
            self.say(
                "carry",
                "carry on what nobody types",
                "Set it on questions and columns that people answer.",
            );
        }
        if is_table && (field.prefill.is_some() || field.default.is_some()) {
            let member = if field.prefill.is_some() { "prefill" } else { "default" };
            self.say(member, "nothing fills a table", "Leave it out.");
        }
    }

    fn options(&mut self) {
        let field = self.field;
        let is_choice = matches!(field.kind, FieldKind::Choice | FieldKind::Choices);
        let own = !field.options.is_empty();
        if !is_choice && (own || field.options_from.is_some()) {
            let member = if own { "options" } else { "options_from" };
            let help = "Set type = \"choice\" or \"choices\", or leave them out.";
            self.say(member, "only a choice has options", help);
        }
        if own && field.options_from.is_some() {
            let help = "Keep one of them.";
            self.say("options_from", "both options and options_from", help);
        }
        let mut ids = BTreeSet::new();
        for (number, choice) in field.options.iter().enumerate() {
            let way = longer(self.way, way!["options", number]);
            once(&mut ids, &choice.id, &longer(&way, way!["id"]), self.faults);
            if choice.label.trim().is_empty() {
                let message = format!("the option “{}” has no label", choice.id);
                let help = "Say what people read.";
                self.faults.push(Fault::new(&longer(&way, way!["label"]), message, help));
            }
        }
    }

    fn bounds(&mut self) {
        let field = self.field;
        let has = matches!(
            field.kind,
            FieldKind::Count
                | FieldKind::Duration
                | FieldKind::Email
                | FieldKind::Line
                | FieldKind::Text
        );
        let bounds = [("min", field.min), ("max", field.max)];
        let given = bounds.into_iter().filter_map(|(name, bound)| bound.map(|bound| (name, bound)));
        for (name, bound) in given {
            if !has {
                let help = "Leave it out: only figures and texts have a least and a most.";
                self.say(name, format!("an answer of this type has no {name}"), help);
            } else if bound < 0 {
                self.say(name, format!("{name} is {bound}"), "Give 0 or more.");
            }
        }
        if let (Some(min), Some(max)) = (field.min, field.max)
            && min > max
        {
            self.say("min", format!("min {min} is more than max {max}"), "Swap them.");
        }
    }

    /// What only a table has.
    fn no_table(&mut self) {
        let field = self.field;
        if !field.columns.is_empty() || !field.keys.is_empty() {
            let member = if field.keys.is_empty() { "column" } else { "keys" };
            self.say(member, "only a table has keys and columns", "Set type = \"table\".");
        }
        let members = [
            ("key_columns", !field.key_columns.is_empty()),
            ("row_label", !field.row_label.is_empty()),
            ("row_when", field.row_when.is_some()),
            ("max_rows", field.max_rows.is_some()),
            ("outside", !field.outside.is_empty()),
            ("missing", !field.missing.is_empty()),
            ("duplicate", !field.duplicate.is_empty()),
        ];
        for (member, _) in members.into_iter().filter(|(_, given)| *given) {
            let help = "Set type = \"table\", or leave it out.";
            self.say(member, format!("only a table has {member}"), help);
        }
    }
}

fn table(field: &Field, way: &[Step], faults: &mut Vec<Fault>) {
    if field.keys.is_empty() == field.key_columns.is_empty() || field.max_rows.is_none() {
        faults.push(Fault::new(
            way,
            "a table needs max_rows, and either keys or key_columns",
            "Add keys = [{ id = …, label = …, list = … }], or key_columns where people add rows.",
        ));
    }
    if field.columns.is_empty() {
        let help = "Add [[section.field.column]], one for each figure or answer of a row.";
        faults.push(Fault::new(way, "a table without columns", help));
    }
    rule_ids(field, way, faults);
    let mut ids = BTreeSet::new();
    for (number, key) in field.keys.iter().enumerate() {
        once(&mut ids, &key.id, &longer(way, way!["keys", number, "id"]), faults);
    }
    for (number, column) in field.columns.iter().enumerate() {
        let way = longer(way, way!["column", number]);
        once(&mut ids, &column.id, &longer(&way, way!["id"]), faults);
        let mut look = Look { field: column, way: &way, faults };
        look.common();
        if column.kind == FieldKind::Table {
            look.say("type", "a table inside a table", "Make it a table of its own.");
        } else {
            look.no_table();
        }
        for (member, given) in [("prefill", &column.prefill), ("default", &column.default)] {
            if given.is_some() {
                look.say(member, "nothing fills a column", "Leave it out, or calculate it.");
            }
        }
        if field.key_columns.contains(&column.id) && !column.required {
            let message = format!("“{}” names the rows and is not required", column.id);
            look.say("required", message, "Add required = true.");
        }
    }
}

/// The rules that are named where a row is not in the lists, left out, or there twice.
fn rule_ids(field: &Field, way: &[Step], faults: &mut Vec<Fault>) {
    let of_lists = !field.keys.is_empty();
    let all = [
        ("outside", &field.outside, of_lists, "that is not in the lists"),
        ("missing", &field.missing, of_lists, "that is left out"),
        ("duplicate", &field.duplicate, true, "that is there twice"),
    ];
    for (member, id, is_needed, row) in all {
        let way = longer(way, way![member]);
        if id.is_empty() && is_needed {
            let message = format!("the table names no rule for a row {row}");
            faults.push(Fault::new(&way, message, format!("Add {member} = \"…\", a rule id.")));
        } else if !id.is_empty() && !is_needed {
            let message = format!("{member}, and people add the rows");
            faults.push(Fault::new(&way, message, "Leave it out: only rows from lists have it."));
        } else if !id.is_empty() && !is_rule_id(id) {
            faults.push(super::rules::not_a_rule_id(id, &way));
        }
    }
}
