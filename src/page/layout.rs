//! Which question stands on which step, and under which ids: worked out once from the template.

use super::component::below;
use super::moment;
use super::step::Step;
use crate::answers::{Answers, Place};
use crate::collection::Form;
use crate::letters::Join as _;
use crate::template::FieldKind;
use crate::template::source::{Field, Section, SectionKind};

/// The section that says who the return is about (DESIGN.md 4).
const ABOUT: &str = "about";
/// How the ids of its questions about nil returns begin: they decide what else is asked.
const NIL: &str = "nil_";

/// One place where something is typed or chosen.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    /// The id of its input; of a date, the start of the ids of its parts.
    pub(super) id: String,
    /// Where its answer is kept.
    pub(super) place: Place,
    /// The step it is on; none for what is filled in by itself.
    pub(super) step: Option<Step>,
}

/// One row of a table.
#[derive(Clone, Debug)]
pub(super) struct RowSlot {
    /// The table's id and the row's keys: `workforce.staffing.2023-07-25.sonographer`.
    pub(super) id: String,
    /// The row's number in its table.
    pub(super) row: usize,
    /// Labels of all keys but the last: what heads the row's part of the table.
    pub(super) above: Vec<String>,
    /// The label of the last key; of a row that was added, its number.
    pub(super) label: String,
    /// The id of the last key's entry; empty for a row that was added.
    pub(super) entry: String,
}

/// Rows that share all keys but the last: one table on the page.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The table's id and the keys shared: `workforce.staffing.2023-07-25`.
    pub(super) id: String,
    /// Labels of the keys shared; empty where the table has one key.
    pub(super) title: String,
    /// Notes of the keys shared.
    pub(super) notes: Vec<String>,
    /// The keys shared: ids of their entries.
    pub(super) keys: Vec<String>,
    /// Its rows.
    pub(super) rows: Vec<RowSlot>,
}

/// A table of the template.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// `workforce.staffing`.
    pub(super) id: String,
    /// Section and field, by number.
    pub(super) at: (usize, usize),
    /// Its number in the template's plan.
    pub(super) number: usize,
    /// Whether its rows are the lines of a grid of figures; else each row is a block of questions.
    pub(super) is_grid: bool,
    /// Whether people add its rows.
    pub(super) is_free: bool,
    /// Its parts, in order.
    pub(super) parts: Vec<Part>,
}

impl Table {
    /// Its rows, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = &RowSlot> {
        self.parts.iter().flat_map(|part| &part.rows)
    }
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// Every place, in page order.
    pub(super) slots: Vec<Slot>,
    /// Every table, in page order.
    pub(super) tables: Vec<Table>,
    /// The template's sections that have a step of their own, by number, in order.
    pub(super) sections: Vec<usize>,
    /// Places in `slots`, in the order of their ids.
    by_id: Vec<usize>,
}

impl Layout {
    /// Lays a form out.
    pub(super) fn new(form: &Form, answers: &Answers) -> Self {
        let mut layout = Self::default();
        for (s, section) in form.template.source().sections.iter().enumerate() {
            if section.kind == SectionKind::Answers && section.id != ABOUT {
                layout.sections.push(s);
            }
            let own = Step::Section(layout.sections.len().saturating_sub(1));
            for (f, field) in section.fields.iter().enumerate() {
                let step = step(form, section, field, own);
                if field.kind != FieldKind::Table {
                    layout.add(form, answers, Place::plain(s, f), step);
                    continue;
                }
                for row in 0..answers.rows(s, f).len() {
                    for column in 0..field.columns.len() {
                        layout.add(form, answers, Place::cell(s, f, row, column), step);
                    }
                }
                let number = layout.tables.len();
                let id = below(&section.id, &field.id);
                let parts = parts(form, answers, (s, f), &id);
                let is_free = !field.key_columns.is_empty();
                let is_grid = !is_free && is_grid(field);
                layout.tables.push(Table { id, at: (s, f), number, is_grid, is_free, parts });
            }
        }
        let slots = &layout.slots;
        layout.by_id.sort_by(|one, other| id_at(slots, *one).cmp(id_at(slots, *other)));
        layout
    }

    fn add(&mut self, form: &Form, answers: &Answers, place: Place, step: Option<Step>) {
        let id = place.id(form, answers);
        self.by_id.push(self.slots.len());
        self.slots.push(Slot { id, place, step });
    }

    /// The slot with this id, or of which this is the id of a date part.
    pub(super) fn slot(&self, id: &str) -> Option<&Slot> {
        self.exactly(id).or_else(|| {
            let (field, part) = id.rsplit_once('.')?;
            moment::Part::parse(part)?;
            self.exactly(field)
        })
    }

    fn exactly(&self, id: &str) -> Option<&Slot> {
        let found = self.by_id.binary_search_by(|at| id_at(&self.slots, *at).cmp(id)).ok()?;
        self.slots.get(*self.by_id.get(found)?)
    }

    /// The slot at this place.
    pub(super) fn at(&self, place: Place) -> Option<&Slot> {
        // Slots are laid out in page order, which is the order of places.
        let at = self.slots.binary_search_by_key(&place, |slot| slot.place).ok()?;
        self.slots.get(at)
    }

    /// The table at this section and field.
    pub(super) fn table(&self, at: (usize, usize)) -> Option<&Table> {
        self.tables.iter().find(|table| table.at == at)
    }

    /// The step of a section of the template, by its number there.
    pub(super) fn step_of(&self, section: usize) -> Step {
        let number = self.sections.iter().position(|own| *own == section);
        number.map_or(Step::Declaration, Step::Section)
    }

    /// The row a place is in.
    pub(super) fn row(&self, place: Place) -> Option<&RowSlot> {
        let (row, _) = place.cell?;
        self.table((place.section, place.field))?.rows().find(|slot| slot.row == row)
    }

    /// The slots of a table's row, by section and field number.
    pub(super) fn slots_of_row(&self, at: (usize, usize), row: usize) -> &[Slot] {
        let start = |row| {
            let from = Place::cell(at.0, at.1, row, 0);
            self.slots.partition_point(|slot| slot.place < from)
        };
        self.slots.get(start(row)..start(row.saturating_add(1))).unwrap_or_default()
    }
}

fn id_at(slots: &[Slot], at: usize) -> &str {
    slots.get(at).map_or("", |slot| slot.id.as_str())
}

/// The step a field is on; `own` is its section's. What is filled in by itself is on none, and neither is a choice
/// of several that has one option and is made already.
fn step(form: &Form, section: &Section, field: &Field, own: Step) -> Option<Step> {
    let is_made = field.kind == FieldKind::Choices
        && field.default.is_some()
        && form.options(field).len() == 1;
    if field.prefill.is_some() || is_made {
        return None;
    }
    let decides = matches!(field.kind, FieldKind::Choices | FieldKind::YesNo);
    Some(match section.kind {
        SectionKind::Answers if section.id != ABOUT => own,
        SectionKind::Answers if decides || field.id.starts_with(NIL) => Step::Before,
        SectionKind::Answers | SectionKind::Declared => Step::Declaration,
    })
}

/// The most columns of figures that still make a table to read across.
const MOST_COLUMNS: usize = 6;

/// Whether a table is a grid: few columns, all of figures, each asked in every row.
fn is_grid(field: &Field) -> bool {
    let mut columns = field.columns.iter();
    field.columns.len() <= MOST_COLUMNS
        && columns.all(|it| it.kind == FieldKind::Count && it.show_when.is_none())
}

/// The rows of a table, by all keys but the last.
fn parts(form: &Form, answers: &Answers, at: (usize, usize), table: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (number, row) in answers.rows(at.0, at.1).iter().enumerate() {
        if row.keys.is_empty() {
            add_row(&mut parts, table, number);
            continue;
        }
        let entries = entries(form, at, &row.keys);
        let Some((last, above)) = entries.split_last() else { continue };
        let (mut keys, mut labels) = (Vec::new(), Vec::new());
        for entry in above {
            keys.push(entry.id.clone());
            labels.push(entry.label.clone());
        }
        if parts.last().is_none_or(|part| part.keys != keys) {
            let mut id = table.to_owned();
            let mut notes = Vec::new();
            for entry in above {
                id.push('.');
                id.push_str(&entry.id);
                if !entry.note.is_empty() {
                    notes.push(entry.note.clone());
                }
            }
            parts.push(Part { id, title: labels.joined(", "), notes, keys, rows: Vec::new() });
        }
        if let Some(part) = parts.last_mut() {
            part.rows.push(RowSlot {
                id: below(&part.id, &last.id),
                row: number,
                above: labels,
                label: last.label.clone(),
                entry: last.id.clone(),
            });
        }
    }
    parts
}

/// A row that somebody added: all such rows are one part, and each goes by its number.
fn add_row(parts: &mut Vec<Part>, table: &str, number: usize) {
    if parts.is_empty() {
        parts.push(Part {
            id: table.to_owned(),
            title: String::new(),
            notes: Vec::new(),
            keys: Vec::new(),
            rows: Vec::new(),
        });
    }
    let label = number.saturating_add(1).to_string();
    if let Some(part) = parts.last_mut() {
        let id = below(table, &label);
        part.rows.push(RowSlot { id, row: number, above: Vec::new(), label, entry: String::new() });
    }
}

/// The list entries of a row's keys.
fn entries<'f>(
    form: &'f Form,
    (section, field): (usize, usize),
    keys: &[usize],
) -> Vec<&'f crate::collection::Entry> {
    let tables = &form.template.plan().tables;
    let plan = tables.iter().find(|plan| plan.section == section && plan.field == field);
    let lists = plan.map_or(&[][..], |plan| plan.lists.as_slice());
    let mut entries = Vec::new();
    for (list, key) in lists.iter().zip(keys) {
        if let Some(entry) = form.list(*list).get(*key) {
            entries.push(entry);
        }
    }
    entries
}
