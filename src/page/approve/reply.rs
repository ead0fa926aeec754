//! The words in which a return is agreed, for an e-mail: which return, which figures, who, when.

use super::judge::{File, preparer};
use crate::check::worked_words;
use crate::page::work::Work;
use crate::time::Instant;

/// The reply. It quotes the totals, so that it says what was agreed even where the file is lost.
pub(super) fn words(file: &File, name: &str, job_title: &str, now: Instant) -> Option<String> {
    let work = file.work.as_ref()?;
    let draft = &work.draft;
    let mut reply = String::new();
    let sealed = file.seal.as_ref().and_then(preparer);
    reply.push_str("I have looked at this ");
    reply.push_str(if sealed.is_some() {
        "sealed return"
    } else {
        "draft, which is not sealed yet"
    });
    reply.push_str(", and I agree its figures.\n\n");
    let organisation = &draft.organisation;
    let mut line = |what: &str, said: &str| {
        reply.push_str(what);
        reply.push_str(": ");
        reply.push_str(said);
        reply.push('\n');
    };
    line("Return", &draft.form.template.source().title);
    line("Organisation", &[&organisation.name, " (", &organisation.code, ")"].concat());
    line("Collection", &draft.form.collection.source().title);
    line("Version", &draft.revision.to_string());
    if let Some(found) = sealed {
        line("Check code", &found.thumbprint.check_code());
    }
    for (label, words) in totals(work) {
        line(&label, &words);
    }
    line("Agreed by", &[name, ", ", job_title].concat());
    let when =
        [now.clock_words(), " ".into(), now.zone_words().into(), " on ".into(), now.date_words()];
    line("Agreed at", &when.concat());
    Some(reply)
}

/// What is calculated of the whole return.
fn totals(work: &Work) -> Vec<(String, String)> {
    let form = &work.draft.form;
    let mut totals = Vec::new();
    for worked in &work.checked.values().totals {
        if let Some(source) = form.template.source().calculated.get(worked.index) {
            totals.push((source.label.clone(), worked_words(form, worked)));
        }
    }
    totals
}
