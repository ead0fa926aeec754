//! How the return is agreed: with a second signature where its collection asks for one, else in words.

use maud::{Markup, html};

use super::{KEY, question_of, secondary};
use crate::collection::source::Approval;
use crate::page::approve::judge::File;
use crate::page::approve::state::{COPY, JOB_TITLE, NAME, Offer, State};
use crate::page::component::{
    Button, Control, Input, Question, Size, Textarea, button, details, file_input, input, textarea,
    warning,
};
use crate::page::live::Live;
use crate::page::text::outside;

/// The region that says whether the signed file was saved, or copied.
const SAVED: &str = "signed-saved";
/// The region that holds the words of the reply.
const REPLY: &str = "reply";

pub(super) fn live(state: &State, live: &mut Live) {
    live.region(SAVED, html! { @if let Some(offer) = &state.signed { (became(offer)) } });
    live.region(REPLY, html! { @if let Some(offer) = &state.reply { (written(offer)) } });
}

/// Whether the collection asks for a second signature.
fn is_countersigned(file: &File) -> bool {
    let work = file.work.as_ref();
    work.is_some_and(|work| work.draft.form.collection.source().approval == Approval::Countersigned)
}

/// Whether it can be signed off with a key.
pub(super) fn takes_key(file: &File) -> bool {
    is_countersigned(file) && file.is_unchanged() && file.is_complete()
}

pub(super) fn draw(state: &State, file: &File, live: &Live) -> Markup {
    let Some(work) = &file.work else { return html! {} };
    let is_fit = file.seal.is_none() || (file.is_unchanged() && file.is_complete());
    html! {
        section class="ia-screen-only" aria-labelledby="agree" {
            h2 class="nhsuk-heading-m" id="agree" { (heading(state)) }
            @if !is_fit {
                p { "This file cannot be signed off. Tell whoever sent it why, and ask for another one." }
            } @else if takes_key(file) {
                (with_key(state, file, live))
            } @else {
                (in_words(state, file, live))
            }
            @if is_fit && is_countersigned(file) && file.seal.is_none() {
                p { "This collection asks for a second signature. Agree the figures now if you wish, and sign the return off here once it is sealed." }
            }
            p { "Where the return goes when it is agreed: " (work.draft.form.collection.submit_to(&work.draft.form.template.source().id, work.draft.form.stage)) }
        }
    }
}

fn heading(state: &State) -> &'static str {
    if state.signed.is_some() { "Sign it off once more" } else { "Sign it off" }
}

fn who(state: &State, live: &Live) -> Markup {
    html! {
        @for (id, purpose) in [(NAME, "name"), (JOB_TITLE, "organization-title")] {
            (input(&question_of(id), live.of(id), &Input {
                id, value: state.text(id), autocomplete: Some(purpose), ..Input::default()
            }))
        }
    }
}

/// With a second signature.
fn with_key(state: &State, file: &File, live: &Live) -> Markup {
    let is_approved = file.seal.as_ref().is_some_and(crate::file::Verified::is_approved);
    html! {
        @if is_approved {
            p { "It is signed off: nothing more is needed. Another person can sign it off as well." }
        } @else {
            p { "This collection asks that a second person signs the return too. You sign with a key of your own, which is in a file and locked with a passphrase. The key of whoever prepared the return is not taken." }
        }
        @if state.is_slow {
            p { "This browser does not allow WebAssembly. Making or opening a key file takes a few seconds here, and on some computers up to 5 minutes. You can see how far it is, and stop it." }
        }
        div role="status" data-region=(KEY) { (live.at(KEY)) }
        div class="ia-keys" id="keys" {
            div role="status" data-region="keys-open" {}
            div data-region="keys" {}
        }
        (who(state, live))
        p { "By signing off you say that you agree what the return says." }
        (button(&Button { action: "sign-off", text: "Sign off and save the file", ..Button::default() }))
        (details("Put two signed copies together", &html! {
            p { "If somebody else has signed off another copy of the same file, open that copy too: both signatures go into one file." }
            (file_input(&question_of(COPY), live.of(COPY)))
        }))
    }
}

/// In words: how the agreement is recorded.
fn in_words(state: &State, file: &File, live: &Live) -> Markup {
    html! {
        @if file.seal.is_some() {
            p { "No second signature is asked for. Whoever prepared the return wrote down who agreed it, how and when: that is listed above, and the seal covers it." }
            p { "If that was you, and these are the figures that you agreed, nothing more is needed. To be certain that both of you mean the same file, call whoever sent it and read the check code to each other, or send them this reply:" }
        } @else {
            p { "Tell whoever sent the draft that you agree, in person, by telephone, or by e-mail with this reply. They write down your name, how you agreed and when, and seal the return. Then ask for the sealed file, and open it here: the version you agreed and the version that was sealed should have the same totals." }
        }
        (who(state, live))
        (button(&Button { action: "copy-reply", text: "Copy the reply", ..Button::default() }))
        div role="status" data-region=(REPLY) { (live.at(REPLY)) }
    }
}

/// The words of the reply, and whether they were copied.
fn written(offer: &Offer) -> Markup {
    let question =
        Question { id: "reply-text", label: "The reply", size: Size::Small, ..Question::default() };
    let standing = question.standing(Control::Textarea, &[]);
    let area = Textarea { rows: 12, value: &offer.text, read_only: true };
    html! {
        @match offer.copied {
            Some(true) => p { "The reply is copied. Paste it into an e-mail to whoever sent you the file." },
            Some(false) => p { "The reply could not be copied by itself. Select all of it below and copy it." },
            None => {},
        }
        (textarea(&question, &standing, &area))
    }
}

/// The file was signed here: whether it is in the downloads, and other ways to get it.
pub(super) fn signed(offer: &Offer, live: &Live) -> Markup {
    let question = Question { id: "file-text", label: "All of the file", ..Question::default() };
    let standing = question.standing(Control::Textarea, &[]);
    let area = Textarea { rows: 10, value: &offer.text, read_only: true };
    html! {
        div class="ia-screen-only" {
            div role="status" data-region=(SAVED) { (live.at(SAVED)) }
            p { "Send this file back to whoever sent you the return: it carries both signatures, and takes the place of the file that you were sent." }
            div class="nhsuk-button-group ia-actions" {
                (secondary("save", "Save the file again"))
                (secondary("copy", "Copy the file’s text"))
            }
            (details("The file’s text", &textarea(&question, &standing, &area)))
        }
    }
}

fn became(offer: &Offer) -> Markup {
    html! {
        @match offer.saved {
            Some(false) => (warning("The browser refused to save the file", &html! {
                p { "The file is signed, but it is only on this page. Copy its text, paste it into an empty text file, and save that as " strong { (outside(&offer.name)) } "." }
            })),
            Some(true) | None => p { "Check that it is in your downloads: " strong { (outside(&offer.name)) } ". If it is not there, save it again, or copy its text." },
        }
        @match offer.copied {
            Some(true) => p { "The text is copied. Paste it into an empty text file, and save that under the file name above." },
            Some(false) => p { "The text could not be copied by itself. Open “The file’s text”, select all of it and copy it." },
            None => {},
        }
    }
}
