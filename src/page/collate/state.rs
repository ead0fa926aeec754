//! What is known of the files and of the operator, and what can happen.

use super::typing::BOX;
use crate::collate::unpack::{self, Archive, Limits};
use crate::collate::{
    Bench, Collation, Decisions, Judged, Manifest, Operator, OtherKind, Picture, Table, Typed,
    judge,
};
use crate::collection::{Collection, Document, Expected, Set};
use crate::page::event::Effect;
use crate::page::live::Live;
use crate::register::{Received, Register, Source};
use crate::sorted::SortedMap;
use crate::time::Instant;
use std::io::Cursor;

/// The collection that is collated.
pub(super) const COLLECTION: &str = "collection";
/// The file of the list of who owes which return.
pub(super) const EXPECTED: &str = "expected-list";
/// The file of the list of senders.
pub(super) const REGISTER: &str = "register";
/// Who sealed both lists, as the operator states it.
pub(super) const SIGNER: &str = "list-signer";
/// The file that says when each file arrived.
pub(super) const MANIFEST: &str = "manifest";
/// The one time at which everything arrived of which nothing else says it.
pub(super) const RECEIVED: &str = "received";
/// Its parts.
pub(super) const RECEIVED_PARTS: [&str; 4] =
    ["received.day", "received.month", "received.year", "received.time"];
/// What was decided in an earlier collation.
pub(super) const DECISIONS: &str = "saved-collation";
/// The files and folders of returns.
pub(super) const FILES: &str = "files";
/// The name of whoever decides.
pub(super) const BY: &str = "decided-by";
/// The region whose return is begun.
pub(super) const REGION: &str = "region";
/// The table that is saved alone.
pub(super) const TABLE: &str = "table";
/// A draft whose figures are entered.
pub(super) const FIGURES: &str = "figures";
/// Who gave those figures.
pub(super) const FIGURES_FROM: &str = "figures-from";
/// How they came.
pub(super) const FIGURES_SOURCE: &str = "figures-source";
/// When they were given.
pub(super) const FIGURES_AT: &str = "figures-at";
/// Its parts.
pub(super) const FIGURES_AT_PARTS: [&str; 4] =
    ["figures-at.day", "figures-at.month", "figures-at.year", "figures-at.time"];
/// The heading of figures that are typed, and what is wrong with them.
pub(super) const TYPED: &str = "typed-figures";
/// The code of the organisation whose figures are typed.
pub(super) const TYPED_FOR: &str = "typed-for";
/// The return that they are for: its template, and its stage after a space where it has one.
pub(super) const TYPED_RETURN: &str = "typed-return";
/// A block of figures from a spreadsheet.
pub(super) const PASTED: &str = "pasted-figures";
/// The table that it is for.
pub(super) const PASTED_INTO: &str = "pasted-into";
/// The time since which something is new.
pub(super) const SINCE: &str = "since";
/// Its parts.
pub(super) const SINCE_PARTS: [&str; 4] = ["since.day", "since.month", "since.year", "since.time"];

/// Something that happened. Times are RFC 3339 text, as the device gives them.
#[derive(Debug)]
pub enum Event {
    /// A list was chosen, or none after one; what is in it was given under the input's id.
    Chosen {
        /// The input.
        id: String,
        /// The time.
        now: String,
    },
    /// Whether the text is on the clipboard.
    Copied(bool),
    /// The data that [`Effect::Load`] asked for cannot be had.
    CouldNotLoad,
    /// The answer to [`Effect::Load`].
    Loaded(Vec<Document>),
    /// A list was chosen that the browser cannot read.
    NotRead(String),
    /// A button was pressed; what stands in the inputs was given.
    Pressed {
        /// What it does.
        action: String,
        /// To what.
        value: String,
        /// The time.
        now: String,
    },
    /// Some of the files were added.
    Progress {
        /// How many so far.
        done: usize,
        /// How many there are.
        total: usize,
    },
    /// No more files are added.
    Read {
        /// How many were added.
        done: usize,
        /// How many there were.
        total: usize,
        /// The time.
        now: String,
    },
    /// The screen says what is being done, so it can be done: [`State::is_working`].
    Ready {
        /// The time.
        now: String,
    },
    /// Whether a download was started.
    Saved(bool),
    /// The page starts.
    Start {
        /// The time.
        now: String,
        /// The data that the page carries; templates and organisations are loaded when a collection is chosen.
        documents: Vec<Document>,
        /// What is looked at in the returns of each template, in canonical JSON.
        pictures: Vec<String>,
    },
}

/// Something for the edge to do, in order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Ask {
    /// What every page asks for.
    Page(Effect),
    /// Offer this file as a download, which is no text.
    SaveBytes {
        /// Its name.
        file_name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// Add no more files.
    Stop,
}

/// Which screen is shown.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Screen {
    /// Which collection, and what is known of it.
    #[default]
    Start,
    /// What the files come to.
    View(View),
    /// Where files are chosen.
    Files,
}

/// A part of the result.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum View {
    /// Expected against received.
    #[default]
    Overview,
    /// Each file, and what was found of it.
    Files,
    /// Whom to chase.
    Chase,
    /// Who is not confirmed.
    Senders,
    /// Versions to choose between.
    Choose,
    /// Explanations, queries and questions.
    Queries,
    /// What it adds up to.
    Totals,
    /// Where the risk is.
    Risk,
    /// Figures that came another way.
    Entered,
    /// Files to keep.
    Save,
}

impl View {
    /// All, in the order in which they are read: the word, and what people call it.
    pub(super) const ALL: [(Self, &'static str, &'static str); 10] = [
        (Self::Overview, "overview", "Expected and received"),
        (Self::Files, "files", "Files"),
        (Self::Chase, "chase", "To be chased"),
        (Self::Senders, "senders", "Senders"),
        (Self::Choose, "choose", "Versions to choose between"),
        (Self::Queries, "queries", "Queries and explanations"),
        (Self::Totals, "totals", "Totals"),
        (Self::Risk, "risk", "Risk"),
        (Self::Entered, "entered", "Figures that came another way"),
        (Self::Save, "save", "Save and brief"),
    ];

    pub(super) fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own, _)| *own == word).map(|(view, ..)| *view)
    }

    pub(super) fn title(self) -> &'static str {
        Self::ALL.iter().find(|(view, ..)| *view == self).map_or("", |(_, _, title)| title)
    }
}

/// What takes so long that the screen says so first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Work {
    /// Putting the files together.
    Collate,
    /// Making a workbook.
    Workbook,
    /// Making one document of all tables.
    Json,
    /// Making an archive of all files.
    Archive,
}

/// How far adding files is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Reading {
    pub(super) done: usize,
    pub(super) total: usize,
    /// Whether the person wants it to end.
    pub(super) is_stopping: bool,
}

/// What the files come to, as last put together.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) collation: Collation,
    pub(super) tables: Vec<Table>,
    /// As of when.
    pub(super) at: Instant,
}

impl Made {
    /// A table, by id.
    pub(super) fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }
}

/// Everything known here.
#[derive(Debug, Default)]
pub struct State {
    /// The data that the page carries.
    pub(super) set: Set,
    pub(super) pictures: Vec<Picture>,
    /// Why the page cannot be used.
    pub(super) unusable: Option<String>,
    /// The time, as last heard.
    pub(super) now: Option<Instant>,
    /// What stands in the inputs, and what is in the chosen lists, by the input's id.
    given: SortedMap<String, Vec<u8>>,
    /// What is wrong with an input, by its id.
    pub(super) faults: Vec<(&'static str, String)>,
    /// The collection that is collated, by id; empty before it is known.
    pub(super) collection: String,
    /// Whether the data of that collection is on its way.
    pub(super) is_waiting: bool,
    pub(super) expected: Option<Expected>,
    pub(super) register: Option<Register>,
    pub(super) manifest: Manifest,
    pub(super) stated: Option<Instant>,
    pub(super) decisions: Decisions,
    pub(super) screen: Screen,
    /// Files that were judged and are not put together yet.
    pub(super) added: Vec<Judged>,
    /// The archive whose files are being judged.
    archive: Option<(Archive<Cursor<Vec<u8>>>, Limits)>,
    pub(super) reading: Option<Reading>,
    /// How many files were read of how many, where somebody ended it.
    pub(super) stopped: Option<(usize, usize)>,
    pub(super) made: Option<Made>,
    pub(super) work: Option<Work>,
    /// Which part of a long table is shown, by the table's id.
    pub(super) pages: SortedMap<String, usize>,
    /// Of which the files are shown: the word for what became of them; empty for all.
    pub(super) verdict: String,
    /// The time since which what is new is shown.
    pub(super) since: Option<Instant>,
    /// Figures that are being typed.
    pub(super) typed: Option<Typed>,
    /// What was done last, in a sentence.
    pub(super) said: String,
    /// The name of the file that was saved last.
    pub(super) saving: String,
    /// What is on the screen, in its changing parts.
    pub(super) shown: Live,
    /// The title that is on the window.
    pub(super) title: String,
}

impl State {
    /// Takes what stands in an input, or what is in a chosen list.
    pub fn give(&mut self, id: String, bytes: Vec<u8>) {
        self.given.insert(id, bytes);
    }

    /// Judges one file. `name` is its way from the folder that was chosen; `size` is its whole length in bytes, of which at
    /// least the first 4,000,001 are in `bytes`, and all of an archive or an e-mail that is to be opened; none where the browser
    /// cannot read it. Of an archive, [`State::more`] judges the files.
    pub fn add(&mut self, name: &str, size: u64, bytes: Option<&[u8]>) {
        let bench = self.bench();
        if let Some(bytes) = bytes.filter(|bytes| u64::try_from(bytes.len()) == Ok(size)) {
            if unpack::is_email(name) {
                return self.added.push(Judged { bytes: size, ..unpack::closed_email(name) });
            }
            if unpack::is_zip(bytes) {
                return match Archive::open(name, Cursor::new(bytes.to_vec()), &bench) {
                    Ok(archive) => self.archive = Some((archive, Limits::without_emails())),
                    Err(judged) => self.added.push(judged),
                };
            }
        }
        let mut judged = if let Some(bytes) = bytes {
            judge(name, bytes, &bench)
        } else {
            let sentence = "the browser cannot read it";
            let next_step =
                "Check that it is still there and that you may read it, and add it again.";
            Judged::unread(name, size, OtherKind::Unreadable, sentence, next_step)
        };
        judged.bytes = size;
        self.added.push(judged);
    }

    /// Judges the next file of the archive that was added last. False where there is none: what was added is judged.
    pub fn more(&mut self) -> bool {
        let Some((mut archive, mut limits)) = self.archive.take() else { return false };
        let Some(judged) = archive.next(&self.bench(), &mut limits) else { return false };
        self.added.extend(judged);
        self.archive = Some((archive, limits));
        true
    }

    /// Whether something waits for [`Event::Ready`].
    pub fn is_working(&self) -> bool {
        self.work.is_some()
    }

    /// With what files are judged.
    pub(super) fn bench(&self) -> Bench<'_> {
        Bench { set: &self.set, pictures: &self.pictures, collection: &self.collection }
    }

    /// What the operator knows, as of now.
    pub(super) fn operator(&self) -> Option<Operator<'_>> {
        let expected = self.expected.as_ref().or_else(|| {
            let own = self.set.expected(&self.collection);
            own.map(|list| &**list)
        });
        Some(Operator {
            bench: self.bench(),
            expected,
            register: self.register.as_ref(),
            now: self.now?,
        })
    }

    /// The collection that is collated.
    pub(super) fn its_collection(&self) -> Option<&Collection> {
        let all = self.set.collections().iter();
        all.map(|own| &**own).find(|own| own.source().id == self.collection)
    }

    /// When a file arrived, as far as the operator knows.
    pub(super) fn received(&self, name: &str) -> Received {
        let listed = self.manifest.at(name).map(|at| (at, Source::Manifest));
        let stated = self.stated.map(|at| (at, Source::Stated));
        listed.or(stated).map_or(Received::Unknown, |(at, source)| Received::At(at, source))
    }

    /// What was given under this id; nothing where nothing was.
    pub(super) fn bytes(&self, id: &str) -> &[u8] {
        self.given.get(id).map_or(&[], Vec::as_slice)
    }

    /// The text given under this id, without white space around it.
    pub(super) fn text(&self, id: &str) -> &str {
        str::from_utf8(self.bytes(id)).unwrap_or_default().trim()
    }

    /// The same; none where nothing was ever given.
    pub(super) fn given(&self, id: &str) -> Option<&str> {
        self.given.contains_key(id).then(|| self.text(id))
    }

    /// Takes what was given under this id away.
    pub(super) fn forget(&mut self, id: &str) {
        self.given.remove(id);
    }

    /// Opens no more of an archive: somebody ended reading.
    pub(super) fn close_archive(&mut self) {
        self.archive = None;
    }

    /// Takes away what stands in the boxes of figures.
    pub(super) fn clear_boxes(&mut self) {
        self.given.retain(&|id, _| !id.starts_with(BOX));
    }

    /// Says what is wrong with an input.
    pub(super) fn fault(&mut self, id: &'static str, text: impl Into<String>) {
        self.faults.push((id, text.into()));
    }
}
