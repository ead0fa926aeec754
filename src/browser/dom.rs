//! Small typed helpers over the DOM.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement, Window};

use super::world::set_html;
use crate::collection::{Document as Data, DocumentKind};

/// The parts of the browser that the page uses.
pub(super) struct Dom {
    pub(super) window: Window,
    pub(super) document: Document,
    pub(super) app: Element,
}

impl Dom {
    /// Finds them; none where there is no `#app`.
    pub(super) fn find() -> Option<Self> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let app = document.get_element_by_id("app")?;
        Some(Self { window, document, app })
    }

    /// The element with this id.
    pub(super) fn element(&self, id: &str) -> Option<Element> {
        self.document.get_element_by_id(id)
    }

    /// The address from `#` on.
    pub(super) fn address(&self) -> String {
        self.window.location().hash().unwrap_or_default()
    }

    /// The data blocks of the page, in its order: `<script data-block="collection" data-id="practice">`.
    pub(super) fn documents(&self) -> Vec<Data> {
        let Ok(blocks) = self.document.query_selector_all("script[data-block]") else {
            return Vec::new();
        };
        let blocks = (0..blocks.length()).filter_map(|at| blocks.item(at)?.dyn_into().ok());
        blocks.filter_map(|block: Element| data(&block)).collect()
    }

    /// Replaces the content of a region. Where focus is inside, it goes back to the same input at the same place.
    pub(super) fn replace(&self, region: &str, html: &str) {
        let Ok(Some(element)) = self.app.query_selector(&format!("[data-region=\"{region}\"]"))
        else {
            return;
        };
        let focused =
            self.document.active_element().filter(|active| element.contains(Some(active)));
        let caret = focused.as_ref().map(|active| (active.id(), caret(active)));
        set_html(&element, html);
        if let Some((id, caret)) = caret
            && let Some(input) = self.element(&id)
        {
            focus(&input);
            set_caret(&input, caret);
        }
    }
}

/// One data block; none when it is of a kind that the page does not read.
fn data(block: &Element) -> Option<Data> {
    let kind = DocumentKind::parse(&block.get_attribute("data-block")?)?;
    let id = block.get_attribute("data-id").unwrap_or_default();
    Some(Data { kind, id, json: block.text_content().unwrap_or_default() })
}

/// Moves focus to an element.
pub(super) fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Fails only for an element that cannot take focus, which then keeps its place.
        let _ = element.focus();
    }
}

/// Shows a text in an input or text area.
pub(super) fn set_value(element: &Element, value: &str) {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.set_value(value);
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(value);
    }
}

/// The text of an input or text area.
pub(super) fn value(element: &Element) -> Option<String> {
    let input = element.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
    input.or_else(|| element.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value))
}

/// Start and end of what is selected in a text area or input.
fn caret(element: &Element) -> Option<(u32, u32)> {
    if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        return Some((area.selection_start().ok()??, area.selection_end().ok()??));
    }
    let input = element.dyn_ref::<HtmlInputElement>()?;
    Some((input.selection_start().ok()??, input.selection_end().ok()??))
}

fn set_caret(element: &Element, caret: Option<(u32, u32)>) {
    let Some((start, end)) = caret else { return };
    let set: Option<Result<(), JsValue>> = element
        .dyn_ref::<HtmlTextAreaElement>()
        .map(|area| area.set_selection_range(start, end))
        .or_else(|| {
            let input = element.dyn_ref::<HtmlInputElement>()?;
            Some(input.set_selection_range(start, end))
        });
    // A radio or checkbox has no caret to set.
    let _ = set;
}
