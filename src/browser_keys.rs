//! The browser's edge of kept keys, requests and receipts: an engine of its own (feature `keys`), fetched when a person opens
//! that part of the page. It makes no decision that could be tested natively.
//!
//! In: what stands in inputs and files as bytes, and events by name, from `www/keys.js`. Out: effects by the names of
//! `www/perform.js`, and `later` and `portion`, which ask for the events `ready` and `portion` once the screen shows what is being
//! done and how far it is. The secret of the
//! opened key leaves byte by byte: the page's engine takes it where it takes 32 random bytes otherwise.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::page::Effect;
use crate::page::keys::{Event, Panel, Random, State, update};
use crate::sign::wipe_stack;

/// The standard allocator is 4 KB larger, and slower.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[wasm_bindgen]
extern "C" {
    /// Asks for something to be done once the present event is dealt with.
    #[wasm_bindgen(js_namespace = ["iaReturns", "keys"])]
    fn ask(what: &str, one: &str, two: &str, three: &str);
    #[wasm_bindgen(js_namespace = iaReturns)]
    fn now() -> String;
    #[wasm_bindgen(js_namespace = iaReturns)]
    fn random(bytes: &mut [u8]) -> bool;
}

thread_local! {
    /// Never dropped as a whole: it lives as long as the page. What is secret in it is wiped when it is not needed any more.
    static STATE: &'static RefCell<State> = Box::leak(Box::default());
}

/// Takes what stands in an input, or what is in a chosen file; the bytes are wiped here when they are not needed any more.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn give(id: String, bytes: Vec<u8>) {
    STATE.with(|state| state.borrow_mut().give(id, bytes));
}

/// Deals with one event, and asks for what follows from it.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn happen(what: &str, id: String) {
    let Some(event) = event(what, id) else { return };
    STATE.with(|state| {
        let state = &mut *state.borrow_mut();
        for effect in update(state, event) {
            perform(&effect);
        }
        if let Some(wait) = state.waits() {
            ask(wait.name(), "", "", "");
        }
    });
    wipe_stack();
}

/// A byte of the opened key's secret, by its place from 0 to 31; -1 where no key is open.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn secret(place: u32) -> i32 {
    STATE.with(|state| {
        let state = state.borrow();
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        state.secret().and_then(|secret| secret.get(place)).map_or(-1, |byte| i32::from(*byte))
    })
}

/// The id of the return in a file, if its seal is whole; else one word for what is wrong.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn whole(bytes: &[u8]) -> String {
    crate::file::id_if_whole(bytes).unwrap_or_else(|error| error.code().to_owned())
}

/// The event that a name stands for; none for a name that is not known here.
fn event(what: &str, id: String) -> Option<Event> {
    Some(match what {
        "chosen" => Event::Chosen(id),
        "copied" => Event::Copied(true),
        "could-not-copy" => Event::Copied(false),
        "could-not-save" => Event::Saved(false),
        "not-read" => Event::NotRead(id),
        "portion" => Event::Portion { took: id.parse().unwrap_or(u32::MAX) },
        "pressed" => Event::Pressed(id),
        "ready" => Event::Ready { now: now(), random: Random::drawn(random) },
        "saved" => Event::Saved(true),
        "shown" => Event::Shown(Panel::parse(&id)?),
        "ticked" => Event::Ticked { id, on: true },
        "too-soon" => Event::TooSoon,
        "unticked" => Event::Ticked { id, on: false },
        _ => return None,
    })
}

/// Asks for one effect, by its name in `www/perform.js`.
fn perform(effect: &Effect) {
    let [what, one, two, three] = effect.words();
    ask(what, one, two, three);
}
