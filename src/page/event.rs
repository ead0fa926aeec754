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
    /// The draft or the file that was asked for cannot be read.
    CouldNotOpen,
    /// The device gave no random numbers, so nothing can be sealed.
    CouldNotSeal,
    /// The browser refused the download.
    CouldNotSave,
    /// The text is on the clipboard.
    Copied,
    /// What is kept in this browser, at the start and whenever it changes.
    Drafts {
        /// The best place that there is: [`Store::word`](super::Store::word).
        can: String,
        /// A list in JSON of [`KeptDraft`](super::KeptDraft)s.
        list: String,
    },
    /// Another tab has gone on with this draft, or has kept a later one.
    Elsewhere,
    /// A CSV file was chosen for a table.
    FileOfFigures {
        /// The first box of the table.
        id: String,
        /// The text of the file.
        text: String,
    },
    /// A text input holds this now.
    Input {
        /// The input.
        id: String,
        /// All of its text.
        text: String,
    },
    /// Some time has gone by since [`Effect::KeepSoon`], or the page is being left: now.
    Keep,
    /// The answer to [`Effect::Keep`], once it is certain.
    Kept {
        /// Its change.
        change: String,
        /// The time.
        now: String,
    },
    /// A key was pressed in a combobox, or one that leaves a box of a table.
    Key {
        /// The input.
        id: String,
        /// Its DOM name, `ArrowDown`, `Enter` …; in a table also `FillDown`.
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
    /// The draft could not be kept.
    NotKept {
        /// `full`, or `nothing` where the browser keeps nothing.
        reason: String,
    },
    /// The answer to [`Effect::Open`], a draft file, or what this tab held before it was loaded again.
    Opened {
        /// The draft, as a file.
        draft: String,
        /// What was kept beside it; nothing for a file.
        beside: String,
    },
    /// Several cells of a spreadsheet were pasted into a box of a table.
    Pasted {
        /// The box.
        id: String,
        /// The text: tabs between cells, lines between rows.
        text: String,
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
    /// A file was chosen that may be a sealed return, and the engine of kept keys looked at its seal.
    SealedFile {
        /// The id of the return; else one word: `changed`, `blocked` where the browser cannot run that engine, `unreached`
        /// where it could not be fetched, and others where it is no sealed return.
        found: String,
        /// Its text.
        text: String,
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
    /// The draft that was opened is the one to keep from now on.
    Adopt,
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
    /// Move focus to the box with this id, with all its text selected, as the Tab key does.
    Enter(String),
    /// Move focus to the element with this id.
    Focus(String),
    /// What is kept from now on is another draft: the one before stays as it is.
    Forget,
    /// Keep the draft: [`Event::Kept`], [`Event::NotKept`] or [`Event::Elsewhere`].
    Keep {
        /// Which change is the last in it.
        change: String,
        /// The draft, as a file.
        draft: String,
        /// Where, and what goes beside it: JSON.
        beside: String,
    },
    /// Something changed: give [`Event::Keep`] soon.
    KeepSoon,
    /// Give a document that belongs to the page: [`Event::Loaded`], or [`Event::CouldNotLoad`].
    Load(Need),
    /// Read a draft that is kept, by its id: [`Event::Opened`], or [`Event::CouldNotOpen`]. Without an id, the one that
    /// is kept from here.
    Open(String),
    /// Stop the browser from doing what it usually does with the present event.
    Prevent,
    /// Print the page.
    Print,
    /// Remove a draft that is kept, by its id: [`HERE`](super::HERE) is the one kept from here, no id every draft.
    Remove(String),
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

impl Effect {
    /// Its name in `www/perform.js`, and what it is done with; empty where there is less.
    pub fn words(&self) -> [&str; 4] {
        match self {
            Self::Address { text, instead: false } => ["address", text, "", ""],
            Self::Address { text, instead: true } => ["address-instead", text, "", ""],
            Self::Adopt => ["adopt", "", "", ""],
            Self::Attribute { id, name, value: Some(value) } => ["set", id, name, value],
            Self::Attribute { id, name, value: None } => ["unset", id, name, ""],
            Self::Copy(text) => ["copy", text, "", ""],
            Self::Draw(html) => ["draw", html, "", ""],
            Self::Enter(id) => ["enter", id, "", ""],
            Self::Focus(id) => ["focus", id, "", ""],
            Self::Forget => ["forget", "", "", ""],
            Self::Keep { change, draft, beside } => ["keep", change, draft, beside],
            Self::KeepSoon => ["keep-soon", "", "", ""],
            Self::Load(need) => ["load", need.kind.word(), &need.id, &need.sha256],
            Self::Open(id) => ["open", id, "", ""],
            Self::Prevent => ["prevent", "", "", ""],
            Self::Print => ["print", "", "", ""],
            Self::Remove(id) => ["remove", id, "", ""],
            Self::Replace { region, html } => ["replace", region, html, ""],
            Self::Reveal(id) => ["reveal", id, "", ""],
            Self::Save { file_name, text } => ["save", file_name, text, ""],
            // Answered by the edge itself, which alone has secrets to give.
            Self::Seal => ["seal", "", "", ""],
            Self::SetInput { id, value } => ["value", id, value, ""],
            Self::Title(text) => ["title", text, "", ""],
        }
    }
}

/// 32 random bytes that become a key. Never shown, never compared.
#[derive(Clone)]
pub struct Seed(pub zeroize::Zeroizing<[u8; 32]>);

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(…)")
    }
}
