//! The browser's edge of the approver's page: an engine of its own (feature `approve`). It makes no decision that could be
//! tested natively.
//!
//! In: documents, what stands in inputs and files as bytes, and events by name, from `www/approve.js`. Out: effects by the
//! names of `www/perform.js`, and `later` and `portion`, which ask for the events `ready` and `portion` once the screen shows
//! what is being done and how far it is.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::collection::{Document, DocumentKind};
use crate::page::Effect;
use crate::page::approve::{Event, State, update};
use crate::page::keys::Random;
use crate::sign::wipe_stack;

/// The standard allocator is 4 KB larger, and slower.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[wasm_bindgen]
extern "C" {
    /// Asks for something to be done once the present event is dealt with.
    #[wasm_bindgen(js_namespace = iaReturns)]
    fn ask(what: &str, one: &str, two: &str, three: &str);
    #[wasm_bindgen(js_namespace = iaReturns)]
    fn now() -> String;
    #[wasm_bindgen(js_namespace = iaReturns)]
    fn random(bytes: &mut [u8]) -> bool;
}

/// The page, and the data it was given so far.
#[derive(Default)]
struct Page {
    documents: Vec<Document>,
    state: State,
}

thread_local! {
    /// Never dropped as a whole: it lives as long as the page. What is secret in it is wiped when it is not needed any more.
    static PAGE: &'static RefCell<Page> = Box::leak(Box::default());
}

/// Takes one document, to be handed on with the next event. A kind that the page does not read is passed over.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn document(kind: &str, id: String, json: String) {
    if let Some(kind) = DocumentKind::parse(kind) {
        PAGE.with(|page| page.borrow_mut().documents.push(Document { kind, id, json }));
    }
}

/// Takes what stands in an input, or what is in a chosen file.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn give(id: String, bytes: Vec<u8>) {
    PAGE.with(|page| page.borrow_mut().state.give(id, bytes));
}

/// Deals with one event, and asks for what follows from it.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn handle(what: &str, id: String, _text: String) {
    PAGE.with(|page| {
        let page = &mut *page.borrow_mut();
        let Some(event) = event(page, what, id) else { return };
        for effect in update(&mut page.state, event) {
            perform(&effect);
        }
        if let Some(wait) = page.state.waits() {
            ask(wait.name(), "", "", "");
        }
    });
    wipe_stack();
}

/// The event that a name stands for; none for a name that is not known here.
fn event(page: &mut Page, what: &str, id: String) -> Option<Event> {
    Some(match what {
        "chosen" => Event::Chosen { id, now: now() },
        "copied" => Event::Copied(true),
        "could-not-copy" => Event::Copied(false),
        "could-not-load" => Event::CouldNotLoad,
        "could-not-save" => Event::Saved(false),
        "leaving" => Event::Leaving,
        "loaded" => Event::Loaded(std::mem::take(&mut page.documents)),
        "not-read" => Event::NotRead(id),
        "portion" => Event::Portion { took: id.parse().unwrap_or(u32::MAX) },
        "pressed" => Event::Pressed { action: id, now: now() },
        "ready" => Event::Ready { now: now(), random: Random::drawn(random) },
        "saved" => Event::Saved(true),
        "start" => {
            Event::Start { now: now(), engine: id, documents: std::mem::take(&mut page.documents) }
        }
        "ticked" => Event::Ticked { id, on: true },
        "unticked" => Event::Ticked { id, on: false },
        _ => return None,
    })
}

/// Asks for one effect, by its name in `www/perform.js`.
fn perform(effect: &Effect) {
    let [what, one, two, three] = effect.words();
    ask(what, one, two, three);
}
