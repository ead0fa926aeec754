//! What the public functions say of one vector: the same source natively (`tests/suite/vectors.rs`) and in WebAssembly
//! (`tests/engine`), so that two answers can be compared as texts.

use ia_returns::collection::{Set, SignedExpected};
use ia_returns::file::{ContentVerdict, Draft, DraftError, Receipt, verify};
use ia_returns::json::{Place, ReadError, Value, canonical, object};
use ia_returns::register::{Enrolment, Register};
use ia_returns::sign::{
    DocumentError, Issue, IssueError, Kind, SignatureError, Thumbprint, document, issue,
};

/// What a vector is read as, and what its reader has to know besides.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// `return`, `register`, `receipt`, `enrolment`, `expected` or `draft`.
    pub(crate) reader: String,
    /// The thumbprint that the operator states, of whoever may sign registers.
    pub(crate) keeper: String,
    /// The highest serial number that the operator has had.
    pub(crate) held: Option<i64>,
    /// The return that a receipt is held against.
    pub(crate) of: Option<Vec<u8>>,
}

/// What is said of it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Judged {
    /// `fit`, `refused` or `unreadable`: the outer form and the signatures alone.
    pub(crate) signatures: &'static str,
    /// One word for the whole.
    pub(crate) verdict: &'static str,
    /// What keeps a return that is unchanged from counting.
    pub(crate) besides: &'static str,
    /// The sentence.
    pub(crate) says: String,
    /// Where, for a file that could not be read.
    pub(crate) place: Option<Place>,
    /// JSON pointers of what a check here finds otherwise.
    pub(crate) differs: Vec<String>,
    /// SHA-256 of the canonical form of what is signed, where the signatures fit.
    pub(crate) id: String,
}

impl Judged {
    /// As one text, to be compared.
    pub(crate) fn to_json(&self) -> String {
        let place = self.place.as_ref().map_or(Value::Null, |place| place.to_string().into());
        canonical(&object(&mut [
            ("besides", self.besides.into()),
            ("differs", self.differs.clone().into()),
            ("id", (&self.id).into()),
            ("place", place),
            ("says", (&self.says).into()),
            ("signatures", self.signatures.into()),
            ("verdict", self.verdict.into()),
        ]))
    }

    fn refuse(&mut self, verdict: &'static str, says: String, place: Option<Place>) {
        (self.verdict, self.says, self.place) = (verdict, says, place);
    }
}

/// Judges the bytes of a vector.
pub(crate) fn judge(asked: &Asked, bytes: &[u8], set: &Set) -> Judged {
    let mut judged = Judged::default();
    let kind = match asked.reader.as_str() {
        "enrolment" => Kind::Enrolment,
        "expected" => Kind::ExpectedList,
        "receipt" => Kind::Receipt,
        "register" => Kind::Register,
        "draft" => {
            judge_draft(bytes, set, &mut judged);
            return judged;
        }
        _ => Kind::Return,
    };
    let read = document::read(bytes, kind).and_then(document::Parts::verify);
    judged.signatures = match &read {
        Ok(document) => {
            judged.id.clone_from(&document.id);
            "fit"
        }
        Err(DocumentError::Read(_)) => "unreadable",
        Err(_) => "refused",
    };
    let refused = match kind {
        Kind::Enrolment => Enrolment::read(bytes).map(|_| "genuine"),
        Kind::ExpectedList => {
            return list(asked, judged, |keeper, held| {
                let list = SignedExpected::read(bytes, keeper)?;
                issue::newest(list.issue, kind, held)
            });
        }
        Kind::Receipt => receipt(asked, bytes, set),
        Kind::Register => {
            return list(asked, judged, |keeper, held| {
                Ok(Register::read(bytes, keeper, held)?.issue().clone())
            });
        }
        Kind::Return => return sealed(bytes, set, judged),
    };
    match refused {
        Ok(word) => judged.verdict = word,
        Err(error) => refuse(&mut judged, &error),
    }
    judged
}

fn refuse(judged: &mut Judged, error: &DocumentError) {
    let place = match error {
        DocumentError::Changed {
            reason: SignatureError::Header(ReadError { place, .. }), ..
        }
        | DocumentError::Read(ReadError { place, .. }) => Some(place.clone()),
        _ => None,
    };
    judged.refuse(error.code(), error.to_string(), place);
}

fn sealed(bytes: &[u8], set: &Set, mut judged: Judged) -> Judged {
    let verified = match verify(bytes, set) {
        Ok(verified) => verified,
        Err(error) => {
            refuse(&mut judged, &error);
            return judged;
        }
    };
    judged.verdict = verified.verdict().code();
    judged.says = verified.verdict().sentence();
    if let ContentVerdict::Differs(list) = verified.verdict() {
        judged.differs = list.iter().map(|difference| difference.pointer.clone()).collect();
    }
    judged.besides = match verified.checked() {
        Some(checked) if !checked.is_sealable() => "faults",
        _ if verified.is_practice() => "practice",
        Some(_) if !verified.is_approved() => "not_approved",
        _ => "",
    };
    judged
}

/// A list that is issued again under a higher number.
fn list(
    asked: &Asked,
    mut judged: Judged,
    read: impl Fn(&Thumbprint, Option<&Issue>) -> Result<Issue, IssueError>,
) -> Judged {
    let Ok(keeper) = Thumbprint::parse(&asked.keeper) else {
        judged.verdict = "no_keeper";
        return judged;
    };
    let held = asked.held.map(|serial| Issue { serial, id: String::new() });
    match read(&keeper, held.as_ref()) {
        Ok(_) => judged.verdict = "genuine",
        Err(IssueError::Document(error)) => refuse(&mut judged, &error),
        Err(error) => judged.refuse(error.code(), error.to_string(), None),
    }
    judged
}

fn receipt(asked: &Asked, bytes: &[u8], set: &Set) -> Result<&'static str, DocumentError> {
    let (receipt, _) = Receipt::read(bytes)?;
    let of = asked.of.as_ref().map(|of| verify(of, set)).transpose()?;
    Ok(match of {
        Some(verified) if !receipt.is_for(&verified) => "another_return",
        _ => "genuine",
    })
}

fn judge_draft(bytes: &[u8], set: &Set, judged: &mut Judged) {
    let (verdict, error) = match Draft::read(bytes, set) {
        Ok(_) => {
            judged.verdict = "opens";
            return;
        }
        Err(error) => (error.code(), error),
    };
    let place = match &error {
        DraftError::Read(ReadError { place, .. }) => Some(place.clone()),
        _ => None,
    };
    judged.refuse(verdict, error.to_string(), place);
}
