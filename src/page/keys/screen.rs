//! How it looks: two regions in the place that the page draws. One stands outside what opens on demand and says which key
//! is open; the other holds the forms.

use maud::{Markup, html};

use super::receipt::{Said, found};
use super::state::{Offer, Pace, Panel, State, Task};
use crate::file::{About, Receipt};
use crate::gather::Gather as _;
use crate::page::component::{
    Button, Checkbox, Control, Input, Message, Question, Severity, Textarea, Weight, button,
    check_code, checkbox, details, file_input, input, inset, passphrase, progress, textarea,
};
use crate::page::live::Live;
use crate::page::text::outside;
use crate::sign::{Header, Thumbprint};

/// The region that says which key is open.
pub(super) const OPEN: &str = "keys-open";
/// The region of the forms.
pub(super) const FORMS: &str = "keys";
/// The button that opens the chosen key file.
pub(super) const OPEN_FILE: &str = "open-key";
/// The button that makes a key file.
pub(super) const MAKE: &str = "make-key";
/// The button that gives up opening or making one.
pub(super) const STOP: &str = "stop-key";
/// The paragraph that takes focus when a key was opened or forgotten.
pub(super) const OPEN_ID: &str = "which-key";

/// The chosen key file.
pub(super) const KEY_FILE: &str = "key-file";
/// The passphrase of a key file that is there.
pub(super) const PASSPHRASE: &str = "passphrase";
/// Whether that is shown.
pub(super) const SHOW: &str = "show-passphrase";
/// The passphrase of a new key file.
pub(super) const NEW: &str = "new-passphrase";
/// The same again.
pub(super) const SAME: &str = "same-passphrase";
/// Whether both are shown.
pub(super) const SHOW_NEW: &str = "show-new-passphrase";
/// The organisation that the key is to speak for.
pub(super) const ORGANISATION: &str = "request-organisation";
/// Who holds it.
pub(super) const NAME: &str = "request-name";
/// Their job title.
pub(super) const JOB_TITLE: &str = "request-job-title";
/// The chosen receipt.
pub(super) const RECEIPT: &str = "receipt";
/// The chosen return that the receipt should be for.
pub(super) const RETURN: &str = "receipt-return";

/// That the key file is being opened, below the button that does it.
const OPENING: &str = "opening";
/// That a key is being made.
const MAKING: &str = "making";
/// How far either is.
const PROGRESS: &str = "key-progress";
/// What the receipt says.
const SAID: &str = "receipt-said";

const INPUTS: [Question<'static>; 9] = [
    Question::small(KEY_FILE, "Your key file", "For example, key.pem"),
    Question::small(PASSPHRASE, "Its passphrase", ""),
    Question::small(
        NEW,
        "New passphrase",
        "At least 12 characters: four or more unrelated words are good. Nobody can find it for you if you lose it.",
    ),
    Question::small(SAME, "The same passphrase again", ""),
    Question::small(
        ORGANISATION,
        "Code of the organisation that you will send returns for",
        "For example, RX1",
    ),
    Question::small(NAME, "Your name", ""),
    Question::small(JOB_TITLE, "Your job title", ""),
    Question::small(RECEIPT, "The receipt", ""),
    Question::small(RETURN, "The sealed return that it should be for", "You can leave this out."),
];

fn question_of(id: &str) -> Question<'static> {
    INPUTS.iter().find(|question| question.id == id).copied().unwrap_or_default()
}

/// The parts that can change without the forms being drawn anew.
pub(super) fn live(state: &State) -> Live {
    let mut live = Live::default();
    live.region(OPEN, open(state));
    for question in &INPUTS {
        let messages: Vec<Message> = state
            .faults
            .iter()
            .filter(|(id, _)| *id == question.id)
            .map(|(_, text)| Message { severity: Severity::Error, text: text.clone() })
            .gather();
        live.standing(question.id, question.standing(Control::Input(""), &messages));
    }
    let work = Work::of(state.task.as_ref());
    for (region, kind) in [(OPENING, Kind::Opening), (MAKING, Kind::Making)] {
        let work = work.filter(|work| work.kind == kind);
        live.region(region, html! { @if let Some(work) = work { (work.words(state)) } });
        live.region(
            progress_region(region),
            html! { @if let Some(work) = work { (work.progress()) } },
        );
    }
    if let Some(Pace { hundredths, .. }) = work.and_then(|work| work.pace) {
        live.attribute(PROGRESS, "value", Some(hundredths.to_string()));
    }
    live.region(SAID, said(state));
    for (region, offer) in [("key", &state.made), ("request", &state.request)] {
        live.region(
            offer_region(region),
            html! { @if let Some(offer) = offer { (became(offer)) } },
        );
    }
    live
}

/// The forms.
pub(super) fn forms(state: &State, live: &Live) -> Markup {
    match (state.panel, &state.key) {
        (Panel::Approve | Panel::Seal, None) => choose(state, live),
        (Panel::Approve | Panel::Seal, Some(_)) => kept(state, live),
        (Panel::Done | Panel::Start, _) => receipt(state, live),
    }
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Kind {
    Making,
    Opening,
}

/// Work with a passphrase, as far as it is shown.
#[derive(Clone, Copy)]
struct Work {
    kind: Kind,
    /// None before its first portion.
    pace: Option<Pace>,
}

impl Work {
    fn of(task: Option<&Task>) -> Option<Self> {
        let (kind, pace) = match task? {
            Task::Make(_) => (Kind::Making, None),
            Task::Making(.., pace) => (Kind::Making, Some(*pace)),
            Task::Open(_) => (Kind::Opening, None),
            Task::Opening(_, pace) => (Kind::Opening, Some(*pace)),
            Task::Request { .. } => return None,
        };
        Some(Self { kind, pace })
    }

    fn label(self) -> &'static str {
        match self.kind {
            Kind::Making => "Making your key",
            Kind::Opening => "Opening your key",
        }
    }

    /// What is said once; how far it is stands beside it, and is not read out with every step.
    fn words(self, state: &State) -> Markup {
        html! {
            p { strong { (self.label()) "…" } " This takes a second or two; on some computers, some minutes." }
            @if state.is_awaited {
                @match state.panel {
                    Panel::Approve => p { "Your key is not open yet, so nothing was signed off. Wait until it is." },
                    _ => p { "Your key is not open yet, so nothing was sealed. Wait until it is, or stop and seal without it." },
                }
            }
        }
    }

    fn progress(self) -> Markup {
        html! {
            (progress(PROGRESS, self.label()))
            (button(&Button { action: STOP, text: "Stop", weight: Weight::Secondary, value: None }))
        }
    }
}

/// How far work is, below what is said of it.
fn progress_region(region: &str) -> String {
    [region, "-progress"].concat()
}

/// Which key is open, and what that means for what is sealed.
fn open(state: &State) -> Markup {
    let Some(key) = &state.key else {
        return html! {
            @if state.is_forgotten {
                p id=(OPEN_ID) tabindex="-1" {
                    @match state.panel {
                        Panel::Approve => "The key file is closed and forgotten.",
                        Panel::Done | Panel::Seal | Panel::Start => "The key file is closed and forgotten. What you seal now is sealed without it.",
                    }
                }
            }
        };
    };
    let thumbprint = key.public().thumbprint();
    inset(&html! {
        p id=(OPEN_ID) tabindex="-1" {
            strong {
                @match state.panel {
                    Panel::Approve => "You will sign off with your key file.",
                    Panel::Seal => "This return will be sealed with your key file.",
                    Panel::Done | Panel::Start => "Your key file is still open. The next return that you seal is sealed with it too.",
                }
            }
            " It stays open until you forget it or close this page."
        }
        (codes(thumbprint))
        (button(&Button { action: "forget-key", text: "Forget this key", weight: Weight::Secondary, value: None }))
    })
}

/// The code to read out, and the whole thumbprint beside it.
fn codes(thumbprint: Thumbprint) -> Markup {
    html! {
        p { "Check code to read out to whoever keeps the list of senders:" }
        p class="ia-check-code" { (check_code(&thumbprint.enrolment_code())) }
        p { "Thumbprint, the whole of it: " span class="ia-thumbprint" { (thumbprint) } }
    }
}

/// No key is open: open one, or make one.
fn choose(state: &State, live: &Live) -> Markup {
    let show = |id, label| {
        let shown = Checkbox { id, label, about: None, checked: false, small: true };
        html! { div class="nhsuk-form-group" { (checkbox(&shown)) } }
    };
    let action = |action, text, region| {
        let weight = Weight::Secondary;
        html! {
            (button(&Button { action, text, weight, value: None }))
            div role="status" data-region=(region) { (live.at(region)) }
            @let progress = progress_region(region);
            div data-region=(progress) { (live.at(&progress)) }
        }
    };
    html! {
        @if state.panel != Panel::Approve { p { "You do not need a sender file to seal a return. If you send returns often, it lets whoever receives them see that they all come from you, without calling you each time. It is a key in a file, locked with a passphrase." } }
        h3 class="nhsuk-heading-s" { "Open a key file" }
        (file_input(&question_of(KEY_FILE), live.of(KEY_FILE)))
        (passphrase(&question_of(PASSPHRASE), live.of(PASSPHRASE), false))
        (show(SHOW, "Show the passphrase"))
        (action(OPEN_FILE, "Open the key file", OPENING))
        h3 class="nhsuk-heading-s" { "Make a key file" }
        (passphrase(&question_of(NEW), live.of(NEW), true))
        (passphrase(&question_of(SAME), live.of(SAME), true))
        (show(SHOW_NEW, "Show both"))
        (action(MAKE, "Make a key file and save it", MAKING))
    }
}

/// A key is open: its file, where it was made here, and the request to be known.
fn kept(state: &State, live: &Live) -> Markup {
    html! {
        @if let Some(made) = &state.made {
            h3 class="nhsuk-heading-s" { "Your key file" }
            p { "Keep this file and its passphrase for the next time. Nobody can make the same key again." }
            (offer("key", made, live))
        }
        // Who signs off has another task at hand.
        @if state.panel == Panel::Approve {
            (details(ASK, &request(state, live)))
        } @else {
            h3 class="nhsuk-heading-s" { (ASK) }
            (request(state, live))
        }
    }
}

/// What heads the request to be known.
const ASK: &str = "Ask to be known as a sender";

fn request(state: &State, live: &Live) -> Markup {
    html! {
        p { "Save a request and send it to whoever keeps the list of senders: your region can tell you who that is. When they call you, read out the check code above. Until they have put you into the list, your returns count as they do now." }
        @for id in [ORGANISATION, NAME, JOB_TITLE] {
            (input(&question_of(id), live.of(id), &Input { id, value: state.text(id), ..Input::default() }))
        }
        (button(&Button { action: "request", text: "Save the request", weight: Weight::Secondary, value: None }))
        @if let Some(request) = &state.request { (offer("request", request, live)) }
    }
}

fn offer_region(which: &str) -> String {
    [which, "-saved"].concat()
}

/// A file that was made here, and other ways to get it.
fn offer(which: &str, offer: &Offer, live: &Live) -> Markup {
    let region = offer_region(which);
    let text_id = [which, "-text"].concat();
    let question = Question { id: &text_id, label: "All of the file", ..Question::default() };
    let standing = question.standing(Control::Textarea, &[]);
    let area = Textarea { rows: 8, value: &offer.text, read_only: true };
    let action = |verb, text| {
        let action = [verb, "-", which].concat();
        button(&Button { action: &action, text, weight: Weight::Secondary, value: None })
    };
    html! {
        div role="status" data-region=(region) { (live.at(&region)) }
        div class="nhsuk-button-group ia-actions" {
            (action("save", "Save this file again"))
            (action("copy", "Copy this file’s text"))
        }
        (details("This file’s text", &textarea(&question, &standing, &area)))
    }
}

/// Whether a file is in the downloads, as far as the page can know, and whether its text was copied.
fn became(offer: &Offer) -> Markup {
    html! {
        @match offer.saved {
            Some(false) => p { "The browser refused to save the file. Copy its text, paste it into an empty text file, and save that as " strong { (outside(&offer.name)) } "." },
            Some(true) | None => p { "Check that it is in your downloads: " strong { (outside(&offer.name)) } ". If it is not there, save it again, or copy its text." },
        }
        @match offer.copied {
            Some(true) => p { "The text is copied. Paste it into an empty text file, and save that under the file name above." },
            Some(false) => p { "The text could not be copied by itself. Open “This file’s text”, select all of it and copy it." },
            None => {},
        }
    }
}

/// Where a receipt is opened.
fn receipt(state: &State, live: &Live) -> Markup {
    html! {
        p { "Whoever receives your return can send you a receipt: a file that says what reached them, and when." }
        (file_input(&question_of(RECEIPT), live.of(RECEIPT)))
        @if state.panel == Panel::Start { (file_input(&question_of(RETURN), live.of(RETURN))) }
        div role="status" data-region=(SAID) { (live.at(SAID)) }
    }
}

/// What is said of the chosen receipt.
fn said(state: &State) -> Markup {
    html! {
        @match &state.said {
            None => {},
            Some(Said::Refused(what, next)) => (inset(&html! { p { strong { (what) } } p { (next) } })),
            Some(Said::NotAReturn) => (inset(&html! {
                p { strong { "The file chosen as the return is not a sealed return, or was changed." } }
                p { "Choose the file that was saved when you sealed the return." }
            })),
            Some(Said::Genuine { receipt, about, signers }) => (inset(&genuine(receipt, *about, signers))),
        }
    }
}

fn genuine(receipt: &Receipt, about: Option<About>, signers: &[(Header, Thumbprint)]) -> Markup {
    let at = receipt.received_at;
    html! {
        p { strong {
            @match about {
                Some(About::This) => "This receipt is for this return.",
                Some(About::Another) => "This receipt is for another return, not for this one.",
                Some(About::Contradictory) => "This receipt names this return, but says of it what is not so.",
                None => "This receipt has not been changed since it was made.",
            }
        } }
        p {
            "It says that a return of " (outside(&receipt.organisation)) " was received at "
            (at.clock_words()) " " (at.zone_words()) " on " (at.date_words()) ": "
            (outside(&receipt.template)) ", version " (receipt.revision) ", in the collection "
            (outside(&receipt.collection)) "."
        }
        p {
            @match found(&receipt.verdict) {
                Some(sentence) => (sentence),
                None => { "They found: " (outside(&receipt.verdict)) "." },
            }
        }
        @for (header, thumbprint) in signers {
            p {
                "It is signed by somebody who gives the name " (outside(&header.signer_name)) " ("
                (outside(&header.signer_job_title)) "). Check code: "
                strong { (thumbprint.enrolment_code()) } ". Thumbprint: "
                span class="ia-thumbprint" { (thumbprint) }
            }
        }
        p { "This page does not know whose check code that is. Compare it with the one that whoever you sent the return to has given you: only theirs makes this a receipt from them." }
        p {
            @match about {
                Some(About::This) => "If the check code is theirs, keep the receipt with your sealed file. There is nothing else to do.",
                Some(About::Another) => "Look for the file of that version, or ask for a receipt for this one.",
                Some(About::Contradictory) => "Do not rely on it. Ask whoever received your return what they have.",
                None => "To see whether it is for a file that you have, choose that file too.",
            }
        }
    }
}
