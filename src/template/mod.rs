//! A template: what one kind of return asks, which rules it keeps, what is worked out from it.
//!
//! In: the source form, from TOML (natively, [`author`]) or canonical JSON. Out: a [`Template`],
//! identified by the SHA-256 of its canonical JSON, with every expression compiled. Nothing here
//! knows a collection, an organisation or an answer.

#[cfg(not(target_arch = "wasm32"))]
pub mod author;
#[cfg(not(target_arch = "wasm32"))]
mod compile;
mod fault;
#[cfg(not(target_arch = "wasm32"))]
mod lint;
#[cfg(not(target_arch = "wasm32"))]
pub mod names;
mod plan;
mod read;
pub mod source;
mod tape;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod wording;

pub use fault::{Fault, Step};
pub(crate) use fault::{IN_WORDS, way, words};
pub use plan::{
    CalculatedPlan, FIXED, FieldPlan, GradePlan, GroupPlan, HowPlan, IndexPlan, Message, Named,
    OptionsFrom, Part, Plan, RowStep, RulePlan, RuleScope, SectionPlan, Spot, TablePlan,
};
pub use source::{FieldKind, Severity, Source};

use crate::hash::sha256_hex;
use crate::json;
#[cfg(not(target_arch = "wasm32"))]
use crate::json::Value;

/// A compiled template.
#[derive(Debug)]
pub struct Template {
    source: Source,
    plan: Plan,
    json: String,
    sha256: String,
}

impl Template {
    /// Compiles a template as it was authored, with everything it includes merged in.
    ///
    /// # Errors
    /// Every fault found: members of another shape, unknown names, wrong types, duplicate ids,
    /// conditions that never change, places that do not exist, wording that breaks the house rules.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn compile(value: &Value) -> Result<Self, Vec<Fault>> {
        let source = Source::read(value).map_err(|error| vec![Fault::of_shape(&error)])?;
        let mut faults = lint::lint(&source);
        match compile::compile(&source) {
            Ok(plan) if faults.is_empty() => Ok(Self::new(source, plan, json::canonical(value))),
            Ok(_) => Err(faults),
            Err(more) => {
                faults.extend(more);
                Err(faults)
            }
        }
    }

    /// Reads the compiled (canonical JSON) form. Its wording was looked at when it was compiled.
    ///
    /// # Errors
    /// A fault that says where the text is not a template, or what does not compile.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn read(text: &[u8]) -> Result<Self, Vec<Fault>> {
        let (source, json) = Self::source_of(text)?;
        let plan = compile::compile(&source)?;
        Ok(Self::new(source, plan, json))
    }

    /// Reads the compiled form with its plan, as the build worked it out: [`Template::tape`].
    ///
    /// # Errors
    /// A fault that says where the text is not a template, or that this is no plan.
    pub fn read_planned(text: &[u8], tape: &str) -> Result<Self, Vec<Fault>> {
        let (source, json) = Self::source_of(text)?;
        let plan = tape::plan(tape).map_err(|_| {
            let message = "the plan of the template cannot be read";
            vec![Fault::new(way![], message, "Build the page again.")]
        })?;
        Ok(Self::new(source, plan, json))
    }

    fn source_of(text: &[u8]) -> Result<(Source, String), Vec<Fault>> {
        let value = json::read(text).map_err(|error| vec![Fault::of_text(&error)])?;
        let source = Source::read(&value).map_err(|error| vec![Fault::of_shape(&error)])?;
        Ok((source, json::canonical(&value)))
    }

    /// The plan as the engine of the pages reads it, which compiles nothing itself.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn tape(&self) -> String {
        self.plan.tape()
    }

    fn new(source: Source, plan: Plan, json: String) -> Self {
        Self { sha256: sha256_hex(json.as_bytes()), json, source, plan }
    }

    /// What the template says.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What it evaluates.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Its canonical JSON (RFC 8785).
    pub fn json(&self) -> &str {
        &self.json
    }

    /// SHA-256 of [`Template::json`], in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}
