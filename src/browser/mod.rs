//! The browser's edge: names for what goes in and out. It makes no decision that could be tested natively.
//!
//! In: events, from `www/listen.js`, each turned into one [`Event`]. Out: what `page::update` asks for, by name, done by
//! `www/perform.js` in order. Texts are all that crosses: what the DOM needs is written where the DOM is, which is 20 KB
//! less of an engine than the same through typed bindings.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::collection::{Document, DocumentKind};
use crate::page::{Effect, Event, Seed, State, update};
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
    fn secret(bytes: &mut [u8]) -> bool;
}

/// The page, and the data it was given so far.
#[derive(Default)]
struct Page {
    documents: Vec<Document>,
    state: State,
}

thread_local! {
    /// Never dropped: it lives as long as the engine, which need not carry the code that would take it apart.
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

/// Deals with one event, and asks for what follows from it.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn handle(what: &str, id: String, text: String) {
    let mut sealed = false;
    PAGE.with(|page| {
        let page = &mut *page.borrow_mut();
        let mut next = event(page, what, id, text);
        while let Some(event) = next.take() {
            for effect in update(&mut page.state, event) {
                match effect {
                    Effect::Seal => {
                        sealed = true;
                        next = Some(seal());
                    }
                    other => perform(&other),
                }
            }
        }
    });
    if sealed {
        wipe_stack();
    }
}

/// The event that a name stands for; none for a name that the page does not know.
fn event(page: &mut Page, what: &str, id: String, text: String) -> Option<Event> {
    Some(match what {
        "address" => Event::Address(text),
        "chosen" => Event::Chosen { id, value: text },
        "copied" => Event::Copied,
        "could-not-copy" => Event::CouldNotCopy,
        "could-not-load" => Event::CouldNotLoad,
        "could-not-open" => Event::CouldNotOpen,
        "could-not-save" => Event::CouldNotSave,
        "drafts" => Event::Drafts { can: id, list: text },
        "elsewhere" => Event::Elsewhere,
        "file-of-figures" => Event::FileOfFigures { id, text },
        "input" => Event::Input { id, text },
        "keep" => Event::Keep,
        "kept" => Event::Kept { change: id, now: now() },
        "key" => Event::Key { id, key: text },
        "leaving" => Event::Leaving,
        "left" => Event::Left { id, to: text },
        "loaded" => Event::Loaded { documents: std::mem::take(&mut page.documents) },
        "not-kept" => Event::NotKept { reason: id },
        "opened" => Event::Opened { draft: text, beside: id },
        "pasted" => Event::Pasted { id, text },
        "pressed" => Event::Pressed { action: id, value: text },
        "saved" => Event::Saved,
        "sealed-file" => Event::SealedFile { found: id, text },
        "start" => Event::Start {
            now: now(),
            engine: id,
            address: text,
            documents: std::mem::take(&mut page.documents),
        },
        "tick" => Event::Tick { now: now() },
        _ => return None,
    })
}

/// Asks for one effect, by its name in `www/perform.js`.
fn perform(effect: &Effect) {
    let [what, one, two, three] = effect.words();
    ask(what, one, two, three);
}

/// The time and 32 secret bytes: those of a kept key that is open, or else random ones; none where the browser has no
/// randomness. A generator that is switched off has been seen to answer with noughts.
fn seal() -> Event {
    let mut bytes = Zeroizing::new([0; 32]);
    if secret(bytes.as_mut_slice()) && bytes.iter().any(|byte| *byte != 0) {
        Event::Seal { now: now(), seed: Seed(bytes) }
    } else {
        Event::CouldNotSeal
    }
}
