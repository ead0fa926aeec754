//! The step of one section: its plain questions and its tables.

use maud::{Markup, html};

use super::{cards, filling, grid, one_row, question, totals};
use crate::page::component::{
    Button, Checkbox, Question, Size, button, checkbox, details, fieldset_group, tail,
};
use crate::page::layout::Table;
use crate::page::live::Live;
use crate::page::said;
use crate::page::state::State;
use crate::page::step::Step;
use crate::page::words::count;
use crate::page::work::Work;
use crate::template::FieldKind;
use crate::template::source::{Field, Section};

/// The region of the totals under all tables.
const OVERALL: &str = "overall";
/// The region that says how much is still to do.
const TO_DO: &str = "to-do";

pub(super) fn heading(state: &State, number: usize) -> String {
    let work = state.work.as_ref();
    let section = work.and_then(|work| section(work, number));
    section.map(|(_, section)| section.title.clone()).unwrap_or_default()
}

pub(super) fn live(state: &State, number: usize, live: &mut Live) {
    let Some(work) = &state.work else { return };
    for (slot, field) in question::on(work, Step::Section(number)) {
        question::live(state, work, slot, field, live);
    }
    for table in tables(work, number) {
        if one_row::is_shown(state, table) {
            one_row::live(state, work, table, live);
        } else if table.is_grid {
            grid::live(state, work, table, live);
        } else {
            cards::live(state, work, table, live);
        }
        live.hide(&block_id(table), !work.checked.is_shown(table.at.0, table.at.1));
    }
    filling::live(state, live);
    live.region(OVERALL, overall(work, number));
    live.region(TO_DO, to_do(state, work, number));
}

/// What the section's tables add up to; on the last section, what the whole return does.
fn overall(work: &Work, number: usize) -> Markup {
    let is_last = number.saturating_add(1) == work.layout.sections.len();
    let inside = html! {
        @for table in tables(work, number) { (totals::of_table(work, table)) }
        @if is_last { (totals::whole(work)) }
    };
    html! {
        @if !inside.0.is_empty() { h2 class="nhsuk-heading-m" { "Totals" } (inside) }
    }
}

/// The tables of a section.
fn tables(work: &Work, number: usize) -> impl Iterator<Item = &Table> {
    let section = work.layout.sections.get(number).copied();
    work.layout.tables.iter().filter(move |table| Some(table.at.0) == section)
}

pub(super) fn draw(state: &State, number: usize, live: &Live) -> Markup {
    let Some(work) = &state.work else { return html! {} };
    let Some((at, section)) = section(work, number) else { return html! {} };
    html! {
        @if !section.guidance.is_empty() {
            ul class="nhsuk-list nhsuk-list--bullet" {
                @for line in &section.guidance { li { (line) } }
            }
        }
        (fields(state, work, (number, at), section, live))
        div data-region=(OVERALL) { (live.at(OVERALL)) }
        p data-region=(TO_DO) { (live.at(TO_DO)) }
        (button(&Button { action: "continue", text: "Continue", ..Button::default() }))
    }
}

/// The section of a step: its number in the template, and itself.
fn section(work: &Work, number: usize) -> Option<(usize, &Section)> {
    let at = *work.layout.sections.get(number)?;
    Some((at, work.draft.form.template.source().sections.get(at)?))
}

/// The fields of a section, by the number of its step and its own: plain questions and tables, in page order.
fn fields(
    state: &State,
    work: &Work,
    (step, number): (usize, usize),
    section: &Section,
    live: &Live,
) -> Markup {
    let plain = |at: usize| {
        let questions = question::on(work, Step::Section(step));
        questions
            .into_iter()
            .find(|(slot, _)| (slot.place.section, slot.place.field) == (number, at))
    };
    html! {
        @for (at, field) in section.fields.iter().enumerate() {
            @if field.kind == FieldKind::Table {
                @if let Some(table) = work.layout.table((number, at)) {
                    (table_block(state, work, table, field, live))
                }
            } @else if let Some((slot, field)) = plain(at) {
                (question::draw(work, slot, field, live, None))
            }
        }
    }
}

/// A table with what helps to fill it in.
fn table_block(state: &State, work: &Work, table: &Table, field: &Field, live: &Live) -> Markup {
    let id = block_id(table);
    html! {
        div id=(id) hidden[live.is_hidden(&id)] {
            @for line in &field.guidance { p { (line) } }
            (details(if table.is_grid { "What to count in each column" } else { "What each question asks for" }, &definitions(
                field.columns.iter().map(|column| (column.label.as_str(), column.guidance.as_slice())),
            )))
            @if table.is_grid {
                (rows_help(work, table, field))
                (not_employed(work, table, field))
                @if is_first_grid(work, table) { (filling::help(live)) }
                @if one_row::is_shown(state, table) {
                    (one_row::draw(state, work, table, live))
                } @else {
                    (one_row::offer(table))
                    (grid::draw(work, table, live))
                    (filling::ways(work, table))
                }
            } @else {
                h2 class="nhsuk-heading-m" { (field.label) }
                (cards::draw(work, table, live))
            }
        }
    }
}

/// Whether a table is the first to type in on its step: there stands what is said of all of them.
fn is_first_grid(work: &Work, table: &Table) -> bool {
    let mut tables = work.layout.tables.iter();
    let first = tables.find(|it| it.is_grid && it.at.0 == table.at.0);
    first.is_some_and(|first| first.at == table.at)
}

/// What each column means.
fn definitions<'a>(items: impl Iterator<Item = (&'a str, &'a [String])>) -> Markup {
    html! {
        dl class="ia-definitions" {
            @for (label, lines) in items {
                dt { strong { (label) } }
                dd { @for line in lines { p { (line) } } }
            }
        }
    }
}

/// What each row means, where the collection says so.
fn rows_help(work: &Work, table: &Table, field: &Field) -> Markup {
    let plan = work.draft.form.template.plan().tables.get(table.number);
    let list = plan.and_then(|plan| plan.lists.last()).map(|list| work.draft.form.list(*list));
    let entries = list.unwrap_or_default();
    let Some(key) = field.keys.last().filter(|_| entries.iter().any(|it| !it.note.is_empty()))
    else {
        return html! {};
    };
    let summary = format!("Who belongs in each “{}”", key.label);
    details(
        &summary,
        &html! {
            dl class="ia-definitions" {
                @for entry in entries {
                    dt { strong { (entry.label) } }
                    dd { (entry.note) }
                }
            }
        },
    )
}

/// Once for each last key: whether its rows are left out everywhere, in the words of the column that allows it.
fn not_employed(work: &Work, table: &Table, field: &Field) -> Markup {
    let (Some(words), Some(first)) = (may_be_left_out(field), table.parts.first()) else {
        return html! {};
    };
    let id = tail(&table.id, ".not_applicable");
    let controls = html! {
        @for row in &first.rows {
            (checkbox(&Checkbox {
                id: &not_employed_id(table, &row.entry),
                label: &row.label,
                about: None,
                checked: work.is_left_out(table.number, &row.entry),
                small: true,
            }))
        }
    };
    let hint = "Tick every row that this is true of. It is then left out on every date.";
    let question =
        Question { id: &id, label: words, size: Size::Small, hint, ..Question::default() };
    let standing = question.standing(crate::page::component::Control::Fieldset, &[]);
    fieldset_group(&question, &standing, &controls)
}

/// In which words rows of a table may be left out; none where they may not.
pub(in crate::page) fn may_be_left_out(field: &Field) -> Option<&str> {
    field.columns.iter().find_map(|column| column.not_applicable.as_deref())
}

/// The id of the checkbox that leaves rows out.
pub(in crate::page) fn not_employed_id(table: &Table, entry: &str) -> String {
    format!("{}.not_applicable.{entry}", table.id)
}

/// The table and last key that a checkbox leaves out.
pub(in crate::page) fn left_out_by<'w>(work: &'w Work, id: &str) -> Option<(&'w Table, String)> {
    work.layout.tables.iter().find_map(|table| {
        let entry = id.strip_prefix(&format!("{}.not_applicable.", table.id))?;
        Some((table, entry.to_owned()))
    })
}

/// How many required figures are still blank, how many things are wrong, and how many queries are to be explained later.
fn to_do(state: &State, work: &Work, number: usize) -> Markup {
    let (open, wrong) = said::to_do(work, Step::Section(number));
    let mut queries = 0_usize;
    for finding in work.checked.findings() {
        if finding.is_unexplained()
            && said::step(work, finding) == Step::Section(number)
            && question::is_visible(state, finding)
        {
            queries = queries.saturating_add(1);
        }
    }
    html! {
        @if open > 0 {
            (count(open, "answer", "answers")) " still needed. "
        }
        @if wrong > 0 {
            (count(wrong, "thing", "things")) " to correct."
        } @else if open == 0 {
            "Every answer that is needed is filled in."
        }
        @if queries > 0 {
            " " (count(queries, "query", "queries")) " to explain when you check your answers."
        }
    }
}

fn block_id(table: &Table) -> String {
    tail(&table.id, "-block")
}
