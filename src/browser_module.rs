//! The edge of `pkg/module` (feature `module`): the checker for pages of others, an engine of its own. It makes no decision that
//! could be tested natively. Every function gives one JSON text, which `www/module/index.js` parses once.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::checker::{Checker, Refused};
use crate::collection::{Document, DocumentKind};
use crate::json::{Value, canonical, object};
use crate::sign::{SecretKey, wipe_stack};
use crate::time::Instant;

#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[derive(Default)]
struct Held {
    documents: Vec<Document>,
    checker: Checker,
}

thread_local! {
    static HELD: RefCell<Held> = RefCell::default();
}

/// Takes one document; a kind that is not known is passed over.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn document(kind: &str, id: String, json: String) {
    if let Some(kind) = DocumentKind::parse(kind) {
        HELD.with(|held| held.borrow_mut().documents.push(Document { kind, id, json }));
    }
}

/// Makes the checker of the documents that were taken.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn load() -> String {
    HELD.with(|it| {
        let held = &mut *it.borrow_mut();
        let documents = std::mem::take(&mut held.documents);
        told(match Checker::new(&documents) {
            Ok(made) => {
                held.checker = made;
                Ok(object(&mut []))
            }
            Err(error) => Err(Refused {
                code: "faulty_data",
                message: error.to_string(),
                help: "Give documents that `ia-returns` compiled, with all that they name.",
            }),
        })
    })
}

/// What the rules say of a draft or a sealed return.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn check(file: &[u8], now: &str) -> String {
    within(now, |checker, now| checker.check(file, now))
}

/// Its ratings and calculated values.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn score(file: &[u8], now: &str) -> String {
    within(now, |checker, now| checker.score(file, now))
}

/// Seals a draft with the key of these 32 bytes.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn sign(draft: &[u8], secret: Vec<u8>, now: &str) -> String {
    let secret = Zeroizing::new(secret);
    let text = within(now, |checker, now| {
        let seed = secret.first_chunk::<32>().filter(|_| secret.len() == 32).ok_or(Refused {
            code: "no_key",
            message: "the key is not 32 bytes long".to_owned(),
            help: "Give 32 random bytes, or the secret of a kept key.",
        })?;
        checker.sign(draft, &SecretKey::from_seed(Zeroizing::new(*seed)), now)
    });
    wipe_stack();
    text
}

/// Whether a file is as it was sealed, and a check finds the same.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn verify(file: &[u8]) -> String {
    HELD.with(|held| told(held.borrow().checker.verify(file)))
}

fn within(now: &str, work: impl FnOnce(&Checker, Instant) -> Result<Value, Refused>) -> String {
    let now =
        Instant::parse_device(now).or_else(|_| Instant::parse(now)).map_err(|error| Refused {
            code: "no_time",
            message: error.to_string(),
            help: "Give a time with its offset, like 2023-07-28T10:40:00+01:00.",
        });
    HELD.with(|held| told(now.and_then(|now| work(&held.borrow().checker, now))))
}

fn told(result: Result<Value, Refused>) -> String {
    canonical(&result.unwrap_or_else(|refused| refused.to_json()))
}
