//! What a collection gives and none of its templates asks for: most often a misspelt name.

use crate::collection::Collection;
use crate::template::source::Source;
use crate::template::{Fault, Template, way};
use std::rc::Rc;

const HELP: &str = "Take it out, or mend its name.";

/// Lists, attributes of their entries, and parameters that no template of the collection knows.
pub(super) fn unused(collection: &Collection, templates: &[Rc<Template>]) -> Vec<Fault> {
    let source = collection.source();
    let is_used = |t: &&Source| source.returns.iter().any(|due| due.template == t.id);
    let used: Vec<&Source> = templates.iter().map(|t| t.source()).filter(is_used).collect();
    let mut faults = Vec::new();
    for (name, entries) in &source.lists {
        let lists: Vec<_> =
            used.iter().flat_map(|t| &t.lists).filter(|list| list.id == *name).collect();
        if lists.is_empty() {
            let message = format!("no template asks for “{name}”");
            faults.push(Fault::new(way!["lists", name.as_str()], message, HELP));
            continue;
        }
        let is_known = |member: &str| {
            let mut attributes = lists.iter().flat_map(|list| &list.attributes);
            matches!(member, "id" | "label") || attributes.any(|(known, _)| known == member)
        };
        for (number, entry) in entries.iter().enumerate() {
            for member in entry.keys().filter(|member| !is_known(member)) {
                faults.push(Fault::new(
                    way!["lists", name.as_str(), number, member.as_str()],
                    format!("no template knows the attribute “{member}”"),
                    "Take it out, or declare it in the template’s [[list]].",
                ));
            }
        }
    }
    for (name, _) in &source.parameters {
        if !used.iter().any(|t| t.parameters.iter().any(|p| p.id == *name)) {
            let way = way!["parameters", name.as_str()];
            let message = format!("no template asks for the parameter “{name}”");
            faults.push(Fault::new(way, message, HELP));
        }
    }
    faults
}
