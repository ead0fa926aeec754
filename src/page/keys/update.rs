//! What each event does. Pure: time, random numbers and files come from outside.

use super::receipt;
use super::screen::{self, FORMS, MAKE, OPEN, OPEN_FILE, OPEN_ID, STOP};
use super::screen::{
    JOB_TITLE, KEY_FILE, NAME, NEW, ORGANISATION, PASSPHRASE, RECEIPT, RETURN, SAME, SHOW, SHOW_NEW,
};
use super::state::{Event, Offer, Pace, Panel, Random, State, Task};
use crate::gather::Gather as _;
use crate::page::event::Effect;
use crate::page::words::capitalised;
use crate::register::Enrolment;
use crate::sign::SecretKey;
use crate::sign::key_file::{self, KeyFileError, Locking, Opening, SHORTEST_PASSPHRASE};
use crate::time::Instant;
use zeroize::Zeroizing;

/// Given where the page came over plain http: there Chromium holds a file of an unusual kind back until a person finds
/// out how to keep it, but takes a plain text.
const HELD_BACK: &str = "plain-http";

/// What an event leads to, besides the new state.
#[derive(Default)]
struct Turn {
    /// Whether the forms have to be drawn anew.
    draw: bool,
    /// What takes focus.
    focus: Option<&'static str>,
    /// Done after the screen is brought up to date.
    then: Vec<Effect>,
}

/// Handles one event.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let mut turn = Turn::default();
    match event {
        Event::Chosen(id) => chosen(state, &id),
        Event::Copied(done) => became(state, |offer| offer.copied = Some(done)),
        Event::NotRead(id) => not_read(state, &id),
        Event::Portion { took } => portion(state, &mut turn, took),
        Event::Pressed(action) => pressed(state, &mut turn, &action),
        Event::Ready { now, random } => ready(state, &mut turn, &now, random.as_ref()),
        Event::Saved(started) => became(state, |offer| offer.saved = Some(started)),
        Event::Shown(panel) => shown(state, &mut turn, panel),
        Event::Ticked { id, on } => ticked(&mut turn, &id, on),
        Event::TooSoon => too_soon(state, &mut turn),
    }
    // What was typed is needed no longer than it takes to deal with a press.
    for id in [PASSPHRASE, NEW, SAME] {
        drop(state.take(id));
    }
    finish(state, turn)
}

/// Brings the screen up to date.
fn finish(state: &mut State, turn: Turn) -> Vec<Effect> {
    let live = screen::live(state);
    let mut effects = Vec::new();
    if turn.draw {
        let replace =
            |region: &str, html: String| Effect::Replace { region: region.to_owned(), html };
        effects.push(replace(OPEN, live.at(OPEN).clone().into_string()));
        effects.push(replace(FORMS, screen::forms(state, &live).into_string()));
    } else {
        effects.append(&mut live.changes(&state.shown));
    }
    state.shown = live;
    turn.then.into_iter().gather_into(&mut effects);
    if let Some(id) = turn.focus {
        effects.push(Effect::Focus(id.to_owned()));
    }
    effects
}

/// The place was drawn: nothing that was wrong or said before is any more. A key that was opened stays open.
fn shown(state: &mut State, turn: &mut Turn, panel: Panel) {
    state.panel = panel;
    state.faults.clear();
    state.said = None;
    state.is_forgotten = false;
    for id in [KEY_FILE, RECEIPT, RETURN] {
        drop(state.take(id));
    }
    turn.draw = true;
}

fn pressed(state: &mut State, turn: &mut Turn, action: &str) {
    if state.waits().is_some() {
        if action == STOP {
            stop(state, turn);
        }
        return;
    }
    state.faults.clear();
    state.is_awaited = false;
    match action {
        "copy-key" | "copy-request" => copy(state, turn, action == "copy-key"),
        "forget-key" => forget(state, turn),
        MAKE => make(state),
        OPEN_FILE => open(state),
        "request" => request(state),
        "save-key" | "save-request" => save(state, turn, action == "save-key"),
        _ => {}
    }
    turn.focus = turn.focus.or(state.faults.first().map(|(id, _)| *id));
}

fn ticked(turn: &mut Turn, id: &str, on: bool) {
    let inputs: &[&str] = match id {
        SHOW => &[PASSPHRASE],
        SHOW_NEW => &[NEW, SAME],
        _ => &[],
    };
    for input in inputs {
        let value = Some(if on { "text" } else { "password" }.to_owned());
        turn.then.push(Effect::Attribute { id: (*input).to_owned(), name: "type", value });
    }
}

/// A file was chosen: what can be said of it at once is said.
fn chosen(state: &mut State, id: &str) {
    state.faults.retain(|(fault, _)| *fault != id);
    if id == KEY_FILE {
        if state.has(KEY_FILE)
            && let Err(error) = key_file::needs_passphrase(state.bytes(KEY_FILE))
        {
            state.faults.push((KEY_FILE, sentence(&error)));
        }
        return;
    }
    state.said = state.has(RECEIPT).then(|| {
        let sealed = if state.panel == Panel::Done { "sealed" } else { RETURN };
        receipt::judge(state.bytes(RECEIPT), state.bytes(sealed))
    });
}

fn not_read(state: &mut State, id: &str) {
    for known in [KEY_FILE, RECEIPT, RETURN] {
        if known == id {
            drop(state.take(known));
            let text = "The browser cannot read this file. Check that it is still there, and choose it again";
            state.faults.push((known, text.to_owned()));
        }
    }
}

/// What is wrong with a key file and what to do about it, in the words of the command line.
fn sentence(error: &KeyFileError) -> String {
    let what = capitalised(&error.to_string());
    let remedy = match error {
        KeyFileError::OtherKey => "Make a key file here",
        _ => error.remedy(),
    };
    [&what, ". ", remedy].concat()
}

fn open(state: &mut State) {
    if !state.has(KEY_FILE) {
        state.faults.push((KEY_FILE, "Choose your key file".to_owned()));
        return;
    }
    match key_file::needs_passphrase(state.bytes(KEY_FILE)) {
        Err(error) => state.faults.push((KEY_FILE, sentence(&error))),
        Ok(true) if !state.has(PASSPHRASE) => {
            let text = "Enter the passphrase of the key file";
            state.faults.push((PASSPHRASE, text.to_owned()));
        }
        Ok(_) => state.task = Some(Task::Open(state.take(PASSPHRASE))),
    }
}

fn make(state: &mut State) {
    let characters = str::from_utf8(state.bytes(NEW)).unwrap_or_default().chars().count();
    if characters < SHORTEST_PASSPHRASE {
        let text = "Enter a passphrase of 12 characters or more, such as four unrelated words";
        state.faults.push((NEW, text.to_owned()));
    } else if state.bytes(NEW) != state.bytes(SAME) {
        let text = "The two passphrases differ. Enter the same passphrase twice";
        state.faults.push((SAME, text.to_owned()));
    } else {
        state.task = Some(Task::Make(state.take(NEW)));
    }
}

fn request(state: &mut State) {
    let said = [
        (ORGANISATION, "Enter the code of the organisation"),
        (NAME, "Enter your name"),
        (JOB_TITLE, "Enter your job title"),
    ];
    for (id, text) in said {
        if state.text(id).is_empty() {
            state.faults.push((id, text.to_owned()));
        }
    }
    if state.faults.is_empty() {
        let text = |id| state.text(id).to_owned();
        let organisation = text(ORGANISATION).to_ascii_uppercase();
        let (name, job_title) = (text(NAME), text(JOB_TITLE));
        state.task = Some(Task::Request { organisation, name, job_title });
    }
}

/// The screen says what is being done: begins it, or does it where it takes no time.
fn ready(state: &mut State, turn: &mut Turn, now: &str, random: Option<&Random>) {
    match state.task.take() {
        Some(Task::Make(passphrase)) => begin_making(state, turn, &passphrase, random),
        Some(Task::Open(passphrase)) => match Opening::begin(state.bytes(KEY_FILE), &passphrase) {
            Ok(opening) => state.task = Some(Task::Opening(opening, Pace::FIRST)),
            Err(error) => did_not_open(state, turn, &error),
        },
        Some(Task::Request { organisation, name, job_title }) => {
            let (Some(key), Ok(now)) = (&state.key, Instant::parse_device(now)) else { return };
            let text = Enrolment::seal(key, &organisation, &job_title, &name, now);
            let letters = organisation.chars().filter(char::is_ascii_alphanumeric);
            let mut file_name = "ia-enrolment_".to_owned();
            file_name.extend(letters);
            file_name.push_str(".json");
            state.request = Some(Offer::new(file_name, text));
            turn.draw = true;
            save(state, turn, false);
            turn.focus = Some("request");
        }
        task => state.task = task,
    }
}

/// Does a portion of the work with a passphrase, and what follows from the last one.
fn portion(state: &mut State, turn: &mut Turn, took: u32) {
    match state.task.take() {
        Some(Task::Opening(mut opening, pace)) => {
            let pace = pace.after(took);
            match opening.work(pace.rounds) {
                100 => opened(state, turn, &mut opening),
                hundredths => state.task = Some(Task::Opening(opening, pace.at(hundredths))),
            }
        }
        Some(Task::Making(mut making, pace)) => {
            let pace = pace.after(took);
            match making.1.work(pace.rounds) {
                100 => made(state, turn, &mut making),
                hundredths => state.task = Some(Task::Making(making, pace.at(hundredths))),
            }
        }
        task => state.task = task,
    }
}

/// Gives the work up. What was secret in it is wiped.
fn stop(state: &mut State, turn: &mut Turn) {
    let is_making = matches!(state.task, Some(Task::Make(_) | Task::Making(..)));
    state.task = None;
    turn.focus = Some(if is_making { MAKE } else { OPEN_FILE });
}

/// Sealed now, the return would not have the key that is on its way: says so where the work is.
fn too_soon(state: &mut State, turn: &mut Turn) {
    if state.waits().is_some() {
        state.is_awaited = true;
        turn.focus = Some(STOP);
    }
}

fn opened(state: &mut State, turn: &mut Turn, opening: &mut Opening) {
    match opening.finish() {
        Ok(key) => {
            drop(state.take(KEY_FILE));
            state.made = None;
            keep(state, turn, key);
        }
        Err(error) => did_not_open(state, turn, &error),
    }
}

fn did_not_open(state: &mut State, turn: &mut Turn, error: &KeyFileError) {
    let id = match error {
        KeyFileError::DoesNotOpen => PASSPHRASE,
        _ => KEY_FILE,
    };
    state.faults.push((id, sentence(error)));
    turn.focus = Some(id);
}

fn begin_making(state: &mut State, turn: &mut Turn, passphrase: &[u8], random: Option<&Random>) {
    let begun = random.and_then(|Random { seed, salt, iv }| {
        let locking = Locking::begin(passphrase, *salt, *iv).ok()?;
        Some(Task::Making(Box::new((seed.clone(), locking)), Pace::FIRST))
    });
    if begun.is_none() {
        cannot_make(state, turn);
    }
    state.task = begun;
}

fn made(state: &mut State, turn: &mut Turn, (seed, locking): &mut (Zeroizing<[u8; 32]>, Locking)) {
    let key = SecretKey::from_seed(seed.clone());
    let Ok(pem) = locking.finish(&key) else {
        cannot_make(state, turn);
        return;
    };
    // Locked, it is no secret: it is shown, saved and copied.
    let name = if state.has(HELD_BACK) { "key.pem.txt" } else { "key.pem" };
    state.made = Some(Offer::new(name.to_owned(), pem.to_string()));
    keep(state, turn, key);
    save(state, turn, true);
}

fn cannot_make(state: &mut State, turn: &mut Turn) {
    let text =
        "This browser gives no random numbers, so no key can be made here. Use another browser";
    state.faults.push((NEW, text.to_owned()));
    turn.focus = Some(NEW);
}

/// Seals with this key from now on.
fn keep(state: &mut State, turn: &mut Turn, key: SecretKey) {
    state.key = Some(key);
    state.request = None;
    turn.draw = true;
    turn.focus = Some(OPEN_ID);
}

fn forget(state: &mut State, turn: &mut Turn) {
    state.key = None;
    state.made = None;
    state.request = None;
    state.is_forgotten = true;
    turn.draw = true;
    turn.focus = Some(OPEN_ID);
}

fn offered(state: &State, is_key: bool) -> Option<&Offer> {
    if is_key { state.made.as_ref() } else { state.request.as_ref() }
}

fn save(state: &mut State, turn: &mut Turn, is_key: bool) {
    if let Some(offer) = offered(state, is_key) {
        let (file_name, text) = (offer.name.clone(), offer.text.clone());
        turn.then.push(Effect::Save { file_name, text });
        state.is_key_last = is_key;
    }
}

fn copy(state: &mut State, turn: &mut Turn, is_key: bool) {
    if let Some(offer) = offered(state, is_key) {
        turn.then.push(Effect::Copy(offer.text.clone()));
        state.is_key_last = is_key;
    }
}

/// Notes what became of the file that was saved or copied last.
fn became(state: &mut State, note: impl Fn(&mut Offer)) {
    let last = if state.is_key_last { &mut state.made } else { &mut state.request };
    if let Some(offer) = last {
        note(offer);
    }
}
