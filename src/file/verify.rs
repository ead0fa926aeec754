//! Verifying: from bytes to a [`Verified`] return, or the reason why not.

use super::content::Content;
use super::recheck::{Difference, recheck};
use super::whole::{WholeReturn, is_signed_by};
use crate::check::Checked;
use crate::collection::{Approval, Form, Set};
use crate::gather::Gather as _;
use crate::json::Value;
use crate::register::{Received, Register, Standing};
use crate::sign::{Document, DocumentError, Header, Kind, Role, Thumbprint, document};
use crate::time::Instant;
use std::rc::Rc;

/// What can be said of the content of a file whose signatures fit.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ContentVerdict {
    /// A re-check finds something else than what was signed.
    Differs(Vec<Difference>),
    /// As it was sealed, and a re-check finds the same.
    Unchanged,
    /// The operator does not hold the collection.
    UnknownCollection,
    /// The operator holds the collection, but not this template.
    UnknownTemplate,
}

impl ContentVerdict {
    /// One word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Differs(_) => "differs_on_recheck",
            Self::Unchanged => "unchanged",
            Self::UnknownCollection => "unknown_collection",
            Self::UnknownTemplate => "unknown_template",
        }
    }

    /// The verdict in a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Differs(list) if list.len() == 1 => {
                "unchanged since sealed, but a check here finds 1 thing otherwise".to_owned()
            }
            Self::Differs(list) => {
                format!(
                    "unchanged since sealed, but a check here finds {} things otherwise",
                    list.len()
                )
            }
            Self::Unchanged => "unchanged since sealed, and a check here finds the same".to_owned(),
            Self::UnknownCollection => {
                "unchanged since sealed, for a collection that is not here".to_owned()
            }
            Self::UnknownTemplate => {
                "unchanged since sealed, for a version of the return that is not here".to_owned()
            }
        }
    }

    /// What to do next.
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::Differs(_) => {
                "Do not count it. Ask the sender to seal it again with the page you gave out."
            }
            Self::Unchanged => "Confirm who sent it, then it counts.",
            Self::UnknownCollection => {
                "Add the collection it names with --collection, or ask the sender which round it is for."
            }
            Self::UnknownTemplate => {
                "Add the version it names, or ask the sender to use the page you gave out."
            }
        }
    }
}

/// What can be said of one signature that fits. Registers come later: until then no sender is
/// known, and that never stops a return.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignatureVerdict {
    /// Who signed, in which role, when.
    pub header: Header,
    /// The key's thumbprint.
    pub thumbprint: Thumbprint,
}

/// A return whose every signature fits. It comes only from [`verify`].
#[derive(Clone, Debug)]
pub struct Verified {
    whole: WholeReturn,
    canonical: String,
    signatures: Vec<SignatureVerdict>,
    verdict: ContentVerdict,
    form: Option<Rc<Form>>,
    checked: Option<Checked>,
}

impl Verified {
    /// What the return says.
    pub fn content(&self) -> &Content {
        &self.whole.content
    }

    /// What it says with its id, as something to go on from.
    pub fn whole(&self) -> &WholeReturn {
        &self.whole
    }

    /// The canonical form (RFC 8785) of `return`: the bytes that were signed.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// The return's id: SHA-256 of [`Verified::canonical`], lower-case hexadecimal.
    pub fn id(&self) -> &str {
        &self.whole.id
    }

    /// One verdict for each signature, in the file's order.
    pub fn signatures(&self) -> &[SignatureVerdict] {
        &self.signatures
    }

    /// What a register says of each signature, in the file's order, judged at the time of receipt.
    pub fn standings(
        &self,
        register: &Register,
        received: Received,
        now: Instant,
    ) -> Vec<Standing> {
        let code = &self.content().organisation.code;
        let signatures = self.signatures.iter();
        signatures.map(|found| register.standing(&found.thumbprint, code, received, now)).gather()
    }

    /// What a re-check with the operator's own set says.
    pub fn verdict(&self) -> &ContentVerdict {
        &self.verdict
    }

    /// Whether it is for practice: such a return never counts.
    pub fn is_practice(&self) -> bool {
        self.form.as_ref().is_some_and(|form| form.collection.source().practice)
    }

    /// Whether it is approved as its collection asks: by a second key where that is asked for, else by
    /// what it declares.
    pub fn is_approved(&self) -> bool {
        let approval = self.form.as_ref().map(|form| form.collection.source().approval);
        let approver = |s: &SignatureVerdict| {
            s.header.role == Role::Approver
                && Some(s.thumbprint.to_string()) != self.content().preparer_kid
        };
        match approval {
            Some(Approval::Countersigned) => self.signatures.iter().any(approver),
            Some(Approval::Declared) => true,
            None => false,
        }
    }

    /// What to do next, all in all.
    pub fn next_step(&self) -> &'static str {
        if self.verdict != ContentVerdict::Unchanged {
            return self.verdict.next_step();
        }
        if self.is_practice() {
            return "This is a practice return: it never counts.";
        }
        if !self.is_approved() {
            return "Not approved: this collection asks for a second person to seal it too. Ask the sender.";
        }
        match &self.checked {
            Some(checked) if checked.is_sealable() => self.verdict.next_step(),
            _ => "Do not count it. Ask the sender to correct it with the page you gave out.",
        }
    }

    /// What to do next, given what a register says of each signature.
    pub fn advice(&self, standings: &[Standing]) -> &'static str {
        if let Some(against) = standings.iter().find(|standing| standing.is_against()) {
            return against.next_step();
        }
        let step = self.next_step();
        let known = !standings.is_empty() && standings.iter().all(Standing::is_known);
        if known && step == ContentVerdict::Unchanged.next_step() {
            return "It counts, if it arrived in time.";
        }
        step
    }

    /// The form it answers, where the operator holds it.
    pub fn form(&self) -> Option<&Rc<Form>> {
        self.form.as_ref()
    }

    /// What the re-check found.
    pub fn checked(&self) -> Option<&Checked> {
        self.checked.as_ref()
    }
}

/// Verifies a file: shape, every signature, then a re-check with the operator's own set.
///
/// # Errors
/// [`DocumentError::Read`] where it is not strict JSON, [`DocumentError::Other`] where it has
/// another form, [`DocumentError::Changed`] where any signature does not fit.
pub fn verify(bytes: &[u8], set: &Set) -> Result<Verified, DocumentError> {
    let parts = document::read(bytes, Kind::Return)?;
    let content = content(&parts.payload)?;
    let document = parts.verify()?;
    is_signed_by(&document, content.preparer_kid.as_deref())?;
    let Document { canonical, id, signatures, .. } = document;
    let signatures: Vec<SignatureVerdict> = signatures
        .into_iter()
        .map(|found| SignatureVerdict { header: found.header, thumbprint: found.thumbprint })
        .gather();
    let prepared_at = content.prepared_at.as_deref().and_then(|at| Instant::parse(at).ok());
    let same = |at: &Instant| Some(at.to_london_text()) == content.prepared_at;
    let Some(prepared_at) = prepared_at.filter(same) else {
        return Err(not_a_return("it does not say when it was prepared, in London time"));
    };
    let form = set
        .form_by_hash(&content.collection.sha256, &content.template.sha256, content.stage())
        .cloned();
    let (checked, verdict) = if let Some(form) = &form {
        match recheck(form, &content, prepared_at) {
            (checked, list) if list.is_empty() => (checked, ContentVerdict::Unchanged),
            (checked, list) => (checked, ContentVerdict::Differs(list)),
        }
    } else {
        let held = set.collections().iter().any(|c| c.sha256() == content.collection.sha256);
        let unknown =
            if held { ContentVerdict::UnknownTemplate } else { ContentVerdict::UnknownCollection };
        (None, unknown)
    };
    let whole = WholeReturn { content, id };
    Ok(Verified { whole, canonical, signatures, verdict, form, checked })
}

/// Reads what the return says, and sees that nothing a sealed return has is left out.
fn content(payload: &Value) -> Result<Content, DocumentError> {
    let content = Content::read(payload).map_err(|error| not_a_return(error.to_string()))?;
    let named = [
        ("preparer_kid", content.preparer_kid.is_some()),
        ("derived", content.derived.is_some()),
        ("engine", content.engine.is_some()),
    ];
    if let Some((name, _)) = named.iter().find(|(_, there)| !there) {
        return Err(not_a_return(format!("it has no “{name}”")));
    }
    if let Some(fault) = content.revision_fault() {
        return Err(not_a_return(fault.to_string()));
    }
    let engine = content.engine.as_ref().map_or("", |engine| engine.kind.as_str());
    if !["native", "wasm", "wasm2js"].contains(&engine) {
        return Err(not_a_return(format!("its engine is “{engine}”")));
    }
    Ok(content)
}

fn not_a_return(reason: impl Into<String>) -> DocumentError {
    DocumentError::other(Kind::Return, reason)
}
