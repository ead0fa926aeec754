//! Effects, performed one by one.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    BeforeUnloadEvent, Blob, BlobPropertyBag, HtmlAnchorElement, HtmlDocument, HtmlTextAreaElement,
    ScrollIntoViewOptions, ScrollLogicalPosition, Url,
};

use super::dom::{self, Dom};
use super::world;
use crate::page::{Effect, Event};

/// Long enough for a question where to save the file, which a person answers.
const REVOKE_AFTER_MS: i32 = 120_000;

/// Performs one effect; the answer, where there is one, is an event for the page.
pub(super) fn perform(dom: &Dom, effect: Effect, source: Option<&web_sys::Event>) -> Option<Event> {
    match effect {
        Effect::Address { text, instead } => address(dom, &text, instead),
        Effect::Attribute { id, name, value } => attribute(dom, &id, name, value.as_deref()),
        Effect::Copy(text) => {
            return Some(if copy(dom, &text) { Event::Copied } else { Event::CouldNotCopy });
        }
        Effect::Draw(html) => {
            world::set_html(&dom.app, &html);
            dom.window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        Effect::Focus(id) => {
            if let Some(element) = dom.element(&id) {
                dom::focus(&element);
            }
        }
        Effect::Prevent => {
            if let Some(source) = source {
                prevent(source);
            }
        }
        Effect::Print => {
            // Fails where printing is switched off; the browser says so itself.
            let _ = dom.window.print();
        }
        Effect::Replace { region, html } => dom.replace(&region, &html),
        Effect::Reveal(id) => {
            if let Some(element) = dom.element(&id) {
                let nearest = ScrollIntoViewOptions::new();
                nearest.set_block(ScrollLogicalPosition::Nearest);
                element.scroll_into_view_with_scroll_into_view_options(&nearest);
            }
        }
        Effect::Save { file_name, text } => {
            let saved = save(dom, &file_name, &text);
            return Some(if saved.is_ok() { Event::Saved } else { Event::CouldNotSave });
        }
        Effect::Seal => {
            let seal = world::seed().map(|seed| Event::Seal { now: world::now(), seed });
            return Some(seal.unwrap_or(Event::CouldNotSeal));
        }
        Effect::SetInput { id, value } => {
            if let Some(element) = dom.element(&id) {
                dom::set_value(&element, &value);
            }
        }
        Effect::Title(text) => dom.document.set_title(&text),
    }
    None
}

/// Shows an address without going anywhere: works on `file://` too.
fn address(dom: &Dom, text: &str, instead: bool) {
    let Ok(history) = dom.window.history() else { return };
    // Fails after very many changes in a short time; the step itself is drawn all the same.
    let _ = if instead {
        history.replace_state_with_url(&JsValue::NULL, "", Some(text))
    } else {
        history.push_state_with_url(&JsValue::NULL, "", Some(text))
    };
}

/// Prevents what the browser usually does. Before a page is left, older browsers ask only where a text is set; it is
/// not shown.
fn prevent(source: &web_sys::Event) {
    source.prevent_default();
    if let Some(leaving) = source.dyn_ref::<BeforeUnloadEvent>() {
        leaving.set_return_value("unsaved");
    }
}

fn attribute(dom: &Dom, id: &str, name: &str, value: Option<&str>) {
    let Some(element) = dom.element(id) else { return };
    // Names are our own constants, so they are always ones that can be set.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Puts a text on the clipboard. `execCommand` is old, but it also works where the page is no secure context.
fn copy(dom: &Dom, text: &str) -> bool {
    let copied = || -> Result<bool, JsValue> {
        let area: HtmlTextAreaElement = dom.document.create_element("textarea")?.unchecked_into();
        area.set_class_name("nhsuk-u-visually-hidden");
        area.set_value(text);
        let before = dom.document.active_element();
        dom.app.append_child(&area)?;
        area.select();
        let done = dom.document.unchecked_ref::<HtmlDocument>().exec_command("copy");
        area.remove();
        if let Some(before) = before {
            dom::focus(&before);
        }
        done
    };
    copied().unwrap_or(false)
}

/// Offers a file as a download by pressing a link to it. The link is never on the page, so that pressing it is no
/// event of the page's.
fn save(dom: &Dom, file_name: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = dom.document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(file_name);
    link.click();
    revoke_later(dom, address)
}

/// Gives the browser time to read the file before its address is taken back.
fn revoke_later(dom: &Dom, address: String) -> Result<(), JsValue> {
    let revoke = Closure::once_into_js(move || {
        // An address that is gone already needs no taking back.
        let _ = Url::revoke_object_url(&address);
    });
    dom.window.set_timeout_with_callback_and_timeout_and_arguments_0(
        revoke.unchecked_ref(),
        REVOKE_AFTER_MS,
    )?;
    Ok(())
}
