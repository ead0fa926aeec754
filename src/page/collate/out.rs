//! What leaves the page: files for people and for programs, the return of a region begun, and what was decided. And what comes in
//! another way: figures that the region enters.

use super::chase;
use super::lists::sentences;
use super::state::{Ask, FIGURES, REGION, State, TABLE, Work};
use super::typing::{self, Told};
use super::update::{Turn, decided};
use crate::collate::export::{self, About};
use crate::collate::{Entered, Operator, regional, typed_rows};
use crate::file::DraftFile;
use crate::json;
use crate::page::event::Effect;
use crate::page::words::count;

/// Deals with the buttons that save something.
pub(super) fn pressed(state: &mut State, turn: &mut Turn, action: &str, value: &str) {
    match action {
        "save-all" => state.work = Some(Work::Archive),
        "save-briefing" => save_page(state, turn, true),
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
        "save-form" => save_form(state, turn),
        "save-json" => state.work = Some(Work::Json),
        "save-receipts" => save_page(state, turn, false),
        "save-region" => save_region(state, turn),
        "save-table" => save_table(state, turn),
        "save-workbook" => state.work = Some(Work::Workbook),
        _ => {}
    }
}

/// Makes what was announced.
pub(super) fn make(state: &mut State, turn: &mut Turn, work: Work) {
    let (Some(made), Some(operator)) = (&state.made, state.operator()) else { return };
    // As of when it was put together, as every table says.
    let operator = Operator { now: made.at, ..operator };
    let about = About::of(&made.collation, &operator);
    let (tables, decisions) = (&made.tables, &state.decisions);
    let (plain, bytes) = match work {
        Work::Collate => return,
        Work::Json => {
            let text = json::canonical(&export::to_json(&about, tables));
            return save(state, turn, "ia-tables.json", text);
        }
        Work::Workbook => {
            let figures = export::figures_of(&made.collation, &operator, decisions);
            let sheets = export::by_template(&figures, tables);
            ("ia-collation.xlsx", export::workbook(&about, tables, &sheets))
        }
        Work::Archive => {
            let region = Some(state.text(REGION)).filter(|code| !code.is_empty());
            let files = export::everything(&made.collation, tables, (&operator, decisions), region);
            ("ia-collation.zip", files.and_then(|files| export::archive(&files)))
        }
    };
    match bytes {
        Ok(bytes) => {
            let name = file_name(state, plain);
            state.saving.clone_from(&name);
            turn.then.push(Ask::SaveBytes { file_name: name, bytes });
        }
        Err(error) => {
            state.said = sentences(&error.to_string(), "Save the tables one by one instead");
        }
    }
}

/// Saves a page for people: the briefing, or the table of receipts.
fn save_page(state: &mut State, turn: &mut Turn, briefing: bool) {
    let (Some(made), Some(operator)) = (&state.made, state.operator()) else { return };
    let about = About::of(&made.collation, &Operator { now: made.at, ..operator });
    if briefing {
        let text = export::briefing(&about, &made.tables);
        save(state, turn, "ia-briefing.html", text);
    } else if let Some(files) = made.table("files") {
        let text = export::receipts_page(&about, &export::receipts(files));
        save(state, turn, "ia-receipts.html", text);
    }
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

/// Takes figures that came another way from a file: a draft of the organisation's return, with who gave them, how and when; or
/// a CSV file, which says all that itself.
pub(super) fn enter(state: &mut State, turn: &mut Turn) {
    let bytes = state.bytes(FIGURES);
    if !bytes.is_empty() && bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return enter_rows(state, turn);
    }
    let draft = match DraftFile::read(bytes) {
        _ if bytes.is_empty() => {
            state.fault(FIGURES, "Choose the file with the figures");
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
    let told = typing::told(state);
    let (Some(draft), Some(Told { from, by, at, source })) = (draft, told) else { return };
    let organisation = draft.content().organisation.code.clone();
    state.decisions.enter(Entered { draft, from, by, at, source });
    state.forget(FIGURES);
    state.said = format!("The figures of {organisation} are entered.");
    decided(state, turn);
}

fn enter_rows(state: &mut State, turn: &mut Turn) {
    let Some(operator) = state.operator() else { return };
    let read = typed_rows::read(state.bytes(FIGURES), &operator);
    match read {
        Err(error) => state.fault(
            FIGURES,
            sentences(&error.to_string(), "Mend the line and choose the file again"),
        ),
        Ok(all) if all.is_empty() => state.fault(FIGURES, "There is no figure in this file"),
        Ok(all) => {
            state.said =
                format!("The figures of {} are entered.", count(all.len(), "return", "returns"));
            for own in all {
                state.decisions.enter(own);
            }
            state.forget(FIGURES);
            decided(state, turn);
        }
    }
}

/// Saves the questions that are shown as a file to fill in.
fn save_form(state: &mut State, turn: &mut Turn) {
    let Some(typed) = &state.typed else { return };
    let (code, _) = typed.organisation();
    let (name, text) = (format!("ia-figures_{code}.csv"), typed_rows::blank(typed));
    save(state, turn, &name, text);
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
