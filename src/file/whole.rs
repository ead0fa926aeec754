//! A sealed return whose seal is whole, and what can be made of it: its next version, and an input of another return.

use super::content::{Content, RETURN_FORMAT};
use super::draft::{Draft, DraftError};
use super::draft_file::DraftFile;
use crate::answers::{Answer, Answers, Place, row_keys};
use crate::collection::{Form, Set};
use crate::json::{self, Members, Value};
use crate::sign::{Document, DocumentError, Kind, Role, Thumbprint, document};
use crate::template::source::SectionKind;

/// The id of the return in a file, if every signature fits and the preparer that it names is among the signers. Its answers
/// are not looked at: [`verify`](super::verify) does that.
///
/// # Errors
/// As [`verify`](super::verify).
pub fn id_if_whole(bytes: &[u8]) -> Result<String, DocumentError> {
    let parts = document::read(bytes, Kind::Return)?;
    let named = parts.payload.get("preparer_kid").and_then(Value::as_str).map(str::to_owned);
    let document = parts.verify()?;
    is_signed_by(&document, named.as_deref())?;
    Ok(document.id)
}

/// Whether the preparer that a return names is among its signers.
pub(super) fn is_signed_by(document: &Document, named: Option<&str>) -> Result<(), DocumentError> {
    let is_it = |role: Role, thumbprint: &Thumbprint| {
        role == Role::Preparer && Some(thumbprint.to_string().as_str()) == named
    };
    if document.signatures.iter().any(|found| is_it(found.header.role, &found.thumbprint)) {
        return Ok(());
    }
    Err(DocumentError::other(Kind::Return, "the preparer it names did not sign it"))
}

/// What a sealed return says, and its id. Every signature of it fits: [`verify`](super::verify) found so, or another engine
/// of the same page, which says so with [`WholeReturn::vouched`].
#[derive(Clone, Debug)]
pub struct WholeReturn {
    pub(super) content: Content,
    pub(super) id: String,
}

impl WholeReturn {
    /// Reads a file that another engine of the same page verified; `id` is what that found. Only what is in it is read here.
    ///
    /// # Errors
    /// Where it is not readable, or not a sealed return.
    pub fn vouched(bytes: &[u8], id: &str) -> Result<Self, DraftError> {
        let value = json::read(bytes)?;
        let mut m = Members::of(&value);
        let said = m.need("return").unwrap_or(&value);
        m.get("signatures");
        m.done(())?;
        let content = Content::read(said)?;
        if content.format != RETURN_FORMAT {
            return Err(DraftError::Format { found: content.format });
        }
        Ok(Self { content, id: id.to_owned() })
    }

    /// What it says.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// Its id: SHA-256 of the canonical form of `return`, lower-case hexadecimal.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it answers in a place of a form, which may be that of another collection: where section, field, column and the
    /// keys of the row have the same ids.
    pub fn answer_at(&self, form: &Form, answers: &Answers, place: Place) -> Option<Answer> {
        let section = form.template.source().sections.get(place.section)?;
        let field = section.fields.get(place.field)?;
        let members = match section.kind {
            SectionKind::Answers => self.content.answers.get(&section.id)?.as_object()?,
            SectionKind::Declared => &self.content.declared,
        };
        let value = members.get(&field.id)?;
        let Some((row, _)) = place.cell else { return Answer::of(field, value) };
        if answers.is_added(place.section, place.field, row) {
            return None;
        }
        let keys = row_keys(form, answers, place.section, place.field, row);
        let Value::Array(rows) = value else { return None };
        let row = rows.iter().find(|row| {
            keys.iter().all(|key| row.get(key.key).and_then(Value::as_str) == Some(key.entry))
        })?;
        let column = place.field(form)?;
        Answer::of(column, row.get(&column.id)?)
    }

    /// The draft of its next version.
    ///
    /// # Errors
    /// Where its collection or template is not in the set, or its answers do not fit.
    pub fn next_version(&self, set: &Set) -> Result<Draft, DraftError> {
        let mut draft = DraftFile(self.content.clone()).open(set)?;
        draft.succeed(self);
        Ok(draft)
    }
}
