//! Sealed returns that were chosen: to be corrected, or to be used while another return is filled in. Their seal was checked
//! by the engine of kept keys, which says what it found.

use super::{Turn, check, keeping};
use crate::file::WholeReturn;
use crate::page::event::Effect;
use crate::page::keeping::Opening;
use crate::page::screen::TROUBLE_ID;
use crate::page::state::State;
use crate::page::step::Step;

/// A file was chosen, and its seal was looked at: `found` is the return's id, or a word for what is wrong.
pub(super) fn sealed(state: &mut State, turn: &mut Turn, text: String, found: String) {
    if let Some(sentence) = refused(&found) {
        return trouble(state, turn, sentence);
    }
    if state.step == Step::Start {
        if keeping::holds_back(state, turn) {
            return;
        }
        state.keeping.opening = Some(Opening { file: text, beside: String::new(), id: found });
        return keeping::go_on(state, turn);
    }
    let Ok(other) = WholeReturn::vouched(text.as_bytes(), &found) else {
        return trouble(state, turn, NOT_ONE);
    };
    let Some(work) = &mut state.work else { return };
    let content = other.content();
    let form = &work.draft.form;
    if content.organisation.code != work.draft.organisation.code {
        let sentence = "This return is of another organisation, so nothing was taken from it.";
        return trouble(state, turn, sentence);
    }
    let same_questions = content.template.id == form.template.source().id;
    if same_questions && content.collection.sha256 == form.collection.sha256() {
        let sentence = "This is a version of the return that you are filling in. To correct it, open it from the first page.";
        return trouble(state, turn, sentence);
    }
    let given = work.draft.give(&other);
    if given.is_empty() && !same_questions {
        let sentence = "No question of this return has anything to do with that one, so nothing was taken from it.";
        return trouble(state, turn, sentence);
    }
    let carried = if same_questions { work.carry(&other) } else { 0 };
    let title = state.set.forms().iter().find(|it| it.template.source().id == content.template.id);
    let title =
        title.map_or(content.template.id.as_str(), |it| it.template.source().title.as_str());
    let sentence = if same_questions {
        [
            "Last time’s ",
            title,
            ": what it says stands beside each question, and ",
            &carried.to_string(),
            if carried == 1 { " answer was filled in." } else { " answers were filled in." },
        ]
        .concat()
    } else {
        [title, ": your answers are checked against it."].concat()
    };
    if let Some(work) = &mut state.work {
        work.used.retain(|known| *known != sentence);
        work.used.push(sentence.clone());
    }
    check(state);
    state.trouble = None;
    state.announce(&sentence);
    turn.draw = Some("used".to_owned());
}

const NOT_ONE: &str =
    "This file is not a sealed return. Choose a file whose name begins with ia-return.";

/// What is wrong with a chosen file, in a sentence; nothing where it is the id of a return.
fn refused(found: &str) -> Option<&'static str> {
    Some(match found {
        "changed" => {
            "This file was changed after it was sealed, so nothing was taken from it. Find the file as it was saved, and do not open it in other programs first."
        }
        "blocked" => {
            "This browser cannot check the seal of a file, so nothing was taken from it. Type the answers, or use another browser."
        }
        "unreached" => {
            "The part of the page that checks seals could not be fetched. Check that you are still connected, then choose the file again."
        }
        id if id.len() == 64 => return None,
        _ => NOT_ONE,
    })
}

fn trouble(state: &mut State, turn: &mut Turn, sentence: &'static str) {
    state.trouble = Some(sentence);
    turn.then.push(Effect::Focus(TROUBLE_ID.to_owned()));
}
