//! Words as Markdown: what an author wrote is shown as it is and never read as marks.

use crate::gather::Gather as _;

/// Text in which every mark stands for itself.
pub(super) fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>|#".contains(c) {
            safe.push('\\');
        }
        safe.push(if c == '\n' { ' ' } else { c });
    }
    safe
}

/// An expression on one line.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", text.split_whitespace().gather().join(" "))
}

/// A page, line by line, with one blank line between its parts.
#[derive(Default)]
pub(super) struct Page {
    text: String,
}

impl Page {
    pub(super) fn heading(&mut self, level: usize, text: &str) {
        self.part(&format!("{} {}", "#".repeat(level), plain(text)));
    }

    /// A paragraph, already Markdown.
    pub(super) fn part(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// Paragraphs as an author wrote them.
    pub(super) fn paragraphs(&mut self, texts: &[String]) {
        for text in texts {
            self.part(&plain(text));
        }
    }

    /// A list, each item already Markdown.
    pub(super) fn list(&mut self, items: &[String]) {
        let lines: Vec<String> = items.iter().map(|item| format!("* {item}")).gather();
        self.part(&lines.join("\n"));
    }

    /// A table of cells, already Markdown.
    pub(super) fn table<const N: usize>(&mut self, heads: [&str; N], rows: &[[String; N]]) {
        if rows.is_empty() {
            return;
        }
        let mut lines =
            vec![format!("| {} |", heads.join(" | ")), format!("|{}", " --- |".repeat(N))];
        // A bar inside code would end the cell.
        let cells = |row: &[String; N]| row.each_ref().map(|cell| bars(cell)).join(" | ");
        lines.extend(rows.iter().map(|row| format!("| {} |", cells(row))));
        self.part(&lines.join("\n"));
    }

    pub(super) fn done(self) -> String {
        self.text
    }
}

/// Bars that are not escaped yet, escaped: in a table they would end the cell, in code too.
fn bars(cell: &str) -> String {
    let mut safe = String::with_capacity(cell.len());
    let mut before = ' ';
    for c in cell.chars() {
        if c == '|' && before != '\\' {
            safe.push('\\');
        }
        safe.push(c);
        before = c;
    }
    safe
}
