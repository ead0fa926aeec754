//! What goes to the terminal. Control characters are escaped: a file cannot move the cursor or
//! colour the words that speak of it.

use crate::json;
use crate::json::{Map, Value};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

/// How a run ends.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Status {
    Good,
    Findings,
    Usage,
    Refused,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Good => 0,
            Status::Findings => 1,
            Status::Usage => 2,
            Status::Refused => 3,
        })
    }
}

/// Collects what a run says: lines as they come, or members of one JSON document.
pub(super) struct Output {
    json: bool,
    document: Map,
}

impl Output {
    pub(super) fn new(json: bool) -> Self {
        Self { json, document: Map::new() }
    }

    /// A line of the result, for people.
    pub(super) fn line(&self, text: &str) {
        if !self.json {
            write(&format!("{}\n", escaped(text)));
        }
    }

    /// A member of the result, for programs.
    pub(super) fn member(&mut self, name: &str, value: impl Into<Value>) {
        if self.json {
            self.document.insert(name.to_owned(), value.into());
        }
    }

    /// Whether the result is one JSON document.
    pub(super) fn is_json(&self) -> bool {
        self.json
    }

    /// Text that is the result itself, as it is.
    pub(super) fn raw(text: &str) {
        write(text);
    }

    /// A document that is the result itself, laid out to be read.
    pub(super) fn whole(document: &Value) {
        write(&escaped_json(&json::indented(document)));
    }

    /// What went wrong and what to do, on standard error and, with `--json`, in the document.
    pub(super) fn failure(&mut self, message: &str, help: &str) {
        complain(message, help);
        self.member("error", crate::json!({ "help": help, "message": message }));
    }

    /// Its members as the document of one file.
    pub(super) fn document(self, file: &str) -> Value {
        let mut document = self.document;
        document.insert("file".to_owned(), Value::String(file.to_owned()));
        Value::Object(document)
    }

    /// Writes the document and gives the status back.
    pub(super) fn finish(&mut self, status: Status) -> Status {
        if self.json && !self.document.is_empty() {
            let document = Value::Object(std::mem::take(&mut self.document));
            write(&escaped_json(&json::indented(&document)));
        }
        status
    }
}

/// A closed pipe is the reader’s choice, so a failed write is no failure of ours.
fn write(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Says what went wrong with one of several files, and what to do.
pub(super) fn complain(message: &str, help: &str) {
    let text = format!("error: {}\nhelp: {}\n", escaped(message), escaped(help));
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Says something beside the result, where standard output is the result itself.
pub(super) fn aside(text: &str) {
    let _ = std::io::stderr().lock().write_all(format!("{}\n", escaped(text)).as_bytes());
}

/// Characters that move the cursor, or turn the order of those beside them.
fn is_dangerous(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns
}

/// JSON text with such characters as JSON escapes; the line breaks of its layout stay.
fn escaped_json(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if is_dangerous(c) && c != '\n' {
            let _ = write!(safe, "\\u{:04x}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// One line of text with such characters made visible, line breaks too: a name cannot add a line.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if is_dangerous(c) {
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_file_cannot_move_the_cursor_or_turn_the_words_round() {
        assert_eq!(escaped("a\u{1b}[2Jb\u{202e}c\rd\ne"), "a\\u{1b}[2Jb\\u{202e}c\\u{d}d\\u{a}e");
    }
}
