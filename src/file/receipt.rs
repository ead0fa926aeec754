//! Receipts: a signed statement of what was received, which its sender can open and check.

use super::verify::Verified;
use crate::hash::is_sha256_hex;
use crate::json::{Members, Value, object};
use crate::sign::{Document, DocumentError, Header, Kind, SecretKey, document};
use crate::time::Instant;

/// What a receipt says was received.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Receipt {
    /// The return's id.
    pub return_id: String,
    /// The collection's id.
    pub collection: String,
    /// The template's id.
    pub template: String,
    /// The organisation's ODS code.
    pub organisation: String,
    /// The return's revision.
    pub revision: i64,
    /// When it was received, by the clock of whoever received it.
    pub received_at: Instant,
    /// What was found of its content, as a word: see [`super::ContentVerdict::code`].
    pub verdict: String,
}

/// What a receipt has to do with a sealed return.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum About {
    /// It names another return.
    Another,
    /// It names this return, and says of it what is not so.
    Contradictory,
    /// It is for this return.
    This,
}

impl Receipt {
    /// The receipt for a return.
    pub fn of(verified: &Verified, received_at: Instant) -> Self {
        let content = verified.content();
        Self {
            return_id: verified.id().to_owned(),
            collection: content.collection.id.clone(),
            template: content.template.id.clone(),
            organisation: content.organisation.code.clone(),
            revision: content.revision,
            received_at,
            verdict: verified.verdict().code().to_owned(),
        }
    }

    /// Seals it.
    pub fn seal(&self, key: &SecretKey, header: &Header) -> String {
        let payload = object(&mut [
            ("collection", (&self.collection).into()),
            ("format", Kind::Receipt.format().into()),
            ("organisation", (&self.organisation).into()),
            ("received_at", self.received_at.to_london_text().into()),
            ("return_id", (&self.return_id).into()),
            ("revision", self.revision.into()),
            ("template", (&self.template).into()),
            ("verdict", (&self.verdict).into()),
        ]);
        let signature = document::signature(&payload, Kind::Receipt, key, header);
        document::write(payload, Kind::Receipt, vec![signature])
    }

    /// Reads a receipt, and gives the signed file beside it: whose it is, is for the reader to judge.
    ///
    /// # Errors
    /// Where it is no receipt, or was changed.
    pub fn read(bytes: &[u8]) -> Result<(Self, Document), DocumentError> {
        let document = document::read(bytes, Kind::Receipt)?.verify()?;
        let receipt = Self::from_payload(&document.payload)
            .map_err(|reason| DocumentError::other(Kind::Receipt, reason))?;
        Ok((receipt, document))
    }

    fn from_payload(payload: &Value) -> Result<Self, String> {
        let mut m = Members::of(payload);
        let _ = m.text("format");
        let received_at = m.text("received_at");
        let (return_id, verdict) = (m.text("return_id"), m.text("verdict"));
        let (collection, template) = (m.text("collection"), m.text("template"));
        let (organisation, revision) = (m.text("organisation"), m.whole("revision"));
        m.done(()).map_err(|error| error.to_string())?;
        let received_at =
            Instant::parse(&received_at).map_err(|error| format!("received_at: {error}"))?;
        if !is_sha256_hex(&return_id) || revision < 1 {
            return Err("it names no return".to_owned());
        }
        Ok(Self { return_id, collection, template, organisation, revision, received_at, verdict })
    }

    /// What it says of a sealed return whose signatures fit, which need not be checked again for that.
    pub fn about(&self, sealed: &Document) -> About {
        if self.return_id != sealed.id {
            return About::Another;
        }
        let named = |part: &str, name: &str| {
            sealed.payload.get(part).and_then(|part| part.get(name)).and_then(Value::as_str)
        };
        let agrees = named("collection", "id") == Some(&self.collection)
            && named("template", "id") == Some(&self.template)
            && named("organisation", "code") == Some(&self.organisation)
            && sealed.payload.get("revision").and_then(Value::as_i64) == Some(self.revision);
        if agrees { About::This } else { About::Contradictory }
    }

    /// Whether it is for this return.
    pub fn is_for(&self, verified: &Verified) -> bool {
        *self == Self { verdict: self.verdict.clone(), ..Self::of(verified, self.received_at) }
    }
}
