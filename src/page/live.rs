//! The parts of a step that change while it is on the screen, and how to bring the screen up to date.
//!
//! A step is drawn once. After every event its live parts are worked out again and compared with what was
//! shown last; only those that differ are replaced. Text inputs are never among them, so typing keeps
//! focus, caret and every character.

use std::collections::BTreeMap;

use maud::Markup;

use super::component::{Control, Standing, group_id, message_id, messages};
use super::event::Effect;

/// The content of a region, and what tells it from an earlier one.
#[derive(Clone, Debug)]
struct Region {
    /// Two contents with the same key are the same; without a key, the HTML itself is compared.
    key: Option<String>,
    html: Markup,
}

impl Region {
    fn same(&self, other: &Self) -> bool {
        match (&self.key, &other.key) {
            (Some(key), Some(other)) => key == other,
            _ => self.html.0 == other.html.0,
        }
    }
}

/// Regions, attributes and standings of a step as they are to be shown now.
#[derive(Clone, Debug, Default)]
pub(super) struct Live {
    regions: BTreeMap<String, Region>,
    attributes: BTreeMap<(String, &'static str), Option<String>>,
    standings: BTreeMap<String, Standing>,
    empty: Markup,
    usual: Standing,
}

impl Live {
    /// Adds a region.
    pub(super) fn region(&mut self, name: impl Into<String>, html: Markup) {
        self.regions.insert(name.into(), Region { key: None, html });
    }

    /// Adds a region that holds inputs: it is replaced only when its key differs, so that the text a person
    /// types in it, which its HTML repeats, does not redraw it.
    pub(super) fn keyed_region(&mut self, name: impl Into<String>, key: String, html: Markup) {
        self.regions.insert(name.into(), Region { key: Some(key), html });
    }

    /// Adds an attribute of an element; none means that it is not there.
    pub(super) fn attribute(&mut self, id: &str, name: &'static str, value: Option<String>) {
        self.attributes.insert((id.to_owned(), name), value);
    }

    /// Adds whether an element is hidden.
    pub(super) fn hide(&mut self, id: &str, hidden: bool) {
        self.attribute(id, "hidden", hidden.then(String::new));
    }

    /// Adds how a control stands, with the attributes and the message region that follow from it.
    pub(super) fn standing(&mut self, id: &str, standing: Standing) {
        let described = standing.described_by(id);
        if standing.control == Control::Fieldset {
            self.attribute(&format!("{id}-fieldset"), "aria-describedby", described);
        } else {
            self.attribute(id, "aria-describedby", described);
            self.attribute(id, "aria-invalid", standing.invalid().map(str::to_owned));
            self.attribute(id, "class", Some(standing.class()));
        }
        if standing.control != Control::Cell {
            self.attribute(&group_id(id), "class", Some(standing.group_class()));
            self.region(message_id(id), messages(id, &standing.messages));
        }
        self.standings.insert(id.to_owned(), standing);
    }

    /// The content of a region; nothing when there is no such region.
    pub(super) fn at(&self, region: &str) -> &Markup {
        self.regions.get(region).map_or(&self.empty, |region| &region.html)
    }

    /// How a control stands.
    pub(super) fn of(&self, id: &str) -> &Standing {
        self.standings.get(id).unwrap_or(&self.usual)
    }

    /// Whether an element is hidden.
    pub(super) fn is_hidden(&self, id: &str) -> bool {
        matches!(self.attributes.get(&(id.to_owned(), "hidden")), Some(Some(_)))
    }

    /// What has to be done to a screen that shows `shown` so that it shows this.
    ///
    /// Regions that only one of the two has belong to another drawing of the step and are left alone.
    pub(super) fn changes(&self, shown: &Self) -> Vec<Effect> {
        let regions = self.regions.iter().filter_map(|(name, region)| {
            let differs = shown.regions.get(name).is_some_and(|before| !region.same(before));
            differs.then(|| Effect::Replace { region: name.clone(), html: region.html.0.clone() })
        });
        let attributes = self.attributes.iter().filter_map(|(key, value)| {
            let differs = shown.attributes.get(key).is_some_and(|before| before != value);
            let (id, name) = key;
            differs.then(|| Effect::Attribute { id: id.clone(), name, value: value.clone() })
        });
        regions.chain(attributes).collect()
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
        assert_eq!(
            effects.get(1..),
            Some(
                [
                    set("a.b", "aria-describedby", "a.b-message"),
                    set("a.b", "aria-invalid", "true"),
                    set("a.b", "class", "nhsuk-input nhsuk-input--error"),
                    set("a.b-group", "class", "nhsuk-form-group nhsuk-form-group--error"),
                    set("block", "hidden", ""),
                ]
                .as_slice()
            )
        );
        assert!(matches!(
            effects.first(),
            Some(Effect::Replace { region, html })
                if region == "a.b-message" && html.contains("Type a whole number")
        ));
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
