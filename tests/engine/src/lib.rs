//! Judges vectors in WebAssembly. Only numbers go in and out, four bytes at a time: no glue is needed.

mod judge;

use ia_returns::collection::{Document, DocumentKind, Set};
use ia_returns::json::{self, Value};
use judge::{Asked, judge};
use std::cell::RefCell;

include!(concat!(env!("OUT_DIR"), "/documents.rs"));

#[derive(Default)]
struct Engine {
    set: Option<Set>,
    /// What is asked, as JSON; the vector; what a receipt is held against.
    given: [Vec<u8>; 3],
    answer: Vec<u8>,
}

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::default();
}

/// Takes `count` bytes, at most four, of one of the three things given.
#[unsafe(no_mangle)]
pub extern "C" fn give(which: u32, bytes: u32, count: u32) {
    ENGINE.with_borrow_mut(|engine| {
        engine.given[which as usize].extend_from_slice(&bytes.to_le_bytes()[..count as usize]);
    });
}

/// Judges what was given, forgets it, and says how long the answer is.
#[unsafe(no_mangle)]
pub extern "C" fn run() -> u32 {
    ENGINE.with_borrow_mut(|engine| {
        let [asked, vector, of] = std::mem::take(&mut engine.given);
        let set = engine.set.get_or_insert_with(set);
        let asked = json::read(&asked).expect("what is asked is JSON");
        let text = |name: &str| asked.get(name).and_then(Value::as_str).unwrap_or_default();
        let asked = Asked {
            reader: text("reader").to_owned(),
            keeper: text("keeper").to_owned(),
            held: asked.get("held").and_then(Value::as_i64),
            of: (!of.is_empty()).then_some(of),
        };
        engine.answer = judge(&asked, &vector, set).to_json().into_bytes();
        engine.answer.len() as u32
    })
}

/// Four bytes of the answer.
#[unsafe(no_mangle)]
pub extern "C" fn answer(from: u32) -> u32 {
    ENGINE.with_borrow(|engine| {
        let mut bytes = [0; 4];
        for (byte, found) in bytes.iter_mut().zip(engine.answer.iter().skip(from as usize)) {
            *byte = *found;
        }
        u32::from_le_bytes(bytes)
    })
}

fn set() -> Set {
    let documents: Vec<Document> = DOCUMENTS
        .iter()
        .map(|&(kind, id, json)| Document {
            kind: DocumentKind::parse(kind).expect("a kind"),
            id: id.to_owned(),
            json: json.to_owned(),
        })
        .collect();
    Set::load(&documents).expect("the set loads")
}
