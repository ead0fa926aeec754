//! Sealing, saving, copying, correcting.

use super::{Turn, filling, hear, keeping, steps};
use crate::file::{self, Sealing};
use crate::page::cells;
use crate::page::event::{Effect, Seed};
use crate::page::keeping::Opening;
use crate::page::screen::{HEADING_ID, TROUBLE_ID};
use crate::page::state::{Kept, State};
use crate::page::step::Step;
use crate::sign::SecretKey;

/// The button to seal was pressed: asks for the time and a seed, unless something has to be mended first.
pub(super) fn ask(state: &mut State, turn: &mut Turn) {
    if state.nearest(Some(Step::Seal)) == Step::Seal {
        turn.then.push(Effect::Seal);
    } else {
        steps::reach(state, turn, Step::Seal);
    }
}

/// Seals with a key that is used once and then gone, and saves the file.
pub(super) fn seal(state: &mut State, turn: &mut Turn, now: &str, seed: Seed) {
    hear(state, now);
    let (Some(now), Some(work)) = (state.now, &mut state.work) else { return };
    let key = SecretKey::from_seed(seed.0);
    let sealing = Sealing::new(&work.draft, &key, now, &state.engine);
    match file::seal(&work.draft, &sealing) {
        Ok(file) => {
            state.sealed = Some(Kept {
                name: file.name,
                text: file.text,
                id: file.id,
                code: file.thumbprint.check_code(),
                at: now,
                saved: false,
                again: None,
                refused: false,
                copied: None,
                cells: None,
                copies_cells: false,
            });
            steps::go(state, turn, Step::Done, HEADING_ID.to_owned());
            save(state, turn);
        }
        // The window may have closed since the last check, which asks for a reason.
        Err(_) => steps::reach(state, turn, Step::Seal),
    }
}

/// Without randomness there is no key, and so no seal.
pub(super) fn could_not_seal(state: &mut State, turn: &mut Turn) {
    turn.then.push(Effect::Focus(TROUBLE_ID.to_owned()));
    state.trouble = Some(
        "This browser gives no random numbers, so the file cannot be sealed here. Print this page, and complete the return in another browser.",
    );
}

/// Offers the file as a download.
pub(super) fn save(state: &State, turn: &mut Turn) {
    if let Some(kept) = &state.sealed {
        let (file_name, text) = (kept.name.clone(), kept.text.clone());
        turn.then.push(Effect::Save { file_name, text });
    }
}

/// The browser started the download, or refused it.
pub(super) fn saved(state: &mut State, turn: &mut Turn, started: bool) {
    if std::mem::take(&mut state.filling.saves) {
        return filling::saved(state, started);
    }
    let Some(kept) = &mut state.sealed else { return keeping::filed(state, turn, started) };
    kept.again = state.now.filter(|_| kept.saved && started);
    kept.saved |= started;
    if kept.refused == started {
        kept.refused = !started;
        // The heading changes with it, so the step is drawn anew.
        turn.draw = Some(HEADING_ID.to_owned());
    }
}

/// Puts the file's text on the clipboard.
pub(super) fn copy(state: &State, turn: &mut Turn) {
    if let Some(kept) = &state.sealed {
        turn.then.push(Effect::Copy(kept.text.clone()));
    }
}

/// Puts the return on the clipboard as cells of the official workbook.
pub(super) fn copy_cells(state: &mut State, turn: &mut Turn) {
    let (Some(kept), Some(work)) = (&mut state.sealed, &state.work) else { return };
    if let Some(workbook) = cells::workbook(work) {
        kept.copies_cells = true;
        turn.then.push(Effect::Copy(cells::text(work, workbook)));
    }
}

/// Takes the sealed return up again as its next version, which names the one it replaces.
pub(super) fn correct(state: &mut State, turn: &mut Turn) {
    let Some(Kept { text, id, .. }) = state.sealed.take() else { return };
    state.keeping.opening = Some(Opening { file: text, beside: String::new(), id });
    keeping::go_on(state, turn);
}
