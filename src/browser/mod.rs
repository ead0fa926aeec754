//! The browser's edge: the DOM, the clock, randomness, files. It makes no decision that could be tested natively.
//!
//! In: events of the page, each turned into one [`Event`]. Out: what `page::update` asks for, done in order.
//! The page's own script (`www/boot.js`) starts the engine and gives it `globalThis.iaReturns`, the only
//! names that Rust calls by itself; everything else comes from `web-sys`.

mod dom;
mod listen;
mod perform;
mod world;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::page::{Event, State, update};

/// The page: its state, where it is drawn, and the events that wait their turn.
pub(super) struct Page {
    dom: dom::Dom,
    state: RefCell<State>,
    waiting: RefCell<VecDeque<Event>>,
    busy: Cell<bool>,
    /// Whether a pointer is pressed. What leaving a field redraws then waits: it would move the target away before
    /// the pointer is lifted, and the click would hit nothing.
    pointer_down: Cell<bool>,
    held: RefCell<VecDeque<Event>>,
}

impl Page {
    /// Handles an event now, or in its turn: moving focus makes the browser send further events while the effects
    /// of the first are being performed.
    fn handle(&self, event: Event, source: Option<&web_sys::Event>) {
        if self.busy.replace(true) {
            self.waiting.borrow_mut().push_back(event);
            return;
        }
        self.react(event, source);
        loop {
            let next = self.waiting.borrow_mut().pop_front();
            let Some(event) = next else { break };
            self.react(event, None);
        }
        self.busy.set(false);
    }

    fn react(&self, event: Event, source: Option<&web_sys::Event>) {
        let effects = update(&mut self.state.borrow_mut(), event);
        for effect in effects {
            if let Some(answer) = perform::perform(&self.dom, effect, source) {
                self.waiting.borrow_mut().push_back(answer);
            }
        }
    }
}

/// Draws the page and starts listening. `www/boot.js` calls it once, when the engine is ready.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn start() {
    let Some(dom) = dom::Dom::find() else { return };
    let event = Event::Start {
        now: world::now(),
        engine: world::engine(),
        address: dom.address(),
        documents: dom.documents(),
    };
    let page = Rc::new(Page {
        dom,
        state: RefCell::new(State::default()),
        waiting: RefCell::default(),
        busy: Cell::default(),
        pointer_down: Cell::default(),
        held: RefCell::default(),
    });
    listen::listen(&page);
    page.handle(event, None);
}
