//! The verdict: what the file is in a sentence, and what to do next.

use maud::{Markup, html};

use super::secondary;
use crate::file::{ContentVerdict, SignatureVerdict, Verified};
use crate::page::approve::judge::{File, approvers, preparer};
use crate::page::approve::state::State;
use crate::page::component::{check_code, details, inset, warning};
use crate::page::text::{outside, visible};
use crate::page::words::count;

/// The verdict in a sentence, for the heading.
pub(super) fn heading(file: &File) -> String {
    let Some(seal) = &file.seal else { return "A draft, which is not sealed yet".to_owned() };
    let by = preparer(seal).map_or("", |found| found.header.signer_name.as_str());
    let but = match seal.verdict() {
        ContentVerdict::Differs(_) => ", but a check here finds something else",
        ContentVerdict::Unchanged if file.is_complete() => "",
        ContentVerdict::Unchanged => ", but with mistakes in it",
        ContentVerdict::UnknownCollection | ContentVerdict::UnknownTemplate => {
            ", but this page cannot check it"
        }
    };
    ["Unchanged since sealed by ", by, but].concat()
}

pub(super) fn draw(state: &State, file: &File) -> Markup {
    html! {
        @if let Some(seal) = &file.seal {
            (sealed(state, file, seal))
        } @else {
            (draft(file))
        }
        div class="ia-screen-only" { (secondary("print", "Print this page")) }
    }
}

fn draft(file: &File) -> Markup {
    let work = file.work.as_ref();
    let errors = work.map_or(0, |work| work.checked.count(crate::template::Severity::Error));
    let unexplained = work.map_or(0, |work| work.checked.unexplained().count());
    html! {
        p { "It can still be changed, by anybody. Look at the figures now, and agree them in words: whoever prepares the return writes down that you agreed, and seals it." }
        @if errors > 0 || unexplained > 0 {
            p {
                strong {
                    @if errors > 0 { (count(errors, "thing has", "things have")) " to be corrected" }
                    @if errors > 0 && unexplained > 0 { " and " }
                    @if unexplained > 0 { (count(unexplained, "query", "queries")) " to be explained" }
                    " before it can be sealed."
                }
            }
        }
    }
}

fn sealed(state: &State, file: &File, seal: &Verified) -> Markup {
    let is_signed = state.signed.is_some();
    html! {
        @match seal.verdict() {
            ContentVerdict::Unchanged if !file.is_complete() => (warning("Do not sign it off", &html! {
                p { "The file is as it was sealed, but something in it should have been corrected or explained first. Tell whoever sent it what is listed below." }
            })),
            ContentVerdict::Unchanged => p {
                @if is_signed { "Nothing in it was changed since it was sealed" } @else { "Nothing in it was changed since" }
                ", and this page has checked it again and finds the same. "
                @if !is_signed { "Read it, and sign it off at the end of this part." }
            },
            ContentVerdict::Differs(differences) => {
                (warning("Do not sign it off", &html! {
                    p { "The file is as it was sealed, but not all of it is what this page works out of the same answers. Ask whoever sent it to seal it again with the page that was given out." }
                }))
                (details("What a check here finds otherwise", &html! {
                    ul class="nhsuk-list nhsuk-list--bullet" {
                        @for difference in differences {
                            li { (outside(&difference.pointer)) ": the file says " (said(&difference.said)) ", this page finds " (said(&difference.found)) }
                        }
                    }
                }))
            },
            ContentVerdict::UnknownCollection | ContentVerdict::UnknownTemplate => (warning("This page cannot show it", &html! {
                p { "The file is as it was sealed, but it is for a collection, or a version of a return, that this page does not have. Ask whoever sent it for the page for signing off that lies beside the page they used." }
            })),
        }
        @if let Some(found) = preparer(seal) { (code(found)) }
        @for found in approvers(seal) {
            p {
                "Signed off by " strong { (outside(&found.header.signer_name)) } " (" (outside(&found.header.signer_job_title)) ") at "
                (when(found)) ". Check code: " strong { (found.thumbprint.check_code()) } "."
            }
        }
    }
}

fn said(text: &str) -> Markup {
    html! { @if text.is_empty() { "nothing" } @else { (outside(text)) } }
}

pub(super) fn when(found: &SignatureVerdict) -> String {
    let at = found.header.signed_at;
    [&at.clock_words(), " ", at.zone_words(), " on ", &at.date_words()].concat()
}

/// The code that tells whether the sender has sealed this very file, and why the sender is not confirmed.
fn code(found: &SignatureVerdict) -> Markup {
    let code = found.thumbprint.check_code();
    inset(&html! {
        p { "Check code:" }
        p class="ia-check-code" id="check-code" { (check_code(&code)) }
        p {
            "The sender is not confirmed. That is usual: anybody can write a name into a file. To be sure that it comes from "
            (visible(&found.header.signer_name))
            ", call them and read this code to each other: their page showed them the same one when they sealed it."
        }
    })
}
