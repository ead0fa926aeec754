//! The parts of a step that change while it is on the screen, and how to bring the screen up to date.
//!
//! A step is drawn once. After every event its live parts are worked out again and compared with what was
//! shown last; only those that differ are replaced. Text inputs are never among them, so typing keeps
//! focus, caret and every character.

use std::cell::Cell;

use maud::Markup;

use super::component::{Control, Standing, group_id, message_id, messages};
use super::event::Effect;

/// One thing that can change.
#[derive(Clone, Debug)]
enum Part {
    /// An attribute's value; none means that it is not there.
    Attribute(Option<String>),
    /// The content of a region. Two with the same key are the same; without a key, the HTML itself is compared.
    Region(Option<String>, Markup),
    /// How a control stands. What is seen of it are attributes and regions of their own.
    Standing(Standing),
}

impl Part {
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Attribute(value), Self::Attribute(other)) => value == other,
            (Self::Region(Some(key), _), Self::Region(Some(other), _)) => key == other,
            (Self::Region(_, html), Self::Region(_, other)) => html.0 == other.0,
            (Self::Standing(standing), Self::Standing(other)) => {
                standing.has_hint == other.has_hint && standing.messages == other.messages
            }
            _ => false,
        }
    }
}

/// What of an element a region is; of an attribute it is its name.
const REGION: &str = "";
/// The same for a standing.
const STANDING: &str = "=";

/// A part, with the element or region that it belongs to and what of it.
#[derive(Clone, Debug)]
struct Entry {
    id: String,
    of: &'static str,
    part: Part,
}

/// Regions, attributes and standings of a step as they are to be shown now.
#[derive(Clone, Debug, Default)]
pub(super) struct Live {
    /// In the order in which they were added, each once. That is about the order in which they are drawn, and the same
    /// after every key: what is looked for stands beside what was found last. Kept in the order of their ids, which begin
    /// alike, they took most of the time of a key.
    parts: Vec<Entry>,
    /// Behind the part that was found or added last.
    last: Cell<usize>,
    empty: Markup,
    usual: Standing,
}

impl Live {
    /// Adds a region.
    pub(super) fn region(&mut self, name: impl Into<String>, html: Markup) {
        self.add(name.into(), REGION, Part::Region(None, html));
    }

    /// Adds a region that holds inputs: it is replaced only when its key differs, so that the text a person
    /// types in it, which its HTML repeats, does not redraw it.
    pub(super) fn keyed_region(&mut self, name: impl Into<String>, key: String, html: Markup) {
        self.add(name.into(), REGION, Part::Region(Some(key), html));
    }

    /// Adds an attribute of an element; none means that it is not there.
    pub(super) fn attribute(&mut self, id: &str, name: &'static str, value: Option<String>) {
        self.add(id.to_owned(), name, Part::Attribute(value));
    }

    /// Adds whether an element is hidden.
    pub(super) fn hide(&mut self, id: &str, hidden: bool) {
        self.attribute(id, "hidden", hidden.then(String::new));
    }

    /// Adds how a control stands. The attributes and the message that follow from it are worked out where it differs: most
    /// boxes stand as they stood.
    pub(super) fn standing(&mut self, id: &str, standing: Standing) {
        self.add(id.to_owned(), STANDING, Part::Standing(standing));
    }

    fn add(&mut self, id: String, of: &'static str, part: Part) {
        self.parts.push(Entry { id, of, part });
        self.last.set(self.parts.len());
    }

    /// Looks behind the part that was found last, then before it, then one further each way.
    fn part(&self, id: &str, of: &'static str) -> Option<&Part> {
        let from = self.last.get();
        for distance in 0..self.parts.len() {
            let behind = from.checked_add(distance);
            let before = from.checked_sub(distance.saturating_add(1));
            for place in [behind, before].into_iter().flatten() {
                if let Some(entry) = self.parts.get(place)
                    && entry.of == of
                    && entry.id == id
                {
                    self.last.set(place.saturating_add(1));
                    return Some(&entry.part);
                }
            }
        }
        None
    }

    /// The content of a region; nothing when there is no such region.
    pub(super) fn at(&self, region: &str) -> &Markup {
        match self.part(region, REGION) {
            Some(Part::Region(_, html)) => html,
            _ => &self.empty,
        }
    }

    /// How a control stands.
    pub(super) fn of(&self, id: &str) -> &Standing {
        match self.part(id, STANDING) {
            Some(Part::Standing(standing)) => standing,
            _ => &self.usual,
        }
    }

    /// Whether an element is hidden.
    pub(super) fn is_hidden(&self, id: &str) -> bool {
        matches!(self.part(id, "hidden"), Some(Part::Attribute(Some(_))))
    }

    /// What has to be done to a screen that shows `shown` so that it shows this.
    ///
    /// Parts that only one of the two has belong to another drawing of the step and are left alone.
    pub(super) fn changes(&self, shown: &Self) -> Vec<Effect> {
        let mut effects = Vec::new();
        shown.last.set(0);
        for Entry { id, of: name, part } in &self.parts {
            let Some(before) = shown.part(id, name).filter(|before| !part.same(before)) else {
                continue;
            };
            match (part, before) {
                (Part::Attribute(value), _) => {
                    let (id, value) = (id.clone(), value.clone());
                    effects.push(Effect::Attribute { id, name, value });
                }
                (Part::Region(_, html), _) => {
                    effects.push(Effect::Replace { region: id.clone(), html: html.0.clone() });
                }
                (Part::Standing(standing), Part::Standing(before)) => {
                    stands(&mut effects, id, standing, before);
                }
                (Part::Standing(_), _) => {}
            }
        }
        effects
    }
}

/// What of a control differs where it stood as `before` says.
fn stands(effects: &mut Vec<Effect>, id: &str, now: &Standing, before: &Standing) {
    let mut set = |id: String, name, value: Option<String>, before: Option<String>| {
        if value != before {
            effects.push(Effect::Attribute { id, name, value });
        }
    };
    let described = |standing: &Standing| standing.described_by(id);
    if now.control == Control::Fieldset {
        let fieldset = [id, "-fieldset"].concat();
        set(fieldset, "aria-describedby", described(now), described(before));
    } else {
        let invalid = |standing: &Standing| standing.invalid().map(str::to_owned);
        set(id.to_owned(), "aria-describedby", described(now), described(before));
        set(id.to_owned(), "aria-invalid", invalid(now), invalid(before));
        set(id.to_owned(), "class", Some(now.class()), Some(before.class()));
    }
    if now.control != Control::Cell {
        set(group_id(id), "class", Some(now.group_class()), Some(before.group_class()));
        if now.messages != before.messages {
            let html = messages(id, &now.messages).0;
            effects.push(Effect::Replace { region: message_id(id), html });
        }
    }
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::*;
    use crate::page::component::{Message, Severity};

    fn live(total: u32, wrong: bool) -> Live {
        let mut live = Live::default();
        live.region("total", html! { (total) });
        live.region("other", html! { "same" });
        let text = "Type a whole number, like 12".to_owned();
        let messages =
            if wrong { vec![Message { severity: Severity::Error, text }] } else { Vec::new() };
        live.standing("a.b", Standing { control: Control::Input(""), has_hint: false, messages });
        live.hide("block", wrong);
        live
    }

    #[test]
    fn nothing_changes_when_nothing_changed() {
        assert_eq!(live(1, true).changes(&live(1, true)), []);
    }

    #[test]
    fn only_what_differs_is_replaced() {
        assert_eq!(
            live(2, false).changes(&live(1, false)),
            [Effect::Replace { region: "total".to_owned(), html: "2".to_owned() }]
        );
    }

    #[test]
    fn a_message_marks_its_control_without_redrawing_it() {
        let effects = live(1, true).changes(&live(1, false));
        let set = |id: &str, name, value: &str| Effect::Attribute {
            id: id.to_owned(),
            name,
            value: Some(value.to_owned()),
        };
        let [described, invalid, class, group, message, block] = effects.as_slice() else {
            panic!("six effects: {effects:?}");
        };
        assert_eq!(*described, set("a.b", "aria-describedby", "a.b-message"));
        assert_eq!(*invalid, set("a.b", "aria-invalid", "true"));
        assert_eq!(*class, set("a.b", "class", "nhsuk-input nhsuk-input--error"));
        assert_eq!(*group, set("a.b-group", "class", "nhsuk-form-group nhsuk-form-group--error"));
        assert!(matches!(
            message,
            Effect::Replace { region, html }
                if region == "a.b-message" && html.contains("Type a whole number")
        ));
        assert_eq!(*block, set("block", "hidden", ""));
    }

    #[test]
    fn a_keyed_region_is_replaced_only_when_its_key_differs() {
        let with = |key: &str, text: &str| {
            let mut live = Live::default();
            live.keyed_region("queries", key.to_owned(), html! { textarea { (text) } });
            live
        };
        assert_eq!(with("BQ04", "typed").changes(&with("BQ04", "")), []);
        assert_eq!(with("BQ04 BQ05", "typed").changes(&with("BQ04", "typed")).len(), 1);
    }
}
