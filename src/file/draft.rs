//! A return that is not sealed yet.

use super::content::{Content, DRAFT_FORMAT, ExplanationEntry, OrganisationRef, TemplateRef};
use super::draft_file::DraftFile;
use super::whole::WholeReturn;
use crate::answers::{Answer, Answers, AnswersError, Place};
use crate::check::{self, Checked, Explanation, InputReturn, Inputs, Mistakes, Subject};
use crate::collection::source::Pinned;
use crate::collection::{Form, Organisation, Owes, Set};
use crate::gather::Gather as _;
use crate::json::{self, ReadError, ShapeError, object};
use crate::sorted::SortedMap;
use crate::template::source::Origin;
use crate::time::{Civil, Instant};
use std::rc::Rc;
use thiserror::Error;

/// What a person has filled in so far.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The template in its collection.
    pub form: Rc<Form>,
    /// Who answers.
    pub organisation: Organisation,
    /// From 1.
    pub revision: i64,
    /// The id of the return it replaces.
    pub supersedes: Option<String>,
    /// The answers.
    pub answers: Answers,
    /// How queries were explained.
    pub explanations: Vec<Explanation>,
    /// Other returns that rules read: at hand, or only named.
    pub inputs: Inputs,
}

/// Why a draft could not be opened.
#[derive(Clone, Debug, Error)]
pub enum DraftError {
    /// Its answers do not fit the template.
    #[error("{0}")]
    Answers(#[from] AnswersError),
    /// It is something else.
    #[error("this is not a draft: its format is “{found}”, not “{DRAFT_FORMAT}”")]
    Format {
        /// What it says it is.
        found: String,
    },
    /// It is not readable.
    #[error("{0}")]
    Read(#[from] ReadError),
    /// It is readable, and has another form.
    #[error("this is not a draft: {0}")]
    Shape(#[from] ShapeError),
    /// Its collection or template is not in the operator's set.
    #[error(
        "this draft was made for “{collection}” with {template}, in a version that is not here"
    )]
    Unknown {
        /// The collection's id.
        collection: String,
        /// The template's id.
        template: String,
    },
}

impl DraftError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Answers(_) => "Open it with the version it was made with, or start again.",
            Self::Format { .. } | Self::Shape(_) => {
                "Choose a draft file, whose name begins with ia-draft."
            }
            Self::Read(error) => error.remedy(),
            Self::Unknown { .. } => {
                "Add the collection it was made for, or start again in the newest one."
            }
        }
    }

    /// One word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Answers(_) => "does_not_fit",
            Self::Format { .. } | Self::Shape(_) => "not_a_draft",
            Self::Read(_) => "not_readable",
            Self::Unknown { .. } => "unknown",
        }
    }
}

impl Draft {
    /// An empty draft: prefilled answers and defaults filled, nothing else answered. `owes` is what
    /// the expected list says of the organisation, where it names it.
    pub fn new(
        form: Rc<Form>,
        organisation: Organisation,
        owes: Option<&Owes>,
        now: Instant,
    ) -> Self {
        let answers = Answers::empty(&form);
        let mut draft = Self {
            form,
            organisation,
            revision: 1,
            supersedes: None,
            answers,
            explanations: Vec::new(),
            inputs: Inputs::new(),
        };
        draft.answers = check::start(&draft.subject(now, &Mistakes::new()), owes);
        draft.fill(now);
        draft
    }

    /// Fills what the collection and the organisation fill.
    pub fn fill(&mut self, now: Instant) {
        self.answers = check::fill(&self.subject(now, &Mistakes::new()));
    }

    /// This draft as something to check.
    pub fn subject<'a>(&'a self, now: Instant, mistakes: &'a Mistakes) -> Subject<'a> {
        Subject {
            form: &self.form,
            organisation: &self.organisation,
            answers: &self.answers,
            explanations: &self.explanations,
            mistakes,
            now,
            revision: self.revision,
            inputs: &self.inputs,
        }
    }

    /// Puts another return at hand, which must be of the same organisation: a sibling or the revision
    /// before of the same collection, or a return of another collection. Gives the ids of the inputs
    /// that it is.
    pub fn give(&mut self, other: &WholeReturn) -> Vec<String> {
        self.take(other.id(), other.content())
    }

    /// As [`Draft::give`], of what a verified return says.
    pub(super) fn take(&mut self, id: &str, content: &Content) -> Vec<String> {
        if content.organisation.code != self.organisation.code {
            return Vec::new();
        }
        let same_round = content.collection.sha256 == self.form.collection.sha256();
        let mut given = Vec::new();
        for input in &self.form.template.source().inputs {
            let fits = match input.from {
                Origin::LastRound => !same_round,
                Origin::Previous => self.supersedes.as_deref() == Some(id),
                Origin::Sibling => same_round,
            };
            let own = &self.form.template.source().id;
            let template = if input.template.is_empty() { own } else { &input.template };
            let at_stage = input.stage.is_none() || input.stage.as_deref() == content.stage();
            if fits && at_stage && content.template.id == *template {
                let said = Some(content.to_json());
                let found = InputReturn { id: id.to_owned(), said };
                self.inputs.insert(input.id.clone(), found);
                given.push(input.id.clone());
            }
        }
        given
    }

    /// Whether a rule reads a return that is named but not at hand, so that it cannot be run again.
    pub(super) fn waits(&self, rule: &str) -> bool {
        let template = &self.form.template;
        let number = template.source().rules.iter().position(|item| item.id == rule);
        let plan = number.and_then(|number| template.plan().rules.get(number));
        plan.is_some_and(|plan| {
            plan.inputs.iter().any(|&input| {
                let input = template.source().inputs.get(input);
                let named = input.and_then(|input| self.inputs.get(&input.id));
                named.is_some_and(|named| named.said.is_none())
            })
        })
    }

    /// What the draft says, in the form of a file. Hidden answers are left out, and so are
    /// explanations of queries that are no longer asked.
    pub(super) fn content(&self, checked: &Checked) -> Content {
        let form = &self.form;
        let collection = &form.collection;
        let (answers, declared) = self.answers.write(form, checked.asked());
        let mut explanations = Vec::new();
        for item in &self.explanations {
            let mut findings = checked.findings().iter();
            if findings.any(|finding| finding.rule == item.rule && finding.row == item.row)
                || self.waits(&item.rule)
            {
                explanations.push(ExplanationEntry::from(item));
            }
        }
        let mut inputs = SortedMap::new();
        for (name, given) in &self.inputs {
            inputs.insert(name.clone(), given.id.clone());
        }
        Content {
            format: DRAFT_FORMAT.to_owned(),
            collection: Pinned {
                id: collection.source().id.clone(),
                sha256: collection.sha256().to_owned(),
            },
            template: template_ref(form),
            organisation: OrganisationRef {
                code: self.organisation.code.clone(),
                name: self.organisation.name.clone(),
            },
            revision: self.revision,
            supersedes: self.supersedes.clone(),
            prepared_at: None,
            preparer_kid: None,
            declared,
            inputs,
            answers,
            explanations,
            derived: None,
            engine: None,
        }
    }

    /// The draft as a file.
    pub fn write(&self, now: Instant) -> String {
        self.text(&check::check(&self.subject(now, &Mistakes::new())))
    }

    /// The draft as a file, where it was just checked.
    pub fn text(&self, checked: &Checked) -> String {
        json::indented(&object(&mut [("draft", self.content(checked).to_json())]))
    }

    /// Opens a draft file with the operator's own set.
    ///
    /// # Errors
    /// Where it is not readable, not a draft, for a collection that is not here, or does not fit.
    pub fn read(bytes: &[u8], set: &Set) -> Result<Self, DraftError> {
        DraftFile::read(bytes)?.open(set)
    }

    /// The draft that a verified return was sealed from.
    ///
    /// # Errors
    /// Where its collection is not in the operator's set, or its answers do not fit.
    pub fn of(verified: &super::Verified) -> Result<Self, DraftError> {
        let content = verified.content();
        let form = verified.form().ok_or_else(|| DraftError::Unknown {
            collection: content.collection.id.clone(),
            template: content.template.id.clone(),
        })?;
        Ok(Self::from_content(form.clone(), content.clone())?)
    }

    /// The draft that a verified return was sealed from, of what it says; none where its collection is not in the
    /// operator's set, or its answers do not fit.
    pub fn of_content(content: Content, set: &Set) -> Option<Self> {
        let (collection, template) = (&content.collection.sha256, &content.template.sha256);
        let form = set.form_by_hash(collection, template, content.stage())?.clone();
        Self::from_content(form, content).ok()
    }

    /// The next version of a verified return: the same answers, one revision higher, naming what it
    /// replaces. What is asked for only with a new version, its reason, is left to be answered.
    ///
    /// # Errors
    /// As [`Draft::of`].
    pub fn revise(verified: &super::Verified) -> Result<Self, DraftError> {
        let mut draft = Self::of(verified)?;
        draft.succeed(verified.whole());
        Ok(draft)
    }

    /// Becomes the next version of the return that it was opened from.
    pub(super) fn succeed(&mut self, earlier: &WholeReturn) {
        self.revision = self.revision.saturating_add(1);
        self.supersedes = Some(earlier.id().to_owned());
        self.inputs = Inputs::new();
        self.give(earlier);
        let cleared = ["about.revision_reason", "about.late_reason"]
            .into_iter()
            .chain(["declared.signoff_how", "declared.signoff_at"]);
        for id in cleared {
            if let Some(place) = Place::parse(id, &self.form, &self.answers) {
                self.answers.set(place, Answer::Unanswered);
            }
        }
    }

    pub(super) fn from_content(form: Rc<Form>, content: Content) -> Result<Self, AnswersError> {
        let answers = Answers::read(&form, &content.answers, &content.declared)?;
        let organisation = organisation(&form, &content.organisation);
        // An input that the template does not have is dropped, which a re-check notices.
        let known = |id: &str| form.template.source().inputs.iter().any(|input| input.id == id);
        let mut inputs = SortedMap::new();
        for (name, id) in &content.inputs {
            if known(name) {
                inputs.insert(name.clone(), InputReturn { id: id.clone(), said: None });
            }
        }
        Ok(Self {
            form,
            organisation,
            revision: content.revision,
            supersedes: content.supersedes,
            answers,
            explanations: content.explanations.into_iter().map(Explanation::from).gather(),
            inputs,
        })
    }

    /// The name of its file: `ia-draft_sor-2023-07_workforce_sitrep_RX1_r1_20230728-1040.json`.
    pub fn file_name(&self, now: Instant) -> String {
        file_name("ia-draft", self, now)
    }
}

pub(super) fn template_ref(form: &Form) -> TemplateRef {
    let template = &form.template;
    TemplateRef {
        id: template.source().id.clone(),
        version: template.source().version.clone(),
        sha256: template.sha256().to_owned(),
    }
}

/// The name of a file of this draft; every part is an id, so no character needs care.
pub(super) fn file_name(kind: &str, draft: &Draft, now: Instant) -> String {
    let plain = |text: &str| {
        let mut plain = String::new();
        for c in text.chars() {
            plain.push(if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' });
        }
        plain
    };
    let Civil { year, month, day, hour, minute, .. } = now.civil();
    let stamp = format!("{year:04}{month:02}{day:02}-{hour:02}{minute:02}");
    let collection = plain(&draft.form.collection.source().id);
    let template = plain(&draft.form.template.source().id);
    let code = plain(&draft.organisation.code);
    format!("{kind}_{collection}_{template}_{code}_r{}_{stamp}.json", draft.revision)
}

/// The organisation of the collection's list; one that is not listed is taken at its word, and the
/// rule for unlisted codes speaks.
fn organisation(form: &Form, found: &OrganisationRef) -> Organisation {
    match form.organisations.by_code(&found.code) {
        Some(organisation) => organisation.clone(),
        None => Organisation {
            code: found.code.clone(),
            name: found.name.clone(),
            kind: "trust".to_owned(),
            ..Organisation::default()
        },
    }
}
