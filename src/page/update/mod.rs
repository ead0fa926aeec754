//! The loop: an event changes the state, and the effects bring the screen up to date. Pure.

mod filling;
mod keeping;
mod sealing;
mod starting;
mod steps;
mod typing;
mod using;

use super::event::{Effect, Event};
use super::screen::start::{COLLECTION, ORGANISATION};
use super::screen::{self, clock};
use super::sheet::Cells;
use super::state::State;
use crate::time::Instant;

/// What an event leads to, besides the new state.
#[derive(Debug, Default)]
struct Turn {
    /// The step has to be drawn anew; focus goes to this element, or stays where it is when empty.
    draw: Option<String>,
    /// Done before the screen is brought up to date.
    first: Vec<Effect>,
    /// Done after that.
    then: Vec<Effect>,
}

/// Handles one event.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let mut turn = Turn::default();
    match event {
        Event::Address(text) => steps::address(state, &mut turn, &text),
        Event::Chosen { id, value } => {
            typing::chosen(state, &id, &value);
            if id == COLLECTION {
                starting::ask_for_data(state, &mut turn);
            }
        }
        Event::Copied => copied(state, true),
        Event::CouldNotCopy => copied(state, false),
        Event::CouldNotLoad => starting::could_not_load(state),
        Event::CouldNotOpen => keeping::could_not_open(state, &mut turn),
        Event::CouldNotSave => sealing::saved(state, &mut turn, false),
        Event::CouldNotSeal => sealing::could_not_seal(state, &mut turn),
        Event::Drafts { can, list } => keeping::drafts(state, &can, &list),
        Event::Elsewhere => keeping::elsewhere(state, &mut turn),
        Event::Input { id, text } => typing::input(state, &id, &text),
        Event::Keep => keeping::keep(state, &mut turn),
        Event::Kept { change, now } => {
            hear(state, &now);
            keeping::kept(state, &change);
        }
        Event::Key { id, key } if id == ORGANISATION => {
            starting::key(state, &mut turn, &key);
        }
        Event::Key { id, key } => filling::key(state, &mut turn, &id, &key),
        Event::Leaving if state.is_unsaved() => turn.first.push(Effect::Prevent),
        Event::Leaving => {}
        Event::Left { id, to } => typing::left(state, &mut turn, &id, &to),
        Event::Loaded { documents } => starting::loaded(state, &mut turn, &documents),
        Event::NotKept { reason } => keeping::not_kept(state, &reason),
        Event::Opened { draft, beside } => keeping::opened(state, &mut turn, draft, beside),
        Event::Pasted { id, text } => {
            filling::paste(state, &mut turn, &id, Cells::copied(&text));
        }
        Event::FileOfFigures { id, text } => {
            filling::paste(state, &mut turn, &id, Cells::of_file(&text));
        }
        Event::Pressed { action, value } => pressed(state, &mut turn, &action, value),
        Event::Saved => sealing::saved(state, &mut turn, true),
        Event::SealedFile { found, text } => using::sealed(state, &mut turn, text, found),
        Event::Seal { now, seed } => sealing::seal(state, &mut turn, &now, seed),
        Event::Start { now, engine, address, documents } => {
            hear(state, &now);
            state.engine = engine;
            starting::start(state, &mut turn, &address, &documents);
        }
        Event::Tick { now } => {
            let before = state.now;
            hear(state, &now);
            state.ask_for_file();
            if let (Some(before), Some(now)) = (before, state.now)
                && let Some(words) = clock::spoken(state, before, now)
            {
                state.announce(&words);
            }
        }
    }
    notice(state, &mut turn);
    finish(state, turn)
}

/// Has the return kept soon when anything in it changed, or the step.
fn notice(state: &mut State, turn: &mut Turn) {
    let Some(work) = &state.work else { return };
    let seen = (work.changes, state.step);
    if state.seen != seen && work.changes > 0 {
        turn.then.push(Effect::KeepSoon);
    }
    state.seen = seen;
}

/// Something was pressed; what it means is in its `data-action`.
fn pressed(state: &mut State, turn: &mut Turn, action: &str, value: String) {
    match action {
        "add-row" => typing::add_row(state, turn, &value),
        "again" => steps::again(state, turn),
        "change" => steps::change(state, turn, value),
        "choose" => starting::choose(state, turn, &value),
        "continue" => steps::go_on(state, turn),
        "correct" => sealing::correct(state, turn),
        "focus" => {
            turn.first.push(Effect::Prevent);
            filling::show_box(state, turn, &value);
            turn.then.push(Effect::Focus(value));
        }
        "copy" => sealing::copy(state, turn),
        "copy-cells" => sealing::copy_cells(state, turn),
        "copy-figures" => filling::copy(state, turn, &value),
        "do-not-fill" => filling::cancel(state, turn),
        "fill" => filling::accept(state, turn),
        "fork" => keeping::fork(state, turn),
        "one-row" => filling::one_row(state, turn, value),
        "open" => keeping::open(state, turn, &value),
        "print" => turn.then.push(Effect::Print),
        "remove" => keeping::remove(state, turn, value),
        "remove-not" => keeping::removed(state, turn, false),
        "remove-now" => keeping::removed(state, turn, true),
        "remove-row" => typing::remove_row(state, turn, &value),
        "row-after" => filling::other_row(state, turn, true),
        "row-before" => filling::other_row(state, turn, false),
        "save" => sealing::save(state, turn),
        "save-figures" => filling::save(state, turn, &value),
        "save-draft" => keeping::save_file(state, turn),
        "seal" => sealing::ask(state, turn),
        "take" => turn.then.push(Effect::Open(String::new())),
        "unlisted" => starting::unlisted(state, turn),
        "whole-table" => filling::one_row(state, turn, String::new()),
        "undo" => filling::undo(state, turn),
        _ => {}
    }
}

/// Whether what was asked for is on the clipboard: the sealed file, or the figures of a table.
fn copied(state: &mut State, done: bool) {
    match &mut state.sealed {
        Some(kept) => {
            let of_cells = std::mem::take(&mut kept.copies_cells);
            *(if of_cells { &mut kept.cells } else { &mut kept.copied }) = Some(done);
        }
        None => filling::copied(state, done),
    }
}

/// Learns the time. A time that cannot be read leaves the last one.
fn hear(state: &mut State, text: &str) {
    let Ok(now) = Instant::parse_device(text) else { return };
    state.is_abroad = is_abroad(text, now);
    state.now = Some(now);
    if let Some(work) = &mut state.work
        && state.sealed.is_none()
    {
        work.check(now);
    }
}

/// Whether a time says another distance from Greenwich than London has then; `Z` says none.
fn is_abroad(text: &str, now: Instant) -> bool {
    let distance =
        |text: &str| text.get(text.len().saturating_sub(6)..).unwrap_or_default().to_owned();
    !text.ends_with('Z') && distance(text) != distance(&now.to_london_text())
}

/// Checks the return again, and forgets what was mended: it is raised anew when its cell or row is left again.
fn check(state: &mut State) {
    let (Some(now), Some(work)) = (state.now, &mut state.work) else { return };
    work.check(now);
    if state.raised.is_empty() {
        return;
    }
    let standing = super::said::standing(work, &state.raised);
    state.raised.retain(&|key| standing.contains(key));
}

/// Brings the screen up to date.
fn finish(state: &mut State, turn: Turn) -> Vec<Effect> {
    let Turn { draw, first, mut then } = turn;
    let mut effects = first;
    if let Some(reason) = &state.unusable {
        if draw.is_some() {
            effects.push(Effect::Draw(screen::unusable(reason).into_string()));
        }
        return effects;
    }
    let live = screen::live(state);
    if draw.is_some() {
        effects.push(Effect::Draw(screen::draw(state, &live).into_string()));
    } else {
        effects.append(&mut live.changes(&state.shown));
    }
    state.shown = live;
    let title = screen::title(state);
    if title != state.title {
        effects.push(Effect::Title(title.clone()));
        state.title = title;
    }
    effects.append(&mut then);
    if let Some(id) = draw.filter(|id| !id.is_empty()) {
        effects.push(Effect::Focus(id));
    }
    effects
}
