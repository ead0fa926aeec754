//! Which of the files of one return counts, among all and among those whose senders are confirmed.

use super::collation::{Fate, File, Operator, Sender};
use super::judge::Return;
use crate::file::{Candidate, Place, counts};
use crate::sorted::SortedSet;
use crate::time::Window;
use std::collections::{BTreeMap, BTreeSet};

/// Whose return it is: organisation, template, stage.
pub(super) type Key = (String, String, Option<&'static str>);

/// The files that may count, by what they are for, in the order of files.
pub(super) fn groups(files: &[File]) -> BTreeMap<Key, Vec<usize>> {
    let mut groups: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (number, file) in files.iter().enumerate() {
        if let (Some(found), Fate::Placed(..)) = (file.as_return(), &file.fate) {
            groups.entry(key(found)).or_default().push(number);
        }
    }
    groups
}

pub(super) fn key(found: &Return) -> Key {
    (found.organisation.code.clone(), found.template.clone(), found.stage)
}

/// One return, and the files that are copies of it.
struct Copies {
    candidate: Candidate,
    /// The best sender of any copy.
    sender: Sender,
    /// Files by number: the one that stands for all comes first.
    files: Vec<usize>,
}

/// Says of each file of a group what becomes of it.
pub(super) fn place(
    group: &[usize],
    files: &mut [File],
    operator: &Operator<'_>,
    chosen: &SortedSet<String>,
) {
    let returns = returns(group, files);
    let Some(first) = returns.first().and_then(|one| one.files.first()) else { return };
    let window = files.get(*first).and_then(File::as_return).and_then(|own| window(own, operator));
    let candidates = |only_confirmed: bool| -> Vec<Candidate> {
        let kept =
            returns.iter().filter(|one| !only_confirmed || one.sender != Sender::NotConfirmed);
        kept.map(|one| one.candidate.clone()).collect()
    };
    let (all, confirmed) = (candidates(false), candidates(true));
    let alone: BTreeSet<String> = confirmed
        .iter()
        .zip(counts(&confirmed, window, chosen))
        .filter(|(_, (place, _))| *place == Place::Counts)
        .map(|(own, _)| own.id.clone())
        .collect();
    for (one, (place, odd)) in returns.iter().zip(counts(&all, window, chosen)) {
        for (number, file) in one.files.iter().enumerate() {
            let Some(file) = files.get_mut(*file) else { continue };
            let is_copy = number > 0;
            file.sender = one.sender;
            file.counts_confirmed = !is_copy && alone.contains(&one.candidate.id);
            file.next_step =
                if is_copy { String::new() } else { step(&place, one.sender).to_owned() };
            let place = if is_copy { Place::Duplicate } else { place.clone() };
            file.fate = Fate::Placed(place, if is_copy { Vec::new() } else { odd.clone() });
        }
    }
}

fn step(place: &Place, sender: Sender) -> &'static str {
    match place {
        Place::Counts if sender == Sender::NotConfirmed => {
            "It counts. Call the organisation on a number you know, ask for the check code, and confirm the sender."
        }
        Place::Fork { .. } => "Ask the sender which one is right, then choose it.",
        Place::Late => {
            "It does not count. Tell the organisation, and decide with the national team."
        }
        Place::Counts | Place::Duplicate | Place::NotChosen | Place::Replaced { .. } => "",
    }
}

/// The returns of a group: copies of one return are one, received when the first of them was.
fn returns(group: &[usize], files: &[File]) -> Vec<Copies> {
    let mut all: Vec<Copies> = Vec::new();
    for &number in group {
        let Some(file) = files.get(number) else { continue };
        let Some(found) = file.as_return() else { continue };
        let received = file.judged.received;
        let Some(known) = all.iter_mut().find(|known| known.candidate.id == found.id) else {
            let candidate = Candidate {
                id: found.id.clone(),
                revision: found.revision,
                supersedes: found.supersedes.clone(),
                received,
            };
            all.push(Copies { candidate, sender: file.sender, files: vec![number] });
            continue;
        };
        let earlier = match (received.time(), known.candidate.received.time()) {
            (Some(own), Some(first)) => own < first,
            (own, first) => own.is_some() && first.is_none(),
        };
        // Whose sender is better known stands for all; of those, the one that came first.
        let leads = (file.sender, !earlier) < (known.sender, false)
            || file.sender == known.sender && earlier;
        known.sender = known.sender.min(file.sender);
        if earlier {
            known.candidate.received = received;
        }
        if leads {
            known.files.insert(0, number);
        } else {
            known.files.push(number);
        }
    }
    all
}

fn window(found: &Return, operator: &Operator<'_>) -> Option<Window> {
    let set = operator.bench.set;
    let form = set.form_by_hash(&found.collection.sha256, &found.template_sha256, found.stage)?;
    form.window
}
