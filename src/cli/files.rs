//! Several files on one line: each is named with what is said of it, and none stops the rest.

use super::output::{Output, Status, complain};
use super::{Failure, edge};
use crate::json::Value;
use std::path::PathBuf;

/// Why one file has no result: for people, and one word for programs.
pub(super) struct Refusal {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) help: String,
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self { code: "not_readable", message: failure.message, help: failure.help }
    }
}

/// Reads each file and says of it what `say` finds; the members for programs go to its own document.
pub(super) fn each(
    files: &[PathBuf],
    output: &mut Output,
    mut say: impl FnMut(&str, &[u8], &mut Output, &mut Output) -> Result<Status, Refusal>,
) -> Status {
    let mut worst = Status::Good;
    let mut documents = Vec::new();
    for path in files {
        let name = path.display().to_string();
        let mut one = Output::new(true);
        let bytes = edge::read(path).map_err(Refusal::from);
        let said = bytes.and_then(|bytes| say(&name, &bytes, output, &mut one));
        worst = worst.max(said.unwrap_or_else(|Refusal { code, message, help }| {
            let own = format!("{name}: ");
            let message = message.strip_prefix(&own).unwrap_or(&message);
            complain(&format!("{own}{message}"), &help);
            one.member("verdict", code);
            one.member("error", crate::json!({ "help": help, "message": message }));
            Status::Refused
        }));
        documents.push(one.document(&name));
    }
    output.member("files", Value::Array(documents));
    worst
}
