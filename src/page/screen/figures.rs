//! The step for the figures: plain questions and tables of every section but the shared ones.

use maud::{Markup, html};

use super::{grid, question, totals};
use crate::gather::Gather as _;
use crate::page::component::{
    Button, Checkbox, Question, Severity, Size, button, checkbox, details, fieldset_group,
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

pub(super) fn heading(state: &State) -> String {
    let Some(work) = &state.work else { return String::new() };
    match sections(work).as_slice() {
        [(_, only)] => only.title.clone(),
        _ => work.draft.form.template.source().title.clone(),
    }
}

pub(super) fn live(state: &State, live: &mut Live) {
    let Some(work) = &state.work else { return };
    for (slot, field) in question::on(work, Step::Figures) {
        question::live(state, work, slot, field, live);
    }
    for table in &work.layout.tables {
        grid::live(state, work, table, live);
        live.hide(&block_id(table), !work.checked.is_shown(table.at.0, table.at.1));
    }
    live.region(OVERALL, totals::overall(work));
    live.region(TO_DO, to_do(state, work));
}

pub(super) fn draw(state: &State, live: &Live) -> Markup {
    let Some(work) = &state.work else { return html! {} };
    let sections = sections(work);
    html! {
        @for (number, section) in &sections {
            @if sections.len() > 1 { h2 class="nhsuk-heading-m" { (section.title) } }
            @if !section.guidance.is_empty() {
                ul class="nhsuk-list nhsuk-list--bullet" {
                    @for line in &section.guidance { li { (line) } }
                }
            }
            (fields(work, *number, section, live))
        }
        h2 class="nhsuk-heading-m" { "Totals" }
        div data-region=(OVERALL) { (live.at(OVERALL)) }
        p data-region=(TO_DO) { (live.at(TO_DO)) }
        (button(&Button { action: "continue", text: "Continue", ..Button::default() }))
    }
}

/// The sections on this step, by number.
fn sections(work: &Work) -> Vec<(usize, &Section)> {
    let sections = work.draft.form.template.source().sections.iter().enumerate();
    let on_step = |number: usize| {
        let mut slots = work.layout.slots.iter();
        slots.any(|slot| slot.place.section == number && slot.step == Some(Step::Figures))
    };
    sections.filter(|(number, _)| on_step(*number)).gather()
}

/// The fields of a section: plain questions and tables, in page order.
fn fields(work: &Work, number: usize, section: &Section, live: &Live) -> Markup {
    let plain = |at: usize| {
        let mut questions = question::on(work, Step::Figures);
        questions.find(|(slot, _)| (slot.place.section, slot.place.field) == (number, at))
    };
    html! {
        @for (at, field) in section.fields.iter().enumerate() {
            @if field.kind == FieldKind::Table {
                @if let Some(table) = work.layout.table((number, at)) {
                    (table_block(work, table, field, live))
                }
            } @else if let Some((slot, field)) = plain(at) {
                (question::draw(work, slot, field, live, None))
            }
        }
    }
}

/// A table with what helps to fill it in.
fn table_block(work: &Work, table: &Table, field: &Field, live: &Live) -> Markup {
    let id = block_id(table);
    html! {
        div id=(id) hidden[live.is_hidden(&id)] {
            (details("What to count in each column", &definitions(
                field.columns.iter().map(|column| (column.label.as_str(), column.guidance.as_slice())),
            )))
            (rows_help(work, table, field))
            (not_employed(work, table, field))
            (grid::draw(work, table, live))
        }
    }
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
    let words = field.columns.iter().find_map(|column| column.not_applicable.as_deref());
    let (Some(words), Some(first)) = (words, table.parts.first()) else { return html! {} };
    let id = format!("{}.not_applicable", table.id);
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

/// The id of the checkbox that leaves rows out.
fn not_employed_id(table: &Table, entry: &str) -> String {
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
fn to_do(state: &State, work: &Work) -> Markup {
    let findings = || {
        let all = work.checked.findings().iter();
        all.filter(|finding| said::step(work, finding) == Step::Figures)
    };
    let open = findings().filter(|finding| said::is_missing(work, finding)).count();
    let queries = findings()
        .filter(|finding| said::is_unexplained(finding) && question::is_visible(state, finding));
    let queries = queries.count();
    let wrong = findings().filter(|finding| said::severity(finding) == Severity::Error);
    let wrong = wrong.count().saturating_sub(open);
    html! {
        @if open > 0 {
            (count(open, "figure", "figures")) " still needed. "
        }
        @if wrong > 0 {
            (count(wrong, "thing", "things")) " to correct."
        } @else if open == 0 {
            "Every figure that is needed is filled in."
        }
        @if queries > 0 {
            " " (count(queries, "query", "queries")) " to explain on the next page."
        }
    }
}

fn block_id(table: &Table) -> String {
    format!("{}-block", table.id)
}
