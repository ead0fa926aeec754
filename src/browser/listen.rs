//! One listener for each type of event, on the root. Elements carry `data-action`, never closures.

use std::rc::Rc;

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    Element, EventTarget, FocusEvent, HtmlInputElement, HtmlSelectElement, KeyboardEvent,
};

use super::{Page, dom, world};
use crate::page::Event;

/// How often the page learns the time: often enough that “open” and “late” are never far behind.
const TICK_MS: i32 = 15_000;

/// Starts listening, for as long as the page is open.
pub(super) fn listen(page: &Rc<Page>) {
    on_root(page, "change", chosen);
    on_root(page, "click", pressed);
    on_root(page, "focusout", left);
    on_root(page, "input", typed);
    on_root(page, "keydown", key);
    let copy = Rc::clone(page);
    on(&page.dom.document, "mousedown", move |event| {
        copy.pointer_down.set(true);
        keep_focus(&event);
    });
    let copy = Rc::clone(page);
    on(&page.dom.document, "mouseup", move |_| released(&copy));
    let copy = Rc::clone(page);
    on(&page.dom.window, "hashchange", move |_| {
        copy.handle(Event::Address(copy.dom.address()), None);
    });
    let copy = Rc::clone(page);
    on(&page.dom.window, "beforeunload", move |event| copy.handle(Event::Leaving, Some(&event)));
    tick(page);
}

/// Listens on the whole document, so that the skip link outside `#app` is heard too; `read` says which event of
/// the page it is, if any.
fn on_root(page: &Rc<Page>, kind: &str, read: fn(&web_sys::Event, &Element) -> Option<Event>) {
    let copy = Rc::clone(page);
    on(&page.dom.document, kind, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        match target.and_then(|target| read(&event, &target)) {
            Some(left @ Event::Left { .. }) if copy.pointer_down.get() => {
                copy.held.borrow_mut().push_back(left);
            }
            Some(event_of_page) => {
                flush(&copy);
                copy.handle(event_of_page, Some(&event));
            }
            None => {}
        }
    });
}

/// The pointer was lifted: a click that follows comes first, and what it hits has not moved meanwhile.
fn released(page: &Rc<Page>) {
    page.pointer_down.set(false);
    let copy = Rc::clone(page);
    let later = Closure::once_into_js(move || flush(&copy));
    let timer = page.dom.window.set_timeout_with_callback(later.unchecked_ref());
    if timer.is_err() {
        flush(page);
    }
}

/// Handles what was held back while the pointer was down.
fn flush(page: &Page) {
    loop {
        let held = page.held.borrow_mut().pop_front();
        let Some(left) = held else { return };
        page.handle(left, None);
    }
}

/// Adds a listener for good. It may be called while it runs, because what an effect does to the DOM can send events of
/// the same type at once; for that reason it is no `gloo` listener, which may not.
fn on(target: &EventTarget, kind: &str, act: impl Fn(web_sys::Event) + 'static) {
    let closure = Closure::<dyn Fn(web_sys::Event)>::new(act);
    // Fails only for a listener that is no function.
    let _ = target.add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref());
    closure.forget();
}

fn chosen(_: &web_sys::Event, target: &Element) -> Option<Event> {
    if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        return Some(Event::Chosen { id: select.id(), value: select.value() });
    }
    let input = target.dyn_ref::<HtmlInputElement>()?;
    match input.type_().as_str() {
        "radio" => Some(Event::Chosen { id: input.name(), value: input.value() }),
        "checkbox" => {
            let value = if input.checked() { input.value() } else { String::new() };
            Some(Event::Chosen { id: input.id(), value })
        }
        _ => None,
    }
}

fn pressed(_: &web_sys::Event, target: &Element) -> Option<Event> {
    if let Ok(Some(element)) = target.closest("[data-action]") {
        let action = element.get_attribute("data-action")?;
        let value = element.get_attribute("data-value").unwrap_or_default();
        return Some(Event::Pressed { action, value });
    }
    let link = target.closest("a[href^=\"#\"]").ok().flatten()?;
    let to = link.get_attribute("href")?;
    let id = to.strip_prefix('#').filter(|id| !id.starts_with('/'))?;
    Some(Event::Pressed { action: "focus".to_owned(), value: id.to_owned() })
}

fn left(event: &web_sys::Event, target: &Element) -> Option<Event> {
    let to = event.dyn_ref::<FocusEvent>()?.related_target();
    let to = to.and_then(|to| to.dyn_into::<Element>().ok()).map(|to| to.id());
    let is_text = dom::value(target).is_some();
    is_text.then(|| Event::Left { id: target.id(), to: to.unwrap_or_default() })
}

fn typed(_: &web_sys::Event, target: &Element) -> Option<Event> {
    let is_text = target
        .dyn_ref::<HtmlInputElement>()
        .is_none_or(|input| !matches!(input.type_().as_str(), "radio" | "checkbox"));
    let text = dom::value(target).filter(|_| is_text)?;
    Some(Event::Input { id: target.id(), text })
}

/// Keys matter in a combobox only; everywhere else they are the browser's.
fn key(event: &web_sys::Event, target: &Element) -> Option<Event> {
    let event = event.dyn_ref::<KeyboardEvent>()?;
    let in_combobox = target.get_attribute("role").as_deref() == Some("combobox");
    let plain = !event.ctrl_key() && !event.meta_key() && !event.is_composing();
    (in_combobox && plain).then(|| Event::Key { id: target.id(), key: event.key() })
}

/// Pressing a line of a listbox must not take focus from its input, which would close the list before the click.
fn keep_focus(event: &web_sys::Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|target| matches!(target.closest("[role=listbox]"), Ok(Some(_)))) {
        event.prevent_default();
    }
}

fn tick(page: &Rc<Page>) {
    let copy = Rc::clone(page);
    let closure = Closure::<dyn Fn()>::new(move || {
        copy.handle(Event::Tick { now: world::now() }, None);
    });
    // Without a timer the time is the one of the start; nothing is ever blocked by it.
    let _ = page.dom.window.set_interval_with_callback_and_timeout_and_arguments_0(
        closure.as_ref().unchecked_ref(),
        TICK_MS,
    );
    closure.forget();
}
