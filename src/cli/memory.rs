//! What this computer remembers of signed lists: whose the operator has taken, and the highest number of each.
//!
//! It is a convenience: without it every list is taken as if it were the first. What may be taken after what is
//! decided by [`issue::newest`]; this file only keeps it. A memory that cannot be written stops nothing and says so. One
//! that cannot be understood stops the verb, for else damaging it would be the way to bring an old list back.

use super::output::aside;
use super::sender_args::Remember;
use super::{Failure, edge};
use crate::json::{self, Members, ShapeError, Value};
use crate::sign::{Issue, IssueError, Kind, Thumbprint, issue};
use std::path::{Path, PathBuf};

/// The environment variable that may name the file; empty, nothing is remembered.
const VARIABLE: &str = "IA_RETURNS_MEMORY";
/// The `format` of the file.
const FORMAT: &str = "ia-memory/1";
/// The most lists that are remembered: more than anyone takes, less than takes long to read.
const MOST: usize = 1_000;

/// The highest issue of one list.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Seen {
    kind: Kind,
    signer: Thumbprint,
    /// The collection of an expected list; empty for a register.
    collection: String,
    issue: Issue,
}

/// Where it is kept.
#[derive(Debug)]
enum Place {
    File(PathBuf),
    /// The operator wants nothing remembered.
    Nowhere,
    /// The system names no folder for it.
    Unknown,
}

/// What is remembered, and where.
#[derive(Debug)]
pub(super) struct Memory {
    place: Place,
    seen: Vec<Seen>,
}

impl Memory {
    /// Reads what is remembered.
    ///
    /// # Errors
    /// Where the file is there and is not what this program writes.
    pub(super) fn open(stated: &Remember) -> Result<Self, Failure> {
        let place = place(stated);
        let seen = match &place {
            Place::File(path) => load(path)?,
            Place::Nowhere | Place::Unknown => Vec::new(),
        };
        Ok(Self { place, seen })
    }

    /// The highest issue of a list that was taken.
    pub(super) fn held(&self, kind: Kind, signer: &Thumbprint, collection: &str) -> Option<&Issue> {
        let is = |seen: &&Seen| {
            (seen.kind, &seen.signer, seen.collection.as_str()) == (kind, signer, collection)
        };
        self.seen.iter().find(is).map(|seen| &seen.issue)
    }

    /// Whose lists of a kind were taken before, each once.
    fn signers(&self, kind: Kind) -> Vec<Thumbprint> {
        let mut signers: Vec<Thumbprint> = Vec::new();
        for seen in self.seen.iter().filter(|seen| seen.kind == kind) {
            if !signers.contains(&seen.signer) {
                signers.push(seen.signer);
            }
        }
        signers
    }

    /// The thumbprint that the operator states, or else the only one that they have stated before.
    ///
    /// # Errors
    /// Where it is none, nobody was named before, or more than one.
    pub(super) fn signer(
        &self,
        stated: Option<&str>,
        (kind, option): (Kind, &str),
    ) -> Result<Thumbprint, Failure> {
        if let Some(text) = stated {
            return super::register::thumbprint(text);
        }
        let help = format!(
            "Give {option} with the thumbprint that they told you. It is remembered from then on."
        );
        match self.signers(kind).as_slice() {
            [] => Err(Failure::usage(format!("nobody was named who seals {}", kind.words()), help)),
            [one] => {
                aside(&format!("{option} {one}, as you stated before"));
                Ok(*one)
            }
            _ => {
                let message = format!("you have named several who seal {}", kind.words());
                Err(Failure::usage(message, help))
            }
        }
    }

    /// Takes an issue, if it may be taken after what is remembered, and remembers it.
    ///
    /// # Errors
    /// As [`issue::newest`].
    pub(super) fn take(
        &mut self,
        found: &Issue,
        (kind, signer, collection): (Kind, &Thumbprint, &str),
    ) -> Result<(), IssueError> {
        let held = self.held(kind, signer, collection);
        let issue = issue::newest(found.clone(), kind, held)?;
        if held == Some(&issue) {
            return Ok(());
        }
        let seen = Seen { kind, signer: *signer, collection: collection.to_owned(), issue };
        merge(&mut self.seen, seen);
        self.save();
        Ok(())
    }

    /// Writes it, or says why not.
    fn save(&mut self) {
        let done = match &self.place {
            Place::Nowhere => Ok(()),
            Place::Unknown => Err("this computer names no folder for it".to_owned()),
            Place::File(path) => update(path, &mut self.seen).map_err(|failure| failure.message),
        };
        if let Err(reason) = done {
            aside(&format!("The number of the list could not be remembered: {reason}"));
            aside("An older list will not be noticed next time. Name a file with --memory.");
        }
    }
}

/// Writes what is remembered. Another run may have written since this one began: what it knows is kept.
fn update(path: &Path, seen: &mut Vec<Seen>) -> Result<(), Failure> {
    for other in load(path)? {
        merge(seen, other);
    }
    if seen.len() > MOST {
        let message = format!("{}: {MOST} lists are remembered already", path.display());
        return Err(Failure::unreadable(message, ""));
    }
    write(path, &text(seen))
}

/// Puts one in; of two issues of one list the higher stays.
fn merge(all: &mut Vec<Seen>, new: Seen) {
    let key = |seen: &Seen| (seen.kind.member(), seen.signer.to_string(), seen.collection.clone());
    match all.iter_mut().find(|seen| key(seen) == key(&new)) {
        Some(old) if old.issue.serial <= new.issue.serial => *old = new,
        Some(_) => {}
        None => {
            all.push(new);
            all.sort_by_cached_key(key);
        }
    }
}

/// Where the operator says, or in the folder that the system has for such things.
fn place(stated: &Remember) -> Place {
    if let Some(path) = stated.memory.clone().or_else(|| std::env::var_os(VARIABLE)) {
        return if path.is_empty() { Place::Nowhere } else { Place::File(path.into()) };
    }
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let own = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else {
        folder("XDG_STATE_HOME").or_else(|| Some(folder("HOME")?.join(".local/state")))
    };
    own.map_or(Place::Unknown, |own| Place::File(own.join("ia-returns").join("lists.json")))
}

fn load(path: &Path) -> Result<Vec<Seen>, Failure> {
    // Whatever else is wrong with it is said; only what is not there is empty.
    if std::fs::symlink_metadata(path).is_err_and(|e| e.kind() == std::io::ErrorKind::NotFound) {
        return Ok(Vec::new());
    }
    parse(&edge::read(path)?).map_err(|reason| {
        Failure::unreadable(
            format!("{}: this is not what was remembered of lists: {reason}", path.display()),
            "Put the file back as it was. If it is lost, delete it: an older list is then not noticed until a newer one was read.",
        )
    })
}

fn parse(bytes: &[u8]) -> Result<Vec<Seen>, String> {
    let value = json::read(bytes).map_err(|error| error.to_string())?;
    let mut m = Members::of(&value);
    let format = m.text("format");
    let seen = m.items("lists", Seen::read);
    m.done(()).map_err(|error| error.to_string())?;
    if format != FORMAT {
        return Err(format!("its format is “{format}”"));
    }
    if seen.len() > MOST {
        return Err(format!("it has more than {MOST} lists"));
    }
    let mut all = Vec::new();
    for (number, one) in seen.into_iter().enumerate() {
        merge(&mut all, one);
        if all.len() == number {
            return Err(format!("a list is there twice (at /lists/{number})"));
        }
    }
    Ok(all)
}

fn text(seen: &[Seen]) -> String {
    let lists: Value = seen.iter().map(Seen::to_json).collect();
    json::indented(&crate::json!({ "format": FORMAT, "lists": lists }))
}

/// Writes the whole beside it and puts it in its place: no run ever sees half of it.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed =
        |error: std::io::Error| Failure::unreadable(format!("{}: {error}", path.display()), "");
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let new = path.with_extension(format!("{}.new", std::process::id()));
    edge::write_new(&new, text, true)?;
    std::fs::rename(&new, path).inspect_err(|_| drop(std::fs::remove_file(&new))).map_err(failed)
}

impl Seen {
    fn read(value: &Value) -> Result<Self, ShapeError> {
        let mut m = Members::of(value);
        let kinds = [Kind::Register, Kind::ExpectedList].map(|kind| (kind.member(), Some(kind)));
        let kind = m.word("kind", &kinds);
        let (signer, serial, id) = (m.text("signer"), m.whole("serial"), m.text("id"));
        let collection = m.maybe_text("collection").unwrap_or_default();
        m.done(())?;
        let fault =
            |pointer: &str, reason: String| ShapeError { pointer: pointer.to_owned(), reason };
        let signer =
            Thumbprint::parse(&signer).map_err(|error| fault("/signer", error.to_string()))?;
        if serial < 1 {
            return Err(fault("/serial", "the number is less than 1".to_owned()));
        }
        if !crate::hash::is_sha256_hex(&id) {
            return Err(fault("/id", "this is no id".to_owned()));
        }
        let kind = kind.ok_or_else(|| fault("/kind", "this is no kind of list".to_owned()))?;
        if (kind == Kind::Register) != collection.is_empty() {
            let reason = "an expected list is for a collection, a register for none".to_owned();
            return Err(fault("/collection", reason));
        }
        Ok(Self { kind, signer, collection, issue: Issue { serial, id } })
    }

    fn to_json(&self) -> Value {
        let Self { kind, signer, collection, issue } = self;
        let mut value = crate::json!({
            "id": &issue.id, "kind": kind.member(), "serial": issue.serial, "signer": signer.to_string(),
        });
        if let (false, Some(members)) = (collection.is_empty(), value.as_object_mut()) {
            members.insert("collection".to_owned(), collection.as_str().into());
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::{Memory, Place, Seen, merge, parse, text};
    use crate::sign::{Issue, IssueError, Kind, SecretKey, Thumbprint};
    use zeroize::Zeroizing;

    fn signer(number: u8) -> Thumbprint {
        SecretKey::from_seed(Zeroizing::new([number; 32])).public().thumbprint()
    }

    fn issue(serial: i64) -> Issue {
        Issue { serial, id: crate::hash::sha256_hex(&serial.to_le_bytes()) }
    }

    fn seen(kind: Kind, number: u8, collection: &str, serial: i64) -> Seen {
        let collection = collection.to_owned();
        Seen { kind, signer: signer(number), collection, issue: issue(serial) }
    }

    fn some() -> Vec<Seen> {
        vec![
            seen(Kind::ExpectedList, 1, "sor-2023-07", 3),
            seen(Kind::ExpectedList, 1, "sor-2023-10", 1),
            seen(Kind::Register, 1, "", 2),
        ]
    }

    #[test]
    fn what_is_remembered_is_read_as_it_was_written() {
        let written = text(&some());
        assert_eq!(parse(written.as_bytes()), Ok(some()));
        assert_eq!(parse(text(&[]).as_bytes()), Ok(Vec::new()));
    }

    #[test]
    fn no_change_of_one_byte_is_a_panic_and_each_refusal_has_words() {
        let written = text(&some()).into_bytes();
        let mut refused = 0;
        for at in 0..written.len() {
            for byte in *b"\0\"9-{x" {
                let mut bytes = written.clone();
                if let Some(place) = bytes.get_mut(at) {
                    *place = byte;
                }
                if let Err(reason) = parse(&bytes) {
                    assert!(!reason.is_empty());
                    refused += 1;
                }
            }
            // Without its last line break it is whole.
            let cut = written.get(..at).unwrap_or_default();
            assert!(at + 1 == written.len() || parse(cut).is_err(), "cut at {at}");
        }
        assert!(refused > 1_000, "{refused}");
    }

    #[test]
    fn what_it_cannot_be_is_refused_for_what_it_is() {
        let written = text(&some());
        let id = issue(2).id;
        let cases = [
            (written.replace("ia-memory/1", "ia-memory/2"), "its format is “ia-memory/2”"),
            (written.replace("\"serial\": 2", "\"serial\": 0"), "less than 1 (at /lists/2/serial)"),
            (written.replace(&id, "none"), "this is no id (at /lists/2/id)"),
            (written.replace("\"register\"", "\"return\""), "/lists/2/kind"),
            (written.replace("sor-2023-10", "sor-2023-07"), "twice (at /lists/1)"),
            (written.replace("\"register\"", "\"expected\""), "(at /lists/2/collection)"),
            (written.replace("\"sor-2023-10\"", "\"\""), "(at /lists/1/collection)"),
            (
                written.replace("\"kind\": \"register\"", "\"kind\": \"register\", \"x\": 1"),
                "unknown",
            ),
        ];
        for (text, words) in cases {
            let reason = parse(text.as_bytes()).unwrap_err();
            assert!(reason.contains(words), "“{reason}” does not say “{words}”");
        }
    }

    #[test]
    fn the_highest_number_stays_whatever_another_run_has_written() {
        let mut all = some();
        merge(&mut all, seen(Kind::Register, 1, "", 1));
        assert_eq!(all, some(), "a lower one changes nothing");
        merge(&mut all, seen(Kind::Register, 1, "", 9));
        merge(&mut all, seen(Kind::Register, 2, "", 5));
        assert_eq!(all.len(), 4);
        assert!(all.contains(&seen(Kind::Register, 1, "", 9)));
    }

    #[test]
    fn a_list_is_taken_by_its_signer_and_its_collection() {
        let mut memory = Memory { place: Place::Nowhere, seen: some() };
        let mut take = |serial, number, collection| {
            memory.take(&issue(serial), (Kind::ExpectedList, &signer(number), collection))
        };
        assert!(matches!(take(2, 1, "sor-2023-07"), Err(IssueError::Older { held: 3, .. })));
        assert!(take(2, 1, "sor-2023-10").is_ok(), "another collection counts by itself");
        assert!(take(1, 2, "sor-2023-07").is_ok(), "so does another signer");
        assert!(take(3, 1, "sor-2023-07").is_ok(), "the same list again");
        assert!(take(4, 1, "sor-2023-07").is_ok());
        assert!(take(3, 1, "sor-2023-07").is_err(), "what was taken is remembered");
    }
}
