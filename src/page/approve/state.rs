//! What is known of the chosen files, and what can happen.

use super::judge::{Earlier, File, Refusal};
use crate::collection::{Document, Set};
use crate::page::keys;
use crate::page::live::Live;
use crate::sorted::SortedMap;
use crate::time::Instant;

/// The chosen file that is to be signed off.
pub(super) const FILE: &str = "file";
/// What that file is called.
pub(super) const FILE_NAME: &str = "file-name";
/// The chosen file of the version before.
pub(super) const EARLIER: &str = "earlier";
/// Another chosen copy of the same return, signed off by somebody else.
pub(super) const COPY: &str = "copy";
/// The name of whoever signs off.
pub(super) const NAME: &str = "approver-name";
/// Their job title.
pub(super) const JOB_TITLE: &str = "approver-job-title";

/// Something that happened. Times are RFC 3339 text, as the device gives them.
pub enum Event {
    /// A file was chosen, or none after one; what is in it was given under the input's id.
    Chosen {
        /// The input.
        id: String,
        /// The time.
        now: String,
    },
    /// Whether the text is on the clipboard.
    Copied(bool),
    /// The data that [`Effect::Load`](crate::page::Effect::Load) asked for cannot be had.
    CouldNotLoad,
    /// The page is about to be left.
    Leaving,
    /// The answer to [`Effect::Load`](crate::page::Effect::Load).
    Loaded(Vec<Document>),
    /// A file was chosen that the browser cannot read.
    NotRead(String),
    /// A button was pressed; what stands in the inputs was given.
    Pressed {
        /// What it does.
        action: String,
        /// The time.
        now: String,
    },
    /// The screen shows how far the work with a key file is, so a portion more of it can be done.
    Portion {
        /// How long the portion before took, in milliseconds.
        took: u32,
    },
    /// The screen says what is being done, so it can be begun: [`State::waits`].
    Ready {
        /// The time.
        now: String,
        /// None where the browser gives no random numbers.
        random: Option<keys::Random>,
    },
    /// Whether a download was started.
    Saved(bool),
    /// The page starts.
    Start {
        /// The time.
        now: String,
        /// Which engine runs: `wasm`, or `wasm2js`, which is slow where much is reckoned.
        engine: String,
        /// The data that the page carries; templates and organisations are loaded when a file needs them.
        documents: Vec<Document>,
    },
    /// A box was ticked, or not any more.
    Ticked {
        /// The box.
        id: String,
        /// Whether it is ticked.
        on: bool,
    },
}

/// Everything known here. It has no `Debug`: it holds secrets.
#[derive(Default)]
pub struct State {
    /// The data that the page carries.
    pub(super) set: Set,
    /// Why the page cannot be used.
    pub(super) unusable: Option<String>,
    /// Whether the engine that runs is the slow one.
    pub(super) is_slow: bool,
    /// The time, as last heard.
    pub(super) now: Option<Instant>,
    /// What stands in the inputs, and what is in the chosen files, by the input's id.
    given: SortedMap<String, Vec<u8>>,
    /// What became of the chosen file.
    pub(super) opened: Opened,
    /// What became of the file of the version before.
    pub(super) earlier: Option<Earlier>,
    /// The file that was signed here.
    pub(super) signed: Option<Offer>,
    /// The words in which the return is agreed.
    pub(super) reply: Option<Offer>,
    /// What is wrong with an input, by its id.
    pub(super) faults: Vec<(&'static str, String)>,
    /// The key that signs off.
    pub(super) keys: keys::State,
    /// Who asked for what was saved or copied last.
    pub(super) asked: Asker,
    /// What is on the screen, in its changing parts.
    pub(super) shown: Live,
    /// The title that is on the window.
    pub(super) title: String,
}

/// What became of the chosen file.
#[derive(Default)]
pub(super) enum Opened {
    /// It is a return, sealed or not.
    File(Box<File>),
    /// None is chosen.
    #[default]
    Nothing,
    /// It is not one that can be signed off.
    Refused(Refusal),
    /// It is not judged yet: data that it needs is on its way.
    Waits,
}

/// Who asks for a file to be saved, or a text to be copied.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Asker {
    /// The part that opens and makes key files.
    #[default]
    Keys,
    /// The words in which a return is agreed.
    Reply,
    /// The signed file.
    Signed,
}

/// A text that was made here, and what became of it.
#[derive(Debug)]
pub(super) struct Offer {
    /// The name of its file; empty where it is only to be copied.
    pub(super) name: String,
    pub(super) text: String,
    /// Whether a download was started, once that was tried.
    pub(super) saved: Option<bool>,
    /// Whether it was copied, once that was tried.
    pub(super) copied: Option<bool>,
}

impl State {
    /// Takes what stands in an input, or what is in a chosen file. What belongs to keys is wiped there when it is not needed
    /// any more.
    pub fn give(&mut self, id: String, bytes: Vec<u8>) {
        if [FILE, FILE_NAME, EARLIER, COPY, NAME, JOB_TITLE].contains(&id.as_str()) {
            self.given.insert(id, bytes);
        } else {
            self.keys.give(id, bytes);
        }
    }

    /// What the work at hand waits for: [`Event::Ready`] or [`Event::Portion`].
    pub fn waits(&self) -> Option<keys::Wait> {
        self.keys.waits()
    }

    /// What was given under this id; nothing where nothing was.
    pub(super) fn bytes(&self, id: &str) -> &[u8] {
        self.given.get(id).map_or(&[], Vec::as_slice)
    }

    /// The text given under this id, without white space around it.
    pub(super) fn text(&self, id: &str) -> &str {
        str::from_utf8(self.bytes(id)).unwrap_or_default().trim()
    }

    /// Takes what was given under this id away.
    pub(super) fn take(&mut self, id: &str) -> Vec<u8> {
        self.given.remove(id).unwrap_or_default()
    }

    /// Whether leaving the page would lose a file that was signed here.
    pub(super) fn is_unsaved(&self) -> bool {
        self.signed
            .as_ref()
            .is_some_and(|offer| offer.saved != Some(true) && offer.copied != Some(true))
    }

    /// The return that is open.
    pub(super) fn file(&self) -> Option<&File> {
        match &self.opened {
            Opened::File(file) => Some(file),
            _ => None,
        }
    }
}
