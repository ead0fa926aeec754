//! The figures of single returns, one row for each: what a spreadsheet or a database reads. They are made one return at a
//! time, because ten thousand returns have millions.

use super::collation::{Collation, Figures, From, Operator};
use super::decisions::Decisions;
use super::entered::as_of;
use super::table::{Cell, Kind, Table};
use crate::answers::{Answer, Place, Scalar, row_keys};
use crate::check::{self, Mistakes};
use crate::file::{Content, Draft, DraftFile};
use crate::json;
use crate::rule::Value;
use crate::template::FieldKind;
use crate::template::source::{Field, SectionKind};
use crate::time::Instant;

/// The columns of the figures, and no rows.
pub fn figures() -> Table {
    Table::new(
        "figures",
        "Figures of each return",
        "Every answer of the returns that count, and what is calculated from it, one in a row. “state” says why a value is empty: not answered, not known, not applicable. Names of people who prepared a return or agreed it are left out.",
        &[
            ("organisation", "Organisation code", Kind::Code),
            ("name", "Organisation", Kind::Text),
            ("icb", "ICB code", Kind::Code),
            ("region", "Region code", Kind::Code),
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("revision", "Version", Kind::Count),
            ("from", "File, or entered by region", Kind::Code),
            ("sender", "Sender", Kind::Code),
            ("field", "Question, by id", Kind::Code),
            ("first_key", "First key of the row", Kind::Code),
            ("second_key", "Second key of the row", Kind::Code),
            ("column", "Column, by id", Kind::Code),
            ("label", "Question or column", Kind::Text),
            ("unit", "What is counted", Kind::Text),
            ("value", "Number", Kind::Count),
            ("text", "Text, choice or date", Kind::Text),
            ("state", "Why it is empty", Kind::Code),
        ],
    )
}

impl Collation {
    /// The figures of one return, as rows of [`figures`].
    pub fn figures_of(
        &self,
        figures: &Figures,
        operator: &Operator<'_>,
        decisions: &Decisions,
    ) -> Vec<Vec<Cell>> {
        let Some(owed) = self.owed.get(figures.owed) else { return Vec::new() };
        let Some((draft, at)) = self.draft(figures, operator, decisions) else { return Vec::new() };
        let (from, sender) = match figures.from {
            From::Entered(_) => ("entered", ""),
            From::File(file) => {
                let sender = self.files.get(file).map_or("", |file| file.sender.code());
                ("file", sender)
            }
        };
        let first = vec![
            Cell::text(&owed.organisation),
            Cell::text(&owed.name),
            Cell::text(&owed.icb),
            Cell::text(&owed.region),
            Cell::text(&owed.template),
            Cell::text(owed.stage.unwrap_or_default()),
            Cell::Count(draft.revision),
            Cell::text(from),
            Cell::text(sender),
        ];
        rows(&draft, at, &first)
    }

    /// The draft of some figures, and the time as of which it is checked.
    fn draft(
        &self,
        figures: &Figures,
        operator: &Operator<'_>,
        decisions: &Decisions,
    ) -> Option<(Draft, Instant)> {
        match figures.from {
            From::Entered(number) => {
                let own = decisions.entered.get(number)?;
                let draft: DraftFile = own.draft.clone();
                let draft = draft.open(operator.bench.set).ok()?;
                let at = as_of(&draft, own.at);
                Some((draft, at))
            }
            From::File(number) => {
                let found = self.files.get(number)?.as_return()?;
                let content = Content::read(&json::read(found.canonical.as_bytes()).ok()?).ok()?;
                let draft = Draft::of_content(content, operator.bench.set)?;
                Some((draft, found.prepared_at?))
            }
        }
    }
}

fn rows(draft: &Draft, at: Instant, first: &[Cell]) -> Vec<Vec<Cell>> {
    let mistakes = Mistakes::new();
    let checked = check::check(&draft.subject(at, &mistakes));
    let (form, answers) = (&draft.form, &draft.answers);
    let mut all = Vec::new();
    let mut add = |cells: Vec<Cell>| {
        let mut row = first.to_vec();
        row.extend(cells);
        all.push(row);
    };
    for (s, section) in form.template.source().sections.iter().enumerate() {
        if section.kind == SectionKind::Declared {
            continue;
        }
        for (f, field) in section.fields.iter().enumerate() {
            let id = format!("{}.{}", section.id, field.id);
            if field.kind != FieldKind::Table {
                // Who prepared it is for whoever calls them, not for a table of figures.
                if field.autocomplete.is_empty() && checked.asked().field(s, f) {
                    let answer = answers.at(Place::plain(s, f));
                    add(cells(&id, [Cell::Empty, Cell::Empty], "", field, answer));
                }
                continue;
            }
            for row in 0..answers.rows(s, f).len() {
                if !checked.asked().row(form, s, f, row) {
                    continue;
                }
                let keys = row_keys(form, answers, s, f, row);
                let key = |n: usize| Cell::text(keys.get(n).map_or("", |key| key.entry));
                for (column, source) in field.columns.iter().enumerate() {
                    let place = Place::cell(s, f, row, column);
                    if checked.asked().place(form, place) {
                        let answer = answers.at(place);
                        add(cells(&id, [key(0), key(1)], &source.id, source, answer));
                    }
                }
            }
        }
    }
    for worked in &checked.values().totals {
        let Some(source) = form.template.source().calculated.get(worked.index) else { continue };
        let (value, text) = match &worked.value {
            Value::Int(number) => (Cell::Count(*number), Cell::Empty),
            Value::Text(text) => (Cell::Empty, Cell::text(text.to_string())),
            _ => continue,
        };
        let mut row = vec![Cell::text(format!("totals.{}", source.id))];
        row.resize(4, Cell::Empty);
        let state = if worked.unknown > 0 { "parts_not_known" } else { "" };
        row.extend([
            Cell::text(&source.label),
            Cell::text(&source.unit),
            value,
            text,
            Cell::text(state),
        ]);
        add(row);
    }
    all
}

fn cells(id: &str, keys: [Cell; 2], column: &str, field: &Field, answer: &Answer) -> Vec<Cell> {
    let mut row = vec![Cell::text(id)];
    row.extend(keys);
    row.extend([Cell::text(column), Cell::text(&field.label), Cell::text(&field.unit)]);
    let (value, text, state) = match answer {
        Answer::NotApplicable => (Cell::Empty, Cell::Empty, "not_applicable"),
        Answer::NotKnown(_) => (Cell::Empty, Cell::Empty, "not_known"),
        Answer::Unanswered => (Cell::Empty, Cell::Empty, "not_answered"),
        Answer::Value(Scalar::Bool(flag)) => {
            (Cell::Empty, Cell::text(if *flag { "yes" } else { "no" }), "")
        }
        Answer::Value(Scalar::Int(number)) => (Cell::Count(*number), Cell::Empty, ""),
        Answer::Value(Scalar::List(ids)) => (Cell::Empty, Cell::text(ids.join(" ")), ""),
        Answer::Value(Scalar::Text(text)) => (Cell::Empty, Cell::text(text), ""),
    };
    row.extend([value, text, Cell::text(state)]);
    row
}
