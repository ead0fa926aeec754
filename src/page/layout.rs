//! Which question stands on which step, and under which ids: worked out once from the template.

use super::moment;
use super::step::Step;
use crate::answers::{Answers, Place};
use crate::collection::Form;
use crate::gather::Gather as _;
use crate::template::FieldKind;
use crate::template::source::{Field, Section, SectionKind};

/// The section that says who the return is about (DESIGN.md 4).
const ABOUT: &str = "about";
/// How the ids of its questions about nil returns begin.
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
    /// The label of the last key.
    pub(super) label: String,
    /// The id of the last key's entry.
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
    /// Places in `slots`, in the order of their ids.
    by_id: Vec<usize>,
}

impl Layout {
    /// Lays a form out.
    pub(super) fn new(form: &Form, answers: &Answers) -> Self {
        let mut layout = Self::default();
        for (s, section) in form.template.source().sections.iter().enumerate() {
            for (f, field) in section.fields.iter().enumerate() {
                let step = step(section, field);
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
                let id = format!("{}.{}", section.id, field.id);
                let parts = parts(form, answers, (s, f), &id);
                layout.tables.push(Table { id, at: (s, f), number, parts });
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

    /// The row a place is in.
    pub(super) fn row(&self, place: Place) -> Option<&RowSlot> {
        let (row, _) = place.cell?;
        self.table((place.section, place.field))?.rows().find(|slot| slot.row == row)
    }

    /// The slots of a table's row, by section and field number.
    pub(super) fn slots_of_row(
        &self,
        at: (usize, usize),
        row: usize,
    ) -> impl Iterator<Item = &Slot> {
        let from = Place::cell(at.0, at.1, row, 0);
        let first = self.slots.partition_point(|slot| slot.place < from);
        let rest = self.slots.get(first..).unwrap_or_default();
        let in_row = move |slot: &&Slot| {
            let place = slot.place;
            (place.section, place.field) == at && place.cell.is_some_and(|(it, _)| it == row)
        };
        rest.iter().take_while(in_row)
    }
}

fn id_at(slots: &[Slot], at: usize) -> &str {
    slots.get(at).map_or("", |slot| slot.id.as_str())
}

/// The step a field is on. What is filled in by itself is on none.
fn step(section: &Section, field: &Field) -> Option<Step> {
    if field.prefill.is_some() {
        return None;
    }
    Some(match section.kind {
        SectionKind::Declared => Step::Declaration,
        SectionKind::Answers if section.id == ABOUT && field.id.starts_with(NIL) => Step::Nil,
        SectionKind::Answers if section.id == ABOUT => Step::Declaration,
        SectionKind::Answers => Step::Figures,
    })
}

/// The rows of a table, by all keys but the last.
fn parts(form: &Form, answers: &Answers, at: (usize, usize), table: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (number, row) in answers.rows(at.0, at.1).iter().enumerate() {
        let entries = entries(form, at, &row.keys);
        let Some((last, above)) = entries.split_last() else { continue };
        let keys: Vec<String> = above.iter().map(|entry| entry.id.clone()).gather();
        if parts.last().is_none_or(|part| part.keys != keys) {
            let title: Vec<&str> = above.iter().map(|entry| entry.label.as_str()).gather();
            let notes = above.iter().map(|entry| entry.note.clone());
            parts.push(Part {
                id: std::iter::once(table)
                    .chain(keys.iter().map(String::as_str))
                    .gather()
                    .join("."),
                title: title.join(", "),
                notes: notes.filter(|note| !note.is_empty()).gather(),
                keys,
                rows: Vec::new(),
            });
        }
        if let Some(part) = parts.last_mut() {
            part.rows.push(RowSlot {
                id: format!("{}.{}", part.id, last.id),
                row: number,
                above: above.iter().map(|entry| entry.label.clone()).gather(),
                label: last.label.clone(),
                entry: last.id.clone(),
            });
        }
    }
    parts
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
    lists.iter().zip(keys).filter_map(|(list, key)| form.list(*list).get(*key)).gather()
}
