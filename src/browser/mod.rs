//! The browser's edge: the DOM, the clock, randomness, files. It makes no decision that could be tested natively.
//!
//! The page's own script (`www/boot.js`) starts the engine and gives it `globalThis.iaReturns`, the only names
//! that Rust calls by itself; everything else comes from `web-sys`.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    /// Replaces the content of `element` by `html`, through the page's one Trusted Types policy.
    #[wasm_bindgen(js_namespace = iaReturns, js_name = setHtml)]
    fn set_html(element: &Element, html: &str);
}

/// Draws the page and starts listening. `www/boot.js` calls it once, when the engine is ready.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn start() {
    let app = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("app"));
    if let Some(app) = app {
        set_html(&app, "<main id=\"main-content\"><h1>The engine is running</h1></main>");
    }
}
