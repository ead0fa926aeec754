//! What each event does. Pure: time and files come from outside.

use super::chase;
use super::lists;
use super::out;
use super::screen;
use super::state::{
    Ask, BY, COLLECTION, EXPECTED, Event, FILES, MANIFEST, Made, Reading, Screen, State, View, Work,
};
use super::state::{DECISIONS, FIGURES, REGISTER, SINCE, SINCE_PARTS};
use super::typing;
use crate::collate::{Confirmed, File, Judged, collate, export};
use crate::collection::Document;
use crate::json;
use crate::page::event::Effect;
use crate::page::words::count;
use crate::sign::Thumbprint;
use crate::time::Instant;
use std::collections::BTreeSet;

/// What an event leads to, besides the new state.
#[derive(Default)]
pub(super) struct Turn {
    /// Whether everything has to be drawn anew.
    draw: bool,
    /// Whether what is shown of the result has to be drawn anew, where it stands.
    view: bool,
    /// What takes focus.
    focus: Option<&'static str>,
    /// Done after the screen is brought up to date.
    pub(super) then: Vec<Ask>,
}

impl Turn {
    /// Draws everything anew, and begins at the heading.
    fn draw(&mut self) {
        self.draw = true;
        self.focus = Some(screen::HEADING_ID);
    }

    /// Draws what is shown of the result where it stands, and begins at a part of it.
    pub(super) fn show(&mut self, at: &'static str) {
        self.view = true;
        self.focus = Some(at);
    }

    pub(super) fn page(&mut self, effect: Effect) {
        self.then.push(Ask::Page(effect));
    }
}

/// Handles one event.
pub fn update(state: &mut State, event: Event) -> Vec<Ask> {
    let mut turn = Turn::default();
    match event {
        Event::Chosen { id, now } => {
            hear(state, &now);
            state.faults.retain(|(fault, _)| *fault != id);
        }
        Event::Copied(done) => {
            state.said = if done {
                "The list is copied. Paste it into an e-mail.".to_owned()
            } else {
                "The list could not be copied by itself. Save it instead.".to_owned()
            };
        }
        Event::CouldNotLoad => could_not_load(state, &mut turn),
        Event::Loaded(documents) => loaded(state, &mut turn, &documents),
        Event::NotRead(id) => not_read(state, &id),
        Event::Pressed { action, value, now } => {
            hear(state, &now);
            pressed(state, &mut turn, &action, &value);
        }
        Event::Progress { done, total } => progress(state, done, total),
        Event::Read { done, total, now } => {
            hear(state, &now);
            read(state, done, total);
        }
        Event::Ready { now } => {
            hear(state, &now);
            work(state, &mut turn);
        }
        Event::Saved(started) => saved(state, started),
        Event::Start { now, documents, pictures } => {
            hear(state, &now);
            start(state, &documents, &pictures);
            turn.draw = true;
        }
    }
    finish(state, turn)
}

fn hear(state: &mut State, now: &str) {
    state.now = Instant::parse_device(now).ok().or(state.now);
}

/// Brings the screen up to date.
fn finish(state: &mut State, turn: Turn) -> Vec<Ask> {
    let live = screen::live(state);
    let mut asks = Vec::new();
    if turn.draw {
        asks.push(Ask::Page(Effect::Draw(screen::draw(state, &live).into_string())));
    } else {
        if turn.view {
            let html = screen::view(state, &live).into_string();
            asks.push(Ask::Page(Effect::Replace { region: screen::VIEW.to_owned(), html }));
        }
        asks.extend(live.changes(&state.shown).into_iter().map(Ask::Page));
    }
    state.shown = live;
    let title = screen::title(state);
    if title != state.title {
        asks.push(Ask::Page(Effect::Title(title.clone())));
        state.title = title;
    }
    asks.extend(turn.then);
    if let Some(id) = turn.focus {
        asks.push(Ask::Page(Effect::Focus(id.to_owned())));
    }
    asks
}

fn start(state: &mut State, documents: &[Document], pictures: &[String]) {
    take(state, documents);
    for text in pictures {
        let picture = json::read(text.as_bytes()).map_err(|error| error.to_string());
        let picture = picture.and_then(|value| {
            crate::collate::Picture::read(&value).map_err(|error| error.to_string())
        });
        match picture {
            Ok(picture) => state.pictures.push(picture),
            Err(fault) => state.unusable = Some(fault),
        }
    }
    if state.set.collections().is_empty() && state.unusable.is_none() {
        state.unusable = Some("there is no collection in this page".to_owned());
    }
    if state.now.is_none() {
        state.unusable = Some("the time of this computer cannot be read".to_owned());
    }
}

/// Takes more data in.
fn take(state: &mut State, documents: &[Document]) {
    if let Err(fault) = state.set.add(documents) {
        state.unusable = Some(fault.to_string());
    }
}

fn loaded(state: &mut State, turn: &mut Turn, documents: &[Document]) {
    take(state, documents);
    if state.unusable.is_some() {
        turn.draw = true;
    } else if state.is_waiting && state.set.missing(&state.collection).is_empty() {
        state.is_waiting = false;
        begun(state, turn);
    }
}

fn could_not_load(state: &mut State, turn: &mut Turn) {
    if state.is_waiting {
        state.is_waiting = false;
        let text = "A part of this page could not be fetched. Check that you are still connected, and press Continue again";
        state.fault(COLLECTION, text);
        turn.focus = Some(COLLECTION);
    }
}

fn not_read(state: &mut State, id: &str) {
    for known in [EXPECTED, REGISTER, MANIFEST, DECISIONS, FIGURES] {
        if known == id {
            state.forget(known);
            let text = "The browser cannot read this file. Check that it is still there, and choose it again";
            state.fault(known, text);
        }
    }
}

fn pressed(state: &mut State, turn: &mut Turn, action: &str, value: &str) {
    state.faults.clear();
    state.said.clear();
    match action {
        "add-files" => show(state, turn, Screen::Files),
        "begin" => begin(state, turn),
        "cancel" => cancel(state, turn),
        "change" => show(state, turn, Screen::Start),
        "choose" => choose(state, turn, value, true),
        "confirm" => confirm(state, turn, value),
        "copy-chase" => {
            if let Some(text) = chase::text(state, value) {
                turn.page(Effect::Copy(text));
            }
        }
        "enter" => out::enter(state, turn),
        "filter" => {
            value.clone_into(&mut state.verdict);
            state.pages.clear();
            turn.view = true;
            turn.focus = Some(screen::VIEW_HEADING_ID);
        }
        "page" => page(state, turn, value),
        "print" => turn.page(Effect::Print),
        "results" => show(state, turn, Screen::View(View::default())),
        "since" => since(state, turn),
        "take-back" => choose(state, turn, value, false),
        "take-out" => out::take_out(state, turn, value),
        "type-begin" => typing::begin(state, turn),
        "type-check" => typing::check(state, turn),
        "type-drop" => typing::drop(state, turn),
        "type-enter" => typing::enter(state, turn),
        "type-paste" => typing::paste(state, turn),
        "view" => {
            if let Some(view) = View::parse(value).filter(|_| state.made.is_some()) {
                show(state, turn, Screen::View(view));
            }
        }
        _ => out::pressed(state, turn, action, value),
    }
    if let Some((id, _)) = state.faults.first() {
        turn.focus = Some(screen::control_of(id));
    }
}

fn show(state: &mut State, turn: &mut Turn, to: Screen) {
    state.screen = to;
    state.verdict.clear();
    turn.draw();
}

/// Goes on from the first screen, once everything of it is in order.
fn begin(state: &mut State, turn: &mut Turn) {
    lists::read(state);
    if !state.faults.is_empty() {
        return;
    }
    let collection = state.text(COLLECTION).to_owned();
    if collection != state.collection {
        // Files were judged for the other collection, and what was in them is not kept.
        state.added.clear();
        state.made = None;
        state.stopped = None;
        state.typed = None;
        state.collection = collection;
    }
    let missing = state.set.missing(&state.collection);
    if missing.is_empty() {
        begun(state, turn);
        return;
    }
    state.is_waiting = true;
    for need in missing {
        turn.page(Effect::Load(need));
    }
}

/// The collection is at hand: on to its files, or to what is known of them already.
fn begun(state: &mut State, turn: &mut Turn) {
    if state.made.is_some() {
        state.work = Some(Work::Collate);
    } else {
        show(state, turn, Screen::Files);
    }
}

fn progress(state: &mut State, done: usize, total: usize) {
    let is_stopping = state.reading.is_some_and(|reading| reading.is_stopping);
    state.reading = Some(Reading { done, total, is_stopping });
}

fn cancel(state: &mut State, turn: &mut Turn) {
    if let Some(reading) = &mut state.reading {
        reading.is_stopping = true;
        turn.then.push(Ask::Stop);
    }
}

/// No more files are added: what there is is put together.
fn read(state: &mut State, done: usize, total: usize) {
    state.reading = None;
    state.close_archive();
    state.stopped = (done < total).then_some((done, total));
    if total == 0 {
        state.fault(FILES, "There is no file in what you chose");
    } else if !state.added.is_empty() {
        state.work = Some(Work::Collate);
    }
}

/// Does what was announced.
fn work(state: &mut State, turn: &mut Turn) {
    match state.work.take() {
        None => {}
        Some(Work::Collate) => {
            put_together(state);
            let at = match state.screen {
                Screen::View(_) => state.screen,
                Screen::Start | Screen::Files => Screen::View(View::default()),
            };
            show(state, turn, at);
        }
        Some(work) => out::make(state, turn, work),
    }
}

/// Puts everything together that was added so far. A file that was added before, and says the same, is there once.
pub(super) fn put_together(state: &mut State) {
    let before = state.made.take().map(|made| made.collation.files).unwrap_or_default();
    let mut judged: Vec<Judged> = before.into_iter().map(|File { judged, .. }| judged).collect();
    judged.append(&mut state.added);
    let mut seen = BTreeSet::new();
    judged.retain(|own| seen.insert(same(own)));
    for own in &mut judged {
        own.received = state.received(&own.name);
    }
    let Some(operator) = state.operator() else { return };
    let at = operator.now;
    let collation = collate(judged, &operator, &state.decisions);
    let tables = export::tables(&collation, &operator, &state.decisions, state.since);
    state.decisions.see(&collation.ids(), at);
    state.made = Some(Made { collation, tables, at });
}

/// By what a file is known that is read again.
fn same(own: &Judged) -> (String, u64, String) {
    let said = match &own.what {
        crate::collate::What::Other(other) => other.sentence.clone(),
        crate::collate::What::Return(found) => found.id.clone(),
    };
    (own.name.clone(), own.bytes, said)
}

/// Puts everything together again after a decision, and shows it where it stands.
pub(super) fn decided(state: &mut State, turn: &mut Turn) {
    put_together(state);
    turn.view = true;
    turn.focus = Some(screen::SAID);
}

/// Confirms a sender: the organisation's code and the thumbprint of the key, with a space between.
fn confirm(state: &mut State, turn: &mut Turn, value: &str) {
    let by = state.text(BY).to_owned();
    if by.is_empty() {
        state.fault(BY, "Enter your name: it is kept with what you confirm");
        return;
    }
    let Some((organisation, key)) = value.split_once(' ') else { return };
    let (Ok(key), Some(at)) = (Thumbprint::parse(key), state.now) else { return };
    let organisation = organisation.to_owned();
    state.said = format!("The sender for {organisation} is confirmed.");
    state.decisions.confirm(Confirmed { key, organisation, by, at });
    decided(state, turn);
}

/// Chooses which of several versions counts, or takes that back.
fn choose(state: &mut State, turn: &mut Turn, id: &str, is_chosen: bool) {
    let chosen = &mut state.decisions.chosen;
    chosen.retain(|own| own != id);
    if is_chosen {
        chosen.push(id.to_owned());
    }
    let said = if is_chosen { "That version counts now." } else { "The choice is taken back." };
    said.clone_into(&mut state.said);
    decided(state, turn);
}

/// Turns to another part of a long table: its id, a colon, the number of the part.
fn page(state: &mut State, turn: &mut Turn, value: &str) {
    let Some((table, number)) = value.split_once(':') else { return };
    let Ok(number) = number.parse() else { return };
    state.pages.insert(table.to_owned(), number);
    turn.view = true;
    turn.focus = Some(screen::VIEW_HEADING_ID);
}

/// Shows what is new since a time.
fn since(state: &mut State, turn: &mut Turn) {
    match lists::moment(state, SINCE_PARTS) {
        Ok(Some(at)) => {
            state.since = Some(at);
            put_together(state);
            turn.view = true;
            turn.focus = Some(screen::VIEW_HEADING_ID);
        }
        Ok(None) => state.fault(SINCE, "Enter the time since which something is new"),
        Err(text) => state.fault(SINCE, text),
    }
}

fn saved(state: &mut State, started: bool) {
    let name = std::mem::take(&mut state.saving);
    state.said = if started {
        format!("Check that it is in your downloads: {name}")
    } else {
        format!(
            "The browser refused to save {name}. Ask your IT team whether downloads are allowed."
        )
    };
}

/// The number of files in words.
pub(super) fn files(number: usize) -> String {
    count(number, "file", "files")
}
