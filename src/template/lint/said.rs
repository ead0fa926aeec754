//! Everything that a template says to people, held against the house rules of wording.

use super::super::fault::{Fault, Step, way};
use super::super::source::{Field, How, Source};
use super::super::wording::complaints;
use super::longer;

struct Said<'f> {
    faults: &'f mut Vec<Fault>,
}

impl Said<'_> {
    fn text(&mut self, way: &[Step], text: &str) {
        let found = complaints(text).into_iter();
        self.faults.extend(found.map(|(message, help)| Fault::new(way, message, help)));
    }

    /// A member, and its way under that of what it belongs to.
    fn member(&mut self, way: &[Step], name: &str, text: &str) {
        self.text(&longer(way, way![name]), text);
    }

    fn paragraphs(&mut self, way: &[Step], texts: &[String]) {
        for (number, text) in texts.iter().enumerate() {
            self.text(&longer(way, way!["guidance", number]), text);
        }
    }

    fn field(&mut self, way: &[Step], field: &Field) {
        let not_applicable = field.not_applicable.as_deref().unwrap_or_default();
        for (name, text) in [
            ("label", field.label.as_str()),
            ("short", &field.short),
            ("hint", &field.hint),
            ("unit", &field.unit),
            ("row_label", &field.row_label),
            ("not_applicable", not_applicable),
        ] {
            self.member(way, name, text);
        }
        self.paragraphs(way, &field.guidance);
        for (number, choice) in field.options.iter().enumerate() {
            let way = longer(way, way!["options", number]);
            self.member(&way, "label", &choice.label);
            self.member(&way, "hint", &choice.hint);
        }
        for (number, key) in field.keys.iter().enumerate() {
            self.text(&longer(way, way!["keys", number, "label"]), &key.label);
        }
        for (number, column) in field.columns.iter().enumerate() {
            self.field(&longer(way, way!["column", number]), column);
        }
    }

    fn values(&mut self, source: &Source) {
        for (number, group) in source.groups.iter().enumerate() {
            self.text(way!["group", number, "label"], &group.label);
        }
        for (number, item) in source.calculated.iter().enumerate() {
            let way = way!["calculated", number].to_vec();
            self.member(&way, "label", &item.label);
            self.member(&way, "short", &item.short);
            self.member(&way, "unit", &item.unit);
            self.paragraphs(&way, &item.guidance);
            for (index, band) in item.bands.iter().enumerate() {
                self.text(&longer(&way, way!["bands", index, "label"]), &band.label);
            }
            if let How::Grade(grades) = &item.how {
                for (index, grade) in grades.iter().enumerate() {
                    self.text(&longer(&way, way!["grade", index, "because"]), &grade.because);
                }
            }
        }
    }
}

pub(super) fn lint(source: &Source, faults: &mut Vec<Fault>) {
    let mut said = Said { faults };
    said.text(way!["title"], &source.title);
    said.text(way!["purpose"], &source.purpose);
    for (number, list) in source.lists.iter().enumerate() {
        for (index, entry) in list.entries.iter().enumerate() {
            for (name, text) in entry {
                let text = text.as_str().unwrap_or_default();
                said.text(way!["list", number, "entries", index, name.as_str()], text);
            }
        }
    }
    for (number, parameter) in source.parameters.iter().enumerate() {
        said.text(way!["parameter", number, "meaning"], &parameter.meaning);
    }
    for (number, input) in source.inputs.iter().enumerate() {
        said.text(way!["input", number, "label"], &input.label);
    }
    for (s, section) in source.sections.iter().enumerate() {
        let way = way!["section", s].to_vec();
        said.member(&way, "title", &section.title);
        said.paragraphs(&way, &section.guidance);
        for (f, field) in section.fields.iter().enumerate() {
            said.field(&longer(&way, way!["field", f]), field);
        }
    }
    said.values(source);
    for (number, rule) in source.rules.iter().enumerate() {
        said.text(way!["rule", number, "message"], &rule.message);
        said.text(way!["rule", number, "source"], &rule.source);
    }
    for (number, fault) in source.faults.iter().enumerate() {
        said.text(way!["fault", number, "message"], &fault.message);
    }
}
