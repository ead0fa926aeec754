//! Choosing files, and what was found of each.

use maud::{Markup, html};

use super::table::{self, Shown};
use super::{VIEW_HEADING_ID, at_work, question_of, secondary, time_parts, to};
use crate::collate::Table;
use crate::page::collate::state::{FILES, Made, SINCE, SINCE_PARTS, State};
use crate::page::component::{details, files_input};
use crate::page::live::Live;
use crate::page::words::capitalised;
use crate::sorted::SortedMap;

/// Where files are chosen or dropped.
pub(super) fn choose(state: &State, live: &Live) -> Markup {
    let mut folder = question_of(FILES);
    folder.id = "folder";
    folder.label = "A folder, with everything in it";
    let mut files = question_of(FILES);
    files.label = "Files";
    html! {
        div class="ia-drop" {
            p { strong { "Drop files or folders anywhere on this page" } ", or choose them:" }
            (files_input(&files, live.of(FILES), false))
            (files_input(&folder, live.of("folder"), true))
        }
        (at_work(live))
        p { "Add everything that you received: returns, copies, workbooks, whatever it is. Each file is named, with what to do. Save the attachments of e-mails first, and unpack archives." }
        div class="nhsuk-button-group ia-actions" {
            @if state.made.is_some() { (secondary("results", "Back to the result")) }
            (secondary("change", "Change lists and times"))
        }
    }
}

const COLUMNS: [(&str, &str); 8] = [
    ("file", ""),
    ("sentence", ""),
    ("next_step", ""),
    ("name", "Organisation"),
    ("title", ""),
    ("revision", ""),
    ("received_at", ""),
    ("sender", ""),
];

/// What was found of each file.
pub(super) fn draw(state: &State, made: &Made, live: &Live) -> Markup {
    let Some(files) = made.table("files") else { return html! {} };
    let columns: Vec<(&str, &str)> =
        COLUMNS.into_iter().filter(|(id, _)| files.column(id).is_some()).collect();
    let wanted = [("verdict", state.verdict.as_str())];
    let wanted: &[(&str, &str)] = if state.verdict.is_empty() { &[] } else { &wanted };
    let rows = table::rows(files, wanted);
    let title = if state.verdict.is_empty() {
        "All files".to_owned()
    } else {
        ["Files: ", &words(&state.verdict)].concat()
    };
    html! {
        h2 class="nhsuk-heading-m" id=(VIEW_HEADING_ID) tabindex="-1" { "What became of the files" }
        (verdicts(state, made))
        (table::draw(state, &Shown { id: "files-table", title: &title, note: &files.note, table: files, columns: &columns, rows }))
        @if let Some(since) = state.since {
            (news(state, &made.collation.news(since, &state.decisions)))
        }
        (details("What is new since a time", &html! {
            (time_parts(state, SINCE, SINCE_PARTS, live))
            (secondary("since", "Show what is new"))
        }))
    }
}

/// What is new since a time.
fn news(state: &State, table: &Table) -> Markup {
    let columns = [
        ("file", ""),
        ("name", "Organisation"),
        ("revision", ""),
        ("received_at", ""),
        ("seen_at", ""),
        ("sentence", ""),
    ];
    let rows = table::rows(table, &[]);
    table::draw(
        state,
        &Shown {
            id: "news",
            title: &table.title,
            note: &table.note,
            table,
            columns: &columns,
            rows,
        },
    )
}

/// How many files became what, each to be shown alone.
fn verdicts(state: &State, made: &Made) -> Markup {
    let mut counts: SortedMap<&str, usize> = SortedMap::new();
    for file in &made.collation.files {
        let known = counts.get(file.code()).copied().unwrap_or(0);
        counts.insert(file.code(), known.saturating_add(1));
    }
    html! {
        ul class="nhsuk-list ia-verdicts" {
            @for (code, count) in &counts {
                li {
                    span class="ia-verdicts__count" { (count) } " " (capitalised(&words(code))) " "
                    @if state.verdict != *code { (to("filter", code, "Show only these", &words(code))) }
                }
            }
            @if !state.verdict.is_empty() { li { (to("filter", "", "Show all files", "")) } }
        }
    }
}

/// What became of a file, in the words of the page.
fn words(code: &str) -> String {
    let words = match code {
        "changed" => "changed after they were sealed",
        "collation" => "saved collations",
        "counts" => "they count",
        "differs_on_recheck" => "a check here finds something else",
        "draft" => "drafts that nobody sealed",
        "duplicate" => "copies of a return that is here already",
        "empty" => "empty",
        "enrolment" => "requests to be confirmed as a sender",
        "expected_list" => "lists of expected organisations",
        "fork" => "two versions that differ",
        "has_errors" => "with errors or unexplained queries",
        "held" => "held until the sender is confirmed",
        "key_file" => "private keys",
        "key_not_taken" => "sealed with a key that is not taken",
        "late" => "late",
        "not_a_return" => "not a return",
        "not_approved" => "not signed off by a second person",
        "not_chosen" => "another version was chosen",
        "other_collection" => "for another collection",
        "practice" => "practice returns",
        "receipt" => "receipts",
        "register" => "lists of senders",
        "replaced" => "a later version counts",
        "too_large" => "too long",
        "unknown_version" => "for a version that is not in this page",
        "unreadable" => "could not be read",
        "workbook" => "workbooks and other office documents",
        other => return other.replace('_', " "),
    };
    words.to_owned()
}
