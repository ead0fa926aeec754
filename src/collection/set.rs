//! Everything an operator holds: templates, collections, organisation lists, expected lists.
//! Collections and templates are found here by hash, never taken from a return.

use super::{Collection, Expected, Form, Organisations};
use crate::hash::sha256_hex;
use crate::json;
use crate::sorted::SortedMap;
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
    /// The plan of a template, a tape as one JSON text. Its id is the template's SHA-256.
    Plan,
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
            Self::Plan => "plan",
            Self::Template => "template",
        }
    }

    /// The kind of this word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Collection, Self::Expected, Self::Organisations, Self::Plan, Self::Template]
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

/// A document that a collection names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Need {
    /// What it is.
    pub kind: DocumentKind,
    /// Its id.
    pub id: String,
    /// SHA-256 of its canonical JSON.
    pub sha256: String,
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
    /// Tapes of templates that have not come yet, by the template's SHA-256.
    plans: SortedMap<String, String>,
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
        set.add(documents)?;
        for collection in &set.collections {
            let source = collection.source();
            if let Some(Need { kind, id, sha256 }) = set.missing(&source.id).into_iter().next() {
                return Err(LoadError::Missing { kind, id, sha256, of: source.id.clone() });
            }
        }
        Ok(set)
    }

    /// Takes more documents in, plans before their templates, and joins the collections that have all of theirs now.
    ///
    /// # Errors
    /// The first document that is faulty; what came before it is kept.
    pub fn add(&mut self, documents: &[Document]) -> Result<(), LoadError> {
        for document in documents {
            self.take(document)?;
        }
        for collection in self.collections.clone() {
            let is_joined = self.forms.iter().any(|form| Rc::ptr_eq(&form.collection, &collection));
            if !is_joined && self.missing(&collection.source().id).is_empty() {
                self.join(&collection)?;
            }
        }
        Ok(())
    }

    /// The documents that a collection names and that are not here, each once.
    pub fn missing(&self, collection: &str) -> Vec<Need> {
        let mut missing: Vec<Need> = Vec::new();
        let Some(collection) = self.collections.iter().find(|it| it.source().id == collection)
        else {
            return missing;
        };
        let source = collection.source();
        let pinned = &source.organisations;
        let mut need = |kind, id: &str, sha256: &str, is_here: bool| {
            if !is_here && !missing.iter().any(|known| known.sha256 == sha256) {
                missing.push(Need { kind, id: id.to_owned(), sha256: sha256.to_owned() });
            }
        };
        let is_here = self.list(&pinned.sha256).is_some();
        need(DocumentKind::Organisations, &pinned.id, &pinned.sha256, is_here);
        for due in &source.returns {
            let is_here = self.template(&due.sha256).is_some();
            need(DocumentKind::Template, &due.template, &due.sha256, is_here);
        }
        missing
    }

    fn list(&self, sha256: &str) -> Option<&Rc<Organisations>> {
        self.organisations.iter().find(|list| list.sha256() == sha256)
    }

    fn template(&self, sha256: &str) -> Option<&Rc<Template>> {
        self.templates.iter().find(|template| template.sha256() == sha256)
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
            DocumentKind::Plan => {
                let plan = json::read(text).map_err(|error| faulty(error.to_string()))?;
                let tape = plan.as_str().ok_or_else(|| faulty("it is no text".to_owned()))?;
                self.plans.insert(id.clone(), tape.to_owned());
            }
            DocumentKind::Template => {
                let template = match self.plans.get(&sha256_hex(text)) {
                    Some(tape) => Template::read_planned(text, tape),
                    None => unplanned(text),
                };
                self.templates.push(Rc::new(template.map_err(first)?));
            }
        }
        Ok(())
    }

    /// Makes the forms of a collection whose documents are all here.
    fn join(&mut self, collection: &Rc<Collection>) -> Result<(), LoadError> {
        let source = collection.source();
        let Some(organisations) = self.list(&source.organisations.sha256).cloned() else {
            return Ok(());
        };
        for due in &source.returns {
            let Some(template) = self.template(&due.sha256).cloned() else { continue };
            let form = Form::new(collection.clone(), template, due.stage, organisations.clone());
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

    /// The templates, in the order they were loaded.
    pub fn templates(&self) -> &[Rc<Template>] {
        &self.templates
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

/// A template that came without its plan.
#[cfg(not(target_arch = "wasm32"))]
fn unplanned(text: &[u8]) -> Result<Template, Vec<Fault>> {
    Template::read(text)
}

/// The engine of the pages compiles nothing.
#[cfg(target_arch = "wasm32")]
fn unplanned(_: &[u8]) -> Result<Template, Vec<Fault>> {
    Err(vec![Fault::new(&[], "its plan is not in this page", "Build the page again.")])
}
