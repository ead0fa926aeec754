//! Everything an operator holds: templates, collections, organisation lists, expected lists.
//! Collections and templates are found here by hash, never taken from a return.

use super::{Collection, Expected, Form, Organisations};
use crate::json;
use crate::template::{Fault, Template};
use std::rc::Rc;
use thiserror::Error;

/// What kind of document a data file is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum DocumentKind {
    /// A collection.
    Collection,
    /// An expected list.
    Expected,
    /// A dated organisation list.
    Organisations,
    /// A template.
    Template,
}

impl DocumentKind {
    /// The word used in pages and folders.
    pub fn word(self) -> &'static str {
        match self {
            Self::Collection => "collection",
            Self::Expected => "expected",
            Self::Organisations => "organisations",
            Self::Template => "template",
        }
    }

    /// The kind of this word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Collection, Self::Expected, Self::Organisations, Self::Template]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// A compiled data file: canonical JSON.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Document {
    /// What it is.
    pub kind: DocumentKind,
    /// Its id.
    pub id: String,
    /// Its canonical JSON.
    pub json: String,
}

/// Why a data file could not be loaded.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum LoadError {
    /// It has faults.
    #[error("the {} “{id}” has a fault: {fault}", kind.word())]
    Faulty {
        /// What it is.
        kind: DocumentKind,
        /// Its id.
        id: String,
        /// The first fault.
        fault: String,
    },
    /// It names a document that is not there.
    #[error("“{of}” needs {} “{id}” (SHA-256 {sha256}), which is not in this set", kind.word())]
    Missing {
        /// What is missing.
        kind: DocumentKind,
        /// Its id.
        id: String,
        /// The hash asked for.
        sha256: String,
        /// Who asks for it.
        of: String,
    },
}

/// Everything an operator holds.
#[derive(Debug, Default)]
pub struct Set {
    templates: Vec<Rc<Template>>,
    collections: Vec<Rc<Collection>>,
    organisations: Vec<Rc<Organisations>>,
    expected: Vec<Rc<Expected>>,
    forms: Vec<Rc<Form>>,
}

impl Set {
    /// Loads documents; their order does not matter, and collections keep theirs.
    ///
    /// # Errors
    /// The first document that is faulty or that names one which is not there.
    pub fn load(documents: &[Document]) -> Result<Self, LoadError> {
        let mut set = Self::default();
        for document in documents {
            set.take(document)?;
        }
        let collections = set.collections.clone();
        for collection in &collections {
            set.join(collection)?;
        }
        Ok(set)
    }

    fn take(&mut self, document: &Document) -> Result<(), LoadError> {
        let Document { kind, id, json } = document;
        let faulty = |fault: String| LoadError::Faulty { kind: *kind, id: id.clone(), fault };
        let first =
            |faults: Vec<Fault>| faulty(faults.first().map(Fault::to_string).unwrap_or_default());
        let text = json.as_bytes();
        match kind {
            DocumentKind::Collection => {
                self.collections.push(Rc::new(Collection::read(text).map_err(first)?));
            }
            DocumentKind::Expected => {
                let value = json::read(text).map_err(|error| faulty(error.to_string()))?;
                let list = Expected::read(&value).map_err(|error| faulty(error.to_string()))?;
                self.expected.push(Rc::new(list));
            }
            DocumentKind::Organisations => {
                let list = Organisations::read(text).map_err(|error| faulty(error.to_string()))?;
                self.organisations.push(Rc::new(list));
            }
            DocumentKind::Template => {
                self.templates.push(Rc::new(Template::read(text).map_err(first)?));
            }
        }
        Ok(())
    }

    fn join(&mut self, collection: &Rc<Collection>) -> Result<(), LoadError> {
        let source = collection.source();
        let missing = |kind, id: &str, sha256: &str| LoadError::Missing {
            kind,
            id: id.to_owned(),
            sha256: sha256.to_owned(),
            of: source.id.clone(),
        };
        let pinned = &source.organisations;
        let organisations =
            self.organisations
                .iter()
                .find(|list| list.sha256() == pinned.sha256)
                .ok_or_else(|| missing(DocumentKind::Organisations, &pinned.id, &pinned.sha256))?;
        for due in &source.returns {
            let template =
                self.templates
                    .iter()
                    .find(|template| template.sha256() == due.sha256)
                    .ok_or_else(|| missing(DocumentKind::Template, &due.template, &due.sha256))?;
            let (collection, template) = (collection.clone(), template.clone());
            let form = Form::new(collection, template, due.stage, organisations.clone());
            let form = form.map_err(|faults| LoadError::Faulty {
                kind: DocumentKind::Collection,
                id: source.id.clone(),
                fault: faults.first().map(Fault::to_string).unwrap_or_default(),
            })?;
            self.forms.push(Rc::new(form));
        }
        Ok(())
    }

    /// The collections, in the order they were loaded.
    pub fn collections(&self) -> &[Rc<Collection>] {
        &self.collections
    }

    /// Every template in its collection, once for each stage.
    pub fn forms(&self) -> &[Rc<Form>] {
        &self.forms
    }

    /// The form for a collection and a template known by their ids; where it is owed in stages, the
    /// first that the collection names.
    pub fn form(&self, collection: &str, template: &str) -> Option<&Rc<Form>> {
        self.forms.iter().find(|form| {
            form.collection.source().id == collection && form.template.source().id == template
        })
    }

    /// The form for a collection and a template known by their hashes, at the stage that a file says
    /// it is of. Where the return is owed in no stages, every file is of its one form.
    pub fn form_by_hash(
        &self,
        collection: &str,
        template: &str,
        stage: Option<&str>,
    ) -> Option<&Rc<Form>> {
        self.forms.iter().find(|form| {
            form.collection.sha256() == collection
                && form.template.sha256() == template
                && (form.stage.is_none() || form.stage == stage)
        })
    }

    /// The expected list of a collection with the highest serial.
    pub fn expected(&self, collection: &str) -> Option<&Rc<Expected>> {
        let lists = self.expected.iter().filter(|list| list.collection == collection);
        lists.max_by_key(|list| list.serial)
    }
}
