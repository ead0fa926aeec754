//! The browser's edge of the collator's page: an engine of its own (feature `collate`). It makes no decision that could be
//! tested natively.
//!
//! In: documents and pictures, what stands in inputs and lists as bytes, files one at a time, and events by name, from
//! `www/collate.js`. Out: effects by the names of `www/perform.js`, `save` for a file that is no text, `stop`, which ends the
//! adding of files, and `later`, which asks for the event `ready` once the screen shows what is being done.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::collection::{Document, DocumentKind};
use crate::page::Effect;
use crate::page::collate::{Ask, Event, State, update};

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
    /// Offers a file as a download.
    #[wasm_bindgen(js_namespace = iaReturns)]
    fn save(name: &str, bytes: &[u8]);
}

/// The page, and the data it was given so far.
#[derive(Default)]
struct Page {
    documents: Vec<Document>,
    pictures: Vec<String>,
    state: State,
}

thread_local! {
    /// Never dropped as a whole: it lives as long as the page.
    static PAGE: &'static RefCell<Page> = Box::leak(Box::default());
}

/// Takes one document, to be handed on with the next event. A kind that the page does not read is passed over.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn document(kind: &str, id: String, json: String) {
    PAGE.with(|page| {
        let page = &mut *page.borrow_mut();
        if kind == "picture" {
            page.pictures.push(json);
        } else if let Some(kind) = DocumentKind::parse(kind) {
            page.documents.push(Document { kind, id, json });
        }
    });
}

/// Takes what stands in an input, or what is in a chosen list.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn give(id: String, bytes: Vec<u8>) {
    PAGE.with(|page| page.borrow_mut().state.give(id, bytes));
}

/// Judges one file: its way from what was chosen, its length as digits, and what is in it as far as a return goes.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn add(name: &str, size: &str, bytes: &[u8]) {
    let size = size.parse().unwrap_or(u64::MAX);
    PAGE.with(|page| page.borrow_mut().state.add(name, size, Some(bytes)));
}

/// Judges the next file of the archive that was added last; false once there is none.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn more() -> bool {
    PAGE.with(|page| page.borrow_mut().state.more())
}

/// Names a file that the browser cannot read.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn unread(name: &str, size: &str) {
    let size = size.parse().unwrap_or(u64::MAX);
    PAGE.with(|page| page.borrow_mut().state.add(name, size, None));
}

/// Deals with one event, and asks for what follows from it.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn handle(what: &str, id: String, text: String) {
    PAGE.with(|page| {
        let page = &mut *page.borrow_mut();
        let Some(event) = event(page, what, id, text) else { return };
        for wanted in update(&mut page.state, event) {
            match wanted {
                Ask::Page(effect) => perform(&effect),
                Ask::SaveBytes { file_name, bytes } => save(&file_name, &bytes),
                Ask::Stop => ask("stop", "", "", ""),
            }
        }
        if page.state.is_working() {
            ask("later", "", "", "");
        }
    });
}

/// The event that a name stands for; none for a name that is not known here.
fn event(page: &mut Page, what: &str, id: String, text: String) -> Option<Event> {
    let number = |digits: &str| digits.parse().unwrap_or(0);
    Some(match what {
        "chosen" => Event::Chosen { id, now: now() },
        "copied" => Event::Copied(true),
        "could-not-copy" => Event::Copied(false),
        "could-not-load" => Event::CouldNotLoad,
        "could-not-save" => Event::Saved(false),
        "loaded" => Event::Loaded(std::mem::take(&mut page.documents)),
        "not-read" => Event::NotRead(id),
        "pressed" => Event::Pressed { action: id, value: text, now: now() },
        "progress" => Event::Progress { done: number(&id), total: number(&text) },
        "read" => Event::Read { done: number(&id), total: number(&text), now: now() },
        "ready" => Event::Ready { now: now() },
        "saved" => Event::Saved(true),
        "start" => Event::Start {
            now: now(),
            documents: std::mem::take(&mut page.documents),
            pictures: std::mem::take(&mut page.pictures),
        },
        _ => return None,
    })
}

/// Asks for one effect, by its name in `www/perform.js`.
fn perform(effect: &Effect) {
    let [what, one, two, three] = effect.words();
    ask(what, one, two, three);
}
