//! What a collation keeps of one return: what its picture looks at, and no more, so that ten thousand returns are small.

use super::picture::{By, Grid, Picture, Tally};
use crate::answers::{Answer, Answers, Place, Scalar, row_keys};
use crate::check::{Checked, Worked};
use crate::collection::Form;
use crate::rule::{State, Value};
use crate::template::source::{Calculated, Field, Scope};
use crate::time::Date;

/// A figure of one return.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Amount {
    /// A sum of what is known, and how many of its parts are not known.
    Known {
        /// The sum.
        value: i64,
        /// How many parts are not known, or not answered.
        not_known: i64,
    },
    /// The question does not apply there.
    NotApplicable,
    /// Nothing of it is known.
    NotKnown,
}

/// A measure of one return: whole, or what it is for one entry of what it is divided by.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Part {
    /// The measure, by number in the picture.
    pub measure: usize,
    /// By what it is divided, by number in the measure; none for the whole.
    pub by: Option<usize>,
    /// The entry’s id; empty for the whole.
    pub entry: String,
    /// The figure.
    pub amount: Amount,
}

/// Something of a row, as it is stored and in words.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Told {
    /// As it is stored: an id, a number, a text; empty where it is not answered.
    pub id: String,
    /// In words.
    pub words: String,
}

/// The rating of one line of a grid.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
    /// The grid, by number in the picture.
    pub grid: usize,
    /// The line.
    pub line: Told,
    /// The organisation it is about, where that is not the one that sent it.
    pub organisation: String,
    /// The rating.
    pub rating: Told,
    /// What explains it, in the order of the grid.
    pub facts: Vec<Told>,
}

/// How often rows answer the same.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Counted {
    /// The tally, by number in the picture.
    pub tally: usize,
    /// What they answer, in the order of the tally.
    pub keys: Vec<Told>,
    /// How many rows.
    pub rows: i64,
}

/// A result of the whole return.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Outcome {
    /// The calculated value, by id.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What it is.
    pub told: Told,
}

/// What a collation keeps of one return.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Facts {
    /// Whether it says that there is nothing to report; none where it is not asked, or not answered.
    pub nil: Option<bool>,
    /// Its measures.
    pub parts: Vec<Part>,
    /// Its ratings.
    pub lines: Vec<Line>,
    /// Its rows, counted.
    pub counted: Vec<Counted>,
    /// Its results.
    pub outcomes: Vec<Outcome>,
}

impl Facts {
    /// A measure as a whole.
    pub fn whole(&self, measure: usize) -> Option<Amount> {
        let mut parts = self.parts.iter();
        parts.find(|part| part.measure == measure && part.by.is_none()).map(|part| part.amount)
    }
}

/// A checked return, to be looked at by the ids of its template.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The template in its collection.
    pub form: &'a Form,
    /// What was answered.
    pub answers: &'a Answers,
    /// What a check found.
    pub checked: &'a Checked,
}

impl<'a> Look<'a> {
    /// Everything that a picture looks at.
    pub fn facts(&self, picture: &Picture) -> Facts {
        let mut facts = Facts { nil: self.nil(picture), ..Facts::default() };
        for (number, measure) in picture.measures.iter().enumerate() {
            let amount = self.whole(&measure.whole);
            facts.parts.push(Part { measure: number, by: None, entry: String::new(), amount });
            // A nil return may leave its figures out: where it says that nothing is not known, a blank is 0.
            let all_known = matches!(amount, Amount::Known { not_known: 0, .. });
            let nothing = facts.nil == Some(true) && all_known;
            for (by, source) in measure.by.iter().enumerate() {
                for (entry, amount) in self.divided(source) {
                    let amount = match amount {
                        Amount::NotKnown if nothing => Amount::Known { value: 0, not_known: 0 },
                        amount => amount,
                    };
                    facts.parts.push(Part { measure: number, by: Some(by), entry, amount });
                }
            }
        }
        for (number, grid) in picture.grids.iter().enumerate() {
            self.lines(number, grid, &mut facts.lines);
        }
        for (number, tally) in picture.tallies.iter().enumerate() {
            self.count(number, tally, &mut facts.counted);
        }
        facts.outcomes = picture.results.iter().filter_map(|id| self.outcome(id)).collect();
        facts
    }

    fn nil(&self, picture: &Picture) -> Option<bool> {
        let place = Place::parse(picture.nil.as_deref()?, self.form, self.answers)?;
        match self.answers.at(place) {
            Answer::Value(Scalar::Bool(nil)) => Some(*nil),
            _ => None,
        }
    }

    /// A calculated value of the whole return, or the answer to one question, as a figure.
    fn whole(&self, id: &str) -> Amount {
        if !id.contains('.') {
            return self.total(id).map_or(Amount::NotApplicable, |(_, worked)| amount(worked));
        }
        let place = Place::parse(id, self.form, self.answers);
        place.map_or(Amount::NotApplicable, |place| self.answered(place))
    }

    /// The answer at a place, as a figure.
    fn answered(&self, place: Place) -> Amount {
        if !self.checked.asked().place(self.form, place) {
            return Amount::NotApplicable;
        }
        match self.answers.at(place) {
            Answer::Value(Scalar::Int(value)) => Amount::Known { value: *value, not_known: 0 },
            Answer::NotApplicable => Amount::NotApplicable,
            _ => Amount::NotKnown,
        }
    }

    fn total(&self, id: &str) -> Option<(&'a Calculated, &'a Worked)> {
        let (number, source) = self.calculated(id)?;
        let mut totals = self.checked.values().totals.iter();
        Some((source, totals.find(|worked| worked.index == number)?))
    }

    fn calculated(&self, id: &str) -> Option<(usize, &'a Calculated)> {
        let mut all = self.form.template.source().calculated.iter().enumerate();
        all.find(|(_, calculated)| calculated.id == id)
    }

    fn outcome(&self, id: &str) -> Option<Outcome> {
        let (source, worked) = self.total(id)?;
        let told = told(source, worked);
        Some(Outcome { id: id.to_owned(), label: source.label.clone(), told })
    }

    /// A measure by one key: the entries in the order of the table, each once.
    fn divided(&self, by: &By) -> Vec<(String, Amount)> {
        match self.calculated(&by.value) {
            Some((number, source)) if source.scope == Scope::Group => self.of_groups(number, by),
            _ => self.of_rows(by),
        }
    }

    fn of_groups(&self, calculated: usize, by: &By) -> Vec<(String, Amount)> {
        let mut found = Vec::new();
        for group in self.checked.values().groups.iter().flatten() {
            if let Some(worked) = group.values.iter().find(|worked| worked.index == calculated)
                && let Some(entry) = group.heading(self.form).keys.get(&by.key)
            {
                found.push((entry.clone(), amount(worked)));
            }
        }
        found
    }

    fn of_rows(&self, by: &By) -> Vec<(String, Amount)> {
        let mut found: Vec<(String, Amount)> = Vec::new();
        let Some(table) = self.table(&by.table) else { return found };
        for row in self.asked_rows(table) {
            let entry = self.at(table, row, &by.key).id;
            let own = self.figure(table, row, &by.value);
            match found.iter_mut().find(|(known, _)| *known == entry) {
                Some((_, sum)) => *sum = sum.and(own),
                None => found.push((entry, own)),
            }
        }
        found
    }

    /// The section and field of a table, by number.
    fn table(&self, id: &str) -> Option<(usize, usize)> {
        let place = Place::parse(id, self.form, self.answers)?;
        place.cell.is_none().then_some((place.section, place.field))
    }

    /// The rows of a table that are asked.
    fn asked_rows(&self, (section, field): (usize, usize)) -> Vec<usize> {
        let rows = 0..self.answers.rows(section, field).len();
        rows.filter(|row| self.checked.asked().row(self.form, section, field, *row)).collect()
    }

    fn columns(&self, (section, field): (usize, usize)) -> &'a [Field] {
        let sections = &self.form.template.source().sections;
        let table = sections.get(section).and_then(|section| section.fields.get(field));
        table.map_or(&[], |table| table.columns.as_slice())
    }

    /// A calculated value of a row.
    fn worked(
        &self,
        (section, field): (usize, usize),
        row: usize,
        id: &str,
    ) -> Option<(&'a Calculated, &'a Worked)> {
        let (number, source) = self.calculated(id)?;
        let tables = &self.form.template.plan().tables;
        let table =
            tables.iter().position(|plan| plan.section == section && plan.field == field)?;
        let values = self.checked.values().rows.get(table)?.get(row)?;
        Some((source, values.iter().find(|worked| worked.index == number)?))
    }

    /// A column or calculated value of a row, as a figure.
    fn figure(&self, table: (usize, usize), row: usize, id: &str) -> Amount {
        if let Some((_, worked)) = self.worked(table, row, id) {
            return amount(worked);
        }
        let Some(column) = self.columns(table).iter().position(|column| column.id == id) else {
            return Amount::NotApplicable;
        };
        self.answered(Place::cell(table.0, table.1, row, column))
    }

    /// A key, a column or a calculated value of a row, as it is stored and in words.
    fn at(&self, table: (usize, usize), row: usize, id: &str) -> Told {
        let keys = row_keys(self.form, self.answers, table.0, table.1, row);
        if let Some(key) = keys.iter().find(|key| key.key == id) {
            return Told { id: key.entry.to_owned(), words: key.label.to_string() };
        }
        if let Some((source, worked)) = self.worked(table, row, id) {
            return told(source, worked);
        }
        let Some(column) = self.columns(table).iter().position(|column| column.id == id) else {
            return Told::default();
        };
        let place = Place::cell(table.0, table.1, row, column);
        match place.field(self.form) {
            Some(field) if self.checked.asked().place(self.form, place) => {
                said(self.form, field, self.answers.at(place))
            }
            _ => Told::default(),
        }
    }

    fn lines(&self, number: usize, grid: &Grid, lines: &mut Vec<Line>) {
        if let Some((rating, source)) = self.calculated(&grid.rating)
            && source.scope == Scope::Group
        {
            self.group_lines(number, grid, rating, lines);
            return;
        }
        let Some(table) = self.table(&grid.table) else { return };
        for row in self.asked_rows(table) {
            let rating = self.at(table, row, &grid.rating);
            if rating.id.is_empty() {
                // The organisation does not provide it, or has not rated it.
                continue;
            }
            let about = grid.organisation.as_deref();
            lines.push(Line {
                grid: number,
                line: self.at(table, row, &grid.line),
                organisation: about.map(|id| self.at(table, row, id).id).unwrap_or_default(),
                rating,
                facts: grid.facts.iter().map(|id| self.at(table, row, id)).collect(),
            });
        }
    }

    /// The lines of a grid whose rating is of groups of rows.
    fn group_lines(&self, number: usize, grid: &Grid, rating: usize, lines: &mut Vec<Line>) {
        for group in self.checked.values().groups.iter().flatten() {
            let value = |wanted: usize| {
                let worked = group.values.iter().find(|worked| worked.index == wanted)?;
                let source = self.form.template.source().calculated.get(wanted)?;
                Some(told(source, worked))
            };
            let heading = group.heading(self.form);
            let place = heading.keys.iter().position(|(key, _)| *key == grid.line);
            let entry = heading.keys.get(&grid.line).zip(place);
            let (Some(rating), Some((id, place))) = (value(rating), entry) else { continue };
            let words = heading.labels.get(place).unwrap_or(id);
            let fact = |id: &String| {
                let found = self.calculated(id).and_then(|(fact, _)| value(fact));
                found.unwrap_or_default()
            };
            lines.push(Line {
                grid: number,
                line: Told { id: id.clone(), words: words.clone() },
                organisation: String::new(),
                rating,
                facts: grid.facts.iter().map(fact).collect(),
            });
        }
    }

    fn count(&self, number: usize, tally: &Tally, counted: &mut Vec<Counted>) {
        let Some(table) = self.table(&tally.table) else { return };
        let first = counted.len();
        for row in self.asked_rows(table) {
            let keys: Vec<Told> = tally.by.iter().map(|id| self.at(table, row, id)).collect();
            if keys.iter().any(|key| key.id.is_empty()) {
                continue;
            }
            let known = counted.get_mut(first..).unwrap_or_default();
            match known.iter_mut().find(|known| known.keys == keys) {
                Some(known) => known.rows += 1,
                None => counted.push(Counted { tally: number, keys, rows: 1 }),
            }
        }
    }
}

impl Amount {
    /// Both together. What does not apply adds nothing; what is not known is a part that is not known.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::NotApplicable, one) | (one, Self::NotApplicable) => one,
            (Self::NotKnown, Self::NotKnown) => Self::NotKnown,
            (Self::NotKnown, Self::Known { value, not_known })
            | (Self::Known { value, not_known }, Self::NotKnown) => {
                Self::Known { value, not_known: not_known.saturating_add(1) }
            }
            (Self::Known { value, not_known }, Self::Known { value: more, not_known: less }) => {
                Self::Known {
                    value: value.saturating_add(more),
                    not_known: not_known.saturating_add(less),
                }
            }
        }
    }
}

fn amount(worked: &Worked) -> Amount {
    match &worked.value {
        Value::Int(value) => Amount::Known { value: *value, not_known: worked.unknown },
        Value::Unknown(State::NotApplicable) => Amount::NotApplicable,
        _ => Amount::NotKnown,
    }
}

/// A calculated value as it is stored and in words.
fn told(source: &Calculated, worked: &Worked) -> Told {
    let id = match &worked.value {
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Date(days) => Date::from_days(*days).map(|d| d.to_string()).unwrap_or_default(),
        Value::Int(number) => number.to_string(),
        Value::Text(text) => text.to_string(),
        _ => String::new(),
    };
    let words = match (&worked.value, worked.band(source)) {
        (_, Some(band)) => band.label.clone(),
        (Value::Int(number), None) => crate::check::with_decimals(*number, source.decimals),
        _ => id.clone(),
    };
    Told { id, words }
}

/// An answer as it is stored and in words.
fn said(form: &Form, field: &Field, answer: &Answer) -> Told {
    let Answer::Value(scalar) = answer else { return Told::default() };
    let label = |id: &String| {
        let option = form.options(field).iter().find(|option| option.id == *id);
        option.map_or_else(|| id.clone(), |option| option.label.clone())
    };
    match scalar {
        Scalar::Bool(flag) => {
            let words = if *flag { "yes" } else { "no" };
            Told { id: words.to_owned(), words: words.to_owned() }
        }
        Scalar::Int(number) => Told { id: number.to_string(), words: number.to_string() },
        Scalar::List(ids) => {
            Told { id: ids.join(" "), words: ids.iter().map(label).collect::<Vec<_>>().join(", ") }
        }
        Scalar::Text(text) => Told { id: text.clone(), words: label(text) },
    }
}
