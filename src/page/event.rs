//! What can happen to the page, and what the page can ask its edge to do. Plain data, both.

use std::fmt;

use crate::collection::{Document, Need};

/// Something that happened. Times are RFC 3339 text, as the device gives them.
#[derive(Clone, Debug)]
pub enum Event {
    /// The address changed: the part from `#` on.
    Address(String),
    /// A radio, checkbox or select was changed. For radios `id` is their name, for a checkbox `value` is
    /// `yes` or empty.
    Chosen {
        /// The field.
        id: String,
        /// What it is now.
        value: String,
    },
    /// The text could not be put on the clipboard.
    CouldNotCopy,
    /// The data that [`Effect::Load`] asked for cannot be had.
    CouldNotLoad,
    /// The device gave no random numbers, so nothing can be sealed.
    CouldNotSeal,
    /// The browser refused the download.
    CouldNotSave,
    /// The text is on the clipboard.
    Copied,
    /// A text input holds this now.
    Input {
        /// The input.
        id: String,
        /// All of its text.
        text: String,
    },
    /// A key was pressed in a combobox, by its DOM name.
    Key {
        /// The input.
        id: String,
        /// `ArrowDown`, `Enter` …
        key: String,
    },
    /// The page is about to be left or closed.
    Leaving,
    /// Focus left an input.
    Left {
        /// The input.
        id: String,
        /// Where focus went, when that has an id; else empty.
        to: String,
    },
    /// The answer to [`Effect::Load`].
    Loaded {
        /// What has come.
        documents: Vec<Document>,
    },
    /// Something with a `data-action` was pressed, or a link to an element of the page (`focus`).
    Pressed {
        /// The action.
        action: String,
        /// Its `data-value`; for a link, the id it leads to.
        value: String,
    },
    /// The download was started. Whether the file arrived cannot be known.
    Saved,
    /// The answer to [`Effect::Seal`].
    Seal {
        /// The time of sealing.
        now: String,
        /// The seed of a key that is used once.
        seed: Seed,
    },
    /// The page starts.
    Start {
        /// The time.
        now: String,
        /// Which engine runs: `wasm`.
        engine: String,
        /// The address: the part from `#` on, or nothing.
        address: String,
        /// The data that the page carries; of templates and organisations, what it has not is loaded when asked for.
        documents: Vec<Document>,
    },
    /// Some time has gone by.
    Tick {
        /// The time.
        now: String,
    },
}

/// Something for the edge to do, in order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Effect {
    /// Show this address.
    Address {
        /// From `#` on.
        text: String,
        /// Whether it takes the place of the present one, so that Back does not return to it.
        instead: bool,
    },
    /// Set an attribute of an element, or take it away.
    Attribute {
        /// The element.
        id: String,
        /// The attribute.
        name: &'static str,
        /// Its value; none takes it away.
        value: Option<String>,
    },
    /// Put this text on the clipboard.
    Copy(String),
    /// Replace everything in `#app`.
    Draw(String),
    /// Move focus to the element with this id.
    Focus(String),
    /// Give a document that belongs to the page: [`Event::Loaded`], or [`Event::CouldNotLoad`].
    Load(Need),
    /// Stop the browser from doing what it usually does with the present event.
    Prevent,
    /// Print the page.
    Print,
    /// Replace the content of the element whose `data-region` is this.
    Replace {
        /// The region's name.
        region: String,
        /// What it holds from now on.
        html: String,
    },
    /// Scroll the list that this line is in, so that the line is seen.
    Reveal(String),
    /// Offer this file as a download.
    Save {
        /// Its name.
        file_name: String,
        /// Its text.
        text: String,
    },
    /// Give the time and a random seed: [`Event::Seal`], or [`Event::CouldNotSeal`].
    Seal,
    /// Show this text in an input.
    SetInput {
        /// The input.
        id: String,
        /// The text.
        value: String,
    },
    /// Set the title of the page.
    Title(String),
}

/// 32 random bytes that become a key. Never shown, never compared.
#[derive(Clone)]
pub struct Seed(pub zeroize::Zeroizing<[u8; 32]>);

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(…)")
    }
}
