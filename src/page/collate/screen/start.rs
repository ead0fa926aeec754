//! Which collection it is, and what the operator knows of it.

use maud::{Markup, html};

use super::{at_work, primary, question_of, secondary, time_parts};
use crate::page::collate::state::{
    COLLECTION, DECISIONS, EXPECTED, MANIFEST, RECEIVED, RECEIVED_PARTS, REGISTER, SIGNER, State,
};
use crate::page::component::{Input, details, file_input, input, select};
use crate::page::live::Live;
use crate::page::text::outside;

pub(super) fn draw(state: &State, live: &Live) -> Markup {
    let collections: Vec<(&str, &str)> = state
        .set
        .collections()
        .iter()
        .map(|own| (own.source().id.as_str(), own.source().title.as_str()))
        .collect();
    html! {
        p { "Open the files that organisations sent you. This page checks each of them again, shows who is missing and what is wrong, and adds up what counts. The files are read on this computer and go nowhere." }
        (select(&question_of(COLLECTION), live.of(COLLECTION), &collections, state.text(COLLECTION)))
        (lists(state, live))
        (times(state, live))
        (details("Go on with an earlier collation", &html! {
            p { "A saved collation has what was decided: senders confirmed, versions chosen, figures entered. The returns are not in it: add their files again." }
            (file_input(&question_of(DECISIONS), live.of(DECISIONS)))
        }))
        (at_work(live))
        (primary("begin", "Continue"))
        @if state.made.is_some() { p { (secondary("results", "Back without changes")) } }
    }
}

fn lists(state: &State, live: &Live) -> Markup {
    let own = state.set.expected(&state.collection);
    html! {
        h2 class="nhsuk-heading-m" { "Expected organisations and senders" }
        p { "Without these lists every return that came is shown, and nobody is missing." }
        @if let Some(list) = &state.expected {
            p { "In use: number " (list.serial) " of " (outside(&list.issued)) ". Choose another file to replace it." }
        } @else if let Some(list) = own {
            p { "This page carries a list for the collection, number " (list.serial) " of " (outside(&list.issued)) ", which is used unless you choose another." }
        }
        (file_input(&question_of(EXPECTED), live.of(EXPECTED)))
        @if let Some(list) = &state.register {
            p { "In use: number " (list.serial()) ", " (list.entries().len()) " keys. Choose another file to replace it." }
        }
        (file_input(&question_of(REGISTER), live.of(REGISTER)))
        (input(&question_of(SIGNER), live.of(SIGNER), &Input { id: SIGNER, value: state.text(SIGNER), ..Input::default() }))
    }
}

fn times(state: &State, live: &Live) -> Markup {
    html! {
        h2 class="nhsuk-heading-m" { "When the files arrived" }
        p { "A return counts if it arrived while its window was open. A file’s own time proves nothing." }
        @if !state.manifest.is_empty() {
            p { "In use: the times of " (super::super::update::files(state.manifest.len())) ". Choose another file to replace them." }
        }
        (file_input(&question_of(MANIFEST), live.of(MANIFEST)))
        (time_parts(state, RECEIVED, RECEIVED_PARTS, live))
    }
}
