//! One file: what it is, and what is kept of it. Nothing is trusted that was not checked here.

use super::facts::{Facts, Look};
use super::picture::Picture;
use crate::check::{Checked, Given};
use crate::collection::source::Pinned;
use crate::collection::{Form, Set, UnknownSigner};
use crate::file::{
    self, Content, ContentVerdict, DraftFile, OrganisationRef, SignatureVerdict, Verified,
};
use crate::json::{self, MAX_BYTES, Value};
use crate::register::Received;
use crate::sign::{DocumentError, Kind};
use crate::template::Severity;
use crate::time::{Instant, WindowState};

/// With what files are judged. Collections, templates and pictures come from the operator’s own set, never from a file.
#[derive(Clone, Copy, Debug)]
pub struct Bench<'a> {
    /// Everything that the operator holds.
    pub set: &'a Set,
    /// What is looked at in the returns of each template.
    pub pictures: &'a [Picture],
    /// The id of the collection that is collated.
    pub collection: &'a str,
}

impl Bench<'_> {
    /// The picture of a template.
    pub fn picture(&self, template: &str) -> Option<&Picture> {
        self.pictures.iter().find(|picture| picture.template == template)
    }
}

/// What is known of one file. It holds no shared parts, so that files can be judged in several threads.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The file’s name with its way from where it was looked for, as people see it.
    pub name: String,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// When it arrived, as far as that is known.
    pub received: Received,
    /// What it is.
    pub what: What,
}

/// What a file is.
#[derive(Clone, Debug)]
pub enum What {
    /// Something else than a sealed return.
    Other(Other),
    /// A sealed return whose every signature fits.
    Return(Box<Return>),
}

/// A file that is no return that could be checked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Other {
    /// What it is.
    pub kind: OtherKind,
    /// It in a sentence, without its full stop.
    pub sentence: String,
    /// What to do next.
    pub next_step: String,
    /// Of a return that was changed: what it says it is. Nothing vouches for it.
    pub claims: Option<Box<Claims>>,
}

/// What a return says it is whose signatures do not fit. Nothing vouches for it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Claims {
    /// The collection, by id.
    pub collection: String,
    /// The template, by id.
    pub template: String,
    /// The stage, as its answers say.
    pub stage: Option<String>,
    /// The ODS code of the organisation.
    pub organisation: String,
}

/// What a file is that is no return that could be checked.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum OtherKind {
    /// A sealed file that was changed afterwards.
    Changed,
    /// What an operator decided in a collation.
    Collation,
    /// A return that is not sealed.
    Draft,
    /// Nothing.
    Empty,
    /// A request to be confirmed as a sender.
    Enrolment,
    /// A list of who owes which return.
    ExpectedList,
    /// A private key.
    KeyFile,
    /// Something else that the program knows nothing of.
    NotAReturn,
    /// A statement of what arrived.
    Receipt,
    /// A list of senders.
    Register,
    /// More bytes than are read.
    TooLarge,
    /// It could not be read at all.
    Unreadable,
    /// A spreadsheet or another office document.
    Workbook,
}

impl OtherKind {
    /// One word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Collation => "collation",
            Self::Draft => "draft",
            Self::Empty => "empty",
            Self::Enrolment => "enrolment",
            Self::ExpectedList => "expected_list",
            Self::KeyFile => "key_file",
            Self::NotAReturn => "not_a_return",
            Self::Receipt => "receipt",
            Self::Register => "register",
            Self::TooLarge => "too_large",
            Self::Unreadable => "unreadable",
            Self::Workbook => "workbook",
        }
    }

    /// Whether somebody may have meant it as a return, so that something has to be done about it.
    pub fn is_in_the_way(self) -> bool {
        matches!(
            self,
            Self::Changed
                | Self::Draft
                | Self::Empty
                | Self::TooLarge
                | Self::Unreadable
                | Self::Workbook
        )
    }
}

/// What a rule said of a return when it was checked here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Raised {
    /// The rule.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What is said to people.
    pub message: String,
    /// How a query was explained; nothing where it was not.
    pub explanation: Option<String>,
}

impl Raised {
    /// The errors and queries that a check found.
    pub fn of(checked: &Checked) -> Vec<Self> {
        let raised = |finding: &crate::check::Finding| Self {
            rule: finding.rule.clone(),
            severity: finding.severity,
            message: finding.message.clone(),
            explanation: match &finding.given {
                Given::Explained(text) => Some(text.clone()),
                Given::Missing | Given::NotAsked => None,
            },
        };
        // Notes ask for nothing, and there are many.
        let asking = checked.findings().iter().filter(|found| found.severity != Severity::Note);
        asking.map(raised).collect()
    }

    /// Whether it is a query that nobody explained.
    pub fn is_unexplained(&self) -> bool {
        self.severity == Severity::Query && self.explanation.is_none()
    }
}

/// A return whose every signature fits.
#[derive(Clone, Debug)]
pub struct Return {
    /// Its id: SHA-256 of its canonical form.
    pub id: String,
    /// The collection it names.
    pub collection: Pinned,
    /// The id of its template.
    pub template: String,
    /// SHA-256 of that template.
    pub template_sha256: String,
    /// The stage of its form: `estimate` or `final`, where the collection asks at stages.
    pub stage: Option<&'static str>,
    /// Whom it is about.
    pub organisation: OrganisationRef,
    /// From 1.
    pub revision: i64,
    /// The id of the return it replaces.
    pub supersedes: Option<String>,
    /// When it was sealed, by the clock of that computer.
    pub prepared_at: Option<Instant>,
    /// Whether it was sealed after the window closed, by that clock.
    pub says_late: bool,
    /// What a check here says of its content.
    pub verdict: ContentVerdict,
    /// Whether its round is for practice.
    pub practice: bool,
    /// Whether it is approved as its collection asks.
    pub approved: bool,
    /// Whether no rule stops it: no errors, and every query explained.
    pub sealable: bool,
    /// Whether its collection holds returns from senders who are not confirmed.
    pub holds: bool,
    /// Its signatures.
    pub signatures: Vec<SignatureVerdict>,
    /// What rules said when it was checked here.
    pub raised: Vec<Raised>,
    /// What is looked at in it.
    pub facts: Facts,
    /// Its canonical form, where it is of the collection that is collated and is as it was sealed.
    pub canonical: String,
}

/// Judges one file. The same bytes give the same answer everywhere.
pub fn judge(name: &str, bytes: &[u8], bench: &Bench<'_>) -> Judged {
    Judged {
        name: name.to_owned(),
        bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        received: Received::Unknown,
        what: what(bytes, bench),
    }
}

impl Judged {
    /// A file that could not be read at all, or not to its end.
    pub fn unread(
        name: &str,
        bytes: u64,
        kind: OtherKind,
        sentence: &str,
        next_step: &str,
    ) -> Self {
        let what = What::Other(other(kind, sentence, next_step));
        Self { name: name.to_owned(), bytes, received: Received::Unknown, what }
    }

    /// A file that is longer than any return.
    pub fn too_large(name: &str, bytes: u64) -> Self {
        Self {
            name: name.to_owned(),
            bytes,
            received: Received::Unknown,
            what: What::Other(too_large()),
        }
    }

    /// The return, where it is one.
    pub fn as_return(&self) -> Option<&Return> {
        match &self.what {
            What::Other(_) => None,
            What::Return(found) => Some(found),
        }
    }
}

fn what(bytes: &[u8], bench: &Bench<'_>) -> What {
    if let Some(found) = by_its_first_bytes(bytes) {
        return What::Other(found);
    }
    match file::verify(bytes, bench.set) {
        Ok(verified) => What::Return(Box::new(kept(&verified, bench))),
        Err(error) => What::Other(refused(bytes, &error)),
    }
}

fn too_large() -> Other {
    let sentence = format!("it is longer than {} bytes, and no return is", json_limit());
    other(OtherKind::TooLarge, &sentence, "Ask the sender for the file that the page saved.")
}

fn json_limit() -> String {
    crate::check::number_words(i64::try_from(MAX_BYTES).unwrap_or(i64::MAX))
}

/// What can be told without reading it as JSON.
fn by_its_first_bytes(bytes: &[u8]) -> Option<Other> {
    const ZIP: &[u8] = b"PK\x03\x04";
    const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    let enter = "Ask for the sealed file. Until it comes, you can enter its figures: they count, and are shown apart.";
    if bytes.is_empty() {
        let next_step = "Ask the sender to send it again.";
        return Some(other(OtherKind::Empty, "the file is empty", next_step));
    }
    if bytes.starts_with(OLE) || bytes.starts_with(ZIP) && is_office(bytes) {
        return Some(other(
            OtherKind::Workbook,
            "this is a workbook or another office document",
            enter,
        ));
    }
    if bytes.len() > MAX_BYTES {
        return Some(too_large());
    }
    if bytes.starts_with(ZIP) {
        let next_step = "Unpack it, and add the files that were in it.";
        return Some(other(OtherKind::NotAReturn, "this is an archive (zip)", next_step));
    }
    if bytes.starts_with(b"-----BEGIN ") {
        let begun = bytes.get(..64).unwrap_or(bytes);
        if begun.windows(11).any(|words| words == b"PRIVATE KEY") {
            let next_step = "Nobody should have sent it. Tell its owner, delete it, and have the key withdrawn if it was not theirs to send.";
            return Some(other(OtherKind::KeyFile, "this is a private key", next_step));
        }
    }
    None
}

/// Whether a zip archive is an office document: the names of its parts stand in it unpacked.
fn is_office(bytes: &[u8]) -> bool {
    let names: [&[u8]; 4] = [
        b"[Content_Types].xml",
        b"xl/workbook",
        b"word/document",
        b"application/vnd.oasis.opendocument",
    ];
    names.iter().any(|name| bytes.windows(name.len()).any(|part| part == *name))
}

/// What a file is that is no return whose signatures fit.
fn refused(bytes: &[u8], error: &DocumentError) -> Other {
    match error {
        DocumentError::Changed { .. } => Other {
            claims: claims(bytes).map(Box::new),
            ..other(OtherKind::Changed, &error.to_string(), error.remedy())
        },
        DocumentError::Read(_) => other(OtherKind::NotAReturn, &error.to_string(), error.remedy()),
        DocumentError::Other { .. } => named(bytes)
            .unwrap_or_else(|| other(OtherKind::NotAReturn, &error.to_string(), error.remedy())),
    }
}

/// What a changed return says it is.
fn claims(bytes: &[u8]) -> Option<Claims> {
    let value = json::read(bytes).ok()?;
    let content = Content::read(value.get(Kind::Return.member())?).ok()?;
    Some(Claims {
        stage: content.stage().map(str::to_owned),
        collection: content.collection.id,
        template: content.template.id,
        organisation: content.organisation.code,
    })
}

/// Documents of other kinds, by what they say they are: nothing rests on it here.
fn named(bytes: &[u8]) -> Option<Other> {
    const NOTHING: &str = "There is nothing to do: it is no return.";
    let value = json::read(bytes).ok()?;
    let says = |kind: Kind| value.get(kind.member()).is_some();
    let format = value.get("format").and_then(Value::as_str).unwrap_or_default();
    let (kind, sentence, next_step) = if says(Kind::Receipt) {
        let next_step = "Give it with --receipt if it proves when a return arrived.";
        (OtherKind::Receipt, "this is a receipt", next_step)
    } else if says(Kind::Register) {
        (OtherKind::Register, "this is a list of senders", NOTHING)
    } else if says(Kind::ExpectedList) || format == crate::collection::EXPECTED_FORMAT {
        (OtherKind::ExpectedList, "this is a list of who owes which return", NOTHING)
    } else if says(Kind::Enrolment) {
        let next_step =
            "Whoever keeps the list of senders calls the sender and compares the check code.";
        (OtherKind::Enrolment, "this is a request to be confirmed as a sender", next_step)
    } else if format == super::decisions::FORMAT {
        (OtherKind::Collation, "this is a saved collation", "Open it as one.")
    } else if DraftFile::read(bytes).is_ok() {
        let next_step = "Ask the sender to finish it and send the sealed file. Until it comes, you can enter its figures.";
        (OtherKind::Draft, "this is a draft: nobody has sealed it", next_step)
    } else {
        return None;
    };
    Some(other(kind, sentence, next_step))
}

fn other(kind: OtherKind, sentence: &str, next_step: &str) -> Other {
    Other { kind, sentence: sentence.to_owned(), next_step: next_step.to_owned(), claims: None }
}

/// What is kept of a return whose signatures fit.
fn kept(verified: &Verified, bench: &Bench<'_>) -> Return {
    let content = verified.content();
    let prepared_at = content.prepared_at.as_deref().and_then(|at| Instant::parse(at).ok());
    let is_ours = content.collection.id == bench.collection
        && *verified.verdict() == ContentVerdict::Unchanged;
    let form = verified.form().map(|form| &**form);
    Return {
        id: verified.id().to_owned(),
        collection: content.collection.clone(),
        template: content.template.id.clone(),
        template_sha256: content.template.sha256.clone(),
        stage: form.and_then(|form| form.stage),
        organisation: content.organisation.clone(),
        revision: content.revision,
        supersedes: content.supersedes.clone(),
        prepared_at,
        says_late: form
            .zip(prepared_at)
            .is_some_and(|(form, at)| form.window_state(at) == WindowState::Late),
        verdict: verified.verdict().clone(),
        practice: verified.is_practice(),
        approved: verified.is_approved(),
        sealable: verified.checked().is_some_and(Checked::is_sealable),
        holds: form
            .is_some_and(|form| form.collection.source().unknown_signer == UnknownSigner::Hold),
        signatures: verified.signatures().to_vec(),
        raised: verified.checked().map(Raised::of).unwrap_or_default(),
        facts: if is_ours { facts(verified, bench).unwrap_or_default() } else { Facts::default() },
        canonical: if is_ours { verified.canonical().to_owned() } else { String::new() },
    }
}

fn facts(verified: &Verified, bench: &Bench<'_>) -> Option<Facts> {
    let form: &Form = verified.form()?;
    let picture = bench.picture(&form.template.source().id)?;
    let draft = file::Draft::of(verified).ok()?;
    let look = Look { form, answers: &draft.answers, checked: verified.checked()? };
    Some(look.facts(picture))
}
