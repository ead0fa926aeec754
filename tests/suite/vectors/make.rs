//! What vectors are made of: returns that are sealed, opened, changed, and sealed again by whoever holds a key.

use crate::support::{IN_TIME, answer, at, set_of};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use ed25519_dalek::{Signer as _, SigningKey};
use ia_returns::cli::sources;
use ia_returns::collection::Set;
use ia_returns::collection::author::Files;
use ia_returns::file::{Draft, Sealing, seal, verify};
use ia_returns::json::{self, Value};
use ia_returns::sign::{Header, Kind, Role, SecretKey, Thumbprint, document};
use ia_returns::template::author::File;

/// The seeds of the keys: who is who in every vector.
pub(crate) const PREPARER: u8 = 7;
pub(crate) const APPROVER: u8 = 8;
pub(crate) const SECOND_APPROVER: u8 = 9;
pub(crate) const KEEPER: u8 = 1;

pub(crate) fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed([seed; 32].into())
}

pub(crate) fn thumbprint(seed: u8) -> Thumbprint {
    key(seed).public().thumbprint()
}

pub(crate) fn header(role: Role) -> Header {
    let (name, title) = match role {
        Role::Preparer => ("Head of EPRR on duty", "Head of EPRR"),
        Role::Approver => ("Director on call", "Director on call"),
    };
    Header {
        role,
        signer_name: name.to_owned(),
        signer_job_title: title.to_owned(),
        signed_at: at("2023-07-28T11:00:00+01:00"),
    }
}

/// Where the test collection that asks for a second signature is kept.
pub(crate) const COUNTERSIGNED: &str = "vectors/collections/countersigned.toml";

/// The July round of 2023 as it is shipped, but a second person has to seal.
pub(crate) fn countersigned() -> String {
    let shipped = sources::shipped();
    let round = shipped.collections.iter().find(|file| file.stem() == "sor-2023-07").unwrap();
    let changes = [
        ("id = \"sor-2023-07\"", "id = \"countersigned\""),
        ("practice = false", "practice = false # a test collection, shipped nowhere"),
        ("approval = \"declared\"", "approval = \"countersigned\""),
    ];
    changes.iter().fold(round.text.clone(), |text, (from, to)| {
        assert_eq!(text.matches(&format!("\n{from}")).count(), 1, "{from}");
        text.replacen(&format!("\n{from}"), &format!("\n{to}"), 1)
    })
}

/// What vectors are judged with: everything shipped, and the round that is countersigned.
pub(crate) fn vector_set() -> Set {
    let path = "collections/countersigned.toml".to_owned();
    let mut files: Files = sources::shipped();
    files.collections.push(File { path, text: countersigned() });
    set_of(&files)
}

/// A nil return of RX1, which is short.
pub(crate) fn nil(set: &Set, collection: &str) -> Draft {
    let form = set.form(collection, "workforce_sitrep").expect("the form").clone();
    let organisation = form.organisations.by_code("RX1").expect("RX1").clone();
    let mut draft = Draft::new(form, organisation, None, at(IN_TIME));
    for (id, text) in [
        ("about.nil_return", "yes"),
        ("about.nil_reason", "no_staff_in_scope"),
        ("about.submitter_name", "Information analyst on duty"),
        ("about.submitter_role", "Information analyst"),
        ("about.submitter_email", "information.analyst@nuh.nhs.uk"),
        ("declared.signoff_name", "Director on call"),
        ("declared.signoff_role", "duty_director"),
        ("declared.signoff_how", "by_phone"),
        ("declared.signoff_at", "2023-07-28T10:30"),
    ] {
        answer(&mut draft, id, text);
    }
    draft
}

/// Seals a draft with the preparer's key.
pub(crate) fn sealed(draft: &Draft, now: &str) -> String {
    let key = key(PREPARER);
    match seal(draft, &Sealing::new(draft, &key, at(now), "native")) {
        Ok(sealed) => sealed.text,
        Err(error) => panic!("{error}"),
    }
}

/// The same file with an approver's signature.
pub(crate) fn approved(text: &str, set: &Set, seed: u8) -> String {
    let verified = verify(text.as_bytes(), set).expect("it verifies");
    ia_returns::file::approve(text.as_bytes(), &verified, &key(seed), &header(Role::Approver))
        .expect("it is approved")
}

/// A signed file, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    pub(crate) kind: Kind,
    pub(crate) payload: Value,
    pub(crate) entries: Vec<Value>,
}

impl Parts {
    pub(crate) fn of(text: &str, kind: Kind) -> Self {
        let mut file = json::read(text.as_bytes()).expect("it reads");
        let payload = std::mem::take(&mut file[kind.member()]);
        let entries = file["signatures"].as_array().expect("signatures").clone();
        Self { kind, payload, entries }
    }

    /// The file.
    pub(crate) fn text(&self) -> String {
        document::write(self.payload.clone(), self.kind, self.entries.clone())
    }

    /// With a change that nobody signed.
    pub(crate) fn tampered(mut self, change: impl FnOnce(&mut Value)) -> String {
        change(&mut self.payload);
        self.text()
    }

    /// With a change by somebody who holds the keys: every signature is made anew, its header as it was.
    pub(crate) fn resigned(mut self, seed: u8, change: impl FnOnce(&mut Value)) -> String {
        change(&mut self.payload);
        let payload = json::canonical(&self.payload);
        self.entries = self
            .entries
            .iter()
            .map(|entry| signed(json::canonical(&header_of(entry)), payload.as_bytes(), seed))
            .collect();
        self.text()
    }

    /// With another protected header of the first signature, which is made anew to fit it.
    pub(crate) fn headed(self, seed: u8, change: impl FnOnce(&mut Value)) -> String {
        let mut header = header_of(&self.entries[0]);
        change(&mut header);
        self.with_header(seed, json::canonical(&header))
    }

    /// With these bytes as the protected header of the first signature, which is made anew to fit them.
    pub(crate) fn with_header(mut self, seed: u8, header: impl AsRef<[u8]>) -> String {
        let payload = json::canonical(&self.payload);
        self.entries[0] = signed(header, payload.as_bytes(), seed);
        self.text()
    }

    /// The first signature as another key would make it.
    pub(crate) fn by(&self, seed: u8, role: &str) -> Value {
        let mut header = header_of(&self.entries[0]);
        header["jwk"]["x"] = key(seed).public().x().into();
        header["kid"] = thumbprint(seed).to_string().into();
        header["role"] = role.into();
        signed(json::canonical(&header), json::canonical(&self.payload).as_bytes(), seed)
    }

    /// With one entry of `signatures` changed.
    pub(crate) fn entry(mut self, change: impl FnOnce(&mut Value)) -> String {
        change(&mut self.entries[0]);
        self.text()
    }
}

/// The protected header of an entry.
pub(crate) fn header_of(entry: &Value) -> Value {
    json::read(&decoded(entry["protected"].as_str().expect("a text"))).expect("it reads")
}

pub(crate) fn encoded(bytes: impl AsRef<[u8]>) -> String {
    Base64UrlUnpadded::encode_string(bytes.as_ref())
}

pub(crate) fn decoded(text: &str) -> Vec<u8> {
    Base64UrlUnpadded::decode_vec(text).expect("base64url")
}

/// What is signed: RFC 7515 section 5.1.
pub(crate) fn signing_input(protected: &str, payload: &[u8]) -> String {
    format!("{protected}.{}", encoded(payload))
}

/// An entry of `signatures`, made by another library than the core's own code.
pub(crate) fn signed(header: impl AsRef<[u8]>, payload: &[u8], seed: u8) -> Value {
    let protected = encoded(header);
    let signature =
        SigningKey::from_bytes(&[seed; 32]).sign(signing_input(&protected, payload).as_bytes());
    entry(&protected, &encoded(signature.to_bytes()))
}

pub(crate) fn entry(protected: &str, signature: &str) -> Value {
    json!({ "protected": protected, "signature": signature })
}

/// A text with the one place of `find` replaced, and where the replacement starts.
pub(crate) fn replaced(text: &str, find: &str, with: &str) -> (String, usize) {
    assert_eq!(text.matches(find).count(), 1, "{find}");
    (text.replacen(find, with, 1), text.find(find).unwrap())
}
