//! One return being filled in: what was typed, what it means, what the rules say of it.

use std::rc::Rc;

use super::component::below;
use super::layout::{Layout, RowSlot, Slot, Table};
use super::moment::{self, Joined, Parts};
use super::said;
use maud::Markup;

use super::screen::answers::answer as answer_in_words;
use super::screen::grid::field;
use super::screen::section::{left_out_by, may_be_left_out, not_employed_id};
use super::step::Step;
use crate::answers::{Answer, Place, Scalar, entry};
use crate::check::{self, Checked, Explanation, Finding, Mistake, Mistakes};
use crate::collection::{Form, Organisation, Owes};
use crate::file::{Draft, WholeReturn};
use crate::gather::Gather as _;
use crate::json::{Map, Value, is_noncharacter};
use crate::letters::Join as _;
use crate::sorted::SortedMap;
use crate::template::FieldKind;
use crate::template::source::{FaultKind, Field};
use crate::time::Instant;

/// A return being filled in.
#[derive(Debug)]
pub(super) struct Work {
    /// What was answered so far.
    pub(super) draft: Draft,
    /// Which question stands where.
    pub(super) layout: Rc<Layout>,
    /// What the rules say; worked out again after every change.
    pub(super) checked: Checked,
    /// Every text as it stands in its box, by the box's id. Nothing typed is ever taken out.
    typed: SortedMap<String, String>,
    mistakes: Mistakes,
    /// Rows left out because the organisation employs nobody in them: table and last key.
    left_out: Vec<(usize, String)>,
    /// What each question was answered with last time, by the id of its box.
    pub(super) last: SortedMap<String, Markup>,
    /// Which sealed returns are used to fill this one in, in sentences.
    pub(super) used: Vec<String>,
    /// How often anything was changed, so that it can be told what is kept and what is not yet.
    pub(super) changes: u32,
}

/// How the id ends under which a table's number of rows is kept.
const ROWS: &str = "-rows";

impl Work {
    /// Begins a return. `owes` is what the expected list says of the organisation.
    pub(super) fn new(
        form: Rc<Form>,
        organisation: Organisation,
        owes: Option<&Owes>,
        now: Instant,
    ) -> Self {
        Self::of(Draft::new(form, organisation, owes, now), now)
    }

    /// Begins with what a draft holds.
    fn of(draft: Draft, now: Instant) -> Self {
        let mistakes = Mistakes::new();
        let checked = check::check(&draft.subject(now, &mistakes));
        let layout = Rc::new(Layout::new(&draft.form, &draft.answers));
        let mut typed = SortedMap::new();
        // What is answered from the start stands in its box, to be changed.
        for slot in layout.slots.iter().filter(|slot| slot.step.is_some()) {
            let kind = slot.place.field(&draft.form).map(|field| field.kind);
            put_as_typed(&mut typed, &slot.id, kind, draft.answers.at(slot.place));
        }
        Self {
            draft,
            layout,
            checked,
            typed,
            mistakes,
            left_out: Vec::new(),
            last: SortedMap::new(),
            used: Vec::new(),
            changes: 0,
        }
    }

    /// Begins the same return for another organisation or collection, with everything typed so far.
    #[must_use]
    pub(super) fn moved(
        &self,
        form: Rc<Form>,
        organisation: Organisation,
        owes: Option<&Owes>,
        now: Instant,
    ) -> Self {
        Self::new(form, organisation, owes, now).with(&self.entries(), now)
    }

    /// Goes on with a draft that was kept or opened, and with what stood in its boxes.
    pub(super) fn opened(mut draft: Draft, entries: &Map, now: Instant) -> Self {
        draft.fill(now);
        Self::of_file(draft, now).with(entries, now)
    }

    /// What a file says, exactly: nothing is filled in by itself.
    pub(super) fn of_file(draft: Draft, now: Instant) -> Self {
        let mut work = Self::of(draft, now);
        work.infer_left_out();
        work.replace_explanations();
        work
    }

    /// Everything that stands in a box, by the box's id: more than the answers, which are only what could be read and is
    /// asked. How many rows a table has, and what is left out of it, stand under ids that no box has or that its
    /// checkbox has.
    pub(super) fn entries(&self) -> Map {
        let mut entries = Map::new();
        for (id, text) in &self.typed {
            entries.insert(id.clone(), readable(text).into());
        }
        for table in &self.layout.tables {
            if table.is_free {
                let rows = self.draft.answers.rows(table.at.0, table.at.1).len();
                entries.insert([&table.id, ROWS].concat(), rows.to_string().into());
            }
            for (_, entry) in self.left_out.iter().filter(|(number, _)| *number == table.number) {
                entries.insert(not_employed_id(table, entry), "yes".into());
            }
        }
        entries
    }

    /// The same with these entries in its boxes. What has no box here waits for the form that has one.
    #[must_use]
    fn with(mut self, entries: &Map, now: Instant) -> Self {
        for table in &Rc::clone(&self.layout).tables {
            let rows = entries.get(&[&table.id, ROWS].concat()).and_then(Value::as_str);
            let rows: usize = rows.and_then(|rows| rows.parse().ok()).unwrap_or_default();
            while self.draft.answers.rows(table.at.0, table.at.1).len() < rows
                && self.add_row(&table.id).is_some()
            {}
        }
        // Explanations belong to queries, which are known only once the rest was checked.
        for _ in 0..2 {
            for (id, text) in entries {
                let Some(text) = text.as_str() else { continue };
                if let Some((table, entry)) = left_out_by(&self, id) {
                    let table = table.number;
                    self.leave_out(table, &entry, true);
                } else if self.text(id) != text && !id.ends_with(ROWS) && !self.type_text(id, text)
                {
                    self.typed.insert(id.clone(), text.to_owned());
                }
            }
            self.check(now);
        }
        self.changes = 0;
        self
    }

    /// Notes what last time's return says, beside each question that it answers, and fills in what the template carries
    /// forward and nobody has answered yet. Gives how many answers that were.
    pub(super) fn carry(&mut self, last: &WholeReturn) -> usize {
        self.carry_from(last, true)
    }

    /// Begins where another return of the same organisation was just sealed: what templates carry forward is filled in, and
    /// the answers are checked against it.
    pub(super) fn go_on_from(&mut self, sealed: &WholeReturn, now: Instant) {
        if sealed.content().organisation.code == self.draft.organisation.code {
            self.draft.give(sealed);
            self.carry_from(sealed, false);
            self.check(now);
        }
    }

    fn carry_from(&mut self, last: &WholeReturn, is_shown: bool) -> usize {
        let layout = Rc::clone(&self.layout);
        let form = Rc::clone(&self.draft.form);
        let mut carried: usize = 0;
        for slot in layout.slots.iter().filter(|slot| slot.step.is_some()) {
            let (place, Some(field)) = (slot.place, slot.place.field(&form)) else { continue };
            let Some(answer) = last.answer_at(&form, &self.draft.answers, place) else { continue };
            if is_shown {
                self.last.insert(slot.id.clone(), answer_in_words(self, field, &answer));
            }
            if field.carry && self.is_open(place) {
                put_as_typed(&mut self.typed, &slot.id, Some(field.kind), &answer);
                self.read(slot);
                if self.is_mistaken(place) {
                    // A choice that is not offered any more.
                    self.type_text(&slot.id, "");
                    continue;
                }
                self.changed();
                carried = carried.saturating_add(1);
            }
        }
        carried
    }

    /// Finds the rows that a draft file leaves out: those with all cells not applicable, wherever their last key stands.
    fn infer_left_out(&mut self) {
        let layout = Rc::clone(&self.layout);
        for table in &layout.tables {
            let may_be = field(self, table).is_some_and(|field| may_be_left_out(field).is_some());
            let Some(first) = table.parts.first().filter(|_| may_be) else { continue };
            for row in &first.rows {
                let mut rows = table.rows().filter(|other| other.entry == row.entry);
                let is_out = rows.all(|row| {
                    let mut slots = layout.slots_of_row(table.at, row.row).iter();
                    slots.all(|slot| *self.draft.answers.at(slot.place) == Answer::NotApplicable)
                });
                if is_out {
                    self.left_out.push((table.number, row.entry.clone()));
                }
            }
        }
    }

    /// Checks again.
    pub(super) fn check(&mut self, now: Instant) {
        self.checked = check::check(&self.draft.subject(now, &self.mistakes));
    }

    fn changed(&mut self) {
        self.changes = self.changes.saturating_add(1);
    }

    /// What stands in a box.
    pub(super) fn text(&self, id: &str) -> &str {
        self.typed.get(id).map_or("", String::as_str)
    }

    /// Whether any figure of this form was typed.
    pub(super) fn has_figures(&self) -> bool {
        (0..self.layout.sections.len()).any(|number| self.is_begun(Step::Section(number)))
    }

    /// Whether anything was typed or chosen on a step.
    pub(super) fn is_begun(&self, step: Step) -> bool {
        let mut slots = self.layout.slots.iter();
        slots.any(|slot| slot.step == Some(step) && !self.text(&slot.id).is_empty())
    }

    /// Whether anything is asked on a step.
    pub(super) fn has(&self, step: Step) -> bool {
        let form = &self.draft.form;
        let mut slots = self.layout.slots.iter();
        slots.any(|slot| slot.step == Some(step) && self.checked.asked().place(form, slot.place))
            || self.layout.tables.iter().any(|table| {
                // A table whose rows people add may have none yet.
                table.is_free
                    && self.layout.step_of(table.at.0) == step
                    && self.checked.is_shown(table.at.0, table.at.1)
            })
    }

    /// A box holds this text now. False when the page has no such box.
    pub(super) fn type_text(&mut self, id: &str, text: &str) -> bool {
        if let Some((rule, row)) =
            self.query(id).map(|query| (query.rule.clone(), query.row.clone()))
        {
            self.typed.insert(id.to_owned(), text.to_owned());
            self.changed();
            let explanations = &mut self.draft.explanations;
            explanations.retain(|known| known.rule != rule || known.row != row);
            if !text.trim().is_empty() {
                explanations.push(Explanation { rule, row, text: readable(text.trim()) });
            }
            return true;
        }
        let layout = Rc::clone(&self.layout);
        let Some(slot) = layout.slot(id) else { return false };
        self.typed.insert(id.to_owned(), text.to_owned());
        self.changed();
        self.read(slot);
        true
    }

    /// A radio, a select or a checkbox holds this now. Of several choices, each has a checkbox of its own, whose id
    /// ends with the option's.
    pub(super) fn choose(&mut self, id: &str, value: &str) -> bool {
        let layout = Rc::clone(&self.layout);
        let form = Rc::clone(&self.draft.form);
        let several = id.rsplit_once('.').and_then(|(field, option)| {
            let slot = layout.slot(field)?;
            let kind = slot.place.field(&form)?.kind;
            (kind == FieldKind::Choices).then_some((field, option))
        });
        let Some((field, option)) = several else { return self.type_text(id, value) };
        let mut chosen: Vec<&str> = self.text(field).split(',').gather();
        chosen.retain(|known| !known.is_empty() && *known != option);
        if !value.is_empty() {
            chosen.push(option);
        }
        let text = chosen.joined(",");
        self.type_text(field, &text)
    }

    /// Adds a row to the table with this id; gives the id of its first control.
    pub(super) fn add_row(&mut self, table: &str) -> Option<String> {
        let form = Rc::clone(&self.draft.form);
        let at = self.layout.tables.iter().find(|known| known.id == table)?.at;
        let row = self.draft.answers.add_row(&form, at.0, at.1)?;
        self.changed();
        self.lay_out();
        Some(said::target_of(self, Place::cell(at.0, at.1, row, 0)))
    }

    /// Takes out the row with this id, which was added; gives the id of the control that adds one.
    pub(super) fn remove_row(&mut self, row: &str) -> Option<String> {
        let form = Rc::clone(&self.draft.form);
        let layout = Rc::clone(&self.layout);
        let mut tables = layout.tables.iter().filter(|table| table.is_free);
        let (table, slot) =
            tables.find_map(|table| Some((table, table.rows().find(|slot| slot.id == row)?)))?;
        let (at, gone) = (table.at, slot.row);
        self.changed();
        // Texts of the rows below move up with their rows.
        let rows = self.draft.answers.rows(at.0, at.1).len();
        for row in gone..rows {
            let (to, from) = (row.saturating_add(1), row.saturating_add(2));
            let (to, from) = (format!("{}.{to}.", table.id), format!("{}.{from}.", table.id));
            self.typed.retain(&|id, _| !id.starts_with(&to));
            let mut moved = Vec::new();
            for (id, text) in &self.typed {
                if let Some(rest) = id.strip_prefix(&from) {
                    moved.push(([&to, rest].concat(), text.clone()));
                }
            }
            for (id, text) in moved {
                self.typed.insert(id, text);
            }
        }
        self.mistakes.retain(&|place, _| (place.section, place.field) != at);
        self.draft.answers.remove_row(&form, at.0, at.1, gone);
        self.lay_out();
        let layout = Rc::clone(&self.layout);
        for slot in layout.slots.iter().filter(|slot| (slot.place.section, slot.place.field) == at)
        {
            self.read(slot);
        }
        Some(said::add_id(&table.id))
    }

    /// Puts every explanation in the box that it has now.
    pub(super) fn replace_explanations(&mut self) {
        self.typed.retain(&|id, _| !id.starts_with(said::BOX));
        for given in &self.draft.explanations {
            let mut findings = self.checked.findings().iter();
            let same = |finding: &&Finding| {
                said::has_box(finding) && finding.rule == given.rule && finding.row == given.row
            };
            if let Some(finding) = findings.find(same) {
                self.typed.insert(said::box_id(self, finding), given.text.clone());
            }
        }
    }

    /// Lays the form out anew, for the rows it has now.
    fn lay_out(&mut self) {
        self.layout = Rc::new(Layout::new(&self.draft.form, &self.draft.answers));
    }

    /// The text that a box is to show on being left, where it differs from what was typed: `1,024` as 1024.
    pub(super) fn tidied(&mut self, id: &str) -> Option<String> {
        let slot = self.layout.slot(id)?;
        let Answer::Value(Scalar::Int(number)) = self.draft.answers.at(slot.place) else {
            return None;
        };
        let field = slot.place.field(&self.draft.form)?;
        let plain = match field.kind {
            FieldKind::Duration => entry::duration_words(*number),
            _ => number.to_string(),
        };
        let typed = self.typed.get_mut(id).filter(|typed| **typed != plain)?;
        typed.clone_from(&plain);
        self.changed();
        Some(plain)
    }

    /// Whether rows with this last key are left out of a table.
    pub(super) fn is_left_out(&self, table: usize, entry: &str) -> bool {
        self.left_out.iter().any(|(number, out)| *number == table && out == entry)
    }

    /// Leaves the rows with this last key out of a table, or takes them in again.
    pub(super) fn leave_out(&mut self, table: usize, entry: &str, out: bool) {
        self.changed();
        let key = (table, entry.to_owned());
        self.left_out.retain(|known| *known != key);
        if out {
            self.left_out.push(key);
        }
        let layout = Rc::clone(&self.layout);
        let Some(table) = layout.tables.iter().find(|known| known.number == table) else { return };
        for row in table.rows().filter(|row| row.entry == entry) {
            for slot in layout.slots_of_row(table.at, row.row) {
                if out {
                    self.mistakes.remove(&slot.place);
                    self.draft.answers.set(slot.place, Answer::NotApplicable);
                } else {
                    self.read(slot);
                }
            }
        }
    }

    /// Whether anything that was typed could not be read.
    pub(super) fn has_mistakes(&self) -> bool {
        !self.mistakes.is_empty()
    }

    /// Whether what stands in a slot could not be read.
    pub(super) fn is_mistaken(&self, place: Place) -> bool {
        self.mistakes.contains_key(&place)
    }

    /// Whether a row of a table is asked of this organisation.
    pub(super) fn is_asked(&self, table: &Table, row: &RowSlot) -> bool {
        self.checked.asked().row(&self.draft.form, table.at.0, table.at.1, row.row)
    }

    /// Whether a place still waits for an answer.
    pub(super) fn is_open(&self, place: Place) -> bool {
        *self.draft.answers.at(place) == Answer::Unanswered && !self.is_mistaken(place)
    }

    /// Which parts of a date are wrong; day, month and year when together they make no date.
    pub(super) fn wrong_parts(&self, slot: &Slot, field: &Field) -> Vec<moment::Part> {
        if !self.is_mistaken(slot.place) {
            return Vec::new();
        }
        match moment::join(&self.parts(slot, field)) {
            Joined::Unread(parts) => parts,
            Joined::Blank => Vec::new(),
            Joined::Written(_) => vec![moment::Part::Day, moment::Part::Month, moment::Part::Year],
        }
    }

    /// The query whose explanation is typed in the box with this id.
    pub(super) fn query(&self, id: &str) -> Option<&Finding> {
        if !id.starts_with(said::BOX) {
            return None;
        }
        let mut findings = self.checked.findings().iter();
        findings.find(|finding| said::has_box(finding) && said::box_id(self, finding) == id)
    }

    /// Reads what stands in a slot's boxes into its answer, or notes why it cannot be read.
    fn read(&mut self, slot: &Slot) {
        let form = Rc::clone(&self.draft.form);
        let Some(field) = slot.place.field(&form) else { return };
        let read = match field.kind {
            FieldKind::Date | FieldKind::Moment => self.read_parts(slot, field),
            _ => {
                let text = self.text(&slot.id);
                entry::read(&form, field, text)
                    .map_err(|kind| Mistake { kind, typed: text.to_owned() })
            }
        };
        let answer = match read {
            Ok(answer) => {
                self.mistakes.remove(&slot.place);
                answer
            }
            Err(mistake) => {
                self.mistakes.insert(slot.place, mistake);
                Answer::Unanswered
            }
        };
        self.draft.answers.set(slot.place, answer);
    }

    /// A date, or why there is none.
    fn read_parts(&self, slot: &Slot, field: &Field) -> Result<Answer, Mistake> {
        let parts = self.parts(slot, field);
        let mistake = |kind| Mistake { kind, typed: parts.typed() };
        match moment::join(&parts) {
            Joined::Blank => Ok(Answer::Unanswered),
            Joined::Written(text) => entry::read(&self.draft.form, field, &text).map_err(mistake),
            Joined::Unread(_) if field.kind == FieldKind::Moment => {
                Err(mistake(FaultKind::NotAMoment))
            }
            Joined::Unread(_) => Err(mistake(FaultKind::NotADate)),
        }
    }

    fn parts(&self, slot: &Slot, field: &Field) -> Parts<'_> {
        let part = |part: moment::Part| self.text(&below(&slot.id, part.id()));
        Parts {
            day: part(moment::Part::Day),
            month: part(moment::Part::Month),
            year: part(moment::Part::Year),
            time: (field.kind == FieldKind::Moment).then(|| part(moment::Part::Time)),
        }
    }
}

/// The text without the characters that no file may carry: a reader would refuse all of it.
fn readable(text: &str) -> String {
    let mut readable = text.to_owned();
    readable.retain(|letter| !is_noncharacter(letter));
    readable
}

/// Puts an answer into its boxes, as it would be typed or chosen.
fn put_as_typed(
    typed: &mut SortedMap<String, String>,
    id: &str,
    kind: Option<FieldKind>,
    answer: &Answer,
) {
    let Answer::Value(scalar) = answer else { return };
    let text = match scalar {
        Scalar::Bool(true) => "yes".to_owned(),
        Scalar::Bool(false) => "no".to_owned(),
        Scalar::Int(number) if kind == Some(FieldKind::Duration) => entry::duration_words(*number),
        Scalar::Int(number) => number.to_string(),
        Scalar::List(ids) => ids.joined(","),
        Scalar::Text(text) => text.clone(),
    };
    if matches!(kind, Some(FieldKind::Date | FieldKind::Moment)) {
        let parts =
            [moment::Part::Day, moment::Part::Month, moment::Part::Year, moment::Part::Time];
        for (part, text) in parts.into_iter().zip(moment::split(&text).unwrap_or_default()) {
            if !text.is_empty() {
                typed.insert([id, ".", part.id()].concat(), text.to_owned());
            }
        }
    } else {
        typed.insert(id.to_owned(), text);
    }
}
