//! The rules that read another return of the same organisation, once that return is at hand.

use super::content::Content;
use super::draft::Draft;
use crate::check::{self, Finding, Mistakes};
use crate::collection::Set;
use crate::json;
use crate::template::source::Origin;
use crate::time::Instant;

/// A return as it was verified: its id, and the canonical form that it is the hash of.
pub type Whole<'a> = (&'a str, &'a str);

/// What the rules of a return ask that read others of the same collection and organisation, which are given; and the
/// ids of the returns that they read. Everything was verified before: what does not read here asks nothing.
pub fn across(
    (id, canonical): Whole<'_>,
    others: &[Whole<'_>],
    set: &Set,
) -> (Vec<Finding>, Vec<String>) {
    let nothing = || (Vec::new(), Vec::new());
    let content = |text: &str| Content::read(&json::read(text.as_bytes()).ok()?).ok();
    let Some(own) = content(canonical) else { return nothing() };
    let stage = own.stage();
    let form = set.form_by_hash(&own.collection.sha256, &own.template.sha256, stage).cloned();
    let prepared_at = own.prepared_at.as_deref().and_then(|at| Instant::parse(at).ok());
    let (Some(form), Some(now)) = (form, prepared_at) else { return nothing() };
    let inputs = &form.template.source().inputs;
    if !inputs.iter().any(|input| input.from == Origin::Sibling) {
        return nothing();
    }
    let Ok(mut draft) = Draft::from_content(form.clone(), own) else { return nothing() };
    draft.inputs.retain(&|_, _| false);
    let mut read = Vec::new();
    for (other, text) in others.iter().filter(|(other, _)| *other != id) {
        if let Some(said) = content(text)
            && !draft.take(other, &said).is_empty()
        {
            read.push((*other).to_owned());
        }
    }
    if read.is_empty() {
        return nothing();
    }
    let mistakes = Mistakes::new();
    let checked = check::check(&draft.subject(now, &mistakes));
    let reads = |rule: &str| {
        let number = form.template.source().rules.iter().position(|own| own.id == rule);
        let plan = number.and_then(|number| form.template.plan().rules.get(number));
        plan.is_some_and(|plan| !plan.inputs.is_empty())
    };
    let mut findings = checked.findings().to_vec();
    findings.retain(|found| reads(&found.rule));
    (findings, read)
}
