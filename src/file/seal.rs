//! Sealing: a checked draft becomes a signed file.

use super::ENGINE_VERSION;
use super::content::{Content, Engine, RETURN_FORMAT};
use super::draft::{Draft, file_name};
use crate::answers::{Answer, Scalar};
use crate::check::{self, Finding, Mistakes};
use crate::hash::sha256_hex;
use crate::json::{self, object};
use crate::sign::{self, Header, Kind, Role, SecretKey, Thumbprint};
use crate::time::Instant;
use thiserror::Error;

/// With what a draft is sealed. Time and key are passed in: the core has neither.
#[derive(Debug)]
pub struct Sealing<'a> {
    /// The key.
    pub key: &'a SecretKey,
    /// The time, by this computer's clock.
    pub now: Instant,
    /// `native`, `wasm` or `wasm2js`.
    pub engine: &'a str,
    /// The signer's name.
    pub name: String,
    /// The signer's job title.
    pub job_title: String,
}

impl<'a> Sealing<'a> {
    /// Takes the signer's name and job title from the draft's answers `about.submitter_name` and
    /// `about.submitter_role` (domain.md 10.0).
    pub fn new(draft: &Draft, key: &'a SecretKey, now: Instant, engine: &'a str) -> Self {
        let text = |id: &str| {
            let place = crate::answers::Place::parse(id, &draft.form, &draft.answers);
            match place.map(|place| draft.answers.at(place)) {
                Some(Answer::Value(Scalar::Text(text))) => text.clone(),
                _ => String::new(),
            }
        };
        let (name, job_title) = (text("about.submitter_name"), text("about.submitter_role"));
        Self { key, now, engine, name, job_title }
    }
}

/// A sealed file, ready to be saved.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sealed {
    /// The file's text.
    pub text: String,
    /// The file's name.
    pub name: String,
    /// The return's id: SHA-256 of its canonical form.
    pub id: String,
    /// The thumbprint of the key it is sealed with.
    pub thumbprint: Thumbprint,
}

/// Why a draft could not be sealed.
#[derive(Clone, Debug, Error)]
pub enum SealError {
    /// Errors, or queries with no explanation.
    #[error("{} thing(s) stand in the way: {}", findings.len(), findings.first().map_or("", |f| f.message.as_str()))]
    Findings {
        /// What stands in the way, in page order.
        findings: Vec<Finding>,
    },
}

/// Seals a draft.
///
/// # Errors
/// [`SealError::Findings`] while a rule stops it or a query is not explained.
pub fn seal(draft: &Draft, sealing: &Sealing<'_>) -> Result<Sealed, SealError> {
    let mut draft = draft.clone();
    // A return that is named but not at hand was not read: the file does not say that it was.
    draft.inputs.retain(&|_, given| given.said.is_some());
    draft.fill(sealing.now);
    let mistakes = Mistakes::new();
    let checked = check::check(&draft.subject(sealing.now, &mistakes));
    if !checked.is_sealable() {
        return Err(SealError::Findings { findings: checked.in_the_way() });
    }
    let thumbprint = sealing.key.public().thumbprint();
    let content = Content {
        format: RETURN_FORMAT.to_owned(),
        prepared_at: Some(sealing.now.to_london_text()),
        preparer_kid: Some(thumbprint.to_string()),
        derived: Some(checked.derived(&draft.form, &draft.answers)),
        engine: Some(Engine {
            kind: sealing.engine.to_owned(),
            version: ENGINE_VERSION.to_owned(),
        }),
        ..draft.content(&checked)
    };
    let payload = content.to_json();
    let canonical = json::canonical(&payload);
    let header = Header {
        role: Role::Preparer,
        signer_name: sealing.name.clone(),
        signer_job_title: sealing.job_title.clone(),
        signed_at: sealing.now,
    };
    let signature = sign::sign(sealing.key, Kind::Return, canonical.as_bytes(), &header);
    let entry = object(&mut [
        ("protected", signature.protected.into()),
        ("signature", signature.signature.into()),
    ]);
    let file = object(&mut [("return", payload), ("signatures", vec![entry].into())]);
    Ok(Sealed {
        text: json::indented(&file),
        name: file_name("ia-return", &draft, sealing.now),
        id: sha256_hex(canonical.as_bytes()),
        thumbprint,
    })
}
