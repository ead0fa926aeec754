//! A request to be put into the register: a key that says itself whose it is. It counts for nothing
//! until its check code was read back over the telephone.

use super::Entry;
use crate::json::{Members, Value, object};
use crate::sign::{DocumentError, Header, Kind, Role, SecretKey, Thumbprint, characters, document};
use crate::time::Instant;

/// A request that was signed with the key it is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Enrolment {
    /// The ODS code of the organisation that the key is to speak for.
    pub organisation: String,
    /// The job title of whoever holds it.
    pub holder_role: String,
    /// When it was asked for, by that computer's clock.
    pub requested_at: Instant,
    /// The key's thumbprint.
    pub key: Thumbprint,
}

impl Enrolment {
    /// Writes a request, signed with the key it is about. In the words a code point that is not a character becomes
    /// U+FFFD, because no reader would take it.
    pub fn seal(
        key: &SecretKey,
        organisation: &str,
        holder_role: &str,
        signer_name: &str,
        now: Instant,
    ) -> String {
        let payload = object(&mut [
            ("format", Kind::Enrolment.format().into()),
            ("holder_role", characters(holder_role).into()),
            ("key", key.public().thumbprint().to_string().into()),
            ("organisation", characters(organisation).into()),
            ("requested_at", now.to_london_text().into()),
        ]);
        let header = Header {
            role: Role::Preparer,
            signer_name: signer_name.to_owned(),
            signer_job_title: holder_role.to_owned(),
            signed_at: now,
        };
        let signature = document::signature(&payload, Kind::Enrolment, key, &header);
        document::write(payload, Kind::Enrolment, vec![signature])
    }

    /// Reads a request.
    ///
    /// # Errors
    /// Where it is no request, was changed, or is not signed with the key it is about alone.
    pub fn read(bytes: &[u8]) -> Result<Self, DocumentError> {
        let document = document::read(bytes, Kind::Enrolment)?.verify()?;
        let other = |reason: String| DocumentError::other(Kind::Enrolment, reason);
        let request = Self::of(&document.payload).map_err(other)?;
        let signed: Vec<Thumbprint> =
            document.signatures.iter().map(|found| found.thumbprint).collect();
        if signed != [request.key] {
            return Err(other("it is not signed with the key it is about".to_owned()));
        }
        Ok(request)
    }

    fn of(payload: &Value) -> Result<Self, String> {
        let mut m = Members::of(payload);
        let _ = m.text("format");
        let (organisation, holder_role) = (m.text("organisation"), m.text("holder_role"));
        let (requested_at, key) = (m.text("requested_at"), m.text("key"));
        m.done(()).map_err(|error| error.to_string())?;
        let requested_at =
            Instant::parse(&requested_at).map_err(|error| format!("requested_at: {error}"))?;
        let key = Thumbprint::parse(&key).map_err(|error| format!("key: {error}"))?;
        Ok(Self { organisation, holder_role, requested_at, key })
    }

    /// The code that is read back over the telephone before the key is put into the register: 100 bits.
    pub fn check_code(&self) -> String {
        self.key.enrolment_code()
    }

    /// The entry for the register, valid from a time on.
    pub fn entry(&self, valid_from: Instant, valid_until: Option<Instant>) -> Entry {
        let (organisation, role) = (self.organisation.clone(), self.holder_role.clone());
        Entry::new(self.key, organisation, role, valid_from, valid_until)
    }
}
