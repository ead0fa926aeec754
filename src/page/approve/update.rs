//! What each event does. Pure: time, random numbers and files come from outside.

use super::judge::{judge, judge_earlier, with_earlier};
use super::reply;
use super::screen;
use super::sign_off::{self, Hindrance, signed};
use super::state::{
    Asker, COPY, EARLIER, Event, FILE, FILE_NAME, JOB_TITLE, NAME, Offer, Opened, State,
};
use crate::collection::Document;
use crate::page::event::Effect;
use crate::page::keys::{self, Panel};
use crate::time::Instant;

/// What an event leads to, besides the new state.
#[derive(Default)]
struct Turn {
    /// Whether everything has to be drawn anew.
    draw: bool,
    /// What takes focus.
    focus: Option<&'static str>,
    /// Done after the screen is brought up to date.
    then: Vec<Effect>,
}

impl Turn {
    /// Draws everything anew, and begins at the heading.
    fn draw(&mut self) {
        self.draw = true;
        self.focus = Some(screen::HEADING_ID);
    }
}

/// Handles one event.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let mut turn = Turn::default();
    match event {
        Event::Chosen { id, now } => {
            hear(state, &now);
            chosen(state, &mut turn, id);
        }
        Event::Copied(done) => became(state, &mut turn, done, false),
        Event::CouldNotLoad => could_not_load(state, &mut turn),
        Event::Leaving if state.is_unsaved() => turn.then.push(Effect::Prevent),
        Event::Leaving => {}
        Event::Loaded(documents) => loaded(state, &mut turn, &documents),
        Event::NotRead(id) => not_read(state, &mut turn, id),
        Event::Portion { took } => {
            // A key file that was made is saved.
            state.asked = Asker::Keys;
            turn.then = keys::update(&mut state.keys, keys::Event::Portion { took });
        }
        Event::Pressed { action, now } => {
            hear(state, &now);
            pressed(state, &mut turn, action);
        }
        Event::Ready { now, random } => {
            // A request that was written is saved.
            state.asked = Asker::Keys;
            turn.then = keys::update(&mut state.keys, keys::Event::Ready { now, random });
        }
        Event::Saved(started) => became(state, &mut turn, started, true),
        Event::Start { now, engine, documents } => {
            state.is_slow = engine == "wasm2js";
            start(state, &mut turn, &now, &documents);
        }
        Event::Ticked { id, on } => {
            turn.then = keys::update(&mut state.keys, keys::Event::Ticked { id, on });
        }
    }
    finish(state, turn)
}

fn hear(state: &mut State, now: &str) {
    state.now = Instant::parse_device(now).ok().or(state.now);
}

/// Brings the screen up to date.
fn finish(state: &mut State, turn: Turn) -> Vec<Effect> {
    let live = screen::live(state);
    let mut effects = Vec::new();
    if turn.draw {
        effects.push(Effect::Draw(screen::draw(state, &live).into_string()));
        if screen::has_keys(state) {
            let shown = keys::Event::Shown(Panel::Approve);
            effects.append(&mut keys::update(&mut state.keys, shown));
        }
    } else {
        effects.append(&mut live.changes(&state.shown));
    }
    state.shown = live;
    let title = screen::title(state);
    if title != state.title {
        effects.push(Effect::Title(title.clone()));
        state.title = title;
    }
    let mut then = turn.then;
    effects.append(&mut then);
    if let Some(id) = turn.focus {
        effects.push(Effect::Focus(id.to_owned()));
    }
    effects
}

fn start(state: &mut State, turn: &mut Turn, now: &str, documents: &[Document]) {
    hear(state, now);
    take(state, documents);
    if state.set.collections().is_empty() && state.unusable.is_none() {
        state.unusable = Some("there is no collection in this page".to_owned());
    }
    if state.now.is_none() {
        state.unusable = Some("the time of this computer cannot be read".to_owned());
    }
    turn.draw = true;
}

/// Takes more data in.
fn take(state: &mut State, documents: &[Document]) {
    if let Err(fault) = state.set.add(documents) {
        state.unusable = Some(fault.to_string());
    }
}

fn chosen(state: &mut State, turn: &mut Turn, id: String) {
    state.faults.retain(|(fault, _)| *fault != id);
    match id.as_str() {
        FILE => open(state, turn),
        EARLIER => open_earlier(state),
        COPY => open_copy(state, turn),
        _ => turn.then = keys::update(&mut state.keys, keys::Event::Chosen(id)),
    }
}

/// Opens the chosen file: what belonged to the one before goes.
fn open(state: &mut State, turn: &mut Turn) {
    state.earlier = None;
    state.signed = None;
    state.reply = None;
    state.faults.clear();
    drop(state.take(EARLIER));
    drop(state.take(COPY));
    go_on(state, turn);
}

/// Judges the chosen file, or asks for what has to be loaded first.
fn go_on(state: &mut State, turn: &mut Turn) {
    let Some(now) = state.now else { return };
    if state.bytes(FILE).is_empty() {
        state.opened = Opened::Nothing;
        turn.draw();
        return;
    }
    match judge(state.bytes(FILE), &state.set, now) {
        Ok(opened) => {
            state.opened = opened;
            turn.draw();
        }
        Err(needs) => {
            state.opened = Opened::Waits;
            for need in needs {
                turn.then.push(Effect::Load(need));
            }
        }
    }
}

fn loaded(state: &mut State, turn: &mut Turn, documents: &[Document]) {
    take(state, documents);
    if state.unusable.is_some() {
        turn.draw = true;
    } else if matches!(state.opened, Opened::Waits) {
        judge_again(state, turn);
    }
}

/// Judges the file that waits; what is asked for already is not asked for again.
fn judge_again(state: &mut State, turn: &mut Turn) {
    let Some(now) = state.now else { return };
    if let Ok(opened) = judge(state.bytes(FILE), &state.set, now) {
        state.opened = opened;
        turn.draw();
    }
}

fn could_not_load(state: &mut State, turn: &mut Turn) {
    if matches!(state.opened, Opened::Waits) {
        state.opened = Opened::Nothing;
        let text = "A part of this page could not be fetched. Check that you are still connected, and choose the file again";
        state.faults.push((FILE, text.to_owned()));
        turn.focus = Some(FILE);
    }
}

fn not_read(state: &mut State, turn: &mut Turn, id: String) {
    for known in [FILE, EARLIER, COPY] {
        if known == id {
            drop(state.take(known));
            let text = "The browser cannot read this file. Check that it is still there, and choose it again";
            state.faults.push((known, text.to_owned()));
            return;
        }
    }
    turn.then = keys::update(&mut state.keys, keys::Event::NotRead(id));
}

/// The file of the version before was chosen.
fn open_earlier(state: &mut State) {
    state.earlier = None;
    let (Some(now), Opened::File(file)) = (state.now, &state.opened) else { return };
    let bytes = state.bytes(EARLIER);
    if bytes.is_empty() {
        return;
    }
    let earlier = judge_earlier(file, bytes, &state.set, now);
    let again = with_earlier(file, bytes, &state.set, now);
    state.earlier = Some(earlier);
    if let (Some(work), Opened::File(file)) = (again, &mut state.opened) {
        file.work = Some(work);
    }
}

/// Another copy of the same return was chosen: both become one.
fn open_copy(state: &mut State, turn: &mut Turn) {
    let Some(file) = state.file() else { return };
    let other = state.bytes(COPY);
    if other.is_empty() {
        return;
    }
    match sign_off::merged(file, state, other) {
        Ok(bytes) => offer(state, turn, bytes),
        Err(text) => state.faults.push((COPY, text)),
    }
}

fn pressed(state: &mut State, turn: &mut Turn, action: String) {
    state.faults.clear();
    match action.as_str() {
        "copy" => copy(state, turn, Asker::Signed),
        "copy-reply" => copy_reply(state, turn),
        "print" => turn.then.push(Effect::Print),
        "save" => save(state, turn),
        "sign-off" => sign(state, turn),
        _ => {
            state.asked = Asker::Keys;
            turn.then = keys::update(&mut state.keys, keys::Event::Pressed(action));
        }
    }
}

/// Name and job title, or what is missing of them.
fn who(state: &mut State) -> Option<(String, String)> {
    for (id, text) in [(NAME, "Enter your name"), (JOB_TITLE, "Enter your job title")] {
        if state.text(id).is_empty() {
            state.faults.push((id, text.to_owned()));
        }
    }
    let who = (state.text(NAME).to_owned(), state.text(JOB_TITLE).to_owned());
    state.faults.is_empty().then_some(who)
}

fn sign(state: &mut State, turn: &mut Turn) {
    let now = state.now;
    let who = who(state);
    turn.focus = state.faults.first().map(|(id, _)| *id);
    let (Some((name, job_title)), Some(now)) = (who, now) else { return };
    match signed(state, &name, &job_title, now) {
        Ok(bytes) => offer(state, turn, bytes),
        Err(Hindrance::Nothing) => {}
        Err(Hindrance::NoKey) if state.keys.waits().is_some() => {
            turn.then = keys::update(&mut state.keys, keys::Event::TooSoon);
        }
        Err(Hindrance::NoKey) => {
            let text = "Open your key file first, or make one";
            state.faults.push((screen::KEY, text.to_owned()));
            turn.focus = Some(screen::KEY_FILE);
        }
        Err(Hindrance::Refused(text)) => state.faults.push((screen::KEY, text)),
    }
}

/// The file with one more signature takes the place of the one that is open, and is saved.
fn offer(state: &mut State, turn: &mut Turn, bytes: Vec<u8>) {
    let Some(now) = state.now else { return };
    let Ok(opened) = judge(&bytes, &state.set, now) else { return };
    let name = sign_off::file_name(state.text(FILE_NAME));
    let text = String::from_utf8(bytes).unwrap_or_default();
    state.opened = opened;
    state.signed = Some(Offer { name, text, saved: None, copied: None });
    turn.draw();
    save(state, turn);
}

fn save(state: &mut State, turn: &mut Turn) {
    if let Some(offer) = &state.signed {
        let (file_name, text) = (offer.name.clone(), offer.text.clone());
        turn.then.push(Effect::Save { file_name, text });
        state.asked = Asker::Signed;
    }
}

fn copy(state: &mut State, turn: &mut Turn, asker: Asker) {
    let offer = if asker == Asker::Reply { &state.reply } else { &state.signed };
    if let Some(offer) = offer {
        turn.then.push(Effect::Copy(offer.text.clone()));
        state.asked = asker;
    }
}

/// Writes the reply as of now, shows it and copies it.
fn copy_reply(state: &mut State, turn: &mut Turn) {
    let now = state.now;
    let who = who(state);
    turn.focus = state.faults.first().map(|(id, _)| *id);
    let (Some((name, job_title)), Some(now)) = (who, now) else { return };
    let text = state.file().and_then(|file| reply::words(file, &name, &job_title, now));
    state.reply = text.map(|text| Offer { name: String::new(), text, saved: None, copied: None });
    copy(state, turn, Asker::Reply);
}

/// Notes what became of what was saved or copied last.
fn became(state: &mut State, turn: &mut Turn, done: bool, is_saved: bool) {
    let offer = match state.asked {
        Asker::Keys => {
            let event = if is_saved { keys::Event::Saved(done) } else { keys::Event::Copied(done) };
            turn.then = keys::update(&mut state.keys, event);
            return;
        }
        Asker::Reply => &mut state.reply,
        Asker::Signed => &mut state.signed,
    };
    if let Some(offer) = offer {
        *(if is_saved { &mut offer.saved } else { &mut offer.copied }) = Some(done);
    }
}
