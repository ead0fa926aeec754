//! From the bytes of a chosen file to what can be said of it. Nothing in a file is trusted before it was checked again.

use super::state::Opened;
use crate::check::Checked;
use crate::collection::{Need, Set};
use crate::file::{
    Changes, ContentVerdict, Draft, DraftError, DraftFile, SignatureVerdict, Verified, Version,
    compare, verify,
};
use crate::page::words::capitalised;
use crate::page::work::Work;
use crate::sign::{DocumentError, Role};
use crate::time::Instant;

/// A return that was opened, sealed or not.
pub(super) struct File {
    /// The file.
    pub(super) bytes: Vec<u8>,
    /// What was found of its seal; none for a draft.
    pub(super) seal: Option<Verified>,
    /// What it says, checked again; none where what it answers is not in this page.
    pub(super) work: Option<Work>,
}

impl File {
    /// Whether it is sealed, and a check here finds what it says.
    pub(super) fn is_unchanged(&self) -> bool {
        self.seal.as_ref().is_some_and(|seal| *seal.verdict() == ContentVerdict::Unchanged)
    }

    /// Whether nothing in it has to be corrected or explained.
    pub(super) fn is_complete(&self) -> bool {
        self.work.as_ref().is_some_and(|work| work.checked.is_sealable())
    }
}

/// The signature of whoever prepared a return.
pub(super) fn preparer(seal: &Verified) -> Option<&SignatureVerdict> {
    let kid = seal.content().preparer_kid.as_deref();
    seal.signatures().iter().find(|found| Some(found.thumbprint.to_string().as_str()) == kid)
}

/// The signatures of those who signed it off.
pub(super) fn approvers(seal: &Verified) -> impl Iterator<Item = &SignatureVerdict> {
    seal.signatures().iter().filter(|found| found.header.role == Role::Approver)
}

/// Why a file cannot be signed off, in sentences.
#[derive(Debug)]
pub(super) struct Refusal {
    /// What it is, for the heading.
    pub(super) heading: &'static str,
    /// Why.
    pub(super) reason: String,
    /// What to do.
    pub(super) next: String,
}

/// Judges a file with what the page carries.
///
/// # Errors
/// What has to be loaded first.
pub(super) fn judge(bytes: &[u8], set: &Set, now: Instant) -> Result<Opened, Vec<Need>> {
    match verify(bytes, set) {
        Ok(seal) => {
            let missing = set.missing(&seal.content().collection.id);
            if *seal.verdict() == ContentVerdict::UnknownTemplate && !missing.is_empty() {
                return Err(missing);
            }
            // What it says is shown as it was sealed, also where a check here finds something else.
            let draft = Draft::of(&seal).ok();
            let at = prepared_at(&seal).unwrap_or(now);
            let work = draft.map(|draft| Work::of_file(draft, at));
            Ok(file(bytes, Some(seal), work))
        }
        Err(error @ DocumentError::Other { .. }) => match DraftFile::read(bytes) {
            Ok(read) => draft(bytes, read, set, now),
            Err(_) => Ok(Opened::Refused(refusal(&error))),
        },
        Err(error) => Ok(Opened::Refused(refusal(&error))),
    }
}

fn file(bytes: &[u8], seal: Option<Verified>, work: Option<Work>) -> Opened {
    Opened::File(Box::new(File { bytes: bytes.to_vec(), seal, work }))
}

fn draft(bytes: &[u8], read: DraftFile, set: &Set, now: Instant) -> Result<Opened, Vec<Need>> {
    let missing = set.missing(read.collection());
    if !missing.is_empty() {
        return Err(missing);
    }
    Ok(match read.open(set) {
        Ok(mut draft) => {
            draft.fill(now);
            file(bytes, None, Some(Work::of_file(draft, now)))
        }
        Err(error) => Opened::Refused(Refusal {
            heading: "This draft cannot be opened here",
            reason: sentence(&error.to_string()),
            next: match error {
                DraftError::Unknown { .. } => {
                    "Ask whoever sent it which page they used, and open the file in the page for signing off that lies beside it.".to_owned()
                }
                _ => "Ask whoever sent it to save the draft again, or to seal the return and send you the sealed file.".to_owned(),
            },
        }),
    })
}

/// When a sealed return was prepared, by the clock of that computer.
fn prepared_at(seal: &Verified) -> Option<Instant> {
    Instant::parse(seal.content().prepared_at.as_deref()?).ok()
}

fn refusal(error: &DocumentError) -> Refusal {
    let (heading, next) = match error {
        DocumentError::Changed { .. } => (
            "This file was changed after it was sealed",
            "Do not sign it off. Ask whoever sent it for the file as it was saved, and open that. Files are also changed by programs that save them again.".to_owned(),
        ),
        DocumentError::Other { .. } => (
            "This is not a return",
            "Choose the file that you were sent: its name begins with ia-return, or with ia-draft. If this is the only one, ask for the file that the page saved.".to_owned(),
        ),
        DocumentError::Read(error) => ("This file cannot be read", sentence(error.remedy())),
    };
    Refusal { heading, reason: sentence(&error.to_string()), next }
}

/// A phrase as a sentence.
pub(super) fn sentence(phrase: &str) -> String {
    let mut sentence = capitalised(phrase);
    if !sentence.ends_with('.') {
        sentence.push('.');
    }
    sentence
}

/// What was found of the file of an earlier version.
#[derive(Debug)]
pub(super) enum Earlier {
    /// It asks something else, or is of another organisation.
    Another,
    /// Both are versions of one return.
    Compared {
        /// Whether the later one names it as the version that it replaces.
        is_named: bool,
        /// What the later one says otherwise.
        changes: Changes,
        /// Which version it is.
        revision: i64,
        /// Who sealed it, and when.
        sealed: Option<(String, Instant)>,
    },
    /// It cannot be relied on.
    Refused(Refusal),
    /// It is the very return that is open.
    Same,
    /// It is a draft, which anybody can change.
    Unsealed,
}

/// Judges the file of an earlier version beside the one that is open.
pub(super) fn judge_earlier(later: &File, bytes: &[u8], set: &Set, now: Instant) -> Earlier {
    let earlier = match judge(bytes, set, now) {
        Ok(Opened::File(file)) => *file,
        Ok(Opened::Refused(refusal)) => return Earlier::Refused(refusal),
        // What the open file needs is all here, so this one is of another collection.
        _ => return Earlier::Another,
    };
    let Some(seal) = &earlier.seal else { return Earlier::Unsealed };
    if later.seal.as_ref().is_some_and(|own| own.id() == seal.id()) {
        return Earlier::Same;
    }
    let (Some(before), Some(after)) = (&earlier.work, &later.work) else { return Earlier::Another };
    let Some(changes) = compare(version(before), version(after)) else { return Earlier::Another };
    let header = preparer(seal).map(|found| &found.header);
    Earlier::Compared {
        is_named: after.draft.supersedes.as_deref() == Some(seal.id()),
        changes,
        revision: before.draft.revision,
        sealed: header.map(|header| (header.signer_name.clone(), header.signed_at)),
    }
}

fn version(work: &Work) -> Version<'_> {
    let checked: &Checked = &work.checked;
    Version { draft: &work.draft, checked }
}

/// The open file with the version before it at hand, so that what is asked of changes is asked. None where it does not
/// read that version.
pub(super) fn with_earlier(file: &File, bytes: &[u8], set: &Set, now: Instant) -> Option<Work> {
    let seal = verify(bytes, set).ok()?;
    let work = file.work.as_ref()?;
    let mut draft = work.draft.clone();
    let is_read = |draft: &Draft| draft.inputs.iter().any(|(_, given)| given.id == seal.id());
    if file.seal.is_some() && !is_read(&draft) {
        return None;
    }
    if draft.give(seal.whole()).is_empty() {
        return None;
    }
    let at = file.seal.as_ref().and_then(prepared_at).unwrap_or(now);
    Some(Work::of_file(draft, at))
}
