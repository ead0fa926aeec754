//! What the figures add up to, in words: of a row, of a part of a table, of the whole return.

use maud::{Markup, html};

use crate::check::{GUIDE, GroupValues, Worked};
use crate::gather::Gather as _;
use crate::letters::Join as _;
use crate::page::component::{
    Colour, SummaryRow, TableTitle, cell, numbers, row_header, summary_list, tag, tail,
};
use crate::page::layout::{Part, Table};
use crate::page::text::visible;
use crate::page::words::{count, number};
use crate::page::work::Work;
use crate::rule::{State as Missing, Value};
use crate::template::source::{Band, Calculated, Field, Group, Scope};
use crate::time::{Date, Instant};

/// What stands for a number that cannot be worked out.
const NONE: &str = "–";

/// One calculated value, and how many of its parts are still blank. In a table its column says what it counts.
pub(super) fn worked(work: &Work, worked: &Worked) -> Markup {
    shown(work, worked, false)
}

/// The same in a list, with its unit.
pub(super) fn listed(work: &Work, worked: &Worked) -> Markup {
    shown(work, worked, true)
}

/// A unit behind a number, as “(minutes and seconds)” stands behind a duration.
pub(super) fn unit(unit: &str) -> Markup {
    html! { " (" (unit) ")" }
}

fn shown(work: &Work, worked: &Worked, has_unit: bool) -> Markup {
    let Some(calculated) = calculated(work, worked) else { return html! {} };
    let blanks = usize::try_from(worked.unknown).unwrap_or_default();
    // A total of blanks alone is not nought: blank is never zero.
    let is_known = blanks == 0 || worked.value != Value::Int(0);
    let what = if is_needed(work, calculated) { "still needed" } else { "blank" };
    html! {
        @if is_known {
            (value(calculated, worked))
            @if has_unit
                && matches!(worked.value, Value::Int(_))
                && !["", "%"].contains(&calculated.unit.as_str())
            {
                (unit(&calculated.unit))
            }
        }
        @if blanks > 0 {
            " " span class="ia-figures__blank" { (count(blanks, what, what)) }
        }
    }
}

/// The calculated value that something worked out belongs to.
fn calculated<'w>(work: &'w Work, worked: &Worked) -> Option<&'w Calculated> {
    work.draft.form.template.source().calculated.get(worked.index)
}

/// Whether a total stands under a column that has to be filled in.
fn is_needed(work: &Work, calculated: &Calculated) -> bool {
    let is_it = |it: &Field| it.required && Some(&it.id) == calculated.column.as_ref();
    let has_it = |field: &Field| field.columns.iter().any(is_it);
    let mut sections = work.draft.form.template.source().sections.iter();
    sections.any(|section| section.fields.iter().any(has_it))
}

/// A value in words.
fn value(calculated: &Calculated, worked: &Worked) -> Markup {
    if let Some(band) = worked.band(calculated) {
        return rating(band, worked.otherwise(calculated), &worked.because);
    }
    let text = match &worked.value {
        Value::Bool(true) => "Yes".to_owned(),
        Value::Bool(false) => "No".to_owned(),
        Value::Date(days) => Date::from_days(*days).map(Date::words).unwrap_or_default(),
        Value::Int(amount) => {
            let percent = if calculated.unit == "%" { "%" } else { "" };
            format!("{}{percent}", number(*amount, calculated.decimals))
        }
        Value::Moment(seconds) => {
            let moment = Instant::from_seconds(*seconds).ok();
            moment
                .map(|at| format!("{} on {}", at.clock_words(), at.date_words()))
                .unwrap_or_default()
        }
        Value::Text(text) => visible(text).into_owned(),
        Value::List(_) | Value::Record(_) | Value::Unknown(Missing::NotApplicable) => {
            return missing("not applicable");
        }
        Value::Unknown(Missing::NotKnown | Missing::Unanswered) => return missing("not known yet"),
    };
    html! { (text) }
}

/// A rating: its band as a tag, whose words say what its colour does, the facts that caused it, and what it would be
/// without them.
fn rating(band: &Band, otherwise: Option<&Band>, because: &[String]) -> Markup {
    // Grey says that there is no rating yet.
    html! {
        (tag(Colour::of(&band.tone), &band.label))
        @if !because.is_empty() {
            ul class="nhsuk-list nhsuk-list--bullet" {
                @for fact in because { li { (visible(fact)) } }
            }
            @if let Some(other) = otherwise.filter(|_| band.tone != "grey") {
                p { "It would be “" (other.label) "” if none of this were so." }
            }
        }
    }
}

/// A dash that says what it means to those who do not see where it stands.
pub(super) fn missing(words: &str) -> Markup {
    html! { span aria-hidden="true" { (NONE) } span class="nhsuk-u-visually-hidden" { (words) } }
}

/// What is calculated in each row of a table, in template order.
pub(super) fn of_rows<'w>(work: &'w Work, table: &Table) -> Vec<&'w Calculated> {
    let plans = &work.draft.form.template.plan().tables;
    let source = work.draft.form.template.source();
    let plan = plans.get(table.number).map_or(&[][..], |plan| plan.calculated.as_slice());
    plan.iter().filter_map(|item| source.calculated.get(item.index)).gather()
}

/// A column of a table, after the one that heads the rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<'w> {
    /// The id of the field or calculated value; empty for a column of links.
    pub(super) id: &'w str,
    /// What heads it.
    pub(super) heading: &'w str,
}

/// The columns of a table: what is typed, then what is calculated.
pub(super) fn columns<'w>(work: &'w Work, table: &Table, field: &'w Field) -> Vec<Column<'w>> {
    let mut columns = Vec::new();
    for it in &field.columns {
        columns.push(Column { id: &it.id, heading: heading(&it.short, &it.label) });
    }
    for it in of_rows(work, table) {
        columns.push(Column { id: &it.id, heading: heading(&it.short, &it.label) });
    }
    columns
}

/// The totals of a part of a table, for its foot; nothing where the template has none.
pub(super) fn foot(work: &Work, table: &Table, part: &Part, columns: &[Column<'_>]) -> Markup {
    let Some((group, values)) = group_of_part(work, table, part) else { return html! {} };
    let total_of = |column: &str| {
        values.values.iter().find(|item| {
            calculated(work, item).is_some_and(|it| it.column.as_deref() == Some(column))
        })
    };
    html! {
        tr class="ia-figures__row ia-figures__row--total" role="row" {
            (row_header(&html! { (group.label) }))
            @for column in columns {
                @match total_of(column.id) {
                    Some(total) => (cell(column.heading, None, &worked(work, total))),
                    None => td class="ia-figures__cell ia-figures__cell--none" role="cell" {},
                }
            }
        }
    }
}

/// A heading as short as there is one.
pub(in crate::page) fn heading<'a>(short: &'a str, label: &'a str) -> &'a str {
    if short.is_empty() { label } else { short }
}

/// The group whose rows are exactly a part's, and what is calculated in it.
fn group_of_part<'w>(
    work: &'w Work,
    table: &Table,
    part: &Part,
) -> Option<(&'w Group, &'w GroupValues)> {
    let groups = work.draft.form.template.source().groups.iter();
    let mut groups = groups.zip(&work.checked.values().groups);
    let (group, values) = groups.find(|(group, _)| is_by_part(work, table, group))?;
    let by = &group.by;
    let found = values.iter().find(|values| {
        let keys = values.heading(&work.draft.form).keys;
        by.iter().zip(&part.keys).all(|(key, id)| keys.get(key) == Some(id))
    })?;
    Some((group, found))
}

/// Whether a group goes by all keys of a table but the last.
fn is_by_part(work: &Work, table: &Table, group: &Group) -> bool {
    let sections = &work.draft.form.template.source().sections;
    let field = sections.get(table.at.0).and_then(|section| section.fields.get(table.at.1));
    let Some((_, above)) = field.and_then(|field| field.keys.split_last()) else { return false };
    group.table == table.id && group.by.iter().eq(above.iter().map(|key| &key.id))
}

/// The totals of a table that stand under no part of it: by other keys.
pub(super) fn of_table(work: &Work, table: &Table) -> Markup {
    let source = work.draft.form.template.source();
    let groups = source.groups.iter().zip(&work.checked.values().groups).filter(|(group, _)| {
        group.table == table.id && (!table.is_grid || !is_by_part(work, table, group))
    });
    html! {
        @for (group, values) in groups.filter(|(_, values)| !values.is_empty()) {
            (by_group(work, group, values))
        }
    }
}

/// A table of one group's totals: a row for each.
fn by_group(work: &Work, group: &Group, values: &[GroupValues]) -> Markup {
    let source = work.draft.form.template.source();
    let of_group = source.calculated.iter().filter(|item| {
        item.scope == Scope::Group && item.group.as_deref() == Some(group.id.as_str())
    });
    let of_group: Vec<&Calculated> = of_group.gather();
    let mut headings = vec![""];
    for item in &of_group {
        headings.push(heading(&item.short, &item.label));
    }
    let rated = of_group.iter().any(|item| !item.bands.is_empty());
    let body = html! {
        tbody role="rowgroup" {
            @for row in values {
                tr class="ia-figures__row" role="row" {
                    (row_header(&html! { (row.heading(&work.draft.form).labels.joined(", ")) }))
                    @for (label, item) in headings.iter().skip(1).zip(&row.values) {
                        (cell(label, None, &worked(work, item)))
                    }
                }
            }
        }
    };
    let id = tail(&group.id, "-title");
    let title = TableTitle { id: &id, text: &group.label, below: true, notes: &[] };
    html! {
        (numbers(&title, &headings, &body))
        @if rated { p class="nhsuk-hint" { (GUIDE) } }
    }
}

/// The totals of the whole return, as a list.
pub(in crate::page) fn whole(work: &Work) -> Markup {
    let mut rows = Vec::new();
    for total in &work.checked.values().totals {
        if let Some(calculated) = calculated(work, total) {
            let value = listed(work, total);
            rows.push(SummaryRow { key: &calculated.label, value, change: None });
        }
    }
    let source = work.draft.form.template.source();
    let mut all = source.calculated.iter().filter(|item| item.scope == Scope::Return);
    let rated = all.any(|item| !item.bands.is_empty());
    html! {
        @if !rows.is_empty() { (summary_list(&rows)) }
        @if rated { p class="nhsuk-hint" { (GUIDE) } }
    }
}
