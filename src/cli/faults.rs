//! Faults of authored data, as a result: where, what, and what to do.

use super::output::{Output, Status};
use crate::json::Value;
use crate::template::author::AuthorFault;

/// Says each fault on two lines, and gives all for programs.
pub(super) fn say(faults: &[AuthorFault], output: &Output) -> Value {
    for AuthorFault { file, line, column, message, help } in faults {
        output.line(&format!("{file}:{line}:{column}: {message}"));
        if !help.is_empty() {
            output.line(&format!("  help: {help}"));
        }
    }
    faults.iter().map(to_json).collect()
}

/// Says the faults of a file that was to be used, and stops.
pub(super) fn stop(faults: &[AuthorFault], output: &mut Output) -> Status {
    let all = say(faults, output);
    output.member("faults", all);
    Status::Findings
}

fn to_json(fault: &AuthorFault) -> Value {
    let place = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    crate::json!({
        "column": place(fault.column), "file": &fault.file, "help": &fault.help, "line": place(fault.line),
        "message": &fault.message,
    })
}
