//! A draft file before its collection is looked for: a page may have to load that first.

use super::content::{Content, DRAFT_FORMAT};
use super::draft::{Draft, DraftError, template_ref};
use crate::answers::{AnswersError, Held};
use crate::collection::{Form, Set};
use crate::json::{self, Members, ShapeError};
use std::rc::Rc;

/// What a draft file says, in the right form; whether its answers fit a template is not known yet.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftFile(pub(super) Content);

impl DraftFile {
    /// Reads a draft file.
    ///
    /// # Errors
    /// Where it is not readable, or not a draft.
    pub fn read(bytes: &[u8]) -> Result<Self, DraftError> {
        let value = json::read(bytes)?;
        let mut m = Members::of(&value);
        let draft = m.need("draft").unwrap_or(&value);
        m.done(())?;
        let content = Content::read(draft)?;
        if content.format != DRAFT_FORMAT {
            return Err(DraftError::Format { found: content.format });
        }
        match content.sealed_only().or_else(|| content.revision_fault()) {
            Some(fault) => Err(fault.into()),
            None => Ok(Self(content)),
        }
    }

    /// What it says.
    pub fn content(&self) -> &Content {
        &self.0
    }

    /// The id of its collection.
    pub fn collection(&self) -> &str {
        &self.0.collection.id
    }

    /// Opens it with the operator's own set: with the very collection and template that it was made with.
    ///
    /// # Errors
    /// Where those are not here, or its answers do not fit them.
    pub fn open(self, set: &Set) -> Result<Draft, DraftError> {
        self.open_with(set, false)
    }

    /// Whether the very collection and template that it was made with are in a set.
    pub fn is_of(&self, set: &Set) -> bool {
        self.form(set, false).is_some()
    }

    /// Opens it with another version of its collection and template, known by their ids, if every answer in it has
    /// a place there: all of them are taken over, or none.
    ///
    /// # Errors
    /// Where there is no other version here, or an answer or a row has no place in it.
    pub fn renew(self, set: &Set) -> Result<Draft, DraftError> {
        self.open_with(set, true)
    }

    fn form<'s>(&self, set: &'s Set, renew: bool) -> Option<&'s Rc<Form>> {
        let Content { collection, template, .. } = &self.0;
        let stage = self.0.stage();
        set.forms().iter().find(|form| {
            let (own, questions) = (&form.collection, &form.template);
            let is_same = if renew {
                own.source().id == collection.id && questions.source().id == template.id
            } else {
                own.sha256() == collection.sha256 && questions.sha256() == template.sha256
            };
            is_same && (form.stage.is_none() || form.stage == stage)
        })
    }

    fn open_with(self, set: &Set, renew: bool) -> Result<Draft, DraftError> {
        let Some(form) = self.form(set, renew).cloned() else {
            return Err(DraftError::Unknown {
                collection: self.0.collection.id,
                template: self.0.template.id,
            });
        };
        let said = (self.0.collection.id.as_str(), &self.0.template);
        if !renew && said != (form.collection.source().id.as_str(), &template_ref(&form)) {
            let reason = "the ids are not those of the hashes beside them".to_owned();
            return Err(ShapeError { pointer: "/draft/template".to_owned(), reason }.into());
        }
        let draft = Draft::from_content(form, self.0)?;
        match stray(&draft).filter(|_| renew) {
            None => Ok(draft),
            Some(pointer) => {
                let message = "a row here is not asked for any more".to_owned();
                Err(AnswersError { pointer, message }.into())
            }
        }
    }
}

/// Where the first row stands that has no place in its table.
fn stray(draft: &Draft) -> Option<String> {
    for (s, section) in draft.form.template.source().sections.iter().enumerate() {
        for (f, field) in section.fields.iter().enumerate() {
            if let Some(Held::Table(table)) = draft.answers.held(s, f)
                && !table.strays.is_empty()
            {
                return Some(["/answers/", &section.id, "/", &field.id].concat());
            }
        }
    }
    None
}
