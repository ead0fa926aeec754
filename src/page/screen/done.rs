//! The last step: the file is sealed. What it is called, its check code, where it goes, and other ways out.

use maud::{Markup, html};

use super::answers::{self, Change};
use super::{check, keeping, keys, seal, tasks};
use crate::page::cells;
use crate::page::component::{
    Button, Question, Size, Textarea, Weight, button, check_code, details, panel, summary_list,
    textarea, warning,
};
use crate::page::live::Live;
use crate::page::state::{Kept, State};
use crate::page::step::Step;
use crate::page::text::outside;
use crate::page::work::Work;

/// The region that says whether the file was saved.
const SAVED: &str = "saved";
/// The region that says whether the text was copied.
const COPIED: &str = "copied";

/// The region that says whether the cells were copied.
const CELLS: &str = "cells";

/// The region that says what becomes of the draft.
const KEPT_HERE: &str = "kept-here";

pub(super) fn heading(state: &State) -> &'static str {
    match &state.sealed {
        Some(kept) if kept.refused => "File sealed, but not saved",
        _ => "File sealed",
    }
}

pub(super) fn live(state: &State, live: &mut Live) {
    let Some(kept) = &state.sealed else { return };
    live.region(SAVED, saved(kept));
    live.region(CELLS, html! {
        @match kept.cells {
            Some(true) => "The cells are copied. Select the first cell of the workbook, and paste.",
            Some(false) => "This browser does not let the page use the clipboard. Type the figures below into the workbook.",
            None => {},
        }
    });
    live.region(KEPT_HERE, keeping::after_sealing(state));
    live.region(COPIED, html! {
        @match kept.copied {
            Some(true) => "The text is copied. Paste it into an empty text file, and save that under the file name above.",
            Some(false) => "The text could not be copied by itself. Open “The file’s text”, select all of it and copy it.",
            None => {},
        }
    });
}

pub(super) fn draw(state: &State, live: &Live) -> Markup {
    let (Some(kept), Some(work)) = (&state.sealed, &state.work) else { return html! {} };
    let form = &work.draft.form;
    let action =
        |action, text| button(&Button { action, text, weight: Weight::Secondary, value: None });
    html! {
        (panel(heading(state), !kept.refused, &html! { (outside(&kept.name)) }))
        div role="status" data-region=(SAVED) { (live.at(SAVED)) }
        h2 class="nhsuk-heading-m" { "Check code" }
        p class="ia-check-code" id="check-code" { (check_code(&kept.code)) }
        p { "Read this code out if someone asks whether they have the file that you sealed. It is shown when the file is opened." }
        h2 class="nhsuk-heading-m" { "Send the file" }
        p { (form.collection.submit_to(&form.template.source().id, form.stage)) }
        (tasks::contacts(state, work))
        div class="nhsuk-button-group ia-actions" {
            (action("save", "Save the file again"))
            (action("copy", "Copy the file’s text"))
            (action("print", "Print this page"))
        }
        p role="status" data-region=(COPIED) { (live.at(COPIED)) }
        (details("The file’s text", &file_text(kept)))
        (keys::place("done", "Open a receipt", [""; 3]))
        @if let Some(workbook) = cells::workbook(work) {
            h2 class="nhsuk-heading-m" { "Copy it into the official workbook" }
            p { (workbook.title) ". " (workbook.note) }
            (action("copy-cells", "Copy the cells"))
            p role="status" data-region=(CELLS) { (live.at(CELLS)) }
        }
        h2 class="nhsuk-heading-m" { "If something has to be changed" }
        p { "You cannot change a sealed file. You can correct the return and seal it again: the newest version received before the window closes is the one that counts." }
        div class="nhsuk-button-group ia-actions" {
            (action("correct", "Correct this return"))
            (action("again", "Start another return"))
        }
        h2 class="nhsuk-heading-m" { "On this computer" }
        div data-region=(KEPT_HERE) { (live.at(KEPT_HERE)) }
        (sealed(work))
    }
}

/// Whether the file is in the downloads, as far as the page can know.
fn saved(kept: &Kept) -> Markup {
    html! {
        @if kept.refused {
            (warning("The browser refused to save the file", &html! {
                p { "The file is sealed, but it is only on this page. Copy its text, paste it into an empty text file, and save that under the file name above. You can also print this page. Do not close the page before you have done so." }
            }))
        } @else {
            @if let Some(again) = kept.again { p { "Saved again at " (again.clock_words()) "." } }
            p {
                "Check that it is in your downloads: " strong { (outside(&kept.name)) }
                ". If it is not there, your browser may have blocked it: save it again, or copy its text."
            }
        }
    }
}

fn file_text(kept: &Kept) -> Markup {
    let label = "All of the file";
    let question = Question { id: "file-text", label, size: Size::Plain, ..Question::default() };
    let standing = question.standing(crate::page::component::Control::Textarea, &[]);
    textarea(&question, &standing, &Textarea { rows: 10, value: &kept.text, read_only: true })
}

/// What was sealed, for reading and for paper.
fn sealed(work: &Work) -> Markup {
    html! {
        h2 class="nhsuk-heading-m" { "What you sealed" }
        (summary_list(&seal::what(work)))
        (answers::filled(work))
        (answers::questions(work, Step::Before, Change::Over))
        (answers::sections(work, Change::Over))
        (check::notes(work))
        (explanations(work))
        (answers::questions(work, Step::Declaration, Change::Over))
    }
}

/// Each query with what explains it.
fn explanations(work: &Work) -> Markup {
    use crate::check::Given;
    let mut explained = Vec::new();
    for finding in work.checked.findings() {
        if let Given::Explained(text) = &finding.given {
            explained.push((&finding.message, text));
        }
    }
    html! {
        @if !explained.is_empty() {
            h2 class="nhsuk-heading-m" { "Queries explained" }
            @for (message, text) in explained {
                p { (crate::page::text::visible(message)) }
                blockquote class="ia-explanation" { p { (crate::page::text::outside_lines(text)) } }
            }
        }
    }
}
