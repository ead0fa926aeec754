//! The same verdicts through the command line. Starting it costs more than a verdict, so all returns go in at once; one
//! of each verdict goes in alone as well, for its exit status.

use super::make::{COUNTERSIGNED, vector_set};
use super::vector::Vector;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn program() -> Command {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_ia-returns"));
    command.arg("--json").arg("--collection").arg(root.join("tests").join(COUNTERSIGNED));
    // Nothing is remembered in the home of whoever runs it.
    command.env("IA_RETURNS_MEMORY", "");
    command
}

/// A folder of its own for each test, removed afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ia-returns-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Writes a vector, which need not be kept yet.
    fn file(&self, vector: &Vector) -> PathBuf {
        let file = self.0.join(vector.name.replace('/', "-"));
        std::fs::write(&file, vector.bytes()).unwrap();
        file
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn verify_gives_every_return_the_verdict_and_the_exit_status_that_its_manifest_names() {
    let (folder, all) = (Folder::new("verify"), super::all(&vector_set()));
    let returns: Vec<&Vector> = all.iter().filter(|v| v.asked.reader == "return").collect();
    let files = returns.iter().map(|vector| folder.file(vector));
    let output = program().arg("verify").args(files).output().unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = found["files"].as_array().unwrap();
    assert_eq!(found.len(), returns.len());
    let mut complaints = Vec::new();
    for (vector, found) in returns.iter().zip(found) {
        let wrong = compare(vector, found).into_iter();
        complaints.extend(wrong.map(|what| format!("{}: {what}", vector.name)));
    }
    let mut tried = BTreeSet::new();
    for vector in returns.iter().filter(|v| tried.insert((v.verdict, v.besides))) {
        let output = program().arg("verify").arg(folder.file(vector)).output().unwrap();
        if output.status.code() != vector.exit() {
            complaints.push(format!("{}: exit {:?}", vector.name, output.status.code()));
        }
    }
    assert!(tried.len() > 8, "{tried:?}");
    assert_none(&complaints);
}

/// What is not as the vector says.
fn compare(vector: &Vector, found: &Value) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut same = |what: &str, wanted: Value, found: &Value| {
        if wanted != *found {
            complaints.push(format!("{what} is {found}, not {wanted}"));
        }
    };
    same("verdict", vector.verdict.into(), &found["verdict"]);
    if vector.verdict == "unchanged" {
        let faults = found["errors"].as_u64().unwrap() + found["unexplained"].as_u64().unwrap();
        same("faults", (vector.besides == "faults").into(), &(faults > 0).into());
        same("practice", (vector.besides == "practice").into(), &found["practice"]);
        same("approved", (vector.besides != "not_approved").into(), &found["approved"]);
    }
    let message = found["error"]["message"].as_str().unwrap_or_default();
    if vector.signatures != "fit" && !message.contains(vector.says) {
        complaints.push(format!("says “{message}”, not “{}”", vector.says));
    }
    for wanted in vector.differs {
        let at = |d: &Value| d["at"].as_str().is_some_and(|a| a.starts_with(*wanted));
        if !found["differences"].as_array().is_some_and(|list| list.iter().any(at)) {
            complaints.push(format!("does not name {wanted}"));
        }
    }
    complaints
}

/// What reads a vector of another kind; nothing reads a request by itself, and nothing is remembered of a list that was
/// read before.
fn command(vector: &Vector, file: &Path) -> Option<Command> {
    let mut command = program();
    match vector.asked.reader.as_str() {
        "register" if vector.asked.held.is_none() => {
            command.args(["register", "show", "--keeper", &vector.asked.keeper]).arg(file);
        }
        "expected" if vector.asked.held.is_none() => {
            command.args(["expected", "show", "--issuer", &vector.asked.keeper]).arg(file);
        }
        "receipt" => {
            command.args(["receipt", "show"]).arg(file);
            if let Some(of) = &vector.asked.of {
                let path = file.with_extension("of");
                std::fs::write(&path, of).unwrap();
                command.arg("--of").arg(path);
            }
        }
        // A sealed return is checked too, as of the time it was prepared.
        "draft" if vector.name != "draft/sealed-return.json" => {
            command.args(["check", "--at", crate::support::IN_TIME]).arg(file);
        }
        _ => return None,
    }
    Some(command)
}

#[test]
fn the_other_verbs_refuse_what_the_manifest_says_and_nothing_else() {
    let (folder, all) = (Folder::new("others"), super::all(&vector_set()));
    let mut complaints = Vec::new();
    let mut tried = 0;
    for vector in &all {
        let Some(mut command) = command(vector, &folder.file(vector)) else { continue };
        tried += 1;
        let Output { status, stderr, .. } = command.output().unwrap();
        let good = ["genuine", "opens"].contains(&vector.verdict);
        let said = String::from_utf8_lossy(&stderr);
        if status.code() != Some(if good { 0 } else { 3 }) || !said.contains(vector.says) {
            complaints.push(format!("{}: exit {:?}, “{said}”", vector.name, status.code()));
        }
    }
    assert!(tried > 45, "{tried}");
    assert_none(&complaints);
}
