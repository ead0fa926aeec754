//! Figures that somebody typed in or pasted, without a draft file: they become the draft that the organisation would have
//! saved.
//!
//! In: whose return it is, and texts by the ids of answers. Out: the draft, or what of it could not be read. Only what has a
//! figure is asked for: who prepared and who agreed it, only the organisation itself can say.

use super::collation::Operator;
use super::entered::{as_of, form, is_about_person, is_of_the_sender};
use super::owed::organisations;
use crate::answers::{Answer, Place, Scalar, entry, row_keys};
use crate::check::{self, Checked, Mistake, Mistakes};
use crate::collection::Form;
use crate::file::{Draft, DraftFile};
use crate::template::source::{Field, SectionKind};
use crate::template::{FieldKind, Severity};
use crate::time::Instant;
use std::rc::Rc;

/// The words with which an answer is not known, where its question takes that.
pub const NOT_KNOWN: &str = "not known";
/// Why it is not known: what whoever was asked said.
const WHY_NOT_KNOWN: &str = "It was not known when the figures were given.";

/// Figures while they are typed.
#[derive(Clone, Debug)]
pub struct Typed {
    draft: Draft,
    at: Instant,
    mistakes: Mistakes,
    checked: Checked,
    /// Questions of several answers that the collection answered: nobody has to be asked them.
    kept: Vec<Place>,
}

impl Typed {
    /// Begins with nothing answered. `organisation` is an ODS code, in capitals or not; `stage` is empty where the collection
    /// asks at no stages; `at` is when the figures were given.
    ///
    /// # Errors
    /// Where the collection has no such return, or the organisation is not in its list; a sentence without its full stop.
    pub fn begin(
        operator: &Operator<'_>,
        organisation: &str,
        (template, stage): (&str, &str),
        at: Instant,
    ) -> Result<Self, String> {
        let stage = Some(stage).filter(|stage| !stage.is_empty());
        if form(&operator.bench, template, stage).is_none() {
            return Err(format!("this collection has no return “{template}” of that stage"));
        }
        let mut forms = operator.bench.set.forms().iter();
        let form = forms.find(|own| {
            own.collection.source().id == operator.bench.collection
                && own.template.source().id == template
                && own.stage == stage
        });
        let code = organisation.trim().to_ascii_uppercase();
        let own = organisations(operator).and_then(|all| all.by_code(&code));
        let (Some(form), Some(own)) = (form, own) else {
            return Err(format!("no organisation of this collection has the code “{code}”"));
        };
        let owes = operator.expected.and_then(|list| list.of(&code));
        let mut draft = Draft::new(Rc::clone(form), own.clone(), owes, at);
        let at = as_of(&draft, at);
        draft.fill(at);
        let mistakes = Mistakes::new();
        let checked = check::check(&draft.subject(at, &mistakes));
        let mut typed = Self { draft, at, mistakes, checked, kept: Vec::new() };
        let is_kept = |place: &Place| {
            let field = place.field(&typed.draft.form);
            field.is_some_and(|field| field.kind == FieldKind::Choices)
                && *typed.draft.answers.at(*place) != Answer::Unanswered
        };
        typed.kept = typed.places().into_iter().filter(is_kept).collect();
        Ok(typed)
    }

    /// The form that is filled in.
    pub fn form(&self) -> &Form {
        &self.draft.form
    }

    /// The ODS code of the organisation, and its name.
    pub fn organisation(&self) -> (&str, &str) {
        (&self.draft.organisation.code, &self.draft.organisation.name)
    }

    /// What is asked, in the order of the template: what is hidden by other answers comes when they are typed.
    pub fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        let sections = &self.draft.form.template.source().sections;
        for (section, source) in sections.iter().enumerate() {
            if source.kind == SectionKind::Declared {
                continue;
            }
            for (field, source) in source.fields.iter().enumerate() {
                if source.kind != FieldKind::Table {
                    self.put_asked(Place::plain(section, field), &mut places);
                    continue;
                }
                for row in 0..self.draft.answers.rows(section, field).len() {
                    for column in 0..source.columns.len() {
                        self.put_asked(Place::cell(section, field, row, column), &mut places);
                    }
                }
            }
        }
        places
    }

    fn put_asked(&self, place: Place, places: &mut Vec<Place>) {
        let Some(field) = place.field(&self.draft.form) else { return };
        let is_given =
            field.prefill.is_some() || is_about_person(field) || self.kept.contains(&place);
        if !is_given && self.checked.asked().place(&self.draft.form, place) {
            places.push(place);
        }
    }

    /// The id of a place.
    pub fn id(&self, place: Place) -> String {
        place.id(&self.draft.form, &self.draft.answers)
    }

    /// What is asked at a place, in words: the row and the column, or the question.
    pub fn words(&self, place: Place) -> String {
        let label = place.field(&self.draft.form).map_or("", |field| &field.label);
        let row = self.row_words(place);
        if row.is_empty() { label.to_owned() } else { [&row, ", ", label].concat() }
    }

    /// The row of a cell in words; empty for a plain question.
    pub fn row_words(&self, place: Place) -> String {
        let Some((row, _)) = place.cell else { return String::new() };
        let (form, answers) = (&self.draft.form, &self.draft.answers);
        let mut words = String::new();
        for key in row_keys(form, answers, place.section, place.field, row) {
            if !words.is_empty() {
                words.push_str(", ");
            }
            words.push_str(&key.label);
        }
        words
    }

    /// What is answered at a place, as it would be typed.
    pub fn text(&self, place: Place) -> String {
        match self.draft.answers.at(place) {
            Answer::NotApplicable | Answer::Unanswered => String::new(),
            Answer::NotKnown(_) => NOT_KNOWN.to_owned(),
            Answer::Value(Scalar::Bool(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
            Answer::Value(Scalar::Int(number)) => number.to_string(),
            Answer::Value(Scalar::List(ids)) => ids.join(","),
            Answer::Value(Scalar::Text(text)) => text.clone(),
        }
    }

    /// Takes what stands for an answer, by its id. In a table whose rows people add, the number after its last row adds one.
    /// False where nothing of this id is asked of a sender.
    pub fn put(&mut self, id: &str, text: &str) -> bool {
        let Some(place) = self.place(id) else { return false };
        let form = Rc::clone(&self.draft.form);
        let Some(field) = place.field(&form) else { return false };
        let is_declared = form.template.source().sections.get(place.section);
        let is_declared = is_declared.is_none_or(|own| own.kind == SectionKind::Declared);
        if is_declared || field.kind == FieldKind::Table || field.prefill.is_some() {
            return false;
        }
        let typed = text.trim();
        self.mistakes.remove(&place);
        let read = if field.not_known && typed.eq_ignore_ascii_case(NOT_KNOWN) {
            Ok(Answer::NotKnown(WHY_NOT_KNOWN.to_owned()))
        } else {
            entry::read(&form, field, &stored(&form, field, typed))
        };
        let answer = read.unwrap_or_else(|kind| {
            self.mistakes.insert(place, Mistake { kind, typed: typed.to_owned() });
            Answer::Unanswered
        });
        self.draft.answers.set(place, answer);
        true
    }

    fn place(&mut self, id: &str) -> Option<Place> {
        let form = Rc::clone(&self.draft.form);
        if let Some(place) = Place::parse(id, &form, &self.draft.answers) {
            return Some(place);
        }
        let mut steps = id.split('.');
        let (section, field, row) = (steps.next()?, steps.next()?, steps.next()?);
        let table = Place::parse(&[section, ".", field].concat(), &form, &self.draft.answers)?;
        let rows = self.draft.answers.rows(table.section, table.field).len();
        if row != rows.saturating_add(1).to_string() {
            return None;
        }
        self.draft.answers.add_row(&form, table.section, table.field)?;
        Place::parse(id, &form, &self.draft.answers)
    }

    /// Checks what was typed so far, and asks what it leads to.
    pub fn check(&mut self) {
        self.draft.fill(self.at);
        self.checked = check::check(&self.draft.subject(self.at, &self.mistakes));
    }

    /// What stops these figures from counting: where it is shown, and in words. Nothing that only the organisation itself can say.
    pub fn faults(&self) -> Vec<(Option<Place>, String)> {
        let mut faults = Vec::new();
        for found in self.checked.findings() {
            if found.severity == Severity::Error && !is_of_the_sender(found, &self.draft) {
                faults.push((found.places.first().copied(), found.message.clone()));
            }
        }
        faults
    }

    /// Whether something was typed that cannot be read as an answer, and where, with the words for it.
    pub fn unread(&self) -> Option<(Place, String)> {
        let mut found =
            self.checked.findings().iter().filter(|own| own.severity == Severity::Error);
        found.find_map(|own| {
            let place = own.places.iter().find(|place| self.mistakes.contains_key(place))?;
            Some((*place, own.message.clone()))
        })
    }

    /// The figures as the draft that the organisation would have saved; none where it does not read back.
    pub fn draft(&self) -> Option<DraftFile> {
        DraftFile::read(self.draft.write(self.at).as_bytes()).ok()
    }
}

/// A text as its field stores it: an option may be given by its words, yes and no in capitals.
fn stored(form: &Form, field: &Field, typed: &str) -> String {
    match field.kind {
        FieldKind::YesNo => typed.to_ascii_lowercase(),
        FieldKind::Choice => {
            let mut options = form.options(field).iter();
            let found = options.find(|own| own.label.eq_ignore_ascii_case(typed));
            found.map_or(typed, |own| &own.id).to_owned()
        }
        _ => typed.to_owned(),
    }
}
