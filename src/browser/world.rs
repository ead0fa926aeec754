//! What the page cannot know by itself: the time, randomness, and what `www/boot.js` offers.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;
use zeroize::Zeroizing;

use crate::page::Seed;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = iaReturns, js_name = setHtml)]
    pub(super) fn set_html(element: &Element, html: &str);
    #[wasm_bindgen(js_namespace = iaReturns, js_name = engineKind)]
    pub(super) fn engine() -> String;
}

/// The device's time as RFC 3339 text in UTC.
pub(super) fn now() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// 32 bytes from `crypto.getRandomValues`, which needs no secure context; none where the browser has none.
pub(super) fn seed() -> Option<Seed> {
    let crypto = web_sys::window()?.crypto().ok()?;
    let mut bytes = Zeroizing::new([0; 32]);
    crypto.get_random_values_with_u8_array(bytes.as_mut_slice()).ok()?;
    // A generator that is switched off has been seen to answer with noughts.
    if bytes.iter().all(|byte| *byte == 0) { None } else { Some(Seed(bytes)) }
}
