//! What is known of the opened key and of the files chosen, and what can happen.

use zeroize::Zeroizing;

use super::receipt::Said;
use crate::page::live::Live;
use crate::sign::SecretKey;
use crate::sign::key_file::{Locking, Opening};
use crate::sorted::SortedMap;

/// What a person is offered, which depends on the step.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Panel {
    /// To sign off a return that somebody else has sealed.
    Approve,
    /// To open a receipt for the return that was just sealed.
    #[default]
    Done,
    /// To seal with a kept key.
    Seal,
    /// To open a receipt for any return.
    Start,
}

impl Panel {
    /// The panel of this name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "done" => Some(Self::Done),
            "seal" => Some(Self::Seal),
            "start" => Some(Self::Start),
            _ => None,
        }
    }
}

/// What a new key file is made of. Random bytes, all of them, and used once.
pub struct Random {
    /// They become the key. Wiped when dropped.
    pub seed: Zeroizing<[u8; 32]>,
    /// Mixed with the passphrase.
    pub salt: [u8; 16],
    /// Mixed with the first block.
    pub iv: [u8; 16],
}

impl Random {
    /// All of it from what fills bytes at random; none where that cannot. A generator that is switched off has been seen to
    /// answer with noughts.
    pub fn drawn(fill: impl Fn(&mut [u8]) -> bool) -> Option<Self> {
        let mut drawn = Self { seed: Zeroizing::new([0; 32]), salt: [0; 16], iv: [0; 16] };
        for bytes in [drawn.seed.as_mut_slice(), &mut drawn.salt, &mut drawn.iv] {
            if !fill(bytes) || bytes.iter().all(|byte| *byte == 0) {
                return None;
            }
        }
        Some(drawn)
    }
}

/// Something that happened.
pub enum Event {
    /// A file was chosen, or none after one; what is in it was given under the input's id.
    Chosen(String),
    /// Whether the text is on the clipboard.
    Copied(bool),
    /// A file was chosen that the browser cannot read.
    NotRead(String),
    /// A button was pressed; what stands in the inputs was given.
    Pressed(String),
    /// The screen shows how far the work is, so a portion more of it can be done: [`Wait::Portion`].
    Portion {
        /// How long the portion before took, in milliseconds.
        took: u32,
    },
    /// The screen says what is being done, so it can be begun: [`Wait::Begin`].
    Ready {
        /// The time, as the device gives it.
        now: String,
        /// None where the browser gives no random numbers.
        random: Option<Random>,
    },
    /// Whether a download was started.
    Saved(bool),
    /// The place for this on the page was drawn.
    Shown(Panel),
    /// A box was ticked, or not any more.
    Ticked {
        /// The box.
        id: String,
        /// Whether it is ticked.
        on: bool,
    },
    /// Somebody wanted to seal while the key is still being opened or made.
    TooSoon,
}

/// What work waits for, so that the screen is brought up to date before it goes on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wait {
    /// [`Event::Ready`].
    Begin,
    /// [`Event::Portion`].
    Portion,
}

impl Wait {
    /// What the edge is asked for, by name.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Begin => "later",
            Self::Portion => "portion",
        }
    }
}

/// Everything known here. It is never written anywhere, and has no `Debug`: it holds secrets.
#[derive(Default)]
pub struct State {
    /// What stands in the inputs, and what is in the chosen files, by the input's id.
    given: SortedMap<String, Zeroizing<Vec<u8>>>,
    pub(super) panel: Panel,
    pub(super) key: Option<SecretKey>,
    /// Whether a key was open before.
    pub(super) is_forgotten: bool,
    pub(super) task: Option<Task>,
    /// What is wrong with an input, by its id.
    pub(super) faults: Vec<(&'static str, String)>,
    /// The key file that was made here.
    pub(super) made: Option<Offer>,
    /// The request that was made here.
    pub(super) request: Option<Offer>,
    /// Whether somebody wanted to seal before the work was done.
    pub(super) is_awaited: bool,
    /// Whether the key file was saved or copied last, and not the request.
    pub(super) is_key_last: bool,
    /// What the chosen receipt says.
    pub(super) said: Option<Said>,
    /// What is on the screen, in its changing parts.
    pub(super) shown: Live,
}

/// Work that takes long enough to be announced first.
pub(super) enum Task {
    /// Make a key, and lock it with this.
    Make(Zeroizing<Vec<u8>>),
    /// The seed of the key that is being made, and its file. In a box, since what is moved leaves a copy behind.
    Making(Box<(Zeroizing<[u8; 32]>, Locking)>, Pace),
    /// Open the chosen file with this.
    Open(Zeroizing<Vec<u8>>),
    /// The file that is being opened.
    Opening(Opening, Pace),
    /// Write a request.
    Request { organisation: String, name: String, job_title: String },
}

/// How fast work with a passphrase goes on, and how far it is.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    /// The rounds of the next portion.
    pub(super) rounds: u32,
    /// How much is done, in hundredths.
    pub(super) hundredths: u32,
}

impl Pace {
    /// How long a portion is to take, in milliseconds: the screen follows, and little time goes into drawing it.
    const PORTION: u32 = 100;

    /// Few rounds first: nobody knows how fast the computer is. Without a compiler for script they take about a second.
    pub(super) const FIRST: Self = Self { rounds: 2_000, hundredths: 0 };

    /// The same pace, so far on.
    pub(super) fn at(self, hundredths: u32) -> Self {
        Self { hundredths, ..self }
    }

    /// The pace after a portion that took so many milliseconds: at most twice as many rounds as before.
    #[must_use]
    pub(super) fn after(self, took: u32) -> Self {
        let wanted = u64::from(self.rounds).saturating_mul(Self::PORTION.into());
        let wanted = wanted.checked_div(took.into()).unwrap_or(u64::MAX);
        let most = self.rounds.saturating_mul(2);
        Self { rounds: u32::try_from(wanted).unwrap_or(most).clamp(1, most), ..self }
    }
}

/// A file that was made here, and what became of it.
pub(super) struct Offer {
    pub(super) name: String,
    pub(super) text: String,
    /// Whether a download was started, once that was tried.
    pub(super) saved: Option<bool>,
    /// Whether its text was copied, once that was tried.
    pub(super) copied: Option<bool>,
}

impl Offer {
    pub(super) fn new(name: String, text: String) -> Self {
        Self { name, text, saved: None, copied: None }
    }
}

impl State {
    /// Takes what stands in an input, or what is in a chosen file. Wiped when it is not needed any more.
    pub fn give(&mut self, id: String, bytes: Vec<u8>) {
        self.given.insert(id, Zeroizing::new(bytes));
    }

    /// What the work at hand waits for; none where there is no work.
    pub fn waits(&self) -> Option<Wait> {
        self.task.as_ref().map(|task| match task {
            Task::Make(_) | Task::Open(_) | Task::Request { .. } => Wait::Begin,
            Task::Making(..) | Task::Opening(..) => Wait::Portion,
        })
    }

    /// The opened key.
    #[cfg(any(not(target_arch = "wasm32"), feature = "approve"))]
    pub(in crate::page) fn key(&self) -> Option<&SecretKey> {
        self.key.as_ref()
    }

    /// The 32 secret bytes of the opened key.
    pub fn secret(&self) -> Option<&[u8; 32]> {
        self.key.as_ref().map(SecretKey::seed)
    }

    /// What was given under this id; nothing where nothing was.
    pub(super) fn bytes(&self, id: &str) -> &[u8] {
        self.given.get(id).map_or(&[], |bytes| bytes.as_slice())
    }

    /// The text given under this id, without white space around it.
    pub(super) fn text(&self, id: &str) -> &str {
        str::from_utf8(self.bytes(id)).unwrap_or_default().trim()
    }

    /// Takes what was given under this id away.
    pub(super) fn take(&mut self, id: &str) -> Zeroizing<Vec<u8>> {
        self.given.remove(id).unwrap_or_default()
    }

    /// Whether the file has been chosen.
    pub(super) fn has(&self, id: &str) -> bool {
        !self.bytes(id).is_empty()
    }
}
