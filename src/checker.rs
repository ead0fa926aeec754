//! The checker for pages and programs of others: text in, one JSON value out. `pkg/module` gives it to JavaScript.
//!
//! Bytes go in, so that the strict reader sees what was sent and not what another reader made of it. What comes out is a JSON
//! value, which crosses to JavaScript as one text and is parsed there once: the core has no serde, and building objects one
//! member at a time through the border is slower. Whole numbers only, within ±(2^53 − 1).

use crate::answers::Answers;
use crate::check::{self, Checked, Finding, Given, Mistakes, Outcome};
use crate::collection::{Document, Form, LoadError, Set};
use crate::file::{self, ContentVerdict, Draft, SealError, Sealing, SignatureVerdict, Verified};
use crate::gather::Gather as _;
use crate::json::{self, Value, object};
use crate::sign::{Role, SecretKey};
use crate::template::Severity;
use crate::time::Instant;

/// Why there is no result: something for programs, something for people, what to do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refused {
    /// One word for programs.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

impl Refused {
    /// As a result: `{"error": {"code", "help", "message"}}`.
    pub fn to_json(&self) -> Value {
        let error = object(&mut [
            ("code", self.code.into()),
            ("help", self.help.into()),
            ("message", (&self.message).into()),
        ]);
        object(&mut [("error", error)])
    }
}

/// Checks, scores, seals and verifies with the operator's own templates and collections.
#[derive(Debug, Default)]
pub struct Checker {
    set: Set,
}

impl Checker {
    /// A checker of these documents.
    ///
    /// # Errors
    /// The first document that is faulty, or that names one which is not there.
    pub fn new(documents: &[Document]) -> Result<Self, LoadError> {
        Ok(Self { set: Set::load(documents)? })
    }

    /// What the rules say of a draft as of `now`, or of a sealed return as of when it was prepared: `errors`, `unexplained`,
    /// `findings`, `sealable`.
    ///
    /// # Errors
    /// [`Refused`] where the file cannot be read or is for a collection that is not here.
    pub fn check(&self, file: &[u8], now: Instant) -> Result<Value, Refused> {
        let (draft, checked) = self.open(file, now)?;
        let findings = findings(checked.findings(), &draft.form, &draft.answers);
        Ok(object(&mut [
            ("errors", checked.count(Severity::Error).into()),
            ("findings", findings),
            ("sealable", checked.is_sealable().into()),
            ("unexplained", checked.unexplained().count().into()),
        ]))
    }

    /// The ratings with the facts that caused them, and the calculated values as a sealed file has them: `ratings`, `values`.
    ///
    /// # Errors
    /// As [`Checker::check`].
    pub fn score(&self, file: &[u8], now: Instant) -> Result<Value, Refused> {
        let (draft, checked) = self.open(file, now)?;
        let mut ratings = Vec::new();
        for outcome in checked.outcomes(&draft.form, &draft.answers) {
            ratings.push(rating(&outcome));
        }
        let derived = checked.derived(&draft.form, &draft.answers);
        let values = derived.get("values").cloned().unwrap_or_default();
        Ok(object(&mut [("ratings", ratings.into()), ("values", values)]))
    }

    /// Seals a draft: `sealed`, and then `text`, `name`, `id`, `check_code`, `thumbprint`; or `findings`, which stand in the
    /// way. Without random numbers of its own it takes the key: 32 bytes, used once or kept by the caller.
    ///
    /// # Errors
    /// As [`Checker::check`].
    pub fn sign(&self, draft: &[u8], key: &SecretKey, now: Instant) -> Result<Value, Refused> {
        let draft = Draft::read(draft, &self.set).map_err(|error| Refused {
            code: error.code(),
            message: error.to_string(),
            help: error.remedy(),
        })?;
        Ok(match file::seal(&draft, &Sealing::new(&draft, key, now, ENGINE)) {
            Ok(sealed) => object(&mut [
                ("check_code", sealed.thumbprint.check_code().into()),
                ("id", sealed.id.into()),
                ("name", sealed.name.into()),
                ("sealed", true.into()),
                ("text", sealed.text.into()),
                ("thumbprint", sealed.thumbprint.to_string().into()),
            ]),
            Err(SealError::Findings { findings: found }) => object(&mut [
                ("findings", findings(&found, &draft.form, &draft.answers)),
                ("sealed", false.into()),
            ]),
        })
    }

    /// Whether a file is as it was sealed, and whether a check here finds the same: `verdict`, `sentence`, `next`, who sealed
    /// it, what it is for, and what the check found. It says nothing of who the senders are: that is for a list of senders.
    ///
    /// # Errors
    /// [`Refused`] where it is no return, or was changed.
    pub fn verify(&self, file: &[u8]) -> Result<Value, Refused> {
        let verified = file::verify(file, &self.set).map_err(|error| Refused {
            code: error.code(),
            message: error.to_string(),
            help: error.remedy(),
        })?;
        Ok(verdict(&verified))
    }

    fn open(&self, bytes: &[u8], now: Instant) -> Result<(Draft, Checked), Refused> {
        let draft = Draft::read(bytes, &self.set);
        let (draft, now) = match draft {
            Ok(draft) => (draft, now),
            // A sealed return is no draft: its own reader says what is wrong with it, if it is one.
            Err(error) => {
                let is_sealed = json::read(bytes).is_ok_and(|it| it.get("return").is_some());
                if !is_sealed {
                    let (message, help) = (error.to_string(), error.remedy());
                    return Err(Refused { code: error.code(), message, help });
                }
                self.sealed(bytes, now)?
            }
        };
        let checked = check::check(&draft.subject(now, &Mistakes::new()));
        Ok((draft, checked))
    }

    fn sealed(&self, bytes: &[u8], now: Instant) -> Result<(Draft, Instant), Refused> {
        let verified = file::verify(bytes, &self.set).map_err(|error| Refused {
            code: error.code(),
            message: error.to_string(),
            help: error.remedy(),
        })?;
        let at = verified.content().prepared_at.as_deref().and_then(|at| Instant::parse(at).ok());
        let draft = Draft::of(&verified).map_err(|error| Refused {
            code: error.code(),
            message: error.to_string(),
            help: error.remedy(),
        })?;
        Ok((draft, at.unwrap_or(now)))
    }
}

/// The engine, as a sealed file says it.
const ENGINE: &str = if cfg!(target_arch = "wasm32") { "wasm" } else { "native" };

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Query => "query",
        Severity::Note => "note",
    }
}

fn findings(found: &[Finding], form: &Form, answers: &Answers) -> Value {
    let mut all = Vec::new();
    for finding in found {
        let explanation = match &finding.given {
            Given::Explained(text) => text.into(),
            Given::Missing | Given::NotAsked => Value::Null,
        };
        let places: Vec<String> =
            finding.places.iter().map(|place| place.id(form, answers)).gather();
        all.push(object(&mut [
            ("at", places.into()),
            ("explanation", explanation),
            ("message", (&finding.message).into()),
            ("row", (&finding.row).into()),
            ("rule", (&finding.rule).into()),
            ("severity", severity(finding.severity).into()),
        ]));
    }
    all.into()
}

fn rating(outcome: &Outcome) -> Value {
    let result = outcome.result.as_ref().map_or(Value::Null, Into::into);
    object(&mut [
        ("because", outcome.because.clone().into()),
        ("id", (&outcome.id).into()),
        ("label", (&outcome.label).into()),
        ("result", result),
        ("row", (&outcome.row).into()),
        ("words", (&outcome.words).into()),
    ])
}

fn verdict(verified: &Verified) -> Value {
    let content = verified.content();
    let mut signatures = Vec::new();
    for signature in verified.signatures() {
        signatures.push(signer(signature));
    }
    let mut differences = Vec::new();
    if let ContentVerdict::Differs(list) = verified.verdict() {
        for one in list {
            differences.push(object(&mut [
                ("at", (&one.pointer).into()),
                ("found", (&one.found).into()),
                ("said", (&one.said).into()),
            ]));
        }
    }
    let count =
        |of: &dyn Fn(&Checked) -> usize| verified.checked().map_or(Value::Null, |it| of(it).into());
    object(&mut [
        ("approved", verified.is_approved().into()),
        ("collection", (&content.collection.id).into()),
        ("differences", differences.into()),
        ("errors", count(&|it| it.count(Severity::Error))),
        ("id", verified.id().into()),
        ("next", verified.next_step().into()),
        ("organisation", (&content.organisation.code).into()),
        ("practice", verified.is_practice().into()),
        ("revision", content.revision.into()),
        ("sentence", verified.verdict().sentence().into()),
        ("signatures", signatures.into()),
        ("template", (&content.template.id).into()),
        ("unexplained", count(&|it| it.unexplained().count())),
        ("verdict", verified.verdict().code().into()),
    ])
}

fn signer(signature: &SignatureVerdict) -> Value {
    let header = &signature.header;
    let role = match header.role {
        Role::Approver => "approver",
        Role::Preparer => "preparer",
    };
    object(&mut [
        ("check_code", signature.thumbprint.check_code().into()),
        ("job_title", (&header.signer_job_title).into()),
        ("name", (&header.signer_name).into()),
        ("role", role.into()),
        ("signed_at", header.signed_at.to_london_text().into()),
        ("thumbprint", signature.thumbprint.to_string().into()),
    ])
}
