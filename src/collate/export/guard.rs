//! Texts that a spreadsheet would take for a formula.

use std::borrow::Cow;

/// Whether spreadsheets may run a text that begins so: the letters that OWASP names (“CSV Injection”), and their wide forms.
/// Spaces before them do not count, as some programs take them away first.
fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// A text as a CSV file gives it: an apostrophe before what would be taken for a formula. Programs that read the file see the
/// apostrophe; the text as it was given is in the JSON and, as text, in the workbook.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(["'", text].concat()) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_run_gets_an_apostrophe_and_nothing_else_does() {
        for text in ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n1", " =1", "\u{a0}=1", "＝1"] {
            assert_eq!(guarded(text), format!("'{text}"), "{text:?}");
        }
        for text in ["", "a", "1-1", "a=1", "'=1", "(=1)", "RX1", "\"=1", "1 + 1"] {
            assert_eq!(guarded(text), text, "{text:?}");
        }
    }
}
