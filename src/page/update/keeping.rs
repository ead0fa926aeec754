//! Keeping the draft in this browser and in draft files, and going on with one.

use super::{Turn, starting, steps};
use crate::collection::{Need, Set};
use crate::file::{Draft, DraftError, DraftFile, WholeReturn};
use crate::gather::Gather as _;
use crate::json::{self, Map, Value};
use crate::page::event::Effect;
use crate::page::keeping::{HERE, KeptDraft, Opening, Store, beside, is_asked};
use crate::page::screen::keeping::{FULL, NOTHING, REMOVING_ID, kept_words};
use crate::page::screen::{HEADING_ID, TROUBLE_ID};
use crate::page::state::{Filling, Kept, State};
use crate::page::step::Step;
use crate::page::work::Work;
use crate::time::Instant;

/// The browser said what it keeps.
pub(super) fn drafts(state: &mut State, can: &str, list: &str) {
    state.keeping.can = Store::parse(can);
    let drafts = KeptDraft::list(list);
    if drafts.len() < state.keeping.drafts.len() {
        state.announce("The draft is removed.");
    }
    state.keeping.drafts = drafts;
}

/// Keeps the return as it is now. What was only begun is not kept, and what went on in another tab not here.
pub(super) fn keep(state: &State, turn: &mut Turn) {
    let Some(work) = &state.work else { return };
    if work.changes > 0 && !state.keeping.is_elsewhere {
        turn.then.push(Effect::Keep {
            change: work.changes.to_string(),
            draft: work.draft.text(&work.checked),
            beside: beside(state, work),
        });
    }
}

/// A change is kept for certain. Said aloud where it was not so before, and not every time.
pub(super) fn kept(state: &mut State, change: &str) {
    let change = change.parse().unwrap_or_default();
    let is_news = state.keeping.kept == 0 || state.keeping.fault.is_some();
    state.keeping.kept = change;
    state.keeping.kept_at = state.now;
    state.keeping.fault = None;
    if is_news {
        state.announce(kept_words(state.store()));
    }
}

/// A change could not be kept.
pub(super) fn not_kept(state: &mut State, reason: &str) {
    let fault = if reason == "full" { FULL } else { NOTHING };
    if state.keeping.fault != Some(fault) {
        state.keeping.fault = Some(fault);
        state.announce(fault);
    }
}

/// Another tab goes on with this draft: nothing more is typed here until somebody says how to go on.
pub(super) fn elsewhere(state: &mut State, turn: &mut Turn) {
    if state.work.is_some() {
        state.keeping.is_elsewhere = true;
        state.filling = Filling::default();
        turn.draw = Some(HEADING_ID.to_owned());
    }
}

/// Goes on with what is here as a draft of its own.
pub(super) fn fork(state: &mut State, turn: &mut Turn) {
    state.keeping.begin();
    turn.then.push(Effect::Forget);
    keep(state, turn);
    turn.draw = Some(HEADING_ID.to_owned());
}

/// Saves a draft file.
pub(super) fn save_file(state: &State, turn: &mut Turn) {
    if let (Some(work), Some(now)) = (&state.work, state.now) {
        let text = work.draft.text(&work.checked);
        turn.then.push(Effect::Save { file_name: work.draft.file_name(now), text });
    }
}

/// The download of a draft file was started, or refused.
pub(super) fn filed(state: &mut State, turn: &mut Turn, started: bool) {
    let Some(work) = &state.work else { return };
    if started {
        state.keeping.filed = work.changes;
        state.keeping.filed_at = state.now;
        state.keeping.safe();
        state.announce("Draft file saved. Check that it is in your downloads.");
    } else {
        let sentence = "The browser refused to save the draft file. Ask your IT team to allow downloads for this page, or go on here and seal the return.";
        trouble(state, turn, sentence);
    }
}

/// Removal was asked for: the first time it is asked once more.
pub(super) fn remove(state: &mut State, turn: &mut Turn, id: String) {
    state.keeping.removing = Some(id);
    turn.then.push(Effect::Focus(REMOVING_ID.to_owned()));
}

/// Removal was asked for twice, or not after all. What is on the page goes with its draft.
pub(super) fn removed(state: &mut State, turn: &mut Turn, is_sure: bool) {
    turn.then.push(Effect::Focus(HEADING_ID.to_owned()));
    let Some(id) = state.keeping.removing.take().filter(|_| is_sure) else { return };
    let mut drafts = state.keeping.drafts.iter();
    let is_listed = drafts.any(|draft| draft.is_here && draft.id == id);
    if is_listed || id.is_empty() || id == HERE {
        state.keeping.begin();
        // On the last step what was sealed stays on the screen, and is not kept again.
        match &mut state.work {
            Some(work) if state.step == Step::Done => work.changes = 0,
            other => *other = None,
        }
    }
    turn.then.push(Effect::Remove(id));
}

/// Goes on with a draft that is kept.
pub(super) fn open(state: &mut State, turn: &mut Turn, id: &str) {
    let mut drafts = state.keeping.drafts.iter();
    if drafts.any(|draft| draft.id == id && draft.is_here) && state.work.is_some() {
        starting::choose_again(state);
        let step = state.nearest(Some(Step::Seal));
        steps::go(state, turn, step, HEADING_ID.to_owned());
    } else if !holds_back(state, turn) {
        turn.then.push(Effect::Open(id.to_owned()));
    }
}

/// Whether another draft has to wait, because what is here is not safe.
pub(super) fn holds_back(state: &mut State, turn: &mut Turn) -> bool {
    let holds_back = state.is_at_risk() && !state.keeping.is_elsewhere;
    if holds_back {
        let sentence = "What you typed on this page is not saved, and opening another draft would take it away. Go back to it and save a draft file first.";
        trouble(state, turn, sentence);
    }
    holds_back
}

/// A draft was read, from what is kept or from a file.
pub(super) fn opened(state: &mut State, turn: &mut Turn, draft: String, beside: String) {
    if !beside.is_empty() || !holds_back(state, turn) {
        state.keeping.opening = Some(Opening { file: draft, beside, id: String::new() });
        go_on(state, turn);
    }
}

/// A draft could not be read.
pub(super) fn could_not_open(state: &mut State, turn: &mut Turn) {
    trouble(
        state,
        turn,
        "This draft cannot be read. It may have been removed in another tab, or its file may be damaged.",
    );
}

/// Opens the draft that waits, or the next version of a sealed return, once all data of its collection is here. It is opened
/// whole, or nothing changes.
pub(super) fn go_on(state: &mut State, turn: &mut Turn) {
    let Some(opening) = state.keeping.opening.take() else { return };
    let needs = match read(&state.set, &opening) {
        Ok(Read::Draft(draft, renewed)) => return take(state, turn, *draft, &opening, renewed),
        Ok(Read::Needs(needs)) => needs,
        Err(error) => return refuse(state, turn, &opening, &error),
    };
    needs.into_iter().map(Effect::Load).gather_into(&mut turn.then);
    state.keeping.opening = Some(opening);
}

/// What a file gives.
enum Read {
    /// A draft, and whether it was renewed.
    Draft(Box<Draft>, bool),
    /// Its collection needs data that has to come first.
    Needs(Vec<Need>),
}

fn read(set: &Set, opening: &Opening) -> Result<Read, DraftError> {
    let bytes = opening.file.as_bytes();
    if !opening.id.is_empty() {
        let file = WholeReturn::vouched(bytes, &opening.id)?;
        let needs = set.missing(&file.content().collection.id);
        if needs.is_empty() {
            return Ok(Read::Draft(Box::new(file.next_version(set)?), false));
        }
        return Ok(Read::Needs(needs));
    }
    let file = DraftFile::read(bytes)?;
    let needs = set.missing(file.collection());
    if !needs.is_empty() {
        return Ok(Read::Needs(needs));
    }
    let renewed = !file.is_of(set);
    let draft = if renewed { file.renew(set)? } else { file.open(set)? };
    Ok(Read::Draft(Box::new(draft), renewed))
}

/// Puts a draft into the page, with what was kept beside it; of a file there is nothing.
fn take(state: &mut State, turn: &mut Turn, draft: Draft, opening: &Opening, renewed: bool) {
    let Some(now) = state.now else { return };
    let is_file = opening.beside.is_empty();
    let beside = json::read(opening.beside.as_bytes()).unwrap_or_default();
    let text = |name| beside.get(name).and_then(Value::as_str);
    let none = Map::new();
    let entries = beside.get("entries").and_then(Value::as_object).unwrap_or(&none);
    let mut work = Work::opened(draft, entries, now);
    work.changes = 1;
    state.sealed = None;
    let own = |name| text(name).unwrap_or_default().to_owned();
    if let Ok(at) = Instant::parse_device(&own("sealed_at")) {
        // As it was then: a return that was sealed in time is not late now.
        work.check(at);
        state.sealed = Some(Kept {
            name: own("sealed_name"),
            text: own("sealed"),
            id: own("sealed_id"),
            code: own("sealed_code"),
            at,
            saved: true,
            again: None,
            refused: false,
            copied: None,
            cells: None,
            copies_cells: false,
        });
    }
    let asked = is_asked(&work.draft.form, Some(&work));
    state.work = Some(work);
    state.forget_what_was_said();
    starting::choose_again(state);
    state.keeping.begin();
    if is_file {
        state.keeping.filed = 1;
        // Whoever corrects what was just sealed has chosen where it is kept.
        if state.step == Step::Start {
            state.keeping.chosen = None;
        }
        turn.then.push(Effect::Forget);
    } else {
        state.keeping.kept = 1;
        state.keeping.chosen = text("store").map(Store::parse);
        turn.then.push(Effect::Adopt);
    }
    let first = if opening.id.is_empty() { Step::Seal } else { Step::Tasks };
    let reached = text("step").and_then(Step::parse).unwrap_or(first);
    let is_chosen = !asked || state.keeping.chosen.is_some() || state.keeping.can < Store::Computer;
    let step = if is_chosen { state.nearest(Some(reached)) } else { Step::Start };
    steps::go(state, turn, step, HEADING_ID.to_owned());
    if renewed {
        state.trouble = Some(
            "This draft was made with an earlier version of the questions. Every answer in it has its place in those of today, and all were taken over. Check them before you seal the file.",
        );
    }
}

/// Says why a draft was not opened. Nothing has changed.
fn refuse(state: &mut State, turn: &mut Turn, opening: &Opening, error: &DraftError) {
    let sentence = match error {
        DraftError::Unknown { .. } if !opening.id.is_empty() => {
            "This page does not have the collection of this return, so it was not opened. To correct it, open it with the page it was made with. To use its answers in another collection, begin that first, and choose this file in its list of parts."
        }
        DraftError::Unknown { .. } => {
            "This page does not have the collection or the return that this draft was made for, so it was not opened. Open it with the page it was made with. Nothing was changed."
        }
        DraftError::Answers(_) => {
            "This draft was made with an earlier version of the questions, and not all of its answers have a place in those of today, so none was taken over. Open it with the page it was made with. Nothing was changed."
        }
        _ => {
            "This file is no draft and no sealed return. Choose a file that this page saved, whose name begins with ia-draft or ia-return."
        }
    };
    trouble(state, turn, sentence);
    if let DraftError::Answers(error) = error {
        state.keeping.refused.clone_from(&error.pointer);
    }
}

/// Says what went wrong, and takes the reader to it.
fn trouble(state: &mut State, turn: &mut Turn, sentence: &'static str) {
    state.trouble = Some(sentence);
    state.keeping.refused.clear();
    turn.then.push(Effect::Focus(TROUBLE_ID.to_owned()));
}
