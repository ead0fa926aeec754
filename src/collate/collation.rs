//! Putting files together: which of them count, for what each organisation owes, and what is said of every other.

use super::decisions::Decisions;
use super::entered::{self, EnteredFigures};
use super::facts::Facts;
use super::judge::{Bench, Judged, Raised, Return, What};
use super::owed::{self, Owed};
use super::placing::{groups, place};
use super::questions::{Question, questions};
use crate::collection::Expected;
use crate::file::{ContentVerdict, Oddity, Place};
use crate::register::{Received, Register, Source, Standing};
use crate::sorted::SortedSet;
use crate::time::Instant;
use std::collections::BTreeSet;

/// What the operator of a collation knows. Nothing of it comes from a return.
#[derive(Clone, Copy, Debug)]
pub struct Operator<'a> {
    /// With what files are judged.
    pub bench: Bench<'a>,
    /// Who owes which return, where the operator has that list.
    pub expected: Option<&'a Expected>,
    /// Which key belongs to whom, where the operator has that list.
    pub register: Option<&'a Register>,
    /// The present: for keys on files of which it is not known when they came.
    pub now: Instant,
}

/// What is known of the sender of a return that may count.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Sender {
    /// The operator confirmed them.
    Confirmed,
    /// The list of senders has every key that sealed it.
    Known,
    /// Nobody has confirmed them yet.
    NotConfirmed,
}

impl Sender {
    /// One word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Known => "known",
            Self::NotConfirmed => "not_confirmed",
        }
    }
}

/// Why a return whose signatures fit does not count.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Why {
    /// It has errors, or queries that nobody explained.
    Errors,
    /// Its round counts only senders who are confirmed, and this one is not.
    Held,
    /// Its collection asks for a second person’s signature, which is not there.
    NotApproved,
    /// It is for another collection.
    OtherCollection,
    /// A check here finds something else than was signed.
    Differs,
    /// It is for practice.
    Practice,
    /// Its key was not valid, was withdrawn, or belongs to somebody else.
    Sender,
    /// It is for a version of the collection or of the return that is not here.
    UnknownVersion,
    /// It was changed after it was sealed. Whom it is from is then only what it says.
    Changed,
}

impl Why {
    /// One word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Differs => "differs_on_recheck",
            Self::Errors => "has_errors",
            Self::Held => "held",
            Self::NotApproved => "not_approved",
            Self::OtherCollection => "other_collection",
            Self::Practice => "practice",
            Self::Sender => "key_not_taken",
            Self::UnknownVersion => "unknown_version",
        }
    }
}

/// What becomes of a file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fate {
    /// It does not count, whatever else there is.
    DoesNotCount(Why),
    /// It is no return that could be checked.
    Other,
    /// It may count: its place among the files of the same return.
    Placed(Place, Vec<Oddity>),
}

/// A file in a collation.
#[derive(Clone, Debug)]
pub struct File {
    /// What was found of it.
    pub judged: Judged,
    /// What is said of each signature, in the file’s order; empty where it is no return.
    pub standings: Vec<Standing>,
    /// What is known of its sender.
    pub sender: Sender,
    /// What becomes of it.
    pub fate: Fate,
    /// Whether it counts where senders who are not confirmed are left out.
    pub counts_confirmed: bool,
    /// What to do next.
    pub next_step: String,
}

impl File {
    /// The return, where it is one.
    pub fn as_return(&self) -> Option<&Return> {
        self.judged.as_return()
    }

    /// Whether it counts.
    pub fn counts(&self) -> bool {
        matches!(self.fate, Fate::Placed(Place::Counts, _))
    }

    /// What becomes of it, in one word for programs.
    pub fn code(&self) -> &'static str {
        match (&self.fate, &self.judged.what) {
            (Fate::DoesNotCount(why), _) => why.code(),
            (Fate::Placed(place, _), _) => place.code(),
            (Fate::Other, What::Other(other)) => other.kind.code(),
            (Fate::Other, What::Return(_)) => "",
        }
    }

    /// What is said of it, in a sentence.
    pub fn sentence(&self) -> String {
        let found = match &self.judged.what {
            What::Other(other) => return capital(&other.sentence),
            What::Return(found) => found,
        };
        let Fate::Placed(place, odd) = &self.fate else {
            return capital(&found.verdict.sentence());
        };
        let mut said = place.sentence().to_owned();
        for oddity in odd {
            said.push(' ');
            said.push_str(oddity.sentence());
        }
        said
    }
}

/// A sentence with its capital and its full stop.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let stop = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    [&first, letters.as_str(), stop].concat()
}

/// Figures of an organisation: from its own file, or entered by the region.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Figures {
    /// What is owed that they are for: its number among [`Collation::owed`].
    pub owed: usize,
    /// Where they come from.
    pub from: From,
    /// Whether they count.
    pub counts: bool,
    /// Whether they count where senders who are not confirmed are left out.
    pub counts_confirmed: bool,
}

/// Where figures come from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum From {
    /// From what the region entered: its number among [`Decisions::entered`].
    Entered(usize),
    /// From a file: its number among [`Collation::files`].
    File(usize),
}

/// What a region makes of many files.
#[derive(Clone, Debug)]
pub struct Collation {
    /// The files, in the order of their names, then of their ids.
    pub files: Vec<File>,
    /// What each organisation owes, and what came of it, in the order of organisation, template and stage.
    pub owed: Vec<Owed>,
    /// The figures that count, among all or among confirmed senders, in the order of [`Collation::owed`].
    pub figures: Vec<Figures>,
    /// What was found of what the region entered, in the order of [`Decisions::entered`].
    pub entered: Vec<EnteredFigures>,
    /// What the rules ask that read two returns of one organisation, in the order of [`Collation::owed`].
    pub questions: Vec<Question>,
    /// The ids that were chosen and are not among the returns that may count.
    pub strays: Vec<String>,
}

impl Collation {
    /// What is looked at in some figures.
    pub fn facts(&self, figures: &Figures) -> Option<&Facts> {
        match figures.from {
            From::Entered(number) => self.entered.get(number).map(|own| &own.facts),
            From::File(number) => Some(&self.files.get(number)?.as_return()?.facts),
        }
    }

    /// What rules said of some figures.
    pub fn raised(&self, figures: &Figures) -> &[Raised] {
        let raised = match figures.from {
            From::Entered(number) => self.entered.get(number).map(|own| &own.raised),
            From::File(number) => {
                self.files.get(number).and_then(File::as_return).map(|own| &own.raised)
            }
        };
        raised.map_or(&[], Vec::as_slice)
    }

    /// The ids of all returns whose signatures fit, each once, in their order.
    pub fn ids(&self) -> Vec<String> {
        let returns = self.files.iter().filter_map(File::as_return);
        let mut ids: Vec<String> = returns.map(|own| own.id.clone()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// Puts judged files together. The order in which they are given changes nothing.
pub fn collate(judged: Vec<Judged>, operator: &Operator<'_>, decisions: &Decisions) -> Collation {
    let mut files: Vec<File> =
        judged.into_iter().map(|judged| opened(judged, operator, decisions)).collect();
    files.sort_by(|a, b| order(a).cmp(&order(b)));
    let approved: BTreeSet<String> = files
        .iter()
        .filter_map(File::as_return)
        .filter(|own| own.approved)
        .map(|own| own.id.clone())
        .collect();
    for file in &mut files {
        let why = why_not(file, operator, &approved);
        if let (Some(why), Some(found)) = (why, file.judged.as_return()) {
            file.next_step = next_step(why, found, &file.standings).to_owned();
            file.fate = Fate::DoesNotCount(why);
        }
    }
    let chosen: SortedSet<String> = decisions.chosen.iter().cloned().collect();
    let groups = groups(&files);
    for group in groups.values() {
        place(group, &mut files, operator, &chosen);
    }
    let entered: Vec<EnteredFigures> =
        decisions.entered.iter().map(|own| entered::check(own, &operator.bench)).collect();
    let mut collation = Collation {
        files,
        owed: Vec::new(),
        figures: Vec::new(),
        entered,
        questions: Vec::new(),
        strays: Vec::new(),
    };
    let candidates: BTreeSet<&String> = collation
        .files
        .iter()
        .filter(|file| matches!(file.fate, Fate::Placed(..)))
        .filter_map(File::as_return)
        .map(|own| &own.id)
        .collect();
    let mut strays: Vec<String> =
        chosen.iter().filter(|id| !candidates.contains(id)).cloned().collect();
    strays.sort_unstable();
    collation.strays = strays;
    owed::fill(&mut collation, operator, decisions);
    collation.questions = questions(&collation, operator);
    collation
}

/// What files are put in order by: their names, then what they say.
fn order(file: &File) -> (&str, &str, u64, String) {
    let id = file.as_return().map_or("", |own| own.id.as_str());
    (&file.judged.name, id, file.judged.bytes, file.sentence())
}

fn opened(mut judged: Judged, operator: &Operator<'_>, decisions: &Decisions) -> File {
    let Some(found) = judged.as_return() else {
        let next_step = match &judged.what {
            What::Other(other) => other.next_step.clone(),
            What::Return(_) => String::new(),
        };
        let (standings, sender) = (Vec::new(), Sender::NotConfirmed);
        let fate = Fate::Other;
        return File { judged, standings, sender, fate, counts_confirmed: false, next_step };
    };
    let is_proven = matches!(judged.received, Received::At(_, source) if source.is_proof());
    let stated = decisions.received_at(&found.id).filter(|_| !is_proven);
    let received = stated.map_or(judged.received, |at| Received::At(at, Source::Stated));
    let code = &found.organisation.code;
    let standing = |signature: &crate::file::SignatureVerdict| match operator.register {
        Some(register) => register.standing(&signature.thumbprint, code, received, operator.now),
        None => Standing::NotConfirmed,
    };
    let standings: Vec<Standing> = found.signatures.iter().map(standing).collect();
    let confirmed = |(standing, signature): (&Standing, &crate::file::SignatureVerdict)| {
        standing.is_known() || decisions.confirms(&signature.thumbprint, code)
    };
    let sender = if standings.iter().all(Standing::is_known) {
        Sender::Known
    } else if standings.iter().zip(&found.signatures).all(confirmed) {
        Sender::Confirmed
    } else {
        Sender::NotConfirmed
    };
    let fate = Fate::Placed(Place::Counts, Vec::new());
    judged.received = received;
    File { judged, standings, sender, fate, counts_confirmed: false, next_step: String::new() }
}

/// Why a file does not count, whatever else there is; the first that holds.
fn why_not(file: &File, operator: &Operator<'_>, approved: &BTreeSet<String>) -> Option<Why> {
    let found = file.as_return()?;
    if found.practice {
        return Some(Why::Practice);
    }
    if found.collection.id != operator.bench.collection {
        return Some(Why::OtherCollection);
    }
    match found.verdict {
        ContentVerdict::Unchanged => {}
        ContentVerdict::Differs(_) => return Some(Why::Differs),
        ContentVerdict::UnknownCollection | ContentVerdict::UnknownTemplate => {
            return Some(Why::UnknownVersion);
        }
    }
    let held = found.holds && file.sender == Sender::NotConfirmed;
    let reasons = [
        (file.standings.iter().any(Standing::is_against), Why::Sender),
        (!found.sealable, Why::Errors),
        // Another copy of the same return may have the second signature.
        (!approved.contains(&found.id), Why::NotApproved),
        (held, Why::Held),
    ];
    reasons.into_iter().find(|(holds, _)| *holds).map(|(_, why)| why)
}

fn next_step<'s>(why: Why, found: &'s Return, standings: &'s [Standing]) -> &'s str {
    match why {
        Why::Changed | Why::Differs | Why::UnknownVersion => found.verdict.next_step(),
        Why::Errors => "Do not count it. Ask the sender to correct it with the page you gave out.",
        Why::Held => {
            "This round counts only senders who are confirmed. Call the organisation on a number you know, and ask for the check code."
        }
        Why::NotApproved => "This round asks for a second person to seal it too. Ask the sender.",
        Why::OtherCollection => "Put it with the files of that round.",
        Why::Practice => "There is nothing to do: a practice return never counts.",
        Why::Sender => {
            let against = standings.iter().find(|standing| standing.is_against());
            against.map_or("", Standing::next_step)
        }
    }
}
