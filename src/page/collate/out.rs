//! What leaves the page: files for people and for programs, the return of a region begun, and what was decided. And what comes in
//! another way: figures that the region enters.

use super::chase;
use super::lists::{moment, sentences};
use super::state::{
    Ask, BY, FIGURES, FIGURES_AT, FIGURES_AT_PARTS, FIGURES_FROM, FIGURES_SOURCE, REGION, State,
    TABLE, Work,
};
use super::update::{Turn, decided};
use crate::collate::export::{self, About};
use crate::collate::{Entered, SOURCES, Table, regional};
use crate::file::DraftFile;
use crate::json;
use crate::page::event::Effect;

/// Deals with the buttons that save something.
pub(super) fn pressed(state: &mut State, turn: &mut Turn, action: &str, value: &str) {
    match action {
        "save-chase" => {
            if let Some(text) = chase::text(state, value) {
                let name = if value.is_empty() { "no-region" } else { value };
                save(state, turn, &format!("ia-chase_{name}.txt"), text);
            }
        }
        "save-collation" => {
            let text = state.decisions.write();
            save(state, turn, "ia-collation.json", text);
        }
        "save-json" => state.work = Some(Work::Json),
        "save-region" => save_region(state, turn),
        "save-table" => save_table(state, turn),
        "save-workbook" => state.work = Some(Work::Workbook),
        _ => {}
    }
}

/// Makes what was announced.
pub(super) fn make(state: &mut State, turn: &mut Turn, work: Work) {
    let Some((about, tables)) = all(state) else { return };
    if work == Work::Json {
        let text = json::canonical(&export::to_json(&about, tables));
        save(state, turn, "ia-tables.json", text);
        return;
    }
    match export::workbook(&about, tables, &[]) {
        Ok(bytes) => {
            let name = file_name(state, "ia-collation.xlsx");
            state.saving.clone_from(&name);
            turn.then.push(Ask::SaveBytes { file_name: name, bytes });
        }
        Err(error) => {
            state.said = sentences(&error.to_string(), "Save the tables one by one instead");
        }
    }
}

/// What is said of all tables, and the tables.
fn all(state: &State) -> Option<(About, &[Table])> {
    let made = state.made.as_ref()?;
    let source = state.its_collection()?.source();
    let about = About {
        collection: source.id.clone(),
        title: source.title.clone(),
        classification: source.classification.clone(),
        made_at: made.at,
    };
    Some((about, &made.tables))
}

/// The name of a file with the collection and the time in it.
fn file_name(state: &State, plain: &str) -> String {
    let at = state.made.as_ref().map(|made| made.at.civil());
    let at = at.map_or_else(String::new, |at| {
        format!("_{:04}{:02}{:02}-{:02}{:02}", at.year, at.month, at.day, at.hour, at.minute)
    });
    let (name, ending) = plain.rsplit_once('.').unwrap_or((plain, ""));
    format!("{name}_{}{at}.{ending}", state.collection)
}

fn save(state: &mut State, turn: &mut Turn, plain: &str, text: String) {
    let file_name = file_name(state, plain);
    state.saving.clone_from(&file_name);
    turn.page(Effect::Save { file_name, text });
}

fn save_table(state: &mut State, turn: &mut Turn) {
    let wanted = state.text(TABLE);
    let table = state.made.as_ref().and_then(|made| made.table(wanted));
    let Some(table) = table else {
        state.fault(TABLE, "Choose which table to save");
        return;
    };
    match export::csv(table) {
        Ok(text) => {
            let name = format!("{}.csv", table.id);
            save(state, turn, &name, text);
        }
        Err(error) => {
            state.fault(TABLE, sentences(&error.to_string(), "Save the workbook instead"));
        }
    }
}

fn save_region(state: &mut State, turn: &mut Turn) {
    let region = state.text(REGION).to_owned();
    let (Some(made), Some(operator)) = (&state.made, state.operator()) else { return };
    let draft = regional(&made.collation, &operator, &region);
    let Some(draft) = draft else {
        state.fault(REGION, "Choose the region whose return you begin");
        return;
    };
    let (name, text) = (draft.file_name(operator.now), draft.write(operator.now));
    state.saving.clone_from(&name);
    turn.page(Effect::Save { file_name: name, text });
}

/// Takes figures that came another way: a draft of the organisation's return, who gave them, how and when.
pub(super) fn enter(state: &mut State, turn: &mut Turn) {
    let draft = match DraftFile::read(state.bytes(FIGURES)) {
        _ if state.bytes(FIGURES).is_empty() => {
            state.fault(FIGURES, "Choose the draft file with the figures");
            None
        }
        Ok(draft) if draft.content().collection.id != state.collection => {
            state.fault(FIGURES, "This draft is for another collection");
            None
        }
        Ok(draft) => Some(draft),
        Err(error) => {
            state.fault(FIGURES, sentences(&error.to_string(), error.remedy()));
            None
        }
    };
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
    let (Some(draft), Some((_, source)), Ok(Some(at)), true) =
        (draft, source, at, state.faults.is_empty())
    else {
        return;
    };
    let organisation = draft.content().organisation.code.clone();
    state.decisions.entered.push(Entered { draft, from, by, at, source: *source });
    state.forget(FIGURES);
    state.said = format!("The figures of {organisation} are entered.");
    decided(state, turn);
}

/// Takes figures out that were entered, by their number.
pub(super) fn take_out(state: &mut State, turn: &mut Turn, value: &str) {
    let number: Option<usize> = value.parse().ok();
    if let Some(number) = number.filter(|number| *number < state.decisions.entered.len()) {
        state.decisions.entered.remove(number);
        "The figures are taken out.".clone_into(&mut state.said);
        decided(state, turn);
    }
}
