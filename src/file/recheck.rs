//! Checking a return again, with the operator's own template and collection, as of the time it
//! was prepared.

use super::content::Content;
use super::draft::Draft;
use crate::check::{self, Checked, Mistakes};
use crate::collection::Form;
use crate::gather::Gather as _;
use crate::json::{self, Value};
use crate::time::Instant;
use std::rc::Rc;

/// Something a re-check finds otherwise than the file says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference {
    /// The JSON pointer (RFC 6901) inside `return`.
    pub pointer: String,
    /// What the file says; empty where it says nothing.
    pub said: String,
    /// What the re-check finds; empty where it finds nothing.
    pub found: String,
}

/// The most differences that are named; more say nothing new.
const MOST: usize = 50;

/// Checks again; gives the result and every difference from what was signed.
pub(super) fn recheck(
    form: &Rc<Form>,
    content: &Content,
    now: Instant,
) -> (Option<Checked>, Vec<Difference>) {
    let mut differences = Vec::new();
    let draft = match Draft::from_content(form.clone(), content.clone()) {
        Ok(draft) => draft,
        Err(error) => {
            differences.push(Difference {
                pointer: error.pointer,
                said: error.message,
                found: String::new(),
            });
            return (None, differences);
        }
    };
    let mistakes = Mistakes::new();
    let checked = check::check(&draft.subject(now, &mistakes));
    let again = draft.content(&checked);
    let derived = checked.derived(form, &draft.answers);
    // What is of the sealing, not of the answers, is as it was said; all else is found again.
    let again = Content {
        format: content.format.clone(),
        prepared_at: content.prepared_at.clone(),
        preparer_kid: content.preparer_kid.clone(),
        engine: content.engine.clone(),
        derived: Some(derived),
        ..again
    };
    let (mut said, mut found) = (content.to_json(), again.to_json());
    for derived in [&mut said, &mut found] {
        leave_out(derived, &draft);
    }
    compare("", &said, &found, &mut differences);
    (Some(checked), differences)
}

/// Takes out the findings of rules that read a return which is not at hand: they cannot be run again
/// here. Whoever has all returns runs them anew.
fn leave_out(said: &mut Value, draft: &Draft) {
    let findings = said.get_mut("derived").and_then(|derived| derived.get_mut("findings"));
    if let Some(Value::Array(findings)) = findings {
        findings.retain(|finding| {
            let rule = finding.get("rule").and_then(Value::as_str).unwrap_or_default();
            !draft.waits(rule)
        });
    }
}

/// Names every member in which two values differ.
fn compare(pointer: &str, said: &Value, found: &Value, differences: &mut Vec<Difference>) {
    if said == found || differences.len() >= MOST {
        return;
    }
    match (said, found) {
        (Value::Object(a), Value::Object(b)) => {
            let mut names: Vec<&String> = a.keys().chain(b.keys()).gather();
            names.sort_unstable();
            names.dedup();
            for name in names {
                let none = &Value::Null;
                let mut pointer = pointer.to_owned();
                json::push_segment(&mut pointer, name);
                compare(
                    &pointer,
                    a.get(name).unwrap_or(none),
                    b.get(name).unwrap_or(none),
                    differences,
                );
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (number, (a, b)) in a.iter().zip(b).enumerate() {
                compare(&format!("{pointer}/{number}"), a, b, differences);
            }
        }
        _ => {
            let words = |value: &Value| {
                if *value == Value::Null { String::new() } else { json::canonical(value) }
            };
            differences.push(Difference {
                pointer: pointer.to_owned(),
                said: words(said),
                found: words(found),
            });
        }
    }
}
