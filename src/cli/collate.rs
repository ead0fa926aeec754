//! `collate`: from a folder of files to who is missing, what is wrong, what it adds up to and where the risk is.

use super::collate_args::Collate;
use super::intake::{Found, Intake, find};
use super::outfolder::OutFolder;
use super::output::{Output, Status};
use super::receipts::Giver;
use super::received::Arrivals;
use super::register::kept;
use super::sender_args::{Arrival, ExpectedList, Keeper, Remember};
use super::{Failure, collated, edge, expected_list, sources};
use crate::collate::export;
use crate::collate::typed_rows::{self, TypedError};
use crate::collate::{
    Bench, Collation, Confirmed, Decisions, Fate, Judged, Operator, Picture, Table, What, Why,
    author, collate,
};
use crate::collection::{Document, Set};
use crate::file::Place;
use crate::json::Value;
use crate::register::{Received, Source};
use crate::time::Instant;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// More threads than this wait for the disk.
const MOST_THREADS: usize = 8;

/// The pictures: those of the operator’s folder, or those that are shipped.
pub(super) fn pictures(root: Option<&Path>) -> Result<Vec<Picture>, Failure> {
    let files = sources::pictures(root)
        .map_err(|error| Failure::unreadable(error.to_string(), "Check the folder."))?;
    let mut pictures = Vec::new();
    for file in &files {
        let (picture, _) = author::picture(file).map_err(|faults| super::faulty(&faults))?;
        pictures.push(picture);
    }
    Ok(pictures)
}

/// Runs the verb. `documents` is the operator’s set as every thread loads it for itself.
pub(super) fn run(
    verb: &Collate,
    (documents, set): (&[Document], &Set),
    (collection, pictures): (&str, &[Picture]),
    output: &mut Output,
) -> Result<Status, Failure> {
    let now = verb.at.as_deref().map_or_else(edge::now, edge::time)?;
    let since = verb.since.as_deref().map(edge::time).transpose()?;
    let register = match &verb.register {
        Some(path) => Some(kept(path, &keeper(verb))?),
        None => None,
    };
    let expected = expected_list::given(&expected_by(verb)?, set, &verb.remember)?;
    if let Some(list) = expected.as_ref().filter(|list| list.collection != collection) {
        let message = format!("the expected list is for {}, not for {collection}", list.collection);
        return Err(Failure::usage(
            message,
            "Give the list of the collection, or another --collection.",
        ));
    }
    let arrivals = Arrivals::read(&arrival(verb))?;
    let mut decisions = decisions(verb, collection)?;
    let giver = Giver::open(verb, now)?;
    let mut out = OutFolder::begin(&verb.out)?;
    let found = find(&verb.paths, &[verb.out.as_path(), out.making()]);
    let bench = Bench { set, pictures, collection };
    let mut judged = judge_all(&found, documents, (bench, verb.assume_file_times))?;
    drop(found);
    for one in &mut judged {
        received(one, &arrivals);
    }
    confirm(verb, &judged, now, &mut decisions)?;
    let (expected, register) = (expected.as_ref(), register.as_ref());
    let operator = Operator { bench, expected, register, now };
    entered(verb, &operator, &mut decisions)?;
    let collation = collate(judged, &operator, &decisions);
    let tables = export::tables(&collation, &operator, &decisions, since);
    decisions.see(&collation.ids(), now);
    collated::write(&collation, &tables, (&operator, &decisions), verb, &mut out)?;
    if let Some(giver) = &giver {
        giver.give(&collation, &mut out, output)?;
    }
    let status = say(&collation, &tables, &operator, output);
    output.member("out", verb.out.display().to_string());
    output.member("files", out.files().into_iter().map(Value::String).collect::<Value>());
    out.finish()?;
    output.line(&format!("Saved in {}", verb.out.display()));
    Ok(status)
}

/// The expected list: one that is sealed is taken from whoever keeps the list of senders, unless somebody else is named.
fn expected_by(verb: &Collate) -> Result<ExpectedList, Failure> {
    let ExpectedList { expected, issuer } = &verb.expected;
    let path = expected.as_ref().filter(|path| issuer.is_none() && path.exists());
    let is_sealed = match path {
        Some(path) => expected_list::is_sealed(&edge::read(path)?),
        None => false,
    };
    let keeper = verb.register_signer.clone().filter(|_| is_sealed);
    Ok(ExpectedList { expected: expected.clone(), issuer: issuer.clone().or(keeper) })
}

fn keeper(verb: &Collate) -> Keeper {
    let remember = Remember { memory: verb.remember.memory.clone() };
    Keeper { keeper: verb.register_signer.clone(), remember }
}

fn arrival(verb: &Collate) -> Arrival {
    Arrival {
        received: verb.received_at.clone(),
        manifest: verb.received.clone(),
        receipt: verb.receipt.clone(),
        receipts_from: verb.receipts_from.clone(),
    }
}

fn decisions(verb: &Collate, collection: &str) -> Result<Decisions, Failure> {
    let mut decisions = match &verb.decisions {
        None => Decisions::about(collection),
        Some(path) => {
            let name = path.display();
            let read = Decisions::read(&edge::read(path)?)
                .map_err(|error| Failure::unreadable(format!("{name}: {error}"), error.remedy()))?;
            if read.collection != collection {
                let message = format!("{name}: it is about {}, not {collection}", read.collection);
                return Err(Failure::usage(message, "Give the decisions of the same collection."));
            }
            read
        }
    };
    for id in &verb.choose {
        if !decisions.chosen.contains(id) {
            decisions.chosen.push(id.clone());
        }
    }
    Ok(decisions)
}

/// Judges everything that was found, in several threads, with a line of progress where somebody looks at a terminal.
fn judge_all(
    found: &[Found],
    documents: &[Document],
    (bench, assume_file_times): (Bench<'_>, bool),
) -> Result<Vec<Judged>, Failure> {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let all = Mutex::new(Vec::new());
    let failure = Mutex::new(None);
    // The set is shared within a thread and not between them: each loads its own.
    let (pictures, collection) = (bench.pictures, bench.collection);
    let work = || {
        let set = match Set::load(documents) {
            Ok(set) => set,
            Err(error) => {
                if let Ok(mut failure) = failure.lock() {
                    *failure = Some(error.to_string());
                }
                return;
            }
        };
        let bench = Bench { set: &set, pictures, collection };
        let intake = Intake { bench: &bench, assume_file_times };
        let mut own = Vec::new();
        while let Some(one) = found.get(next.fetch_add(1, Ordering::Relaxed)) {
            own.extend(intake.take(one));
            done.fetch_add(1, Ordering::Relaxed);
        }
        if let Ok(mut all) = all.lock() {
            all.extend(own);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads.min(found.len())).map(|_| scope.spawn(work)).collect();
        progress(&done, found.len(), || {
            threads.iter().all(std::thread::ScopedJoinHandle::is_finished)
        });
    });
    if let Ok(Some(error)) = failure.into_inner() {
        return Err(Failure::unreadable(error, "Mend the file named."));
    }
    all.into_inner().map_err(|_| {
        Failure::unreadable("a file could not be judged", "Report this as a fault of the program.")
    })
}

/// Says how far it is, on standard error, where that is a terminal.
fn progress(done: &AtomicUsize, all: usize, is_finished: impl Fn() -> bool) {
    let mut stream = std::io::stderr();
    if !stream.is_terminal() {
        return;
    }
    while !is_finished() {
        let _ = write!(stream, "\r{} of {all} files", done.load(Ordering::Relaxed));
        let _ = stream.flush();
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let _ = write!(stream, "\r\u{1b}[K");
}

/// What proves when a file came goes before its e-mail; what is only stated, after it.
fn received(one: &mut Judged, arrivals: &Arrivals) {
    let own = one.received;
    let proven = arrivals.proven(&one.name, one.as_return());
    let stated = arrivals.stated();
    one.received = match (proven, own) {
        (Some(received), _) => received,
        (None, Received::At(_, Source::Assumed)) if stated != Received::Unknown => stated,
        (None, Received::At(..)) => own,
        (None, Received::Unknown) => stated,
    };
}

/// Confirms the senders whose check codes were given.
fn confirm(
    verb: &Collate,
    judged: &[Judged],
    now: Instant,
    decisions: &mut Decisions,
) -> Result<(), Failure> {
    let by = verb.by.clone().unwrap_or_default();
    for text in &verb.confirm {
        let help = "Give it as RX1=ZFQ8-GCWS-EGX8: the organisation’s code, and the check code as it was read out to you.";
        let Some((code, read_out)) = text.split_once('=') else {
            return Err(Failure::usage(format!("“{text}” confirms nobody"), help));
        };
        let returns = judged.iter().filter_map(Judged::as_return);
        let mine = returns.filter(|found| found.organisation.code.eq_ignore_ascii_case(code));
        let mut keys = mine.flat_map(|found| &found.signatures);
        let key =
            keys.find(|own| super::register::same_code(read_out, &own.thumbprint.check_code()));
        let Some(key) = key else {
            let message =
                format!("no return of {code} is sealed with a key of the check code {read_out}");
            let help = "Compare the code with the table of senders. If it still differs, do not confirm the sender: somebody may have changed the return.";
            return Err(Failure::unreadable(message, help));
        };
        let organisation = code.to_ascii_uppercase();
        decisions.confirm(Confirmed { key: key.thumbprint, organisation, by: by.clone(), at: now });
    }
    Ok(())
}

/// Adds figures that came another way.
fn entered(
    verb: &Collate,
    operator: &Operator<'_>,
    decisions: &mut Decisions,
) -> Result<(), Failure> {
    for path in &verb.entered {
        let read = typed_rows::read(&edge::read(path)?, operator).map_err(|error| {
            let message = format!("{}:{}: {}", path.display(), error.line, error.reason);
            Failure::unreadable(message, TypedError::REMEDY)
        })?;
        for own in read {
            decisions.enter(own);
        }
    }
    Ok(())
}

/// What is said of the returns of one template, where there are any.
const SAID: [(&str, &str); 11] = [
    ("received", "received"),
    ("nil", "of them nil"),
    ("revised", "of them revised"),
    ("entered", "entered by region"),
    ("late", "late"),
    ("fork", "to choose between"),
    ("held", "held"),
    ("does_not_count", "not counted"),
    ("unexpected", "not expected"),
    ("missing", "missing"),
    ("sender_not_confirmed", "from senders who are not confirmed"),
];

/// A number of things in words.
fn of(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// Says what it came to: for people in a few lines, for programs as the summary.
fn say(
    collation: &Collation,
    tables: &[Table],
    operator: &Operator<'_>,
    output: &mut Output,
) -> Status {
    let files = of(collation.files.len(), "file", "files");
    let as_of = operator.now.to_london_text();
    output.line(&format!("{}: {files}, as of {as_of}", operator.bench.collection));
    let summary = tables.iter().find(|table| table.id == "summary");
    let cell = |row: usize, column: &str| {
        let cell = summary.and_then(|table| table.cell(row, column));
        cell.map(|cell| cell.plain(0)).unwrap_or_default()
    };
    let rows = 0..summary.map_or(0, |table| table.rows.len());
    let mut kinds: Vec<(String, String)> =
        rows.clone().map(|row| (cell(row, "template"), cell(row, "stage"))).collect();
    kinds.dedup();
    for (template, stage) in kinds.iter().filter(|(template, _)| !template.is_empty()) {
        let count = |fact: &str| {
            let is = |row: &usize| {
                cell(*row, "template") == *template
                    && cell(*row, "stage") == *stage
                    && cell(*row, "fact") == fact
            };
            rows.clone().find(is).map(|row| cell(row, "count")).unwrap_or_default()
        };
        let mut said: Vec<String> = Vec::new();
        if operator.expected.is_some() {
            said.push(format!(
                "{} expected, {} of them counted",
                count("expected"),
                count("expected_counts")
            ));
        }
        for (fact, words) in SAID {
            let count = count(fact);
            if count != "0" {
                said.push(format!("{count} {words}"));
            }
        }
        let name =
            if stage.is_empty() { template.clone() } else { format!("{template} ({stage})") };
        output.line(&format!("  {name}: {}", said.join(", ")));
    }
    match operator.expected {
        None => output.line("No expected list was given, so nothing is known to be missing."),
        Some(list) if !list.complete => {
            output.line("The expected list is not complete: nothing here says what share is in.");
        }
        Some(_) => {}
    }
    for id in &collation.strays {
        output.line(&format!("--choose {id}: no return here has this id, or it may not count."));
    }
    if let Some(table) = summary {
        output.member("summary", table.to_json());
    }
    let chosen_unknown: Value =
        collation.strays.iter().map(|id| Value::from(id.as_str())).collect();
    output.member("chosen_unknown", chosen_unknown);
    status(collation, output)
}

/// What is to be settled comes as a finding; what could not be read or did not verify is refused.
fn status(collation: &Collation, output: &Output) -> Status {
    let mut status = if collation.strays.is_empty() { Status::Good } else { Status::Findings };
    let mut refused = 0_usize;
    for file in &collation.files {
        let own = match (&file.fate, &file.judged.what) {
            (Fate::Other, What::Other(other)) if other.kind.is_in_the_way() => Status::Refused,
            (Fate::DoesNotCount(Why::Differs | Why::Sender | Why::UnknownVersion), _) => {
                Status::Refused
            }
            (
                Fate::DoesNotCount(Why::Errors | Why::Held | Why::NotApproved)
                | Fate::Placed(Place::Fork { .. }, _),
                _,
            ) => Status::Findings,
            _ => Status::Good,
        };
        refused += usize::from(own == Status::Refused);
        status = status.max(own);
    }
    if refused > 0 {
        let files = of(refused, "file", "files");
        output.line(&format!("{files} could not be read, did not verify or cannot be counted: files.csv says why, and what to do."));
    }
    status
}
