//! Figures that are typed or pasted here, without a draft: whose they are, what is typed so far, and the way into what was decided.

use super::lists::moment;
use super::state::{
    BY, FIGURES_AT, FIGURES_AT_PARTS, FIGURES_FROM, FIGURES_SOURCE, PASTED, PASTED_INTO, State,
    TYPED, TYPED_FOR, TYPED_RETURN,
};
use super::update::{Turn, decided};
use crate::answers::Place;
use crate::collate::{Entered, SOURCES, Source, Typed};
use crate::page::sheet::{self, Cells};
use crate::template::FieldKind;
use crate::time::Instant;

/// What stands before the id of an answer in the id of its box: no other input of the page begins so.
pub(super) const BOX: &str = "figure:";

/// Who gave figures, how and when, and who enters them.
pub(super) struct Told {
    pub(super) from: String,
    pub(super) by: String,
    pub(super) at: Instant,
    pub(super) source: Source,
}

/// Reads that, or says what of it is missing.
pub(super) fn told(state: &mut State) -> Option<Told> {
    let source = SOURCES.iter().find(|(word, _)| *word == state.text(FIGURES_SOURCE));
    if source.is_none() {
        state.fault(FIGURES_SOURCE, "Choose how the figures came");
    }
    for (id, text) in [(FIGURES_FROM, "Enter who gave the figures"), (BY, "Enter your name")] {
        if state.text(id).is_empty() {
            state.fault(id, text);
        }
    }
    let at = moment(state, FIGURES_AT_PARTS);
    match &at {
        Ok(None) => state.fault(FIGURES_AT, "Enter when the figures were given"),
        Err(text) => state.fault(FIGURES_AT, text.clone()),
        Ok(Some(_)) => {}
    }
    let (from, by) = (state.text(FIGURES_FROM).to_owned(), state.text(BY).to_owned());
    let (Some((_, source)), Ok(Some(at)), true) = (source, at, state.faults.is_empty()) else {
        return None;
    };
    Some(Told { from, by, at, source: *source })
}

/// Begins to ask for the figures of a return.
pub(super) fn begin(state: &mut State, turn: &mut Turn) {
    let told = told(state);
    if state.text(TYPED_FOR).is_empty() {
        state.fault(TYPED_FOR, "Enter the code of the organisation, like RX1");
    }
    let wanted = state.text(TYPED_RETURN).to_owned();
    if wanted.is_empty() {
        state.fault(TYPED_RETURN, "Choose which return the figures are for");
    }
    let (template, at_stage) = wanted.split_once(' ').unwrap_or((&wanted, ""));
    let (Some(Told { at, .. }), Some(operator), true) =
        (told, state.operator(), state.faults.is_empty())
    else {
        return;
    };
    match Typed::begin(&operator, state.text(TYPED_FOR), (template, at_stage), at) {
        Ok(typed) => {
            state.clear_boxes();
            state.typed = Some(typed);
            turn.show(TYPED);
        }
        Err(why) => state.fault(TYPED_FOR, crate::page::words::capitalised(&why)),
    }
}

/// Takes what stands in the boxes, and checks it.
fn take(state: &mut State) -> Option<Typed> {
    let mut typed = state.typed.take()?;
    // A box that an answer hides is not asked any more; one that it shows comes with the next drawing.
    for place in typed.places() {
        let id = typed.id(place);
        // What was not on the screen keeps what the collection filled in.
        if let Some(text) = state.given(&[BOX, &id].concat()) {
            typed.put(&id, text);
        }
    }
    typed.check();
    Some(typed)
}

/// Checks what was typed, says what is wrong with it, and asks what it leads to.
pub(super) fn check(state: &mut State, turn: &mut Turn) {
    let Some(typed) = take(state) else { return };
    say(state, &typed);
    if state.faults.is_empty() {
        "Nothing is missing, and no rule stops these figures.".clone_into(&mut state.said);
    }
    state.typed = Some(typed);
    turn.show(TYPED);
}

fn say(state: &mut State, typed: &Typed) {
    for (_, message) in typed.faults() {
        state.fault(TYPED, message.trim_end_matches('.'));
    }
}

/// Enters the figures, once nothing stops them.
pub(super) fn enter(state: &mut State, turn: &mut Turn) {
    let told = told(state);
    let Some(typed) = take(state) else { return };
    say(state, &typed);
    let draft = typed.draft();
    let (Some(told), Some(draft), true) = (told, draft, state.faults.is_empty()) else {
        state.typed = Some(typed);
        turn.show(TYPED);
        return;
    };
    let (code, _) = typed.organisation();
    state.said = format!("The figures of {code} are entered.");
    let Told { from, by, at, source } = told;
    state.decisions.enter(Entered { draft, from, by, at, source });
    state.clear_boxes();
    decided(state, turn);
}

/// Gives up what was typed.
pub(super) fn drop(state: &mut State, turn: &mut Turn) {
    state.typed = None;
    state.clear_boxes();
    "Nothing is entered.".clone_into(&mut state.said);
    turn.show(super::screen::SAID);
}

/// The tables that a block can be pasted into: each with its id, and what people call it.
pub(super) fn tables(typed: &Typed) -> Vec<(String, String)> {
    let mut tables: Vec<(String, String)> = Vec::new();
    for place in typed.places().into_iter().filter(|place| place.cell.is_some()) {
        let plain = Place::plain(place.section, place.field);
        let id = typed.id(plain);
        if tables.iter().all(|(own, _)| *own != id) {
            tables.push((id, typed.words(plain)));
        }
    }
    tables
}

/// Lays a block over the boxes of a table, from its first row and column on. Leading rows and columns of words are headings.
pub(super) fn paste(state: &mut State, turn: &mut Turn) {
    let Some(typed) = take(state) else { return };
    let tables = tables(&typed);
    let wanted = state.text(PASTED_INTO);
    let table = tables.iter().find(|(id, _)| tables.len() == 1 || id == wanted);
    let block = sheet::figures(Cells::of_file(state.text(PASTED)));
    match table {
        None => state.fault(PASTED_INTO, "Choose which table the figures are for"),
        Some(_) if block.iter().all(Vec::is_empty) => {
            state.fault(PASTED, "Paste the figures of the table, as a spreadsheet copies them");
        }
        Some((id, _)) => {
            let (filled, outside) = lay(state, &typed, id, &block);
            state.said = format!("{filled} figures are filled in.");
            if outside > 0 {
                state.fault(PASTED, format!("{outside} figures have no place in the table. Check that you copied the whole table and nothing beside it"));
            }
            state.forget(PASTED);
        }
    }
    state.typed = Some(typed);
    check_quietly(state);
    turn.show(TYPED);
}

/// Takes the boxes again, which were filled in.
fn check_quietly(state: &mut State) {
    let typed = take(state);
    state.typed = typed;
}

fn lay(state: &mut State, typed: &Typed, table: &str, block: &[Vec<String>]) -> (usize, usize) {
    let (mut filled, mut outside) = (0_usize, 0_usize);
    let rows = rows(typed, table);
    for (row, cells) in block.iter().enumerate() {
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let place = rows.get(row).and_then(|own| own.get(column));
            let Some(place) = place else {
                outside = outside.saturating_add(1);
                continue;
            };
            let id = [BOX, &typed.id(*place)].concat();
            state.give(id, text.clone().into_bytes());
            filled = filled.saturating_add(1);
        }
    }
    (filled, outside)
}

/// The boxes of a table, row by row.
pub(super) fn rows(typed: &Typed, table: &str) -> Vec<Vec<Place>> {
    let mut rows: Vec<(usize, Vec<Place>)> = Vec::new();
    for place in typed.places() {
        let Some((row, _)) = place.cell else { continue };
        if typed.id(Place::plain(place.section, place.field)) != table {
            continue;
        }
        match rows.last_mut() {
            Some((own, places)) if *own == row => places.push(place),
            _ => rows.push((row, vec![place])),
        }
    }
    rows.into_iter().map(|(_, places)| places).collect()
}

/// What stands in the box of a place: what was typed, or what the collection filled in.
pub(super) fn shown(state: &State, typed: &Typed, place: Place) -> String {
    let id = [BOX, &typed.id(place)].concat();
    state.given(&id).map_or_else(|| typed.text(place), str::to_owned)
}

/// The options of a question of a few answers, each with what is stored.
pub(super) fn options(typed: &Typed, place: Place) -> Option<Vec<(&str, &str)>> {
    let field = place.field(typed.form())?;
    match field.kind {
        FieldKind::YesNo => Some(vec![("yes", "Yes"), ("no", "No")]),
        // Of several answers the first is asked; a file may give more.
        FieldKind::Choice | FieldKind::Choices => {
            let options = typed.form().options(field).iter();
            Some(options.map(|own| (own.id.as_str(), own.label.as_str())).collect())
        }
        _ => None,
    }
}
