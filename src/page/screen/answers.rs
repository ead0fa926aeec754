//! What was answered, to read: questions as a list, tables as tables, each with a way back to change it.

use maud::{Markup, html};

use super::totals::Column;
use super::{cards, grid, totals};
use crate::answers::entry::duration_words;
use crate::answers::{Answer, Place, Scalar};
use crate::gather::Gather as _;
use crate::letters::Join as _;
use crate::page::component::{SummaryRow, TableTitle, cell, numbers, row_header, summary_list};
use crate::page::layout::{Part, RowSlot, Slot, Table};
use crate::page::said;
use crate::page::step::Step;
use crate::page::text::{outside, outside_lines};
use crate::page::words::number;
use crate::page::work::Work;
use crate::template::FieldKind;
use crate::template::source::Field;
use crate::time::{Date, LocalTime};

/// Whether the answers can still be changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::page) enum Change {
    /// With links to change them.
    Offered,
    /// Sealed.
    Over,
}

/// The plain questions of a step that are asked, with their answers.
pub(in crate::page) fn questions(work: &Work, step: Step, change: Change) -> Markup {
    let address = step.address();
    let mut rows = Vec::new();
    for (slot, field) in super::question::on(work, step) {
        if work.checked.is_shown(slot.place.section, slot.place.field) {
            rows.push(row_of(work, slot, field, &address, change));
        }
    }
    html! { @if !rows.is_empty() { (summary_list(&rows)) } }
}

/// A question with its answer, and a link to change it.
fn row_of<'w>(
    work: &'w Work,
    slot: &Slot,
    field: &'w Field,
    address: &'w str,
    change: Change,
) -> SummaryRow<'w> {
    let is_offered = change == Change::Offered;
    let given = work.draft.answers.at(slot.place);
    let is_counted = field.kind == FieldKind::Count
        && matches!(given, Answer::Value(_))
        && !field.unit.is_empty();
    SummaryRow {
        key: &field.label,
        value: html! {
            (answer(work, field, given))
            @if is_counted { (totals::unit(&field.unit)) }
        },
        change: is_offered.then(|| (address, said::target_of(work, slot.place))),
    }
}

/// What a section is filled with by itself.
pub(super) fn filled_rows(work: &Work, section: usize) -> Vec<SummaryRow<'_>> {
    let mut rows = Vec::new();
    for slot in &work.layout.slots {
        let place = slot.place;
        if place.section == section
            && slot.step.is_none()
            && work.checked.is_shown(place.section, place.field)
            && *work.draft.answers.at(place) != Answer::Unanswered
            && let Some(field) = place.field(&work.draft.form)
        {
            rows.push(row_of(work, slot, field, "", Change::Over));
        }
    }
    rows
}

/// Everything that is filled in by itself.
pub(in crate::page) fn filled(work: &Work) -> Markup {
    let mut rows = Vec::new();
    for section in 0..work.draft.form.template.source().sections.len() {
        rows.append(&mut filled_rows(work, section));
    }
    html! { @if !rows.is_empty() { (summary_list(&rows)) } }
}

/// Every section under its title, in the order of the template, then what the whole return adds up to.
pub(in crate::page) fn sections(work: &Work, change: Change) -> Markup {
    let totals = totals::whole(work);
    html! {
        @for at in &work.layout.sections { (section(work, *at, change)) }
        @if !totals.0.is_empty() { h2 class="nhsuk-heading-m" { "Totals" } (totals) }
    }
}

/// A section: its questions and tables that are asked, in the order in which they were filled in.
fn section(work: &Work, at: usize, change: Change) -> Markup {
    let Some(section) = work.draft.form.template.source().sections.get(at) else {
        return html! {};
    };
    let address = work.layout.step_of(at).address();
    let mut inside = html! {};
    let mut rows = Vec::new();
    for (number, field) in section.fields.iter().enumerate() {
        if !work.checked.is_shown(at, number) {
            continue;
        }
        if let Some(table) = work.layout.table((at, number)) {
            inside.0.push_str(&listed(&mut rows).0);
            inside.0.push_str(&of_table(work, table, field, change).0);
        } else if let Some(slot) = work.layout.at(Place::plain(at, number))
            && slot.step.is_some()
        {
            rows.push(row_of(work, slot, field, &address, change));
        }
    }
    inside.0.push_str(&listed(&mut rows).0);
    html! {
        @if !inside.0.is_empty() { h2 class="nhsuk-heading-m" { (section.title) } (inside) }
    }
}

/// Questions that follow one another, as a list; takes them.
fn listed(rows: &mut Vec<SummaryRow<'_>>) -> Markup {
    let list = if rows.is_empty() {
        html! {}
    } else {
        summary_list(rows)
    };
    rows.clear();
    list
}

/// A table with its totals.
fn of_table(work: &Work, table: &Table, field: &Field, change: Change) -> Markup {
    html! {
        @for part in table.parts.iter().filter(|part| grid::is_asked(work, table, part)) {
            @if table.is_grid {
                (part_table(work, table, field, part, change))
            } @else {
                (part_list(work, table, field, part, change))
            }
        }
        (totals::of_table(work, table))
    }
}

fn part_table(work: &Work, table: &Table, field: &Field, part: &Part, change: Change) -> Markup {
    let first = field.keys.last().map_or("", |key| key.label.as_str());
    let mut columns = totals::columns(work, table, field);
    if change == Change::Offered {
        columns.push(Column { id: "", heading: "Change" });
    }
    let mut headings = vec![first];
    for column in &columns {
        headings.push(column.heading);
    }
    let body = html! {
        tbody role="rowgroup" {
            @for row in part.rows.iter().filter(|row| is_answered(work, table, row)) {
                (row_cells(work, table, row, &headings, change))
            }
        }
        tfoot role="rowgroup" { (totals::foot(work, table, part, &columns)) }
    };
    let mut left_out = Vec::new();
    for row in &part.rows {
        if work.is_left_out(table.number, &row.entry) {
            left_out.push(row.label.as_str());
        }
    }
    let words = field.columns.iter().find_map(|column| column.not_applicable.as_deref());
    let id = grid::title_id(part);
    let title = TableTitle { below: true, ..grid::title(&id, field, part) };
    html! {
        (numbers(&title, &headings, &body))
        @if !left_out.is_empty() {
            p { (words.unwrap_or_default()) ": " (left_out.joined(", ")) }
        }
    }
}

/// Whether a row is asked, and not left out.
fn is_answered(work: &Work, table: &Table, row: &RowSlot) -> bool {
    work.is_asked(table, row) && !work.is_left_out(table.number, &row.entry)
}

/// The rows of a part as one list each.
fn part_list(work: &Work, table: &Table, field: &Field, part: &Part, change: Change) -> Markup {
    html! {
        h3 class="nhsuk-heading-s" { (grid::title("", field, part).text) }
        @for row in part.rows.iter().filter(|row| work.is_asked(table, row)) {
            h4 class="nhsuk-heading-xs" { (cards::title(field, row)) }
            (row_list(work, table, field, row, change))
            (cards::worked(work, table, row))
        }
    }
}

fn row_list(work: &Work, table: &Table, field: &Field, row: &RowSlot, change: Change) -> Markup {
    let address = work.layout.step_of(table.at.0).address();
    let mut rows = Vec::new();
    for (slot, column) in work.layout.slots_of_row(table.at, row.row).iter().zip(&field.columns) {
        if work.checked.asked().place(&work.draft.form, slot.place) {
            rows.push(row_of(work, slot, column, &address, change));
        }
    }
    summary_list(&rows)
}

fn row_cells(
    work: &Work,
    table: &Table,
    row: &RowSlot,
    headings: &[&str],
    change: Change,
) -> Markup {
    let slots = work.layout.slots_of_row(table.at, row.row);
    let mut cells = Vec::new();
    for slot in slots {
        cells.push(figure(work.draft.answers.at(slot.place)));
    }
    let rows = work.checked.values().rows.get(table.number);
    for item in rows.and_then(|rows| rows.get(row.row)).into_iter().flatten() {
        cells.push(totals::worked(work, item));
    }
    html! {
        tr class="ia-figures__row" role="row" {
            (row_header(&html! { (row.label) }))
            @for (heading, inside) in headings.iter().skip(1).zip(&cells) {
                (cell(heading, None, inside))
            }
            @if let (Change::Offered, Some(first)) = (change, slots.first()) {
                (cell("", None, &change_link(&work.layout.step_of(table.at.0).address(), first, row)))
            }
        }
    }
}

/// A link to the first figure of a row.
fn change_link(address: &str, first: &Slot, row: &RowSlot) -> Markup {
    html! {
        a class="nhsuk-link" href=(address) data-action="change" data-value=(first.id) {
            "Change"
            span class="nhsuk-u-visually-hidden" {
                " " (row.label) @for above in &row.above { ", " (above) }
            }
        }
    }
}

/// An answer in a table.
fn figure(answer: &Answer) -> Markup {
    match answer {
        Answer::Value(Scalar::Int(amount)) => html! { (number(*amount, 0)) },
        Answer::Value(Scalar::List(ids)) => outside(&ids.joined(", ")),
        Answer::Value(Scalar::Text(text)) => outside(text),
        Answer::Value(Scalar::Bool(yes)) => html! { (if *yes { "Yes" } else { "No" }) },
        Answer::NotApplicable => totals::missing("not applicable"),
        Answer::NotKnown(reason) => html! { "Not known: " (outside(reason)) },
        Answer::Unanswered => html! { span class="ia-figures__blank" { "blank" } },
    }
}

/// An answer in words.
pub(in crate::page) fn answer(work: &Work, field: &Field, answer: &Answer) -> Markup {
    let options = work.draft.form.options(field);
    let label = |id: &str| {
        let option = options.iter().find(|option| option.id == id);
        option.map_or_else(|| id.to_owned(), |option| option.label.clone())
    };
    match (field.kind, answer) {
        (FieldKind::Choices, Answer::Value(Scalar::List(ids))) => {
            let labels: Vec<String> = ids.iter().map(|id| label(id)).gather();
            return outside(&labels.joined(", "));
        }
        (FieldKind::Duration, Answer::Value(Scalar::Int(seconds))) => {
            return html! { (duration_words(*seconds)) " (minutes and seconds)" };
        }
        _ => {}
    }
    let Answer::Value(Scalar::Text(text)) = answer else {
        return match answer {
            Answer::NotApplicable => html! { "Not applicable" },
            Answer::Unanswered => html! { "Not answered" },
            other => figure(other),
        };
    };
    match field.kind {
        FieldKind::Choice => outside(&label(text)),
        FieldKind::Date => html! { (Date::parse(text).map_or_else(|_| text.clone(), Date::words)) },
        FieldKind::Moment => html! { (moment(text)) },
        _ => outside_lines(text),
    }
}

/// A stored date and time in words, with the zone that London keeps then.
pub(super) fn moment(text: &str) -> String {
    let instant = LocalTime::parse(text).and_then(LocalTime::instant);
    instant.map_or_else(
        |_| text.to_owned(),
        |at| format!("{} {} on {}", at.clock_words(), at.zone_words(), at.date_words()),
    )
}
